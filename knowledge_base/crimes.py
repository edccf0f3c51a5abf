"""Crimes: statutory tiers, starting points, amounts and quantities by date."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator

from knowledge_base import charges
from knowledge_base.circumstances import Direction, StatuteRef
from knowledge_base.loader import Row, rows

FineMode = Literal[
    "none",
    "must",
    "or_alone",
    "alone",
    "may",
    "must_or_confiscation",
    "may_or_confiscation",
    "confiscation",
    "may_confiscation",
]
OtherPenalty = Literal["detention", "control", "life", "death", "deprivation"]
Quantity = Literal["small", "fairly", "large"]
Basis = Literal["amount", "drugs", "injury", "casualties", "words", "none"]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reduced(Frozen):
    """The tier may begin at `percent` of its amount, or at `yuan`, where one of `facts` is told.

    `prior`: so it may where the person was convicted of the same crime before.
    """

    facts: tuple[str, ...]
    percent: int = 100
    yuan: int | None = None
    prior: bool = False
    verified: bool = True

    def begins(self, low: int) -> int:
        """From which amount, in fen, for a tier that begins at `low` yuan."""
        return self.yuan * 100 if self.yuan is not None else low * self.percent


class OwnMitigation(Frozen):
    """A circumstance that mitigates this crime alone (刑法分则的从宽): all of `keys` present.

    `tiers` (from 1) limit it, none given: all.
    """

    keys: tuple[str, ...]
    directions: tuple[Direction, ...]
    statute: StatuteRef
    when: str
    tiers: tuple[int, ...] = ()


class Casualties(Frozen):
    """So many dead or seriously injured, where the person bears one of the kinds of `blame`."""

    deaths: int = 0
    serious: int = 0
    blame: tuple[str, ...] = ()


class Tier(Frozen):
    """One range of punishment (法定刑幅度): `months` of imprisonment, None where there is none.

    `start` is the national starting point in months (1…6 may be criminal detention), None
    where the nation sets none. `words` are the law's terms by which a document says that
    this tier applies, `facts` words of fact that bring it about; where `facts_with` is set,
    they do so for certain only beside one of those. Drug crimes: `quantity` is the size that
    leads to the tier, `raises` the tier (from 1) this one takes over where circumstances
    are grave, which they may be from `counts` counts of the facts on. Any of `casualties`
    brings the tier about. `start_source`: whose starting point it is, where not the nation's.
    """

    when: str
    months: tuple[int, int] | None
    also: tuple[OtherPenalty, ...] = ()
    fine: FineMode
    start: tuple[int, int] | None = None
    start_verified: bool = True
    start_source: str | None = None
    words: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    facts_with: tuple[str, ...] = ()
    reduced: Reduced | None = None
    quantity: Quantity | None = None
    raises: int | None = None
    counts: int | None = None
    casualties: tuple[Casualties, ...] = ()

    @field_validator("months", "start")
    @classmethod
    def _ordered(cls, value: tuple[int, int] | None) -> tuple[int, int] | None:
        if value is not None and value[0] > value[1]:
            raise ValueError("lower bound above upper bound")
        return value


class FineRule(Frozen):
    """Bounds of the fine in yuan; at least `percent_low` percent and at most `multiple_high`
    times the amount of the crime; `tiers` gives bounds per tier; `unknown_*` hold where the
    amount cannot be counted.
    """

    source: str
    low: int | None = None
    percent_low: int | None = None
    multiple_high: int | None = None
    unknown_low: int | None = None
    unknown_high: int | None = None
    tiers: tuple[tuple[int, int | None], ...] = ()


class CrimeRule(Row):
    """A charge's tiers, lightest first. `default_tier` holds unless a heavier one is shown.

    `amount_near`: only sums after one of these words measure the crime.
    """

    charge: str
    article: StatuteRef
    basis: Basis
    tiers: tuple[Tier, ...]
    default_tier: int | None = None
    negligent: bool = False
    probation_strict: bool = False
    fine_rule: FineRule | None = None
    amount_near: tuple[str, ...] = ()
    mitigation: tuple[OwnMitigation, ...] = ()
    mitigation_note: str = ""
    notes: str = ""

    def tier_for(self, quantity: Quantity) -> int:
        """Number of the tier for a drug quantity; the lightest where none is set for it."""
        numbers = [n for n, t in enumerate(self.tiers, 1) if t.quantity == quantity]
        return numbers[0] if numbers else 1

    def raised_from(self, number: int) -> int | None:
        """The tier that takes over from `number` where circumstances are grave, or None."""
        return next((n for n, t in enumerate(self.tiers, 1) if t.raises == number), None)


class Threshold(Row):
    """From which amount (yuan) a tier begins: between two figures, the province's choice.

    `only`: it holds only where the facts tell of one of these; `never`: not where they do.
    """

    charge: str
    tier: int
    low: tuple[int, int]
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    def fits(self, text: str) -> bool:
        if self.only and not any(word in text for word in self.only):
            return False
        return not any(word in text for word in self.never)


class Drug(Row):
    """From how many grams a drug's quantity is 较大 (`fairly`) and 大 (`large`)."""

    name: str
    names: tuple[str, ...]
    fairly: float
    large: float


@cache
def all() -> tuple[CrimeRule, ...]:
    return rows("crimes", CrimeRule)


@cache
def all_thresholds() -> tuple[Threshold, ...]:
    return rows("thresholds", Threshold)


@cache
def drugs() -> tuple[Drug, ...]:
    return rows("drugs", Drug)


@cache
def drug_names() -> dict[str, str]:
    """Each way of writing a drug's name, with the name under which the table has it."""
    return {name: row.name for row in drugs() for name in row.names}


def drug_near(text: str, near: int) -> Drug | None:
    """The drug named nearest to a position of the text."""
    best: tuple[tuple[int, int], Drug] | None = None
    for drug in drugs():
        for name in drug.names:
            at = text.find(name)
            while at >= 0:
                # Of two names at one place the longer is meant: 大麻油, not 大麻.
                rank = (abs(at - near), -len(name))
                if best is None or rank < best[0]:
                    best = (rank, drug)
                at = text.find(name, at + 1)
    return best[1] if best else None


def crime(charge: str, on: date | None = None) -> CrimeRule | None:
    """The rule for a charge (parts and former names too) on that day, or None if not listed."""
    found = charges.match(charge)
    if found is None:
        return None
    return next((c for c in all() if c.charge == found.name and c.in_force(on)), None)


def thresholds(charge: str, on: date | None = None, facts: str = "") -> dict[int, Threshold]:
    """Tier number (from 1) to where it begins, as of that day and for those facts."""
    found = charges.match(charge)
    name = found.name if found else charge
    return {t.tier: t for t in _thresholds_of(name) if t.in_force(on) and t.fits(facts)}


@cache
def _thresholds_of(name: str) -> tuple[Threshold, ...]:
    return tuple(t for t in all_thresholds() if t.charge == name)
