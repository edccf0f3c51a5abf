"""How a case ended: withdrawn, changed on appeal, open to protest, property left undecided."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant import phrasing
from assistant.casefile import CaseFile
from assistant.checks.place import heading, opening, part, sole
from assistant.checks.registry import Hit, Undecided, check, hit, results
from assistant.comparison.matching import two
from ingestion.model import CaseDocument, Defendant, Disposition, Sentence, Span
from knowledge_base.deadlines import deadline

_ENDED: dict[Disposition, str] = {
    "prosecution_withdrawn": "准许撤回起诉",
    "terminated": "终止审理",
    "dismissed": "驳回",
    "suspended": "中止审理",
}
_REASONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "新的量刑情节",
        re.compile(
            r"(?:二审|上诉|再审|本院审理)(?:审理)?(?:期间|阶段|中|过程中)[^。]{0,60}(?:赔偿|退赔|退赃|谅解|缴纳|立功|认罪|悔罪|和解)|新的(?:量刑)?情节"
        ),
    ),
    (
        "事实、证据",
        re.compile(
            r"(?:原判|原审|一审)[^。]{0,60}(?:事实不清|证据不足|认定[^。]{0,12}(?:错误|有误|不当))|不予认定"
        ),
    ),
    (
        "适用法律、定性",
        re.compile(r"适用法律(?:错误|不当)|定性(?:错误|不当|不准)|罪名(?:不当|错误)|数罪并罚错误"),
    ),
    (
        "量刑不当",
        re.compile(
            r"量刑(?:过重|畸重|偏重|过轻|畸轻|偏轻|不当|失当)|处罚过重|可(?:以)?(?:适用|宣告)缓刑|从轻|减轻"
        ),
    ),
)
_KINDS = ("control", "detention", "imprisonment", "life", "death")
_PROPERTY_ASKED = re.compile(
    r"(?:追缴|没收|责令[^，。；]{0,6}退赔)[^，。；]{0,16}(?:违法所得|赃款|赃物|作案工具|财物|毒品|损失)?"
)
_PROPERTY_DECIDED = re.compile(r"追缴|没收|退赔|退还|返还|发还|销毁|上缴|处理|不予处理|已退|退出")
_LEGAL_ERRORS = ("SENT-004", "SENT-005", "SENT-011", "SENT-013", "SENT-014", "SENT-016", "SENT-018")


@check("CMP-025")
def ended_without_judgment(case: CaseFile) -> Iterator[Hit | Undecided]:
    ruling = case.get("ruling")
    if ruling is None:
        return
    if ruling.disposition is None:
        yield Undecided("无法判断：裁定结果未能读出")
        return
    result = _ENDED.get(ruling.disposition.value)
    if result is None:
        return
    indictment = case.indictment
    evidence = [ruling.disposition.span]
    if indictment is not None:
        evidence.append(heading(indictment))
    yield hit(
        *evidence,
        severity=None if ruling.disposition.value == "prosecution_withdrawn" else "moderate",
        values={"ruling": result},
        result=result,
    )


def _rank(sentence: Sentence) -> tuple[int, int, int, bool]:
    kind = _KINDS.index(sentence.main) if sentence.main else -1
    return kind, sentence.term.months, sentence.term.days, sentence.probation is None


def _changes(person: Defendant) -> list[str]:
    """What the appeal changed, in words."""
    told = []
    gone = [c for c in person.original if c not in person.verdicts]
    new = [c for c in person.verdicts if c not in person.original]
    if gone or new:
        first, second = "、".join(person.original), "、".join(person.verdicts)
        told.append(f"罪名由{first}改为{second or '不认定'}")
    for charge, before in person.original.items():
        after = person.verdicts.get(charge)
        if after is not None and phrasing.sentence(before) != phrasing.sentence(after):
            told.append(f"{charge}由{phrasing.sentence(before)}改为{phrasing.sentence(after)}")
    one, other = person.original_combined, person.combined
    if one is not None and other is not None and one.term != other.term:
        told.append(f"决定执行由{phrasing.term(one.term)}改为{phrasing.term(other.term)}")
    return told


def changed_because(doc: CaseDocument) -> str:
    """The kind of reason the court gives for changing the judgment before (Chinese)."""
    words = "".join(doc.text[s.span.start : s.span.end] for s in doc.sections_of("reasoning"))
    found = [name for name, pattern in _REASONS if pattern.search(words)]
    return "、".join(found[:2])


@check("CMP-026")
def changed_on_appeal(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    if doc.instance not in ("second", "retrial"):
        return
    if doc.disposition is not None and doc.disposition.value == "upheld":
        return
    protest = doc.appeal is not None and doc.appeal.protest is not None
    for person in doc.defendants:
        if not person.original or not person.verdicts:
            yield Undecided(f"无法判断：{person.name.value}的原判结果未能读出")
            continue
        changes = _changes(person)
        if not changes:
            continue
        before, after = _served(person, True), _served(person, False)
        heavier = before is not None and after is not None and _rank(after) > _rank(before)
        reason = changed_because(doc)
        why = f"理由属{reason}" if reason else "未见改判理由"
        if heavier and not protest and doc.instance == "second":
            why += "；改判后更重而无抗诉，注意上诉不加刑"
        span = next(iter(person.verdicts.values())).span
        yield hit(
            span,
            next(iter(person.original.values())).span,
            severity="serious" if heavier and not protest and doc.instance == "second" else None,
            values={"judgment": "；".join(changes)},
            cause=f"appeal:{person.name.value}",
            name=person.name.value,
            changes="；".join(changes),
            why=why,
        )


def _served(person: Defendant, original: bool) -> Sentence | None:
    combined = person.original_combined if original else person.combined
    single = list((person.original if original else person.verdicts).values())
    return combined or (single[0] if len(single) == 1 else None)


@check("CMP-028")
def open_to_protest(case: CaseFile) -> Iterator[Hit | Undecided]:
    judgment = case.judgment
    assert judgment is not None
    view = CaseFile({"judgment": judgment})
    operative = part(judgment, "operative")
    problems: dict[str, Span] = {}
    for code in _LEGAL_ERRORS:
        for _, found in results(code, view):
            # A slip of form in the words is no error of law.
            if isinstance(found, Hit) and found.severity != "minor" and operative is not None:
                span = found.evidence[0]
                if operative.start <= span.start < operative.end:
                    problems.setdefault(found.fields.get("problem") or _NAMES[code], span)
    if not problems:
        return
    first = judgment.instance == "first"
    days = deadline("protest").days
    yield hit(
        *dict.fromkeys(problems.values()),
        values={"judgment": "；".join(problems)},
        problems="；".join(problems),
        way=f"自收到判决书第二日起{days}日内提出抗诉" if first else "按审判监督程序审查",
    )


_NAMES = {"SENT-005": "该罪没有所判刑种", "SENT-018": "减轻处罚跨越量刑幅度"}


@check("CMP-029")
def property_left_open(case: CaseFile) -> Iterator[Hit | Undecided]:
    indictment, judgment = two(case)
    reasons = part(indictment, "reasoning")
    operative = part(judgment, "operative")
    if reasons is None or operative is None:
        return
    asked = _PROPERTY_ASKED.search(indictment.text, reasons.start, reasons.end)
    end = len(judgment.text)
    appendix = part(judgment, "appendix")
    if asked is None:
        return
    if _PROPERTY_DECIDED.search(
        judgment.text, operative.start, appendix.start if appendix else end
    ):
        return
    yield hit(
        indictment.span(asked.start(), asked.end()),
        opening(judgment, operative),
        values={"indictment": asked[0], "judgment": None},
        asked=asked[0],
    )
