"""Two tellings of one story laid against each other, character by character."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rapidfuzz.distance import Indel, Levenshtein

from ingestion.numerals import find_dates, find_money
from knowledge_base.crimes import drug_names

Kind = Literal["money", "date", "clock", "quantity", "injury", "term", "daytime", "drug"]

_QUANTITY = re.compile(
    r"(?<!第)(\d+(?:[.．]\d+)?|[一二三四五六七八九十百两]+)\s*"
    r"(余|多)?(毫克|千克|公斤|克|mg|g|kg|毫升|ml|吨|平方米|亩|立方米|支|枚|发|粒|颗|片|袋|包|小包|部|台|辆|起|场次|人次|张|条|株|瓶|箱|件|个|次|名|人|万|岁|天|公里)"
    r"(?!法|民|员|以上|别|月)"
)
_TERM = re.compile(
    r"(?<=徒刑|拘役|管制|缓刑|权利)(?:[一二三四五六七八九十]+年)?零?(?:[一二三四五六七八九十]+个月)?"
)
_CLOCK = re.compile(r"\d{1,2}[时点:：](?:\d{1,2}分?)?")
_DAYTIMES = {
    "早": "上午", "清晨": "上午", "早晨": "上午", "早上": "上午", "上午": "上午", "中午": "中午",
    "下午": "下午", "傍晚": "晚上", "晚": "晚上", "晚上": "晚上", "晚间": "晚上", "当晚": "晚上",
    "凌晨": "凌晨", "深夜": "深夜", "半夜": "深夜", "夜里": "深夜", "夜间": "深夜", "午夜": "深夜",
}  # fmt: skip
_DAYTIME = re.compile(r"(?<=日)(?:" + "|".join(sorted(_DAYTIMES, key=len, reverse=True)) + ")")
_NIGHT = frozenset(("晚上", "深夜", "凌晨"))
"""Parts of the day that run into each other."""
_INJURY = re.compile(r"(?:轻微伤|轻伤[一二]?级?|重伤[一二]?级?)")
_CONTEXT = 12
_JOINED = 2
"""Characters between two changes of one expression (逃离现场, 留在现场等候)."""
_LEAST = 0.6
_LEAST_SUM = 1.45
_COPY = 0.93
_MARGIN = 40
_VERBATIM = 0.9
_FIXED_FORM = re.compile(r"[\s，。、；：,.;:（）()“”\"']")


@dataclass(frozen=True)
class Token:
    """A value in a story at `start:end` of its text; equal `value` is the same value."""

    kind: Kind
    start: int
    end: int
    value: str


@dataclass(frozen=True)
class Difference:
    """One value told differently at places whose surroundings agree."""

    one: Token
    other: Token


def tokens(text: str) -> list[Token]:
    """Values of a story in reading order; a sum or date is not told again as a quantity."""
    found: list[Token] = []
    for money in find_money(text):
        found.append(Token("money", money.start, money.end, str(money.fen)))
    for mention in find_dates(text):
        # A relative date (同日) changes its value with the one before: it counts as written.
        written = text[mention.start : mention.end]
        exact = f"{mention.value.date} {mention.value.precision}"
        value = written if mention.derived else exact
        found.append(Token("date", mention.start, mention.end, value))
    for kind, pattern in (
        ("clock", _CLOCK),
        ("injury", _INJURY),
        ("term", _TERM),
        ("quantity", _QUANTITY),
        ("daytime", _DAYTIME),
        ("drug", _drugs()),
    ):
        for match in pattern.finditer(text):
            if match[0] and not any(t.start < match.end() and match.start() < t.end for t in found):
                value = _value(kind, re.sub(r"\s|．", "", match[0].replace("．", ".")))
                found.append(Token(kind, match.start(), match.end(), value))  # type: ignore[arg-type]
    return sorted(found, key=lambda t: t.start)


@cache
def _drugs() -> re.Pattern[str]:
    names = sorted(drug_names(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def _value(kind: str, written: str) -> str:
    """What the words mean, where they may be written in several ways."""
    if kind == "drug":
        return drug_names()[written]
    return _DAYTIMES[written] if kind == "daytime" else written


class Alignment:
    """Maps offsets of one text to the other along the cheapest edits."""

    def __init__(self, one: str, other: str) -> None:
        self.one, self.other = one, other
        codes = Levenshtein.opcodes(one, other)
        self._codes = [(c.tag, c.src_start, c.src_end, c.dest_start, c.dest_end) for c in codes]
        self._starts = [c[1] for c in self._codes]

    def at(self, offset: int) -> int:
        """Where `offset` of the first text lies in the second."""
        index = max(bisect_right(self._starts, offset) - 1, 0)
        if not self._codes:
            return 0
        tag, low, _, other_low, other_high = self._codes[index]
        if tag == "equal" or offset - low <= other_high - other_low:
            return min(other_low + offset - low, len(self.other))
        return other_high

    def changed(self) -> list[tuple[int, int, int, int]]:
        """Changed stretches, start and end in both texts; near neighbours are joined."""
        blocks: list[tuple[int, int, int, int]] = []
        for tag, a, b, c, d in self._codes:
            if tag == "equal":
                continue
            if blocks and a - blocks[-1][1] <= _JOINED and c - blocks[-1][3] <= _JOINED:
                blocks[-1] = (blocks[-1][0], b, blocks[-1][2], d)
            else:
                blocks.append((a, b, c, d))
        return blocks

    @property
    def verbatim(self) -> bool:
        """Whether one text is nearly a copy of the other."""
        return Indel.normalized_similarity(self.one, self.other) >= _COPY


def _bare(text: str) -> str:
    return _FIXED_FORM.sub("", text)


def _like(one: str, other: str) -> float:
    a, b = _bare(one), _bare(other)
    if not a and not b:
        return 1.0
    return Indel.normalized_similarity(a, b)


def _surroundings(alignment: Alignment, a: Token, b: Token) -> bool:
    """Whether the words before and after the two values agree well enough to be one place."""
    one, other = alignment.one, alignment.other
    before = _like(
        one[max(a.start - _CONTEXT, 0) : a.start], other[max(b.start - _CONTEXT, 0) : b.start]
    )
    after = _like(one[a.end : a.end + _CONTEXT], other[b.end : b.end + _CONTEXT])
    if before >= _LEAST and after >= _LEAST and before + after >= _LEAST_SUM:
        return True
    # At the very beginning and end the neighbours are the headings of the parts.
    first = a.start < _MARGIN and b.start < _MARGIN and after >= _VERBATIM
    last = len(one) - a.end < _MARGIN and len(other) - b.end < _MARGIN and before >= _VERBATIM
    # One telling stops at the value where the other goes on, often with its evidence.
    ends = _bare(one[a.end : a.end + _CONTEXT]), _bare(other[b.end : b.end + _CONTEXT])
    stops = not all(ends) and before >= _VERBATIM
    return first or last or stops


def _moved(
    alignment: Alignment, left: list[Token], right: list[Token], found: list[Difference]
) -> list[Difference]:
    """Values of one side only whose surroundings agree, wherever in the story they stand."""
    known = {(t.kind, t.value) for t in left} & {(t.kind, t.value) for t in right}
    taken = {d.one for d in found} | {d.other for d in found}
    alone = [t for t in right if (t.kind, t.value) not in known and t not in taken]
    more = []
    for token in left:
        if token in taken or (token.kind, token.value) in known:
            continue
        rival = next(
            (t for t in alone if t.kind == token.kind and _surroundings(alignment, token, t)), None
        )
        if rival is not None:
            alone.remove(rival)
            more.append(Difference(token, rival))
    return more


def differences(one: str, other: str) -> list[Difference]:
    """Values that stand at the same place of both stories and are not the same."""
    alignment = Alignment(one, other)
    left, right = tokens(one), tokens(other)
    found = []
    for token in left:
        low, high = alignment.at(token.start), alignment.at(token.end)
        rivals = [t for t in right if t.kind == token.kind and t.start < high and low < t.end]
        if not rivals or any(t.value == token.value for t in rivals):
            continue
        rival = max(rivals, key=lambda t: min(t.end, high) - max(t.start, low))
        if {token.value, rival.value} <= _NIGHT:
            continue
        if _surroundings(alignment, token, rival):
            found.append(Difference(token, rival))
    return found + _moved(alignment, left, right, found)
