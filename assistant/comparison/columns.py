"""The pairwise differences of a case laid side by side: a column a document, a row a matter.

Works on the result's key `differences` as it is stored, so that a case is not read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.casefile import ROLE_NAMES
from assistant.comparison.report import ORDER, RELATION_NAMES
from assistant.comparison.telling import Relation
from ingestion.model import Role

MOST = 4
"""Documents that stand beside each other legibly; the plea is told of in the others."""
_GRAVEST: tuple[Relation, ...] = (
    "contradictory",
    "missing",
    "narrower",
    "wider",
    "reworded",
    "same",
)
Key = tuple[str, int, int]


@dataclass(frozen=True)
class Entry:
    """Words of one document; `start`…`end` are its offsets, None where no place was noted."""

    text: str
    start: int | None = None
    end: int | None = None
    label: str = ""


@dataclass
class Line:
    """One matter in all documents; `relation` is the gravest of those between two of them.

    `inner` lines are single sentences of the count above them. `sure` False: rules could not
    decide, a person is to look; `by_model`: the relation is what the model made of it.
    """

    matter: str
    person: str = ""
    inner: bool = False
    cells: dict[Role, list[Entry]] = field(default_factory=dict)
    relation: Relation = "same"
    sure: bool = True
    by_model: bool = False
    withdrawn: bool = False

    @property
    def relation_name(self) -> str:
        return RELATION_NAMES[self.relation]

    def _add(self, role: Role, entry: Entry) -> None:
        held = self.cells.setdefault(role, [])
        if not any((e.label or e) == (entry.label or entry) for e in held):
            held.append(entry)

    def _relate(self, row: dict[str, Any]) -> None:
        self.relation = min(self.relation, row["relation"], key=_GRAVEST.index)
        self.sure = self.sure and row.get("sure", True)
        self.by_model = self.by_model or row.get("decided_by") == "model"
        self.withdrawn = self.withdrawn or bool(row.get("withdrawn"))


def roles_of(differences: dict[str, Any]) -> list[Role]:
    """The documents compared, in the order of the procedure, at most four."""
    used = {role for pair in differences["pairs"] for role in (pair["first"], pair["second"])}
    dropped = {"plea"} if len(used) > MOST else set()
    roles: list[Role] = [role for role in ORDER if role in used - dropped]
    return roles[:MOST]


def side_by_side(differences: dict[str, Any]) -> list[Line]:
    """Facts count by count, each with its differing sentences, then persons' matters."""
    shown = set(roles_of(differences))
    pairs = [p for p in differences["pairs"] if {p["first"], p["second"]} <= shown]
    return [*_facts(pairs), *_persons(pairs)]


def _facts(pairs: list[dict[str, Any]]) -> Iterator[Line]:
    rows = [(pair, row) for pair in pairs for row in pair["counts"]]
    counts = _joined((pair, row) for pair, row in rows)
    for line, members in counts:
        yield line
        inner = [
            (pair, passage)
            for pair, row in members
            for passage in row.get("passages", ())
            if passage["relation"] != "same"
        ]
        for passage, _ in _joined(inner, inner=True):
            yield passage


def _joined(
    rows: Iterable[tuple[dict[str, Any], dict[str, Any]]], *, inner: bool = False
) -> list[tuple[Line, list[tuple[dict[str, Any], dict[str, Any]]]]]:
    """Rows that share a place are one line, however many documents it runs through."""
    lines: list[tuple[Line, list[tuple[dict[str, Any], dict[str, Any]]], set[Key]]] = []
    for pair, row in rows:
        places = {
            _key(pair[side], row[side]): (pair[side], row[side])
            for side in ("first", "second")
            if row[side] is not None
        }
        touched = [entry for entry in lines if entry[2] & places.keys()]
        if not touched:
            line = Line("其中" if inner else "事实", inner=inner)
            touched = [(line, [], set())]
            lines += touched
        line, members, keys = touched[0]
        for other, more, theirs in touched[1:]:
            _merge(line, other)
            members += more
            keys.update(theirs)
        lines = [entry for entry in lines if entry not in touched[1:]]
        members.append((pair, row))
        keys.update(places)
        for role, told in places.values():
            line._add(role, _entry(told))
        line._relate(row)
    return [(line, members) for line, members, _ in lines]


def _merge(line: Line, other: Line) -> None:
    for role, entries in other.cells.items():
        for entry in entries:
            line._add(role, entry)
    line.relation = min(line.relation, other.relation, key=_GRAVEST.index)
    line.sure = line.sure and other.sure
    line.by_model = line.by_model or other.by_model
    line.withdrawn = line.withdrawn or other.withdrawn


def _span_of(told: dict[str, Any]) -> dict[str, Any]:
    """A count has its span inside, a passage is one."""
    span: dict[str, Any] = told.get("span", told)
    return span


def _key(role: str, told: dict[str, Any]) -> Key:
    """A count is known by its number (its words may be cut elsewhere beside another document)."""
    if "number" in told:
        return role, told["number"], 0
    return role, told["start"], told["end"]


def _entry(told: dict[str, Any]) -> Entry:
    span = _span_of(told)
    label = f"第{told['number']}起" if "number" in told else ""
    return Entry(span["quote"], span["start"], span["end"], label)


def _persons(pairs: list[dict[str, Any]]) -> Iterator[Line]:
    lines: dict[tuple[str, str], Line] = {}
    for pair in pairs:
        for row in pair["persons"]:
            key = row["person"], row["matter"]
            line = lines.setdefault(key, Line(row["matter"], person=row["person"]))
            for side in ("first", "second"):
                role = pair[side]
                place = next((s for s in row["spans"] if s["role"] == role), None)
                if row[side]:
                    at = (place["start"], place["end"]) if place else (None, None)
                    line.cells.setdefault(role, [Entry("、".join(row[side]), *at)])
            line._relate(row)
    yield from lines.values()


def column_names(roles: Iterable[Role]) -> list[str]:
    """The documents' names in Chinese."""
    return [ROLE_NAMES[role] for role in roles]
