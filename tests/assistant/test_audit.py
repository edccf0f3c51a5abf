"""Whoever touches the history is found out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from results import finding, result
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from assistant import review
from assistant.audit import cli, verify
from assistant.settings import Settings
from assistant.storage import Store, open_store
from assistant.storage.canonical import canonical, digest
from assistant.storage.chain import GENESIS, Event, append, event_hash
from assistant.storage.schema import AuditRow


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """A case with five decisions, so eight events in the chain."""
    with open_store(settings) as opened:
        case_id = opened.save_analysis(
            result(*(finding(f"CMP-{n:03}") for n in range(1, 6))), actor="李敏"
        )
        review.confirm(opened, case_id, 1, "李敏")
        review.confirm(opened, case_id, 2, "李敏")
        review.reject(opened, case_id, 3, "王强", "数额一致")
        review.reopen(opened, case_id, 3, "王强", "看错了")
        review.edit(opened, case_id, 3, "王强", message="数额相差一千八百元。")
        review.confirm(opened, case_id, 4, "李敏")
        review.reject(opened, case_id, 5, "李敏", "已补正")
        yield opened


def _kinds(store: Store) -> set[str]:
    return {problem.kind for problem in verify(store)}


def _unguard(connection: Connection) -> None:
    """What somebody with the database file, or its superuser's name, and a shell can do."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        return
    triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
    for name in list(triggers.scalars()):
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")


def _without_triggers(store: Store, *statements: str) -> None:
    with store._writing.begin() as connection:
        _unguard(connection)
        for statement in statements:
            connection.exec_driver_sql(statement)


def _other_sum(store: Store, table: str) -> str:
    """A statement that changes a sum of money within the stored results."""
    if store._engine.dialect.name == "postgresql":
        return f"UPDATE {table} SET result = replace(result::text, '8600', '6800')::json"
    return f"UPDATE {table} SET result = replace(result, '8600', '6800')"


def _rehash_from(store: Store, first: int) -> None:
    """Make the links fit again from event `first` on."""
    with Session(store._writing) as session:
        _unguard(session.connection())
        previous = session.get(AuditRow, first - 1)
        link = previous.hash if previous else GENESIS
        for row in session.query(AuditRow).where(AuditRow.seq >= first).order_by(AuditRow.seq):
            event = Event(
                row.action, row.actor, row.case_id, row.finding_id,
                row.before, row.after, row.reason, bool(row.automated),
            )  # fmt: skip
            row.previous = link
            row.hash = link = event_hash(row.seq, row.at, event, link)
        session.commit()


def test_an_honest_history_has_no_problem(store: Store) -> None:
    assert verify(store) == []
    assert store.audit_head().seq == 8


def test_an_empty_history_has_no_problem(settings: Settings) -> None:
    with open_store(settings) as empty:
        assert verify(empty) == []


GUARDED = [
    "UPDATE audit_events SET actor = '别人' WHERE seq = 3",
    "DELETE FROM audit_events WHERE seq = 8",
    "UPDATE analyses SET result = '{}'",
    "DELETE FROM findings",
    "UPDATE findings SET fingerprint = 'x'",
]


@pytest.mark.parametrize("statement", GUARDED)
def test_the_database_itself_refuses_to_change_history(store: Store, statement: str) -> None:
    with (
        pytest.raises(IntegrityError, match="append-only"),
        store._writing.begin() as connection,
    ):
        connection.exec_driver_sql(statement)
    assert verify(store) == []


EDITS = [
    ("UPDATE audit_events SET actor = '别人' WHERE seq = 2", "who decided"),
    ("UPDATE audit_events SET reason = '有依据' WHERE seq = 4", "why it was rejected"),
    ("UPDATE audit_events SET at = '2020-01-01T00:00:00.000000+00:00' WHERE seq = 1", "when"),
    ("UPDATE audit_events SET automated = TRUE WHERE seq = 2", "that a person did it"),
    ("UPDATE audit_events SET after = NULL WHERE seq = 8", "what came of it"),
]


@pytest.mark.parametrize(("statement", "what"), EDITS)
def test_an_edited_event_is_found(store: Store, statement: str, what: str) -> None:
    _without_triggers(store, statement)
    assert "hash" in _kinds(store), what


def test_a_deleted_event_is_found(store: Store) -> None:
    _without_triggers(store, "DELETE FROM audit_events WHERE seq = 5")
    assert {"gap", "link"} <= _kinds(store)


def test_an_inserted_event_is_found(store: Store) -> None:
    copied = "at, actor, action, automated, case_id, finding_id, before, after, reason"
    _without_triggers(
        store,
        f"INSERT INTO audit_events (seq, {copied}, previous, hash) "
        f"SELECT 9, {copied}, hash, previous FROM audit_events WHERE seq = 8",
    )
    assert {"hash", "unanchored"} <= _kinds(store)


def test_a_well_hashed_event_at_the_end_is_found(store: Store) -> None:
    with Session(store._writing) as session:
        append(session, Event("finding.confirmed", "别人"))
        session.commit()
    assert _kinds(store) == {"unanchored"}


def test_a_well_hashed_stranger_is_still_found_after_honest_work(store: Store) -> None:
    with Session(store._writing) as session:
        append(session, Event("finding.confirmed", "别人"))
        session.commit()
    store.save_analysis(result(finding("CMP-001")), actor="李敏")
    assert _kinds(store) == {"unanchored"}


def test_swapped_events_are_found(store: Store) -> None:
    _without_triggers(
        store,
        "UPDATE audit_events SET seq = 99 WHERE seq = 3",
        "UPDATE audit_events SET seq = 3 WHERE seq = 4",
        "UPDATE audit_events SET seq = 4 WHERE seq = 99",
    )
    assert {"hash", "link"} <= _kinds(store)


