"""Dates of one document: do they exist, do they follow each other, do terms add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.casefile import CaseFile
from assistant.checks.place import (
    act_day,
    closing_date,
    issued,
    month_of_issue,
    part,
    people,
    sole,
)
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import CaseDocument, Defendant, Measure, Span
from ingestion.numerals import chinese_number, find_dates

_DATE = re.compile(r"(\d{2,4})\s*年\s*(\d{1,2})\s*月\s*(?:(\d{1,3})\s*日)?")
_CHINESE = re.compile(
    r"([〇○零ＯO一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_BROKEN = (
    (
        re.compile(
            r"(?<![\d.])\d{1,2}月\d{1,2}(?=(?:凌晨|早[晨上]|清晨|上午|中午|下午|傍晚|晚[上间]?|夜)[^\d])"
        ),
        "“日”字缺漏",
    ),
    (re.compile(r"(?<!\d)(?:19|20)\d{4}月(?:\d{1,2}日)?"), "年、月之间缺“年”字"),
    (re.compile(r"同年月日"), "月、日空缺"),
)
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
CUSTODY = ("seized", "summoned", "detention", "arrest", "liuzhi")
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
        year, month, last = (chinese_number(part) for part in found.groups())
        yield doc.span(found.start(), found.end()), year, month, last


def _broken(doc: CaseDocument) -> Iterator[Hit]:
    """A date that lost a character: the 日, the mark between year and month, its last word."""
    end = _body_end(doc)
    for pattern, problem in _BROKEN:
        for found in pattern.finditer(doc.text, 0, end):
            yield hit(
                doc.span(found.start(), found.end()),
                severity="minor",
                values={doc.role or "": found[0]},
                written=found[0],
                problem=problem,
            )
    month = month_of_issue(doc)
    if doc.role == "judgment" and "issued" not in doc.dates and month is not None:
        span, _ = month
        yield hit(
            span,
            severity="minor",
            values={"judgment": span.quote},
            written=span.quote,
            problem="落款日期没有写完整或者有误字",
        )


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
    yield from _broken(doc)
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
        if m.date is not None
        and m.date.precision == "day"
        and m.kind in (*CUSTODY, "bail")
        and not _of_earlier_case(d, m.date.date)
    ]
    return min(brought, key=lambda event: event[:2], default=None)


def _of_earlier_case(person: Defendant, day: date) -> bool:
    """Whether the person was convicted after that day: the measure belonged to that case."""
    return any(
        p.kind == "conviction" and p.date is not None and p.date.date >= day for p in person.priors
    )


def _earlier_measures(doc: CaseDocument, act: date) -> list[Span]:
    """Every measure dated before the act: what is computed from them fails with them."""
    return [
        m.span
        for d in people(doc)
        for m in d.measures
        if m.date is not None
        and m.date.precision == "day"
        and m.date.date < act
        and not _of_earlier_case(d, m.date.date)
    ]


def _told_before(doc: CaseDocument, day: date) -> bool:
    """Whether the story tells anything before that day: then its first day is not the act."""
    story = part(doc, "facts", "accusation")
    return story is not None and any(m.value.date < day for m in find_dates(story.quote))


def _unordered(doc: CaseDocument) -> Iterator[tuple[Measure, Measure, str]]:
    """An arrest told as earlier than every detention of the same person."""
    for person in people(doc):
        dated = [m for m in person.measures if m.date is not None and m.date.precision == "day"]
        held = [m for m in dated if m.kind == "detention"]
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
                *_earlier_measures(doc, act[0]),
                values={doc.role or "": act[0].isoformat()},
                confidence=0.8,
                # Two documents that copy the slip from each other have one slip.
                cause=f"act-after-custody:{custody[1]}:{custody[0]}",
                problem=f"所写行为日期{act[0].isoformat()}晚于{custody[1]}的日期{custody[0].isoformat()}",
            )
        for when, name, span in events:
            if act[0] > when and not _told_before(doc, when):
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
    if doc.role in ("indictment", "judgment") and events[-1][1] == "落款":
        last = events[-1]
        for measure, person_name in _late_measures(doc, last):
            yield hit(
                measure.span,
                last[2],
                values={doc.role or "": measure.span.quote},
                severity="minor",
                confidence=0.6,
                problem=f"{person_name}的{_KIND_NAMES[measure.kind]}日期晚于{last[1]}日期",
            )
