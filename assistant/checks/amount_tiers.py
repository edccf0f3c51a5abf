"""Sums against the steps of the law: the words 数额较大, the border of the crime, vague sums."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.casefile import CaseFile
from assistant.checks.citations import own_charges
from assistant.checks.counts import counts
from assistant.checks.place import people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.telling import all_told, own_text, reasons, story
from assistant.sentencing.facts import Facts, gather
from assistant.sentencing.tiers import thresholds_for
from ingestion.model import CaseDocument, Defendant, Span
from knowledge_base import crimes
from knowledge_base.check_rules import limit
from knowledge_base.crimes import CrimeRule, Threshold

_FEN = 100
_NEAR = 10
"""A vague sum within this many percent of a step may lie on either side of it."""
_WORDS = ("数额较大", "数额巨大", "数额特别巨大")
_GIVEN_BACK = re.compile(r"归还|返还|退还|返利|偿还")
_AND_MORE = re.compile(r"[余多]|以上")
_GRAVER = re.compile(r"轻伤|重伤|死亡|身亡|致死|伤残|级残疾")
_GRAVE = (
    "入户", "携带凶器", "未遂", "未得逞", "残疾", "孤寡", "医院", "救灾", "严重后果", "严重情节",
    "数额以", "为目标",
)  # fmt: skip
"""Words of the other ways into a tier: half the sum under conditions, an attempt."""
_OTHERWISE = (*_GRAVE, "多次", "扒窃", "次盗窃", "曾因", "前科", "累计")
"""Into the first tier the number of acts leads too, and what the person did before."""
_AIMED = ("未遂", "未得逞", "数额以", "为目标")
_FAR = 4
"""Times by which a sum under the step is far below it."""
_ARMED = re.compile(r"携带?[^，。；]{0,6}(?:刀|匕首|棍|枪|斧|锤|钢管|剪|钳|撬|砖)")
_MANY = 3
"""Acts from which the law speaks of 多次."""
_UNIT_PRICE = re.compile(r"[每单]\s*[\u4e00-\u9fff]{1,2}[^，。；]{0,6}$")


class Measured(NamedTuple):
    """One person's charge of property: the sum read (fen) and the steps that held."""

    person: Defendant
    charge: str
    rule: CrimeRule
    facts: Facts
    steps: dict[int, Threshold]


def measured(doc: CaseDocument) -> Iterator[Measured]:
    """Charges measured by money whose sum could be read for that person alone."""
    for person in people(doc):
        named = list(person.verdicts) or [c.value for c in person.charges]
        if len(named) != 1:
            continue
        rule = crimes.crime(named[0], None)
        if rule is None or rule.basis != "amount":
            continue
        facts = gather(doc, person, named[0], rule)
        if facts.amount is None or facts.amount_shared or _priced(doc, facts):
            continue
        steps, _ = thresholds_for(rule, facts)
        if steps:
            yield Measured(person, named[0], rule, facts, steps)


def _priced(doc: CaseDocument, facts: Facts) -> bool:
    """Whether what was read as the sum is the price of a unit (每升7元)."""
    return any(
        _UNIT_PRICE.search(doc.text, max(span.start - 8, 0), span.start)
        for span in facts.amount_spans
    )


def _another_way(doc: CaseDocument) -> bool:
    """Whether the document tells another way into the crime than the sum."""
    text, told = own_text(doc), story(doc)
    acts = counts(told.quote) if told is not None else []
    return (
        any(word in text for word in _OTHERWISE)
        or _ARMED.search(text) is not None
        or len(acts) >= _MANY
    )


def _yuan(fen: int) -> str:
    return f"{fen / _FEN:.2f}".rstrip("0").rstrip(".") + "元"


