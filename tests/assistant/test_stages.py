"""Self-check, evaluation and sign-off: each signature closes its own stage, none a later one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from office import case, person
from results import finding
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from assistant.accounts import Person, UserRole
from assistant.audit import verify
from assistant.quality import grades, objections, steps
from assistant.quality.stages import decide, sign_stage
from assistant.reports import render, render_selfcheck
from assistant.review import CaseSigned, Confirm, Edit, Reject, Reopen
from assistant.settings import Settings
from assistant.storage import Store, open_store


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings) as opened:
        yield opened


@pytest.fixture
def people(store: Store) -> dict[str, Person]:
    roles = {"officer": "韩检", "evaluator": "评查周", "quality": "质管李"}
    return {role: person(store, name, UserRole(role), "一部") for role, name in roles.items()}


def _stages(store: Store, case_id: str) -> list[str]:
    return [signature.stage for signature in store.case(case_id).signatures]


def test_each_signature_closes_its_stage_and_the_case_goes_on(
    store: Store, people: dict[str, Person]
) -> None:
    officer, evaluator, quality = people["officer"], people["evaluator"], people["quality"]
    case_id = case(store, officer, "一", finding("CMP-006"), finding("FMT-002", "minor"))

    decide(store, case_id, Confirm(1), by=officer, version=1)
    sign_stage(store, case_id, by=officer, version=1)
    with pytest.raises(CaseSigned, match="自查已签署"):
        decide(store, case_id, Confirm(2), by=officer, version=1)
    with pytest.raises(CaseSigned):
        sign_stage(store, case_id, by=officer, version=1)

    decide(store, case_id, Reopen(1, "须写明差额"), by=evaluator, version=1)
    decide(store, case_id, Edit(1, message="两书数额相差1800元。"), by=evaluator, version=1)
    sign_stage(store, case_id, by=evaluator, version=1)
    evaluated = store.result(case_id)
    assert evaluated["signature"]["actor"] == "评查周"
    with pytest.raises(CaseSigned, match="评查已签署"):
        decide(store, case_id, Confirm(2), by=evaluator, version=1)

    decide(store, case_id, Reject(2, "样式允许"), by=quality, version=1)
    assert store.result(case_id)["signature"] is None, "the evaluator never signed this"
    steps.ask(store, case_id, by=quality)
    one = objections.raise_objection(store, case_id, 1, "退赔后变更", by=officer)
    objections.answer(store, case_id, one, "refused", "退赔不改变数额", by=quality)
    steps.close(store, case_id, by=officer)
    grades.propose(store, case_id, "basically_qualified", by=quality, version=1)
    grades.settle(store, case_id, "basically_qualified", by=quality, reason="检察长审定", version=1)
    grades.sign_off(store, case_id, by=quality, version=1)
    assert _stages(store, case_id) == ["selfcheck", "evaluation", "signoff"]
    for someone in people.values():
        with pytest.raises(CaseSigned):
            decide(store, case_id, Reopen(1, "再看"), by=someone, version=1)

    selfcheck, evaluation = store.signed(case_id, "selfcheck"), store.signed(case_id, "evaluation")
    assert selfcheck is not None
    assert [f["status"] for f in selfcheck["findings"]] == ["confirmed", "draft"]
    assert evaluation is not None
    assert evaluation["findings"] == evaluated["findings"]
    assert "韩检" in render_selfcheck(selfcheck, ".html").decode()
    assert "评查周" in render(evaluation, ".html").decode()
    assert verify(store) == []


def test_the_officer_changes_nothing_that_the_evaluator_has_signed(
    store: Store, people: dict[str, Person]
) -> None:
    case_id = case(store, people["officer"], "一")
    decide(store, case_id, Confirm(1), by=people["evaluator"], version=1)
    sign_stage(store, case_id, by=people["evaluator"], version=1)
    with pytest.raises(CaseSigned, match="评查已签署"):
        decide(store, case_id, Reopen(1, "不同意"), by=people["officer"], version=1)
    with pytest.raises(CaseSigned):
        sign_stage(store, case_id, by=people["officer"], version=1)


def test_a_new_version_is_signed_anew(store: Store, people: dict[str, Person]) -> None:
    case_id = case(store, people["officer"], "一")
    decide(store, case_id, Confirm(1), by=people["officer"], version=1)
    sign_stage(store, case_id, by=people["officer"], version=1)
    case(store, people["officer"], "一", finding("CMP-006"), finding("FMT-002", "minor"))
    assert _stages(store, case_id) == []
    assert store.signed(case_id, "selfcheck") is None
    decide(store, case_id, Confirm(2), by=people["officer"], version=2)
    assert verify(store) == []


def test_a_signed_copy_is_never_changed(store: Store, people: dict[str, Person]) -> None:
    case_id = case(store, people["officer"], "一")
    decide(store, case_id, Confirm(1), by=people["officer"], version=1)
    sign_stage(store, case_id, by=people["officer"], version=1)
    for act in ("UPDATE signed_copies SET actor = '他人'", "DELETE FROM signed_copies"):
        with pytest.raises(DatabaseError), store.writing() as session:
            session.execute(text(act))
    assert _stages(store, case_id) == ["selfcheck"]
