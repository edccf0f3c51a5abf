"""The form in which a person decides on a finding, as the case page and the queue send it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends, Form

from api.services import Number
from assistant.findings import Severity
from assistant.review import Act, Confirm, Edit, Reject, Reopen


def _decision(
    number: Number,
    act: Annotated[Literal["confirm", "edit", "reject", "reopen"], Form()],
    message: Annotated[str, Form(max_length=4000)] = "",
    suggestion: Annotated[str | None, Form(max_length=4000)] = None,
    severity: Annotated[Severity | None, Form()] = None,
    reason: Annotated[str, Form(max_length=1000)] = "",
) -> Act:
    acts: dict[str, Act] = {
        "confirm": Confirm(number),
        "edit": Edit(number, _lines(message), _lines(suggestion), severity, reason),
        "reject": Reject(number, reason),
        "reopen": Reopen(number, reason),
    }
    return acts[act]


def _lines(text: str | None) -> str | None:
    """Browsers send the line ends of a text field as CR LF."""
    return text.replace("\r\n", "\n").strip() if text is not None else None


Decision = Annotated[Act, Depends(_decision)]
