"""The time of the review: told and decided in time, returns and extensions of lawful length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.casefile import CaseFile
from assistant.checks.course import (
    clock_unknown,
    custody,
    day_of,
    end_by,
    end_of,
    put_off,
)
from assistant.checks.place import closing_date, heading, issued, part, people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import CaseDocument, DateValue, Interval, Span
from ingestion.numerals import CN, chinese_number, find_dates
from knowledge_base.check_rules import limit
from knowledge_base.deadlines import deadline

_FAST = re.compile(r"(?:建议|同意|适用)[^。；]{0,10}速裁程序")
_COUNTED = re.compile(
    rf"(?P<what>退回[^。；（(]{{0,22}}?(?:侦查|调查)|延长[^。；（(]{{0,14}}?期限)(?P<times>[{CN}\d]{{1,2}})次"
    r"[^。；（(]{0,12}[（(](?P<inside>[^）)]{6,160})[）)]"
)
_EACH = re.compile(r"分别[^。；]{4,40}?(?:退回|退查|重报|重新移送)")
_RANGE = re.compile(r"(?:日|\d)\s*(?:起)?\s*(?:至|到|—+|－|~|～)")
_WITHIN = re.compile(r"(?:自|从)?[^，。；]{0,16}(?:至|到|—+|－|~|～)")
_ONE_DAY = timedelta(days=1)
_REGISTERING = timedelta(days=7)
"""A case handed over waits at most so long for its acceptance."""


def _day(value: DateValue | None) -> date | None:
    return value.date if value is not None and value.precision == "day" else None


def _begin(doc: CaseDocument) -> tuple[date, Span, bool] | None:
    """When the review began: accepted, else handed over (third value False)."""
    for key in ("accepted", "transferred"):
        field = day_of(doc, key)
        if field is not None:
            return field.value.date, field.span, key == "accepted"
    return None


def _end(doc: CaseDocument) -> tuple[date, Span] | None:
    day = issued(doc)
    field = doc.dates.get("issued")
    span = closing_date(doc) or (field.span if field else None)
    return (day, span) if day is not None and span is not None else None


def _stretches(begin: date, end: date, returns: list[Interval]) -> list[tuple[date, date]] | None:
    """The spans of review between the returns; None where a return is not dated."""
    found, start = [], begin
    for one in returns:
        out, back = _day(one.start), _day(one.end)
        if out is None or back is None or one.times > 1 or not start <= out <= back:
            return None
        found.append((start, out))
        start = back
    return [*found, (start, end)]


def _latest(doc: CaseDocument, begin: date, count: int) -> date:
    """The last day that the counted returns and extensions can explain."""
    day = begin
    for _ in range(count):
        day = end_of(day, deadline("review"), deadline("review_extension"), deadline("return"))
    return end_of(day, deadline("review"), deadline("review_extension"))


@check("DATE-007")
def review_in_time(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    begin, end = _begin(doc), _end(doc)
    if begin is None or end is None:
        lacking = "受理（移送起诉）日期" if begin is None else "落款日期"
        yield Undecided(f"无法判断：缺{lacking}")
        return
    if clock_unknown(doc):
        yield Undecided("无法判断：有改变管辖、鉴定等影响期限的情形，缺相应日期")
        return
    held = any(custody(person) for person in people(doc))
    if doc.returns and _EACH.search(doc.text):
        yield Undecided("无法判断：退回、重报日期合并书写，缺逐次对应的起止日期")
        return
    stretches = _stretches(begin[0], end[0], doc.returns)
    if stretches is None:
        late = end[0] > _latest(doc, begin[0], sum(one.times for one in doc.returns))
        stretches = [(begin[0], end[0])] if late else []
    for start, stop in stretches:
        allowed = [deadline("review")]
        if doc.extensions or len(stretches) < len(doc.returns) + 1:
            allowed.append(deadline("review_extension"))
        due = end_of(start, *allowed)
        waited = timedelta() if begin[2] or start != begin[0] else _REGISTERING
        if stop > (due if held else put_off(due)) + waited:
            longest = end_of(due, deadline("review_extension")) + waited
            explained = stop <= longest and not doc.extensions
            yield hit(
                end[1],
                begin[1],
                values={doc.role or "": end[0].isoformat()},
                severity="minor" if explained else "serious" if held else "moderate",
                start=start.isoformat(),
                end=stop.isoformat(),
                days=(stop - start).days,
                due=due.isoformat(),
                told="已计入延长" if len(allowed) > 1 else "未见延长审查起诉期限的记载",
            )


@check("DATE-008")
def fast_review(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    fast = _FAST.search(doc.text)
    if doc.procedure != "fast_track" and fast is None:
        return
    begin, end = _begin(doc), _end(doc)
    if begin is None or end is None:
        yield Undecided("无法判断：缺受理或者落款日期，无法计算速裁案件审查期限")
        return
    border = limit("fast_track_border_months")
    longest = max(
        (r.high.months for p in people(doc) for r in p.recommendations if r.high), default=None
    )
    light = longest is not None and longest <= border
    key = "fast_review" if light else "fast_review_longer"
    due = end_by(key, begin[0]) + (timedelta() if begin[2] else _REGISTERING)
    held = any(custody(person) for person in people(doc))
    if not doc.returns and end[0] > (due if held else put_off(due)):
        yield hit(
            end[1],
            begin[1],
            values={doc.role or "": end[0].isoformat()},
            cause="review-time",
            start=begin[0].isoformat(),
            end=end[0].isoformat(),
            days=(end[0] - begin[0]).days,
            limit=deadline(key).days,
        )


@check("DATE-009")
def returns_in_time(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    rule = deadline("return")
    times = sum(one.times for one in doc.returns)
    if rule.times is not None and times > rule.times:
        yield hit(
            doc.returns[0].span,
            *(one.span for one in doc.returns[1:]),
            values={doc.role or "": times},
            problem=f"退回补充侦查（调查）{times}次，超过{rule.times}次",
        )
    for one in doc.returns:
        out, back = _day(one.start), _day(one.end)
        if out is None:
            yield Undecided("无法判断：缺退回补充侦查（调查）的起止日期")
        elif back is not None and back > end_by("return", out) + _ONE_DAY:
            yield hit(
                one.span,
                values={doc.role or "": one.span.quote},
                problem=f"{out.isoformat()}退回，{back.isoformat()}重报，超过一个月",
            )


@check("DATE-010")
def told_as_counted(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for section in doc.sections_of("procedure"):
        for found in _COUNTED.finditer(doc.text, section.span.start, section.span.end):
            ranges = len(_RANGE.findall(found["inside"])) or len(find_dates(found["inside"]))
            times = chinese_number(found["times"])
            if ranges and ranges != times:
                yield hit(
                    doc.span(found.start(), found.end()),
                    values={doc.role or "": found[0]},
                    problem=f"写“{found['times']}次”而列明{ranges}段起止日期",
                )
    days = deadline("review_extension").days
    for one in doc.extensions:
        out, back = _day(one.start), _day(one.end)
        if out is None or back is None or not _WITHIN.search(one.span.quote):
            continue
        # Both days of the period counted, or the first one not.
        if (back - out).days not in (days - 1, days):
            yield hit(
                one.span,
                values={doc.role or "": one.span.quote},
                problem=f"延长审查起诉期限起止相距{(back - out).days}日，与延长{days}日不符",
            )


@check("DATE-011")
def informed_in_time(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    begin, told = _begin(doc), day_of(doc, "informed")
    if part(doc, "procedure") is None or not doc.informed:
        return
    if begin is None or told is None:
        lacking = "告知" if told is None else "受理"
        yield Undecided(f"无法判断：缺{lacking}日期，不能核对三日内告知")
        return
    due = end_by("inform", begin[0]) + (timedelta() if begin[2] else _REGISTERING)
    if told.value.date > put_off(due):
        yield hit(
            told.span,
            begin[1],
            values={doc.role or "": told.value.date.isoformat()},
            start=f"{begin[0].isoformat()}{'受理' if begin[2] else '移送起诉'}",
            told=told.value.date.isoformat(),
            days=(told.value.date - begin[0]).days,
        )


@check("DATE-015")
def plea_before_prosecution(case: CaseFile) -> Iterator[Hit | Undecided]:
    plea, indictment = case.documents["plea"], case.documents["indictment"]
    issued_on = issued(indictment)
    dated = [s for s in plea.signatories if s.date is not None and s.date.precision == "day"]
    if issued_on is None or not dated:
        lacking = "起诉书落款日期" if issued_on is None else "具结书签署日期"
        yield Undecided(f"无法判断：缺{lacking}")
        return
    late = [s for s in dated if s.date is not None and s.date.date > issued_on]
    if late and late[0].date is not None:
        yield hit(
            late[0].span,
            closing_date(indictment) or heading(indictment),
            values={"plea": late[0].date.date.isoformat(), "indictment": issued_on.isoformat()},
            signed=late[0].date.date.isoformat(),
            issued=issued_on.isoformat(),
        )
