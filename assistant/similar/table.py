"""This case against similar ones, aspect by aspect: the same, different, or unknown.

Every value is put together from fields that were read, in the program's own words; only the
reasoning is quoted. Where one side does not say, the cell is unknown: silence is no difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant import phrasing
from assistant.sentencing import term_facts
from assistant.similar.weighing import heaviest, placed
from ingestion.model import Term
from knowledge_base import case_ranking, circumstances, crime_elements, similar_cases
from knowledge_base.casebank import StoredCase, StoredSentence, Verdict

Mark = Literal["same", "different", "unknown"]
MARK_NAMES: dict[Mark, str] = {"same": "相同", "different": "不同", "unknown": "不明"}
UNKNOWN = "未读出"
VERDICT_NAMES: dict[Verdict, str] = {
    "imprisonment": "有期徒刑",
    "detention": "拘役",
    "control": "管制",
    "life": "无期徒刑",
    "death": "死刑",
    "death_reprieve": "死刑，缓期二年执行",
    "probation": "缓刑",
    "fine_only": "单处罚金",
    "exempt": "免予刑事处罚",
    "acquitted": "无罪",
}
_QUOTE = 120
_MOST = 6
_UNITS = {"alcohol": "毫克/100毫升"}
_SENTENCES = re.compile(r"[^。；]+[。；]?")
_WEIGHED = re.compile(r"从轻|减轻|从重|从宽|免除处罚|免予刑事处罚|缓刑")


@dataclass(frozen=True)
class Value:
    """What a case says on one aspect: the words shown, and what is compared (None: unknown)."""

    text: str
    key: Any


_NOTHING = Value(UNKNOWN, None)


@dataclass(frozen=True)
class Aspect:
    """One row of the table: how a case is read, and when two values are the same."""

    key: str
    name: str
    read: Callable[[StoredCase, str | None], Value]
    same: Callable[[Any, Any], bool] = lambda one, other: bool(one == other)


def _charges(case: StoredCase, charge: str | None) -> Value:
    return Value("、".join(case.charges), frozenset(case.charges)) if case.charges else _NOTHING


def _facts(case: StoredCase, charge: str | None) -> Value:
    read = term_facts.read(case.facts)
    modes = case_ranking.modes_of(case.facts)
    harm = [
        f"{name}{n}人"
        for name, n in (
            ("死亡", read.deaths),
            ("重伤", read.serious_injuries),
            ("轻伤", read.light_injuries),
            ("轻微伤", read.minor_injuries),
        )
        if n
    ]
    names = [case_ranking.modes()[key][0] for key in sorted(modes)]
    told = [
        element.name
        for part in ("act", "fact", "result")
        for element in crime_elements.of(charge or "", part)
        if element.told(case.facts)
    ]
    parts = (("行为", names), ("后果", harm), ("要件", list(dict.fromkeys(told))))
    text = "；".join(f"{name}：{'、'.join(said[:_MOST])}" for name, said in parts if said)
    return Value(text, (modes, tuple(harm))) if modes or harm else Value(text or UNKNOWN, None)


def _amount(case: StoredCase, charge: str | None) -> Value:
    if case.amount_fen is not None:
        return Value(phrasing.yuan(case.amount_fen), ("元", case.amount_fen / 100))
    if not case.quantities:
        return _NOTHING
    most = max(case.quantities, key=lambda q: q.value)
    unit = _UNITS.get(most.what, most.unit)
    return Value(f"{most.name or ''}{most.value:g}{unit}", (most.what + most.unit, most.value))


def _near(one: tuple[str, float], other: tuple[str, float]) -> bool:
    limit = similar_cases.limit("near_percent") / 100
    return one[0] == other[0] and abs(one[1] - other[1]) <= limit * max(one[1], other[1])


def _tier(case: StoredCase, charge: str | None) -> Value:
    found = placed(charge, case.facts) if charge in case.tiers and charge else None
    if found is None:
        return _NOTHING
    return Value(f"第{found.tier + 1}档" + _in_brackets(found.range.condition), found.tier)


def _in_brackets(text: str) -> str:
    return f"（{text}）" if text else ""


def _circumstances(case: StoredCase, charge: str | None) -> Value:
    rules = [rule for key in case.circumstances if (rule := circumstances.rule(key))]
    if not rules:
        return _NOTHING
    return Value("、".join(r.name for r in rules), frozenset(r.key for r in rules))


def _advice(case: StoredCase, charge: str | None) -> Value:
    if not case.advice:
        return _NOTHING
    many = len(case.advice) > 1
    lines = [f"{n}. {a.text}" if many else a.text for n, a in enumerate(case.advice, 1)]
    return Value("；".join(lines), tuple((a.low, a.high, a.probation) for a in case.advice))


def _of_sentence(read: Callable[[StoredSentence], Value]) -> Callable[..., Value]:
    """The aspect of the heaviest sentence for the charge."""

    def value(case: StoredCase, charge: str | None) -> Value:
        sentence = heaviest(case, charge) or heaviest(case)
        return read(sentence) if sentence else _NOTHING

    return value


def term_of(sentence: StoredSentence) -> str:
    """The main penalty in words."""
    name = VERDICT_NAMES[sentence.verdict]
    term = Term(months=sentence.months, days=sentence.days)
    return name + (phrasing.term(term) if sentence.months or sentence.days else "")


def sentence_text(sentence: StoredSentence) -> str:
    """Main penalty, probation and fine in one line."""
    parts = [term_of(sentence)]
    if sentence.probation_months:
        parts.append("缓刑" + phrasing.term(Term(months=sentence.probation_months)))
    if sentence.fine_fen:
        parts.append("罚金" + phrasing.yuan(sentence.fine_fen))
    return "，".join(parts)


def _penalty(sentence: StoredSentence) -> Value:
    return Value(term_of(sentence), (sentence.verdict, sentence.months, sentence.days))


def _probation(sentence: StoredSentence) -> Value:
    months = sentence.probation_months
    text = phrasing.term(Term(months=months)) if months else "未适用"
    return Value(text, (months,))


def _fine(sentence: StoredSentence) -> Value:
    fen = sentence.fine_fen
    return Value(phrasing.yuan(fen) if fen else "未并处", (fen,))


def passages_of(case: StoredCase) -> list[str]:
    """Sentences of the court's reasoning that weigh circumstances, its conclusion left out."""
    found = [m[0].strip() for m in _SENTENCES.finditer(case.reasoning) if _WEIGHED.search(m[0])]
    return [s for s in found if not s.startswith(("依照", "依据", "根据", "据此"))]


