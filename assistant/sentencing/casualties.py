"""How many dead and seriously injured a story tells of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge_base.crimes import Casualties
from knowledge_base.numerals import NUMERAL, to_int

_NUMBER = rf"({NUMERAL}|\d{{1,2}})"
_DEAD = re.compile(
    rf"{_NUMBER}(?:人|名)[^，。；]{{0,6}}(?:死亡|身亡|遇难)|(?:死亡|身亡|遇难){_NUMBER}(?:人|名)"
    rf"|{_NUMBER}死(?:[，。、；]|{NUMERAL}|\d)"
)
_SERIOUS = re.compile(
    rf"{_NUMBER}(?:人|名)[^，。；]{{0,4}}重伤|重伤{_NUMBER}(?:人|名)|{_NUMBER}(?:人)?重伤"
)


@dataclass(frozen=True)
class Toll:
    """Numbers as the text gives them; `at` and `words` are where the decisive one stands."""

    deaths: int
    serious: int
    at: int
    words: str


def count(text: str) -> Toll:
    """The highest number of dead and of seriously injured that the text states."""
    deaths, dead = _highest(_DEAD, text)
    serious, hurt = _highest(_SERIOUS, text)
    match = dead or hurt
    return Toll(deaths, serious, match.start() if match else 0, match[0] if match else "")


def reaches(toll: Toll, wanted: Casualties, text: str) -> bool:
    """Whether the toll is that of the rule, and the blame too."""
    enough = (wanted.deaths and toll.deaths >= wanted.deaths) or (
        wanted.serious and toll.serious >= wanted.serious
    )
    return bool(enough) and (not wanted.blame or any(b in text for b in wanted.blame))


def _highest(pattern: re.Pattern[str], text: str) -> tuple[int, re.Match[str] | None]:
    best: tuple[int, re.Match[str] | None] = (0, None)
    for match in pattern.finditer(text):
        written = next(group for group in match.groups() if group)
        number = to_int(written)
        if number > best[0]:
            best = (number, match)
    return best
