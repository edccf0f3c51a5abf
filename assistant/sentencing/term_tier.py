"""Which range of punishment the bare facts point to, and where in it the figures lie.

A guess with its ground, not a finding: where nothing speaks for a heavier range the basic one
is taken. The checks use `tiers`, which leaves open what the document leaves open.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.sentencing import term_facts
from assistant.sentencing.term_facts import TermFacts
from knowledge_base import charges, crimes, law_tiers, penalties, term_tables
from knowledge_base.crimes import CrimeRule
from knowledge_base.term_tables import Measure

_FINE_ALONE = ("or_alone", "alone")
_PLAIN = "没有指向其他幅度的事实，按条文的基本幅度"
_SMALL = 100.0  # the smallest quantities are drawn from a hundredth of 数量较大
_OPEN_END = 10.0  # the last step's range is drawn to ten times its beginning


@dataclass(frozen=True)
class Range:
    """One range of punishment in months."""

    low: int
    high: int
    condition: str
    fine_alone: bool = False
    control: bool = False
    life: bool = False


@dataclass(frozen=True)
class Placement:
    """The ranges of a charge, lightest first, and where the facts put the case.

    `tier`: index of the chosen range; `basic`: of the one the law states first. `position`:
    0…1 inside the range, None where no figure says it. `measured`: the figure in words.
    """

    charge: str
    ranges: tuple[Range, ...]
    tier: int
    basic: int
    position: float | None
    measured: str
    ground: str

    @property
    def range(self) -> Range:
        return self.ranges[self.tier]


def _sorted(found: Sequence[Range]) -> tuple[tuple[Range, ...], int]:
    """Lightest first, and the index of the one that came first."""
    ordered = tuple(sorted(found, key=lambda r: (r.low, r.high)))
    return ordered, ordered.index(found[0])


def _detention() -> tuple[int, int]:
    return penalties.limit("detention_min"), penalties.limit("detention_max")


def _longest() -> tuple[int, int]:
    longest = penalties.limit("imprisonment_max")
    return longest, longest


def ranges_of(charge: str, on: date | None) -> tuple[tuple[Range, ...], int]:
    """The charge's ranges from the entered tiers or the article's text; basic one's index."""
    rule = crimes.crime(charge, on) or crimes.crime(charge)
    if rule is not None:
        own = [
            Range(
                *(t.months or (_detention() if "detention" in t.also else _longest())),
                t.when,
                t.fine in _FINE_ALONE,
                "control" in t.also,
                "life" in t.also or "death" in t.also,
            )
            for t in rule.tiers
        ]
        ordered, _ = _sorted(own)
        stated = law_tiers.of_charge(charge, on)
        first = (stated[0].low, stated[0].high) if stated else None
        basic = next((i for i, r in enumerate(ordered) if (r.low, r.high) == first), 0)
        return ordered, basic if rule.basis in ("words", "none") else 0
    return _of_law(law_tiers.of_charge(charge, on))


def _of_law(found: Sequence[law_tiers.LawTier]) -> tuple[tuple[Range, ...], int]:
    if not found:
        return (), 0
    return _sorted(
        [
            Range(t.low, t.high, t.condition, t.fine_alone, t.control, t.life or t.death)
            for t in found
        ]
    )


def place(charge: str, facts: TermFacts, on: date | None) -> Placement | None:
    """Place the facts in the charge's ranges; None where the charge has no known range."""
    known = charges.match(charge)
    name = known.name if known else charge
    measure = term_tables.measures().get(name)
    if on is not None and measure is not None and measure.effective_from is not None:
        # The steps belong to a later, milder law, which also holds for earlier acts.
        on = max(on, measure.effective_from)
    ranges, basic = ranges_of(name, on) if known else ((), 0)
    return _placed(name, ranges, basic, facts) if ranges else None


def place_by_article(
    number: int, facts: TermFacts, on: date | None, text: str | None = None
) -> Placement | None:
    """The same for a charge nobody knows, by the article's number or by its words."""
    found = law_tiers.of_article(number, None, (), on) or law_tiers.tiers_of_text(text or "")
    ranges, basic = _of_law(found)
    return _placed(f"第{number}条", ranges, basic, facts) if ranges else None


