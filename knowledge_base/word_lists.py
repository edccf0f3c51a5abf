"""Words that a prosecutor's document should not use, with what to write instead."""

from __future__ import annotations

from functools import cache
from typing import Literal

from knowledge_base.loader import Row, rows


class StyleWord(Row):
    """`right` is what to write instead; empty where the word is simply left out.

    `not_after` and `not_before` name words beside which it is in its place.
    """

    kind: Literal["disparaging", "colloquial", "legal", "nickname"]
    word: str
    right: str = ""
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()


@cache
def style_words(kind: str) -> tuple[StyleWord, ...]:
    """The words of one kind, in the order of the table."""
    return tuple(row for row in rows("style_words", StyleWord) if row.kind == kind)


class Nationality(Row):
    """A country as documents write it before 籍 or after 国籍."""

    name: str


@cache
def nationalities() -> tuple[str, ...]:
    return tuple(row.name for row in rows("nationalities", Nationality))


class Province(Row):
    """A province as addresses write it, with 省."""

    name: str


@cache
def provinces() -> frozenset[str]:
    return frozenset(row.name for row in rows("provinces", Province))


class StageWord(Row):
    """Words of another stage of the procedure: where `wrong` (a regular expression) stands in these
    sections of this kind of document, `right` belongs."""

    document: Literal["indictment", "judgment"]
    sections: tuple[str, ...]
    wrong: str
    right: str


@cache
def stage_words() -> tuple[StageWord, ...]:
    return rows("stage_words", StageWord)


class ChargeGroup(Row):
    """Charges that ask for something special: `privacy` of the victim, times in `office`."""

    kind: Literal["privacy", "office"]
    charges: tuple[str, ...]


@cache
def charge_group(kind: str) -> frozenset[str]:
    return frozenset(
        c for row in rows("charge_groups", ChargeGroup) if row.kind == kind for c in row.charges
    )
