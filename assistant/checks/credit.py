"""What custody before the judgment is worth in it: the term's first day, the days taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.casefile import CaseFile
from assistant.checks.course import FREED, HELD, Step, absent, steps
from assistant.checks.place import part, people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.sentencing.dates import expected_end
from ingestion.model import CaseDocument, Defendant
from knowledge_base import charges

# Custody for something else, or a term joined to an earlier one: the days cannot be told.
_OTHERWISE = re.compile(
    r"行政拘留|司法拘留|强制(?:隔离)?戒毒|收容|解回|押回|服刑|指定居所|逮捕后[^。；]{0,6}脱逃"
)
_JOINED = re.compile(r"前罪|原判|原犯|余刑|撤销[^。；]{0,40}(?:缓刑|假释|部分)|漏罪|与前|合并执行")
_ACCUSED = re.compile(r"涉嫌(?:犯)?([\u4e00-\u9fff、]{2,30}?)罪?(?=[，,于被经]|$)")
_TWO_FOR_ONE = re.compile(r"羁押(?:一|1)日，?折抵(?:刑期)?(?:二|两|2)日")
_TERM_FROM = re.compile(
    r"刑期[，,]?(?:应)?(?:从|自)(?:本)?(?P<day>判决(?:书)?(?:宣告|宣判|生效|发生法律效力|确定|作出|送达))之日起"
)
_HELD = (*HELD, "seized")


def _segments(told: list[Step]) -> tuple[list[tuple[Step, Step]], Step | None]:
    """Ended stretches of custody, and the first day of the one that lasts.

    Freed and held again on one day is one custody.
    """
    ended: list[tuple[Step, Step]] = []
    start: Step | None = None
    for step in told:
        if step.kind in _HELD:
            if start is None and ended and ended[-1][1].day == step.day:
                start = ended.pop()[0]
            start = start or step
        elif step.kind in FREED and start is not None:
            ended.append((start, step))
            start = None
    return ended, start


def _for_this(doc: CaseDocument, person: Defendant, step: Step) -> bool:
    """Whether the measure was for a charge of this judgment, as far as its words tell."""
    sentence = doc.text.rfind("。", 0, step.span.start) + 1
    named = _ACCUSED.findall(doc.text[sentence : step.span.end])
    if not named:
        return True
    own = [f.value for f in (*person.charges, *person.accused_of)]
    return any(
        name.removesuffix("罪") in one or charges.same_charge(one, name + "罪")
        for name in re.split("、", named[-1])
        for one in own
    )


def _days_of(told: list[Step]) -> set[date]:
    return {step.day for step in told}


def _problem(
    doc: CaseDocument, person: Defendant, first: date, end: date, credited: int
) -> tuple[str, Step] | None:
    """What does not fit, and the measure with which it does not fit."""
    told = steps(person)
    ended, lasting = _segments(told)
    sentence = person.sentence
    if sentence is None or not told:
        return None
    earlier = [(a, b) for a, b in ended if b.day <= first]
    days = sum((b.day - a.day).days for a, b in earlier)
    taken = max((expected_end(first, sentence.term) - end).days, credited)
    if lasting is not None and not earlier and _for_this(doc, person, lasting):
        late = (first - lasting.day).days
        if late > 1 and late > taken + 1:
            return f"晚于{lasting.day.isoformat()}{lasting.name}之日{late}日", lasting
        if late > 1 and late == taken and not credited and first not in _days_of(told):
            return (
                f"晚于{lasting.day.isoformat()}{lasting.name}之日{late}日，未说明扣除的羁押",
                lasting,
            )
        if lasting is told[0] and late < -1:
            return f"早于{lasting.day.isoformat()}{lasting.name}之日{-late}日", lasting
    if len(earlier) == 1 and days > 1 and taken == 0 and _for_this(doc, person, earlier[0][0]):
        start, stop = earlier[0]
        return (
            f"{start.day.isoformat()}{start.name}至{stop.day.isoformat()}{stop.name}的{days}日未见折抵",
            start,
        )
    return None


def _ratio(doc: CaseDocument) -> Iterator[Hit]:
    """A day of custody worth two of a term of imprisonment or detention."""
    operative = part(doc, "operative")
    persons = people(doc)
    kinds = {p.sentence.main for p in persons if p.sentence is not None}
    if operative is None or not kinds or "control" in kinds:
        return
    found = _TWO_FOR_ONE.search(doc.text, operative.start, operative.end)
    if found is not None:
        yield hit(
            doc.span(found.start(), found.end()),
            values={"judgment": found[0]},
            name=persons[0].name.value,
            start="判决执行之日",
            problem=f"写作“{found[0]}”，有期徒刑、拘役的羁押一日折抵刑期一日",
        )


def _first_day(doc: CaseDocument) -> Iterator[Hit]:
    """A term that is said to run from another day than that of the execution."""
    operative = part(doc, "operative")
    found = (
        _TERM_FROM.search(doc.text, operative.start, operative.end)
        if operative is not None and doc.defendants
        else None
    )
    if found is not None:
        yield hit(
            doc.span(found.start(), found.end()),
            severity="minor",
            values={"judgment": found["day"]},
            name="、".join(p.name.value for p in people(doc)),
            start=f"{found['day']}之日",
            problem="应从判决执行之日起计算",
        )


@check("DATE-017")
def credit_for_custody(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    operative = part(doc, "operative")
    yield from _ratio(doc)
    yield from _first_day(doc)
    for person in people(doc):
        dates = person.custody_dates
        if dates is None or dates.start.precision != "day" or dates.end.precision != "day":
            continue
        if any(m.date is None or m.date.precision != "day" for m in person.measures):
            yield Undecided(f"无法判断：缺{person.name.value}部分强制措施的日期，不能核算折抵")
            continue
        low = person.paragraph.start if person.paragraph else 0
        high = max((m.span.end for m in person.measures), default=low)
        joined = operative is not None and _JOINED.search(operative.quote)
        if joined or absent(doc, person) or _OTHERWISE.search(doc.text, low, high + 40):
            continue
        found = _problem(doc, person, dates.start.date, dates.end.date, dates.credited_days or 0)
        if found is not None:
            problem, step = found
            yield hit(
                dates.span,
                step.span,
                severity="minor"
                if "未说明" in problem or (step.kind == "seized" and "未见折抵" in problem)
                else None,
                values={"judgment": dates.start.date.isoformat()},
                name=person.name.value,
                start=dates.start.date.isoformat(),
                problem=problem,
            )
