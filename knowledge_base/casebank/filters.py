"""Which cases a search may find: the structured filters, as users and callers give them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from knowledge_base import charges, circumstances
from knowledge_base.casebank.errors import BankError
from knowledge_base.casebank.model import CourtLevel, StoredCase, Verdict
from knowledge_base.vectors import AnyOf, Between, Condition, FieldKind, Value

FIELDS: dict[str, FieldKind] = {
    "charges": "keyword",
    "tiers": "keyword",
    "circumstances": "keyword",
    "regions": "keyword",
    "courts": "keyword",
    "levels": "keyword",
    "verdicts": "keyword",
    "year": "integer",
}


class Filters(BaseModel):
    """All that are given must hold; of the values of one, any (`circumstances`: all of them).

    Charges by any name that the law knows them by; circumstances by name (自首) or key. `tiers`
    are written 盗窃罪#2: the charge and the number of its range of punishment.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    charges: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    courts: tuple[str, ...] = ()
    levels: tuple[CourtLevel, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    year_from: int | None = None
    year_to: int | None = None

    @field_validator("charges")
    @classmethod
    def _as_stored(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(found.name if (found := charges.match(n)) else n for n in names)

    @field_validator("circumstances", "without")
    @classmethod
    def _keys(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        known = circumstances.all()
        by_name = {rule.name: key for key, rule in known.items()}
        found = tuple(name if name in known else by_name.get(name, "") for name in names)
        if "" in found:
            raise ValueError(f"unknown circumstance: {names[found.index('')]}")
        return found

    def conditions(self) -> list[Condition]:
        """The same as an index asks for it."""
        found: list[Condition] = [
            AnyOf(name, tuple(getattr(self, name)))
            for name in ("charges", "tiers", "regions", "courts", "levels", "verdicts")
            if getattr(self, name)
        ]
        found += [AnyOf("circumstances", (key,)) for key in self.circumstances]
        if self.without:
            found.append(AnyOf("circumstances", self.without, not_=True))
        if self.year_from is not None or self.year_to is not None:
            found.append(Between("year", self.year_from, self.year_to))
        return found


def read_filters(data: dict[str, Any]) -> Filters:
    """Filters out of JSON. Raises BankError, naming the field that cannot be used."""
    try:
        return Filters.model_validate(data)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        known = "、".join(Filters.model_fields)
        raise BankError(f"筛选条件“{name}”或其取值无法使用；可用的有：{known}。") from error


def fields_of(case: StoredCase) -> dict[str, Value | Sequence[Value]]:
    """What the case can be filtered by; a field without a value is left out."""
    found: dict[str, Value | Sequence[Value] | None] = {
        "charges": list(case.charges),
        "tiers": [f"{charge}#{tier}" for charge, tier in case.tiers.items()],
        "circumstances": list(case.circumstances),
        "regions": list(case.regions),
        "courts": case.court,
        "levels": case.level,
        "verdicts": list(case.verdicts),
        "year": case.year,
    }
    return {name: value for name, value in found.items() if value not in (None, [])}
