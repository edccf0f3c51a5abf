"""Charges: is this a charge's name, which articles belong to it, are two the same.

Selective charges (选择性罪名) may be used in part: 贩卖毒品罪 is the family
走私、贩卖、运输、制造毒品罪, and not another charge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from knowledge_base import charge_tables
from knowledge_base.charge_tables import ArticleRef

__all__ = [
    "ArticleRef",
    "ChargeMatch",
    "articles",
    "chapter",
    "fits",
    "match",
    "names",
    "other_part",
    "same_charge",
    "split",
]

_NOISE = re.compile(r"[\s\[\]“”\"'《》]|（(?:未遂|预备|中止|既遂)）|\((?:未遂|预备|中止|既遂)\)")
_SEPARATOR = re.compile(r"[，,､;；]")
_LEAD = re.compile(r"^(?:均|分别)?(?:已)?(?:构成|涉嫌|触犯|犯有|犯(?!罪))?")
_LIST = re.compile(r"[、，,；;]|(?<=罪)(?:和|及|与|以及)|(?<!罪)和(?=[^，。]{0,60}罪)")
# Longer lists are no lists of charges; the longest charge has 7 listed parts, 28 characters.
_MOST_PIECES = 64
_LONGEST = 80


@dataclass(frozen=True)
class ChargeMatch:
    """How a written name was recognised; `name` is the canonical charge.

    `until`: the last day on which a former name was the right one.
    """

    name: str
    kind: Literal["exact", "selective", "former", "short"]
    written: str
    until: date | None = None


def _normal(name: str) -> str:
    text = _SEPARATOR.sub("、", _NOISE.sub("", name)).strip("、。")
    text = text.replace("帐簿", "账簿").replace("(", "（").replace(")", "）")
    text = text.replace("国边境", "国（边）境").replace("国境罪", "国（边）境罪")
    return text if text.endswith("罪") else text + "罪"


def match(name: str, on: date | None = None) -> ChargeMatch | None:
    """Recognise a charge's name; None where it is none.

    With `on`, a former name is kind "former" only after it had been replaced; while it was
    in use it counts as "exact". Without `on`, always "former".
    """
    return _match(_normal(name), on)


def known(names: Iterable[str]) -> set[str]:
    """The charges that these names mean, as the table writes them; what is none is left out."""
    return {found.name for name in names if (found := match(name)) is not None}


@lru_cache(maxsize=8192)
def _match(written: str, on: date | None) -> ChargeMatch | None:
    if written in charge_tables.charges():
        return ChargeMatch(written, "exact", written)
    for pattern, charge in charge_tables.selective_patterns():
        if pattern.fullmatch(written):
            return ChargeMatch(charge, "selective", written)
    for pattern, row in charge_tables.alias_patterns():
        if pattern.fullmatch(written) or written == _normal(row.alias):
            in_use = on is not None and row.effective_to is not None and on <= row.effective_to
            kind = "exact" if in_use else row.kind
            return ChargeMatch(row.name, kind, written, row.effective_to)
    return None


def names() -> frozenset[str]:
    """All charge names in force today."""
    return frozenset(charge_tables.charges())


def chapter(name: str) -> int | None:
    """Chapter of the Special Part (1…10) the charge stands in."""
    found = match(name)
    return charge_tables.charges()[found.name].chapter if found else None


def articles(name: str) -> list[ArticleRef]:
    """The charge's own articles; empty where the name is unknown."""
    found = match(name)
    return list(charge_tables.charges()[found.name].articles) if found else []


@cache
def _allowed(name: str) -> frozenset[tuple[int, int | None]]:
    own = charge_tables.charges()[name].articles
    allowed = {(a.article, a.sub) for a in own}
    for row in charge_tables.side_articles():
        spans = row.from_article is not None and any(
            row.from_article <= a.article <= (row.to_article or 0) for a in own
        )
        if row.charge == name or spans:
            allowed |= {(a.article, a.sub) for a in row.articles}
    return frozenset(allowed)


