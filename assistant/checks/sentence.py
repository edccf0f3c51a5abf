"""Penalties: lawful kinds and lengths, probation, combination, what the charge allows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.place import act_day, attachments, issued, people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import (
    CaseDocument,
    Defendant,
    MainPenalty,
    Recommendation,
    Sentence,
    Span,
    Term,
)
from knowledge_base import charges, laws
from knowledge_base.penalties import find, limit

CRIMINAL_LAW = "中华人民共和国刑法"
_ELSEWHERE = re.compile(r"依照本法[^。]{0,40}处罚")
"""The penalty stands in another article, which this one only names."""
NAMES: dict[MainPenalty, str] = {
    "imprisonment": "有期徒刑",
    "detention": "拘役",
    "control": "管制",
    "life": "无期徒刑",
    "death": "死刑",
}


def months(term: Term) -> float:
    """A term in months; days count as parts of a month of 30 days."""
    return term.months + term.days / 30


def written(term: Term) -> str:
    """一年六个月 as 1年6个月."""
    years, rest = divmod(term.months, 12)
    text = (f"{years}年" if years else "") + (f"{rest}个月" if rest else "")
    return text + (f"{term.days}日" if term.days else "") or "0"


def illegal_term(main: MainPenalty, term: Term) -> str | None:
    """Why such a term cannot be; None where it can."""
    if main not in ("imprisonment", "detention", "control"):
        return None
    low, high = limit(f"{main}_min"), limit(f"{main}_max")
    if months(term) < low:
        return f"{NAMES[main]}低于法定下限{low}个月"
    if months(term) > high:
        return f"{NAMES[main]}高于法定上限{high}个月"
    return None


def recommendations(doc: CaseDocument) -> Iterator[tuple[Defendant | None, Recommendation]]:
    """What the document itself recommends, with the person it is for."""
    for person in doc.defendants:
        for item in person.recommendations:
            if item.speaker == "prosecution":
                yield person, item


def _lengths(doc: CaseDocument) -> Iterator[tuple[str, MainPenalty, Term, Span]]:
    for person, item in recommendations(doc):
        name = person.name.value if person else ""
        if item.main and item.low is not None:
            yield name, item.main, item.low, item.span
        last = item.high_main or item.main
        if last and item.high is not None and item.high != item.low:
            yield name, last, item.high, item.span
    if doc.role == "judgment":
        for person in doc.defendants:
            for sentence in person.verdicts.values():
                if sentence.main:
                    yield person.name.value, sentence.main, sentence.term, sentence.span


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


@check("SENT-004")
def lawful_length(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for name, main, term, span in _lengths(doc):
        if term.months == 0 and term.days == 0:
            continue
        why = illegal_term(main, term)
        if why is not None:
            yield hit(
                span,
                values={doc.role or "": written(term)},
                category="recommendation" if doc.role != "judgment" else None,
                cause=f"term:{doc.role}:{name}",
                name=name,
                written=f"{NAMES[main]}{written(term)}",
                problem=why,
            )


def _law_text(doc: CaseDocument, charge: str) -> str | None:
    """Everything the law says of a charge's penalties, as of the document's day."""
    texts = []
    for ref in charges.articles(charge):
        act = act_day(doc)
        found = laws.article(
            CRIMINAL_LAW, ref.article, ref.sub, act.value.date if act else issued(doc)
        )
        if found is None or not found.held:
            return None
        texts.append(found.text)
    text = "".join(texts)
    return None if not text or _ELSEWHERE.search(text) else text


@check("SENT-005")
def kind_for_charge(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        pronounced = [(c, s.main, s.span) for c, s in person.verdicts.items()]
        charged = [c.value for c in person.charges]
        if doc.role != "judgment" and len(charged) == 1:
            pronounced = [(charged[0], r.main, r.span) for r in person.recommendations]
        for charge, main, span in pronounced:
            text = _law_text(doc, charge)
            if main is None or text is None or NAMES[main] in text:
                continue
            yield hit(
                span,
                values={doc.role or "": NAMES[main]},
                category="recommendation" if doc.role != "judgment" else None,
                cause=f"term:{doc.role}:{person.name.value}",
                name=person.name.value,
                charge=charge,
                kind=NAMES[main],
            )


@check("SENT-006")
def fine_for_charge(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        for charge, sentence in person.verdicts.items():
            text = _law_text(doc, charge)
            if text is None or sentence.exempt or sentence.acquitted:
                continue
            fined = sentence.fine_fen is not None or sentence.fine_only
            if fined and "罚金" not in text:
                problem = "该罪没有罚金刑，却判处罚金"
            elif (
                not fined
                and _always_fined(text)
                and sentence.main
                and not sentence.confiscation_fen
            ):
                if sentence.confiscate_all:
                    continue
                problem = "条文规定并处罚金，主文没有判处罚金"
            else:
                continue
            yield hit(
                sentence.span,
                values={"judgment": sentence.fine_fen},
                name=person.name.value,
                charge=charge,
                problem=problem,
            )


def _always_fined(text: str) -> bool:
    """Whether every penalty the article threatens comes with a fine."""
    threats = re.findall(r"处[^。；]*?(?:徒刑|拘役|管制|死刑)[^。；]*", text)
    return bool(threats) and all("并处罚金" in t or "并处或者单处罚金" in t for t in threats)


@check("SENT-011")
def probation_allowed(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        for name, main, term, span in _suspended(doc, person):
            highest = limit("probation_imprisonment_limit")
            recidivist = any(
                c.key == "recidivist"
                and c.polarity == "affirmed"
                and c.speaker == ("court" if doc.role == "judgment" else "prosecution")
                and (name in c.persons or (not c.persons and len(doc.defendants) == 1))
                for c in doc.circumstances
            )
            if main == "imprisonment" and months(term) > highest:
                problem = f"所处刑期{written(term)}超过{highest}个月"
            elif recidivist:
                problem = "系累犯"
            else:
                continue
            yield hit(
                span,
                values={doc.role or "": written(term)},
                category="recommendation" if doc.role != "judgment" else None,
                name=name,
                problem=problem,
            )


def _suspended(
    doc: CaseDocument, person: Defendant
) -> Iterator[tuple[str, MainPenalty, Term, Span]]:
    """Terms that are suspended, by sentence or by recommendation."""
    sentence = person.sentence
    if sentence is not None and sentence.probation is not None and sentence.main:
        yield person.name.value, sentence.main, sentence.term, sentence.span
    for item in person.recommendations:
        if doc.role != "judgment" and item.probation and item.main and item.low is not None:
            yield person.name.value, item.main, item.low, item.span


@check("SENT-013")
def probation_length(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        for sentence in _all_sentences(person):
            if sentence.probation is None or sentence.main not in ("imprisonment", "detention"):
                continue
            period, term = sentence.probation, sentence.term
            low = limit(f"probation_{sentence.main}_min")
            high = limit(f"probation_{sentence.main}_max")
            if months(period) < months(term):
                problem = f"短于原判刑期{written(term)}"
            elif months(period) < low:
                problem = f"低于法定下限{low}个月"
            elif months(period) > high:
                problem = f"高于法定上限{high}个月"
            else:
                continue
            yield hit(
                sentence.span,
                values={"judgment": written(period)},
                name=person.name.value,
                period=written(period),
                problem=problem,
            )


def _all_sentences(person: Defendant) -> Iterator[Sentence]:
    yield from person.verdicts.values()
    if person.combined is not None:
        yield person.combined


@check("SENT-014")
def combination(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    on = issued(doc)
    for person in people(doc):
        combined, parts = person.combined, list(person.verdicts.values())
        if combined is None or len(parts) < 2 or combined.main not in ("imprisonment", "detention"):
            continue
        same = [p for p in parts if p.main == combined.main]
        if not same:
            continue
        total = sum(months(p.term) for p in same)
        longest = max(months(p.term) for p in same)
        highest = limit(f"{combined.main}_combined_max")
        border = find("imprisonment_combined_total", on)
        if combined.main == "imprisonment" and border and total >= border.value:
            highest = limit("imprisonment_combined_max_long")
        got = months(combined.term)
        if got > total:
            problem = f"高于总和刑期（{total:g}个月）"
        elif got < longest:
            problem = f"低于数刑中最高刑期（{longest:g}个月）"
        elif got > highest:
            problem = f"高于数罪并罚的上限（{highest}个月）"
        else:
            continue
        yield hit(
            combined.span,
            *[p.span for p in same],
            values={"judgment": written(combined.term)},
            name=person.name.value,
            combined=written(combined.term),
            problem=problem,
        )
