"""The store keeps every version, carries decisions over and never half-writes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from jsonschema import Draft202012Validator
from results import evidence, finding, result, sha
from sqlalchemy import inspect, text

from assistant import review
from assistant.audit import verify
from assistant.settings import Settings
from assistant.storage import (
    BadResult,
    NoSuchCase,
    NoSuchFinding,
    Store,
    UnsupportedDatabase,
    open_store,
)
from assistant.storage.migrate import HEAD, MIGRATIONS
from assistant.storage.tables import metadata

CONTRACT = Path(__file__).parents[2] / "docs" / "contracts" / "findings.schema.json"


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings) as opened:
        yield opened


def test_a_saved_case_comes_back_as_it_was(store: Store) -> None:
    given = result()
    case_id = store.save_analysis(given, actor="李敏")
    record = store.case(case_id)
    assert (record.title, record.version) == ("韩立成盗窃罪一案", 1)
    assert record.counts == {"draft": 3}
    assert [f.original for f in store.findings(case_id)] == given["findings"]
    assert [c.id for c in store.cases()] == [case_id]


def test_the_result_follows_the_contract_before_and_after_decisions(store: Store) -> None:
    contract = Draft202012Validator(json.loads(CONTRACT.read_text(encoding="utf-8")))
    case_id = store.save_analysis(result(), actor="李敏")
    contract.validate(store.result(case_id))
    review.confirm(store, case_id, 1, "李敏")
    review.edit(store, case_id, 2, "李敏", message="期间起算日有误。")
    review.reject(store, case_id, 3, "李敏", "格式符合新文书样式")
    review.sign(store, case_id, "李敏")
    after = store.result(case_id)
    contract.validate(after)
    assert [f["status"] for f in after["findings"]] == ["confirmed", "edited", "rejected"]


def test_the_samples_themselves_follow_the_contract() -> None:
    contract = Draft202012Validator(json.loads(CONTRACT.read_text(encoding="utf-8")))
    contract.validate(result())


def test_same_documents_make_a_new_version_and_keep_decisions(store: Store) -> None:
    first = store.save_analysis(result(), actor="李敏")
    review.confirm(store, first, 1, "李敏")
    review.edit(store, first, 2, "王强", message="超过审查起诉期限一日。")
    moved = result(
        finding("CMP-015", "serious"),
        finding("DATE-004", "moderate", message="程序重新措辞的话。"),
        finding("CMP-006", "serious"),
    )
    second = store.save_analysis(moved, actor="李敏")
    assert second == first
    assert store.case(first).version == 2
    new, edited, confirmed = store.findings(first)
    assert new.status == "draft"
    assert confirmed.status == "confirmed"
    assert confirmed.decision is not None
    assert confirmed.decision.actor == "李敏"
    assert edited.status == "edited"
    assert edited.content["message"] == "超过审查起诉期限一日。"
    assert edited.original["message"] == "程序重新措辞的话。"
    assert store.history(first, 2)[-1].automated
    assert verify(store) == []


def test_a_decision_is_not_carried_to_other_evidence(store: Store) -> None:
    case_id = store.save_analysis(result(finding("CMP-006")), actor="李敏")
    review.reject(store, case_id, 1, "李敏", "数额一致")
    other = finding("CMP-006", evidence=[evidence("judgment", "数额为人民币七千元")])
    store.save_analysis(result(other), actor="李敏")
    assert store.findings(case_id)[0].status == "draft"


def test_likes_among_the_findings_keep_their_own_decisions(store: Store) -> None:
    same = [finding("CMP-006"), finding("CMP-006")]
    case_id = store.save_analysis(result(*same), actor="李敏")
    review.reject(store, case_id, 2, "李敏", "重复")
    store.save_analysis(result(*same, finding("FMT-002")), actor="李敏")
    assert [f.status for f in store.findings(case_id)] == ["draft", "rejected", "draft"]


def test_a_repeated_run_that_says_the_same_changes_nothing(store: Store) -> None:
    case_id = store.save_analysis(result(), actor="李敏")
    head = store.audit_head()
    again = result(timing={"total": 9.9}, model={"calls": 3})
    assert store.save_analysis(again, actor="李敏") == case_id
    assert store.audit_head() == head
    assert store.case(case_id).version == 1


def test_other_documents_are_another_case(store: Store) -> None:
    one = store.save_analysis(result(), actor="李敏")
    changed = result()
    changed["documents"][0]["sha256"] = sha("another indictment")
    assert store.save_analysis(changed, actor="李敏") != one
    assert len(store.cases()) == 2


def test_a_signed_version_stays_as_it_was_signed(store: Store) -> None:
    case_id = store.save_analysis(result(finding("FMT-002", "minor")), actor="李敏")
    review.confirm(store, case_id, 1, "李敏")
    review.sign(store, case_id, "李敏")
    signature = store.case(case_id).signature
    assert signature is not None
    assert signature.actor == "李敏"
    store.save_analysis(result(finding("CMP-006")), actor="李敏")
    assert store.case(case_id).signature is None


BAD = [
    ({"schema": "findings/2"}, "another contract"),
    ({"documents": []}, "no documents, so nothing to recognise the case by"),
    ({"findings": [finding("CMP-006") | {"evidence": []}]}, "a finding without evidence"),
    ({"findings": [finding("CMP-006") | {"code": "x"}]}, "no such code"),
    ({"findings": [finding("CMP-006", status="confirmed")]}, "only a person confirms"),
]


@pytest.mark.parametrize(("change", "why"), BAD)
def test_what_is_no_result_is_refused_whole(store: Store, change: dict, why: str) -> None:
    with pytest.raises(BadResult):
        store.save_analysis(result() | change, actor="李敏")
    assert store.cases() == [], why
    assert store.audit_head().seq == 0


def test_unknown_ids_are_refused(store: Store) -> None:
    case_id = store.save_analysis(result(), actor="李敏")
    with pytest.raises(NoSuchCase):
        store.result("zzzzzzzz")
    with pytest.raises(NoSuchFinding):
        store.finding(case_id, 4)


def test_reopening_the_store_finds_everything(settings: Settings) -> None:
    with open_store(settings) as store:
        case_id = store.save_analysis(result(), actor="李敏")
        review.confirm(store, case_id, 1, "李敏")
    with open_store(settings) as store:
        assert store.findings(case_id)[0].status == "confirmed"
        assert verify(store) == []


def test_sqlite_is_durable_and_checks_its_references(tmp_path: Path) -> None:
    with open_store(Settings(home=tmp_path)) as store, store.reading() as session:
        pragma = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragma == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30000,
    }


def test_migrations_and_models_say_the_same(store: Store) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD
    with store.reading() as session:
        inspector = inspect(session.connection())
        for table in metadata().sorted_tables:
            columns = {c["name"]: c["nullable"] for c in inspector.get_columns(table.name)}
            assert columns == {c.name: bool(c.nullable) for c in table.columns}
            made = {
                index["name"]
                for index in inspector.get_indexes(table.name)
                if "duplicates_constraint" not in index
            }
            assert made == {index.name for index in table.indexes}


@pytest.mark.parametrize("url", ["mysql://localhost/x", "postgresql://localhost", "nonsense"])
def test_other_engines_are_refused_in_words(tmp_path: Path, url: str) -> None:
    with pytest.raises(UnsupportedDatabase, match="SQLite"):
        open_store(Settings(home=tmp_path, database_url=url))


def test_strange_text_is_kept_as_it_is(store: Store) -> None:
    strange = "<script>alert(1)</script>\u0000\u200b“引号”"
    case_id = store.save_analysis(result(finding("CMP-006", message=strange)), actor="李敏")
    assert store.findings(case_id)[0].content["message"] == strange
    assert verify(store) == []


WORKER = """
import sys
from pathlib import Path
from results import result, sha
from assistant import review
from assistant.settings import Settings
from assistant.storage import open_store
with open_store(Settings(home=Path(sys.argv[1]), database_url=sys.argv[3])) as store:
    for number in range(10):
        documents = result()["documents"]
        documents[0]["sha256"] = sha(f"{sys.argv[2]}{number}")
        case_id = store.save_analysis(result(documents=documents), actor=sys.argv[2])
        review.confirm(store, case_id, 1, sys.argv[2])
"""


@pytest.mark.slow
def test_two_processes_write_one_unbroken_chain(settings: Settings) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, str(settings.home), name, settings.database],
            env=environment,
        )
        for name in ("甲", "乙")
    ]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    with open_store(settings) as store:
        assert len(store.cases()) == 20
        assert store.audit_head().seq == 40
        assert verify(store) == []
