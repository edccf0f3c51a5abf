"""The fields of the case card, what they are called, and what they demand of each other."""

from __future__ import annotations

from functools import cache
from typing import Literal

from knowledge_base.loader import Row, rows


class CardField(Row):
    """One field: its JSON key and its Chinese names, the first the standard one.

    `needed`: "always", the key of a field beside which it must be filled, or None.
    """

    key: str
    names: tuple[str, ...]
    level: Literal["case", "person"]
    kind: Literal["text", "date", "flag", "list"]
    needed: str | None = None

    @property
    def name(self) -> str:
        return self.names[0]


class CardDocument(Row):
    """What must have been drawn up where the field `key` is filled: any of `words`."""

    key: str
    words: tuple[str, ...]


class CardDecider(Row):
    """Who may decide an outcome, and by which articles of the Rules."""

    outcome: str
    deciders: tuple[str, ...]
    articles: tuple[str, ...]


@cache
def fields() -> dict[str, CardField]:
    """Every field by its key, in the order of the table."""
    return {row.key: row for row in rows("card_fields", CardField)}


@cache
def by_name() -> dict[str, CardField]:
    """Every field by its key and by each of its Chinese names."""
    return {name: row for row in fields().values() for name in (row.key, *row.names)}


@cache
def documents() -> tuple[CardDocument, ...]:
    return rows("card_documents", CardDocument)


@cache
def deciders() -> tuple[CardDecider, ...]:
    return rows("card_deciders", CardDecider)
