"""The only way to the model: one small question, an answer of the prompt's schema or none.

Everything an endpoint returns is untrusted, a status 200 included. Each call has a token cap
and a deadline for the whole exchange; a broken answer is asked for once more; after three
failed questions in a row the model is left alone for the rest of the run. What the model has
answered once is not asked again, in this run or a later one; it is checked again all the same.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from assistant.model.endpoint import Endpoint
from assistant.model.errors import HostRefused, ServerFailed
from assistant.model.exchange import OnText, Reply, exchange
from assistant.model.memory import Memory, Speed, key_of
from assistant.model.record import Answer, CallRecord, Dropped, Outcome, totals
from assistant.settings import Settings
from prompts import Message, Prompt, PromptError

Fields = Mapping[str, str | Sequence[str]]
Check = Callable[[dict[str, Any]], str | None]
Judged = tuple[Outcome, str, dict[str, Any]]

CONTEXT_CHARACTERS = 3000  # of one chat; about 2,200 tokens of Chinese
FAILURES_TO_OPEN = 3
_ATTEMPTS = 2
_LEAST_SECONDS = 0.1  # of the case's time, below which nothing is begun
_GIVE_UP: frozenset[Outcome] = frozenset({"timeout", "cancelled"})
_FAILURES: frozenset[Outcome] = frozenset({"unreachable", "timeout", "malformed"})


class Gateway:
    """Asks one endpoint; keeps the records of one run. May be used from several threads.

    `start` brings the endpoint before its first question (see server.at_need); `trouble` says
    in Chinese why it could not.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        settings: Settings,
        start: Callable[[], Endpoint] | None = None,
    ) -> None:
        if not settings.may_call(endpoint.url):
            raise HostRefused(f"模型地址“{endpoint.url}”不在允许的主机之内，已拒绝连接。")
        self.endpoint = endpoint
        self.records: list[CallRecord] = []
        self.dropped: list[Dropped] = []
        self.trouble = ""
        self._start = start
        self._starting = threading.Lock()
        self._settings = settings
        self._memory = Memory(settings)
        self._failures = 0
        self._lock = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Whether the model is given up for this run (the circuit is open)."""
        return self._failures >= FAILURES_TO_OPEN

    @property
    def seconds_left(self) -> float:
        """What is left of the time that all calls of this run may take together."""
        spent = sum(r.seconds for r in self.records)
        return max(self._settings.model_budget - spent, 0.0)

    @property
    def tokens_left(self) -> tuple[int, int]:
        """Prompt and output tokens that this run may still take."""
        prompt = self._settings.model_prompt_tokens - sum(r.prompt_tokens for r in self.records)
        output = self._settings.model_output_tokens - sum(r.output_tokens for r in self.records)
        return max(prompt, 0), max(output, 0)

    def totals(self) -> dict[str, Any]:
        return totals(self.records, self.dropped)

    def ask(
        self,
        prompt: Prompt,
        fields: Fields,
        *,
        check: Check | None = None,
        cancel: threading.Event | None = None,
        on_text: OnText | None = None,
    ) -> Answer | Dropped:
        """One question. `check` says why an answer of the right form is still not usable.

        `on_text` gets the text as it comes, before anything is checked: good for counting.
        Raises prompts.PromptError for fields that do not fit the prompt; never for anything
        the endpoint does.
        """
        messages = prompt.messages(fields)
        if sum(len(m.content) for m in messages) > CONTEXT_CHARACTERS:
            return self._drop(prompt, "too_long", "")
        outcome: Outcome = "unreachable"
        detail = ""
        for attempt in range(_ATTEMPTS):
            judged = self._known(prompt, messages, attempt, check)
            asked = judged is None
            if judged is None:
                refusal = self._not_asked(prompt)
                if refusal and attempt == 0:
                    return self._drop(prompt, refusal, "")
                if refusal:
                    break
                judged = self._ask(prompt, messages, attempt, check, cancel, on_text)
            outcome, detail, values = judged
            if outcome == "answered":
                self._failures = 0 if asked else self._failures
                return Answer(prompt=prompt.id, values=values)
            if asked and outcome in _GIVE_UP:
                break
        if asked and outcome in _FAILURES:
            self._failures += 1
        return self._drop(prompt, outcome, detail)

    def _not_asked(self, prompt: Prompt) -> Outcome | None:
        if self.is_open:
            return "circuit_open"
        prompt_left, output_left = self.tokens_left
        if self.seconds_left < _LEAST_SECONDS or not prompt_left or output_left < prompt.max_tokens:
            return "over_budget"
        return None

    @cached_property
    def _model_hash(self) -> str | None:
        return self.endpoint.model_hash()

    def _known(
        self, prompt: Prompt, messages: list[Message], attempt: int, check: Check | None
    ) -> Judged | None:
        """The answer on file, judged as if it had come now; None where there is none."""
        if self._model_hash is None:
            return None
        kept = self._memory.find(key_of(prompt, messages, self._model_hash, attempt))
        if kept is None:
            return None
        reply = Reply("answered", kept)
        outcome, detail, values = _judge(prompt, reply, check)
        self._count(prompt, reply, outcome, detail, reused=True)
        return outcome, detail, values

    def _ask(
        self,
        prompt: Prompt,
        messages: list[Message],
        attempt: int,
        check: Check | None,
        cancel: threading.Event | None,
        on_text: OnText | None,
    ) -> Judged:
        endpoint = self._started()
        if endpoint is None:
            return "unreachable", self.trouble, {}
        reply = exchange(
            endpoint,
            self._settings,
            prompt,
            messages,
            attempt=attempt,
            seconds=min(self._settings.model_timeout, self.seconds_left),
            cancel=cancel,
            on_text=on_text,
        )
        outcome, detail, values = _judge(prompt, reply, check)
        self._record(prompt, messages, attempt, reply, outcome, detail)
        return outcome, detail, values

    def _started(self) -> Endpoint | None:
        """The endpoint, brought where it is not there yet; None where that fails, for good."""
        with self._starting:
            if self._start is not None and not self.trouble:
                try:
                    self.endpoint, self._start = self._start(), None
                except ServerFailed as error:
                    self.trouble, self._failures = str(error), FAILURES_TO_OPEN
            return None if self.trouble else self.endpoint

    def _count(
        self, prompt: Prompt, reply: Reply, outcome: Outcome, detail: str, *, reused: bool = False
    ) -> None:
        with self._lock:
            self.records.append(
                CallRecord(
                    prompt=prompt.id,
                    version=prompt.version,
                    model=self.endpoint.name,
                    outcome=outcome,
                    prompt_tokens=reply.prompt_tokens,
                    cached_tokens=reply.cached_tokens,
                    output_tokens=reply.output_tokens,
                    seconds=round(reply.seconds, 3),
                    server_seconds=round(reply.server_seconds, 3),
                    reused=reused,
                    detail=detail,
                )
            )

    def _record(
        self,
        prompt: Prompt,
        messages: list[Message],
        attempt: int,
        reply: Reply,
        outcome: Outcome,
        detail: str,
    ) -> None:
        self._count(prompt, reply, outcome, detail)
        if reply.outcome != "answered" or self._model_hash is None:
            return
        self._memory.note(
            self._model_hash,
            Speed(
                reply.prompt_tokens,
                reply.cached_tokens,
                reply.output_tokens,
                reply.first_seconds,
                reply.seconds,
            ),
        )
        # Kept: what the model says of this question. A failed exchange is nothing it said, and
        # a form broken otherwise than at the token cap is the server's fault of that day.
        if outcome != "malformed" or reply.finish == "length":
            key = key_of(prompt, messages, self._model_hash, attempt)
            self._memory.keep(key, reply.text)

    def _drop(self, prompt: Prompt, reason: Outcome, detail: str) -> Dropped:
        dropped = Dropped(prompt=prompt.id, reason=reason, detail=detail)
        with self._lock:
            self.dropped.append(dropped)
        return dropped


def _judge(prompt: Prompt, reply: Reply, check: Check | None) -> Judged:
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
