"""A loopback endpoint that answers every question with the last choice it allows, on leave."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def _answer(schema: dict[str, Any]) -> str:
    kinds = schema["properties"].items()
    values = {k: p["enum"][-1] if "enum" in p else 0 if p["type"] == "integer" else "" for k, p in kinds}  # fmt: skip
    return json.dumps(values)


def _body(content: str, stream: bool) -> bytes:
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "finish_reason": "stop", "delta" if stream else "message": message}
    kind = "chat.completion.chunk" if stream else "chat.completion"
    told = {"id": "1", "object": kind, "created": 1, "model": "m", "choices": [choice]}
    told["usage"] = {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12}
    line = json.dumps(told)
    return f"data: {line}\n\ndata: [DONE]\n\n".encode() if stream else line.encode()


@contextmanager
def answering(leave: threading.Event) -> Iterator[str]:
    """The base URL of a server that keeps each answer back until `leave` is given."""

    class Handler(BaseHTTPRequestHandler):
        def _send(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            self._send(b'{"object":"list","data":[{"id":"m"}]}', "application/json")

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            leave.wait(20)
            stream = bool(asked.get("stream"))
            kind = "text/event-stream" if stream else "application/json"
            schema = asked["response_format"]["json_schema"]["schema"]
            try:
                self._send(_body(_answer(schema), stream), kind)
            except (BrokenPipeError, ConnectionResetError):
                return

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        leave.set()
        server.shutdown()
        server.server_close()