def fits(name: str, article: int, sub: int | None = None) -> bool:
    """Whether an article of the Special Part can be cited for that charge."""
    found = match(name)
    return found is not None and (article, sub) in _allowed(found.name)


def owners_of_paragraph(article: int, sub: int | None, paragraph: int) -> list[str]:
    """Charges whose own paragraph this is; empty where no charge is bound to a paragraph of it."""
    return [
        name
        for name, row in charge_tables.charges().items()
        if any(
            (a.article, a.sub) == (article, sub) and paragraph in (a.paragraphs or ())
            for a in row.articles
        )
    ]


def bound_to_paragraph(name: str, article: int, sub: int | None) -> tuple[int, ...]:
    """The paragraphs of the article to which the charge is bound; empty where it is to none."""
    found = match(name)
    own = charge_tables.charges()[found.name].articles if found else []
    return tuple(
        p for a in own if (a.article, a.sub) == (article, sub) for p in (a.paragraphs or ())
    )


def same_charge(a: str, b: str) -> bool:
    """Whether two names mean one charge, counting parts, former and short names as same."""
    first, second = match(a), match(b)
    if first is None or second is None:
        return _normal(a) == _normal(b)
    return first.name == second.name


def other_part(a: str, b: str) -> bool:
    """Whether two names take parts of one selective charge that have nothing in common.

    >>> other_part("贩卖毒品罪", "运输毒品罪")
    True
    >>> other_part("贩卖毒品罪", "贩卖、运输毒品罪")
    False
    """
    mine, theirs = _parts(a, b)
    return bool(mine) and bool(theirs) and not mine & theirs


def unlike_parts(a: str, b: str) -> bool:
    """Whether one of two names of a selective charge takes a part more than the other.

    >>> unlike_parts("贩卖毒品罪", "贩卖、运输毒品罪")
    True
    >>> unlike_parts("贩卖毒品罪", "贩卖毒品罪")
    False
    """
    mine, theirs = _parts(a, b)
    return bool(mine & theirs) and mine != theirs


def _parts(a: str, b: str) -> tuple[set[str], set[str]]:
    """The acts that each of two parts of one selective charge names; none of the whole charge."""
    first, second = match(a), match(b)
    if first is None or second is None or first.name != second.name or "、" not in first.name:
        return set(), set()
    if "exact" in (first.kind, second.kind):
        return set(), set()
    acts = [part for part in first.name.split("、")[:-1] if part]
    acts.append(first.name.split("、")[-1][: len(acts[-1])])
    return {act for act in acts if act in a}, {act for act in acts if act in b}


def split(text: str) -> list[str]:
    """Cut a list of charges into single ones, as written.

    >>> split("犯盗窃、抢劫罪")
    ['盗窃罪', '抢劫罪']
    >>> split("走私、贩卖毒品罪")
    ['走私、贩卖毒品罪']

    What cannot be recognised stays in one piece, up to its 罪. Of a list longer than any
    list of charges only the first parts are read.
    """
    pieces = [_LEAD.sub("", p) for p in _LIST.split(text.strip().rstrip("。；"))]
    pieces = [p for p in pieces if p and p != "罪"][:_MOST_PIECES]
    # Fewest unknown pieces first, then fewest names: a selective charge is not cut up.
    # Each entry: unknown pieces, names, where the last name begins, that name.
    best: list[tuple[int, int, int, str] | None] = [(0, 0, 0, "")] + [None] * len(pieces)
    for end in range(1, len(pieces) + 1):
        complete = end == len(pieces) or pieces[end - 1].endswith("罪")
        for start in range(end):
            before = best[start]
            if before is None:
                continue
            joined = "、".join(pieces[start:end])
            known = len(joined) <= _LONGEST and match(joined) is not None
            if not (known or complete):
                continue
            option = (before[0] + (0 if known else end - start), before[1] + 1)
            current = best[end]
            if current is None or option < current[:2]:
                best[end] = (*option, start, _normal(joined))
    names: list[str] = []
    at = len(pieces)
    while at and (entry := best[at]):
        names.append(entry[3])
        at = entry[2]
    return list(dict.fromkeys(reversed(names)))
