"""Was the recommendation adopted: main penalty, accessory penalty, manner of execution.

Each part is adopted, not adopted or not mentioned. A fixed recommendation must be met
exactly, a range must contain the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingestion.model import Recommendation, Sentence, Term

Part = Literal["adopted", "not_adopted", "not_mentioned"]
Overall = Literal["adopted", "partly", "not_adopted", "not_mentioned"]


@dataclass(frozen=True)
class Comparison:
    """The three parts, and the whole: all adopted, main adopted but not all, main not."""

    main: Part
    accessory: Part
    execution: Part
    overall: Overall


def recommendation_vs_verdict(recommendation: Recommendation, sentence: Sentence) -> Comparison:
    """Hold one recommendation against the sentence it was for."""
    parts = (
        _main(recommendation, sentence),
        _accessory(recommendation, sentence),
        _execution(recommendation, sentence),
    )
    return Comparison(*parts, _overall(*parts))


def _overall(main: Part, accessory: Part, execution: Part) -> Overall:
    said = [p for p in (main, accessory, execution) if p != "not_mentioned"]
    if not said:
        return "not_mentioned"
    if main == "not_adopted":
        return "not_adopted"
    return "partly" if "not_adopted" in said else "adopted"


def _adopted(value: bool) -> Part:
    return "adopted" if value else "not_adopted"


_SEVERITY = ("control", "detention", "imprisonment", "life", "death")


def _main(recommendation: Recommendation, sentence: Sentence) -> Part:
    if recommendation.main is None:
        return "not_mentioned"
    kinds = (recommendation.main, recommendation.high_main or recommendation.main)
    if sentence.main is None:
        return "not_adopted"
    low, high = (_SEVERITY.index(k) for k in kinds)
    kind = _SEVERITY.index(sentence.main)
    if not low <= kind <= high:
        return "not_adopted"
    if sentence.main in ("life", "death"):
        return "adopted"
    above = kind > low or _not_less(sentence.term, recommendation.low)
    below = kind < high or recommendation.high is None or sentence.term <= recommendation.high
    return _adopted(above and below)


def _not_less(term: Term, least: Term | None) -> bool:
    return least is None or least <= term


def _accessory(recommendation: Recommendation, sentence: Sentence) -> Part:
    if not recommendation.fine:
        return "not_mentioned"
    fine = sentence.fine_fen
    if fine is None:
        return "not_adopted"
    low, high = recommendation.fine_low_fen, recommendation.fine_high_fen
    return _adopted((low is None or low <= fine) and (high is None or fine <= high))


def _execution(recommendation: Recommendation, sentence: Sentence) -> Part:
    if recommendation.probation is None:
        return "not_mentioned"
    if recommendation.probation != (sentence.probation is not None):
        return "not_adopted"
    if sentence.probation is None:
        return "adopted"
    low, high = recommendation.probation_low, recommendation.probation_high
    return _adopted(
        _not_less(sentence.probation, low) and (high is None or sentence.probation <= high)
    )
