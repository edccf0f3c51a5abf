"""Circumstances the facts show: have they what the law asks, and are they weighed at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.age import age_on, first_act
from assistant.checks.circumstances import of_person, own, retold
from assistant.checks.place import issued, opening, part, people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import CaseDocument, Circumstance, Defendant, Span
from knowledge_base.check_articles import ArticleGroup, group
from knowledge_base.check_rules import limit
from knowledge_base.circumstances import rule

_CAME = re.compile(
    r"投案|自首到|(?:主动|自动|自行|自愿)[^，。；]{0,20}(?:到|前往|报|来|赶|交代|交待|供述|打|返回|留|等)"
    r"|(?:电话|口头|书面|通知|传唤)[^。；]{0,16}(?:到案|到|至|前往|归案)|到案|等[候待]|未逃|没有逃"
    r"|报(?:了)?[警案]|陪同|规劝|劝说|送(?:至|到|往)|形迹可疑|盘[问查]|未被(?:采取|讯问|发觉)|未掌握"
    r"|尚未|留在现场|现场[^，。；]{0,10}留|拨打|打电话"
)
_TOLD = re.compile(r"供述|供认|供称|交[代待]|坦白|承认|如实|无异议|没有异议|认罪")
_MERIT = re.compile(
    r"(?:检举|揭发)(?:了)?[^，。；]{0,30}(?:犯罪|他人|线索|嫌疑|行为)|协助[^，。；]{0,14}抓(?:获|捕)"
)
_VERIFIED = re.compile(r"查证|查实|属实|核实|抓获|抓捕归案|破获|侦破|立案|查无|查否")
_STAGE = re.compile(r"未遂|得逞|既遂|中止|预备|未完成|未能完成")
_THEN_DONE = re.compile(
    r"(?:后|又|再次|当晚|次日)[^。；]{0,50}(?:发生(?:了)?(?:多次)?性关系|[窃骗抢劫盗夺]得|得手|强奸)"
)
"""The same story goes on to the completed act, which takes the attempt in."""
_WEIGHED_ABILITY = re.compile(r"聋|哑|盲|责任能力|精神|辨认|控制能力")
_DEAF_BLIND = re.compile(r"又聋又哑|聋哑(?:人|残疾)|系盲人|双目失明")
_CONFESSED = re.compile(r"如实(?:地)?(?:供述|交代|交待|陈述|供认)|坦白|供认不讳")


def _reasons(doc: CaseDocument) -> Span | None:
    return part(doc, "reasoning")


def _weighs(doc: CaseDocument) -> bool:
    """Whether the document's author weighs any circumstance at all in the reasoning."""
    return bool(own(doc))


def _beside(doc: CaseDocument) -> tuple[Span, ...]:
    """The first words of the reasoning, where what is missing should stand."""
    reasons = _reasons(doc)
    return (opening(doc, reasons),) if reasons is not None else ()


def _told_in_facts(doc: CaseDocument, *keys: str) -> list[Circumstance]:
    """What the author's own story affirms."""
    speaker = "court" if doc.role == "judgment" else "prosecution"
    return [
        c
        for c in doc.circumstances
        if c.key in keys
        and c.polarity == "affirmed"
        and c.section == "facts"
        and c.speaker == speaker
    ]


def _spoken_of(doc: CaseDocument, pattern: re.Pattern[str]) -> bool:
    """Whether any part of the reasoning, the provisions or the decision has the words."""
    return any(
        pattern.search(doc.text, s.span.start, s.span.end)
        for s in doc.sections_of("reasoning", "statutes", "operative", "defence")
    )


def _body(doc: CaseDocument) -> str:
    """The document without its appendix of statutes."""
    appendix = part(doc, "appendix")
    return doc.text[: appendix.start if appendix else len(doc.text)]


def _leaves_the_story(doc: CaseDocument) -> bool:
    return doc.role == "judgment" and doc.procedure == "fast_track"


