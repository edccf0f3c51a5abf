"""What was asked of the model and what came of it: one record a call, and the totals."""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Outcome = Literal[
    "answered",  # used
    "unreachable",  # no connection, an error status, or nothing that is a chat answer
    "timeout",  # no whole answer within the time
    "malformed",  # an answer that is not JSON of the prompt's schema
    "rejected",  # of the schema, but the check of its content refused it
    "cancelled",  # the user stopped the run
    "too_long",  # the question does not fit the model's context; not asked
    "over_budget",  # the time or the tokens of this case are used up; not asked
    "circuit_open",  # the model failed too often in this run; not asked
]
NOT_ASKED: frozenset[Outcome] = frozenset({"too_long", "over_budget", "circuit_open"})


class CallRecord(BaseModel):
    """One attempt. Tokens as the server counted them; seconds by our clock.

    `reused`: the answer was on file, nothing was asked and all counts are 0.
    `server_seconds`: what llama.cpp says it computed, 0 where a server says nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: str
    version: int
    model: str
    outcome: Outcome
    prompt_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0
    server_seconds: float = 0.0
    reused: bool = False
    detail: str = ""


class Answer(BaseModel):
    """Values of the prompt's schema that passed the check."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: str
    values: dict[str, Any]


class Dropped(BaseModel):
    """No usable answer, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: str
    reason: Outcome
    detail: str = ""


def totals(records: list[CallRecord], dropped: list[Dropped]) -> dict[str, Any]:
    """The contract's `model` object: calls, tokens, seconds, and what was dropped and why.

    `reused` counts answers that were on file from an earlier run.
    """
    asked = [r for r in records if r.outcome not in NOT_ASKED and not r.reused]
    by_prompt: dict[str, dict[str, Any]] = {}
    for record in asked:
        row = by_prompt.setdefault(
            f"{record.prompt}/{record.version}",
            {
                "calls": 0,
                "prompt_tokens": 0,
                "cached_tokens": 0,
                "output_tokens": 0,
                "seconds": 0.0,
            },
        )
        row["calls"] += 1
        row["prompt_tokens"] += record.prompt_tokens
        row["cached_tokens"] += record.cached_tokens
        row["output_tokens"] += record.output_tokens
        row["seconds"] = round(row["seconds"] + record.seconds, 2)
    return {
        "calls": len(asked),
        "prompt_tokens": sum(r.prompt_tokens for r in asked),
        "cached_tokens": sum(r.cached_tokens for r in asked),
        "output_tokens": sum(r.output_tokens for r in asked),
        "seconds": round(sum(r.seconds for r in asked), 2),
        "server_seconds": round(sum(r.server_seconds for r in asked), 2),
        "reused": sum(r.reused for r in records),
        "dropped": len(dropped),
        "dropped_reasons": dict(Counter(d.reason for d in dropped)),
        "by_prompt": by_prompt,
    }
