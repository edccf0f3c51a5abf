"""What goes to the court with an indictment, against what its text says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.place import attachments, issued, opening, search, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.rights import pleads
from ingestion.model import CaseDocument, Span
from knowledge_base.check_rules import limit
from knowledge_base.numerals import to_int

_PLEDGE = re.compile(r"具结书")
_PLEA = re.compile(r"认罪认罚|自愿认罪")
_FAST = re.compile(r"(?:适用)?速裁程序(?:适用)?建议书?|建议适用速裁程序")
_NEED_NOT = re.compile(r"未签署[^。]{0,10}具结书|不需要签署|无需签署|拒绝签署")
_COPIES = re.compile(
    r"起\s*诉\s*书》?(?:正本|副本)?(?:[（(][^）)]{0,10}[）)])?(?:一式)?(\d{1,3}|[一二三四五六七八九十]{1,3})份"
)


def _waits(doc: CaseDocument) -> Undecided | None:
    if attachments(doc) is None:
        return Undecided("无法判断：缺附件部分（可能未随文本提供）")
    return None


def _minor(doc: CaseDocument) -> bool:
    """Whether the text speaks of a minor's guardians, who may object to the pledge."""
    return "法定代理人" in doc.text or "合适成年人" in doc.text


@check("FMT-012")
def enclosed_and_said(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    listed = attachments(doc)
    if listed is None:
        if pleads(doc) and "提起公诉" in doc.text:
            yield Undecided("无法判断：缺附件部分，不能核对是否附有认罪认罚具结书")
        return
    body = doc.text[: listed.start]
    pledge = search(doc, _PLEDGE, listed.start, listed.end)
    fast = search(doc, _FAST, listed.start, listed.end)
    if pleads(doc) and pledge is None and not _NEED_NOT.search(body) and not _minor(doc):
        said = doc.plea_leniency
        evidence = [opening(doc, listed, 20), *([said.span] if said else [])]
        yield _mismatch(doc, evidence, "正文写明认罪认罚，附件没有列认罪认罚具结书")
    if _PLEA.search(body):
        return
    for item, name in ((pledge, "认罪认罚具结书"), (fast, "速裁程序建议")):
        if item is not None:
            yield _mismatch(doc, [item], f"附件列有{name}，正文没有写明被告人认罪认罚")


def _mismatch(doc: CaseDocument, evidence: list[Span], problem: str) -> Hit:
    return hit(*evidence, values={doc.role or "": evidence[0].quote}, problem=problem)


@check("FMT-013")
def copies(case: CaseFile) -> Iterator[Hit | Undecided]:
    """Only where the document tells how many copies there are: it need not."""
    doc = sole(case)
    listed = attachments(doc)
    found = _COPIES.search(doc.text, listed.start, listed.end) if listed else None
    if found is None or issued(doc) is None:
        return
    if not doc.defendants:
        yield Undecided("无法判断：未能读出被告人人数")
        return
    number = len(doc.defendants)
    due = limit("indictment_copies") + limit("indictment_copies_each_more") * (number - 1)
    stated = int(found[1]) if found[1].isdigit() else to_int(found[1])
    if stated < due:
        yield hit(
            doc.span(found.start(), found.end()),
            values={doc.role or "": stated},
            stated=stated,
            number=number,
            due=due,
        )
