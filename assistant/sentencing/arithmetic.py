"""The method of the national guideline: layer 1 multiplied, layer 2 added, in intervals.

baseline x product(1 + layer 1) x (1 + sum of layer 2). A range of percents gives a range of
months; nothing here picks a point. Exact fractions, so the order never matters.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assistant.sentencing.model import Interval
from knowledge_base import circumstances, penalties
from knowledge_base.circumstances import CircumstanceRule

PLEA_PLUS = "plea_leniency_plus"
PLEA_LIGHT = "plea_leniency_minor"
_PLEAS = ("plea_leniency", "plea_leniency_plus", "plea_leniency_minor", "plea_trial")


@dataclass(frozen=True)
class Selection:
    """Which circumstances count, after exclusion and the guilty-plea package.

    `uncounted` have no national ratio; `dropped` maps each one not counted to the one that
    displaced it.
    """

    layer1: tuple[CircumstanceRule, ...]
    layer2: tuple[CircumstanceRule, ...]
    uncounted: tuple[CircumstanceRule, ...]
    dropped: dict[str, str]

    @property
    def counted(self) -> tuple[CircumstanceRule, ...]:
        return self.layer1 + self.layer2


def has_ratio(rule: CircumstanceRule) -> bool:
    return rule.low is not None and rule.high is not None


def select(keys: Collection[str], light: bool = False) -> Selection:
    """Apply the hard rules: mutual exclusion, and no double counting beside a guilty plea.

    Of two that exclude each other the one earlier in the table stays, one with a ratio
    before one without. Unknown keys are ignored. `light`: the crime is found to be a light
    one, so that the ratios reach as far as they do for those.
    """
    rules = circumstances.all()
    present = [rules[k] for k in rules if k in keys]
    present.sort(key=lambda r: not has_ratio(r))
    dropped: dict[str, str] = {}
    kept: list[CircumstanceRule] = []
    for rule in present:
        rival = next((k for k in kept if rule.key in k.excludes or k.key in rule.excludes), None)
        # 毒品再犯 has no ratio: it stays beside the prior conviction that is counted.
        named_only = rule.aggravating and not has_ratio(rule)
        if rival is None or (named_only and rival.aggravating):
            kept.append(rule)
        else:
            dropped[rule.key] = rival.key
    kept = _package(kept, dropped)
    if light:
        kept = [_reaching(rule) for rule in kept]
    counted = [r for r in kept if has_ratio(r) and r.layer is not None]
    return Selection(
        tuple(r for r in counted if r.layer == 1),
        tuple(r for r in counted if r.layer == 2),
        tuple(r for r in kept if not has_ratio(r)),
        dropped,
    )


def _reaching(rule: CircumstanceRule) -> CircumstanceRule:
    """With the greater reduction open to a light crime; the lesser one remains possible."""
    furthest = circumstances.all()[PLEA_LIGHT].low if rule.key == PLEA_PLUS else rule.lesser_low
    return rule if furthest is None else rule.model_copy(update={"low": furthest})


def _package(kept: list[CircumstanceRule], dropped: dict[str, str]) -> list[CircumstanceRule]:
    """Beside a guilty plea the package circumstances count only through its ceiling."""
    plea = next((r for r in kept if r.key in _PLEAS), None)
    if plea is None:
        return kept
    inside = [r for r in kept if r.package]
    stays = plea
    if plea.key == "plea_leniency" and any(r.plus for r in inside):
        stays = circumstances.all()[PLEA_PLUS]
        dropped[plea.key] = PLEA_PLUS
    dropped.update({r.key: stays.key for r in inside})
    return [stays if r is plea else r for r in kept if not r.package]


def percent(value: int) -> Fraction:
    return Fraction(value, 100)


def layer1(baseline: Interval, selection: Selection) -> Interval:
    """Baseline after the circumstances that are multiplied first."""
    low = high = Fraction(1)
    for rule in selection.layer1:
        low *= 1 + percent(rule.low or 0)
        high *= 1 + percent(rule.high or 0)
    # Without a national ratio a statutory mitigation may take off anything.
    if any(_open_ended(r) for r in selection.uncounted):
        low = Fraction(0)
    return baseline.scaled(low, high)


def _open_ended(rule: CircumstanceRule) -> bool:
    return rule.layer == 1 and not rule.aggravating and bool(rule.directions)


def layer2(after: Interval, selection: Selection) -> Interval:
    """Result of layer 1 after the circumstances that are added; never below nothing."""
    floors = [r for r in selection.layer2 if r.min_months]
    others = [r for r in selection.layer2 if not r.min_months]
    low = after.low * max(1 + sum((percent(r.low or 0) for r in others), Fraction(0)), Fraction(0))
    high = after.high * max(
        1 + sum((percent(r.high or 0) for r in others), Fraction(0)), Fraction(0)
    )
    for rule in floors:
        least = Fraction(rule.min_months or 0)
        low += max(after.low * percent(rule.low or 0), least)
        high += max(after.high * percent(rule.high or 0), least)
    return Interval(low, high)


def adjusted(baseline: Interval, keys: Collection[str]) -> Interval:
    """Both layers at once."""
    selection = select(keys)
    return layer2(layer1(baseline, selection), selection)


def discretion(result: Interval, on: date | None) -> Interval:
    """The adjusted result widened by what a judge or panel may move it (20 %)."""
    share = percent(penalties.limit("discretion", on))
    return Interval(result.low * (1 - share), result.high * (1 + share))
