"""The ranges of punishment (法定刑幅度) as the text of an article itself gives them.

For charges whose tiers nobody has entered by hand: each 处…有期徒刑 with the words before it
as its condition, in the order of the text; references (依照前款, 依照第一款, 依照本法第…条)
are followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from knowledge_base import charges, laws, penalties
from knowledge_base.law_versions import CRIMINAL_LAW
from knowledge_base.numerals import NUMERAL, to_int

_YEAR = 12
_TERM = (
    rf"(?:{NUMERAL}年以上{NUMERAL}年以下有期徒刑|{NUMERAL}年以[上下]有期徒刑|{NUMERAL}年有期徒刑"
    r"|无期徒刑|死刑|拘役|管制)"
)
_PENALTY = re.compile(rf"处(?:以)?({_TERM}(?:(?:、|或者|，或者|，)*{_TERM})*)")
_RANGE = re.compile(rf"({NUMERAL})年以上({NUMERAL})年以下有期徒刑")
_UP_TO = re.compile(rf"({NUMERAL})年以下有期徒刑")
_FROM = re.compile(rf"({NUMERAL})年以上有期徒刑")
_EXACT = re.compile(rf"({NUMERAL})年有期徒刑")
_BOUNDARY = re.compile(r"[；。\n]")
_PARAGRAPH_REFERENCE = re.compile(rf"依照(?:前(两|三)?款|第({NUMERAL})款)的?规定")
_ARTICLE_REFERENCE = re.compile(rf"依照本法第({NUMERAL})条(?:之({NUMERAL}))?(?:第({NUMERAL})款)?")
_UNITS_ONLY = re.compile(r"^单位犯")
_DEPTH = 3


@dataclass(frozen=True)
class LawTier:
    """One range in months of imprisonment; both bounds equal where only life or death is left.

    `fine_alone`: a fine without imprisonment is open.
    """

    condition: str
    low: int
    high: int
    detention: bool = False
    control: bool = False
    life: bool = False
    death: bool = False
    fine_alone: bool = False


def longest_term() -> int:
    """Longest fixed term for one crime, in months."""
    return penalties.limit("imprisonment_max")


def _bounds(words: str) -> tuple[int, int] | None:
    shortest, longest = penalties.limit("imprisonment_min"), longest_term()
    between = _RANGE.search(words)
    if between:
        return to_int(between[1]) * _YEAR, to_int(between[2]) * _YEAR
    upper = _UP_TO.search(words)
    if upper:
        return shortest, to_int(upper[1]) * _YEAR
    lower = _FROM.search(words)
    if lower:
        return to_int(lower[1]) * _YEAR, longest
    exact = _EXACT.search(words)
    if exact:
        return to_int(exact[1]) * _YEAR, longest
    if "无期徒刑" in words or "死刑" in words:
        return longest, longest
    if "拘役" not in words:
        return None
    return penalties.limit("detention_min"), penalties.limit("detention_max")


def tiers_of_text(text: str) -> tuple[LawTier, ...]:
    """Every range that `text` states, in its order; doublets (单位犯前款罪) once.

    >>> text = "处三年以下有期徒刑；情节严重的，处三年以上七年以下有期徒刑。"
    >>> [(t.low, t.high) for t in tiers_of_text(text)]
    [(6, 36), (36, 84)]
    """
    found: list[LawTier] = []
    for line in text.split("\n"):
        if not _UNITS_ONLY.match(line):
            found += [t for t in _stated(line) if all(_key(t) != _key(o) for o in found)]
    return tuple(found)


def _key(tier: LawTier) -> tuple[int, int]:
    return tier.low, tier.high


def _stated(line: str) -> Iterator[LawTier]:
    for match in _PENALTY.finditer(line):
        bounds = _bounds(match[1])
        if bounds is None:
            continue
        starts = [b.end() for b in _BOUNDARY.finditer(line, 0, match.start())]
        start = starts[-1] if starts else 0
        rest = _BOUNDARY.split(line[match.end() :], maxsplit=1)[0]
        yield LawTier(
            line[start : match.start()].strip("，"),
            *bounds,
            detention="拘役" in match[1],
            control="管制" in match[1],
            life="无期徒刑" in match[1],
            death="死刑" in match[1],
            fine_alone="单处" in rest or "或者罚金" in rest or "罚金" in rest[:5],
        )


@cache
def of_article(
    number: int,
    sub: int | None = None,
    wanted: tuple[int, ...] = (),
    on: date | None = None,
    depth: int = _DEPTH,
) -> tuple[LawTier, ...]:
    """The ranges of an article of the Criminal Law, of some of its paragraphs where `wanted`."""
    article = laws.article(CRIMINAL_LAW, number, sub, on) or laws.article(CRIMINAL_LAW, number, sub)
    if article is None or depth == 0:
        return ()
    texts = [p.whole for p in article.paragraphs]
    chosen = [n for n in (wanted or range(1, len(texts) + 1)) if n <= len(texts)]
    found: list[LawTier] = []
    for position in chosen:
        own = tiers_of_text(texts[position - 1])
        new = own or tuple(_referred(texts, position, on, depth))
        found += [t for t in new if all(_key(t) != _key(o) for o in found)]
    return tuple(found)


def _referred(texts: list[str], position: int, on: date | None, depth: int) -> Iterator[LawTier]:
    text = texts[position - 1]
    elsewhere = _ARTICLE_REFERENCE.search(text)
    if elsewhere:
        paragraph = (to_int(elsewhere[3]),) if elsewhere[3] else ()
        sub = to_int(elsewhere[2]) if elsewhere[2] else None
        yield from of_article(to_int(elsewhere[1]), sub, paragraph, on, depth - 1)
    here = _PARAGRAPH_REFERENCE.search(text)
    if here:
        first = to_int(here[2]) if here[2] else 1 if here[1] else position - 1
        if 0 < first < position:
            yield from tiers_of_text(texts[first - 1]) or _referred(texts, first, on, depth)


@cache
def of_charge(name: str, on: date | None = None) -> tuple[LawTier, ...]:
    """The ranges of a charge, the basic one first as the text has it; () where unknown."""
    found: list[LawTier] = []
    for ref in charges.articles(name):
        new = of_article(ref.article, ref.sub, ref.paragraphs, on)
        found += [t for t in new if all(_key(t) != _key(o) for o in found)]
    return tuple(found)
