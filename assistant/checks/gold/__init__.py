"""Gold cases of the checks: own texts on which a check must be silent, and speak when changed.

Every YAML file here: one row a code at least. `silent` names a sample (samples/NAME.txt; the
case card NAME.json) for each document by role; `speaks` lists for a role the replacements that
plant the defect; `points_at` stands in the words the finding must point at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, cast

import yaml
from pydantic import BaseModel, ConfigDict, Field

from assistant.casefile import CaseFile
from assistant.checks import registry
from ingestion.extract import parse
from ingestion.model import CaseDocument, Role
from ingestion.readers import source_from_text
from knowledge_base.catalogue import CODE

_HERE = resources.files("assistant.checks.gold")


class GoldCase(BaseModel):
    """Documents on which a check is silent, and the changes at which it speaks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=CODE)
    silent: dict[str, str]
    speaks: dict[str, tuple[tuple[str, str], ...]]
    points_at: str

    def right(self) -> dict[str, str]:
        """The texts by role as they should be."""
        return {role: sample(name, role) for role, name in self.silent.items()}

    def wrong(self) -> dict[str, str]:
        """The texts with the defect in them. Raises ValueError where a change does not apply."""
        texts = self.right()
        for role, changes in self.speaks.items():
            for was, now in changes:
                if was not in texts[role]:
                    raise ValueError(f"{self.code}: not in the sample: {was}")
                texts[role] = texts[role].replace(was, now)
        return texts


@cache
def sample(name: str, role: str) -> str:
    """The text of a sample document, or the JSON of a sample case card."""
    suffix = "json" if role == "card" else "txt"
    return (_HERE / "samples" / f"{name}.{suffix}").read_text("utf-8")


@cache
def cases() -> tuple[GoldCase, ...]:
    """Every gold case, in the order of the files."""
    found: list[GoldCase] = []
    for path in sorted(_HERE.iterdir(), key=lambda path: path.name):
        if path.name.endswith(".yaml"):
            content: Any = yaml.safe_load(path.read_text("utf-8"))
            found += [GoldCase.model_validate(row) for row in content["cases"] or ()]
    return tuple(found)


@cache
def _read(role: str, text: str) -> CaseDocument:
    document = parse(source_from_text(text, file=f"{role}.txt"))
    document.role = cast(Role, role)
    return document


def case_of(texts: Mapping[str, str]) -> CaseFile:
    """The case made of these texts; the card's is its JSON."""
    documents = {
        cast(Role, role): _read(role, text) for role, text in texts.items() if role != "card"
    }
    card = json.loads(texts["card"]) if "card" in texts else None
    return CaseFile(documents, card)


def failures(case: GoldCase) -> list[str]:
    """What is wrong with a check as its gold case sees it (Chinese); empty where all is well."""
    told = [r for _, r in registry.results(case.code, case_of(case.right()))]
    found = [r for _, r in registry.results(case.code, case_of(case.wrong()))]
    problems = []
    if any(isinstance(r, registry.Hit) for r in told):
        problems.append("在无误的样例上提出了问题")
    if any(isinstance(r, registry.Undecided) for r in told):
        problems.append("在无误的样例上无法判断")
    quotes = [s.quote for r in found if isinstance(r, registry.Hit) for s in r.evidence]
    if not quotes:
        problems.append("在有误的样例上没有提出问题")
    elif not any(case.points_at in quote for quote in quotes):
        problems.append(f"指向的原文不是“{case.points_at}”而是“{'”“'.join(quotes)}”")
    return problems
