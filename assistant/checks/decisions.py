"""Reports and decisions not to prosecute: who approves, what must precede, what must follow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.place import heading, opening, part, people, search, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.rights import pleads
from ingestion.model import CaseDocument, Span
from knowledge_base.administrative import administrative_law

_SUPERVISED = re.compile(r"监察委员会|监察委|监委|监察机关|自行侦查|本院(?:立案)?侦查终结")
_HIGHER = re.compile(
    r"上一级|上级(?:人民)?检察院|报[^。；]{0,10}(?:人民)?检察院[^。；]{0,6}批准|省(?:人民)?检察院"
)
_CHIEF = re.compile(r"检察长|检察委员会|检委会|审批|部门负责人|分管")
_NECESSITY = re.compile(
    r"羁押必要性|(?:无|没有|不具有|有)继续羁押(?:的)?必要|变更(?:为)?(?:强制措施|取保)"
)
_COMMUNITY = re.compile(
    r"社区(?:矫正|影响|评估)|调查评估|居住地司法|委托[^。；]{0,10}(?:调查|评估)|司法(?:局|所)"
)
_CIVIL = re.compile(r"(?:提起|提出|递交)[^。；]{0,8}附带民事诉讼|附带民事(?:诉讼)?原告人")
_CIVIL_NOTED = re.compile(r"附带民事")
_EXPERT = re.compile(r"鉴定意见(?!通知)")
_EXPERT_TOLD = re.compile(
    r"鉴定(?:意见|结论)?(?:通知书|[^。；]{0,24}告知)|告知[^。；]{0,24}鉴定意见"
)
_ADVICE = re.compile(
    r"检察意见|(?:移送|移交|交由|建议)[^。；]{0,24}(?:主管机关|公安|行政(?:机关|处罚)|处理)|行政处罚"
    r"|(?:不需要|无需|不必)[^。；]{0,6}行政处罚|已(?:被|经)[^。；]{0,12}(?:行政)?(?:处罚|拘留|吊销)|训诫|责令具结悔过"
)
_LEAVES = ("no_prosecution", "conditional")


def _deciding(doc: CaseDocument) -> Span:
    """The words that decide or propose."""
    if doc.non_prosecution is not None:
        return doc.non_prosecution.span
    return doc.proposal.span if doc.proposal else heading(doc)


@check("PROC-014")
def approved_above(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    course = [s.span for s in doc.sections_of("heading", "procedure")]
    supervised = next(
        (found for span in course if (found := search(doc, _SUPERVISED, span.start, span.end))),
        None,
    )
    if supervised is None or _HIGHER.search(doc.text):
        return
    if doc.role == "non_prosecution":
        yield Undecided("无法判断：缺上一级人民检察院批准不起诉的文书")
    elif doc.proposal is not None and doc.proposal.value in _LEAVES:
        yield hit(doc.proposal.span, supervised, values={"report": doc.proposal.value})


@check("PROC-015")
def returned_before_doubt(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    decision = doc.non_prosecution
    if decision is None or decision.kind != "insufficient" or doc.returns:
        return
    if re.search(r"退回|退查|补充(?:侦查|调查)", doc.text):
        yield Undecided("无法判断：缺退回补充侦查（调查）的次数和日期")
        return
    provision = decision.provisions[0].span if decision.provisions else decision.span
    yield hit(provision, values={"non_prosecution": provision.quote})


@check("PROC-021")
def necessity_of_custody(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    arrested = [p for p in people(doc) if p.measures and p.measures[-1].kind == "arrest"]
    if doc.stage != "prosecution" or not arrested or not pleads(doc):
        return
    if not _NECESSITY.search(doc.text):
        yield hit(
            arrested[0].measures[-1].span, values={"report": None}, name=arrested[0].name.value
        )


@check("PROC-022")
def community_assessed(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    if _COMMUNITY.search(doc.text):
        return
    for person in people(doc):
        for one in person.recommendations:
            if one.speaker == "prosecution" and (one.probation or one.main == "control"):
                yield hit(one.span, values={doc.role or "": one.span.quote}, name=person.name.value)
                return


@check("PROC-023")
def civil_action_noted(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    end = part(doc, "attachments")
    claim = search(doc, _CIVIL, 0, end.start if end else None)
    if claim is None:
        return
    if end is None:
        yield Undecided("无法判断：缺附注部分")
    elif not _CIVIL_NOTED.search(end.quote):
        yield hit(opening(doc, end), claim, values={doc.role or "": None})


@check("PROC-024")
def expert_opinion_told(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for section in doc.sections_of("evidence", "facts"):
        found = search(doc, _EXPERT, section.span.start, section.span.end)
        if found is not None:
            if not _EXPERT_TOLD.search(doc.text):
                yield hit(found, values={"report": None})
            return


@check("PROC-025")
def who_decides(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    proposal = doc.proposal
    if proposal is None:
        yield Undecided("无法判断：缺承办人的处理意见")
    elif proposal.value in _LEAVES and not _CHIEF.search(doc.text):
        yield hit(proposal.span, values={"report": proposal.value})


@check("DUTY-004")
def administrative_consequence(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    decision = doc.non_prosecution
    if decision is None or decision.kind != "discretionary":
        return
    named = [f.value for p in doc.defendants for f in (*p.accused_of, *p.charges)]
    law = administrative_law(named[0]) if named else None
    if not named:
        yield Undecided("无法判断：未能读出移送的罪名")
    elif law is not None and not _ADVICE.search(doc.text):
        yield hit(_deciding(doc), values={"non_prosecution": None}, charge=named[0], law=law)