@check("AMT-004")
def sum_and_tier(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for one in measured(doc):
        said = {f.tier: f for f in one.facts.words if f.word in _WORDS and f.certain}
        if len(said) != 1 or one.facts.amount is None:
            continue
        ((tier, found),) = said.items()
        low, high = one.facts.amount
        step, after = one.steps.get(tier), one.steps.get(tier + 1)
        ways = _OTHERWISE if tier == 1 else _GRAVE
        text = own_text(doc) if tier == 1 else all_told(doc) + reasons(doc)
        below = step is not None and high < step.low[0] * _FEN
        above = after is not None and low >= after.low[1] * _FEN
        # Far below, no condition that halves the sum can lead to the tier; an attempt may.
        far = step is not None and high * _FAR < step.low[0] * _FEN
        far = far and not any(word in text for word in _AIMED)
        if below and any(word in text for word in ways) and not (far and tier > 1):
            continue
        if not (below or above) or (above and _another_sum(doc, one, after)):
            continue
        border = step.low[0] if below and step else after.low[1] if after else 0
        yield hit(
            found.span,
            *one.facts.amount_spans[:2],
            values={doc.role or "": one.facts.amount[1]},
            cause=f"tier:{found.span.start}",
            written=found.word,
            amount=_yuan(high if below else low),
            relation="低于" if below else "已达到上一档的",
            border=f"{border}元",
        )


def total_decides(doc: CaseDocument, parts: list[int]) -> bool:
    """Whether only the sum of the counts (fen) reaches the crime's threshold or a higher tier;
    True where that cannot be told.
    """
    told = list(measured(doc))
    if not told or not parts:
        return True
    return any(_step_of(one, sum(parts)) > _step_of(one, max(parts)) for one in told)


def _step_of(one: Measured, fen: int) -> int:
    return sum(fen >= step.low[0] * _FEN for step in one.steps.values())


def _another_sum(doc: CaseDocument, one: Measured, after: Threshold | None) -> bool:
    """Whether the sum read may not be the one that counts: given back before, or the reasons
    name a smaller one.
    """
    told = story(doc)
    if told is None or after is None or _GIVEN_BACK.search(told.quote):
        return True
    return any(a.section == "reasoning" and a.fen < after.low[1] * _FEN for a in doc.amounts)


@check("AMT-006")
def vague_sum_at_a_border(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for one in measured(doc):
        spans = {(s.start, s.end) for s in one.facts.amount_spans}
        vague = [a for a in doc.amounts if a.fuzzy and (a.span.start, a.span.end) in spans]
        if not vague or len(one.facts.amount_spans) != 1:
            continue
        amount = vague[0]
        near = [
            border
            for step in one.steps.values()
            for border in dict.fromkeys(step.low)
            if abs(amount.fen - border * _FEN) * 100 <= border * _FEN * _NEAR
            # A little more than a sum above the step is above it too.
            and not (amount.fen >= border * _FEN and _AND_MORE.search(amount.span.quote))
        ]
        if near:
            yield hit(
                amount.span,
                values={doc.role or "": amount.fen},
                cause=f"tier:{one.person.name.value}",
                written=amount.span.quote,
                border=f"{near[0]}元",
            )


@check("CHG-010")
def below_the_border(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for one in measured(doc):
        first = one.steps.get(1)
        if first is None or one.facts.amount is None:
            continue
        if one.facts.amount[1] < first.low[0] * _FEN and not _another_way(doc):
            yield _doubtful(
                doc,
                one.facts.amount_spans[:1],
                one.charge,
                f"认定的数额为{_yuan(one.facts.amount[1])}，低于{first.low[0]}元的入罪标准",
            )
    told = story(doc)
    if told is None:
        yield Undecided("无法判断：未能读出事实部分")
        return
    yield from _drunk(doc, told)
    yield from _hurt(doc, told)
    yield from _drugs_held(doc)


def _hurt(doc: CaseDocument, told: Span) -> Iterator[Hit]:
    """Bodily harm that the expert calls 轻微伤 only."""
    slight = told.quote.find("轻微伤")
    if slight < 0 or _GRAVER.search(told.quote):
        return
    for charge in own_charges(doc):
        rule = crimes.crime(charge, None)
        if rule is not None and rule.basis == "injury" and not rule.negligent:
            at = told.start + slight
            yield _doubtful(doc, (doc.span(at, at + 3),), charge, "伤情仅为轻微伤")


def _drugs_held(doc: CaseDocument) -> Iterator[Hit]:
    """Drugs held in less than the quantity from which holding them is a crime."""
    for person in people(doc):
        for charge in list(person.verdicts) or [c.value for c in person.charges]:
            rule = crimes.crime(charge, None)
            # Trading has a tier for any small quantity.
            if rule is None or rule.basis != "drugs" or rule.tiers[0].quantity == "small":
                continue
            facts = gather(doc, person, charge, rule)
            shares, fairly = facts.drug_shares, facts.fairly
            if shares is not None and fairly is not None and shares[1] < fairly:
                yield _doubtful(doc, facts.drug_spans[:1], charge, "持有的毒品未达到数量较大的标准")


def _drunk(doc: CaseDocument, told: Span) -> Iterator[Hit]:
    """Blood alcohol under the measure of drunkenness, and no other kind of dangerous driving."""
    least = limit("drunk_least")
    for charge in own_charges(doc):
        if charge != "危险驾驶罪" or any(
            w in told.quote for w in ("追逐", "超员", "超速", "危险化学")
        ):
            continue
        blood = [
            q
            for q in doc.quantities
            if q.what == "alcohol"
            and q.name != "呼气"
            and told.start <= q.span.start < told.end
            and "±" not in doc.text[q.span.start - 2 : q.span.end]
        ]
        if blood and max(q.value for q in blood) < least:
            worst = max(blood, key=lambda q: q.value)
            yield _doubtful(
                doc,
                (worst.span,),
                charge,
                f"血液酒精含量为{worst.value:g}毫克/100毫升，低于{least}毫克/100毫升的醉酒标准",
            )


def _doubtful(doc: CaseDocument, places: tuple[Span, ...], charge: str, problem: str) -> Hit:
    return hit(
        *places,
        values={doc.role or "": problem},
        cause=f"border:{charge}",
        charge=charge,
        problem=problem,
    )
