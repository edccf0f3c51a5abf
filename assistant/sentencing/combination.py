"""The sentence for several charges (数罪并罚), also beside an earlier one not yet served.

Each part is a range of months; the result is the range in which the decided term may lie.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from assistant.sentencing.bounds import combined_out_of_bounds
from assistant.sentencing.dates import months_text
from assistant.sentencing.model import Interval, SentencingOpinion, Step, VerdictCheck
from assistant.sentencing.verdict import fixed_months, sentence_text
from ingestion.model import CaseDocument, Defendant, Prior, Span
from knowledge_base import penalties

COMBINED = "数罪并罚"
EarlierKind = Literal["omitted", "new", "probation", "parole"]
_RULES: dict[EarlierKind, str] = {
    "omitted": "combination_omitted",
    "new": "combination_new",
    "probation": "revoked_probation",
    "parole": "revoked_parole",
}
_NAMES: dict[EarlierKind, str] = {
    "omitted": "判决宣告后发现漏罪，先并后减",
    "new": "刑罚执行中又犯新罪，先减后并",
    "probation": "缓刑考验期内犯新罪或者发现漏罪，撤销缓刑后并罚",
    "parole": "假释考验期内犯新罪，撤销假释后先减后并",
}
_TOLD: tuple[tuple[EarlierKind, re.Pattern[str]], ...] = (
    ("probation", re.compile(r"撤销[^。；]{0,60}缓刑|缓刑考验期限?[内间]")),
    ("parole", re.compile(r"撤销[^。；]{0,60}假释|假释考验期限?[内间]")),
    ("omitted", re.compile(r"漏罪|判决宣告以?前[^。；]{0,20}其他罪[^。；]{0,10}没有判决")),
    ("new", re.compile(r"(?:服刑|刑罚执行)(?:期间|过程中)[^。；]{0,20}又犯")),
)


@dataclass(frozen=True)
class Earlier:
    """An earlier sentence: `months` pronounced, `served` of them, both None where unknown."""

    kind: EarlierKind
    months: int | None
    served: int | None
    span: Span | None = None


def _cap(total: Fraction, on: date | None) -> int:
    boundary = penalties.find("imprisonment_combined_total", on)
    long = boundary is not None and total >= boundary.value
    key = "imprisonment_combined_max_long" if long else "imprisonment_combined_max"
    return penalties.limit(key, on)


def combined(parts: Sequence[Interval], on: date | None = None) -> Interval:
    """From the longest of the parts to their sum, at most the statutory cap.

    >>> combined([Interval.of(12, 24), Interval.of(36, 48)]).outward
    (36, 72)
    """
    total = sum((p.high for p in parts), Fraction(0))
    longest = max(p.low for p in parts)
    return Interval(longest, max(min(total, Fraction(_cap(total, on))), longest))


def beside_earlier(now: Interval, earlier: Earlier, on: date | None = None) -> Interval | None:
    """What is still to be served of both; None where the earlier sentence is not known enough.

    先并后减 for crimes of before the earlier judgment, 先减后并 for crimes after it.
    """
    if earlier.months is None:
        return None
    whole = Fraction(earlier.months)
    if earlier.kind == "probation":
        return combined([now, Interval(whole, whole)], on)
    if earlier.served is None:
        return None
    served = Fraction(earlier.served)
    if earlier.kind == "omitted":
        both = combined([now, Interval(whole, whole)], on)
        return Interval(max(both.low - served, Fraction(0)), max(both.high - served, Fraction(0)))
    rest = max(whole - served, Fraction(0))
    return combined([now, Interval(rest, rest)], on)


def earlier_of(doc: CaseDocument, person: Defendant) -> Earlier | None:
    """An earlier sentence that the document says is still to be served."""
    for section in doc.sections_of("reasoning"):
        for kind, pattern in _TOLD:
            match = pattern.search(section.span.quote)
            if match is None:
                continue
            prior = _last_sentence(person, kind)
            start = section.span.start + match.start()
            span = doc.span(start, start + len(match[0]))
            months = prior.term.months if prior is not None and prior.term is not None else None
            return Earlier(kind, months, None, span)
    return None


def _last_sentence(person: Defendant, kind: EarlierKind) -> Prior | None:
    convicted = [p for p in person.priors if p.kind == "conviction" and p.term is not None]
    if kind == "probation":
        convicted = [p for p in convicted if "缓刑" in (p.penalty or p.span.quote)]
    return convicted[-1] if convicted else None


def combine(doc: CaseDocument, opinions: Sequence[SentencingOpinion]) -> list[SentencingOpinion]:
    """One more opinion for each person with several charges, or with a sentence to be served."""
    found = []
    for person in doc.defendants:
        own = [o for o in opinions if o.person == person.name.value]
        earlier = earlier_of(doc, person)
        if len(own) < 2 and earlier is None:
            continue
        if own and all(o.low is not None and o.high is not None for o in own):
            found.append(_opinion(doc, person, own, earlier))
    return found


def _opinion(
    doc: CaseDocument,
    person: Defendant,
    own: Sequence[SentencingOpinion],
    earlier: Earlier | None,
) -> SentencingOpinion:
    on = next((o.law_on for o in own if o.law_on), None)
    parts = [Interval.of(o.low or 0, o.high or 0) for o in own]
    result = combined(parts, on)
    opinion = SentencingOpinion(person.name.value, COMBINED, None, on)
    opinion.decided = all(o.decided for o in own)
    listed = "、".join(f"{o.charge}{_range(p)}" for o, p in zip(own, parts, strict=True))
    opinion.steps.append(
        Step(1, "各罪宣告刑范围", f"{listed}。", penalties.cited("combination"), *result.outward)
    )
    low, high = result.outward
    opinion.steps.append(
        Step(
            2,
            "决定执行的刑期",
            f"数刑中最高刑期以上、总和刑期以下，并不超过数罪并罚的上限：{_range(result)}；"
            "有期徒刑与拘役并存的只执行有期徒刑，附加刑分别执行或者合并执行。",
            penalties.cited("combination"),
            low,
            high,
        )
    )
    if earlier is not None:
        _add_earlier(opinion, result, earlier, on)
        low, high = opinion.low or low, opinion.high or high
    opinion.low, opinion.high = low, high
    if earlier is None:
        opinion.verdict = _verdict(person, opinion, on)
    tops = [o.fine_high_fen for o in own]
    lows = [o.fine_low_fen for o in own if o.fine_low_fen is not None]
    opinion.fine_low_fen = sum(lows) if lows else None
    if lows and all(
        t is not None or o.fine_low_fen is None for t, o in zip(tops, own, strict=True)
    ):
        opinion.fine_high_fen = sum(t for t in tops if t is not None)
    return opinion


def _verdict(person: Defendant, opinion: SentencingOpinion, on: date | None) -> VerdictCheck | None:
    """The sentence decided for all charges, where the document pronounces one."""
    sentence = person.combined
    if sentence is None or sentence.main != "imprisonment":
        return None
    excess = combined_out_of_bounds(person.sentences, sentence, on)
    months = fixed_months(sentence) or 0.0
    inside = (opinion.low or 0) <= months <= (opinion.high or 0)
    reason = excess[0].message if excess else "在数刑中最高刑期以上、总和刑期以下"
    return VerdictCheck(sentence_text(sentence), not excess, None, reason, inside, months)


def _add_earlier(
    opinion: SentencingOpinion, now: Interval, earlier: Earlier, on: date | None
) -> None:
    after = beside_earlier(now, earlier, on)
    spans = (earlier.span,) if earlier.span is not None else ()
    rule = penalties.cited(_RULES[earlier.kind])
    if after is None:
        lacking = "前罪所判刑期" if earlier.months is None else "前罪已执行的刑期"
        opinion.missing.append(f"{lacking}（{_NAMES[earlier.kind]}）")
        opinion.decided = False
        opinion.steps.append(
            Step(3, "与前罪并罚", f"{_NAMES[earlier.kind]}；{lacking}未能读出。", rule, spans=spans)
        )
        return
    low, high = after.outward
    text = f"{_NAMES[earlier.kind]}；前罪判处{months_text(earlier.months or 0)}"
    if earlier.served is not None:
        text += f"，已执行{months_text(earlier.served)}"
    opinion.steps.append(
        Step(3, "与前罪并罚", f"{text}，尚须执行{_range(after)}。", rule, low, high, spans)
    )
    opinion.low, opinion.high = low, high


def _range(value: Interval) -> str:
    low, high = value.outward
    return months_text(low) if low == high else f"{months_text(low)}至{months_text(high)}"
