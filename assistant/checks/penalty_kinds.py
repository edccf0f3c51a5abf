"""What the article of the charge allows: kinds of penalty and the fine."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.place import act_day, issued, part, people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.sentence import NAMES
from ingestion.model import CaseDocument
from ingestion.numerals import find_dates
from knowledge_base import charges, laws

CRIMINAL_LAW = "中华人民共和国刑法"
_FINED = re.compile(r"罚金[^。，；]{0,8}元")
_FINE_ELSEWHERE = re.compile(r"罚金|没收财产|附加刑")
_ELSEWHERE = re.compile(r"依照本法[^。]{0,40}处罚")
"""The penalty stands in another article, which this one only names."""
_ALONE_BESIDE = re.compile(
    r"(?:判处|处)(?:有期徒刑|拘役|管制)[零一二三四五六七八九十两半年个月\d]{2,10}[，、]?(?:缓刑[^，。；]{2,10}，)?单处罚金"
)


def law_text(doc: CaseDocument, charge: str) -> str | None:
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
            text = law_text(doc, charge)
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
    yield from _alone_beside_a_term(doc)
    if doc.role != "judgment":
        yield from _not_recommended(doc)
        return
    operative = part(doc, "operative")
    for person in people(doc):
        for charge, sentence in person.verdicts.items():
            text = law_text(doc, charge)
            if text is None or sentence.exempt or sentence.acquitted:
                continue
            # A fine told after the combined term counts for the charges before it.
            combined = person.combined is not None and person.combined.fine_fen is not None
            alone = (
                len(doc.defendants) == 1
                and operative is not None
                and _FINED.search(operative.quote) is not None
            )
            fined = sentence.fine_fen is not None or sentence.fine_only
            if fined and "罚金" not in text:
                problem = "该罪没有罚金刑，却判处罚金"
            elif (
                not (fined or combined or alone)
                and _always_fined(text)
                and sentence.main
                and not sentence.confiscation_fen
            ):
                if sentence.confiscate_all:
                    continue
                problem = "条文规定并处罚金，主文没有判处罚金"
                if _not_yet_fined(doc, charge):
                    yield Undecided(f"无法判断：{charge}的罚金系修正后增设，缺犯罪行为终了的日期")
                    continue
            else:
                continue
            yield hit(
                sentence.span,
                values={"judgment": sentence.fine_fen},
                name=person.name.value,
                charge=charge,
                problem=problem,
            )


def _alone_beside_a_term(doc: CaseDocument) -> Iterator[Hit]:
    """单处 is for a fine without any main penalty."""
    for section in doc.sections_of("operative", "reasoning"):
        found = _ALONE_BESIDE.search(doc.text, section.span.start, section.span.end)
        before = [p for p in people(doc) if found and p.name.value in doc.text[: found.start()]]
        if found is None or not before:
            continue
        named = max(before, key=lambda p: doc.text.rfind(p.name.value, 0, found.start()))
        yield hit(
            doc.span(found.start(), found.end()),
            severity="moderate",
            values={doc.role or "": found[0]},
            name=named.name.value,
            charge="、".join(c.value for c in named.charges) or "该罪",
            problem="判处主刑的同时写作“单处罚金”，应为“并处罚金”",
        )


def _not_yet_fined(doc: CaseDocument, charge: str) -> bool:
    """Whether the acts may end before the law came to ask a fine: no day of them is told, and
    on the first month or year that is told the article had none.
    """
    if act_day(doc) is not None:
        return False
    told = [s.span for s in doc.sections_of("facts", "accusation")]
    days = [m.value.date for span in told for m in find_dates(span.quote)]
    if not days:
        return False
    texts = [
        laws.article(CRIMINAL_LAW, ref.article, ref.sub, min(days))
        for ref in charges.articles(charge)
    ]
    held = [found.text for found in texts if found is not None and found.held]
    return bool(held) and not _always_fined("".join(held))


def _not_recommended(doc: CaseDocument) -> Iterator[Hit]:
    """A recommendation without the fine that every penalty of the article comes with."""
    for person in people(doc):
        charged = {c.value for c in person.charges}
        for item in person.recommendations:
            charge = item.charge or (next(iter(charged)) if len(charged) == 1 else None)
            text = law_text(doc, charge) if charge else None
            if (
                charge is None
                or text is None
                or item.main is None
                or item.fine
                or item.fine_low_fen is not None
                or item.speaker != "prosecution"
                or _FINE_ELSEWHERE.search(doc.text, item.span.start, item.span.end + 60)
                or not _always_fined(text)
            ):
                continue
            yield hit(
                item.span,
                values={doc.role or "": None},
                severity="moderate",
                category="recommendation",
                cause=f"fine:{doc.role}:{person.name.value}",
                name=person.name.value,
                charge=charge,
                problem="条文规定并处罚金，量刑建议没有提出罚金",
            )


# 或者罚金 is an alternative, 可以并处 a choice: neither must stand beside a main penalty.
_WITH_FINE = re.compile(r"(?<!可以)并处[^，。；]{0,24}(?:罚金|没收财产)|并科罚金")


def _always_fined(text: str) -> bool:
    """Whether every penalty the article threatens comes with a fine."""
    threats = re.findall(r"处[^。；]*?(?:徒刑|拘役|管制|死刑)[^。；]*", text)
    return bool(threats) and all(_WITH_FINE.search(t) for t in threats)
