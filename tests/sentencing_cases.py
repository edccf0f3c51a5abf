"""Judgments for the sentencing tests, built field by field: invented people and facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml

from ingestion.model import (
    Amount,
    CaseDocument,
    Circumstance,
    DateValue,
    Defendant,
    Field,
    Section,
    SectionKind,
    Sentence,
    SourceDocument,
    Span,
)

NAME = "沈良才"
GOLD = Path(__file__).parent / "assistant" / "data" / "sentencing"


def gold_cases() -> list[dict[str, Any]]:
    """Every row of the gold files (fields: docs/adding-a-crime.md), files in order of name."""
    files = sorted(GOLD.glob("*.yaml"))
    return [row for path in files for row in yaml.safe_load(path.read_text("utf-8"))]


def span(doc: SourceDocument, words: str, start: int = 0) -> Span:
    at = doc.text.index(words, start)
    return doc.span(at, at + len(words), "judgment")


def case(
    charge: str,
    *,
    facts: str = "被告人沈良才于当日实施了上述行为。",
    reasoning: str = "本院认为，被告人沈良才的行为已构成犯罪。",
    keys: Sequence[str] = (),
    denied: Sequence[str] = (),
    yuan: int | None = None,
    role: Literal["total", "count"] = "total",
    offence: date | None = date(2022, 3, 1),
    issued: date = date(2022, 9, 1),
    birth: date | None = None,
    verdict: Sentence | None = None,
    others: Sequence[str] = (),
    unnamed: bool = False,
) -> CaseDocument:
    """A one-defendant judgment (more with `others`) whose court affirms `keys`."""
    opening = f"被告人{NAME}{''.join('，被告人' + o for o in others)}，涉及金额如下。\n"
    text = f"{opening}{facts}\n{reasoning}\n被告人{NAME}犯{charge}。"
    source = SourceDocument(file="case.txt", media_type="text/plain", sha256="0" * 64, text=text)
    place = span(source, NAME)
    person = Defendant(
        name=Field(value=NAME, span=place),
        charges=[Field(value=charge, span=span(source, charge, text.rindex(charge)))],
    )
    if birth is not None:
        person.birth = Field(value=DateValue(date=birth), span=place)
    if verdict is not None:
        person.verdicts = {charge: verdict}
    kinds: list[tuple[SectionKind, str]] = [("facts", facts), ("reasoning", reasoning)]
    return CaseDocument(
        type="judgment",
        role="judgment",
        source=source,
        defendants=[person, *(Defendant(name=Field(value=o, span=place)) for o in others)],
        sections=[Section(kind=k, speaker="court", span=span(source, words)) for k, words in kinds],
        circumstances=[
            Circumstance(
                key=key,
                polarity="denied" if key in denied else "affirmed",
                speaker="court",
                section="reasoning",
                persons=() if unnamed else (NAME,),
                span=place,
            )
            for key in (*keys, *denied)
        ],
        amounts=[]
        if yuan is None
        else [
            Amount(
                fen=yuan * 100, role=role, fuzzy=False, speaker="court", section="facts", span=place
            )
        ],
        dates={
            "issued": Field(value=DateValue(date=issued), span=place),
            **({"offence": Field(value=DateValue(date=offence), span=place)} if offence else {}),
        },
    )
