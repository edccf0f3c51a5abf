"""Lengths of time as sentences state them: 一年六个月, 三至四个月, 六个月以上一年以下."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingestion.model import Term
from ingestion.numerals.numbers import CN, NUMBER, D, chinese_number

# A year of a calendar date (6年5月3日) is no term.
_YEARS = (
    rf"(?:(?<![{D}])[{D}]{{1,2}}|(?<![{CN}])[{CN}]{{1,3}})"
    rf"年(?!度|龄|底|初|[{D}{CN}]{{1,3}}月[{D}{CN}]{{1,3}}[日号])"
)
_MONTHS = rf"(?:[{D}]{{1,3}}|[{CN}]{{1,3}})个月"
_DAYS = rf"(?:[{D}]{{1,3}}|[{CN}]{{1,4}})(?:日|天)"
_TERM = (
    rf"(?:{_YEARS}(?:半|[零又]?{_MONTHS}(?:[零又]?{_DAYS})?|[零又]{_DAYS})?"
    rf"|{_MONTHS}(?:半)?(?:[零又]?{_DAYS})?|(?<![月年{D}{CN}])(?<!同月)(?<!当月){_DAYS})"
)
_TO = r"\s*(?:至|到|—+|－|-|~|～|–|以上[，,、]?\s*(?:至)?)\s*"
_TERMS = re.compile(
    rf"(?P<short>(?<![{D}])[{D}]{{1,3}}+|[{CN}]{{1,3}}+)(?:至|到|—|－|-|~|～)(?P<shared>{_TERM})(?:以下)?(?:之间)?"
    rf"|(?P<low>{_TERM}){_TO}(?P<high>{_TERM})(?:以下|之间|以内)?"
    rf"|(?P<one>{_TERM})(?P<bound>以上|以下|以内)?"
)
_TERM_PARTS = re.compile(rf"({NUMBER})(年|个月|月|日|天)(半)?")


@dataclass(frozen=True)
class TermMention:
    """A term or range at `start:end`: fixed where low == high, None for an open bound."""

    start: int
    end: int
    low: Term | None
    high: Term | None


def read_term(text: str) -> Term:
    """The term in `text`: 一年六个月, 1年零6个月, 两年半, 八月, 十五日. ValueError for none."""
    months, days, seen = 0, 0, False
    for number, unit, half in _TERM_PARTS.findall(text):
        seen = True
        value = chinese_number(number)
        if unit == "年":
            months += value * 12 + (6 if half else 0)
        elif unit in ("月", "个月"):
            months, days = months + value, days + (15 if half else 0)
        else:
            days += value
    if not seen:
        raise ValueError(f"no term: {text}")
    return Term(months=months, days=days)


def _range(match: re.Match[str]) -> tuple[Term | None, Term | None]:
    if match["short"]:
        unit = _TERM_PARTS.search(match["shared"])
        assert unit is not None
        return read_term(match["short"] + unit[2]), read_term(match["shared"])
    if match["low"]:
        return read_term(match["low"]), read_term(match["high"])
    term = read_term(match["one"])
    if match["bound"] == "以上":
        return term, None
    return (None, term) if match["bound"] else (term, term)


def find_terms(text: str) -> list[TermMention]:
    """Every length of time as a sentence states it: 一年六个月, 三至四个月, 六个月以上一年以下.

    Calendar dates are no terms. 个月 must be written out (`read_term` is laxer).
    """
    found = []
    for match in _TERMS.finditer(text):
        try:
            low, high = _range(match)
        except ValueError:
            continue
        found.append(TermMention(match.start(), match.end(), low, high))
    return found
