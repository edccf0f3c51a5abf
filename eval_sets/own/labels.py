"""The own documents and their labels: `texts/NAME.txt`, one paragraph a line, and `texts/NAME.yaml`.

Persons and places are invented, so names and dates stand in clear. README.md says what is labelled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, field_validator

from eval_sets.gold.labels import Polarity, Provision, RecommendationLabel, SentenceLabel, as_list
from ingestion.model import Frozen, Speaker

FOLDER = Path(__file__).parent / "texts"

_PROVISION = re.compile(
    r"(?P<law>.+?) (?P<article>\d+)(?:-(?P<sub>\d+))?(?:/(?P<paragraph>\d*))?(?:/(?P<item>\d+))?"
)


class OwnSentence(SentenceLabel):
    deportation: bool = False


class OwnPrior(Frozen):
    """An earlier conviction or administrative penalty; dates ISO, None where none is written."""

    kind: Literal["conviction", "administrative"]
    charge: str | None = None
    date: str | None = None
    released: str | None = None


class OwnDefendant(Frozen):
    """One accused person or unit. Dates are ISO, as exact as the document gives them.

    `priors` None where they are not labelled; `recommendation`: several where one is asked for
    each charge.
    """

    name: str
    unit: bool = False
    birth: str | None = None
    aliases: list[str] = Field(default_factory=list)
    measures: list[tuple[str, str | None]] = Field(default_factory=list)
    accused_of: list[str] = Field(default_factory=list)
    charges: list[str] = Field(default_factory=list)
    sentences: dict[str, OwnSentence] = Field(default_factory=dict)
    combined: OwnSentence | None = None
    custody: tuple[str, str] | None = None
    circumstances: list[tuple[str, Polarity, Speaker]] = Field(default_factory=list)
    priors: list[OwnPrior] | None = None
    recommendation: RecommendationLabel | list[RecommendationLabel] | None = None

    @field_validator("priors", mode="before")
    @classmethod
    def _priors(cls, written: list[list[str | None]] | None) -> list[dict[str, str | None]] | None:
        if written is None:
            return None
        names = ("kind", "charge", "date", "released")
        return [dict(zip(names, prior, strict=True)) for prior in written]

    @property
    def recommendations(self) -> list[RecommendationLabel]:
        """All that was asked for him."""
        return as_list(self.recommendation)


class OwnLabel(Frozen):
    """All labels of one document; None of amounts, quantities, arguments: not labelled.

    `quantities` are the drugs and the alcohol of the facts: value and unit.
    """

    type: str
    instance: Literal["first", "second", "unknown"] = "unknown"
    procedure: Literal["ordinary", "summary", "fast_track"] | None = None
    number: str | None = None
    dates: dict[str, str] = Field(default_factory=dict)
    defendants: list[OwnDefendant]
    statutes: list[Provision] = Field(default_factory=list)
    amounts: list[tuple[float, str]] | None = None
    quantities: list[tuple[float, str]] | None = None
    arguments: int | None = None

    @field_validator("statutes", mode="before")
    @classmethod
    def _provisions(cls, written: list[str]) -> list[Provision]:
        return [provision(one) for one in written]


@dataclass(frozen=True)
class OwnDocument:
    """One document: its text, one paragraph a line (cells of a table parted by tabs)."""

    name: str
    text: str
    label: OwnLabel


def provision(written: str) -> Provision:
    """A label's short form of a provision: law, article-sub/paragraph/item.

    >>> provision("刑法 133-1/1/2"), provision("刑诉法 16//6")
    (('刑法', 133, 1, 1, 2), ('刑诉法', 16, None, None, 6))

    Raises ValueError where it has no such form.
    """
    found = _PROVISION.fullmatch(written)
    if found is None:
        raise ValueError(f"no provision: {written}")
    parts = (found[name] for name in ("article", "sub", "paragraph", "item"))
    article, sub, paragraph, item = (int(part) if part else None for part in parts)
    assert article is not None
    return found["law"], article, sub, paragraph, item


class _Loader(yaml.SafeLoader):
    """YAML whose dates stay as they are written."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@cache
def documents(folder: Path = FOLDER) -> tuple[OwnDocument, ...]:
    """All labelled texts of a folder by name.

    Raises FileNotFoundError where a text has no labels beside it, pydantic.ValidationError
    where labels have no such shape.
    """
    return tuple(_read(file) for file in sorted(folder.glob("*.txt")))


def _read(file: Path) -> OwnDocument:
    labels = yaml.load(file.with_suffix(".yaml").read_text(encoding="utf-8"), Loader=_Loader)
    text = file.read_text(encoding="utf-8").strip()
    return OwnDocument(file.stem, text, OwnLabel.model_validate(labels))
