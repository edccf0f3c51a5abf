"""An own document as read against its labels: per field, the items right, invented and missed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eval_sets.gold import spelling
from eval_sets.gold.compare import (
    Item,
    Items,
    as_label,
    recommendation_item,
    recommendation_label_item,
    sentence_items,
    told_once,
)
from eval_sets.gold.spelling import iso
from eval_sets.metrics import Counts, counts
from eval_sets.own.labels import OwnDefendant, OwnLabel, OwnSentence
from ingestion.model import CaseDocument, Defendant, Field, SectionKind, Sentence, Speaker

FIELDS = (
    "type",
    "instance",
    "procedure",
    "number",
    "dates",
    "defendants",
    "aliases",
    "birth",
    "measures",
    "priors",
    "accused_of",
    "charges",
    "main_penalty",
    "accessory",
    "probation",
    "fine",
    "combined",
    "custody",
    "circumstances",
    "recommendation",
    "statutes",
    "amounts",
    "quantities",
    "arguments",
)
Pairs = Iterator[tuple[str, Item]]

_APPLIED = frozenset({"reasoning", "statutes"})
_COURT = frozenset({"judgment", "ruling"})


def compare(doc: CaseDocument | None, label: OwnLabel) -> Mapping[str, Counts]:
    """Right, invented and missed items of every field; all missed where `doc` is None."""
    wanted = expected(label)
    read = given(doc, label) if doc else _collect(iter(()))
    return {name: counts(read[name], wanted[name]) for name in FIELDS}


def expected(label: OwnLabel) -> Items:
    """The items of the labels, by field."""
    return _collect(_of_label(label))


def given(doc: CaseDocument, label: OwnLabel) -> Items:
    """The items of the document as read, by field; of dates only those that are labelled."""
    return _collect(_of_document(doc, label))


def _collect(pairs: Pairs) -> Items:
    items: Items = {name: set() for name in FIELDS}
    for name, item in pairs:
        items[name].add(item)
    return items


# --------------------------------------------------------------------------- labels


def _of_label(label: OwnLabel) -> Pairs:
    yield "type", (label.type,)
    if label.type in _COURT:
        yield "instance", (label.instance,)
        if label.procedure:
            yield "procedure", (label.procedure,)
    if label.number:
        yield "number", (label.number,)
    for name, day in label.dates.items():
        yield "dates", (name, day)
    for person in label.defendants:
        yield from _labelled_person(person)
    for law, *place in label.statutes:
        yield "statutes", (spelling.law(law), *place)
    yield from (("amounts", item) for item in told_once(label.amounts or []))
    yield from (("quantities", item) for item in label.quantities or [])
    yield from _numbered(label.arguments or 0)


def _numbered(arguments: int) -> Pairs:
    yield from (("arguments", (number,)) for number in range(arguments))


def _labelled_person(person: OwnDefendant) -> Pairs:
    who = person.name
    yield "defendants", (who, person.unit)
    if person.birth:
        yield "birth", (who, person.birth)
    yield from (("aliases", (who, alias)) for alias in person.aliases)
    yield from (("measures", (who, *measure)) for measure in person.measures)
    for prior in person.priors or []:
        charge = prior.charge and spelling.charge(prior.charge)
        yield "priors", (who, prior.kind, charge, prior.date, prior.released)
    for field, names in (("accused_of", person.accused_of), ("charges", person.charges)):
        for name in names:
            yield field, (who, spelling.charge(name))
    for charge, sentence in person.sentences.items():
        yield from _penalties(who, spelling.charge(charge), sentence)
    if person.combined:
        yield "combined", (who, *person.combined.model_dump().values())
    if person.custody:
        yield "custody", (who, *person.custody)
    yield from (("circumstances", (who, *found)) for found in person.circumstances)
    for asked in person.recommendations:
        yield "recommendation", recommendation_label_item(who, asked)


def _penalties(who: str, charge: str, sentence: OwnSentence) -> Pairs:
    yield from sentence_items(who, charge, sentence)
    accessory = (
        sentence.deprivation_months,
        sentence.deprivation_life,
        sentence.confiscation_yuan,
        sentence.confiscate_all,
        sentence.deportation,
    )
    if any(accessory):
        yield "accessory", (who, charge, *accessory)


# --------------------------------------------------------------------------- what was read


def _of_document(doc: CaseDocument, label: OwnLabel) -> Pairs:
    yield "type", (doc.type,)
    if label.type in _COURT:
        yield "instance", (doc.instance,)
        if label.procedure:
            yield "procedure", (doc.procedure,)
    if doc.number:
        yield "number", (doc.number.value,)
    for name in label.dates.keys() & doc.dates.keys():
        yield "dates", (name, iso(doc.dates[name].value))
    with_priors = {person.name for person in label.defendants if person.priors is not None}
    for person in doc.defendants:
        yield from _read_person(person)
        if person.name.value in with_priors:
            yield from _read_priors(person)
        if label.type in _COURT:
            yield from _charged("accused_of", person.name.value, person.accused_of)
    yield from _told_by_speakers(doc, label)


def _read_person(person: Defendant) -> Pairs:
    who = person.name.value
    yield "defendants", (who, person.unit)
    if person.birth:
        yield "birth", (who, iso(person.birth.value))
    yield from (("aliases", (who, alias.value)) for alias in person.aliases)
    for measure in person.measures:
        yield "measures", (who, measure.kind, iso(measure.date) if measure.date else None)
    yield from _charged("charges", who, person.charges)
    for charge, sentence in person.verdicts.items():
        yield from _penalties(who, spelling.charge(charge), _read_sentence(sentence))
    if person.combined:
        yield "combined", (who, *_read_sentence(person.combined).model_dump().values())
    if dates := person.custody_dates:
        yield "custody", (who, iso(dates.start), iso(dates.end))
    for asked in person.recommendations:
        if asked.speaker == "prosecution":
            yield "recommendation", recommendation_item(who, asked)


def _read_priors(person: Defendant) -> Pairs:
    for prior in person.priors:
        convicted = prior.kind == "conviction" and prior.charge
        charge = spelling.charge(convicted) if convicted else None
        days = (day and iso(day) for day in (prior.date, prior.released))
        yield "priors", (person.name.value, prior.kind, charge, *days)


def _charged(field: str, who: str, names: list[Field[str]]) -> Pairs:
    for name in names:
        yield field, (who, spelling.charge(name.value))


def _read_sentence(sentence: Sentence) -> OwnSentence:
    return OwnSentence(**as_label(sentence).model_dump(), deportation=sentence.deportation)


def _told_by_speakers(doc: CaseDocument, label: OwnLabel) -> Pairs:
    people = [person.name.value for person in doc.defendants]
    author = author_of(label)
    for found in doc.circumstances:
        if _reasons(found.speaker, found.section, author):
            for name in found.persons or people:
                yield "circumstances", (name, found.key, found.polarity, found.speaker)
    for cited in doc.statutes:
        if cited.speaker == author and (label.type == "plea" or cited.section in _APPLIED):
            place = (cited.article, cited.sub, cited.paragraph, cited.item)
            yield "statutes", (spelling.law(cited.law), *place)
    if label.amounts is not None:
        yield from (("amounts", item) for item in told_once(_told(doc)))
    if label.quantities is not None:
        yield from (("quantities", item) for item in _weighed(doc))
    if label.arguments is not None:
        yield from _numbered(len(doc.arguments))


def author_of(label: OwnLabel) -> Speaker:
    """Who speaks in the reasoning of a document of that type."""
    if label.type in _COURT:
        return "court"
    return "police" if label.type == "opinion" else "prosecution"


def _reasons(speaker: Speaker, section: SectionKind, author: Speaker) -> bool:
    """Whether it is said where that speaker argues: no story is an argument."""
    if speaker == author:
        return section in _APPLIED
    return section not in ("facts", "procedure", "parties")


def _told(doc: CaseDocument) -> list[tuple[float, str]]:
    """The sums of the facts, or of the accusation where the document tells none of its own."""
    asked = [r.span for person in doc.defendants for r in person.recommendations]
    story = [
        a
        for a in doc.amounts
        if not any(s.start <= a.span.start and a.span.end <= s.end for s in asked)
    ]
    found = [a for a in story if a.section == "facts"]
    found = found or [a for a in story if a.section == "accusation"]
    return [(a.fen / 100, a.role) for a in found]


def _weighed(doc: CaseDocument) -> list[tuple[float, str]]:
    """The drugs and the alcohol of the facts."""
    told = (q for q in doc.quantities if q.section == "facts" and q.what in ("drug", "alcohol"))
    return [(q.value, q.unit) for q in told]