@pytest.mark.parametrize("kept", [7, 4, 0], ids=["one cut", "half cut", "all cut"])
def test_a_truncated_tail_is_found(store: Store, kept: int) -> None:
    _without_triggers(
        store,
        f"UPDATE findings SET decision_seq = NULL WHERE decision_seq > {kept}",
        f"DELETE FROM audit_events WHERE seq > {kept}",
    )
    assert "truncated" in _kinds(store)


def test_a_truncated_tail_is_still_found_after_honest_work(store: Store) -> None:
    _without_triggers(
        store,
        "UPDATE findings SET decision_seq = NULL, status = 'draft' WHERE decision_seq > 6",
        "DELETE FROM audit_events WHERE seq > 6",
    )
    case_id = store.save_analysis(result(finding("CMP-009"), finding("CMP-008")), actor="李敏")
    review.confirm(store, case_id, 1, "李敏")
    review.confirm(store, case_id, 2, "李敏")
    assert "rewritten" in _kinds(store)


def test_rehashing_from_a_point_is_found(store: Store) -> None:
    _without_triggers(store, "UPDATE audit_events SET actor = '别人' WHERE seq = 4")
    _rehash_from(store, 4)
    assert {"rewritten", "unanchored"} <= _kinds(store)
    assert "hash" not in _kinds(store)


def test_without_its_anchor_a_history_proves_nothing(store: Store) -> None:
    store.anchor.path.unlink()
    assert _kinds(store) == {"unanchored"}


def test_a_status_moved_behind_the_programs_back_is_found(store: Store) -> None:
    _without_triggers(store, "UPDATE findings SET status = 'rejected' WHERE number = 1")
    assert _kinds(store) == {"state"}


def test_a_rewritten_result_is_found(store: Store) -> None:
    _without_triggers(store, _other_sum(store, "analyses"))
    assert "state" in _kinds(store)


def test_a_rewritten_signed_result_is_found(store: Store) -> None:
    review.sign(store, store.cases()[0].id, "李敏")
    assert verify(store) == []
    _without_triggers(store, _other_sum(store, "signatures"))
    assert _kinds(store) == {"state"}


def test_a_signature_that_is_gone_is_found(store: Store) -> None:
    review.sign(store, store.cases()[0].id, "李敏")
    _without_triggers(store, "DELETE FROM signatures")
    assert _kinds(store) == {"state"}


def test_a_result_that_is_gone_is_found(store: Store) -> None:
    _without_triggers(
        store,
        "DELETE FROM case_register",
        "DELETE FROM findings",
        "DELETE FROM analyses",
        "INSERT INTO erasures (case_id, done) SELECT id, TRUE FROM cases",
    )
    messages = [problem.message for problem in verify(store)]
    assert len(messages) == 2
    assert "检查结果不见了" in messages[0]
    assert "审计记录中没有记载" in messages[1]


def test_a_crash_before_the_commit_is_no_problem(store: Store) -> None:
    before = store.audit_head()
    with Session(store._writing) as session:
        store.anchor.write("prepare", before, append(session, Event("finding.confirmed", "李敏")))
        session.rollback()
    assert verify(store) == []


def test_a_crash_between_commit_and_anchor_is_no_problem(store: Store) -> None:
    lines = store.anchor.path.read_text().splitlines()
    assert lines[-1].startswith("commit")
    store.anchor.path.write_text("\n".join(lines[:-1]) + "\ncomm")
    assert verify(store) == []
    review.sign(store, store.cases()[0].id, "李敏")
    assert verify(store) == []


def test_a_clock_set_back_does_not_disorder_the_history(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.storage.chain.now", lambda: "2001-01-01T00:00:00.000000+00:00")
    review.sign(store, store.cases()[0].id, "李敏")
    assert verify(store) == []
    times = [change.at for change in store.history(store.cases()[0].id)]
    assert times == sorted(times)


words = st.text(max_size=12)
states = st.none() | st.dictionaries(words, words | st.integers() | st.booleans() | st.none())


@given(words, words, st.booleans(), st.none() | words, st.none() | st.integers(), states, states)
def test_the_hash_of_an_event_is_that_of_its_canonical_json(
    action: str, actor: str, automated: bool, case_id: str | None, finding_id: int | None,
    before: dict | None, after: dict | None,
) -> None:  # fmt: skip
    event = Event(action, actor, case_id, finding_id, before, after, case_id, automated)
    body = canonical({"seq": 7, "at": "2026-03-02", **vars(event)})
    expected = hashlib.sha256((GENESIS + body).encode()).hexdigest()
    assert event_hash(7, "2026-03-02", event, GENESIS) == expected


def test_equal_values_have_one_spelling() -> None:
    assert canonical({"b": [1.5, "中"], "a": None}) == '{"a":null,"b":[1.5,"\\u4e2d"]}'
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})


def test_the_command_tells_by_its_exit_code(settings_home: Path, store: Store) -> None:
    good = CliRunner().invoke(cli.app, ["verify", "--json", "-"])
    assert good.exit_code == 0
    assert json.loads(good.stdout) == {
        "ok": True,
        "events": 8,
        "head": store.audit_head().hash,
        "problems": [],
    }
    _without_triggers(store, "UPDATE audit_events SET actor = '别人' WHERE seq = 2")
    bad = CliRunner().invoke(cli.app, ["verify"])
    assert bad.exit_code == 1
    assert "第 2 条的内容被改动过" in bad.stdout
