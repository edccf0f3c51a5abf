"""Cited provisions by themselves: do they exist, are they written as the law counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from rapidfuzz.distance import Levenshtein

from assistant.casefile import CaseFile
from assistant.checks.place import act_day, issued, part, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import CaseDocument, Statute
from knowledge_base import laws
from knowledge_base.check_rules import limit, repealed_norms
from knowledge_base.numerals import article_label, to_chinese

CRIMINAL_LAW = "中华人民共和国刑法"
PROCEDURE_LAW = "中华人民共和国刑事诉讼法"
_UNBRACKETED = re.compile(r"(?<![《〈])中华人民共和国刑(?:法|事诉讼法)(?=第|的规定)")
_SHORT = re.compile(r"《(?:刑法|刑事诉讼法|刑诉法)》")
_STATE = "中华人民共和国"
_NUMBER = "[一二三四五六七八九十百零]"
_BROKEN = (
    (re.compile(rf"第{_NUMBER}+第{_NUMBER}+款"), "条文序号后缺“条”字"),
    (re.compile(rf"第{_NUMBER}+条(?:之[一二三四])?{_NUMBER}款"), "款的序号前缺“第”字"),
    (re.compile(rf"第{_NUMBER}条款"), "“条款”应为“款”"),
    (re.compile(rf"款[（(]{_NUMBER}{{1,3}}[）)]项"), "项的序号前缺“第”字"),
)
"""Provisions that lost a word of their form, with what is wrong."""
_SLIP = 2
_MOST_PLACES = 8
_TITLE = re.compile(r"《([^《》]*(?:《[^》]*》[^《》]*)*)》")


def own_statutes(doc: CaseDocument) -> Iterator[Statute]:
    """Provisions cited outside the appendix; one mention of each place."""
    seen: set[tuple[int, int]] = set()
    for statute in doc.statutes:
        key = (statute.span.start, statute.span.end)
        if statute.section not in ("appendix", "notice") and key not in seen:
            seen.add(key)
            yield statute


def label(statute: Statute) -> str:
    """第六十七条第一款第（一）项, as a document writes it."""
    text = article_label(statute.article, statute.sub, statute.paragraph)
    return text + (f"第（{to_chinese(statute.item)}）项" if statute.item else "")


def _day(doc: CaseDocument) -> date | None:
    """The day whose law matters to whether a provision exists: the document's own."""
    return issued(doc)


def _exists(doc: CaseDocument, statute: Statute) -> laws.Status:
    return laws.status(
        statute.law,
        statute.article,
        statute.sub,
        statute.paragraph,
        statute.item,
        _day(doc),
    )


@check("LAW-001")
def no_such_article(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    unknown: set[str] = set()
    for statute in own_statutes(doc):
        status = _exists(doc, statute)
        if status == "unknown_law":
            unknown.add(statute.law)
        elif status in ("no_such_article", "repealed", "not_yet"):
            why = {
                "no_such_article": f"只有{laws.last_article(statute.law)}条，没有该条",
                "repealed": "该条已经废止",
                "not_yet": "该条当时尚未施行",
            }[status]
            later = status == "not_yet"
            yield hit(
                statute.span,
                severity="moderate" if later else None,
                confidence=0.6 if later else None,
                values={doc.role or "": label(statute)},
                law=statute.law,
                article=label(statute),
                problem=why,
            )
    for law in sorted(unknown):
        yield Undecided(f"无法判断：法条库未收录《{law}》")


@check("LAW-002")
def no_paragraph(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    last_general = limit("last_general_article")
    lacking: dict[str, int] = {}
    places = []
    for statute in own_statutes(doc):
        special = statute.law == CRIMINAL_LAW and statute.article > last_general
        if (
            not special
            or statute.paragraph is not None
            or statute.section not in ("reasoning", "statutes")
        ):
            continue
        article = laws.article(statute.law, statute.article, statute.sub, _day(doc))
        if article is not None and len(article.paragraphs) > 1:
            lacking[label(statute)] = len(article.paragraphs)
            places.append(statute.span)
    if places:
        yield hit(
            *places[:_MOST_PLACES],
            values={doc.role or "": "、".join(lacking)},
            articles="、".join(f"{name}（共{count}款）" for name, count in lacking.items()),
        )


@check("LAW-003")
def no_such_part(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for statute in own_statutes(doc):
        status = _exists(doc, statute)
        if status in ("no_such_paragraph", "no_such_item"):
            yield hit(
                statute.span,
                values={doc.role or "": label(statute)},
                law=statute.law,
                article=label(statute),
                part="款" if status == "no_such_paragraph" else "项",
            )


@check("LAW-006")
def law_names(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    appendix = part(doc, "appendix")
    end = appendix.start if appendix else len(doc.text)
    for found in _UNBRACKETED.finditer(doc.text, 0, end):
        yield hit(
            doc.span(found.start(), found.end()), problem="法律名称未加书名号", written=found[0]
        )
    for found in _SHORT.finditer(doc.text, 0, end):
        full = laws.title(found[0]) or found[0]
        if f"《{full}》" not in doc.text[: found.start()]:
            yield hit(
                doc.span(found.start(), found.end()),
                problem=f"首次引用未写全称《{full}》",
                written=found[0],
            )
            break
    yield from _misnamed(doc, end)
    for pattern, problem in _BROKEN:
        for found in pattern.finditer(doc.text, 0, end):
            yield hit(
                doc.span(found.start(), found.end()),
                values={doc.role or "": found[0]},
                problem=problem,
                written=found[0],
            )


def _misnamed(doc: CaseDocument, end: int) -> Iterator[Hit]:
    """A title that is one or two characters away from that of the codes the case rests on."""
    for found in _TITLE.finditer(doc.text, 0, end):
        written = re.sub(r"\s|（[^）]*）", "", found[1])
        if not written.startswith(_STATE) or laws.title(written) is not None:
            continue
        near = [
            name for name in (CRIMINAL_LAW, PROCEDURE_LAW)
            if 0 < Levenshtein.distance(written, name) <= _SLIP
        ]  # fmt: skip
        if near:
            yield hit(
                doc.span(found.start(), found.end()),
                severity="moderate",
                values={doc.role or "": found[1]},
                problem=f"没有这部法律，疑为《{near[0]}》之误",
                written=found[0],
            )


@check("LAW-012")
def repealed(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    on = issued(doc)
    if on is None:
        return
    appendix = part(doc, "appendix")
    for found in _TITLE.finditer(doc.text, 0, appendix.start if appendix else len(doc.text)):
        for norm in repealed_norms():
            if found[1].endswith(norm.title) and on >= norm.repealed_on:
                act = act_day(doc)
                # For an act of its own time an old interpretation may still be the milder one.
                of_its_time = act is None or act.value.date < norm.repealed_on
                # Beside an article in force it carries no decision of the court: to be corrected.
                beside = doc.role == "judgment" and any(
                    s.law == CRIMINAL_LAW and _exists(doc, s) == "in_force"
                    for s in own_statutes(doc)
                )
                yield hit(
                    doc.span(found.start(), found.end()),
                    severity="minor" if of_its_time or beside else None,
                    confidence=0.5 if of_its_time else None,
                    values={doc.role or "": found[1]},
                    title=found[1],
                    repealed=norm.repealed_on.isoformat(),
                    instead=norm.replaced_by,
                )
