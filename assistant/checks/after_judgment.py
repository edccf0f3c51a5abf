"""What the case card says of the days after a judgment: was it reviewed, and in time."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.cards.model import card_of
from assistant.casefile import CaseFile
from assistant.checks.course import end_by, put_off
from assistant.checks.registry import Hit, Undecided, check, hit


@check("DATE-020")
def reviewed_in_time(case: CaseFile) -> Iterator[Hit | Undecided]:
    assert case.card is not None
    entries = card_of(case.card).case
    received, reviewed = entries.get("judgment_received"), entries.get("judgment_reviewed")
    if received is None or reviewed is None or received.day is None or reviewed.day is None:
        if received is not None:
            yield Undecided("无法判断：案卡缺判决审查日期，不能核对抗诉期限")
        return
    if reviewed.day > put_off(end_by("protest", received.day)):
        yield hit(
            reviewed.span,
            received.span,
            values={"card": reviewed.text},
            received=received.day.isoformat(),
            reviewed=reviewed.day.isoformat(),
            days=(reviewed.day - received.day).days,
        )


@check("DUTY-002")
def judgment_reviewed(case: CaseFile) -> Iterator[Hit | Undecided]:
    assert case.card is not None
    entries = card_of(case.card).case
    received, reviewed = entries.get("judgment_received"), entries.get("judgment_reviewed")
    if received is not None and reviewed is None:
        due = end_by("protest", received.day).isoformat() if received.day else "期限届满"
        yield hit(received.span, values={"card": None}, received=received.text, due=due)
