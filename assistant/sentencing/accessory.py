"""Probation and fine: the two parts of a sentence that months do not express."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.sentencing.dates import months_text
from assistant.sentencing.tiers import yuan
from knowledge_base import circumstances, penalties
from knowledge_base.crimes import CrimeRule, FineMode, Tier

Eligibility = Literal["excluded", "required", "possible", "too_long"]

_NO_PROBATION = ("recidivist", "recidivist_special", "ring_leader")
_MUST_PROBATION = ("minor_12_16", "minor_16_18", "elderly_intent", "elderly_negligent")
_MODES: dict[FineMode, str] = {
    "none": "本档未规定罚金",
    "must": "应当并处罚金",
    "or_alone": "并处或者单处罚金",
    "alone": "可以单处罚金，不并处",
    "may": "可以并处罚金",
    "must_or_confiscation": "应当并处罚金或者没收财产",
    "may_or_confiscation": "可以并处罚金或者没收财产",
    "confiscation": "应当并处没收财产",
    "may_confiscation": "可以并处没收财产",
}


@dataclass(frozen=True)
class Probation:
    eligibility: Eligibility
    text: str


@dataclass(frozen=True)
class Fine:
    """Bounds in fen; None where the law sets none (or no fine is provided for)."""

    mode: FineMode
    text: str
    source: str
    low_fen: int | None = None
    high_fen: int | None = None


def probation(rule: CrimeRule, low: int, keys: Collection[str], on: date | None) -> Probation:
    """Eligibility for a sentence that may be as low as `low` months."""
    barred = [circumstances.all()[k].name for k in _NO_PROBATION if k in keys]
    if barred:
        return Probation("excluded", f"有{'、'.join(barred)}，依法不适用缓刑")
    limit = penalties.limit("probation_imprisonment_limit", on)
    if low > limit:
        return Probation(
            "too_long",
            f"可能宣告的刑期最低{months_text(low)}，超过{months_text(limit)}，不符合缓刑的刑期条件",
        )
    conditions = "犯罪情节较轻、有悔罪表现、没有再犯罪的危险、对所居住社区没有重大不良影响"
    strict = "；本罪从严把握缓刑适用" if rule.probation_strict else ""
    owed = [circumstances.all()[k].name for k in _MUST_PROBATION if k in keys]
    if owed:
        return Probation(
            "required",
            f"有{'、'.join(owed)}，宣告刑为拘役或者{months_text(limit)}以下有期徒刑且同时符合{conditions}的，"
            f"应当宣告缓刑{strict}",
        )
    return Probation(
        "possible",
        f"宣告刑为拘役或者{months_text(limit)}以下有期徒刑的，须同时符合{conditions}，方可宣告缓刑；"
        f"这些条件须由承办人判断{strict}",
    )


def fine(
    rule: CrimeRule,
    tier_number: int,
    amount_fen: tuple[int, int] | None,
    minor: bool,
    on: date | None,
) -> Fine:
    """Mode and bounds of the fine for a tier."""
    tier: Tier = rule.tiers[tier_number - 1]
    mode = tier.fine
    if mode in ("none", "confiscation", "may_confiscation"):
        return Fine(mode, _MODES[mode], rule.source)
    low = penalties.limit("fine_min_minor" if minor else "fine_min", on) * 100
    high: int | None = None
    source = penalties.find("fine_min", on)
    origin = source.source if source else rule.source
    rules = rule.fine_rule
    if rules is not None:
        origin = rules.source
        if rules.tiers and tier_number <= len(rules.tiers):
            first, last = rules.tiers[tier_number - 1]
            low, high = first * 100, last * 100 if last is not None else None
        elif amount_fen is None and rules.unknown_low is not None:
            low = rules.unknown_low * 100
            high = rules.unknown_high * 100 if rules.unknown_high is not None else None
        elif rules.low is not None:
            low = max(low, rules.low * 100) if not minor else low
        if rules.percent_low is not None and amount_fen is not None:
            low = max(low, amount_fen[0] * rules.percent_low // 100)
        if rules.multiple_high is not None and amount_fen is not None and high is None:
            high = max(amount_fen[1] * rules.multiple_high, low)
    text = f"{_MODES[mode]}；不少于{yuan(low)}"
    text += f"，不超过{yuan(high)}" if high is not None else "，法律和司法解释未规定上限"
    return Fine(mode, text + "；具体数额依犯罪情节并考虑缴纳能力", origin, low, high)
