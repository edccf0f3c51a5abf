"""Terms against dates: when a sentence ends, how long ago the last one was served."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.casefile import CaseFile
from assistant.checks.dates import CUSTODY
from assistant.checks.place import act_day, people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.sentencing import custody_end
from assistant.sentencing.dates import add_months
from ingestion.model import CaseDocument, Measure
from knowledge_base.check_rules import limit

_NEAR = 60
_CREDIT = re.compile(
    r"扣除|折抵刑期[^一1]{0,4}[二2]|二日折抵|两日折抵|已(?:先行)?羁押\D{0,4}\d|已服刑"
)
# The custody of the case whose probation ends counts too, and is told in its own judgment.
_REVOKED = re.compile(r"撤销[^。；]{0,80}(?:缓刑|假释)")
_MOST_CUSTODY = 365
"""Days of custody, or of an earlier sentence served, that a judgment may leave untold."""
_FIXED = ("imprisonment", "detention", "control")


@dataclass(frozen=True)
class _Verdict:
    """What is wrong with the end of a term; `grave` False where custody may explain it."""

    problem: str
    confidence: float
    grave: bool


def _verdict(
    start: date, written: date, expected: date, measures: list[Measure]
) -> _Verdict | None:
    gap = (written - expected).days
    if gap == 0 or (gap == 1 and start.day > _SHORTEST_MONTH and _ends_month(written)):
        return None
    if written <= start:
        return _Verdict("止日不晚于起日", 0.95, True)
    if gap > 1:
        # Custody, release, custody again: the time at large lies between the two days.
        return None if _at_large(start, gap, measures) else _Verdict(f"多出{gap}日", 0.9, True)
    if gap == 1:
        return _Verdict("多出1日", 0.7, False)
    if gap == -1:
        # Brought in the evening before: courts credit the day and do not say so.
        return None
    if -gap > _MOST_CUSTODY and -gap * 2 > (expected - start).days:
        return _Verdict(f"少了{-gap}日，不是先行羁押、已执行刑期所能说明", 0.85, True)
    if -gap > _earlier_custody(start, measures):
        return _Verdict(f"少了{-gap}日，括注和羁押经过不能说明全部折抵", 0.5, False)
    return None


@check("DATE-016")
def custody_dates(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        dates, sentence = person.custody_dates, person.sentence
        if dates is None:
            continue
        known = dates.start.precision == "day" and dates.end.precision == "day"
        if sentence is None or not known or sentence.main not in _FIXED:
            yield Undecided(f"无法判断：{person.name.value}的刑期起止或者所判刑期未能读出")
            continue
        worth = limit("custody_day_in_control") if sentence.main == "control" else 1
        start, written = dates.start.date, dates.end.date
        expected = custody_end(start, sentence.term, (dates.credited_days or 0) * worth)
        found = _verdict(start, written, expected, person.measures)
        around = doc.text[max(dates.span.start - _NEAR, 0) : dates.span.end + _NEAR]
        if found is not None and written < expected and _credit_told(around):
            yield Undecided(f"无法判断：{person.name.value}的刑期括注有扣除、折抵，缺其天数")
        elif found is not None and written < expected and not found.grave and _revokes(doc):
            yield Undecided(f"无法判断：{person.name.value}的前罪缓刑被撤销，缺前罪的羁押天数")
        elif found is not None:
            yield hit(
                dates.span,
                sentence.span,
                values={"judgment": written.isoformat()},
                severity=None if found.grave else "minor",
                confidence=found.confidence,
                name=person.name.value,
                start=start.isoformat(),
                written=written.isoformat(),
                expected=expected.isoformat(),
                problem=found.problem,
            )


_SHORTEST_MONTH = 28


def _ends_month(day: date) -> bool:
    """A term begun on the 29th to 31st may be counted to the end of a shorter month."""
    return (day + timedelta(days=1)).day == 1


def _credit_told(text: str) -> bool:
    """Whether the judgment tells of a credit that the dates alone do not show."""
    return _CREDIT.search(text) is not None


def _revokes(doc: CaseDocument) -> bool:
    return any(_REVOKED.search(s.span.quote) for s in doc.sections_of("operative"))


def _at_large(start: date, gap: int, measures: list[Measure]) -> bool:
    """Whether a release after `start` and a later arrest explain so many days more."""
    dated = [m for m in measures if m.date is not None and m.date.precision == "day"]
    freed = [m.date.date for m in dated if m.date and m.kind in ("bail", "residence", "release")]
    held = [m.date.date for m in dated if m.date and m.kind in CUSTODY]
    for day in freed:
        again = [h for h in held if h > day]
        if day >= start and (not again or any(abs((h - day).days - gap) <= 3 for h in again)):
            return True
    return False


def _earlier_custody(start: date, measures: list[Measure]) -> int:
    """Days a person may have been held before the last custody began, as far as is told."""
    dated = [m for m in measures if m.date is not None and m.date.precision == "day"]
    held = [m.date.date for m in dated if m.date and m.kind in CUSTODY and m.date.date < start]
    freed = [m.date.date for m in dated if m.date and m.kind in ("bail", "residence", "release")]
    days, free_from = 0, date.min
    for first in sorted(held):
        if first < free_from:
            continue
        free_from = min((d for d in freed if d >= first), default=start)
        days += (min(free_from, start) - first + timedelta(days=2)).days
    return days


@check("DATE-021")
def five_years(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = act_day(doc)
    act = told.value.date if told else None
    for person in people(doc):
        claimed = [
            c
            for c in doc.circumstances
            if c.key == "recidivist"
            and c.polarity == "affirmed"
            and (person.name.value in c.persons or (not c.persons and len(doc.defendants) == 1))
            and c.speaker in ("prosecution", "court")
        ]
        if not claimed:
            continue
        released = [
            (p.released.date, p.span)
            for p in person.priors
            if p.kind == "conviction" and p.released is not None and p.released.precision == "day"
        ]
        if not released or act is None:
            yield Undecided(f"无法判断：{person.name.value}的前罪刑满释放日或者本次作案日未能读出")
            continue
        last, span = max(released)
        years = limit("recidivism_years")
        border = add_months(last, 12 * years)
        if act > border + timedelta(days=3):
            yield hit(
                claimed[0].span,
                span,
                values={doc.role or "": last.isoformat()},
                cause=f"recidivist:{person.name.value}",
                name=person.name.value,
                released=last.isoformat(),
                act=act.isoformat(),
                years=years,
            )
