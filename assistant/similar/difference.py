"""The one difference between two cases that most likely explains another sentence."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.sentencing.term_features import point
from assistant.similar.weighing import effect, fixed_term, heaviest, placed, weight
from knowledge_base import circumstances, similar_cases
from knowledge_base.casebank import StoredCase
from knowledge_base.retrieval import features

_LEAST = 0.02  # a smaller effect explains nothing


@dataclass(frozen=True)
class Difference:
    """`effect` above 0 makes this case the heavier one; a natural logarithm."""

    text: str
    effect: float


def differences(query: StoredCase, case: StoredCase, charge: str) -> list[Difference]:
    """What differs in the range, the figures and the circumstances, the strongest first."""
    every = [*_ranges(query, case, charge), *_circumstances(query, case)]
    told = [one for one in every if abs(one.effect) >= _LEAST]
    return sorted(told, key=lambda one: -abs(one.effect))


def _ranges(query: StoredCase, case: StoredCase, charge: str) -> Iterator[Difference]:
    here, there = placed(charge, query.facts), placed(charge, case.facts)
    if here is None or there is None:
        return
    gap = math.log(point(here) / point(there))
    if here.tier != there.tier:
        conditions = here.range.condition, there.range.condition
        # Some articles have ranges without a condition of their own.
        shown = [c or f"第{p.tier + 1}档" for c, p in zip(conditions, (here, there), strict=True)]
        yield Difference(f"量刑幅度不同：本案为“{shown[0]}”，该案为“{shown[1]}”", gap)
    elif here.position is not None and there.position is not None:
        more = "大" if gap > 0 else "小"
        yield Difference(f"同一幅度内，本案的数额、数量较{more}", gap)


def _circumstances(query: StoredCase, case: StoredCase) -> Iterator[Difference]:
    found = features.circumstances(query, case)
    for keys, has, lacks, sign in (
        (found.only_query, "本案", "该案", 1),
        (found.only_case, "该案", "本案", -1),
    ):
        for key in keys:
            rule = circumstances.rule(key)
            if rule is not None:
                told = f"{has}有{rule.name}（{rule.effect}），{lacks}没有读出"
                yield Difference(told, sign * effect(rule))


def explain(query: StoredCase, case: StoredCase, charge: str) -> str:
    """One Chinese sentence. A difference that points the other way explains nothing."""
    if charge not in case.charges:
        return "罪名不同，刑罚不宜直接比较。"
    found = differences(query, case, charge)
    here, there = heaviest(query, charge), heaviest(case, charge)
    if here is None or there is None:
        return f"最可能带来量刑差别的是：{found[0].text}。" if found else "没有读出影响量刑的差别。"
    if weight(here) == weight(there):
        return f"判处相同；差别最大的是：{found[0].text}。" if found else "判处相同，情节相当。"
    heavier = weight(here) > weight(there)
    side = "重" if heavier else "轻"
    fitting = next((one for one in found if (one.effect > 0) == heavier), None)
    if fitting is None:
        return f"本案判处较{side}，没有读出能够解释的差别，须看未写明的事实。"
    part = "，但不足以解释全部差别" if _in_part(fitting, query, case, charge) else ""
    return f"本案判处较{side}，最可能是因为{fitting.text}{part}。"


def _in_part(found: Difference, query: StoredCase, case: StoredCase, charge: str) -> bool:
    """Whether the terms lie further apart than the difference accounts for."""
    here, there = fixed_term(query, charge), fixed_term(case, charge)
    if not here or not there:
        return False
    share = similar_cases.limit("explains_percent") / 100
    return abs(found.effect) < share * abs(math.log(here / there))