def _reasoning(case: StoredCase, charge: str | None) -> Value:
    passages = passages_of(case)
    if not passages:
        return _NOTHING
    quote = "".join(passages)
    shown = quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + "…"
    for sentence in case.sentences:
        # The bank's cases are cited by their numbers, not by the names of people.
        if len(sentence.person) > 1:
            shown = shown.replace(sentence.person, sentence.person[0] + "某")
    source = case.number or case.source
    return Value(f"{source}：“{shown}”", frozenset(_WEIGHED.findall(quote)))


ASPECTS: tuple[Aspect, ...] = (
    Aspect("charges", "罪名", _charges),
    Aspect("facts", "事实要点", _facts),
    Aspect("amount", "数额、数量", _amount, _near),
    Aspect("tier", "量刑幅度", _tier),
    Aspect("circumstances", "情节", _circumstances),
    Aspect("advice", "量刑建议", _advice),
    Aspect("verdict", "判决主刑", _of_sentence(_penalty)),
    Aspect("probation", "缓刑", _of_sentence(_probation)),
    Aspect("fine", "罚金", _of_sentence(_fine)),
    Aspect("reasoning", "说理", _reasoning),
)


def mark(aspect: Aspect, one: Value, other: Value) -> Mark:
    """Whether two cases agree; unknown where either is silent."""
    if one.key is None or other.key is None:
        return "unknown"
    return "same" if aspect.same(one.key, other.key) else "different"


def compare(
    query: StoredCase, cases: Sequence[StoredCase], charge: str | None
) -> list[dict[str, Any]]:
    """One row an aspect: its name, this case's words, and a cell for each case in order."""
    rows = []
    for aspect in ASPECTS:
        own = aspect.read(query, charge)
        others = [aspect.read(case, charge) for case in cases]
        cells = [{"text": v.text, "mark": mark(aspect, own, v)} for v in others]
        rows.append({"key": aspect.key, "name": aspect.name, "own": own.text, "cells": cells})
    return rows
