"""A mended draft: which findings are gone, which stay, which are new."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from results import evidence, finding, result, sha

from assistant.audit import verify
from assistant.review.redraft import compare
from assistant.settings import Settings
from assistant.storage import NoSuchCase, Store, open_store
from assistant.storage.redraft import earlier, link, next_of, previous_of

CODES = ("CMP-006", "DATE-004", "FMT-002", "LAW-001")


def _titles(findings: list[dict[str, Any]]) -> list[str]:
    return [f["code"] for f in findings]


def test_solved_remaining_and_new() -> None:
    told = compare(
        result(finding("CMP-006"), finding("DATE-004")),
        result(finding("DATE-004"), finding("FMT-002")),
    )
    assert _titles(told.solved) == ["CMP-006"]
    assert [(a["code"], b["code"]) for a, b in told.remaining] == [("DATE-004", "DATE-004")]
    assert _titles(told.new) == ["FMT-002"]


def test_a_sentence_mended_elsewhere_does_not_solve_the_finding() -> None:
    """The quote is another, what is wrong is not."""
    old = finding("CMP-006", evidence=[evidence("indictment", "于2O23年3月，价值8600元")])
    now = finding("CMP-006", evidence=[evidence("indictment", "于2023年3月，价值8600元")])
    told = compare(result(old), result(now))
    assert (told.solved, told.new, len(told.remaining)) == ([], [], 1)


def test_what_was_not_handed_in_again_is_not_solved() -> None:
    later = result(finding("FMT-002", evidence=[evidence("indictment", "此致")]))
    later["documents"] = [d for d in later["documents"] if d["role"] == "indictment"]
    told = compare(result(finding("CMP-006")), later)
    assert (_titles(told.unchecked), told.solved) == (["CMP-006"], [])


def test_without_the_model_its_findings_are_not_solved() -> None:
    later = result(finding("FMT-002"), model=None)
    told = compare(result(finding("REAS-001", source="model")), later)
    assert (_titles(told.unchecked), told.solved) == (["REAS-001"], [])


_FINDINGS = st.lists(
    st.builds(finding, st.sampled_from(CODES), message=st.sampled_from(("甲", "乙"))), max_size=6
)


@given(_FINDINGS, _FINDINGS)
def test_every_finding_is_told_once(
    before: list[dict[str, Any]], now: list[dict[str, Any]]
) -> None:
    told = compare(result() | {"findings": before}, result() | {"findings": now})
    old = [*told.solved, *told.unchecked, *(a for a, _ in told.remaining)]
    new = [*told.new, *(b for _, b in told.remaining)]
    assert sorted(map(str, old)) == sorted(map(str, before))
    assert sorted(map(str, new)) == sorted(map(str, now))


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings) as opened:
        yield opened


def _draft(store: Store, name: str, previous: str | None = None) -> str:
    given = deepcopy(result())
    given["documents"][0]["sha256"] = sha(name)
    case_id = store.save_analysis(given, actor="李敏")
    if previous:
        with store.writing() as session:
            link(session, case_id, previous, actor="李敏")
    return case_id


def test_drafts_form_a_line_that_the_audit_holds(store: Store) -> None:
    first = _draft(store, "一稿")
    second = _draft(store, "二稿", first)
    third = _draft(store, "三稿", second)
    _draft(store, "三稿", first)  # the same file said to continue another: it stays where it is
    _draft(store, "一稿", third)  # the first draft again is no fourth
    with store.reading() as session:
        assert earlier(session, third) == [second, first]
        assert (previous_of(session, first), next_of(session, first)) == (None, second)
        assert next_of(session, third) is None
    assert verify(store) == []


def test_nothing_continues_a_case_that_is_not_there(store: Store) -> None:
    with pytest.raises(NoSuchCase):
        _draft(store, "二稿", "aaaaaaaa")
