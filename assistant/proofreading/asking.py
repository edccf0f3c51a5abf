"""The question to the model on a doubtful sentence, and what of its answer is believed.

The model only picks one of the edits that code proposes, or none: it cannot write a word.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from assistant.model.record import Answer
from assistant.proofreading.choice import Correction
from assistant.proofreading.doubtful import Doubt
from prompts import load

if TYPE_CHECKING:  # its client libraries take seconds to load
    from assistant.model.gateway import Gateway

SLIP = "slip_meant"
_BESIDE = 3


def slip(
    gateway: Gateway, text: str, doubt: Doubt, cancel: threading.Event | None = None
) -> Correction | None:
    """The edit of the sentence that puts a slip right; None where there is none, or no usable
    answer.
    """

    def check(values: dict[str, Any]) -> str | None:
        return None if 0 <= values["edit"] <= len(doubt.edits) else "没有这种改法"

    fields = {
        "sentence": text[doubt.start : doubt.end],
        "edits": [_told(text, doubt, edit) for edit in doubt.edits],
    }
    reply = gateway.ask(load(SLIP), fields, check=check, cancel=cancel)
    number: int = reply.values["edit"] if isinstance(reply, Answer) else 0
    return doubt.edits[number - 1] if number else None


def _told(text: str, doubt: Doubt, edit: Correction) -> str:
    """The words around the place as written, and as they would read."""
    before = text[max(edit.start - _BESIDE, doubt.start) : edit.start]
    after = text[edit.end : min(edit.end + _BESIDE, doubt.end)]
    written = text[edit.start : edit.end]
    return f"{before}{written}{after}→{before}{edit.right}{after}"
