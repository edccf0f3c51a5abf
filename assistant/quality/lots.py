"""Cross evaluation by lot: each case falls to an evaluator of another department (交叉评查).

What a lot falls to follows from the seed, the case and the candidates alone, so that anyone
can draw it again. Every candidate who may evaluate a case has the same chance.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.accounts import Part, Person, assign
from assistant.accounts.people import UserRole, person_of
from assistant.accounts.schema import PartRow, UserRow
from assistant.quality.errors import NoCandidate
from assistant.quality.queue import require_current
from assistant.quality.schema import LotRow
from assistant.quality.steps import open_case
from assistant.storage import Store
from assistant.storage.chain import Event, append, now

SEED_BYTES = 16


@dataclass(frozen=True)
class Candidate:
    """An evaluator who took part in a drawing."""

    id: int
    name: str
    department: str


@dataclass(frozen=True)
class Entrant:
    """A case in a drawing, and the departments and people whose own it is."""

    case_id: str
    departments: tuple[str, ...]
    holders: tuple[int, ...]

    def may_go_to(self, candidate: Candidate) -> bool:
        """Never to the case's own people; nor to one whose department nobody knows."""
        return (
            bool(candidate.department)
            and candidate.department not in self.departments
            and candidate.id not in self.holders
        )


@dataclass(frozen=True)
class Lot:
    """One drawing as it is kept. `drawn` maps case ids to ids of candidates."""

    id: int
    seed: str
    cases: tuple[Entrant, ...]
    candidates: tuple[Candidate, ...]
    drawn: dict[str, int]
    name: str
    at: str

    def again(self) -> dict[str, int]:
        """Draw it again; equal to `drawn` unless someone has touched it."""
        return draw(self.seed, self.cases, self.candidates)


def draw(seed: str, cases: Sequence[Entrant], candidates: Sequence[Candidate]) -> dict[str, int]:
    """The candidate of each case. Raises NoCandidate, naming the case nobody may evaluate."""
    drawn = {}
    for case in cases:
        free = sorted((c for c in candidates if case.may_go_to(c)), key=lambda c: c.id)
        if not free:
            raise NoCandidate(f"案件“{case.case_id}”没有本部门以外的评查员可以分配。")
        # 256 bits over a handful of people: no chance differs by more than one in 10^70.
        number = int.from_bytes(hashlib.sha256(f"{seed}:{case.case_id}".encode()).digest())
        drawn[case.case_id] = free[number % len(free)].id
    return drawn


def draw_lots(store: Store, case_ids: Sequence[str], *, by: Person) -> Lot:
    """Draw an evaluator of this unit for each case, and assign him (评查).

    Seed, candidates and result are kept and audited. Raises NoCandidate, NoSuchCase,
    CaseSigned; then nothing was drawn.
    """
    seed = secrets.token_hex(SEED_BYTES)
    with store.writing() as session:
        require_current(session, case_ids, by)
        people = {person.id: person for person in _evaluators(session, by.unit)}
        candidates = [Candidate(p.id, p.name, p.department) for p in people.values()]
        cases = [_entrant(session, case_id) for case_id in dict.fromkeys(case_ids)]
        drawn = draw(seed, cases, candidates)
        row = LotRow(
            seed=seed,
            cases=[asdict(case) for case in cases],
            candidates=[asdict(candidate) for candidate in candidates],
            drawn=drawn,
            unit=by.unit,
            by=by.id,
            name=by.name,
            at=now(),
        )
        session.add(row)
        session.flush()
        after = {
            "lot": row.id,
            "seed": seed,
            "cases": row.cases,
            "candidates": row.candidates,
            "drawn": drawn,
        }
        append(session, Event("lot.drawn", by.name, after=after))
        for case_id, person_id in drawn.items():
            assign(session, case_id, people[person_id], by=by.name)
        return _lot(row)


def lots(store: Store, unit: str) -> list[Lot]:
    """The drawings of a unit, the latest first."""
    with store.reading() as session:
        query = select(LotRow).where(LotRow.unit == unit).order_by(LotRow.id.desc())
        return [_lot(row) for row in session.scalars(query)]


def _evaluators(session: Session, unit: str) -> list[Person]:
    query = select(UserRow).where(
        UserRow.unit == unit,
        UserRow.role == UserRole.evaluator.value,
        UserRow.disabled.is_(False),
    )
    return [person_of(row) for row in session.scalars(query.order_by(UserRow.id))]


def _entrant(session: Session, case_id: str) -> Entrant:
    open_case(session, case_id)
    query = select(PartRow).where(PartRow.case_id == case_id, PartRow.part == Part.holder.value)
    holders = session.scalars(query.order_by(PartRow.user_id)).all()
    departments = dict.fromkeys(row.department for row in holders)
    if not all(departments) or not departments:
        raise NoCandidate(f"案件“{case_id}”的承办部门不明，无法排除本部门，不能抽签。")
    return Entrant(case_id, tuple(departments), tuple(row.user_id for row in holders))


def _lot(row: LotRow) -> Lot:
    return Lot(
        id=row.id,
        seed=row.seed,
        cases=tuple(
            Entrant(c["case_id"], tuple(c["departments"]), tuple(c["holders"])) for c in row.cases
        ),
        candidates=tuple(Candidate(**c) for c in row.candidates),
        drawn={case: int(person) for case, person in row.drawn.items()},
        name=row.name,
        at=row.at,
    )
