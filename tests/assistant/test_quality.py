"""Quality management: every step is a person's, in order, and both sides are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from office import case, person
from results import finding
from sqlalchemy import text

from assistant import review
from assistant.accounts import Person, UserRole
from assistant.audit import verify
from assistant.quality import bulk, grades, objections, steps
from assistant.quality.errors import (
    AnsweredAlready,
    GradeMissing,
    NotAlike,
    NotDecidedYet,
    NotTheWay,
    OwnMatter,
)
from assistant.quality.notices import note_sent, repeats
from assistant.quality.queue import STATE_NAMES, Wanted, page
from assistant.review import CaseSigned, ObjectionsOpen, ReasonRequired, StaleVersion
from assistant.settings import Settings
from assistant.storage import NoSuchCase, Store, open_store


@dataclass
class Office:
    store: Store
    officer: Person
    quality: Person
    outsider: Person


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    with open_store(settings) as store:
        yield Office(
            store,
            person(store, "韩检", UserRole.officer, "第一检察部"),
            person(store, "质管李", UserRole.quality, "案件管理部"),
            person(store, "外院质管", UserRole.quality, "案件管理部", unit="临江市人民检察院"),
        )


def _states(office: Office, case_id: str) -> set[str]:
    items = page(office.store, office.quality, Wanted(case_id=case_id)).items
    return {item.state for item in items}


def _asked(office: Office) -> str:
    """A case whose one finding is confirmed and put to the officer."""
    case_id = case(office.store, office.officer, "一")
    review.confirm(office.store, case_id, 1, office.quality.name)
    steps.ask(office.store, case_id, by=office.quality)
    return case_id


def test_the_whole_way_through_the_queue(office: Office) -> None:
    case_id = case(office.store, office.officer, "一")
    seen = [_states(office, case_id)]
    steps.hand(office.store, [case_id], office.quality, by=office.quality)
    review.edit(office.store, case_id, 1, "质管李", message="数额前后不一致，相差1800元。")
    seen.append(_states(office, case_id))
    steps.ask(office.store, case_id, by=office.quality)
    seen.append(_states(office, case_id))
    one = objections.raise_objection(
        office.store, case_id, 1, "数额系退赔后变更", by=office.officer
    )
    seen.append(_states(office, case_id))
    objections.answer(office.store, case_id, one, "refused", "退赔不改变数额", by=office.quality)
    steps.close(office.store, case_id, by=office.officer)
    seen.append(_states(office, case_id))
    suggested = grades.suggestion(office.store, case_id).suggested
    assert suggested == "basically_qualified"
    grades.propose(office.store, case_id, suggested, by=office.quality, version=1)
    grades.settle(
        office.store, case_id, suggested, by=office.quality, reason="检察长审定", version=1
    )
    grades.sign_off(office.store, case_id, by=office.quality, version=1)
    seen.append(_states(office, case_id))
    assert [STATE_NAMES[state] for (state,) in seen] == [
        "AI 拟", "评查员改定", "待反馈", "待复核", "待定级", "已签署",
    ]  # fmt: skip
    actions = [change.action for change in office.store.history(case_id)]
    for step in (
        "quality.taken", "finding.edited", "feedback.asked", "objection.raised",
        "objection.answered", "feedback.closed", "grade.proposed", "grade.settled", "case.signed",
    ):  # fmt: skip
        assert step in actions
    assert verify(office.store) == []


def test_an_objection_keeps_both_sides_and_what_it_was_about(office: Office) -> None:
    case_id = _asked(office)
    one = objections.raise_objection(office.store, case_id, 1, "已书面说明", by=office.officer)
    objections.answer(office.store, case_id, one, "meeting", "提交联席会议", by=office.quality)
    objections.answer(office.store, case_id, one, "accepted", "会议采纳", by=office.quality)
    (pair,) = objections.objections(office.store, case_id)
    assert (pair.name, pair.text, pair.decided["status"]) == ("韩检", "已书面说明", "confirmed")
    assert [(a.outcome, a.text) for a in pair.answers] == [
        ("meeting", "提交联席会议"),
        ("accepted", "会议采纳"),
    ]
    assert not pair.is_open
    assert office.store.finding(case_id, 1).status == "draft", "the decision was taken back"
    assert verify(office.store) == []
    with pytest.raises(AnsweredAlready):
        objections.answer(office.store, case_id, one, "refused", "不采纳", by=office.quality)


def test_nobody_answers_or_grades_in_his_own_matter(office: Office) -> None:
    case_id = _asked(office)
    one = objections.raise_objection(office.store, case_id, 1, "已书面说明", by=office.officer)
    with pytest.raises(OwnMatter):
        objections.answer(office.store, case_id, one, "accepted", "采纳", by=office.officer)
    with pytest.raises(OwnMatter):
        objections.raise_objection(office.store, case_id, 1, "也有异议", by=office.quality)
    with pytest.raises(OwnMatter):
        grades.propose(office.store, case_id, "qualified", by=office.officer, version=1)
    with pytest.raises(OwnMatter):
        grades.sign_off(office.store, case_id, by=office.officer, version=1)


def test_nothing_is_closed_over_an_open_objection(office: Office) -> None:
    case_id = _asked(office)
    one = objections.raise_objection(office.store, case_id, 1, "已书面说明", by=office.officer)
    objections.answer(office.store, case_id, one, "meeting", "提交联席会议", by=office.quality)
    with pytest.raises(ObjectionsOpen):
        steps.close(office.store, case_id, by=office.quality, reason="期满")
    with pytest.raises(ObjectionsOpen):
        grades.propose(
            office.store, case_id, "qualified", by=office.quality, reason="已补正", version=1
        )
    with pytest.raises(ObjectionsOpen):
        review.sign(office.store, case_id, office.quality.name)


def test_the_steps_have_an_order(office: Office) -> None:
    case_id = case(office.store, office.officer, "一")
    with pytest.raises(NotDecidedYet):
        steps.ask(office.store, case_id, by=office.quality)
    with pytest.raises(NotTheWay):
        steps.close(office.store, case_id, by=office.officer)
    with pytest.raises(NotTheWay):
        objections.raise_objection(office.store, case_id, 1, "已书面说明", by=office.officer)
    review.confirm(office.store, case_id, 1, office.quality.name)
    with pytest.raises(NotTheWay):
        grades.settle(
            office.store, case_id, "qualified", by=office.quality, reason="审定", version=1
        )
    with pytest.raises(GradeMissing):
        grades.sign_off(office.store, case_id, by=office.quality, version=1)
    steps.ask(office.store, case_id, by=office.quality)
    with pytest.raises(NotTheWay):
        steps.ask(office.store, case_id, by=office.quality)
    with pytest.raises(ReasonRequired):
        steps.close(office.store, case_id, by=office.quality)


def test_a_grade_apart_from_the_suggestion_needs_a_reason(office: Office) -> None:
    case_id = case(office.store, office.officer, "一")
    review.confirm(office.store, case_id, 1, office.quality.name)
    for grade in ("qualified", "excellent"):
        with pytest.raises(ReasonRequired):
            grades.propose(office.store, case_id, grade, by=office.quality, version=1)
    with pytest.raises(StaleVersion):
        grades.propose(office.store, case_id, "basically_qualified", by=office.quality, version=7)
    grades.propose(
        office.store, case_id, "qualified", by=office.quality, reason="检查中已补正", version=1
    )
    (given,) = grades.grades(office.store, case_id)
    assert (given.grade, given.suggested) == ("qualified", "basically_qualified")
    assert given.reasons
    assert given.reason == "检查中已补正"


def test_a_signed_case_takes_no_further_step(office: Office) -> None:
    case_id = case(office.store, office.officer, "一")
    review.confirm(office.store, case_id, 1, office.quality.name)
    review.sign(office.store, case_id, office.quality.name)
    with pytest.raises(CaseSigned):
        steps.hand(office.store, [case_id], office.quality, by=office.quality)
    with pytest.raises(CaseSigned):
        steps.ask(office.store, case_id, by=office.quality)


def test_the_queue_shows_a_unit_its_own_cases_worst_first(office: Office) -> None:
    first = case(
        office.store, office.officer, "一", finding("FMT-002", "minor"), finding("CMP-006")
    )
    second = case(office.store, office.officer, "二", finding("SENT-001", "serious"))
    got = page(office.store, office.quality, Wanted())
    assert [(i.case_id, i.code) for i in got.items] == [
        (second, "SENT-001"),
        (first, "CMP-006"),
        (first, "FMT-002"),
    ]
    assert got.counts == {"drafted": 3}
    assert page(office.store, office.outsider, Wanted()).total == 0


def test_filters_of_the_queue(office: Office) -> None:
    other = person(office.store, "第二部检察官", UserRole.officer, "第二检察部")
    first = case(office.store, office.officer, "一", finding("CMP-006"))
    second = case(office.store, other, "二", finding("FMT-002", "minor", dimension="documents"))
    steps.hand(office.store, [second], office.quality, by=office.quality, due=date(2026, 12, 1))
    review.confirm(office.store, first, 1, office.quality.name)
    rows = [
        (Wanted(severity="minor"), second, "by weight"),
        (Wanted(dimension="facts"), first, "by dimension"),
        (Wanted(code="FMT-002"), second, "by check"),
        (Wanted(department="第一检察部"), first, "by the holder's department"),
        (Wanted(holder=other.id), second, "by person in charge"),
        (Wanted(handler=office.quality.id), second, "by who took it"),
        (Wanted(state="decided"), first, "by state"),
        (Wanted(due="2026-12-31"), second, "by deadline: the other has none"),
    ]
    for wanted, expected, why in rows:
        got = page(office.store, office.quality, wanted)
        assert [item.case_id for item in got.items] == [expected], why
        assert got.total == 1, why


def test_the_queue_in_stretches_holds_each_finding_once(office: Office) -> None:
    for key in ("一", "二", "三"):
        case(office.store, office.officer, key, finding("CMP-006"), finding("FMT-002", "minor"))
    seen, place = [], 0
    while place is not None:
        got = page(office.store, office.quality, Wanted(place=place), size=4)
        seen += [(i.case_id, i.number) for i in got.items]
        place = got.next_place
    assert len(seen) == len(set(seen)) == 6


def _minor(office: Office) -> list[bulk.Listed]:
    for key in ("一", "二", "三"):
        case(office.store, office.officer, key, finding("FMT-002", "minor"), finding("CMP-006"))
    listed = bulk.listing(office.store, office.quality, "FMT-002")
    return [bulk.Listed(i.case_id, i.version, i.number) for i in listed]


def test_equal_minor_points_are_listed_and_then_confirmed_together(office: Office) -> None:
    listed = _minor(office)
    assert bulk.alike(office.store, office.quality) == {"FMT-002": 3}
    assert bulk.confirm_together(office.store, "FMT-002", listed, by=office.quality) == 3
    assert bulk.alike(office.store, office.quality) == {}
    for point in listed:
        statuses = {f.content["code"]: f.status for f in office.store.findings(point.case_id)}
        assert statuses == {"FMT-002": "confirmed", "CMP-006": "draft"}
    assert verify(office.store) == []


def test_what_was_not_listed_is_never_confirmed_with_it(office: Office) -> None:
    listed = _minor(office)
    graver = bulk.Listed(listed[0].case_id, 1, 1 + (listed[0].number == 1))
    review.confirm(office.store, listed[2].case_id, listed[2].number, "质管李")
    rows = [
        ([*listed[:2], graver], office.quality, NotAlike, "a graver point of another check"),
        (listed, office.quality, NotAlike, "one was decided since"),
        ([bulk.Listed(listed[0].case_id, 9, 1)], office.quality, StaleVersion, "another version"),
        (listed[:1], office.outsider, NoSuchCase, "another unit's case"),
        ([], office.quality, NotAlike, "nothing"),
    ]
    for points, by, refusal, why in rows:
        with pytest.raises(refusal):
            bulk.confirm_together(office.store, "FMT-002", points, by=by)
        waiting = bulk.listing(office.store, office.quality, "FMT-002")
        assert len(waiting) == 2, f"nothing of it was done: {why}"


def test_a_problem_confirmed_after_the_notice_is_a_repeat(office: Office) -> None:
    old = case(office.store, office.officer, "一")
    review.confirm(office.store, old, 1, office.quality.name)
    yesterday = date.today() - timedelta(days=1)
    with pytest.raises(NotTheWay):
        note_sent(office.store, old, [1], date.today() + timedelta(days=2), by=office.quality)
    note_sent(office.store, old, [1], yesterday, by=office.quality)
    assert repeats(office.store, office.quality.unit) == [], "the noticed case is no repeat"
    fresh = case(office.store, office.officer, "二")
    assert repeats(office.store, office.quality.unit) == [], "nobody has confirmed it"
    review.confirm(office.store, fresh, 1, office.quality.name)
    other = person(office.store, "第二部检察官", UserRole.officer, "第二检察部")
    elsewhere = case(office.store, other, "三")
    review.confirm(office.store, elsewhere, 1, office.quality.name)
    (repeat,) = repeats(office.store, office.quality.unit)
    assert (repeat.department, repeat.code, repeat.times) == ("第一检察部", "CMP-006", 1)
    assert repeat.sent_on == yesterday.isoformat()


def test_a_notice_lists_confirmed_findings_only(office: Office) -> None:
    case_id = case(office.store, office.officer, "一")
    with pytest.raises(NotDecidedYet):
        note_sent(office.store, case_id, [1], date.today(), by=office.quality)


def test_a_new_version_is_put_to_the_officer_anew(office: Office) -> None:
    case_id = _asked(office)
    case(office.store, office.officer, "一", finding("CMP-006"), finding("FMT-002", "minor"))
    assert office.store.case(case_id).version == 2
    assert _states(office, case_id) == {"decided", "drafted"}


def test_a_severity_changed_for_the_counts_alone_is_found(office: Office) -> None:
    case(office.store, office.officer, "一")
    assert verify(office.store) == []
    with office.store.writing() as session:
        session.execute(text("UPDATE findings SET severity = 'minor'"))
    assert [problem.kind for problem in verify(office.store)] == ["state"]
