"""How one telling of a fact stands to another, by rules: values, opposed words, shared words.

Made on pairs written for the purpose (`eval_sets/gold/fact_pairs.jsonl`); `sure` says where
rules were right there, the rest is left to the embedding (is it the same act at all?) and to
a person; a language model is the tie-break (`tie_break.py`) where it was not measured to be
worse. The default model was: on 33 pairs that rules are unsure of it was right on 16 (it calls
nearly everything consistent), rules on 27; on all 39 of them rules are right on 33, with the
embedding on 35 (suite `fact_pairs`, prompt `fact_pair`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.comparison.alignment import Difference, differences, tokens
from knowledge_base.opposed import opposed

Relation = Literal["same", "reworded", "narrower", "wider", "contradictory", "missing"]

VALUES = ("money", "date", "quantity", "injury")
_SINGLE = ("money", "date", "injury")
"""Kinds of value of which each telling of one act usually has one."""
_FORM = re.compile(
    r"被告人|犯罪嫌疑人|被害人|人民币|[\s，。、；：,.;:（）()“”\"'的了在于将把被其和及与并后又等系为以从该至到]"
)
_NUMBERING = re.compile(
    r"\s*(?:第[一二三四五六七八九十\d]{1,3}[起笔次宗节]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、．.])[，：:]?"
)
_NEGATED = re.compile(
    r"(?:没有|并未|未|不存在|不构成|并非|不是|(?:不能|无法|不足以)(?:证明|认定|证实)|排除)([^，。；]{2,14})"
)
_SAME_ACT = 0.45
"""From so much of the shorter telling's words in the other on, both tell one act."""
_ANOTHER_ACT = 0.25
_ALL = 0.95
_MOST = 0.7
_LESS = 0.2
_COPY = 0.9


@dataclass(frozen=True)
class Judged:
    """What the second telling is to the first; narrower tells less, wider tells more.

    `missing`: the second tells another act. `sure` False: rules only guess.
    """

    relation: Relation
    sure: bool


def values(text: str) -> set[tuple[str, str]]:
    """Sums, dates, quantities and injuries a telling names."""
    return {(t.kind, t.value) for t in tokens(text) if t.kind in VALUES}


def judge(one: str, other: str, found: tuple[Difference, ...] | None = None) -> Judged:
    """The relation of two tellings; `found` are their differing values where known already."""
    if found is None:
        found = tuple(differences(one, other))
    mine, theirs = values(one), values(other)
    there, back = covered(one, other), covered(other, one)
    most = max(there, back)
    if most < _MOST and _another(mine, theirs):
        return Judged("missing", sure=True)
    if most < _ANOTHER_ACT:
        return Judged("missing", sure=False)
    if _opposed(one, other) or _denied(one, other) or _denied(other, one):
        return Judged("contradictory", sure=True)
    if most < _SAME_ACT:
        return Judged("missing", sure=False)
    if any(_differs(d, one, other) for d in found) or _single_values_differ(mine, theirs):
        return Judged("contradictory", sure=True)
    return extent(one, other)


def extent(one: str, other: str) -> Judged:
    """Who tells more, of two tellings of one act that do not contradict each other."""
    mine, theirs = values(one), values(other)
    there, back = covered(one, other), covered(other, one)
    if there == 1 or back == 1:
        return Judged("same" if there == back else "wider" if there == 1 else "narrower", sure=True)
    if min(there, back) >= _COPY:
        return Judged("same", sure=True)
    if back >= _ALL or (back >= _MOST and back - there >= _LESS):
        return Judged("narrower", sure=back >= _ALL)
    if there >= _ALL or (there >= _MOST and there - back >= _LESS):
        return Judged("wider", sure=there >= _ALL)
    if mine - theirs and not theirs - mine:
        return Judged("narrower", sure=False)
    if theirs - mine and not mine - theirs:
        return Judged("wider", sure=False)
    return Judged("reworded", sure=False)


def covered(text: str, by: str) -> float:
    """Share of the characters of `text` that stand in a pair of letters of `by` too."""
    bare, other = _bare(text), _bare(by)
    pairs = {other[i : i + 2] for i in range(len(other) - 1)}
    held = [False] * len(bare)
    for i in range(len(bare) - 1):
        if bare[i : i + 2] in pairs:
            held[i] = held[i + 1] = True
    return sum(held) / len(bare) if bare else 0.0


def _bare(text: str) -> str:
    """Without its number, marks and words of form."""
    number = _NUMBERING.match(text)
    return _FORM.sub("", text[number.end() if number else 0 :])


def _of(found: set[tuple[str, str]], kind: str) -> set[str]:
    return {value for k, value in found if k == kind}


def _another(mine: set[tuple[str, str]], theirs: set[tuple[str, str]]) -> bool:
    """Other dates and no sum in common: another act, whatever the words."""
    first, second = _of(mine, "date"), _of(theirs, "date")
    told_of_both = bool(first and second) and not first & second
    return told_of_both and not _of(mine, "money") & _of(theirs, "money")


def _single_values_differ(mine: set[tuple[str, str]], theirs: set[tuple[str, str]]) -> bool:
    for kind in _SINGLE:
        a, b = _of(mine, kind), _of(theirs, kind)
        if len(a) == len(b) == 1 and a != b:
            return True
    return False


def _differs(found: Difference, one: str, other: str) -> bool:
    """Whether a value is told otherwise; where one side tells more, its last value may stand
    beside the other's last one by chance."""
    if found.one.kind not in VALUES:
        return False
    first, second = _count(one, found.one.kind), _count(other, found.one.kind)
    if first == second:
        return True
    fewer, more = (found.other, one) if first > second else (found.one, other)
    return (fewer.kind, fewer.value) not in values(more)


def _count(text: str, kind: str) -> int:
    return sum(t.kind == kind for t in tokens(text))


def _opposed(one: str, other: str) -> bool:
    for _, alternatives in opposed():
        first, second = _chosen(alternatives, one), _chosen(alternatives, other)
        if len(first) == len(second) == 1 and first != second:
            return True
    return False


def _chosen(alternatives: Sequence[re.Pattern[str]], text: str) -> set[int]:
    """The alternatives a telling names; words inside a longer match of another one (不知情) do
    not name their own."""
    found = [(i, m.start(), m.end()) for i, a in enumerate(alternatives) for m in a.finditer(text)]
    return {
        i
        for i, start, end in found
        if not any(
            low <= start and end <= high and high - low > end - start
            for j, low, high in found
            if j != i
        )
    }


def _denied(one: str, other: str) -> bool:
    """Whether the second denies words that the first says, and does not say them itself."""
    plain = _NEGATED.sub("", one)
    rest = _NEGATED.sub("", other)
    for match in _NEGATED.finditer(other):
        words = _FORM.sub("", match[1])
        for i in range(len(words) - 3):
            if words[i : i + 4] in plain and words[i : i + 4] not in rest:
                return True
        if len(words) <= 4 and words[:2] in plain and words[:2] not in rest:
            return True
    return False
