"""整改销号: what a notice told of is answered by the officer and struck off by quality."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from office import case, person
from openpyxl import load_workbook
from results import finding
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from assistant import review
from assistant.accounts import Person, UserRole, bring
from assistant.audit import verify
from assistant.overview.problems import problem_list
from assistant.overview.scope import Scope
from assistant.quality import grades
from assistant.quality.errors import NoSuchRectification, NotSigned, NotTheWay, OwnMatter
from assistant.quality.notices import note_sent
from assistant.quality.rectification import (
    Rectification,
    Wanted,
    answer,
    decide,
    listed,
    waiting_for,
)
from assistant.review import ReasonRequired
from assistant.settings import Settings
from assistant.storage import Store, open_store


@dataclass
class Office:
    store: Store
    officer: Person
    quality: Person
    case_id: str

    def list(self, **wanted: str) -> list[Rectification]:
        return listed(self.store, self.quality, Wanted(**wanted))  # type: ignore[arg-type]


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    """A case of two confirmed problems; a notice on the first was sent today."""
    with open_store(settings) as store:
        officer = person(store, "韩检", UserRole.officer, "第一检察部")
        quality = person(store, "质管李", UserRole.quality, "案件管理部")
        case_id = case(store, officer, "一", finding("CMP-006"), finding("FMT-002", "minor"))
        for number in (1, 2):
            review.confirm(store, case_id, number, quality.name)
        note_sent(store, case_id, [1], date.today(), by=quality)
        yield Office(store, officer, quality, case_id)


def test_from_the_notice_to_the_end(office: Office) -> None:
    (one,) = office.list()
    assert (one.state, one.number, one.paper) == ("required", 1, "monitoring")
    assert waiting_for(office.store, office.officer) == [office.case_id]
    answer(office.store, office.case_id, one.id, "已更正数额并重新送达", by=office.officer)
    assert [r.state for r in office.list()] == ["answered"]
    assert waiting_for(office.store, office.officer) == []
    decide(office.store, office.case_id, one.id, "returned", "未附送达回证", by=office.quality)
    assert [r.state for r in office.list(state="required")] == ["required"]
    answer(office.store, office.case_id, one.id, "已补附送达回证", by=office.officer)
    decide(office.store, office.case_id, one.id, "closed", "", by=office.quality)
    (closed,) = office.list(state="closed")
    assert [(s.step, s.name, s.text) for s in closed.steps] == [
        ("required", "质管李", ""),
        ("answered", "韩检", "已更正数额并重新送达"),
        ("returned", "质管李", "未附送达回证"),
        ("answered", "韩检", "已补附送达回证"),
        ("closed", "质管李", ""),
    ]
    actions = [change.action for change in office.store.history(office.case_id)]
    assert actions[-4:] == [
        "rectification.answered", "rectification.returned", "rectification.answered",
        "rectification.closed",
    ]  # fmt: skip
    assert verify(office.store) == []


def test_who_may_do_what_and_when(office: Office) -> None:
    (one,) = office.list()
    store, case_id = office.store, office.case_id
    other = person(store, "别的检察官", UserRole.officer, "第二检察部")
    with pytest.raises(OwnMatter):
        answer(store, case_id, one.id, "已整改", by=other)
    with pytest.raises(OwnMatter):
        decide(store, case_id, one.id, "closed", "已整改", by=office.officer)
    with pytest.raises(ReasonRequired):
        answer(store, case_id, one.id, " ", by=office.officer)
    with pytest.raises(ReasonRequired):
        decide(store, case_id, one.id, "closed", "", by=office.quality)
    with pytest.raises(NotTheWay):
        decide(store, case_id, one.id, "returned", "重做", by=office.quality)
    for number in (one.id + 5, 0):
        with pytest.raises(NoSuchRectification):
            answer(store, case_id, number, "已整改", by=office.officer)
    answer(store, case_id, one.id, "已整改", by=office.officer)
    with pytest.raises(NotTheWay):
        answer(store, case_id, one.id, "再说一次", by=office.officer)
    decide(store, case_id, one.id, "closed", "核实无误", by=office.quality)
    with pytest.raises(NotTheWay):
        decide(store, case_id, one.id, "closed", "再销一次", by=office.quality)


def test_what_is_being_mended_is_asked_for_once_and_what_was_struck_off_again(
    office: Office,
) -> None:
    store, case_id = office.store, office.case_id
    note_sent(store, case_id, [1, 2], date.today(), by=office.quality)
    assert sorted(r.number for r in office.list()) == [1, 2]
    first = next(r for r in office.list() if r.number == 1)
    decide(store, case_id, first.id, "closed", "已当面核实", by=office.quality)
    note_sent(store, case_id, [1], date.today(), by=office.quality)
    assert sorted((r.number, r.state) for r in office.list()) == [
        (1, "closed"), (1, "required"), (2, "required"),
    ]  # fmt: skip


def test_the_problems_of_an_opinion_are_mended_after_the_sign_off(office: Office) -> None:
    store, case_id = office.store, office.case_id
    with pytest.raises(NotSigned):
        note_sent(store, case_id, [2], date.today(), by=office.quality, paper="opinion")
    grades.propose(store, case_id, "qualified", by=office.quality, reason="已补正", version=1)
    grades.settle(store, case_id, "qualified", by=office.quality, reason="检察长审定", version=1)
    grades.sign_off(store, case_id, by=office.quality, version=1)
    note_sent(store, case_id, [2], date.today(), by=office.quality, paper="opinion")
    told = next(r for r in office.list() if r.number == 2)
    assert told.paper == "opinion"
    answer(store, case_id, told.id, "已更换格式", by=office.officer)
    decide(store, case_id, told.id, "closed", "", by=office.quality)
    assert verify(store) == []


def test_filters_and_sight(office: Office) -> None:
    elsewhere = person(office.store, "外院质管", UserRole.quality, unit="临江市人民检察院")
    assert listed(office.store, elsewhere, Wanted()) == []
    # Whose department brought a case in to be evaluated has not handled it.
    bringing = person(office.store, "评查王", UserRole.evaluator, "第二检察部")
    with office.store.writing() as session:
        bring(session, office.case_id, bringing, (), by=bringing.name)
    rows = [
        ({"department": "第一检察部"}, 1),
        ({"department": "第二检察部"}, 0),
        ({"state": "answered"}, 0),
        ({"case_id": office.case_id}, 1),
        ({"case_id": "aaaaaaaa"}, 0),
    ]
    for wanted, number in rows:
        assert len(office.list(**wanted)) == number, wanted


@pytest.mark.parametrize(("version", "told"), [("internal", "已整改到位"), ("masked", "已反馈")])
def test_the_list_of_problems_tells_where_each_stands(
    office: Office, version: str, told: str
) -> None:
    (one,) = office.list()
    answer(office.store, office.case_id, one.id, "已整改到位", by=office.officer)
    # A new version of the case has the same finding under another row.
    case(office.store, office.officer, "一", finding("CMP-006"), finding("DATE-004"))
    content = problem_list(office.store, office.quality, Scope(), version)  # type: ignore[arg-type]
    (row,) = load_workbook(io.BytesIO(content)).active.iter_rows(min_row=3, values_only=True)
    assert told in row[-1]
    assert ("已整改到位" in row[-1]) is (version == "internal"), "words may name people"


def test_no_step_is_ever_changed(office: Office) -> None:
    for act in ("UPDATE rectifications SET step = 'closed'", "DELETE FROM rectifications"):
        with pytest.raises(DatabaseError), office.store.writing() as session:
            session.execute(text(act))
