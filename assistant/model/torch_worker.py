"""The child that serves a `transformers` directory, called as `assistant.model.worker` is.

Speaks as much of the OpenAI protocol as the gateway asks: the list of models, and one streamed
chat constrained to a JSON schema. Key, address and end as there; PARALLEL is not used, the
engine answers one question after the other.
"""

from __future__ import annotations

import hmac
import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from assistant.model.torch_engine import Engine, Question, Usage
from assistant.model.worker import READY

_MOST_BYTES = 1 << 20  # of one request


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, engine: Engine, name: str, key: str) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.engine, self.name, self.key = engine, name, key


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        if self._admitted() and self.path == "/v1/models":
            self._json({"object": "list", "data": [{"id": self.server.name, "object": "model"}]})

    def do_POST(self) -> None:
        if not self._admitted():
            return
        try:
            length = int(self.headers.get("Content-Length", "0"))
            if not 0 < length <= _MOST_BYTES:
                raise ValueError(length)
            question = _question(json.loads(self.rfile.read(length)))
        except (ValueError, KeyError, TypeError):
            self._json({"error": {"message": "bad request"}}, 400)
            return
        self._stream(question)

    def _admitted(self) -> bool:
        given = self.headers.get("Authorization", "")
        if hmac.compare_digest(given.encode(), f"Bearer {self.server.key}".encode()):
            return True
        self._json({"error": {"message": "key"}}, 401)
        return False

    def _json(self, content: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, question: Question) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        usage, stop = Usage(), threading.Event()
        pieces = self.server.engine.answer(question, usage, stop)
        try:
            self._chunk({"role": "assistant", "content": ""})
            for piece in pieces:
                self._chunk({"content": piece})
            self._chunk({}, usage.finish, usage)
            self.wfile.write(b"data: [DONE]\n\n")
        except (BrokenPipeError, ConnectionResetError):
            stop.set()  # nobody listens any more
        finally:
            pieces.close()

    def _chunk(
        self, delta: dict[str, str], finish: str | None = None, usage: Usage | None = None
    ) -> None:
        content: dict[str, Any] = {
            "id": "answer",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": self.server.name,
            "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        }
        if usage is not None:
            content["usage"] = {
                "prompt_tokens": usage.prompt,
                "completion_tokens": usage.output,
                "total_tokens": usage.prompt + usage.output,
                "prompt_tokens_details": {"cached_tokens": usage.cached},
            }
        self.wfile.write(f"data: {json.dumps(content, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a log of requests would hold nothing that helps."""


def _question(body: dict[str, Any]) -> Question:
    """Raises KeyError, TypeError or ValueError for a request the gateway would not send."""
    return Question(
        messages=[{"role": str(m["role"]), "content": str(m["content"])} for m in body["messages"]],
        schema=body["response_format"]["json_schema"]["schema"],
        max_tokens=int(body["max_tokens"]),
        temperature=float(body.get("temperature", 0.0)),
        seed=int(body.get("seed", 0)),
    )


def _serve(directory: str, name: str, port: int, threads: int) -> None:
    """The child: load, say where, and live as long as standard input is open."""
    key = sys.stdin.readline().strip()
    server = _Server(port, Engine(Path(directory), threads), name, key)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(READY + json.dumps(f"http://127.0.0.1:{server.server_port}/v1"), flush=True)
    sys.stdin.read()
    os._exit(0)  # a question that is being answered has nobody left to read it


if __name__ == "__main__":
    _serve(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
