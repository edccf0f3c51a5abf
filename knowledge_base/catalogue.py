"""The catalogue of checks: what each code means, how grave it is, what law it rests on.

Data only (tables/checks.yaml). Which code finds a defect is the business of `assistant`.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator


class Basis(BaseModel):
    """A provision a check rests on, by the law's title and the article in Chinese numerals."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    law: str
    article: str


class CheckEntry(BaseModel):
    """One row of the catalogue.

    A check of one document runs for each of `documents`; a comparison runs for each of
    `pairs`. `message` and `suggestion` are `str.format` templates over the named fields
    that the check gives.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^[A-Z]{2,5}-[0-9]{3}$")
    name: str
    documents: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    category: str
    dimension: str
    severity: Literal["minor", "moderate", "serious"]
    legal_basis: tuple[Basis, ...] = ()
    message: str
    suggestion: str
    confidence: float = Field(ge=0, le=1)
    on: bool = True

    @model_validator(mode="after")
    def _one_scope(self) -> CheckEntry:
        if bool(self.documents) == bool(self.pairs):
            raise ValueError(f"{self.code}: either documents or pairs")
        return self


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    source: str
    checks: tuple[CheckEntry, ...]


@cache
def _table() -> _Table:
    path = resources.files("knowledge_base") / "tables" / "checks.yaml"
    table = _Table.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    codes = [entry.code for entry in table.checks]
    if len(codes) != len(set(codes)):
        raise ValueError("a code stands twice in checks.yaml")
    return table


@cache
def entries() -> dict[str, CheckEntry]:
    """Every implemented check by its code."""
    return {entry.code: entry for entry in _table().checks}


def version() -> str:
    """The version of the catalogue, printed with every result."""
    return _table().version
