"""Rights that the story of the review must show were told and heard; the lawyer's signature."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.place import opening, part, people, search, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.sentencing.dates import age_on
from ingestion.model import CaseDocument, Signatory, Span
from knowledge_base.check_rules import limit

_TOLD_COUNSEL = re.compile(r"告知[^。；]{0,60}?(?:辩护|诉讼权利|权利(?:和|及|与)?义务)")
_TOLD_PLEA = re.compile(r"告知[^。]{0,120}?认罪认罚|认罪认罚[^。；]{0,20}告知")
_QUESTIONED = re.compile(r"讯问|询问")
_VICTIM = re.compile(r"被害(?:人|单位)(?!死亡|过错)")
_VICTIM_HEARD = re.compile(r"被害|诉讼代理人|近亲属|各方(?:当事人)?的?意见")
_ALL_TOLD = re.compile(r"告知(?:各|双方)?(?:当事人|诉讼参与人)")
_DUTY = re.compile(r"值班律师")
_LAWYER = re.compile(r"辩护人|值班律师|律师")
_GUARDIAN = re.compile(r"法定代理人|合适成年人|监护人")
_EXCEPTED = re.compile(
    r"(?:系|属|为|又|是)(?:又?聋又哑|聋哑|盲|双目失明)|聋哑人|盲人|限制(?:刑事)?责任能力"
    r"|尚未完全丧失(?:辨认|控制)"
)
_REFUSED = re.compile(r"拒绝[^。；]{0,10}(?:法律帮助|律师)")


def story(doc: CaseDocument) -> Span | None:
    """How the case came and was reviewed."""
    return part(doc, "procedure")


def pleads(doc: CaseDocument) -> bool:
    """Whether the document itself says that an accused pleads guilty and accepts punishment."""
    return doc.plea_leniency is not None and doc.plea_leniency.value


def _lacking(doc: CaseDocument, pattern: re.Pattern[str]) -> Iterator[Hit | Undecided]:
    """A hit at the head of the story where it does not have the words."""
    span = story(doc)
    if span is None:
        yield Undecided("无法判断：缺案件由来和审查过程部分")
    elif not pattern.search(span.quote):
        yield hit(opening(doc, span, 24), values={doc.role or "": None})


@check("PROC-001")
def told_of_counsel(case: CaseFile) -> Iterator[Hit | Undecided]:
    yield from _lacking(sole(case), _TOLD_COUNSEL)


@check("PROC-002")
def victim_told_or_heard(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    span, facts = story(doc), part(doc, "facts")
    if span is None or facts is None:
        yield Undecided("无法判断：缺审查过程或者事实部分")
        return
    victim = search(doc, _VICTIM, facts.start, facts.end)
    if victim is None or _VICTIM_HEARD.search(span.quote) or _ALL_TOLD.search(span.quote):
        return
    yield hit(opening(doc, span, 24), victim, values={doc.role or "": None})


@check("PROC-003")
def questioned(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    if people(doc):
        yield from _lacking(doc, _QUESTIONED)


@check("PROC-004")
def heard_the_right_lawyer(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc, plea = case.documents["indictment"], case.get("plea")
    accused = people(doc)
    duty = [c for c in doc.heard if _DUTY.search(c.whom)]
    counsel = [c for c in doc.heard if "辩护人" in c.whom]
    if story(doc) is None or not accused:
        return
    if duty and not counsel and all(person.counsel for person in accused):
        yield hit(
            duty[0].span,
            accused[0].counsel[0].span,
            values={"indictment": duty[0].whom},
            problem=f"{accused[0].name.value}已有辩护人{accused[0].counsel[0].name}，而审查过程中"
            "只写听取值班律师的意见",
        )
    signed = _lawyers(plea) if plea is not None and len(accused) == 1 else []
    if counsel and not duty and signed and all(_DUTY.search(s.title) for s in signed):
        yield hit(
            counsel[0].span,
            signed[0].span,
            values={"indictment": counsel[0].whom, "plea": signed[0].title},
            problem="具结书由值班律师签名，而审查过程中只写听取辩护人的意见",
        )


@check("PROC-006")
def told_of_the_plea(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    if pleads(doc):
        yield from _lacking(doc, _TOLD_PLEA)


def _lawyers(doc: CaseDocument) -> list[Signatory]:
    return [s for s in doc.signatories if _LAWYER.search(s.title) and "本人" not in s.title]


def _accused(doc: CaseDocument) -> Signatory | None:
    signed = (s for s in doc.signatories if re.fullmatch(r"本人|犯罪嫌疑人|被告人", s.title))
    return next(signed, None)


@check("PROC-007")
def lawyer_signed(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    lawyers, accused = _lawyers(doc), _accused(doc)
    if not doc.signatories:
        yield Undecided("无法判断：缺具结书的签名部分")
        return
    if not lawyers and not _REFUSED.search(doc.text):
        yield hit(
            doc.signatories[-1].span, values={"plea": None}, problem="未见辩护人或者值班律师签名"
        )
    elif lawyers and all(one.name is None for one in lawyers):
        yield hit(lawyers[0].span, values={"plea": None}, problem=f"{lawyers[0].title}签名处空白")
    elif accused is not None and accused.date is not None:
        other = [s for s in lawyers if s.date is not None and s.date != accused.date]
        if other and other[0].date is not None:
            yield hit(
                other[0].span,
                accused.span,
                values={"plea": other[0].date.date.isoformat()},
                severity="moderate",
                problem=f"{other[0].title}签名日期{other[0].date.date.isoformat()}与具结人签名日期"
                f"{accused.date.date.isoformat()}不是同一日",
            )


@check("PROC-008")
def who_need_not_sign(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    excepted = search(doc, _EXCEPTED)
    if excepted is not None:
        yield hit(
            excepted,
            values={"plea": excepted.quote},
            severity="minor",
            confidence=0.75,
            problem=f"具结人属“{excepted.quote}”，认罪认罚依法不需要签署具结书",
        )
    accused = _accused(doc)
    for person in people(doc):
        signed = accused.date.date if accused is not None and accused.date is not None else None
        if person.birth is None or signed is None:
            yield Undecided("无法判断：缺具结人出生日期或者签署日期")
            continue
        age = age_on(person.birth.value, signed)
        accompanied = any(_GUARDIAN.search(s.title) and s.name for s in doc.signatories)
        if age is not None and age < limit("minor_age") and not accompanied:
            yield hit(
                accused.span if accused else person.name.span,
                person.birth.span,
                values={"plea": None},
                problem=f"具结人签署时{age}周岁，未见法定代理人或者合适成年人在场签名",
            )
