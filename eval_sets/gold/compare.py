"""A document as read against its labels: per field, the items right, invented and missed.

Every field becomes a set of items on both sides. An item of a defendant carries his name, so
that a defendant who was not found costs all his items, and a value given to the wrong one
counts twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from eval_sets.gold import spelling
from eval_sets.gold.digest import digest
from eval_sets.gold.labels import DefendantLabel, Label, RecommendationLabel, SentenceLabel
from eval_sets.gold.spelling import iso, months, yuan
from eval_sets.metrics import Counts, counts
from ingestion.model import (
    CaseDocument,
    Defendant,
    Recommendation,
    Sentence,
)

Item = tuple[object, ...]
Items = dict[str, set[Item]]

FIELDS = (
    "type",
    "instance",
    "procedure",
    "defendants",
    "birth",
    "measures",
    "accused_of",
    "charges",
    "main_penalty",
    "probation",
    "fine",
    "combined",
    "custody",
    "circumstances",
    "spoken",
    "circumstances_speaker",
    "recommendation",
    "criminal_law",
    "statutes_full",
    "amounts",
)
_ADDED = re.compile(
    r"[，,]?(?:本院)?(?:另|再|还|又)(?:经)?(?:审理)?查"
    r"|[^。，]{0,8}查明(?:的[^。，]{0,8}[与和同])?[，,：:]?\s?"
    r"(?:(?:公诉|检察)机关|[^。，]{2,20}检察院|起诉书)[^。]{0,30}指控"
)
_CRIMINAL_LAW = spelling.law("刑法")
_PARTIES = ("prosecution", "defence")
_APPLIED = frozenset({"reasoning", "statutes"})


def as_label(sentence: Sentence) -> SentenceLabel:
    """A sentence as read, in the form of the labels."""
    return SentenceLabel(
        main=sentence.main,
        months=sentence.term.months,
        days=sentence.term.days,
        probation_months=months(sentence.probation),
        fine_yuan=yuan(sentence.fine_fen),
        deprivation_months=months(sentence.deprivation),
        deprivation_life=sentence.deprivation_life,
        exempt=sentence.exempt,
        acquitted=sentence.acquitted,
        confiscate_all=sentence.confiscate_all,
        confiscation_yuan=yuan(sentence.confiscation_fen),
    )


def sentence_items(who: str, charge: str, label: SentenceLabel) -> Iterator[tuple[str, Item]]:
    """The items of one sentence: main penalty, probation, fine."""
    yield (
        "main_penalty",
        (who, charge, label.main, label.months, label.days, label.exempt, label.acquitted),
    )
    if label.probation_months is not None:
        yield "probation", (who, charge, label.probation_months)
    if label.fine_yuan is not None:
        yield "fine", (who, charge, label.fine_yuan)


def _person_of_label(person: DefendantLabel) -> Iterator[tuple[str, Item]]:
    who = person.name
    yield "defendants", (who,)
    if person.birth:
        yield "birth", (who, person.birth)
    for kind, day in person.measures:
        yield "measures", (who, kind, day)
    for field, names in (("accused_of", person.accused_of), ("charges", person.charges)):
        for name in names:
            yield field, (who, spelling.charge(name))
    for charge, sentence in person.sentences.items():
        yield from sentence_items(who, spelling.charge(charge), sentence)
    if person.combined:
        yield "combined", (who, *person.combined.model_dump().values())
    if person.custody:
        yield "custody", (who, *person.custody)
    for key, polarity in person.circumstances:
        yield "circumstances", (who, key, polarity)
    for asked in person.recommendations:
        yield "recommendation", recommendation_label_item(who, asked)
    for key, polarity, speaker in person.spoken or ():
        yield "spoken", (who, key, polarity, speaker)


def _statute(
    law: str, article: int, sub: int | None, paragraph: int | None, item: int | None
) -> Iterator[tuple[str, Item]]:
    """The provision in full, and the article alone where it is one of the Criminal Law."""
    yield "statutes_full", (law, article, sub, paragraph, item)
    if law == _CRIMINAL_LAW:
        yield "criminal_law", (article, sub)


def _has_spoken(label: Label) -> bool:
    """Whether what prosecution and defence name was labelled."""
    return all(person.spoken is not None for person in label.defendants)


def _has_procedure(label: Label) -> bool:
    """The kinds of procedure are those of the first instance."""
    return label.instance == "first" and label.procedure is not None


def _of_label(label: Label) -> Iterator[tuple[str, Item]]:
    yield "type", (label.type,)
    yield "instance", (label.instance,)
    if _has_procedure(label):
        yield "procedure", (label.procedure,)
    for person in label.defendants:
        yield from _person_of_label(person)
    for law, article, sub, *place in label.statutes:
        yield from _statute(spelling.law(law), article, sub, *place)
    yield from (("amounts", item) for item in told_once(label.amounts))


def told_once(pairs: list[tuple[float, str]]) -> set[Item]:
    """A sum told again without a part of its own (`other`) adds nothing to its telling."""
    told = {yuan for yuan, role in pairs if role != "other"}
    return {(yuan, role) for yuan, role in pairs if role != "other" or yuan not in told}


def recommendation_label_item(who: str, label: RecommendationLabel) -> Item:
    """The item of a labelled recommendation."""
    return (
        who,
        label.main,
        (label.low_months, label.low_days),
        (label.high_months, label.high_days),
        bool(label.probation),
        label.fine_low_yuan,
        label.fine_high_yuan,
    )


def recommendation_item(who: str, given: Recommendation) -> Item:
    """The item of a recommendation as read."""
    low, high = given.low, given.high
    return (
        who,
        given.main,
        (low.months, low.days) if low else (None, 0),
        (high.months, high.days) if high else (None, 0),
        bool(given.probation),
        yuan(given.fine_low_fen),
        yuan(given.fine_high_fen),
    )


def _person(who: str, person: Defendant, sign: Callable[[str], str]) -> Iterator[tuple[str, Item]]:
    yield "defendants", (who,)
    if person.birth:
        yield "birth", (who, sign(iso(person.birth.value)))
    for measure in person.measures:
        day = sign(iso(measure.date)) if measure.date else None
        yield "measures", (who, measure.kind, day)
    for field, names in (("accused_of", person.accused_of), ("charges", person.charges)):
        for name in names:
            yield field, (who, spelling.charge(name.value))
    for charge, sentence in person.verdicts.items():
        yield from sentence_items(who, spelling.charge(charge), as_label(sentence))
    if person.combined:
        yield "combined", (who, *as_label(person.combined).model_dump().values())
    if dates := person.custody_dates:
        yield "custody", (who, sign(iso(dates.start)), sign(iso(dates.end)))
    for given in person.recommendations:
        if given.speaker == "prosecution":
            yield "recommendation", recommendation_item(who, given)


def _told(doc: CaseDocument) -> list[tuple[float, str]]:
    """The sums of the court's facts, or of the accusation where the court tells none.

    另查明 adds to the accusation that the court adopts, and is no story of its own; nor is
    经审理查明，公诉机关指控的事实清楚, or 查明的事实与公诉机关指控一致.
    A fine that the prosecution asks for stands in the accusation but is no part of the story.
    """
    asked = [r.span for person in doc.defendants for r in person.recommendations]
    story = [
        a
        for a in doc.amounts
        if a.currency == "CNY"
        and not any(s.start <= a.span.start and a.span.end <= s.end for s in asked)
    ]
    found = [a for a in story if a.section == "facts"]
    if not found or all(_ADDED.match(s.span.quote) for s in doc.sections_of("facts")):
        found += [a for a in story if a.section == "accusation"]
    return [(a.fen / 100, a.role) for a in found]


def _of_document(doc: CaseDocument, identity: str, label: Label) -> Iterator[tuple[str, Item]]:
    def sign(value: str) -> str:
        return digest(identity, value)

    yield "type", (doc.type,)
    yield "instance", (doc.instance,)
    if _has_procedure(label):
        yield "procedure", (doc.procedure,)
    people = {person.name.value: sign(person.name.value) for person in doc.defendants}
    for person in doc.defendants:
        yield from _person(people[person.name.value], person, sign)
    for found in doc.circumstances:
        if found.speaker == "court" and found.section in _APPLIED:
            for name in found.persons or people:
                yield "circumstances", (people.get(name, name), found.key, found.polarity)
        elif found.speaker in _PARTIES and _has_spoken(label):
            for name in found.persons or people:
                item = (people.get(name, name), found.key, found.polarity, found.speaker)
                yield "spoken", item
    for cited in doc.statutes:
        if cited.speaker == "court" and cited.section in _APPLIED:
            place = (cited.article, cited.sub, cited.paragraph, cited.item)
            yield from _statute(spelling.law(cited.law), *place)
    yield from (("amounts", item) for item in told_once(_told(doc)))


def _collect(pairs: Iterator[tuple[str, Item]], label: Label) -> Items:
    items: Items = {name: set() for name in FIELDS}
    for name, item in pairs:
        items[name].add(item)
    if _has_spoken(label):
        courts = {(*item, "court") for item in items["circumstances"]}
        items["circumstances_speaker"] = courts | items["spoken"]
    return items


def expected(label: Label) -> Items:
    """The items of the labels, by field."""
    return _collect(_of_label(label), label)


def given(doc: CaseDocument, label: Label) -> Items:
    """The items of the document as read, by field, in the form of `expected`."""
    return _collect(_of_document(doc, label.id, label), label)


def compare(doc: CaseDocument | None, label: Label) -> Mapping[str, Counts]:
    """Right, invented and missed items of every field; all missed where `doc` is None."""
    wanted = expected(label)
    read = given(doc, label) if doc else _collect(iter(()), label)
    return {name: counts(read[name], wanted[name]) for name in FIELDS}
