"""A person decides; what is against the rules is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from results import finding, result

from assistant import review
from assistant.audit import verify
from assistant.review import Act, Confirm, Edit, Reject, Reopen, ReviewRefused, Sign
from assistant.settings import Settings
from assistant.storage import NoSuchFinding, Store, open_store


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings) as opened:
        yield opened


@pytest.fixture
def case_id(store: Store) -> str:
    """Findings: 1 serious, 2 moderate, 3 minor."""
    return store.save_analysis(result(), actor="李敏")


def test_confirming_keeps_the_words(store: Store, case_id: str) -> None:
    review.confirm(store, case_id, 1, "李敏")
    found = store.finding(case_id, 1)
    assert found.status == "confirmed"
    assert found.content == {**found.original, "status": "confirmed"}
    assert found.decision is not None
    assert (found.decision.actor, found.decision.action) == ("李敏", "finding.confirmed")


def test_editing_keeps_the_original_beside_the_new_words(store: Store, case_id: str) -> None:
    before = store.finding(case_id, 1).original["message"]
    review.edit(
        store, case_id, 1, "王强", message="数额相差1800元。", severity="moderate", reason="已退赃"
    )
    found = store.finding(case_id, 1)
    assert found.status == "edited"
    assert found.content["message"] == "数额相差1800元。"
    assert found.content["severity"] == "moderate"
    assert found.changed == {"message": before, "severity": "serious"}


def test_the_history_tells_all(store: Store, case_id: str) -> None:
    review.reject(store, case_id, 1, "李敏", "两处数额口径不同")
    review.reopen(store, case_id, 1, "王强", "口径相同")
    review.confirm(store, case_id, 1, "王强")
    told = [(c.action, c.actor, c.reason, c.automated) for c in store.history(case_id, 1)]
    assert told == [
        ("finding.rejected", "李敏", "两处数额口径不同", False),
        ("finding.reopened", "王强", "口径相同", False),
        ("finding.confirmed", "王强", None, False),
    ]
    first = store.history(case_id, 1)[0]
    assert first.before is not None
    assert first.after is not None
    assert (first.before["status"], first.after["status"]) == ("draft", "rejected")


def test_reopening_brings_the_programs_words_back(store: Store, case_id: str) -> None:
    review.edit(store, case_id, 1, "李敏", message="别的话。")
    review.reopen(store, case_id, 1, "李敏", "改错了")
    assert store.finding(case_id, 1).content == store.finding(case_id, 1).original


REFUSED: list[tuple[list[Act], str, str]] = [
    ([Reject(1, "")], "须写明理由", "a rejection without a reason"),
    ([Reject(1, " \u3000 ")], "须写明理由", "blank is no reason"),
    ([Edit(1)], "没有任何改动", "an edit that edits nothing"),
    ([Edit(1, message="  ")], "没有任何改动", "blank is no message"),
    ([Edit(1, severity="serious")], "没有任何改动", "the weight it already has"),
    ([Edit(1, severity="minor")], "严重程度须写明理由", "a new weight without a reason"),
    ([Reopen(1, "看错")], "尚未决定", "nothing to take back"),
    ([Confirm(1), Confirm(1)], "已有决定", "decided twice"),
    ([Confirm(1), Edit(1, message="改")], "已有决定", "another decision on top"),
    ([Confirm(1), Reopen(1, "")], "须写明理由", "taking back without a reason"),
    ([Sign()], "第 1、2 项", "serious and moderate ones are open; the minor one may be"),
    ([Confirm(1), Sign()], "第 2 项", "the moderate one is open"),
    ([Confirm(1), Confirm(2), Sign(), Confirm(3)], "已签署", "a signature freezes"),
    ([Confirm(1), Confirm(2), Sign(), Reopen(1, "错")], "已签署", "a signature freezes"),
    ([Confirm(1), Confirm(2), Sign(), Sign()], "已签署", "signed twice"),
]


@pytest.mark.parametrize(("acts", "sentence", "why"), REFUSED)
def test_against_the_rules(
    store: Store, case_id: str, acts: list[Act], sentence: str, why: str
) -> None:
    before = store.audit_head()
    with pytest.raises(ReviewRefused, match=sentence):
        review.perform(store, case_id, acts, actor="李敏")
    assert store.audit_head() == before, why
    assert store.case(case_id).counts == {"draft": 3}
    assert verify(store) == []


@pytest.mark.parametrize("actor", ["", "  ", "李\n敏", "李" * 65])
def test_nobody_is_no_actor(store: Store, case_id: str, actor: str) -> None:
    with pytest.raises(review.NoActor):
        review.confirm(store, case_id, 1, actor)


def test_an_unknown_number_undoes_the_whole_batch(store: Store, case_id: str) -> None:
    with pytest.raises(NoSuchFinding):
        review.perform(store, case_id, [Confirm(1), Confirm(9)], actor="李敏")
    assert store.finding(case_id, 1).status == "draft"


def test_who_saw_an_older_version_is_told_so(store: Store, case_id: str) -> None:
    store.save_analysis(result(finding("LAW-001")), actor="李敏")
    with pytest.raises(review.StaleVersion):
        review.perform(store, case_id, [Confirm(1)], actor="李敏", version=1)


def test_signing_freezes_and_records_what_was_signed(store: Store, case_id: str) -> None:
    review.perform(store, case_id, [Confirm(1), Confirm(2), Sign()], actor="李敏")
    signed = store.result(case_id)
    assert signed["signature"]["actor"] == "李敏"
    last = store.history(case_id)[-1]
    sha256 = signed["signature"]["result_sha256"]
    assert last.after == {"version": 1, "stage": "signoff", "result_sha256": sha256}
    assert signed["findings"][2]["status"] == "draft"


def test_an_undecidable_finding_does_not_hold_up_the_signature(store: Store) -> None:
    case_id = store.save_analysis(result(finding("EVID-001", status="undecidable")), actor="李敏")
    review.sign(store, case_id, "李敏")
    assert store.case(case_id).signature is not None


ACTS: list[Callable[[int], Act]] = [
    Confirm,
    lambda n: Edit(n, message=f"改写{n}"),
    lambda n: Reject(n, "理由"),
    lambda n: Reopen(n, "理由"),
    lambda n: Sign(),
]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(range(len(ACTS))), st.integers(1, 3)), max_size=12))
def test_any_order_of_acts_leaves_a_sound_history(
    tmp_path_factory: pytest.TempPathFactory, order: list[tuple[int, int]]
) -> None:
    with open_store(Settings(home=tmp_path_factory.mktemp("any"))) as store:
        case_id = store.save_analysis(result(), actor="李敏")
        done = 0
        for kind, number in order:
            try:
                review.perform(store, case_id, [ACTS[kind](number)], actor="李敏")
                done += 1
            except ReviewRefused:
                continue
        assert store.audit_head().seq == 1 + done
        assert verify(store) == []
        for found in store.findings(case_id):
            assert (found.decision is None) == (found.status == "draft")
