"""Lets the model word findings: same values, same documents, better Chinese, or not at all.

The rule's own template is the fallback and stays readable on its own. Codes, values, quotes
and severity are never touched; a wording that says more or less than its template is dropped.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from assistant.drafting.grounding import changed, unsupported
from assistant.findings import SEVERITY_ORDER, Finding
from assistant.model.record import Answer
from prompts import load

if TYPE_CHECKING:  # its client libraries take seconds to load
    from assistant.model.exchange import OnText
    from assistant.model.gateway import Gateway

Progress = Callable[[str, int, int], None]

PROMPT = "finding_wording"
MOST_WORDINGS = 6
LEAST_SECONDS = 15.0  # of the case's model time that one more wording may need
_LONGEST_MESSAGE = 160  # characters; longer messages are lists and stay as they are
_SHORTEST, _LONGEST = 8, 220


def check_wording(finding: Finding, wording: str) -> str | None:
    """Why the wording may not stand for the finding's message; None where it may."""
    if not _SHORTEST <= len(wording) <= _LONGEST or "\n" in wording:
        return "长度或者格式不合"
    sources = [finding.title, finding.message]
    return unsupported(wording, sources) or changed(finding.title, finding.message, wording)


def word(
    findings: list[Finding],
    gateway: Gateway,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
    most: int = MOST_WORDINGS,
) -> list[Finding]:
    """The findings in their order, the gravest `most` of them reworded where the check allows."""
    ranked = sorted(range(len(findings)), key=lambda i: SEVERITY_ORDER[findings[i].severity])
    chosen = [i for i in ranked if len(findings[i].message) <= _LONGEST_MESSAGE][:most]
    worded = list(findings)
    for done, index in enumerate(chosen):
        if gateway.seconds_left < LEAST_SECONDS:
            break
        worded[index] = _reworded(
            findings[index], gateway, cancel, _counting(progress, done, len(chosen))
        )
    if progress and chosen:
        progress("润色表述", len(chosen), len(chosen))
    return worded


def _counting(progress: Progress | None, done: int, total: int) -> OnText | None:
    """Tells how much is written, not what: nothing of it is checked yet."""
    if progress is None:
        return None
    written = 0

    def heard(piece: str) -> None:
        nonlocal written
        written += len(piece)
        progress(f"润色表述（已写 {written} 字）", done, total)

    progress("润色表述", done, total)
    return heard


def _reworded(
    finding: Finding,
    gateway: Gateway,
    cancel: threading.Event | None,
    on_text: OnText | None,
) -> Finding:
    def check(values: dict[str, Any]) -> str | None:
        return check_wording(finding, values["wording"].strip())

    reply = gateway.ask(
        load(PROMPT),
        {"title": finding.title, "message": finding.message},
        check=check,
        cancel=cancel,
        on_text=on_text,
    )
    if not isinstance(reply, Answer):
        return finding
    return finding.model_copy(update={"message": reply.values["wording"].strip()})
