"""Sentences that the General Part does not allow, whatever the crime."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.sentencing.dates import months_text, term_text
from ingestion.model import Sentence, Term
from knowledge_base import penalties

Kind = Literal["term", "probation", "combined"]


@dataclass(frozen=True)
class Excess:
    """One breach: what was pronounced, the lawful range in months, the provision (Chinese)."""

    kind: Kind
    message: str
    basis: str
    low: int
    high: int


def _key(term: Term) -> tuple[int, int]:
    return term.months, term.days


def _outside(term: Term, low: int, high: int) -> bool:
    return _key(term) < (low, 0) or _key(term) > (high, 0)


_SINGLE = {
    "imprisonment": ("有期徒刑", "imprisonment_min", "imprisonment_max"),
    "detention": ("拘役", "detention_min", "detention_max"),
    "control": ("管制", "control_min", "control_max"),
}
_MIXED: tuple[tuple[str, str], ...] = (
    ("imprisonment", "imprisonment_combined_max"),
    ("detention", "detention_combined_max"),
    ("control", "control_combined_max"),
)


def illegal_terms(sentence: Sentence, on: date | None = None) -> list[Excess]:
    """Main penalty for one charge outside the limits of its kind."""
    if sentence.main not in _SINGLE:
        return []
    name, least, most = _SINGLE[sentence.main]
    low, high = penalties.limit(least, on), penalties.limit(most, on)
    if not _outside(sentence.term, low, high):
        return []
    basis = penalties.find(most, on)
    return [
        Excess(
            "term",
            f"{name}{term_text(sentence.term)}超出法定期限（{months_text(low)}以上"
            f"{months_text(high)}以下）",
            basis.label if basis else "",
            low,
            high,
        )
    ]


def probation_out_of_bounds(
    sentence: Sentence, recidivist: bool = False, on: date | None = None
) -> list[Excess]:
    """A suspended sentence that may not be suspended, or a wrong length of probation."""
    period = sentence.probation
    if period is None:
        return []
    found: list[Excess] = []
    limit = penalties.find("probation_imprisonment_limit", on)
    top = penalties.limit("probation_imprisonment_limit", on)
    basis = limit.label if limit else ""
    if recidivist:
        found.append(
            Excess("probation", "累犯不适用缓刑", penalties.cited("recidivist_probation"), 0, 0)
        )
    if sentence.main not in ("imprisonment", "detention"):
        found.append(Excess("probation", "只有拘役和有期徒刑可以宣告缓刑", basis, 0, top))
        return found
    if sentence.main == "imprisonment" and _key(sentence.term) > (top, 0):
        message = f"有期徒刑{term_text(sentence.term)}超过{months_text(top)}，不得宣告缓刑"
        found.append(Excess("probation", message, basis, 0, top))
    kind = sentence.main
    least = penalties.limit(f"probation_{kind}_min", on)
    most = penalties.limit(f"probation_{kind}_max", on)
    own = _key(sentence.term)
    if _outside(period, least, most) or _key(period) < own:
        shown = max(least, sentence.term.months)
        row = penalties.find(f"probation_{kind}_max", on)
        found.append(
            Excess(
                "probation",
                f"缓刑考验期{term_text(period)}不在原判刑期以上、{months_text(least)}以上"
                f"{months_text(most)}以下的范围内",
                row.label if row else "",
                shown,
                most,
            )
        )
    return found


def combined_out_of_bounds(
    sentences: Sequence[Sentence], combined: Sentence, on: date | None = None
) -> list[Excess]:
    """The sentence for several charges: at least the longest, at most the sum and the cap.

    Fixed terms of one kind only; life or death absorbs the rest. Detention beside
    imprisonment is served by it (since 2015).
    """
    rule = penalties.cited("combination")
    if any(s.main in ("life", "death") for s in sentences):
        heaviest = "death" if any(s.main == "death" for s in sentences) else "life"
        if combined.main == heaviest:
            return []
        return [
            Excess(
                "combined",
                "数罪中有死刑或者无期徒刑的，应当执行该刑罚",
                rule,
                0,
                0,
            )
        ]
    for kind, cap_key in _MIXED:
        terms = [s.term for s in sentences if s.main == kind]
        if not terms:
            continue
        if combined.main != kind:
            name = _SINGLE[kind][0]
            return [
                Excess(
                    "combined",
                    f"数罪中有{name}，决定执行的刑罚应为{name}",
                    rule,
                    0,
                    0,
                )
            ]
        return _combined_term(terms, combined.term, kind, cap_key, on)
    return []


def _combined_term(
    terms: Sequence[Term], decided: Term, kind: str, cap_key: str, on: date | None
) -> list[Excess]:
    longest = max(terms, key=_key)
    months, days = sum(t.months for t in terms), sum(t.days for t in terms)
    cap = penalties.limit(cap_key, on)
    boundary = penalties.find("imprisonment_combined_total", on)
    if kind == "imprisonment" and boundary is not None and months >= boundary.value:
        cap = penalties.limit("imprisonment_combined_max_long", on)
    row = penalties.find(cap_key, on)
    basis = row.label if row else ""
    name = _SINGLE[kind][0]
    low, high = longest.months, min(months, cap)
    if _key(decided) < _key(longest):
        message = f"决定执行{name}{term_text(decided)}，低于数刑中最高刑期{term_text(longest)}"
        return [Excess("combined", message, basis, low, high)]
    if _key(decided) > (months, days):
        total = term_text(Term(months=months, days=days))
        message = f"决定执行{name}{term_text(decided)}，高于总和刑期{total}"
        return [Excess("combined", message, basis, low, high)]
    if _key(decided) > (cap, 0):
        message = f"决定执行{name}{term_text(decided)}，超过数罪并罚上限{months_text(cap)}"
        return [Excess("combined", message, basis, low, high)]
    return []
