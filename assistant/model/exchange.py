"""One exchange with an OpenAI-compatible endpoint: sent, streamed back, ended in bounded time.

The call runs in a thread of its own, because a server that dribbles bytes defeats a socket's
timeout. The caller gets the text as it comes and can stop between two tokens; a stop hangs up,
and the servers we know let the question go at their next token.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, Queue
from typing import Any

import httpx
import openai
from llama_index.core.llms import ChatMessage
from llama_index.llms.openai_like import OpenAILike  # type: ignore[import-untyped]

from assistant.model.endpoint import Endpoint
from assistant.model.record import Outcome
from assistant.model.transport import GuardedTransport, guarded_client
from assistant.settings import Settings
from prompts import Message, Prompt

OnText = Callable[[str], None]

_POLL_SECONDS = 0.05
_slots: dict[str, threading.BoundedSemaphore] = {}
_slots_lock = threading.Lock()


@dataclass
class Reply:
    """What came back of one exchange, before anybody believed it.

    `seconds` by our clock, from the moment the endpoint was ours; `first_seconds` until its
    first text; `server_seconds` what llama.cpp says it computed (0 where a server says nothing).
    """

    outcome: Outcome
    text: str = ""
    finish: str = ""
    prompt_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0
    first_seconds: float = 0.0
    server_seconds: float = 0.0
    detail: str = ""


def exchange(
    endpoint: Endpoint,
    settings: Settings,
    prompt: Prompt,
    messages: Sequence[Message],
    *,
    attempt: int,
    seconds: float,
    cancel: threading.Event | None = None,
    on_text: OnText | None = None,
) -> Reply:
    """Ask once. `on_text` gets each piece of unverified text, in the caller's thread.

    At most `settings.model_parallel` exchanges with one endpoint at a time in this process.
    Never raises for what the endpoint does.
    """
    slot = _slot(endpoint.url, settings.model_parallel)
    while not slot.acquire(timeout=_POLL_SECONDS):
        if cancel is not None and cancel.is_set():
            return Reply("cancelled")
    try:
        return _held(endpoint, settings, prompt, messages, attempt, seconds, cancel, on_text)
    finally:
        slot.release()


def _slot(url: str, parallel: int) -> threading.BoundedSemaphore:
    with _slots_lock:
        return _slots.setdefault(url, threading.BoundedSemaphore(parallel))


def _held(
    endpoint: Endpoint,
    settings: Settings,
    prompt: Prompt,
    messages: Sequence[Message],
    attempt: int,
    seconds: float,
    cancel: threading.Event | None,
    on_text: OnText | None,
) -> Reply:
    began = time.monotonic()
    coming: Queue[str | Reply] = Queue()
    transport = GuardedTransport(settings)
    call = _Call(endpoint, prompt, messages, attempt, seconds, began, coming)
    with guarded_client(transport) as http:
        threading.Thread(target=call.run, args=(http,), daemon=True).start()
        try:
            while (left := began + seconds - time.monotonic()) > 0:
                if cancel is not None and cancel.is_set():
                    return Reply("cancelled", seconds=time.monotonic() - began)
                try:
                    piece = coming.get(timeout=min(_POLL_SECONDS, left))
                except Empty:
                    continue
                if isinstance(piece, Reply):
                    return piece
                if on_text is not None and piece:
                    on_text(piece)
            return Reply("timeout", seconds=seconds, detail=f"{seconds:.0f} s")
        finally:
            call.stopped.set()
            transport.abort()


class _Call:
    """The blocking half: puts pieces of text into `coming`, and the reply at the end."""

    def __init__(
        self,
        endpoint: Endpoint,
        prompt: Prompt,
        messages: Sequence[Message],
        attempt: int,
        seconds: float,
        began: float,
        coming: Queue[str | Reply],
    ) -> None:
        self.stopped = threading.Event()
        self._endpoint, self._prompt, self._messages = endpoint, prompt, messages
        self._attempt, self._seconds, self._began = attempt, seconds, began
        self._coming = coming

    def run(self, http: httpx.Client) -> None:
        try:
            reply = self._read(http)
        except (openai.APITimeoutError, httpx.TimeoutException):
            reply = Reply("timeout", detail=f"{self._seconds:.0f} s")
        # Rubbish in a 200 fails anywhere inside the client libraries, with any exception.
        except Exception as error:
            reply = Reply("unreachable", detail=type(error).__name__)
        reply.seconds = time.monotonic() - self._began
        self._coming.put(reply)

    def _stream(self, http: httpx.Client) -> Any:
        prompt = self._prompt
        model = OpenAILike(
            model=self._endpoint.name,
            api_base=self._endpoint.url,
            api_key=self._endpoint.secret or "none",
            is_chat_model=True,
            max_retries=0,
            timeout=self._seconds,
            http_client=http,
        )
        schema = {"name": prompt.schema_name, "schema": prompt.json_schema, "strict": True}
        return model.stream_chat(
            [ChatMessage(role=m.role, content=m.content) for m in self._messages],
            max_tokens=prompt.max_tokens,
            # The same question at temperature 0 gives the same answer: vary the second.
            temperature=0.0 if self._attempt == 0 else 0.4,
            seed=self._attempt,
            response_format={"type": "json_schema", "json_schema": schema},
            stream_options={"include_usage": True},
        )

    def _read(self, http: httpx.Client) -> Reply:
        reply = Reply("answered")
        for chunk in self._stream(http):
            if self.stopped.is_set():
                return Reply("cancelled")
            if chunk.delta and not reply.first_seconds:
                reply.first_seconds = time.monotonic() - self._began
            reply.text += chunk.delta or ""
            self._coming.put(chunk.delta or "")
            _count(reply, chunk.raw)
        # A stream that ends without saying so was cut: the server died in mid-answer.
        return reply if reply.finish else Reply("unreachable", detail="cut off")


def _count(reply: Reply, raw: object) -> None:
    """Token counts and the end, as far as they are what they should be."""
    for choice in getattr(raw, "choices", None) or []:
        reply.finish = str(getattr(choice, "finish_reason", None) or reply.finish)
    timings = getattr(raw, "timings", None)
    if isinstance(timings, dict):
        spent = [timings.get(name) for name in ("prompt_ms", "predicted_ms")]
        reply.server_seconds = sum(t for t in spent if isinstance(t, int | float)) / 1000
    usage = getattr(raw, "usage", None)
    if usage is None:
        return
    details = getattr(usage, "prompt_tokens_details", None)
    counts = [
        getattr(usage, "prompt_tokens", 0),
        getattr(details, "cached_tokens", 0),
        getattr(usage, "completion_tokens", 0),
    ]
    reply.prompt_tokens, reply.cached_tokens, reply.output_tokens = (
        c if isinstance(c, int) and c > 0 else 0 for c in counts
    )
