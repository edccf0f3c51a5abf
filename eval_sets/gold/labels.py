"""The gold labels as data: their shape (README.md says what each means) and their loading."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from ingestion.model import Frozen

FOLDER = Path(__file__).parent

Polarity = Literal["affirmed", "denied"]
Provision = tuple[str, int, int | None, int | None, int | None]


class SentenceLabel(Frozen):
    """Main and accessory penalties of one charge, or of all combined."""

    main: Literal["imprisonment", "detention", "control", "life", "death"] | None = None
    months: int = 0
    days: int = 0
    probation_months: int | None = None
    fine_yuan: float | None = None
    deprivation_months: int | None = None
    deprivation_life: bool = False
    exempt: bool = False
    acquitted: bool = False
    confiscate_all: bool = False
    confiscation_yuan: float | None = None


class RecommendationLabel(Frozen):
    """What the prosecution asked for; a bound that it did not state is None."""

    main: str | None = None
    low_months: int | None = None
    high_months: int | None = None
    low_days: int = 0
    high_days: int = 0
    probation: bool | None = None
    fine: bool | None = None
    fine_low_yuan: float | None = None
    fine_high_yuan: float | None = None


def as_list(
    asked: RecommendationLabel | list[RecommendationLabel] | None,
) -> list[RecommendationLabel]:
    """What a label holds of recommendations: none, one, or one for each charge."""
    return asked if isinstance(asked, list) else [asked] if asked else []


class DefendantLabel(Frozen):
    """One accused; `name`, `birth` and every date are digests.

    `spoken`: the circumstances that the prosecution and the defence name; None where not labelled.
    `recommendation`: several where one is asked for each charge.
    """

    name: str
    birth: str | None = None
    measures: list[tuple[str, str | None]] = Field(default_factory=list)
    accused_of: list[str] = Field(default_factory=list)
    charges: list[str] = Field(default_factory=list)
    sentences: dict[str, SentenceLabel] = Field(default_factory=dict)
    combined: SentenceLabel | None = None
    custody: tuple[str, str] | None = None
    circumstances: list[tuple[str, Polarity]] = Field(default_factory=list)
    spoken: list[tuple[str, Polarity, Literal["prosecution", "defence"]]] | None = None
    recommendation: RecommendationLabel | list[RecommendationLabel] | None = None

    @property
    def recommendations(self) -> list[RecommendationLabel]:
        """All that was asked for him."""
        return as_list(self.recommendation)


class Label(Frozen):
    """All labels of one judgment."""

    id: str
    type: str = "judgment"
    instance: Literal["first", "second", "retrial"]
    procedure: Literal["ordinary", "summary", "fast_track"] | None = None
    defendants: list[DefendantLabel]
    statutes: list[Provision] = Field(default_factory=list)
    amounts: list[tuple[float, str]] = Field(default_factory=list)
    arguments: int | None = None


def read(file: Path) -> list[Label]:
    """The labels of a JSON-lines file. Raises pydantic.ValidationError where a row has no such shape."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [Label.model_validate_json(line) for line in lines if line.strip()]


@cache
def judgments() -> Mapping[str, Label]:
    """The labels of all judgments by document id."""
    return {
        label.id: label for file in sorted(FOLDER.glob("judgments*.jsonl")) for label in read(file)
    }
