"""The catalogue of checks: what each code means, how grave it is, what law it rests on.

Data only: tables/checks.yaml and one tables/checks_FAMILY.yaml for each family that grew
large. Which code finds a defect is the business of `assistant`. The list of all codes, with
those that have no code yet, is tables/check_codes.yaml.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge_base.loader import Row, TableError, raw, rows, table_names

CODE = r"^[A-Z]{2,5}-[0-9]{3}$"


class Basis(BaseModel):
    """A provision a check rests on: the law's full title, the article as documents write it.

    A rule with other numbers before some day is named from that day on.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    law: str
    article: str
    effective_from: date | None = None


class CheckEntry(Row):
    """One row of the catalogue.

    A check of one document runs for each of `documents`; a comparison runs for each of
    `pairs`. With both, a document is looked at alone only where none of its pairs is there.
    `message` and `suggestion` are `str.format` templates over the named fields that the check
    gives. Documents issued before `effective_from` are not measured by it. `seen_in` tells what
    shows the defect: the documents, or like cases of the bank, which `assistant.similar` finds.
    """

    code: str = Field(pattern=CODE)
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
    seen_in: Literal["documents", "cases"] = "documents"

    @model_validator(mode="after")
    def _one_scope(self) -> CheckEntry:
        if not (self.documents or self.pairs):
            raise ValueError("neither documents nor pairs")
        return self


class PlannedCheck(Row):
    """One code of the whole catalogue. `form`: R rules decide, RM rules with model or person,
    M the model alone; `waits` says what an unwritten check waits for, `elsewhere` what part of
    the program gives it where it is no check of its own.
    """

    code: str = Field(pattern=CODE)
    name: str
    form: Literal["R", "RM", "M"]
    documents: tuple[str, ...]
    waits: str = "规则尚未写成"
    elsewhere: str = ""


@cache
def planned() -> dict[str, PlannedCheck]:
    """Every code of the catalogue, written or not, in its order."""
    return {row.code: row for row in rows("check_codes", PlannedCheck)}


def tables() -> list[str]:
    """The tables that hold entries of the catalogue."""
    return [name for name in table_names() if name == "checks" or name.startswith("checks_")]


@cache
def entries() -> dict[str, CheckEntry]:
    """Every implemented check by its code. Raises TableError where a code stands twice."""
    found: dict[str, CheckEntry] = {}
    for table in tables():
        for entry in rows(table, CheckEntry):
            if entry.code in found:
                raise TableError(f"规则表 {table} 中 {entry.code} 重复")
            found[entry.code] = entry
    return found


def version() -> str:
    """The version of the catalogue, printed with every result: that of its newest table."""
    return max(str(raw(table)["version"]) for table in tables())
