"""Who has what part in which case, and so who may see it.

- An officer or evaluator sees the cases he holds (承办: he uploaded it, or it was handed to him).
- An evaluator sees the cases he is assigned to evaluate (评查), and those he brought in (送评).
- The quality team sees the cases of its unit, and those its members hold.
- An administrator sees no case: he manages accounts and settings.
Who holds a case never evaluates it (回避). Who evaluates others' cases and uploads one brings it
in; but where a document of it bears his signature, he holds it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, false, func, or_, select
from sqlalchemy.orm import Session

from assistant.accounts.errors import Recusal
from assistant.accounts.people import EVALUATING, Person, UserRole
from assistant.accounts.schema import PartRow
from assistant.storage import CaseRecord, NoSuchCase, Store
from assistant.storage.chain import Event, append, now
from assistant.storage.rows import case_record, case_row
from assistant.storage.schema import CaseRow


class Part(StrEnum):
    """What a person is to a case."""

    holder = "holder"
    evaluator = "evaluator"
    bringer = "bringer"


OF_UNIT = (Part.holder.value, Part.bringer.value)
"""The parts that make a case one of the person's unit."""


def save_held(store: Store, result: dict[str, Any], person: Person) -> str:
    """Store a result of `person`, who holds the case from now on; returns its id."""
    return store.save_analysis(
        result,
        actor=person.name,
        office=person.unit,
        also=lambda session, case_id: hold(session, case_id, person, by=person.name),
    )


def hold(session: Session, case_id: str, person: Person, *, by: str) -> None:
    """The person handles the case, in the caller's writing transaction. Raises NoSuchCase."""
    case_row(session, case_id)
    _take(session, case_id, person, Part.holder, by)


def bring(
    session: Session, case_id: str, person: Person, signed: Collection[str], *, by: str
) -> None:
    """The person uploaded the case, whose documents are signed by `signed` names.

    An officer holds what he uploads. Raises NoSuchCase.
    """
    case_row(session, case_id)
    # Of two people with one name, one account has something in brackets behind it.
    his_own = re.split(r"[（(]", person.name)[0] in signed
    part = Part.bringer if person.role in EVALUATING and not his_own else Part.holder
    _take(session, case_id, person, part, by)


def assign(session: Session, case_id: str, person: Person, *, by: str) -> None:
    """The person is to evaluate the case. Raises Recusal where he handled it."""
    refuse_holder(session, case_id, person)
    _take(session, case_id, person, Part.evaluator, by)


def refuse_holder(session: Session, case_id: str, person: Person) -> None:
    """Raises Recusal for who handles the case: he never evaluates it."""
    if Part.holder in parts(session, case_id, person):
        raise Recusal(f"本案由{person.name}承办，依规定应当回避，请由他人评查。")


def withdraw(session: Session, case_id: str, person: Person, *, by: str) -> None:
    """The person is no longer to evaluate the case."""
    session.execute(
        delete(PartRow).where(
            PartRow.case_id == case_id,
            PartRow.user_id == person.id,
            PartRow.part == Part.evaluator.value,
        )
    )
    append(session, _event("case.withdrawn", by, case_id, person))


def parts(session: Session, case_id: str, person: Person) -> set[Part]:
    """The person's parts in the case."""
    query = select(PartRow.part).where(PartRow.case_id == case_id, PartRow.user_id == person.id)
    return {Part(part) for part in session.scalars(query)}


def may_see(session: Session, case_id: str, person: Person) -> bool:
    """Whether the person may see this case."""
    return session.scalar(seen_by(person).where(CaseRow.id == case_id)) is not None


def require_sight(store: Store, case_id: str, person: Person) -> None:
    """Raises NoSuchCase where there is no such case for this person."""
    with store.reading() as session:
        if not may_see(session, case_id, person):
            raise NoSuchCase(f"没有编号为“{case_id}”的案件。")


def departments(unit: str) -> Any:
    """Subquery: each case of the unit with each department that handled it, once."""
    return (
        select(PartRow.case_id, PartRow.department)
        .where(PartRow.part == Part.holder.value, PartRow.unit == unit)
        .distinct()
        .subquery()
    )


def cases_of(store: Store, person: Person) -> list[CaseRecord]:
    """The cases this person may see, the newest first."""
    with store.reading() as session:
        query = seen_by(person).order_by(CaseRow.created_at.desc(), CaseRow.id)
        return [case_record(session, case_row(session, found)) for found in session.scalars(query)]


def found_cases(
    store: Store, person: Person, words: str, *, first: int, most: int
) -> tuple[list[CaseRecord], int]:
    """Of the cases this person may see, the newest first, `most` from the `first` (from 0) on.

    `words` stand in the title or are the case's id; blank finds all. With the number of all.
    """
    query = seen_by(person)
    if words:
        titled = CaseRow.title.contains(words, autoescape=True)
        query = query.where(or_(titled, CaseRow.id == words))
    with store.reading() as session:
        total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        page = query.order_by(CaseRow.created_at.desc(), CaseRow.id).offset(first).limit(most)
        found = list(session.scalars(page))
        return [case_record(session, case_row(session, case_id)) for case_id in found], total


def seen_by(person: Person) -> Select[str]:
    """Ids of the cases that this person may see."""
    return select(CaseRow.id).where(CaseRow.id.in_(select(PartRow.case_id).where(_sight(person))))


def _sight(person: Person) -> ColumnElement[bool]:
    mine = PartRow.user_id == person.id
    if person.role is UserRole.admin:
        return false()
    if person.role is UserRole.quality:
        return or_(mine, and_(PartRow.unit == person.unit, PartRow.part.in_(OF_UNIT)))
    return mine


def _take(session: Session, case_id: str, person: Person, part: Part, by: str) -> None:
    if part in parts(session, case_id, person):
        return
    session.add(
        PartRow(
            case_id=case_id,
            user_id=person.id,
            part=part.value,
            unit=person.unit,
            department=person.department,
            at=now(),
        )
    )
    append(session, _event(_TAKEN[part], by, case_id, person))


_TAKEN = {
    Part.holder: "case.held",
    Part.evaluator: "case.assigned",
    Part.bringer: "case.brought",
}


def _event(action: str, by: str, case_id: str, person: Person) -> Event:
    after = {"name": person.name, "unit": person.unit, "department": person.department}
    return Event(action=action, actor=by, case_id=case_id, after=after)
