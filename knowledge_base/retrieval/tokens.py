"""Chinese words of a case text, and BM25 as sparse vectors that any index can hold.

The weight of a word in a passage needs no other passage (the length is held against a fixed
one); how rare the word is stands in the query's weights alone. So passages never change when
a bank grows, and the product of the two vectors is the BM25 score.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Any

from knowledge_base import charges, circumstances, crimes

_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
_SATURATION, _LENGTH_SHARE = 1.2, 0.75
_LENGTH = 100  # words of a usual passage of 400 characters
_REPEATED = 8.0  # how fast a word that the query repeats stops counting more
MOST_TERMS = 128
"""Words of a query that are searched for: an index slows down with every further one."""


def legal_words() -> frozenset[str]:
    """Names of charges, circumstances and drugs that are to stay one word."""
    named = {name.removesuffix("罪") for name in charges.names()}
    named |= {rule.name for rule in circumstances.all().values()}
    named |= {name for drug in crimes.drugs() for name in drug.names}
    return frozenset(name for name in named if len(name) <= 8 and _WORD.fullmatch(name))


@cache
def _cutter() -> Any:
    from rjieba import Jieba

    cutter = Jieba()
    for word in sorted(legal_words()):
        cutter.add_word(word, None, None)
    return cutter


def terms(text: str) -> list[str]:
    """Words of two Chinese characters or more, in the order of the text.

    >>> terms("被告人醉酒驾驶小型轿车")
    ['被告人', '醉酒', '驾驶', '小型', '轿车']
    """
    return [word for word in _cutter().cut(text) if _WORD.fullmatch(word)]


@lru_cache(maxsize=1 << 18)
def term_id(term: str) -> int:
    """A stable number below 2³¹ for a word; two words of one bank seldom share one."""
    return int.from_bytes(blake2b(term.encode(), digest_size=4).digest()) >> 1


def passage_weights(text: str) -> dict[int, float]:
    """BM25's share of a passage: how often it has each word, by its length."""
    words = terms(text)
    norm = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * len(words) / _LENGTH)
    counted = Counter(map(term_id, words))
    return {t: n * (_SATURATION + 1) / (n + norm) for t, n in counted.items()}


def rarity(passages: int, having: int) -> float:
    """BM25's inverse document frequency of a word that `having` of `passages` have."""
    return math.log1p((passages - having + 0.5) / (having + 0.5))


def query_weights(
    text: str,
    passages: int,
    having: Mapping[int, int],
    telling: Callable[[int], float] | None = None,
) -> dict[int, float]:
    """BM25's share of a query, for its heaviest `MOST_TERMS` words.

    `having` counts the passages by term; a word that it lacks occurs in none and is left out.
    `telling` says by how much more than by its rarity a word is to count.
    """
    counted = Counter(map(term_id, terms(text)))
    weighted = {
        t: rarity(passages, having[t])
        * (telling(t) if telling else 1.0)
        * n
        * (_REPEATED + 1)
        / (n + _REPEATED)
        for t, n in counted.items()
        if having.get(t)
    }
    heaviest = sorted(weighted, key=lambda t: (-weighted[t], t))[:MOST_TERMS]
    return {t: weighted[t] for t in heaviest}
