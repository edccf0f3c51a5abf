"""Why a case is similar, in one line of Chinese: what agrees, and what differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from knowledge_base import case_ranking, crime_elements
from knowledge_base import circumstances as circumstance_rules
from knowledge_base.casebank import StoredCase
from knowledge_base.retrieval.features import circumstances, modes, tiers

_MOST = 3  # names of one kind in the line
_PARTS: tuple[Literal["fact", "act", "result"], ...] = ("act", "fact", "result")


def _listed(names: Iterable[str]) -> str:
    every = list(dict.fromkeys(names))
    more = "等" if len(every) > _MOST else ""
    return "、".join(every[:_MOST]) + more


def _circumstance(key: str) -> str:
    rule = circumstance_rules.rule(key)
    return rule.name if rule else key


def _mode(key: str) -> str:
    return case_ranking.modes()[key][0]


def _yuan(fen: int) -> str:
    """12345600 fen → 12.35万元."""
    yuan = fen / 100
    return f"{yuan / 10000:.4g}万元" if yuan >= 10000 else f"{yuan:.6g}元"


def elements(query: StoredCase, case: StoredCase, charges: Sequence[str]) -> list[str]:
    """Elements of the charges that the facts of both cases tell."""
    return [
        element.name
        for charge in charges
        for part in _PARTS
        for element in crime_elements.of(charge, part)
        if element.applies(query.facts) and element.told(query.facts) and element.told(case.facts)
    ]


def _charges(query: StoredCase, case: StoredCase) -> str:
    if not query.charges:
        return f"该案罪名：{_listed(case.charges)}" if case.charges else ""
    same = [charge for charge in query.charges if charge in case.charges]
    other = [charge for charge in case.charges if charge not in query.charges]
    if same:
        return f"罪名相同：{_listed(same)}" + (f"（该案另有{_listed(other)}）" if other else "")
    return f"罪名不同：该案为{_listed(other)}" if other else ""


def _amounts(query: StoredCase, case: StoredCase) -> str:
    if query.amount_fen is None or case.amount_fen is None:
        return ""
    both = tiers(query, case).values()
    word = ""
    if both:
        word = "同档" if all(a == b for a, b in both) else "不同档"
    return f"数额{word}（{_yuan(query.amount_fen)}与{_yuan(case.amount_fen)}）"


def _circumstances(query: StoredCase, case: StoredCase) -> str:
    found = circumstances(query, case)
    parts = []
    if found.same:
        parts.append(f"情节相同：{_listed(map(_circumstance, found.same))}")
    if found.only_query:
        parts.append(f"仅本案有{_listed(map(_circumstance, found.only_query))}")
    if found.only_case:
        parts.append(f"仅该案有{_listed(map(_circumstance, found.only_case))}")
    return "，".join(parts)


def reason(query: StoredCase, case: StoredCase) -> str:
    """One line; 情节近似 is never claimed where nothing that can be named agrees.

    >>> theft = {"source": "", "passages": ()}
    >>> one = StoredCase(hash="a", facts="入户盗窃手机。", charges=("盗窃罪",), **theft)
    >>> two = StoredCase(hash="b", facts="入户盗窃电脑。", charges=("盗窃罪",), **theft)
    >>> reason(one, two).split("；")[0]
    '罪名相同：盗窃罪'
    """
    shared = elements(query, case, query.charges or case.charges)
    acts = modes(query, case).same
    parts = [
        _charges(query, case),
        f"要件事实均有：{_listed(shared)}" if shared else "",
        f"行为相同：{_listed(map(_mode, acts))}" if acts else "",
        _amounts(query, case),
        _circumstances(query, case),
    ]
    return "；".join(part for part in parts if part) or "仅文字相近"
