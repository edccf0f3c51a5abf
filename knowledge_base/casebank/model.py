"""A decided case as the bank keeps it: what can be compared, and the passages it is found by.

Money in fen, terms in whole months plus days. Nothing here refers to the file it came from
but its name: the bank stands for itself.
"""

from __future__ import annotations

import hashlib
from typing import Literal

from pydantic import BaseModel, ConfigDict

CourtLevel = Literal["basic", "intermediate", "high", "supreme"]
Verdict = Literal[
    "imprisonment",
    "detention",
    "control",
    "life",
    "death",
    "death_reprieve",
    "probation",
    "fine_only",
    "exempt",
    "acquitted",
]


class _Stored(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StoredSentence(_Stored):
    """What one person got: for one charge, or (`charge` None) for all together."""

    person: str
    charge: str | None
    verdict: Verdict
    months: int = 0
    days: int = 0
    probation_months: int | None = None
    fine_fen: int | None = None


class StoredAdvice(_Stored):
    """What the prosecution recommended (for all, where `person` is None), in words and months.

    A bound that was not stated, or that is no number of months, is None.
    """

    person: str | None
    charge: str | None
    text: str
    low: float | None = None
    high: float | None = None
    probation: bool | None = None


class StoredAmount(_Stored):
    """A sum in yuan's fen with its role in the story (see `ingestion.values.Amount`)."""

    fen: int
    role: str


class StoredQuantity(_Stored):
    """A measured quantity (see `ingestion.values.Quantity`)."""

    value: float
    unit: str
    what: str
    name: str | None = None


class StoredCase(_Stored):
    """One judgment, or the facts of a case alone.

    `id` is the bank's number, 0 before it is stored. `hash` is that of the text without
    blanks. `regions` are the administrative parts of the court's name, the largest first.
    `tiers` maps a charge to the number of its range of punishment (1 the lightest), where it
    could be told. `amount_fen` is the sum that decides, where there is one. `circumstances`
    are keys of the table of circumstances that were affirmed. `passages` are offsets in
    `facts`.
    """

    id: int = 0
    hash: str
    source: str
    number: str | None = None
    court: str | None = None
    regions: tuple[str, ...] = ()
    level: CourtLevel | None = None
    instance: str = "unknown"
    year: int | None = None
    persons: int = 0
    charges: tuple[str, ...] = ()
    tiers: dict[str, int] = {}
    circumstances: tuple[str, ...] = ()
    amount_fen: int | None = None
    amounts: tuple[StoredAmount, ...] = ()
    quantities: tuple[StoredQuantity, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    sentences: tuple[StoredSentence, ...] = ()
    advice: tuple[StoredAdvice, ...] = ()
    facts: str
    reasoning: str = ""
    operative: str = ""
    passages: tuple[tuple[int, int], ...]

    def passage(self, number: int) -> str:
        """The text of a passage, counted from 0."""
        start, end = self.passages[number]
        return self.facts[start:end]


class PassageHit(_Stored):
    """A passage that was found: of which case, which of its passages, how well."""

    case: int
    passage: int
    score: float


class Outcome(_Stored):
    """What became of a case that was to be stored; `id` is the one that is now in the bank."""

    what: Literal["added", "replaced", "same_content", "same_number"]
    id: int


class Stats(_Stored):
    """What is in the bank. `unembedded` are passages that only words can find."""

    cases: int
    passages: int
    unembedded: int
    model: str | None
    charges: dict[str, int]
    years: dict[int, int]
    verdicts: dict[str, int]
    bytes: int


def content_hash(text: str) -> str:
    """The same for two copies of a text that differ in blanks and line breaks alone."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()


def number_key(number: str) -> str:
    """A case number without blanks and with one kind of brackets: （2021）江0102刑初15号.

    >>> number_key("(2021) 江0102刑初15号") == number_key("〔2021〕江0102刑初15号")
    True
    """
    table = str.maketrans({"(": "（", ")": "）", "〔": "（", "〕": "）", "[": "（", "]": "）"})
    return "".join(number.split()).translate(table)
