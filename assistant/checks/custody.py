"""Custody and other measures against the periods of the Criminal Procedure Law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from assistant.casefile import CaseFile
from assistant.checks.course import (
    FREED,
    HELD,
    MEASURE_NAMES,
    REQUEST,
    Step,
    absent,
    clock_unknown,
    custody,
    dated,
    day_of,
    end_by,
    steps,
)
from assistant.checks.place import issued, part, people, search, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.findings import Severity
from ingestion.model import CaseDocument, Defendant, Span
from knowledge_base.deadlines import deadline

_MANY = re.compile(r"流窜|多次|结伙|伙同|先后|纠集|团伙")
_LONGER = re.compile(r"延长[^。；，]{0,12}(?:侦查)?羁押期限|(?:侦查)?羁押期限[^。；，]{0,8}延长")
_HELD_NOW = re.compile(r"(?:现|均|仍)?(?:被)?(?:羁押|关押|押)(?:于|在)[^，。；\n]{2,30}?看守所")
_FREE_NOW = re.compile(
    r"现[^，。；\n]{0,8}(?:取保候审|监视居住)|(?:取保候审|监视居住)(?:于|在)[^，。；\n]{0,12}(?:住所|家|居所)"
)
_OWN = re.compile(r"检察院|法院|本院")
_EXECUTION = timedelta(days=1)
"""A decision of the last day may be carried out on the next."""
_GAP = timedelta(days=1)


def _who(person: Defendant) -> str:
    return person.name.value


def _before_arrest(told: list[Step]) -> tuple[Step, Step] | None:
    """The last detention before the first arrest, where nothing set the person free between."""
    for number, step in enumerate(told):
        if step.kind == "arrest":
            before = [s for s in told[:number] if s.kind in ("detention", *FREED)]
            return (before[-1], step) if before and before[-1].kind == "detention" else None
    return None


def _detained_then_freed(told: list[Step]) -> Iterator[tuple[Step, Step]]:
    """Detentions that ended without an arrest."""
    relevant = [s for s in told if s.kind in ("detention", "arrest", *FREED)]
    for one, other in pairwise(relevant):
        if one.kind == "detention" and other.kind in FREED:
            yield one, other


@check("DATE-003")
def request_for_arrest(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    story = part(doc, "procedure", "parties")
    for person in people(doc):
        held = [s for s in steps(person) if s.kind == "detention"]
        if not held:
            continue
        asked = _requested(doc, person, story)
        if asked is None:
            if doc.role == "report":
                yield Undecided(f"无法判断：缺{_who(person)}的提请批准逮捕日期")
            continue
        day, span = asked
        before = [s for s in held if s.day <= day]
        if not before:
            continue
        start = before[-1]
        days = (day - start.day).days
        longest = day > end_by("arrest_request_longest", start.day)
        longer = day > end_by("arrest_request_longer", start.day)
        key = "arrest_request_longest" if longest else "arrest_request_longer"
        if longest or (longer and not _MANY.search(doc.text)):
            yield hit(
                span,
                start.span,
                values={doc.role or "": day.isoformat()},
                severity=None if longest else "minor",
                name=_who(person),
                days=days,
                problem=f"超过{deadline(key).days}日"
                + ("" if longest else "，未见流窜、多次、结伙作案的事由"),
            )


def _requested(
    doc: CaseDocument, person: Defendant, story: Span | None
) -> tuple[date, Span] | None:
    """When the police asked for this person's arrest: said in his paragraph, else at all."""
    for span in (person.paragraph, story):
        if span is not None:
            found = next(dated(doc, REQUEST, span), None)
            if found is not None:
                return found
    return None


