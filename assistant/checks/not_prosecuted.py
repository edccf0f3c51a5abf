"""What a decision not to prosecute must dispose of, and whom it must tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.place import end_words, part, search, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import CaseDocument, Span
from knowledge_base.check_rules import limit

_SEIZED = re.compile(r"(?:查封|扣押|冻结)(?:在案|了|的|有|清单|涉案|决定|物品|款|财物)?")
_DISPOSED = re.compile(
    r"解除(?:对[^。；]{0,40})?(?:查封|扣押|冻结)|予以(?:返还|发还|没收|退还|解除|上缴|解冻|销毁)"
    r"|(?:返还|发还|退还|移送|上缴|没收|销毁|随案移送|处理|处置)"
)
_ACCUSED_TOLD = re.compile(
    r"被不起诉人[^。；]{0,30}(?:不服|申诉)[^。]{0,60}申诉|被不起诉人[^。；]{0,40}申诉"
)
_VICTIM = re.compile(r"被害(?:人|单位)(?!死亡)")
_NO_VICTIM = re.compile(r"(?:没有|无|无明确|不存在)(?:具体)?被害(?:人|单位)")
_VICTIM_TOLD = re.compile(r"(?:被害(?:人|单位)|近亲属|诉讼代理人)[^。]{0,60}(?:申诉|自诉|起诉)")
_EXCERPT = "无法判断：未能读出不起诉的决定内容（可能是节录）"


def _after_decision(doc: CaseDocument) -> int | None:
    return doc.non_prosecution.span.start if doc.non_prosecution else None


def _victim(doc: CaseDocument) -> Span | None:
    """Where the facts or the review name a victim."""
    for kind in ("facts", "procedure"):
        section = part(doc, kind)
        if section is None or _NO_VICTIM.search(section.quote):
            continue
        found = search(doc, _VICTIM, section.start, section.end)
        if found is not None:
            return found
    return None


@check("FMT-014")
def property_and_notice(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    start = _after_decision(doc)
    if start is None or doc.non_prosecution is None:
        yield Undecided(_EXCERPT)
        return
    seized = search(doc, _SEIZED, 0, start)
    after = doc.text[start:]
    if seized is not None and not _DISPOSED.search(after):
        yield hit(
            seized,
            values={doc.role or "": seized.quote},
            problem="文中写有查封、扣押、冻结的财物，没有写明如何处理",
            advice="写明涉案财物的处理：解除查封、扣押、冻结，返还，或者提出检察意见移送有关机关处理",
        )
    if doc.non_prosecution.kind == "discretionary" and not _ACCUSED_TOLD.search(after):
        yield hit(
            end_words(doc),
            doc.non_prosecution.span,
            values={doc.role or "": None},
            problem="没有告知被不起诉人可以申诉",
            advice="写明被不起诉人如不服，可以自收到决定书后七日以内向本院申诉",
        )


@check("FMT-015")
def whom_it_tells(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    start = _after_decision(doc)
    decision = doc.non_prosecution
    if start is None or decision is None:
        yield Undecided(_EXCERPT)
        return
    told = search(doc, _ACCUSED_TOLD, start)
    if told is not None and decision.kind in ("statutory", "insufficient"):
        yield hit(
            told,
            decision.span,
            values={doc.role or "": told.quote},
            problem="并非酌定（相对）不起诉，却告知被不起诉人申诉",
            advice="删去对被不起诉人的申诉告知，核对不起诉的种类和所引条款",
        )
    victim = _victim(doc)
    if victim is not None and not _VICTIM_TOLD.search(doc.text, start):
        yield hit(
            end_words(doc),
            victim,
            values={doc.role or "": None},
            problem="案件有被害人，没有告知被害人申诉和起诉的权利",
            advice="写明被害人如不服，可以自收到决定书后七日以内向上一级人民检察院申诉，也可以直接向人民法院起诉",
        )


@check("JUV-005")
def probation_of_conditional(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    decision = doc.non_prosecution
    if decision is None or decision.kind != "conditional":
        return
    term = decision.probation
    if term is None:
        yield Undecided("无法判断：未能读出附条件不起诉的考验期")
        return
    least, most = limit("conditional_probation_least"), limit("conditional_probation_most")
    months = term.value.months
    if months < least or months > most or (months == most and term.value.days > 0):
        yield hit(
            term.span,
            values={doc.role or "": term.span.quote},
            stated=term.span.quote,
            least=least,
            most=most,
        )
