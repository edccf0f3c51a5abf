"""Finds the slips of legal writing that the table wording.yaml knows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

import yaml


class Slip(NamedTuple):
    """`text[start:end]` should read `right`."""

    start: int
    end: int
    right: str


class _Pair(NamedTuple):
    wrong: str
    right: str
    not_before: str
    not_after: str


class _Lexicon(NamedTuple):
    pairs: tuple[_Pair, ...]
    phrases: tuple[str, ...]
    variants: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    path = resources.files("knowledge_base") / "tables" / "wording.yaml"
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    return _Lexicon(
        tuple(
            _Pair(
                row["wrong"], row["right"], row.get("not_before", ""), row.get("not_after", "")
            )
            for row in table["pairs"]
        ),
        tuple(table["phrases"]),
        frozenset(table["variants"]),
    )


def _occurrences(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def confusions(text: str) -> Iterator[Slip]:
    """Words of the confusion list."""
    for pair in _lexicon().pairs:
        for at in _occurrences(text, pair.wrong):
            end = at + len(pair.wrong)
            before, after = text[max(at - 1, 0) : at], text[end : end + 1]
            if not (before and before in pair.not_after) and not (
                after and after in pair.not_before
            ):
                yield Slip(at, end, pair.right)


def _one_off(text: str, phrase: str) -> Iterator[int]:
    """Offsets where `text` differs from `phrase` in exactly one character.

    One of the phrase's two halves must stand there unchanged, which makes the search quick.
    """
    half = len(phrase) // 2
    starts = {at for at in _occurrences(text, phrase[:half])}
    starts |= {at - half for at in _occurrences(text, phrase[half:])}
    for start in starts:
        window = text[max(start, 0) : start + len(phrase)]
        if len(window) == len(phrase) and sum(
            a != b for a, b in zip(window, phrase, strict=True)
        ) == 1:
            yield start


def near_phrases(text: str) -> Iterator[Slip]:
    """Fixed expressions with one character wrong."""
    lexicon = _lexicon()
    for phrase in lexicon.phrases:
        for start in _one_off(text, phrase):
            window = text[start : start + len(phrase)]
            wrong = next(a for a, b in zip(window, phrase, strict=True) if a != b)
            if window not in lexicon.variants and "\u4e00" <= wrong <= "\u9fff":
                yield Slip(start, start + len(phrase), phrase)
