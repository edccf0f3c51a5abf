"""A real HTTP server on loopback that streams what a test wants an endpoint to say."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler], None]


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def event(delta: dict[str, str], finish: str | None = None, **more: Any) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    body = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    content = json.dumps(body | {"choices": [choice]} | more, ensure_ascii=False)
    return f"data: {content}\n\n".encode()


USAGE = {"prompt_tokens": 300, "completion_tokens": 12, "total_tokens": 312}


def chat(content: str, finish: str = "stop") -> Reply:
    """A proper streamed chat completion with that content."""
    body = b"".join(event({"content": c}) for c in content)
    body += event({}, finish, usage=USAGE) + b"data: [DONE]\n\n"
    return lambda handler: send(handler, body)


def raw(body: bytes, status: int = 200) -> Reply:
    return lambda handler: send(handler, body, status)


@contextmanager
def serving(
    *replies: Reply, models: list[dict[str, Any]] | None = None
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server that gives these replies in turn, the last one for ever.

    `models` is what it lists; without a list, nothing it says is kept on file.
    """
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if models is None:
                self.send_error(404)
            else:
                send(self, json.dumps({"object": "list", "data": models}).encode())

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            asked.append(json.loads(self.rfile.read(length)))
            try:
                replies[min(len(asked), len(replies)) - 1](self)
            except (BrokenPipeError, ConnectionResetError):
                return

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        server.server_close()
