"""Accused persons who are minors on the day of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.casefile import CaseFile
from assistant.checks.age import age_on
from assistant.checks.place import attachments, issued, opening, people, search, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import CaseDocument, Defendant
from knowledge_base.check_rules import limit

_GUARDIAN = re.compile(r"法定代理人|合适成年人|监护人|成年亲属")
_TOGETHER = re.compile(r"分案|合并(?:起诉|审理|移送)|一并(?:起诉|审查|移送|提起)|并案|全案起诉")
_INQUIRY = re.compile(r"社会调查|调查评估|成长经历")
_FAST = re.compile(
    r"(?:建议|同意|可以|决定|提请)(?:法院|你院|贵院|人民法院)?适用(?:刑事案件)?速裁程序|速裁程序(?:适用)?建议书"
)
_SAYS_MINOR = re.compile(
    r"未成年(?:被告人|犯罪嫌疑人)|(?:被告人|犯罪嫌疑人)[^。，]{1,6}(?:系|为)未成年"
)


def _day(doc: CaseDocument) -> date | None:
    """The day of the document, else the last day of the review that it tells."""
    told = [
        field.value.date
        for key in ("informed", "accepted", "transferred")
        if (field := doc.dates.get(key)) is not None
    ]
    return issued(doc) or max(told, default=None)


def _minors(doc: CaseDocument) -> list[Defendant]:
    day = _day(doc)
    ages = [(person, age_on(person, day)) for person in people(doc)]
    return [person for person, age in ages if age is not None and age < limit("minor_age")]


def _unknown(doc: CaseDocument) -> Iterator[Undecided]:
    """The document speaks of a minor, and no birth date bears it out."""
    undated = any(person.birth is None for person in people(doc))
    if undated and not _minors(doc) and _SAYS_MINOR.search(doc.text):
        yield Undecided("无法判断：缺未成年被告人的出生日期")


def _at_birth(doc: CaseDocument, person: Defendant) -> Hit:
    span = person.birth.span if person.birth else person.name.span
    return hit(
        span,
        person.name.span,
        values={doc.role or "": person.name.value},
        name=person.name.value,
    )


@check("JUV-001")
def guardian_present(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    yield from _unknown(doc)
    if not _GUARDIAN.search(doc.text):
        for person in _minors(doc):
            yield _at_birth(doc, person)


@check("JUV-002")
def tried_with_adults(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    young, day = _minors(doc), _day(doc)
    ages = [age_on(person, day) for person in people(doc)]
    grown = [age for age in ages if age is not None and age >= limit("minor_age")]
    if young and grown and not _TOGETHER.search(doc.text):
        yield _at_birth(doc, young[0])


@check("JUV-003")
def social_inquiry(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    young = _minors(doc)
    if not young or _INQUIRY.search(doc.text):
        return
    listed = attachments(doc)
    if doc.role == "indictment" and listed is None:
        yield Undecided("无法判断：缺附件部分，不能核对是否附有社会调查报告")
        return
    birth = young[0].birth
    told = birth.span if birth else young[0].name.span
    yield hit(
        opening(doc, listed, 20) if listed else told,
        told,
        values={doc.role or "": None},
        name=young[0].name.value,
    )


@check("JUV-004")
def fast_track_of_a_minor(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    proposed = search(doc, _FAST)
    if proposed is None:
        return
    for person in _minors(doc):
        span = person.birth.span if person.birth else person.name.span
        yield hit(
            proposed,
            span,
            values={doc.role or "": proposed.quote},
            name=person.name.value,
        )
