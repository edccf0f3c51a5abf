"""The course of a case as its documents date it: measures in order, periods and their ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.sentencing.dates import add_months
from ingestion.model import CaseDocument, DateValue, Defendant, Field, Measure, Span
from ingestion.numerals import find_dates
from knowledge_base.deadlines import Deadline, deadline, grace

HELD = ("detention", "arrest", "liuzhi")
FREED = ("bail", "residence", "release")
MEASURE_NAMES = {
    "seized": "到案",
    "summoned": "传唤到案",
    "detention": "拘留",
    "arrest": "逮捕",
    "bail": "取保候审",
    "residence": "监视居住",
    "liuzhi": "留置",
    "release": "释放",
}
REQUEST = re.compile(r"(?:提请|报请|呈请)(?:[^。；，]{0,14}?)(?:批准)?逮捕")
"""The police ask for an arrest: it is none yet."""
# Decided upon, not carried out: nobody was held from that day on.
_ABSENT = re.compile(r"在逃|追逃|未能?归案|网上逃犯|未到案|上网|脱管|脱逃|逃匿|逃跑")
_SUSPENDED = re.compile(
    r"改变管辖|指定管辖|中止审查|精神病[^。；，]{0,6}鉴定|重新计算|交由|交办|转交|移交本院|报送"
    r"|检察院[^。；，]{0,16}移送本院"
)


@dataclass(frozen=True)
class Step:
    """One measure with its day, in the order of the days."""

    day: date
    kind: str
    measure: Measure

    @property
    def span(self) -> Span:
        return self.measure.span

    @property
    def name(self) -> str:
        return MEASURE_NAMES[self.kind]


def steps(person: Defendant) -> list[Step]:
    """The measures dated to the day, by day, those of one day in the order of the text."""
    found = [
        Step(m.date.date, m.kind, m)
        for m in person.measures
        if m.date is not None
        and m.date.precision == "day"
        and not (m.kind == "arrest" and REQUEST.search(m.span.quote))
    ]
    return sorted(found, key=lambda step: step.day)


def custody(person: Defendant) -> bool:
    """Whether the last measure told keeps the person in custody."""
    told = person.measures
    return bool(told) and told[-1].kind in HELD


def absent(doc: CaseDocument, person: Defendant) -> bool:
    """Whether the measures were decided against somebody who was not there."""
    spans = [m.span for m in person.measures]
    if not spans:
        return False
    low, high = min(s.start for s in spans), max(s.end for s in spans)
    return bool(_ABSENT.search(doc.text, low, min(high + 20, len(doc.text))))


def day_of(doc: CaseDocument, key: str) -> Field[DateValue] | None:
    """A date of the procedure that is known to the day."""
    field = doc.dates.get(key)
    return field if field is not None and field.value.precision == "day" else None


def end_of(start: date, *periods: Deadline) -> date:
    """The last day of the periods one after another; the first day is not counted."""
    for period in periods:
        start = add_months(start, period.months) + timedelta(days=period.days)
    return start


def end_by(key: str, start: date) -> date:
    """The last day of one period of the table."""
    return end_of(start, deadline(key))


def put_off(due: date) -> date:
    """The latest day to which rest days may put off the end of a period."""
    return due + timedelta(days=grace(due))


def clock_unknown(doc: CaseDocument) -> bool:
    """Whether the story tells of something that stops the clock or sets it back."""
    return any(
        _SUSPENDED.search(doc.text, s.span.start, s.span.end)
        for s in doc.sections_of("procedure", "parties")
    )


def dated(doc: CaseDocument, pattern: re.Pattern[str], span: Span) -> Iterator[tuple[date, Span]]:
    """Each match of the pattern in `span` with the day written before it in its sentence."""
    found = list(pattern.finditer(doc.text, span.start, span.end))
    days = find_dates(span.quote) if found else []
    for one in found:
        low = max(doc.text.rfind(mark, span.start, one.start()) for mark in "。；\n") + 1
        near = [d for d in days if low <= span.start + d.start < one.start()]
        if near and near[-1].value.precision == "day":
            yield near[-1].value.date, doc.span(one.start(), one.end())
