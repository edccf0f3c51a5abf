"""A person rewrites the evaluation opinion: kept beside the program's words, checked, never lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from results import finding, result

from assistant import review
from assistant.audit import verify
from assistant.drafting.opinion import Passage, passages
from assistant.reports import render
from assistant.review import CaseSigned, NothingChanged, StaleVersion
from assistant.review.pairs import pairs
from assistant.review.passages import mark_of, rewrite
from assistant.settings import Settings
from assistant.storage import Store, open_store

FACTS = "事实认定"
OWN = "经评查，起诉书指控盗窃数额8600元，判决书认定6800元，未见说明。"


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings) as opened:
        yield opened


@pytest.fixture
def case_id(store: Store) -> str:
    found = store.save_analysis(result(finding("CMP-006", "serious")), actor="李敏")
    review.confirm(store, found, 1, "李敏")
    return found


def _passage(store: Store, case_id: str, title: str = FACTS) -> Passage:
    return next(p for p in passages(store.result(case_id)) if p.title == title)


def _rewrite(store: Store, case_id: str, text: str, **given: Any) -> None:
    mark = given.get("mark") or mark_of(_passage(store, case_id))
    rewrite(store, case_id, given.get("title", FACTS), text, mark=mark, actor="周航")


def test_the_person_s_words_stand_in_the_opinion_and_the_pair_is_kept(
    store: Store, case_id: str
) -> None:
    drafted = _passage(store, case_id).text
    _rewrite(store, case_id, OWN)
    now = _passage(store, case_id)
    assert (now.text, now.was) == (OWN, drafted)
    assert OWN in render(store.result(case_id), ".html").decode()
    (pair,) = pairs(store)
    assert (pair.field, pair.before, pair.after) == ("passage", drafted, OWN)
    assert verify(store) == []


def test_what_stands_in_no_source_is_said_and_left(store: Store, case_id: str) -> None:
    _rewrite(store, case_id, f"{OWN}被告人另有2019年的前科。")
    sentences = _passage(store, case_id).sentences
    assert [bool(s.doubt) for s in sentences] == [False, True]
    assert "2019年" in sentences[1].doubt


def test_back_to_the_program_s_words(store: Store, case_id: str) -> None:
    drafted = _passage(store, case_id).text
    _rewrite(store, case_id, OWN)
    _rewrite(store, case_id, "")
    assert (_passage(store, case_id).text, _passage(store, case_id).was) == (drafted, None)
    assert pairs(store) == []


def test_a_paragraph_on_other_findings_is_not_covered_by_old_words(
    store: Store, case_id: str
) -> None:
    """The finding was taken back and edited: the old paragraph would tell of what is no more."""
    _rewrite(store, case_id, OWN)
    review.reopen(store, case_id, 1, "李敏", "看错")
    review.edit(store, case_id, 1, "李敏", message="盗窃数额起诉书写为8600元，判决书写为6800元。")
    assert _passage(store, case_id).was is None


def test_refusals_leave_nothing_behind(store: Store, case_id: str) -> None:
    drafted, mark = _passage(store, case_id).text, mark_of(_passage(store, case_id))
    before = store.audit_head()
    with pytest.raises(NothingChanged):
        _rewrite(store, case_id, drafted)
    with pytest.raises(NothingChanged):
        _rewrite(store, case_id, "  ")
    with pytest.raises(StaleVersion):
        _rewrite(store, case_id, OWN, mark="0" * 16)
    with pytest.raises(StaleVersion):
        _rewrite(store, case_id, OWN, title="办案程序", mark=mark)
    assert store.audit_head() == before
    review.sign(store, case_id, "李敏")
    with pytest.raises(CaseSigned):
        _rewrite(store, case_id, OWN, mark=mark)
