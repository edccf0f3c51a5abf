"""A full disk, a database out of reach: one clear sentence, and nothing half-written."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import databases
import pytest
from conftest import absent
from fastapi.testclient import TestClient
from samples import INDICTMENT
from sqlalchemy import text

from assistant.audit import verify
from assistant.settings import Settings
from assistant.storage import DatabaseUnreachable, DiskReadOnly, Store, open_store, originals
from assistant.storage.engine import open_engine

pytestmark = pytest.mark.timeout(60)
FILES = {"indictment": ("起诉书.txt", INDICTMENT.encode())}


@contextmanager
def _no_room(limit: int = 2048) -> Iterator[None]:
    """No file may grow over the limit: to a program that is what a full disk is."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_without_room_an_upload_is_refused_whole(
    client: TestClient, store: Store, settings: Settings
) -> None:
    with _no_room():
        refused = client.post("/api/v1/cases", files=FILES)
    assert refused.status_code == 507
    assert refused.headers["content-type"] == "application/problem+json"
    assert "磁盘已满" in refused.json()["detail"]
    assert store.cases() == []
    assert originals.every(settings) == []
    assert not any(p.is_file() for p in (settings.home / "incoming").rglob("*"))
    assert client.post("/api/v1/cases", files=FILES).status_code == 201
    assert verify(store) == []


@pytest.mark.skipif(not databases.SERVER, reason="a SQLite file has no server")
def test_a_database_that_was_restarted_is_met_again(client: TestClient, store: Store) -> None:
    with pytest.raises(DatabaseUnreachable, match="数据库连接不上"), store.reading() as session:
        session.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
            {"name": session.connection().engine.url.database},
        )
    assert client.get("/api/v1/cases").status_code == 200


def test_a_database_out_of_reach_is_told_without_its_address(tmp_path: Path) -> None:
    url = f"postgresql://officer:s3cret@/cases?host={tmp_path}"
    with pytest.raises(DatabaseUnreachable, match="数据库连接不上") as told:
        open_store(Settings(home=tmp_path, database_url=url))
    assert "s3cret" not in str(told.value)


def test_a_read_only_database_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with open_store(Settings(home=tmp_path)) as store:
        assert store.cases() == []
    url = f"sqlite:///file:{tmp_path / 'assistant.sqlite3'}?mode=ro&uri=true"
    engine = open_engine(url)
    with pytest.raises(DiskReadOnly), engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    assert list((tmp_path / "here").iterdir()) == []  # no folder named after the URI


WITHOUT_ROOM = """
mount -t tmpfs -o size=96k tmpfs "$1" && {mode} exec "$2" -m assistant review list
"""
MOUNTS = [
    ("", "磁盘已满", "a full disk"),
    ('mount -o remount,ro "$1" &&', "不能写入", "a read-only disk"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("mode", "sentence", "why"), MOUNTS, ids=[why for _, _, why in MOUNTS])
def test_the_command_line_says_it_in_one_line(
    tmp_path: Path, mode: str, sentence: str, why: str
) -> None:
    unshare = shutil.which("unshare")
    if unshare is None:
        absent("unshare (util-linux)")
    script = WITHOUT_ROOM.format(mode=mode)
    done = subprocess.run(
        [str(unshare), "-rm", "sh", "-c", script, "sh", str(tmp_path), sys.executable],
        env=os.environ | {"ASSISTANT_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2, done.stderr
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
