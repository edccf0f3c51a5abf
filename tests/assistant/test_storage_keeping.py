"""Backups come back whole, periods delete only what they may, and the history tells of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import databases
import pytest
from results import result
from sqlalchemy import inspect, text
from typer.testing import CliRunner

from assistant import review
from assistant.audit import verify
from assistant.settings import Settings, SettingsError
from assistant.storage import (
    KeyUnusable,
    NoSuchCase,
    NotEmpty,
    Store,
    Unreadable,
    open_store,
    originals,
    retention,
)
from assistant.storage.backup import backup, restore
from assistant.storage.canonical import digest
from assistant.storage.cli import app
from assistant.storage.keys import key_path
from knowledge_base.retention import shipped

LATER = date(2099, 1, 1)
OFFICE = "retention:\n  unsigned: {months: 6, source: 本院第3号规定}\n"


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings) as opened:
        yield opened


def _case(store: Store, settings: Settings, words: str, *, sign: bool = False) -> str:
    """A stored case of two originals of its own, decided, and signed where asked."""
    documents = result()["documents"]
    for document in documents:
        source = settings.home / "incoming" / f"{document['role']}.txt"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(f"{words}{document['role']}", encoding="utf-8")
        document["sha256"] = originals.keep(settings, source).name.split(".")[0]
    case_id = store.save_analysis(result(documents=documents), actor="李敏")
    review.confirm(store, case_id, 1, "李敏")
    if sign:
        review.reject(store, case_id, 2, "李敏", "数额一致")
        review.reject(store, case_id, 3, "李敏", "已补正")
        review.sign(store, case_id, "李敏")
    return case_id


def _office(settings: Settings, content: str = OFFICE) -> Settings:
    settings.home.mkdir(parents=True, exist_ok=True)
    path = settings.home / "retention.yaml"
    path.write_text(content, encoding="utf-8")
    return settings.model_copy(update={"retention": path})


def _age(settings: Settings) -> None:
    for path in originals.every(settings):
        os.utime(path, (0, 0))


def _rows(store: Store) -> dict[str, int]:
    with store.reading() as session:
        names = inspect(session.connection()).get_table_names()
        return {n: session.execute(text(f"SELECT COUNT(*) FROM {n}")).scalar_one() for n in names}


# ---------------------------------------------------------------------- retention


def test_shipped_periods_are_not_verified_and_delete_nothing(
    store: Store, settings: Settings
) -> None:
    case_id = _case(store, settings, "甲")
    assert not any(period.verified for period in shipped().values())
    assert [e.case_id for e in retention.expired(store, settings, LATER)] == [case_id]
    assert retention.clear(store, settings, actor="管理员", today=LATER).cases == []
    assert store.case(case_id).version == 1


def test_what_expired_goes_and_the_history_stays(store: Store, settings: Settings) -> None:
    kept = _case(store, settings, "甲", sign=True)
    gone = _case(store, settings, "乙")
    office = _office(settings)
    _age(settings)
    cleared = retention.clear(store, office, actor="管理员", today=LATER)
    assert [e.case_id for e in cleared.cases] == [gone]
    assert cleared.originals == 2
    assert [c.id for c in store.cases()] == [kept]
    with pytest.raises(NoSuchCase):
        store.result(gone)
    assert len(originals.every(settings)) == 2
    assert verify(store) == []
    with store.reading() as session:
        told = session.execute(
            text("SELECT reason, after FROM audit_events WHERE action = 'case.erased'")
        ).one()
    assert "本院第3号规定" in told.reason
    after = told.after if isinstance(told.after, dict) else json.loads(told.after)
    assert len(after["files"]) == 2


def test_nothing_of_an_erased_case_is_left_but_its_history(
    store: Store, settings: Settings
) -> None:
    _case(store, settings, "乙")
    retention.clear(store, _office(settings), actor="管理员", today=LATER)
    left = {name for name, count in _rows(store).items() if count}
    assert left == {"alembic_version", "audit_events", "erasures"}


def test_the_same_papers_again_are_another_case(store: Store, settings: Settings) -> None:
    gone = _case(store, settings, "乙")
    retention.clear(store, _office(settings), actor="管理员", today=LATER)
    again = _case(store, settings, "乙")
    assert again != gone
    assert verify(store) == []


def test_a_period_not_run_out_keeps(store: Store, settings: Settings) -> None:
    _case(store, settings, "甲")
    office = _office(settings)
    assert retention.expired(store, office, date.today()) == []
    edge = retention.add_months(date.today(), 6)
    assert retention.expired(store, office, edge) == []


MONTHS = [
    (date(2023, 12, 15), 1, date(2024, 1, 15), "over the year"),
    (date(2024, 1, 31), 1, date(2024, 2, 29), "no such day in that month"),
    (date(2024, 11, 30), 12, date(2025, 11, 30), "a whole year"),
    (date(2024, 11, 30), 1, date(2024, 12, 30), "into December"),
]


@pytest.mark.parametrize(("day", "months", "then", "why"), MONTHS)
def test_months_are_counted_to_the_same_day(day: date, months: int, then: date, why: str) -> None:
    assert retention.add_months(day, months) == then, why


def test_an_upload_under_way_is_no_orphan(store: Store, settings: Settings) -> None:
    source = settings.home / "起诉书.txt"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text("刚刚上传", encoding="utf-8")
    originals.keep(settings, source)
    assert retention.clear(store, settings, actor="管理员", today=LATER).originals == 0
    _age(settings)
    assert retention.clear(store, settings, actor="管理员", today=LATER).originals == 1


@pytest.mark.parametrize(
    "content", ["retention: {other: {months: 6, source: x}}", "retention: {signed: {months: 6}}"]
)
def test_a_bad_file_of_periods_is_told(store: Store, settings: Settings, content: str) -> None:
    with pytest.raises(SettingsError, match="保存期限文件"):
        retention.expired(store, _office(settings, content), LATER)


# ---------------------------------------------------------------------- backup


@pytest.fixture
def elsewhere(tmp_path: Path, settings: Settings) -> Settings:
    """Another machine: an empty folder and database, and the key brought along."""
    home = tmp_path / "elsewhere"
    home.mkdir()
    return Settings(home=home, cache=settings.cache, key_file=key_path(settings))


def test_a_backup_comes_back_whole(
    store: Store, settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    signed, other = _case(store, settings, "甲", sign=True), _case(store, settings, "乙")
    made = backup(store, settings, tmp_path / "office.backup")
    assert made.files == 4
    review.reject(store, other, 2, "李敏", "备份之后的决定")
    assert "数额".encode() not in (tmp_path / "office.backup").read_bytes()
    with open_store(elsewhere) as there:
        assert restore(there, elsewhere, tmp_path / "office.backup") == made
        assert there.audit_head() == made.head
        assert verify(there) == []
        assert list(originals.damaged(elsewhere)) == []
        assert digest(there.result(signed)["findings"]) == digest(store.result(signed)["findings"])
        assert _case(there, elsewhere, "丙")
        assert verify(there) == []


@pytest.mark.skipif(not databases.SERVER, reason="the way back to SQLite is the test above")
def test_a_backup_returns_to_the_engine_it_came_from(
    store: Store, settings: Settings, tmp_path: Path, postgresql: str
) -> None:
    _case(store, settings, "甲")
    backup(store, settings, tmp_path / "office.backup")
    with databases.database(postgresql) as url:
        there = Settings(home=tmp_path / "elsewhere", key_file=key_path(settings), database_url=url)
        with open_store(there) as restored:
            restore(restored, there, tmp_path / "office.backup")
            assert _case(restored, there, "乙")
            assert verify(restored) == []


def test_a_backup_is_never_written_over_something(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    _case(store, settings, "甲")
    backup(store, settings, tmp_path / "office.backup")
    with pytest.raises(NotEmpty):
        restore(store, settings, tmp_path / "office.backup")


CUTS = [
    (lambda b: b[: len(b) // 2], "half of it"),
    (lambda b: b[:-1], "all but the last byte"),
    (lambda b: b"no backup at all", "something else"),
    (lambda b: b[:100] + bytes([b[100] ^ 1]) + b[101:], "one bit changed"),
]


@pytest.mark.parametrize(("change", "why"), CUTS, ids=[why for _, why in CUTS])
def test_a_damaged_backup_leaves_nothing_behind(
    store: Store, settings: Settings, elsewhere: Settings, tmp_path: Path, change, why: str
) -> None:
    _case(store, settings, "甲")
    path = tmp_path / "office.backup"
    backup(store, settings, path)
    path.write_bytes(change(path.read_bytes()))
    with open_store(elsewhere) as there:
        with pytest.raises(Unreadable):
            restore(there, elsewhere, path)
        assert sum(_rows(there).values()) == 1
        assert [p.name for p in elsewhere.home.iterdir() if "sqlite" not in p.name] == []


def test_without_the_key_a_backup_is_closed(
    store: Store, settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    _case(store, settings, "甲")
    backup(store, settings, tmp_path / "office.backup")
    stranger = elsewhere.model_copy(update={"key_file": None})
    with open_store(stranger) as there, pytest.raises(KeyUnusable, match="找不到密钥文件"):
        restore(there, stranger, tmp_path / "office.backup")


# ---------------------------------------------------------------------- command line


def test_the_commands_from_upload_to_restored_office(
    settings_home: Path, store: Store, settings: Settings, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    _case(store, settings, "甲")
    run = CliRunner().invoke
    assert "原件 2 份，不能读取的 0 份" in run(app, ["verify"]).stdout
    assert "期满的案件 0 件" in run(app, ["expire", "--dry-run"]).stdout
    assert "密钥另外保管" in run(app, ["backup", str(tmp_path / "b")]).stdout
    monkeypatch.setenv("ASSISTANT_KEY_FILE", str(key_path(settings)))
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "there"))
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", f"sqlite:///{tmp_path / 'there' / 'db'}")
    done = run(app, ["restore", str(tmp_path / "b")])
    assert done.exit_code == 0
    assert "发现 0 处问题" in done.stdout
    damaged = next((tmp_path / "there" / "documents").rglob("*.sealed"))
    damaged.write_bytes(damaged.read_bytes()[:-3])
    assert run(app, ["verify"]).exit_code == 1


def test_files_of_earlier_versions_are_sealed_by_command(
    settings_home: Path, settings: Settings
) -> None:
    words = "早先版本存下的原件。".encode()
    place = settings.home / "documents" / "ab"
    place.mkdir(parents=True)
    (place / f"{'ab' * 32}.txt").write_bytes(words)
    assert CliRunner().invoke(app, ["verify"]).exit_code == 1
    assert "已加密 1 份" in CliRunner().invoke(app, ["seal"]).stdout
    assert originals.plain(settings) == []
    [sealed] = originals.every(settings)
    assert originals.content_of(settings, sealed) == words
