"""The recommendation held against the opinion, and the verdict against the recommendation.

Shown beside the working out. What of it is a defect is said by the checks, not here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assistant.sentencing.dates import term_text
from assistant.sentencing.facts import issue_date
from assistant.sentencing.model import SentencingOpinion
from assistant.sentencing.recommend import Comparison, recommendation_vs_verdict
from assistant.sentencing.verdict import NAMES
from ingestion.model import CaseDocument, Recommendation, Sentence, Term
from knowledge_base import charges, penalties, plea_departures

_FIXED = ("imprisonment", "detention")
_DAYS = 30  # of a month, for fractions


@dataclass(frozen=True)
class Advice:
    """A recommendation of so many months beside the opinion; None where it cannot be said."""

    text: str
    low: float
    high: float
    lawful: bool | None
    in_guideline: bool | None
    within_discretion: bool | None

    @property
    def reason(self) -> str:
        if self.lawful is False:
            return "超出法律允许的刑期（刑种的期限，或者所选法定刑幅度及可以减轻的限度）"
        if self.in_guideline is None:
            return "该罪没有全国量刑起点，不与量刑指导意见比较"
        if self.in_guideline:
            return "在量刑指导意见的范围内"
        near = "未超出" if self.within_discretion else "且超出"
        return f"不在量刑指导意见推算的范围内，{near}审判组织可以调整的幅度"

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "months": [self.low, self.high],
            "lawful": self.lawful,
            "in_guideline": self.in_guideline,
            "within_discretion": self.within_discretion,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class Departure:
    """How the verdict relates to the recommendation.

    `months`: how far it lies below (negative) or above the recommended range, 0 inside;
    None where the penalties are of kinds that no months measure. `share`: that distance in
    percent of the nearer bound. `grounds`: those of the law that words of the judgment fit, or
    its charge.
    """

    adopted: Comparison
    months: float | None
    share: int | None
    grounds: tuple[str, ...]

    @property
    def text(self) -> str:
        if self.adopted.main == "adopted":
            return "判决的主刑与量刑建议一致"
        if self.months is None:
            told = "判决的刑种与量刑建议不同"
        elif not self.months:
            told = "判决的刑期在建议幅度内，刑种不同"
        else:
            side = "低" if self.months < 0 else "高"
            told = f"判决比量刑建议{side}{abs(self.months):g}个月（{self.share}%）"
        said = "、".join(self.grounds)
        return f"{told}；" + (
            f"判决书的用语或罪名与下列法定理由相合，请核对：{said}"
            if said
            else "未见判决书写明理由"
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "main": self.adopted.main,
            "accessory": self.adopted.accessory,
            "execution": self.adopted.execution,
            "months": self.months,
            "share": self.share,
            "grounds": list(self.grounds),
            "text": self.text,
        }


def _months(term: Term) -> float:
    return term.months + term.days / _DAYS


def text_of(item: Recommendation) -> str:
    """有期徒刑一年至一年六个月, with probation where it is recommended."""
    kind = NAMES[item.main] if item.main else ""
    last = NAMES[item.high_main] if item.high_main and item.high_main != item.main else ""
    low, high = (term_text(t) if t is not None else "" for t in (item.low, item.high))
    if low and high and (low != high or last):
        told = f"{kind}{low}至{last}{high}"
    else:
        told = f"{kind}{low}" if low else f"{kind}{high}以下"
    return told + ("，缓刑" if item.probation else "")


def beside(
    opinions: Iterable[SentencingOpinion],
    sources: Iterable[CaseDocument | None],
    judgment: CaseDocument | None,
) -> None:
    """Set `advice` and `departure` of each opinion.

    `sources`: documents that may tell the recommendation, the most authoritative first.
    """
    told = [doc for doc in sources if doc is not None]
    for opinion in opinions:
        item = next((r for doc in told if (r := _item(doc, opinion)) is not None), None)
        if item is None:
            continue
        opinion.advice = _advice(item, opinion)
        sentence = _sentence(judgment, opinion) if judgment is not None else None
        if judgment is not None and sentence is not None and not sentence.acquitted:
            opinion.departure = _departure(item, sentence, judgment, told, opinion)


def _item(doc: CaseDocument, opinion: SentencingOpinion) -> Recommendation | None:
    """The prosecution's recommendation for that person and charge alone."""
    person = doc.defendant(opinion.person)
    found = [r for r in person.recommendations if r.speaker == "prosecution"] if person else []
    for item in found:
        if item.charge is not None and charges.same_charge(item.charge, opinion.charge):
            return item
    several = person is not None and len(person.charges) > 1
    general = [r for r in found if r.charge is None]
    return general[0] if len(general) == 1 and not several else None


def _advice(item: Recommendation, opinion: SentencingOpinion) -> Advice | None:
    if item.main not in _FIXED or (item.low is None and item.high is None):
        return None
    low, high = (_months(t) if t is not None else None for t in (item.low, item.high))
    # Only 以上 or only 以下 was said: the figure stands for the whole.
    first, last = low if low is not None else high, high if high is not None else low
    assert first is not None
    assert last is not None
    lawful = None
    if opinion.lawful_low is not None and opinion.lawful_high is not None:
        inside = opinion.lawful_low <= first and last <= opinion.lawful_high
        lawful = inside or (None if opinion.alternatives or not opinion.decided else False)
    if item.main == "imprisonment" and first < penalties.limit("imprisonment_min"):
        lawful = False
    guided = near = None
    if opinion.guided_low is not None and opinion.guided_high is not None:
        guided = opinion.guided_low <= first and last <= opinion.guided_high
        near = (opinion.low or 0) <= first and last <= (opinion.high or 0)
    return Advice(text_of(item), first, last, lawful, guided, near)


def _sentence(judgment: CaseDocument, opinion: SentencingOpinion) -> Sentence | None:
    person = judgment.defendant(opinion.person)
    if person is None:
        return None
    for name, sentence in person.verdicts.items():
        if charges.same_charge(name, opinion.charge):
            return sentence
    # Convicted of one other charge: the recommendation was for the same act.
    return next(iter(person.verdicts.values())) if len(person.verdicts) == 1 else None


def _departure(
    item: Recommendation,
    sentence: Sentence,
    judgment: CaseDocument,
    told: list[CaseDocument],
    opinion: SentencingOpinion,
) -> Departure:
    adopted = recommendation_vs_verdict(item, sentence)
    months, share = _distance(item, sentence)
    grounds: list[plea_departures.Departure] = []
    if adopted.main == "not_adopted":
        reasons = "".join(s.span.quote for s in judgment.sections_of("reasoning"))
        person = judgment.defendant(opinion.person)
        named = person.verdicts if person else {}
        accused = [c.value for d in told if (p := d.defendant(opinion.person)) for c in p.charges]
        other = bool(named) and not any(
            charges.same_charge(a, b) for a in accused or [opinion.charge] for b in named
        )
        grounds = plea_departures.grounds(reasons, other, issue_date(judgment))
    return Departure(adopted, months, share, tuple(g.label for g in grounds))


def _distance(item: Recommendation, sentence: Sentence) -> tuple[float | None, int | None]:
    if item.main not in _FIXED or sentence.main not in _FIXED:
        return None, None
    given = _months(sentence.term)
    low, high = (_months(t) if t is not None else None for t in (item.low, item.high))
    bound = low if low is not None and given < low else high
    if bound is None or ((low is None or given >= low) and (high is None or given <= high)):
        return 0.0, 0
    gap = round(given - bound, 1)
    return gap, round(abs(gap) / bound * 100) if bound else None