@check("DATE-004")
def review_of_arrest(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    story = part(doc, "procedure", "parties")
    for person in people(doc):
        told = steps(person)
        arrests = [s for s in told if s.kind == "arrest"]
        asked = _requested(doc, person, story) if arrests else None
        if asked is None:
            continue
        day, span = asked
        after = [s for s in arrests if s.day >= day]
        if not after:
            continue
        held = any(s.kind == "detention" and s.day <= day for s in told)
        key = "arrest_review" if held else "arrest_review_free"
        if after[0].day > end_by(key, day) + _EXECUTION:
            yield hit(
                after[0].span,
                span,
                values={doc.role or "": after[0].day.isoformat()},
                name=_who(person),
                days=(after[0].day - day).days,
                limit=deadline(key).days,
            )


@check("DATE-005")
def detention_in_all(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        told = steps(person)
        if absent(doc, person):
            continue
        pairs = list(_detained_then_freed(told))
        arrested = _before_arrest(told)
        if arrested is not None:
            pairs.append(arrested)
        elif any(s.kind == "arrest" for s in told) and any(
            m.kind == "detention" and m.date is None for m in person.measures
        ):
            yield Undecided(f"无法判断：缺{_who(person)}的拘留日期")
        for start, end in pairs:
            supervised = any(s.kind == "liuzhi" and s.day <= start.day for s in told)
            key = "detention_supervised" if supervised else "detention_longest"
            if end.day > end_by(key, start.day) + _EXECUTION:
                yield hit(
                    end.span,
                    start.span,
                    values={doc.role or "": end.day.isoformat()},
                    name=_who(person),
                    start=start.day.isoformat(),
                    end=end.day.isoformat(),
                    ended=end.name,
                    days=(end.day - start.day).days,
                    limit=deadline(key).days,
                )


@check("DATE-006")
def investigation_custody(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    field = day_of(doc, "transferred")
    until = issued(doc) if doc.role == "opinion" else (field.value.date if field else None)
    for person in people(doc):
        told = steps(person)
        arrests = [s for s in told if s.kind == "arrest" and (until is None or s.day <= until)]
        if not arrests or absent(doc, person):
            continue
        if until is None:
            yield Undecided("无法判断：缺移送起诉日期，无法计算侦查羁押期限")
            return
        start = arrests[-1]
        if any(s.kind in FREED and start.day <= s.day <= until for s in told):
            continue
        if clock_unknown(doc):
            yield Undecided("无法判断：有重新计算期限或者改变管辖的情形，缺相应决定的日期")
            return
        longest = until > end_by("investigation_longest", start.day) + _EXECUTION
        told_longer = _LONGER.search(doc.text)
        # An indictment need not tell the extensions of the investigation: there it is a reminder.
        weight: Severity = "minor" if doc.role == "indictment" else "moderate"
        if longest or (not told_longer and until > end_by("investigation", start.day) + _EXECUTION):
            yield hit(
                field.span if field and doc.role != "opinion" else start.span,
                start.span,
                values={doc.role or "": until.isoformat()},
                severity=None if longest else weight,
                name=_who(person),
                start=start.day.isoformat(),
                end=until.isoformat(),
                problem=f"超过{deadline('investigation_longest').months}个月"
                if longest
                else f"超过{deadline('investigation').months}个月，未见批准延长侦查羁押期限的记载",
            )


def _overlong(doc: CaseDocument, kind: str) -> Iterator[Hit]:
    """A measure of this kind that its organ let run on beyond the period."""
    field, last = day_of(doc, "transferred"), issued(doc)
    for person in people(doc):
        told = steps(person)
        for number, step in enumerate(told):
            if step.kind != kind:
                continue
            after = [
                s for s in told[number + 1 :] if s.kind in (*HELD, *FREED) and s.day > step.day
            ]
            ends = [s.day for s in after[:1]]
            handed_on = not _OWN.search(step.measure.authority or "")
            if field is not None and handed_on and field.value.date > step.day:
                ends.append(field.value.date)
            if last is not None:
                ends.append(last)
            if not ends or absent(doc, person):
                continue
            end = min(ends)
            if end > end_by(kind, step.day) + _GAP:
                yield hit(
                    step.span,
                    values={doc.role or "": step.day.isoformat()},
                    cause=f"{kind}-{_who(person)}-{step.day}",
                    name=_who(person),
                    start=step.day.isoformat(),
                    end=end.isoformat(),
                )


@check("DATE-012")
def bail_too_long(case: CaseFile) -> Iterator[Hit | Undecided]:
    yield from _overlong(sole(case), "bail")


@check("DATE-013")
def residence_too_long(case: CaseFile) -> Iterator[Hit | Undecided]:
    yield from _overlong(sole(case), "residence")


@check("DATE-014")
def gap_between_measures(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        told = steps(person)
        # Between 留置 and the first measure of the criminal procedure nothing need be in force.
        supervised = any(s.kind == "liuzhi" for s in told)
        for one, other in pairwise(told):
            gap = other.day - one.day
            if supervised and not any(s.kind in ("detention", "arrest") for s in told):
                continue
            if one.kind == "release" and other.kind in ("bail", "residence") and gap > _GAP:
                yield hit(
                    other.span,
                    one.span,
                    values={doc.role or "": other.day.isoformat()},
                    name=_who(person),
                    first=f"{one.day.isoformat()}{one.name}",
                    second=f"{other.day.isoformat()}{other.name}",
                    days=gap.days,
                )


@check("PROC-013")
def after_liuzhi(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        held = [m for m in person.measures if m.kind == "liuzhi"]
        if held and not any(m.kind in ("detention", "arrest", *FREED) for m in person.measures):
            yield hit(
                held[-1].span, values={doc.role or "": held[-1].span.quote}, name=_who(person)
            )


def _of_person(words: str, name: str, names: list[str]) -> str | None:
    """What an enclosure says of one of several persons: from the name to the next one's.

    Names that follow one another share what stands after the last (甲、乙现羁押于…).
    """
    if len(names) == 1:
        return words
    at = words.find(name)
    if at < 0:
        return None
    told = words[at + len(name) :]
    others = sorted(i for other in names if other != name and (i := told.find(other)) >= 0)
    for here in others:
        between = told[:here].removesuffix("被告人").strip("、，；和及与 ")
        if between:
            return told[:here]
    return told


def _now(doc: CaseDocument, person: Defendant, pattern: re.Pattern[str]) -> Span | None:
    """Where the enclosures or the person's own paragraph say how he is kept now."""
    names = [_who(one) for one in people(doc)]
    for field in doc.attachments:
        told = _of_person(field.value, _who(person), names)
        if told is not None and pattern.search(told):
            return field.span
    return (
        search(doc, pattern, person.paragraph.start, person.paragraph.end)
        if (person.paragraph)
        else None
    )


@check("PROC-016")
def kept_as_told(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        if not person.measures:
            continue
        last = person.measures[-1]
        held, free = _now(doc, person, _HELD_NOW), _now(doc, person, _FREE_NOW)
        if held and free:
            continue
        if last.kind in ("bail", "residence") and held is not None:
            yield hit(
                held,
                last.span,
                values={doc.role or "": held.quote},
                cause=f"kept-{_who(person)}",
                name=_who(person),
                last=MEASURE_NAMES[last.kind],
                now="羁押",
            )
        elif custody(person) and free is not None and free.start > last.span.start:
            yield hit(
                free,
                last.span,
                values={doc.role or "": free.quote},
                cause=f"kept-{_who(person)}",
                name=_who(person),
                last=MEASURE_NAMES[last.kind],
                now="未被羁押",
            )
