"""The labels of the development indictments, and how to compare a document with them.

Persons, organs, numbers and days are digests bound to `id`, the SHA-256 of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from pydantic import Field

from eval_sets.gold import spelling
from eval_sets.gold.compare import Item, recommendation_item, recommendation_label_item, told_once
from eval_sets.gold.digest import digest
from eval_sets.gold.labels import FOLDER, Polarity, Provision, RecommendationLabel
from eval_sets.gold.spelling import iso
from eval_sets.metrics import Counts, counts
from ingestion.model import CaseDocument, Defendant, Frozen

FIELDS = (
    "type",
    "number",
    "organs",
    "dates",
    "defendants",
    "aliases",
    "birth",
    "measures",
    "charges",
    "circumstances",
    "recommendation",
    "statutes_full",
    "amounts",
)
Pairs = Iterator[tuple[str, Item]]

_ORGANS = ("procuratorate", "court", "police")


class AccusedLabel(Frozen):
    """One accused; `name`, `aliases`, `birth` and every day are digests."""

    name: str
    aliases: list[str] = Field(default_factory=list)
    birth: str | None = None
    measures: list[tuple[str, str | None]] = Field(default_factory=list)
    charges: list[str] = Field(default_factory=list)
    circumstances: list[tuple[str, Polarity]] = Field(default_factory=list)
    recommendation: RecommendationLabel | None = None


class IndictmentLabel(Frozen):
    """All labels of one indictment; the keys of `dates` are those of `CaseDocument.dates`."""

    id: str
    type: str = "indictment"
    number: str | None = None
    procuratorate: str | None = None
    court: str | None = None
    police: str | None = None
    dates: dict[str, str] = Field(default_factory=dict)
    defendants: list[AccusedLabel]
    statutes: list[Provision] = Field(default_factory=list)
    amounts: list[tuple[float, str]] = Field(default_factory=list)


@cache
def labels() -> Mapping[str, IndictmentLabel]:
    """The labels by the SHA-256 of the file."""
    lines = (FOLDER / "indictments.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [IndictmentLabel.model_validate_json(line) for line in lines if line.strip()]
    return {row.id: row for row in rows}


def _of_label(label: IndictmentLabel) -> Pairs:
    yield "type", (label.type,)
    if label.number:
        yield "number", (label.number,)
    yield from (("organs", (o, v)) for o in _ORGANS if (v := getattr(label, o)))
    yield from (("dates", item) for item in label.dates.items())
    for person in label.defendants:
        yield "defendants", (person.name,)
        yield from (("aliases", (person.name, alias)) for alias in person.aliases)
        if person.birth:
            yield "birth", (person.name, person.birth)
        yield from (("measures", (person.name, *measure)) for measure in person.measures)
        yield from (("charges", (person.name, spelling.charge(c))) for c in person.charges)
        yield from (("circumstances", (person.name, *named)) for named in person.circumstances)
        if person.recommendation:
            item = recommendation_label_item(person.name, person.recommendation)
            yield "recommendation", item
    yield from (("statutes_full", (spelling.law(law), *place)) for law, *place in label.statutes)
    yield from (("amounts", item) for item in told_once(label.amounts))


def _person(person: Defendant, sign: Callable[[str], str]) -> Pairs:
    who = sign(person.name.value)
    yield "defendants", (who,)
    yield from (("aliases", (who, sign(alias.value))) for alias in person.aliases)
    if person.birth:
        yield "birth", (who, sign(iso(person.birth.value)))
    for measure in person.measures:
        yield "measures", (who, measure.kind, sign(iso(measure.date)) if measure.date else None)
    yield from (("charges", (who, spelling.charge(c.value))) for c in person.charges)
    yield from (("recommendation", recommendation_item(who, r)) for r in person.recommendations)


def _of_document(doc: CaseDocument, sign: Callable[[str], str]) -> Pairs:
    yield "type", (doc.type,)
    if doc.number:
        yield "number", (sign(doc.number.value),)
    yield from (("organs", (o, sign(v.value))) for o in _ORGANS if (v := getattr(doc, o)))
    yield from (("dates", (key, sign(iso(day.value)))) for key, day in doc.dates.items())
    for person in doc.defendants:
        yield from _person(person, sign)
    names = [person.name.value for person in doc.defendants]
    for found in doc.circumstances:
        for name in found.persons or names:
            yield "circumstances", (sign(name), found.key, found.polarity)
    for cited in doc.statutes:
        place = (cited.article, cited.sub, cited.paragraph, cited.item)
        yield "statutes_full", (spelling.law(cited.law), *place)
    yield from (
        ("amounts", item) for item in told_once([(a.fen / 100, a.role) for a in doc.amounts])
    )


def compare(doc: CaseDocument | None, label: IndictmentLabel) -> Mapping[str, Counts]:
    """Right, invented and missed items of every field; all missed where `doc` is None."""
    wanted = list(_of_label(label))
    read = list(_of_document(doc, lambda value: digest(label.id, value))) if doc else []
    return {
        field: counts(
            [item for name, item in read if name == field],
            [item for name, item in wanted if name == field],
        )
        for field in FIELDS
    }
