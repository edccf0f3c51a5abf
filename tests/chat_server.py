"""A real HTTP server on loopback that streams what a test wants an endpoint to say."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from eval_sets import loopback
from eval_sets.loopback import Handler

Reply = Callable[[Handler], None]


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
    return lambda handler: handler.send(body)


def raw(body: bytes, status: int = 200) -> Reply:
    return lambda handler: handler.send(body, status=status)


@contextmanager
def serving(
    *replies: Reply, models: list[dict[str, Any]] | None = None
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server that gives these replies in turn, the last one for ever.

    `models` is what it lists; without a list, nothing it says is kept on file.
    """
    asked: list[dict[str, Any]] = []

    class Speaker(Handler):
        def do_GET(self) -> None:
            if models is None:
                self.send_error(404)
            else:
                self.send(json.dumps({"object": "list", "data": models}).encode())

        def do_POST(self) -> None:
            asked.append(self.asked())
            with suppress(BrokenPipeError, ConnectionResetError):
                replies[min(len(asked), len(replies)) - 1](self)

    with loopback.serving(Speaker) as url:
        yield url, asked
