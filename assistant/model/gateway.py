"""The only way to the model: one small question, an answer of the prompt's schema or none.

Everything an endpoint returns is untrusted, a status 200 included. Each call has a token cap
and a deadline for the whole exchange; a broken answer is asked for once more; after three
failed questions in a row the model is left alone for the rest of the run.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import httpx
import openai
from llama_index.core.llms import ChatMessage
from llama_index.llms.openai_like import OpenAILike  # type: ignore[import-untyped]

from assistant.model.endpoint import Endpoint
from assistant.model.errors import HostRefused
from assistant.model.record import Answer, CallRecord, Dropped, Outcome, totals
from assistant.model.transport import guarded_client
from assistant.settings import Settings
from prompts import Prompt, PromptError

Fields = Mapping[str, str | Sequence[str]]
Check = Callable[[dict[str, Any]], str | None]

CONTEXT_CHARACTERS = 3000  # of one chat; about 2,200 tokens of Chinese
FAILURES_TO_OPEN = 3
_ATTEMPTS = 2
_POLL_SECONDS = 0.05
_GIVE_UP: frozenset[Outcome] = frozenset({"timeout", "cancelled"})


@dataclass
class _Reply:
    """What came back of one exchange, before anybody believed it."""

    outcome: Outcome
    text: str = ""
    prompt_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    detail: str = ""


class Gateway:
    """Asks one endpoint; keeps the records of one run. Not for use from several threads."""

    def __init__(self, endpoint: Endpoint, settings: Settings) -> None:
        if not settings.may_call(endpoint.url):
            raise HostRefused(f"模型地址“{endpoint.url}”不在允许的主机之内，已拒绝连接。")
        self.endpoint = endpoint
        self.records: list[CallRecord] = []
        self.dropped: list[Dropped] = []
        self._settings = settings
        self._failures = 0
        self._spent = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the model is given up for this run (the circuit is open)."""
        return self._failures >= FAILURES_TO_OPEN

    @property
    def seconds_left(self) -> float:
        """What is left of the time that all calls of this run may take together."""
        return max(self._settings.model_budget - self._spent, 0.0)

    def totals(self) -> dict[str, Any]:
        return totals(self.records, self.dropped)

    def ask(
        self,
        prompt: Prompt,
        fields: Fields,
        *,
        check: Check | None = None,
        cancel: threading.Event | None = None,
    ) -> Answer | Dropped:
        """One question. `check` says why an answer of the right form is still not usable.

        Raises prompts.PromptError for fields that do not fit the prompt; never for anything
        the endpoint does.
        """
        messages = [ChatMessage(role=m.role, content=m.content) for m in prompt.messages(fields)]
        refusal = self._not_asked(sum(len(m.content or "") for m in messages))
        if refusal:
            return self._drop(prompt, refusal, "")
        outcome: Outcome = "unreachable"
        detail = ""
        for attempt in range(_ATTEMPTS):
            began = time.monotonic()
            reply = self._exchange(prompt, messages, attempt, cancel)
            outcome, detail, values = _judge(prompt, reply, check)
            self._keep(prompt, reply, outcome, time.monotonic() - began, detail)
            if outcome == "answered":
                self._failures = 0
                return Answer(prompt=prompt.id, values=values)
            if outcome in _GIVE_UP or self.seconds_left <= 0:
                break
        if outcome in ("unreachable", "timeout", "malformed"):
            self._failures += 1
        return self._drop(prompt, outcome, detail)

    def _not_asked(self, characters: int) -> Outcome | None:
        if self.is_open:
            return "circuit_open"
        if self.seconds_left <= 0:
            return "over_budget"
        return "too_long" if characters > CONTEXT_CHARACTERS else None

    def _exchange(
        self,
        prompt: Prompt,
        messages: list[ChatMessage],
        attempt: int,
        cancel: threading.Event | None,
    ) -> _Reply:
        """In a thread of its own: a server that dribbles bytes defeats a socket's timeout."""
        seconds = min(self._settings.model_timeout, self.seconds_left)
        deadline = time.monotonic() + seconds
        future: Future[_Reply] = Future()
        with guarded_client(self._settings) as http:
            worker = threading.Thread(
                target=lambda: future.set_result(
                    self._call(prompt, messages, attempt, seconds, http)
                ),
                daemon=True,
            )
            worker.start()
            while time.monotonic() < deadline:
                if cancel is not None and cancel.is_set():
                    return _Reply("cancelled")
                worker.join(_POLL_SECONDS)
                if future.done():
                    return future.result()
        return _Reply("timeout", detail=f"{seconds:.0f} s")

    def _call(
        self,
        prompt: Prompt,
        messages: list[ChatMessage],
        attempt: int,
        seconds: float,
        http: httpx.Client,
    ) -> _Reply:
        model = OpenAILike(
            model=self.endpoint.name,
            api_base=self.endpoint.url,
            api_key=self.endpoint.secret or "none",
            is_chat_model=True,
            max_retries=0,
            timeout=seconds,
            http_client=http,
        )
        schema = {"name": prompt.schema_name, "schema": prompt.json_schema, "strict": True}
        try:
            response = model.chat(
                messages,
                max_tokens=prompt.max_tokens,
                # The same question at temperature 0 gives the same answer: vary the second.
                temperature=0.0 if attempt == 0 else 0.4,
                seed=attempt,
                response_format={"type": "json_schema", "json_schema": schema},
            )
        except (openai.APITimeoutError, httpx.TimeoutException):
            return _Reply("timeout", detail=f"{seconds:.0f} s")
        # Rubbish in a 200 fails anywhere inside the client libraries, with any exception.
        except Exception as error:
            return _Reply("unreachable", detail=type(error).__name__)
        return _read(response.message.content, response.raw)

    def _keep(
        self, prompt: Prompt, reply: _Reply, outcome: Outcome, seconds: float, detail: str
    ) -> None:
        self._spent += seconds
        self.records.append(
            CallRecord(
                prompt=prompt.id,
                version=prompt.version,
                model=self.endpoint.name,
                outcome=outcome,
                prompt_tokens=reply.prompt_tokens,
                cached_tokens=reply.cached_tokens,
                output_tokens=reply.output_tokens,
                seconds=round(seconds, 3),
                detail=detail,
            )
        )

    def _drop(self, prompt: Prompt, reason: Outcome, detail: str) -> Dropped:
        dropped = Dropped(prompt=prompt.id, reason=reason, detail=detail)
        self.dropped.append(dropped)
        return dropped


def _read(text: object, raw: object) -> _Reply:
    """Content and token counts, as far as they are what they should be."""
    usage = getattr(raw, "usage", None)
    details = getattr(usage, "prompt_tokens_details", None)
    counts = [
        getattr(usage, "prompt_tokens", 0),
        getattr(details, "cached_tokens", 0),
        getattr(usage, "completion_tokens", 0),
    ]
    prompt_tokens, cached, output = (c if isinstance(c, int) and c > 0 else 0 for c in counts)
    return _Reply("answered", text if isinstance(text, str) else "", prompt_tokens, cached, output)


def _judge(
    prompt: Prompt, reply: _Reply, check: Check | None
) -> tuple[Outcome, str, dict[str, Any]]:
    if reply.outcome != "answered":
        return reply.outcome, reply.detail, {}
    try:
        values = prompt.parse(reply.text)
    except PromptError as error:
        return "malformed", str(error), {}
    refusal = check(values) if check else None
    if refusal:
        return "rejected", refusal, values
    return "answered", "", values
