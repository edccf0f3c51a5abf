"""Custody before the judgment: the periods, what they count for, and when a term then ends.

A day is counted at both ends of a period. Bail and residence outside a designated place
count for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from assistant.sentencing.dates import expected_end, months_text
from assistant.sentencing.model import Step
from ingestion.model import Defendant, Measure, Span, Term
from knowledge_base import custody_credit, penalties
from knowledge_base.custody_credit import CustodyKind

FixedPenalty = Literal["imprisonment", "detention", "control"]
_DESIGNATED = "指定居所"
_ENDS = ("bail", "release", "residence")


@dataclass(frozen=True)
class Period:
    """From `start` to `end`, both counted; `end` None: still held."""

    kind: CustodyKind
    start: date
    end: date | None
    span: Span

    def days(self, until: date) -> int:
        """Days held, at most to `until`."""
        last = min(self.end or until, until)
        return max((last - self.start).days + 1, 0)


def periods(person: Defendant) -> list[Period]:
    """Periods of custody that the document dates to the day, in their order."""
    dated = sorted(
        ((m.date.date, m) for m in person.measures if m.date and m.date.precision == "day"),
        key=lambda pair: pair[0],
    )
    found: list[Period] = []
    for day, measure in dated:
        kind = _kind(measure)
        running = found[-1] if found and found[-1].end is None else None
        if running is not None and (kind not in (None, running.kind) or measure.kind in _ENDS):
            # A change of measure: that day already counts for the new one.
            last = day if kind is None else day - timedelta(days=1)
            found[-1] = replace(running, end=last)
            running = None
        elif kind is not None and running is None and found and found[-1].end == day:
            # Bailed and held again on one day: it counts once.
            found[-1] = replace(found[-1], end=day - timedelta(days=1))
        if kind is not None and running is None:
            found.append(Period(kind, day, None, measure.span))
    return found


def _kind(measure: Measure) -> CustodyKind | None:
    match measure.kind:
        case "detention" | "arrest":
            return "custody"
        case "liuzhi":
            return "liuzhi"
        case "residence" if _DESIGNATED in measure.span.quote:
            return "designated"
    return None


def credit(held: Iterable[Period], until: date, main: FixedPenalty) -> int:
    """Whole days of the term that are already served on `until`."""
    rules = custody_credit.all()
    total = 0
    for kind, rule in rules.items():
        days = sum(p.days(until) for p in held_of(held, kind))
        worth = rule.control if main == "control" else rule.imprisonment
        total += days * worth // rule.days
    return total


def held_of(held: Iterable[Period], kind: CustodyKind) -> list[Period]:
    return [p for p in held if p.kind == kind]


def end_date(
    held: Sequence[Period],
    term: Term,
    executed: date,
    main: FixedPenalty = "imprisonment",
) -> date:
    """Last day of a term whose execution begins on `executed`.

    The term runs from that day; what was served before it is taken off the end.

    >>> end_date([], Term(months=6), date(2020, 3, 15))
    datetime.date(2020, 9, 14)
    """
    served = credit(held, executed - timedelta(days=1), main)
    last = held[-1] if held else None
    if last is not None and last.end is None and last.kind == "custody" and main != "control":
        # Held without a break: the term is written as running from the first day in custody.
        earlier = credit(held[:-1], executed, main)
        return expected_end(last.start, term) - timedelta(days=earlier)
    return expected_end(executed, term) - timedelta(days=served)


def step(person: Defendant, number: int, on: date | None, low: int, high: int) -> Step | None:
    """The step that credits custody; None where the document dates no measure that counts."""
    held = periods(person)
    if not held or on is None:
        return None
    rules = custody_credit.all()
    parts = []
    for kind, rule in rules.items():
        own = held_of(held, kind)
        if own:
            days = sum(p.days(on) for p in own)
            shown = "、".join(_shown(p) for p in own)
            parts.append(
                f"{rule.name}{shown}，至{on.isoformat()}计{days}日，"
                f"{rule.days}日折抵有期徒刑、拘役{rule.imprisonment}日，折抵管制{rule.control}日"
            )
    served = credit(held, on, "imprisonment")
    first = end_date(held, Term(months=low), on).isoformat()
    last = end_date(held, Term(months=high), on).isoformat()
    text = "；".join(parts)
    text += f"。共可折抵有期徒刑、拘役{served}日（首尾两日均计入，以实际羁押为准）"
    text += (
        f"。如自{on.isoformat()}起执行，判处{months_text(low)}的止于{first}，"
        f"判处{months_text(high)}的止于{last}"
    )
    spans = tuple(p.span for p in held)
    return Step(number, "羁押折抵", text + "。", penalties.cited("custody"), spans=spans)


def _shown(period: Period) -> str:
    end = period.end.isoformat() if period.end else "今（未见解除）"
    return f"{period.start.isoformat()}至{end}"
