"""A loopback endpoint that answers every question with the last choice it allows, on leave."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from eval_sets.loopback import Handler, serving


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

    class Waiting(Handler):
        def do_GET(self) -> None:
            self.send(b'{"object":"list","data":[{"id":"m"}]}')

        def do_POST(self) -> None:
            asked = self.asked()
            leave.wait(20)
            stream = bool(asked.get("stream"))
            schema = asked["response_format"]["json_schema"]["schema"]
            with suppress(BrokenPipeError, ConnectionResetError):
                kind = "text/event-stream" if stream else "application/json"
                self.send(_body(_answer(schema), stream), kind)

    with serving(Waiting) as url:
        try:
            yield url
        finally:
            leave.set()
