"""A sum of money in its place: the words around it and the sums told before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ingestion.numerals import MoneyMention

Role = Literal[
    "total", "count", "person", "item", "gain", "returned", "compensated", "fine", "other"
]

# How far the words around a sum are read; a sentence can be a page long.
REACH = 300
_NEAR = 40
_SENTENCE_END = re.compile(r"[。；\n]")
# What a man's name and age in brackets stand between is one list: 甲（男）200元、乙400元.
_NOTE = re.compile(r"[（(][^（）()]*[）)]")
# 18100元、2400元的价格: what follows a list of sums follows each of them.
_MORE = re.compile(
    r"^(?:(?:[、，]|和|及)(?:人民币)?[\d,，.]+(?:万|亿)?余?元)+(?=的?(?:价格|价款|价钱)|卖给|销赃|出售给|销售给)"
)
_CLAUSE = re.compile(r"[，,：:（(]|(?<=\D)[.．](?=\D)")


@dataclass(frozen=True)
class Place:
    """Where a sum stands.

    `before` are the words of its sentence before it, closed brackets left out, `fresh` those of
    them behind the sum told last; `after` the next words, `rest` those to the end of the
    sentence. `text` is the whole section, `low` the start of the sentence in it. `listed`: a sum
    stands before it up to the last full stop. `previous` is
    the role of the sum told last, `again` that of an earlier mention of the same sum.
    """

    before: str
    fresh: str
    after: str
    rest: str
    text: str
    low: int
    listed: bool
    previous: Role | None
    again: Role | None

    @property
    def sentence(self) -> str:
        """The sentence around the sum."""
        return self.before + self.rest

    @cached_property
    def clauses(self) -> list[str]:
        """The clauses before the sum, its own last."""
        return _CLAUSE.split(self.before)

    @property
    def own(self) -> str:
        """The words of the sum's own clause before it."""
        return self.clauses[-1]

    @property
    def told(self) -> bool:
        """Whether another sum of the sentence stands before it."""
        return len(self.fresh) < len(self.before)

    @property
    def once_more(self) -> Role:
        """The role of a sum that is only named again (用于还债的5万元): its own, if it has one."""
        return self.again or "other"


def plain(words: str) -> str:
    """The words without what stands in closed brackets."""
    return _NOTE.sub("", words)


def place_of(
    text: str, mention: MoneyMention, told: int, previous: Role | None, again: Role | None
) -> Place:
    """The place of `mention` in a section's text; `told` is where the sum before it ends."""
    low = max(text.rfind(mark, 0, mention.start) for mark in "。；\n") + 1
    start = max(low, mention.start - REACH)
    following = text[mention.end : mention.end + REACH]
    return Place(
        before=plain(text[start : mention.start]),
        fresh=plain(text[max(start, told) : mention.start]),
        after=_MORE.sub("", plain(following))[:_NEAR],
        rest=_SENTENCE_END.split(following, maxsplit=1)[0],
        text=text,
        low=low,
        listed=told > text.rfind("。", 0, mention.start) + 1,
        previous=previous,
        again=again,
    )
