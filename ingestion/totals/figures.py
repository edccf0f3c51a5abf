"""The sums told in the facts, each with the sentence it stands in and its part."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from ingestion.numerals import find_money
from ingestion.totals.roles import Part, part
from ingestion.totals.zones import Sentence, own_account, sentences

# How far the words around a figure are read; a sentence can be a page long.
_REACH = 300


@dataclass(frozen=True)
class Figure:
    """A sum told in the facts; `before` is its sentence up to it."""

    fen: int
    part: Part
    fuzzy: bool
    before: str
    sentence: Sentence
    start: int
    end: int


def figures(text: str) -> list[Figure]:
    """The sums that may belong to the crime, with the sentence of each.

    Those of the court's own account where it names any, else those of the whole text.
    """
    own = own_account(text)
    if own:
        told = _figures(text, own)
        if any(f.part in ("cash", "goods", "total") for f in told):
            return told
    return _figures(text, 0)


def _figures(text: str, low: int) -> list[Figure]:
    parts = sentences(text, low)
    starts = [s.start for s in parts]
    found: list[Figure] = []
    for mention in find_money(text):
        at = bisect_right(starts, mention.start) - 1
        if at < 0 or mention.start >= parts[at].end or parts[at].kind == "aside":
            continue
        home = parts[at]
        before = text[max(home.start, mention.start - _REACH) : mention.start]
        words = text[mention.start : mention.end]
        role = part(
            before,
            mention,
            words,
            text[mention.end : min(home.end, mention.end + _REACH)],
            not found,
        )
        if role != "no" and mention.fen:
            found.append(
                Figure(mention.fen, role, mention.fuzzy, before, home, mention.start, mention.end)
            )
    return found
