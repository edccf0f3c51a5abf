"""Penalties as such: lawful lengths, probation, combination; the recommendation that is due."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.circumstances import of_person, own
from assistant.checks.place import attachments, issued, part, people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.sentencing import combined_out_of_bounds, illegal_terms, probation_out_of_bounds
from assistant.sentencing.dates import term_text
from ingestion.model import (
    CaseDocument,
    Defendant,
    MainPenalty,
    Recommendation,
    SectionKind,
    Sentence,
    Term,
)
from ingestion.numerals import read_term
from knowledge_base.penalties import limit

_FORMER = re.compile(
    r"(?:前罪|前犯|原犯|原判|前判|前案|原罪|漏罪)[^。；]{0,40}?(有期徒刑|拘役)"
    r"([零一二三四五六七八九十两半\d]+(?:年|个月)(?:[零又]?[一二三四五六七八九十两\d]+个月)?)"
)
"""The earlier sentence with which a new one is combined."""
_RIGHTS = re.compile(
    r"(?:(?<!执行)有期徒刑|拘役)[一二三四五六七八九十零年个月至以上下]{2,14}[，,](?:并处|附加)?剥夺政治权利(?P<term>[一二三四五六七八九十]+年(?:[一二三四五六七八九十]+个月)?)"
)
"""Beside life or death, or commuted from them, and combined, it may be longer."""
_OPEN_PROBATION = re.compile(r"(?:宣告)?缓刑(?=[，。；])")
_COMBINES = re.compile(r"决定(?:合并)?执行|合并执行|总和刑期|执行刑期|数罪并罚")
_PROBATION_FROM = re.compile(
    r"缓刑考验期[^。；]{0,8}?(?:从|自)(?:本)?(?P<day>判决(?:书)?(?:宣告|宣判|作出|送达|执行))之日起"
)
NAMES: dict[MainPenalty, str] = {
    "imprisonment": "有期徒刑",
    "detention": "拘役",
    "control": "管制",
    "life": "无期徒刑",
    "death": "死刑",
}


def recommendations(doc: CaseDocument) -> Iterator[tuple[Defendant, Recommendation]]:
    """What the document itself recommends, with the person it is for."""
    for person in doc.defendants:
        for item in person.recommendations:
            if item.speaker == "prosecution":
                yield person, item


def _pronounced(doc: CaseDocument) -> Iterator[tuple[str, Sentence]]:
    """Main penalties with the persons they are for; a recommended range by both its ends."""
    for person, item in recommendations(doc):
        last = item.high_main or item.main
        if item.main and item.low is not None:
            yield person.name.value, Sentence(span=item.span, main=item.main, term=item.low)
        if last and item.high is not None and item.high != item.low:
            yield person.name.value, Sentence(span=item.span, main=last, term=item.high)
    if doc.role == "judgment":
        for person in doc.defendants:
            for sentence in person.sentences:
                yield person.name.value, sentence


@check("SENT-001")
def no_recommendation(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    if doc.plea_leniency is None or not doc.plea_leniency.value:
        return
    if any(recommendations(doc)):
        return
    listed = attachments(doc)
    if "量刑建议" in doc.text:
        return
    if listed is None:
        yield Undecided("无法判断：未见附件部分，不能确定是否另附量刑建议书")
        return
    yield hit(doc.plea_leniency.span, values={"indictment": None})


def _rights(doc: CaseDocument) -> Iterator[Hit]:
    """Deprivation of political rights beside a term of years, longer or shorter than lawful."""
    low, high = limit("deprivation_min", issued(doc)), limit("deprivation_max", issued(doc))
    kind: SectionKind = "operative" if doc.role == "judgment" else "reasoning"
    for section in doc.sections_of(kind):
        for found in _RIGHTS.finditer(doc.text, section.span.start, section.span.end):
            months = read_term(found["term"]).months
            if not months or low <= months <= high:
                continue
            yield hit(
                doc.span(found.start(), found.end()),
                values={doc.role or "": found["term"]},
                category="recommendation" if doc.role != "judgment" else None,
                name="、".join(
                    p.name.value for p in people(doc) if p.name.value in section.span.quote
                ),
                problem=f"剥夺政治权利{found['term']}超出法定期限"
                f"（{low // 12}年以上{high // 12}年以下）",
            )


@check("SENT-004")
def lawful_length(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    yield from _rights(doc)
    for name, sentence in _pronounced(doc):
        if sentence.term == Term():
            continue
        for excess in illegal_terms(sentence, issued(doc)):
            yield hit(
                sentence.span,
                values={doc.role or "": term_text(sentence.term)},
                category="recommendation" if doc.role != "judgment" else None,
                cause=f"term:{doc.role}:{name}",
                name=name,
                problem=excess.message,
            )


@check("SENT-011")
def probation_allowed(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        for sentence in _suspended(doc, person):
            for excess in probation_out_of_bounds(sentence, _recidivist(doc, person)):
                if excess.low:
                    continue
                yield hit(
                    sentence.span,
                    values={doc.role or "": term_text(sentence.term)},
                    category="recommendation" if doc.role != "judgment" else None,
                    name=person.name.value,
                    problem=excess.message,
                )


def _recidivist(doc: CaseDocument, person: Defendant) -> bool:
    return any(c.key == "recidivist" and of_person(doc, c, person) for c in own(doc))


def _suspended(
    doc: CaseDocument, person: Defendant, *, of_length: bool = False
) -> Iterator[Sentence]:
    """Suspended sentences, pronounced or recommended; `of_length`: that name the probation's."""
    if person.sentence is not None and person.sentence.probation is not None:
        yield person.sentence
    for item in person.recommendations:
        if of_length and item.probation_low is None:
            continue
        if doc.role != "judgment" and item.probation and item.main and item.low is not None:
            yield Sentence(
                span=item.span,
                main=item.main,
                term=item.low,
                probation=item.probation_low or item.low,
            )