@check("CIRC-001")
def surrender_conditions(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        claimed = [
            c
            for c in own(doc)
            if c.key == "surrender" and "自首" in c.span.quote and of_person(doc, c, person)
        ]
        if not claimed:
            continue
        body = _body(doc)
        lacking = [
            name
            for name, pattern in (("自动投案", _CAME), ("如实供述", _TOLD))
            if not pattern.search(body)
        ]
        if lacking:
            yield hit(
                claimed[0].span,
                values={doc.role or "": "自首"},
                # A fast-track judgment leaves the story to the accusation it adopts.
                severity="minor" if _leaves_the_story(doc) else "moderate",
                cause=f"surrender:{person.name.value}",
                name=person.name.value,
                lacking="、".join(lacking),
            )


@check("CIRC-002")
def confession_left_out(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    reasons = _reasons(doc)
    told = _told_in_facts(doc, "confession", "surrender")
    if not told or reasons is None or _CONFESSED.search(reasons.quote):
        return
    if any(c.key in ("surrender", "confession", "plea_leniency") for c in own(doc)):
        return
    if not _weighs(doc):
        yield Undecided("无法判断：起诉书未评价量刑情节，缺量刑建议书")
        return
    yield hit(
        told[0].span,
        *_beside(doc),
        values={doc.role or "": None},
        cause="confession",
    )


@check("CIRC-004")
def merit_unverified(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for section in doc.sections_of("facts", "evidence", "reasoning"):
        found = _MERIT.search(doc.text, section.span.start, section.span.end)
        if found is None:
            continue
        body = doc.text[section.span.start : section.span.end]
        if not _VERIFIED.search(body) and not _spoken_of(doc, _VERIFIED):
            yield hit(
                doc.span(found.start(), found.end()),
                values={doc.role or "": found[0]},
                cause="merit",
            )
        return


def _group(doc: CaseDocument, key: str) -> ArticleGroup | None:
    return group(key, issued(doc))


def _cited(doc: CaseDocument, found: ArticleGroup) -> bool:
    return any(s.law.endswith("刑法") and found.cites(s.article, s.sub) for s in doc.statutes)


@check("CIRC-007")
def drug_recidivist_left_out(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    drugs, again = _group(doc, "drug_priors"), _group(doc, "drug_recidivism")
    if drugs is None or again is None or _cited(doc, again):
        return
    body = _body(doc)
    for person in people(doc):
        charged = [c.value for c in person.charges] or list(person.verdicts)
        priors = [
            p
            for p in person.priors
            if p.kind == "conviction" and p.charge and drugs.covers(p.charge) and not p.juvenile
        ]
        if priors and _drug_crime(charged) and "再犯" not in body:
            yield hit(
                priors[0].span,
                *_beside(doc),
                values={doc.role or "": None},
                severity=None if _weighs(doc) or doc.role == "judgment" else "minor",
                cause=f"drug_recidivist:{person.name.value}",
                name=person.name.value,
                prior=priors[0].charge,
            )


def _drug_crime(charged: list[str]) -> bool:
    return any("毒品" in name for name in charged)


@check("CIRC-010")
def stage_left_out(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = _told_in_facts(doc, "attempt", "suspension_harm", "preparation")
    reasons = _reasons(doc)
    if not told or reasons is None or _spoken_of(doc, _STAGE):
        return
    if doc.role != "judgment" and not _weighs(doc):
        yield Undecided("无法判断：起诉书未评价量刑情节，缺量刑建议书")
        return
    story = part(doc, "facts")
    if story is not None and _THEN_DONE.search(doc.text, told[-1].span.end, story.end):
        return
    found = rule(told[0].key)
    # An article cited is applied, though nothing is said of it.
    applied = found is not None and any(
        s.law.endswith("刑法") and s.article == ref.article
        for s in doc.statutes
        for ref in found.statute
    )
    yield hit(
        told[0].span,
        *_beside(doc),
        values={doc.role or "": None},
        severity="minor" if applied else "moderate",
        cause="stage",
        what=found.name if found else "未完成形态",
    )


@check("CIRC-011")
def minor_left_out(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    minors = _group(doc, "minors")
    act = first_act(doc)
    for person in people(doc):
        age = age_on(person, act)
        if age is None or age >= limit("minor_age") or minors is None:
            continue
        named = any(c.key.startswith("minor_") for c in doc.circumstances if not retold(doc, c))
        if named or _cited(doc, minors) or person.birth is None:
            continue
        yield hit(
            person.birth.span,
            *_beside(doc),
            values={doc.role or "": None},
            severity=None if _weighs(doc) or doc.role == "judgment" else "minor",
            cause=f"birth:{person.name.value}",
            name=person.name.value,
            age=age,
        )


@check("CIRC-012")
def old_or_disabled_left_out(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    act = first_act(doc)
    for person in people(doc):
        age = age_on(person, act)
        old = age is not None and age >= limit("elderly_age")
        if old and person.birth is not None:
            if not any(c.key.startswith("elderly") for c in doc.circumstances):
                yield _unweighed(
                    doc, person, person.birth.span, f"作案时已满{limit('elderly_age')}周岁"
                )
            continue
        place = person.paragraph
        found = _DEAF_BLIND.search(doc.text, place.start, place.end) if place else None
        if found is not None and not _spoken_of(doc, _WEIGHED_ABILITY):
            yield _unweighed(doc, person, doc.span(found.start(), found.end()), found[0])
    limited = _told_in_facts(doc, "mental_limited")
    if limited and not _spoken_of(doc, _WEIGHED_ABILITY):
        yield _unweighed(doc, people(doc)[0], limited[0].span, "限制刑事责任能力")


def _unweighed(doc: CaseDocument, person: Defendant, place: Span, what: str) -> Hit:
    return hit(
        place,
        *_beside(doc),
        values={doc.role or "": None},
        cause=f"ability:{person.name.value}",
        name=person.name.value,
        what=what,
    )
