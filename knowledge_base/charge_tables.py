"""Schemas of the charge tables and the pattern notation of selective charges."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from knowledge_base.loader import Row, rows


class ArticleRef(BaseModel):
    """An article, narrowed to some of its paragraphs where `paragraphs` is not empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    law: str = "中华人民共和国刑法"
    article: int
    sub: int | None = None
    paragraphs: tuple[int, ...] = ()


class ChargeRow(Row):
    """A charge; `selective` are the patterns of which it may be used in part."""

    name: str
    chapter: int
    articles: tuple[ArticleRef, ...]
    selective: tuple[str, ...] = ()


class AliasRow(Row):
    """A former name (until `effective_to`) or a short name of a charge."""

    alias: str
    name: str
    kind: Literal["former", "short"]


class SideArticlesRow(Row):
    """Further articles of the Special Part that a charge, or all charges between two
    articles, may rest on."""

    charge: str | None = None
    from_article: int | None = None
    to_article: int | None = None
    articles: tuple[ArticleRef, ...]


_SLOT = re.compile(r"\[([^\]]+)\]")


def expression(pattern: str) -> re.Pattern[str]:
    """A pattern such as [走私、贩卖]毒品罪 as an expression for any part of it.

    >>> bool(expression("[走私、贩卖]毒品罪").fullmatch("贩卖毒品罪"))
    True
    """
    built, position = "", 0
    for slot in _SLOT.finditer(pattern):
        # Longer alternatives first: 犯罪所得收益 before 犯罪所得.
        choices = sorted(slot[1].split("、"), key=len, reverse=True)
        any_of = "(?:" + "|".join(map(re.escape, choices)) + ")"
        built += re.escape(pattern[position : slot.start()]) + f"{any_of}(?:、{any_of})*"
        position = slot.end()
    return re.compile(built + re.escape(pattern[position:]))


@cache
def charges() -> dict[str, ChargeRow]:
    """All charges by name."""
    return {row.name: row for row in rows("charges", ChargeRow)}


@cache
def aliases() -> tuple[AliasRow, ...]:
    return rows("charge_aliases", AliasRow)


@cache
def side_articles() -> tuple[SideArticlesRow, ...]:
    return rows("charge_side_articles", SideArticlesRow)


@cache
def selective_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """(expression, charge name) of every selective charge."""
    return tuple(
        (expression(pattern), row.name) for row in charges().values() for pattern in row.selective
    )


@cache
def alias_patterns() -> tuple[tuple[re.Pattern[str], AliasRow], ...]:
    return tuple((expression(row.alias), row) for row in aliases())
