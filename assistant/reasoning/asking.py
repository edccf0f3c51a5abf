"""The two questions to the model, and what of its answers is believed.

The model only says which sentence speaks of a point. Whether that sentence follows the
defence or not is read from its own words by rules, and the quote is cut by code.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.model.record import Answer
from assistant.reasoning.candidates import shown
from assistant.reasoning.circumstances import Question, Reasoned
from assistant.reasoning.rules import Answered, stance
from ingestion.answers.responses import Response
from ingestion.model import Span
from prompts import load

if TYPE_CHECKING:  # its client libraries take seconds to load
    from assistant.model.gateway import Gateway

ARGUMENT = "argument_answered"
CIRCUMSTANCE = "circumstance_reasoned"
_ARGUMENT_CHARACTERS = 200


def _number_in(count: int, enum: str, nothing: str) -> Any:
    """A check: the sentence named exists, and "nothing" names none."""

    def check(values: dict[str, Any]) -> str | None:
        number = values["sentence"]
        if values[enum] == nothing:
            return None if 0 <= number <= count else "句号越界"
        return None if 1 <= number <= count else "没有这一句"

    return check


def argument(
    gateway: Gateway,
    text: str,
    sentences: Sequence[Span],
    responses: list[Response],
    cancel: threading.Event | None = None,
) -> tuple[Answered, Span | None] | None:
    """What the model makes of an argument, None where it gave no usable answer."""
    reply = gateway.ask(
        load(ARGUMENT),
        {"argument": text[:_ARGUMENT_CHARACTERS], "sentences": [shown(s) for s in sentences]},
        check=_number_in(len(sentences), "answered", "ignored"),
        cancel=cancel,
    )
    if not isinstance(reply, Answer):
        return None
    if reply.values["answered"] == "ignored":
        return "ignored", None
    sentence = sentences[reply.values["sentence"] - 1]
    return stance(text, sentence, responses), sentence


def circumstance(
    gateway: Gateway, question: Question, cancel: threading.Event | None = None
) -> tuple[Reasoned, Span] | None:
    """Whether the facts of a circumstance are told, None where there is no usable answer."""
    reply = gateway.ask(
        load(CIRCUMSTANCE),
        {
            "circumstance": question.topic.name,
            "sentences": [shown(s) for s in question.sentences],
        },
        check=_number_in(len(question.sentences), "reasoned", "named_only"),
        cancel=cancel,
    )
    if not isinstance(reply, Answer):
        return None
    if reply.values["reasoned"] == "named_only":
        return "named_only", question.sentences[-1]
    return "reasoned", question.sentences[reply.values["sentence"] - 1]
