"""Dates of one document: do they exist, do they follow each other, do terms add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.casefile import CaseFile
from assistant.checks.custody import expected_end
from assistant.checks.place import act_day, closing_date, issued, part, people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import CaseDocument, Measure, Span
from ingestion.numerals import chinese_number, find_dates
from knowledge_base.check_rules import limit

_DATE = re.compile(r"(\d{2,4})\s*年\s*(\d{1,2})\s*月\s*(?:(\d{1,3})\s*日)?")
_CHINESE = re.compile(
    r"([〇○零ＯO一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SEIZED = ("seized", "summoned", "detention", "arrest", "liuzhi")
_KIND_NAMES = {
    "seized": "抓获",
    "summoned": "传唤到案",
    "detention": "拘留",
    "arrest": "逮捕",
    "bail": "取保候审",
    "residence": "监视居住",
    "liuzhi": "留置",
    "release": "释放",
}


def impossible(year: int, month: int, day_of_month: int | None) -> str | None:
    """Why there is no such day; None where there is one."""
    if not 1 <= month <= 12:
        return f"没有{month}月"
    if day_of_month is None:
        return None
    if not 1 <= day_of_month <= _LENGTHS[month - 1]:
        return f"{month}月没有{day_of_month}日"
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if month == 2 and day_of_month == 29 and not leap:
        return f"{year}年2月没有29日"
    return None


def _body_end(doc: CaseDocument) -> int:
    appendix = part(doc, "appendix")
    return appendix.start if appendix else len(doc.text)


def _written(doc: CaseDocument) -> Iterator[tuple[Span, int, int, int | None]]:
    for found in _DATE.finditer(doc.text, 0, _body_end(doc)):
        if len(found[1]) == 4:
            last = int(found[3]) if found[3] else None
            yield doc.span(found.start(), found.end()), int(found[1]), int(found[2]), last
    for found in _CHINESE.finditer(doc.text, 0, _body_end(doc)):
        numbers = [chinese_number(part) for part in found.groups()]
        yield doc.span(found.start(), found.end()), *numbers


@check("DATE-001")
def no_such_day(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    today = date.today()
    for span, year, month, last in _written(doc):
        why = impossible(year, month, last)
        if why is not None:
            yield hit(span, values={doc.role or "": span.quote}, written=span.quote, problem=why)
        elif last is not None and year < 1900:
            yield hit(
                span, values={doc.role or "": span.quote}, written=span.quote, problem="年份有误"
            )
    line = closing_date(doc) if doc.role == "indictment" else None
    field = doc.dates.get("issued")
    if field is not None and field.value.date > today:
        yield hit(
            line or field.span,
            values={doc.role or "": field.span.quote},
            written=field.span.quote,
            problem="晚于今天",
        )


_STEPS = (
    ("transferred", "移送起诉"),
    ("accepted", "受理"),
    ("informed", "告知权利"),
    ("issued", "落款"),
)
_COURT_STEPS = (
    ("prosecuted", "提起公诉"),
    ("accepted", "受理"),
    ("trial", "开庭审理"),
    ("issued", "落款"),
)
Event = tuple[date, str, Span]


def _events(doc: CaseDocument) -> list[Event]:
    """The dated steps of the procedure in the order in which they must follow."""
    found = []
    for key, name in _COURT_STEPS if doc.role == "judgment" else _STEPS:
        field = doc.dates.get(key)
        if field is not None and field.value.precision == "day":
            found.append((field.value.date, name, field.span))
    line, written = closing_date(doc), issued(doc)
    if "issued" not in doc.dates and line is not None and written is not None:
        found.append((written, "落款", line))
    return found


def _first_custody(doc: CaseDocument) -> Event | None:
    """The first time an accused was brought in for this case."""
    brought = [
        (m.date.date, f"{d.name.value}被{_KIND_NAMES[m.kind]}", m.span)
        for d in people(doc)
        for m in d.measures
        if m.date is not None and m.date.precision == "day" and m.kind in (*_SEIZED, "bail")
    ]
    return min(brought, default=None)


def _told_before(doc: CaseDocument, day: date) -> bool:
    """Whether the story tells anything before that day: then its first day is not the act."""
    story = part(doc, "facts", "accusation")
    return story is not None and any(m.value.date < day for m in find_dates(story.quote))


def _unordered(doc: CaseDocument) -> Iterator[tuple[Measure, Measure, str]]:
    """An arrest told as earlier than every detention of the same person."""
    for person in people(doc):
        dated = [m for m in person.measures if m.date is not None and m.date.precision == "day"]
        held = [m for m in dated if m.kind in ("detention", "seized")]
        arrested = [m for m in dated if m.kind == "arrest"]
        for arrest in arrested:
            if held and all(
                h.date and arrest.date and h.date.date > arrest.date.date for h in held
            ):
                yield arrest, held[0], person.name.value


def _late_measures(doc: CaseDocument, end: Event) -> Iterator[tuple[Measure, str]]:
    for person in people(doc):
        for measure in person.measures:
            known = measure.date is not None and measure.date.precision == "day"
            if known and measure.date is not None and measure.date.date > end[0]:
                yield measure, person.name.value


@check("DATE-002")
def order_of_events(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    events = _events(doc)
    if not events:
        yield Undecided("无法判断：未能读出移送、受理、起诉等程序日期")
        return
    for index, (first, name, span) in enumerate(events):
        for later, later_name, later_span in events[index + 1 :]:
            if first > later:
                yield hit(
                    later_span,
                    span,
                    values={doc.role or "": later.isoformat()},
                    cause="issued-before"
                    if later_name == "落款" and doc.role == "indictment"
                    else None,
                    problem=f"{later_name}日期{later.isoformat()}早于{name}日期{first.isoformat()}",
                )
    custody = _first_custody(doc)
    offence = act_day(doc)
    if offence is not None:
        act: Event = (offence.value.date, "犯罪行为", offence.span)
        if custody is not None and act[0] > custody[0] and not _told_before(doc, custody[0]):
            yield hit(
                act[2],
                custody[2],
                values={doc.role or "": act[0].isoformat()},
                confidence=0.8,
                problem=f"所写行为日期{act[0].isoformat()}晚于{custody[1]}的日期{custody[0].isoformat()}",
            )
        for when, name, span in events:
            if act[0] > when:
                yield hit(
                    act[2],
                    span,
                    values={doc.role or "": act[0].isoformat()},
                    problem=f"所写行为日期{act[0].isoformat()}晚于{name}日期{when.isoformat()}",
                )
                break
    for arrest, held, name in _unordered(doc):
        yield hit(
            arrest.span,
            held.span,
            values={doc.role or "": arrest.span.quote},
            confidence=0.7,
            problem=f"{name}的逮捕日期早于拘留日期",
        )
    if doc.role == "indictment":
        last = events[-1]
        for measure, person_name in _late_measures(doc, last):
            yield hit(
                measure.span,
                last[2],
                values={"indictment": measure.span.quote},
                severity="minor",
                confidence=0.6,
                problem=f"{person_name}的{_KIND_NAMES[measure.kind]}日期晚于{last[1]}日期",
            )


@check("DATE-016")
def custody_end(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        dates, sentence = person.custody_dates, person.sentence
        if dates is None:
            continue
        known = dates.start.precision == "day" and dates.end.precision == "day"
        if (
            sentence is None
            or not known
            or sentence.main not in ("imprisonment", "detention", "control")
        ):
            yield Undecided(f"无法判断：{person.name.value}的刑期起止或者所判刑期未能读出")
            continue
        credited = dates.credited_days or 0
        expected = expected_end(sentence.main, dates.start.date, sentence.term, credited)
        written = dates.end.date
        gap = (written - expected).days
        if gap == 0:
            continue
        fields = {
            "name": person.name.value,
            "start": dates.start.date.isoformat(),
            "written": written.isoformat(),
            "expected": expected.isoformat(),
        }
        values = {doc.role or "": written.isoformat()}
        if written <= dates.start.date:
            yield hit(dates.span, values=values, problem="止日不晚于起日", **fields)
        elif gap > 1 and _at_large(dates.start.date, gap, person.measures):
            # Custody, release, custody again: the time at large lies between the two days.
            continue
        elif gap > 1:
            yield hit(dates.span, values=values, problem=f"多出{gap}日", **fields)
        elif gap == 1:
            yield hit(
                dates.span,
                values=values,
                severity="minor",
                confidence=0.7,
                problem="多出1日",
                **fields,
            )
        elif -gap > _earlier_custody(doc, dates.start.date, person.measures):
            yield hit(
                dates.span,
                values=values,
                severity="minor",
                confidence=0.5,
                problem=f"少了{-gap}日，括注和羁押经过不能说明全部折抵",
                **fields,
            )


def _at_large(start: date, gap: int, measures: list[Measure]) -> bool:
    """Whether a release after `start` and a later arrest explain so many days more."""
    dated = [m for m in measures if m.date is not None and m.date.precision == "day"]
    freed = [m.date.date for m in dated if m.date and m.kind in ("bail", "residence", "release")]
    held = [m.date.date for m in dated if m.date and m.kind in _SEIZED]
    for day in freed:
        again = [h for h in held if h > day]
        if day >= start and (not again or any(abs((h - day).days - gap) <= 3 for h in again)):
            return True
    return False


def _earlier_custody(doc: CaseDocument, start: date, measures: list[Measure]) -> int:
    """Days a person may have been held before the last custody began, as far as is told."""
    held = [m for m in measures if m.date is not None and m.date.precision == "day"]
    before = [m.date.date for m in held if m.date and m.kind in _SEIZED and m.date.date < start]
    freed = [m.date.date for m in held if m.date and m.kind in ("bail", "residence", "release")]
    if not before:
        return 0
    first = min(before)
    until = min((d for d in freed if d >= first), default=start)
    return (min(until, start) - first + timedelta(days=2)).days


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
        border = date(last.year + years, last.month, min(last.day, 28))
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