def place_all(
    names: Sequence[str],
    articles: Sequence[int],
    facts: TermFacts,
    on: date | None,
    article_text: str | None = None,
) -> list[Placement]:
    """Every charge's placement; where none is known by name, every article's."""
    found = [p for name in names if (p := place(name, facts, on)) is not None]
    if found:
        return found
    by_article = (place_by_article(n, facts, on, article_text) for n in articles)
    return [p for p in by_article if p is not None]


def _placed(name: str, ranges: tuple[Range, ...], basic: int, facts: TermFacts) -> Placement:
    last = len(ranges) - 1
    cue = next(
        (
            (min(tier - 1, last), match[0])
            for tier, pattern in term_tables.tier_cues().get(name, ())
            if (match := pattern.search(facts.text)) is not None
        ),
        None,
    )
    level, measured = _level(name, facts)
    if level is None:
        if cue is not None:
            return Placement(name, ranges, cue[0], basic, None, "", f"事实载有“{cue[1]}”")
        if name in term_tables.tier_cues():
            return Placement(name, ranges, basic, basic, None, "", _PLAIN)
        tier, ground = _by_injury(ranges, basic, facts)
        return Placement(name, ranges, tier, basic, None, "", ground)
    tier = min(max(int(level) - 1, 0), last)
    position = min(max(level - 1 - tier, 0.0), 1.0)
    if cue is not None and cue[0] > tier:
        return Placement(name, ranges, cue[0], basic, 0.0, measured, f"事实载有“{cue[1]}”")
    return Placement(name, ranges, tier, basic, position, measured, measured)


def _by_injury(ranges: tuple[Range, ...], basic: int, facts: TermFacts) -> tuple[int, str]:
    wanted = (("死亡", facts.deaths), ("重伤", facts.serious_injuries))
    for word, count in wanted:
        if not count:
            continue
        for index in range(len(ranges) - 1, -1, -1):
            if word in ranges[index].condition and ranges[index].low < law_tiers.longest_term():
                return index, f"事实载有{word}，条文以此为该幅度的条件"
    return basic, _PLAIN


def _level(name: str, facts: TermFacts) -> tuple[float | None, str]:
    """1 at the beginning of the first range, 2 of the second …; fractions on a log scale."""
    rule = crimes.crime(name)
    if rule is not None and rule.basis == "drugs":
        return _drug_level(rule, facts)
    measure = term_tables.measures().get(name)
    value = _value(measure, facts) if measure is not None else None
    if measure is None or value is None or value <= 0:
        return None, ""
    unit = measure.unit.split("|")[0]
    return _interpolated(measure.steps, value), f"事实载明的数额或者数量约{value:g}{unit}"


def _value(measure: Measure, facts: TermFacts) -> float | None:
    if measure.money:
        return term_facts.amount(facts, measure.near, measure.sum)
    return term_facts.quantity(facts, measure.unit, measure.near, measure.sum)


def _drug_level(rule: CrimeRule, facts: TermFacts) -> tuple[float | None, str]:
    if facts.drug_share is None or facts.fairly is None:
        return None, ""
    begins = {"small": facts.fairly / _SMALL, "fairly": facts.fairly, "large": 1.0}
    steps = [begins[t.quantity] if t.quantity is not None else None for t in rule.tiers]
    words = f"毒品数量为“数量大”标准的{facts.drug_share:.3g}倍"
    return _interpolated(steps, facts.drug_share), words


def _interpolated(steps: Sequence[float | None], value: float) -> float:
    known = [(i + 1, s) for i, s in enumerate(steps) if s is not None]
    number, begin = known[0]
    if value < begin:
        return max(0.0, number - math.log10(begin / value))
    for (number, begin), following in zip(known, [*known[1:], None], strict=True):
        end = following[1] if following else begin * _OPEN_END
        if value < end or following is None:
            share = math.log(value / begin) / math.log(end / begin)
            return number + min(share, 0.999 if following else 2.0)
    return float(number)