@check("SENT-013")
def probation_length(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    yield from _probation_begins(doc)
    yield from _probation_open(doc)
    for person in people(doc):
        told = [*person.sentences, *([person.combined] if person.combined else [])]
        proposed = doc.role != "judgment"
        for sentence in _suspended(doc, person, of_length=True) if proposed else told:
            for excess in probation_out_of_bounds(sentence):
                # Without a range the breach is that nothing may be suspended: SENT-011.
                if excess.low and sentence.probation is not None:
                    yield hit(
                        sentence.span,
                        values={doc.role or "": term_text(sentence.probation)},
                        name=person.name.value,
                        problem=excess.message,
                    )


def _probation_open(doc: CaseDocument) -> Iterator[Hit]:
    """A suspension proposed beside its term without the length of the probation."""
    if doc.role == "judgment":
        return
    for person, item in recommendations(doc):
        end = doc.text.find("。", item.span.start)
        found = _OPEN_PROBATION.search(doc.text, item.span.start, max(end, item.span.end))
        if item.probation and item.probation_low is None and found is not None:
            yield hit(
                doc.span(found.start(), found.end()),
                severity="minor",
                confidence=0.7,
                category="recommendation",
                values={doc.role or "": None},
                name=person.name.value,
                problem="建议宣告缓刑，没有提出考验期",
            )


def _probation_begins(doc: CaseDocument) -> Iterator[Hit]:
    """A probation that is said to run from another day than that of the final judgment."""
    for section in doc.sections_of("operative"):
        found = _PROBATION_FROM.search(doc.text, section.span.start, section.span.end)
        if found is not None and doc.defendants:
            yield hit(
                doc.span(found.start(), found.end()),
                severity="minor",
                values={"judgment": found["day"]},
                name="、".join(p.name.value for p in people(doc)),
                problem=f"缓刑考验期限写作从{found['day']}之日起计算，应从判决确定之日起计算",
            )
            return


def _with_former(doc: CaseDocument, name: str, combined: Sentence, own: Sentence) -> Iterator[Hit]:
    """One sentence combined with an earlier one: no more than both together.

    How much of the earlier one is left cannot be told, so no least is known.
    """
    former = _FORMER.search(doc.text, own.span.start, max(combined.span.end, own.span.end))
    if former is None or NAMES.get(own.main or "death") != former[1] or combined.main != own.main:
        return
    months = own.term.months + read_term(former[2]).months
    days = own.term.days + read_term(former[2]).days
    most = Term(months=months, days=days)
    if combined.term > most:
        yield hit(
            combined.span,
            own.span,
            values={"judgment": term_text(combined.term)},
            name=name,
            problem=f"决定执行{former[1]}{term_text(combined.term)}，"
            f"高于与前罪的总和刑期{term_text(most)}",
        )


def _never_combined(doc: CaseDocument) -> Iterator[Hit]:
    """Several terms for one person, and no word on the one to be served."""
    operative = part(doc, "operative")
    if operative is None or doc.instance != "first" or _COMBINES.search(operative.quote):
        return
    for person in people(doc):
        terms = [s for s in person.verdicts.values() if s.main and s.term != Term()]
        if len(terms) > 1 and person.combined is None:
            yield hit(
                *[s.span for s in terms],
                values={"judgment": None},
                name=person.name.value,
                problem="判处数罪的刑罚，没有决定执行的刑罚",
            )


@check("SENT-014")
def combination(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    yield from _never_combined(doc)
    for person in people(doc):
        combined, parts = person.combined, person.sentences
        if combined is not None and len(parts) == 1:
            yield from _with_former(doc, person.name.value, combined, parts[0])
        if combined is None or len(parts) < 2:
            continue
        for excess in combined_out_of_bounds(parts, combined, issued(doc)):
            yield hit(
                combined.span,
                *[p.span for p in parts],
                values={"judgment": term_text(combined.term)},
                name=person.name.value,
                problem=excess.message,
            )
