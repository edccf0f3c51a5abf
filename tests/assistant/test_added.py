"""A problem that a person adds: his own, confirmed by him, and never counted for the program."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import case, person
from openpyxl import load_workbook
from results import finding, result
from samples import INDICTMENT
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from assistant import review
from assistant.accounts import Person, UserRole
from assistant.audit import verify
from assistant.overview.counts import counts
from assistant.overview.drill import sentences
from assistant.overview.precision import precisions
from assistant.overview.problems import problem_list
from assistant.overview.scope import Scope
from assistant.quality.consistency import practice
from assistant.quality.queue import Wanted, page
from assistant.reports import render, render_notice, render_selfcheck
from assistant.review import AddedAlready, CaseSigned, NothingWritten, NotInDocument, StaleVersion
from assistant.review.added import OTHER, Written, add_finding
from assistant.review.pairs import pairs
from assistant.review.quoting import locate
from assistant.review.redraft import compare
from assistant.settings import Settings
from assistant.storage import BadResult, Store, open_store
from assistant.storage.decided import decided
from ingestion.extract import parse
from ingestion.model import Span
from ingestion.readers import source_from_text

PLACE = Span(start=4, end=12, quote="柳树镇东风路15号", role="indictment", page=1)
MISSED = Written("procedure", "DATE-004", "serious", "未写明告知日期。", "补写告知日期。", PLACE)
BARE = Written("effect", OTHER, "minor", "没有回应被害人的诉求。")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings) as opened:
        yield opened


@pytest.fixture
def quality(store: Store) -> Person:
    return person(store, "质管李", UserRole.quality, "案件管理部")


@pytest.fixture
def case_id(store: Store) -> str:
    officer = person(store, "韩检", UserRole.officer, "第一检察部")
    return case(store, officer, "一")


def _add(store: Store, case_id: str, written: Written = MISSED, **given: Any) -> int:
    return add_finding(store, case_id, written, actor="评查周", **given)


def test_it_stands_with_the_others_confirmed_by_its_author(store: Store, case_id: str) -> None:
    assert _add(store, case_id) == 2
    added = store.finding(case_id, 2)
    assert (added.status, added.content["source"]) == ("confirmed", "person")
    assert added.content["title"], "the name of the catalogue"
    assert added.decision is not None
    assert (added.decision.actor, added.decision.action) == ("评查周", "finding.added")
    assert verify(store) == []


def test_it_is_in_queue_exports_and_overviews_and_never_in_the_precision(
    store: Store, case_id: str, quality: Person, settings: Settings
) -> None:
    for written in (MISSED, BARE):
        _add(store, case_id, written)
    items = page(store, quality, Wanted()).items
    assert {(i.number, i.source, i.state) for i in items} == {
        (1, "rule", "drafted"), (2, "person", "decided"), (3, "person", "decided"),
    }  # fmt: skip
    assert counts(store, quality, Scope()).total == 2
    assert [s.evidence is None for s in sentences(store, quality, Scope()).sentences] == [
        False, True,
    ]  # fmt: skip
    sheet = load_workbook(io.BytesIO(problem_list(store, quality, Scope(), "internal"))).active
    assert {row[7] for row in sheet.iter_rows(min_row=3, values_only=True)} == {"人工"}
    told = store.result(case_id)
    for written_out in (render(told, ".html"), render_selfcheck(told, ".html")):
        assert "没有回应被害人的诉求" in written_out.decode()
    assert "人工添加 2 项" in render(told, ".html").decode()
    assert "未写明告知日期" in render_notice(told, ".html").decode()
    assert precisions(store, quality, Scope()) == []
    assert decided(settings) == {}
    assert practice(store, quality, "DATE-004").decided == 0


def test_another_person_takes_it_back_and_words_it_anew(store: Store, case_id: str) -> None:
    number = _add(store, case_id)
    review.reopen(store, case_id, number, "质管李", "案卷中有告知书")
    assert store.finding(case_id, number).status == "draft"
    review.edit(store, case_id, number, "质管李", message="告知日期写在了附件中。")
    assert store.finding(case_id, number).changed == {"message": "未写明告知日期。"}
    assert pairs(store) == [], "a person's words are no wording of the program"
    assert verify(store) == []


def test_it_is_carried_to_a_new_version_as_it_stood(store: Store, case_id: str) -> None:
    _add(store, case_id)
    review.reopen(store, case_id, _add(store, case_id, BARE), "质管李", "再核")
    holder = person(store, "另一人", UserRole.officer)
    again = case(store, holder, "一", finding("CMP-006"), finding("FMT-002", "minor"))
    assert again == case_id
    found = [(f.content["message"], f.status) for f in store.findings(case_id)[2:]]
    assert found == [("未写明告知日期。", "confirmed"), ("没有回应被害人的诉求。", "draft")]
    assert verify(store) == []


def test_a_next_draft_says_that_nobody_looked_again(store: Store, case_id: str) -> None:
    _add(store, case_id)
    told = compare(store.result(case_id), result())
    assert [f["message"] for f in told.unchecked] == ["未写明告知日期。"]


def test_what_is_refused(store: Store, case_id: str) -> None:
    _add(store, case_id)
    rows: list[tuple[Written, dict[str, Any], type[Exception], str]] = [
        (Written("facts", OTHER, "minor", " \r\n"), {}, NothingWritten, "nothing is said"),
        (Written("facts", "ABC-999", "minor", "缺"), {}, NothingWritten, "no such check"),
        (MISSED, {}, AddedAlready, "sent twice"),
        (BARE, {"version": 2}, StaleVersion, "another version was seen"),
    ]
    for written, given_, refusal, why in rows:
        with pytest.raises(refusal):
            _add(store, case_id, written, **given_)
        assert len(store.findings(case_id)) == 2, why
    review.perform(
        store, case_id, [review.Confirm(1), review.Sign()], actor="李", stage="selfcheck"
    )
    with pytest.raises(CaseSigned):
        _add(store, case_id, BARE, stage="selfcheck")
    _add(store, case_id, BARE, stage="evaluation")
    review.sign(store, case_id, "质管李")
    with pytest.raises(CaseSigned):
        _add(store, case_id)


def test_no_result_brings_findings_of_a_person(store: Store) -> None:
    with pytest.raises(BadResult):
        store.save_analysis(result(finding("CMP-006", source="person")), actor="韩检")


def test_what_a_person_wrote_is_never_changed(store: Store, case_id: str) -> None:
    _add(store, case_id)
    with pytest.raises(DatabaseError), store.writing() as session:
        session.execute(text("UPDATE findings SET added = NULL WHERE number = 2"))
    with store.writing() as session:
        session.execute(
            text(
                "INSERT INTO findings (analysis_id, number, fingerprint, code, current, status,"
                " dimension, source, severity) SELECT analysis_id, 10, 'y', code, current,"
                " 'draft', dimension, source, severity FROM findings WHERE number = 1"
            )
        )
    assert [problem.kind for problem in verify(store)] == ["state"]


PAPER = parse(source_from_text(INDICTMENT))


def test_words_are_found_over_blanks_and_line_ends_nearest_to_where_they_were_marked() -> None:
    span = locate(PAPER, "indictment", "取保候审于住所。 2.案卷材料")
    assert span.quote == "取保候审于住所。\n2.案卷材料"
    first, last = PAPER.text.find("冯雅琴"), PAPER.text.rfind("罗庆生")
    assert locate(PAPER, "indictment", "冯雅琴").start == first
    assert locate(PAPER, "indictment", "罗庆生", near=len(PAPER.text)).start == last
    for words in ("没有这句话", " \n "):
        with pytest.raises(NotInDocument):
            locate(PAPER, "indictment", words)
    with pytest.raises(NotInDocument):
        locate(None, "indictment", "罗庆生")


@given(st.integers(0, len(PAPER.text) - 1), st.integers(1, 60))
def test_whatever_stands_in_the_document_is_found_where_it_was_marked(at: int, size: int) -> None:
    words = PAPER.text[at : at + size].strip()
    if words:
        start = PAPER.text.index(words, at)
        assert locate(PAPER, "indictment", words, near=start).start == start
