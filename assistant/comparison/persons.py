"""One person in two documents: charges, circumstances, penalty, each classed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant import phrasing
from assistant.checks.circumstances import of_person, retold
from assistant.comparison.charges import decided
from assistant.comparison.circumstances import GROUPS
from assistant.comparison.matching import pairs
from assistant.comparison.telling import Relation
from assistant.sentencing import recommendation_vs_verdict
from ingestion.model import CaseDocument, Defendant, Field, Recommendation, Span
from knowledge_base.charges import other_part, same_charge

_OWN = {"judgment": ("court",), "opinion": ("police", "prosecution")}
_REASONED = ("reasoning", "statutes", "operative")


@dataclass(frozen=True)
class Compared:
    """One matter of one person; `first` and `second` in words, empty where nothing is said."""

    person: str
    matter: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    relation: Relation
    spans: tuple[Span, ...]


def _of_sets(mine: Sequence[str], theirs: Sequence[str]) -> Relation:
    if not theirs or not mine:
        return "missing"
    one, other = set(mine), set(theirs)
    if one == other:
        return "same"
    if other < one:
        return "narrower"
    return "wider" if one < other else "contradictory"


def _charges(
    one: CaseDocument, other: CaseDocument, a: Defendant, b: Defendant
) -> Iterator[Compared]:
    mine, theirs = decided(one, a), decided(other, b)
    if not mine and not theirs:
        return
    kept = [t for t in theirs if any(same_charge(m.value, t.value) for m in mine)]
    lost = [m for m in mine if not any(same_charge(m.value, t.value) for t in theirs)]
    found: Relation
    if not mine or not theirs:
        found = "missing"
    elif not lost and len(kept) == len(theirs):
        parts = [(m, t) for m in mine for t in kept if same_charge(m.value, t.value)]
        apart = any(other_part(m.value, t.value) for m, t in parts)
        written = {m.value for m in mine} == {t.value for t in theirs}
        found = "contradictory" if apart else "same" if written else "reworded"
    elif not lost:
        found = "wider"
    else:
        found = "narrower" if len(kept) == len(theirs) else "contradictory"
    yield Compared(
        b.name.value, "罪名", _values(mine), _values(theirs), found, _spans(mine, theirs)
    )


def _values(fields: list[Field[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f.value for f in fields))


def _spans(mine: list[Field[str]], theirs: list[Field[str]]) -> tuple[Span, ...]:
    return tuple(f.span for f in (*mine[:1], *theirs[:1]))


def _claimed(doc: CaseDocument, person: Defendant) -> dict[str, Span]:
    """Statutory circumstances the document's own author finds, under the names people use."""
    speakers = _OWN.get(doc.role or "", ("prosecution",))
    found: dict[str, Span] = {}
    for name, keys in GROUPS.items():
        for told in doc.circumstances:
            if (
                told.key in keys
                and told.polarity == "affirmed"
                and told.speaker in speakers
                and (told.section in _REASONED or doc.role == "plea")
                and (of_person(doc, told, person) or not told.persons)
                and not retold(doc, told)
            ):
                found.setdefault(name, told.span)
    return found


def _circumstances(
    one: CaseDocument, other: CaseDocument, a: Defendant, b: Defendant
) -> Iterator[Compared]:
    mine, theirs = _claimed(one, a), _claimed(other, b)
    if mine or theirs:
        spans = tuple(list(mine.values())[:1] + list(theirs.values())[:1])
        found = _of_sets(list(mine), list(theirs))
        yield Compared(b.name.value, "情节", tuple(mine), tuple(theirs), found, spans)


def _proposed(person: Defendant, role: str | None) -> list[Recommendation]:
    return [r for r in person.recommendations if r.speaker == "prosecution" or role == "plea"]


def _penalty(
    one: CaseDocument, other: CaseDocument, a: Defendant, b: Defendant
) -> Iterator[Compared]:
    mine = _proposed(a, one.role)
    if other.role == "judgment" and mine and b.sentence is not None:
        sentence = b.sentences[0] if len(b.sentences) == 1 else b.sentence
        adopted = recommendation_vs_verdict(mine[0], sentence).overall
        relations: dict[str, Relation] = {"adopted": "same", "partly": "reworded"}
        first = tuple(phrasing.recommendation(r) for r in mine)
        yield Compared(
            b.name.value,
            "量刑",
            first,
            (phrasing.sentence(sentence),),
            relations.get(adopted, "contradictory"),
            (mine[0].span, sentence.span),
        )
        return
    theirs = _proposed(b, other.role)
    if mine and theirs and other.role != "judgment":
        first = tuple(phrasing.recommendation(r) for r in mine)
        second = tuple(phrasing.recommendation(r) for r in theirs)
        yield Compared(
            b.name.value,
            "量刑",
            first,
            second,
            "same" if first == second else "contradictory",
            (mine[0].span, theirs[0].span),
        )


def compared(one: CaseDocument, other: CaseDocument) -> list[Compared]:
    """Every matter of every person of both documents; persons of one only are `missing`."""
    both, left, right = pairs(one, other)
    rows: list[Compared] = []
    for a, b in both:
        rows += _charges(one, other, a, b)
        rows += _circumstances(one, other, a, b)
        rows += _penalty(one, other, a, b)
    for person in (*left, *right):
        name = person.name.value
        first = (name,) if person in left else ()
        second = () if person in left else (name,)
        rows.append(Compared(name, "人员", first, second, "missing", (person.name.span,)))
    return rows
