"""Provisions that belong together: order, probation, several crimes, accomplices, units."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from assistant.casefile import CaseFile
from assistant.checks.circumstances import own
from assistant.checks.citations import applied, own_charges
from assistant.checks.place import issued, part, search, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.statutes import CRIMINAL_LAW, PROCEDURE_LAW, label
from assistant.checks.telling import own_text, story
from ingestion.model import CaseDocument, Sentence, Statute
from knowledge_base import charges, laws
from knowledge_base.check_articles import group

_NO_LAW = Undecided("无法判断：未能读出所引法条")
_JOINT = re.compile(
    r"共同犯罪|共同故意|伙同|结伙|合伙|纠集|系共犯|共谋|合谋|预谋|共同(?:实施|盗窃|诈骗|贩卖|殴打|经营|开设|出资)"
)
_TITLE = re.compile(
    r"《([^《》]*[办审]理([^《》]{2,30}?)(?:等)?(?:刑事)?案件[^《》]*(?:解释|意见))》"
)
_UNIT = re.compile(r"单位|直接负责的主管人员")
_REVOKES = re.compile(r"撤销[^。]{0,60}(?:缓刑|假释)|前罪|原犯|余刑|漏罪|数罪并罚|合并执行|并罚")
_PROPERTY = 5  # the chapter of crimes against property


def _of_criminal_law(statutes: list[Statute]) -> list[Statute]:
    return [s for s in statutes if s.law == CRIMINAL_LAW]


def _cites(statutes: list[Statute], key: str, on: date | None) -> bool:
    wanted = group(key, on)
    return wanted is None or any(wanted.cites(s.article, s.sub) for s in _of_criminal_law(statutes))


@check("LAW-007")
def order_of_laws(case: CaseFile) -> Iterator[Hit | Undecided]:
    """Substance before procedure, in the list on which the judgment rests."""
    doc = sole(case)
    if doc.instance != "first":  # on appeal the provision that decides the appeal comes first
        return
    listed = [s for s in applied(doc) if s.section == "statutes"]
    # The law that is applied stands in one list; what a later sentence adds is no slip.
    previous: Statute | None = None
    for statute in listed:
        if previous is not None and statute.law == CRIMINAL_LAW and previous.law == PROCEDURE_LAW:
            between = doc.text[previous.span.end : statute.span.start]
            if "。" not in between:
                yield hit(
                    statute.span,
                    previous.span,
                    values={"judgment": label(statute)},
                    first=label(previous),
                    second=label(statute),
                )
                return
        previous = statute


@check("LAW-011")
def plea_article(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    on = issued(doc)
    wanted = group("plea_leniency", on)
    pleaded = [c for c in own(doc) if c.key.startswith("plea")]
    if wanted is None or on is None or not pleaded or doc.instance in ("second", "retrial"):
        return
    statutes = applied(doc)
    if not statutes:
        yield _NO_LAW
        return
    cited = [s for s in statutes if s.law == PROCEDURE_LAW]
    if not any(wanted.cites(s.article, s.sub) for s in cited):
        yield hit(pleaded[0].span, values={doc.role or "": None}, cause="plea_article")


def _covers(named: str, charged: str, elsewhere: str) -> bool:
    """Whether an interpretation for one crime may serve the other.

    Crimes of one chapter share interpretations (信用卡管理 and 信用卡诈骗); those against
    property have each their own. What the text speaks of elsewhere needs its rules too.
    """
    if charges.same_charge(named, charged) or named.removesuffix("罪") in elsewhere:
        return True
    chapter = charges.chapter(named)
    return chapter == charges.chapter(charged) and chapter != _PROPERTY


@check("LAW-013")
def interpretation_of_another_crime(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    charged = own_charges(doc)
    text = own_text(doc)
    if not charged:
        return
    for found in _TITLE.finditer(text):
        named = [
            n
            for n in charges.split(found[2])
            if (m := charges.match(n)) is not None and m.kind == "exact"
        ]
        elsewhere = text[: found.start()] + text[found.end() :]
        if not named or any(_covers(n, c, elsewhere) for n in named for c in charged):
            continue
        yield hit(
            doc.span(found.start(), found.end()),
            values={doc.role or "": found[1]},
            title=found[1],
            charges="、".join(charged),
        )


def _suspended(doc: CaseDocument) -> list[Sentence]:
    return [d.sentence for d in doc.defendants if d.sentence and d.sentence.probation is not None]


@check("LAW-014")
def provisions_of_probation(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    statutes = _of_criminal_law(applied(doc))
    suspended = _suspended(doc)
    if not suspended or not statutes or not _cites(statutes, "probation", issued(doc)):
        return  # without the article on probation at all LAW-008 speaks
    wanted = group("probation_period", issued(doc))
    cited = [s for s in statutes if wanted is not None and wanted.cites(s.article, s.sub)]
    if not cited:
        yield hit(suspended[0].span, values={"judgment": None}, problem="没有引用考验期的条款")
        return
    paragraphs = {s.paragraph for s in cited}
    if None in paragraphs:
        return
    for key, main in (("detention_period", "detention"), ("imprisonment_period", "imprisonment")):
        row = group(key, issued(doc))
        own_paragraphs = {int(word) for word in row.words} if row else set()
        of_kind = [s for s in suspended if s.main == main]
        if of_kind and own_paragraphs and not own_paragraphs & paragraphs:
            yield hit(
                cited[0].span,
                of_kind[0].span,
                values={"judgment": label(cited[0])},
                problem="引用的款项与所判主刑不对应",
            )


@check("LAW-015")
def several_crimes(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    statutes = applied(doc)
    if doc.role == "judgment":
        operative = part(doc, "operative")
        told = operative.quote if operative is not None else ""
        several = [
            d.combined.span
            for d in doc.defendants
            if d.combined is not None and (len(d.sentences) > 1 or _REVOKES.search(told))
        ]
    else:
        several = [d.charges[1].span for d in doc.defendants if len(d.charges) > 1]
    if not several:
        return
    if not statutes:
        yield _NO_LAW
    elif not _cites(statutes, "several_crimes", issued(doc)):
        yield hit(
            several[0],
            values={doc.role or "": None},
            severity=None if doc.role == "judgment" else "minor",
            cause="several_crimes",
        )


@check("LAW-016")
def accomplices(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    statutes = applied(doc)
    natural = [d for d in doc.defendants if not d.unit]
    brought = Counter(
        name for d in natural for name in set(list(d.verdicts) or [c.value for c in d.charges])
    )
    shared = [name for name, persons in brought.items() if persons > 1]
    if not shared or not statutes:
        return
    joint = next(
        (
            found
            for span in (part(doc, "reasoning"), story(doc))
            if span is not None and (found := search(doc, _JOINT, span.start, span.end)) is not None
        ),
        None,
    )
    if joint is not None and not _cites(statutes, "joint_crime", issued(doc)):
        yield hit(joint, values={doc.role or "": None}, cause="joint_crime")


@check("LAW-017")
def unit_crime(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    units = [d for d in doc.defendants if d.unit]
    statutes = _of_criminal_law(applied(doc))
    if not units:
        return
    if not statutes:
        yield _NO_LAW
        return
    if _cites(statutes, "unit_crime", issued(doc)):
        return
    if any(_UNIT.search(text) for s in statutes if (text := _text(s, issued(doc)))):
        return
    yield hit(
        units[0].name.span,
        statutes[0].span,
        values={doc.role or "": None},
        name=units[0].name.value,
    )


def _text(statute: Statute, on: date | None) -> str:
    return laws.quote(statute.law, statute.article, statute.sub, statute.paragraph, on) or ""
