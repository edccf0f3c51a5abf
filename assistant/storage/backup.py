"""A backup: one sealed archive with all tables, the anchor and the originals; and its return.

    backup.json                    what it is: schema, revision, head of the chain, rows
    tables/<name>/<number>.jsonl   rows in the order in which they can be inserted
    audit.anchor                   the lines up to that head
    documents/…, incoming/…        originals (sealed already), uploads not yet worked on

The archive is sealed with the office's key, which is not in it. It is written from one
consistent view of the database, whichever engine that is, and can be restored to the other.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from sqlalchemy import Connection, Table, func, insert, select

from assistant.files import open_atomic
from assistant.settings import Settings
from assistant.storage import originals
from assistant.storage.anchor import Anchor
from assistant.storage.chain import Head, head, now
from assistant.storage.errors import NotEmpty, Unreadable
from assistant.storage.keys import office_key
from assistant.storage.migrate import HEAD
from assistant.storage.sealed import SealingWriter, UnsealedReader
from assistant.storage.store import ANCHOR_FILE, Store
from assistant.storage.tables import metadata
from assistant.storage.trouble import told

SCHEMA = "backup/1"
MANIFEST = "backup.json"
FOLDERS = (originals.FOLDER, "incoming")
ROWS = 2000
# Who was signed in, and which worker was alive, is no matter of the past.
PASSING = frozenset({"sessions", "sign_in_failures", "job_workers"})
TABLE = re.compile(r"tables/(\w+)/\d+\.jsonl")
FILE = re.compile(rf"({'|'.join(FOLDERS)})(/[^/\x00]+){{1,3}}")


@dataclass(frozen=True)
class Contents:
    """What a backup holds: the head of its chain, and how many rows and files."""

    head: Head
    rows: int
    files: int


def backup(store: Store, settings: Settings, target: Path) -> Contents:
    """Write the archive, whole or not at all.

    Raises KeyUnusable, DiskFull, DiskReadOnly.
    """
    key = office_key(settings, make=True)
    with told(), open_atomic(target) as stream, store.reading() as session:
        last = head(session)
        connection = session.connection()
        counts = {table.name: _count(connection, table) for table in _tables()}
        writer = SealingWriter(stream, key)
        with tarfile.open(fileobj=cast(BinaryIO, writer), mode="w|") as archive:
            manifest = {
                "schema": SCHEMA,
                "revision": HEAD,
                "made_at": now(),
                "head": {"seq": last.seq, "hash": last.hash},
                "rows": counts,
            }
            _add(archive, MANIFEST, json.dumps(manifest).encode())
            for table in _tables():
                for number, rows in enumerate(_dumped(connection, table)):
                    _add(archive, f"tables/{table.name}/{number:06}.jsonl", rows)
            _add(archive, ANCHOR_FILE, store.anchor.until(last.seq).encode("ascii"))
            files = sum(_add_file(archive, settings.home, path) for path in _files(settings.home))
        writer.finish()
    return Contents(last, sum(counts.values()), files)


def restore(store: Store, settings: Settings, source: Path) -> Contents:
    """Bring a backup into an empty office, whole or not at all.

    Raises NotEmpty where something is stored there, Unreadable for what is no backup of this
    version, KeyUnusable, DiskFull, DiskReadOnly.
    """
    anchor, home = store.anchor.path, settings.home
    with store.reading() as session:
        if any(_count(session.connection(), table) for table in _tables()):
            raise NotEmpty("数据库中已有内容，备份只能恢复到空的数据库。")
    if anchor.exists() or any(_files(home)):
        raise NotEmpty(f"“{home}”中已有文书原件或者审计锚点，备份只能恢复到空的文件夹。")
    key = office_key(settings)
    try:
        with told(), source.open("rb") as stream, store.restoring() as connection:
            with tarfile.open(
                fileobj=cast(BinaryIO, UnsealedReader(stream, key)), mode="r|"
            ) as archive:
                contents = _unpack(archive, connection, anchor, home)
            _set_sequences(connection)
    except tarfile.TarError as error:
        _clean(anchor, home)
        raise Unreadable(f"“{source.name}”不是完整的备份文件。") from error
    except BaseException:
        _clean(anchor, home)
        raise
    return contents


def _clean(anchor: Path, home: Path) -> None:
    anchor.unlink(missing_ok=True)
    for name in FOLDERS:
        shutil.rmtree(home / name, ignore_errors=True)


def _tables() -> list[Table]:
    return [table for table in metadata().sorted_tables if table.name not in PASSING]


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _dumped(connection: Connection, table: Table) -> Iterator[bytes]:
    query = select(table).order_by(*table.primary_key.columns)
    result = connection.execute(query, execution_options={"yield_per": ROWS})
    for rows in result.partitions(ROWS):
        yield "".join(json.dumps(list(row)) + "\n" for row in rows).encode("ascii")


def _files(home: Path) -> Iterator[Path]:
    for name in FOLDERS:
        for path in sorted((home / name).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


def _add_file(archive: tarfile.TarFile, home: Path, path: Path) -> bool:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        # An upload that was worked on meanwhile.
        return False
    _add(archive, path.relative_to(home).as_posix(), content)
    return True


def _unpack(archive: tarfile.TarFile, connection: Connection, anchor: Path, home: Path) -> Contents:
    manifest: dict[str, Any] | None = None
    rows = files = 0
    for member in archive:
        stream = archive.extractfile(member)
        content = stream.read() if stream is not None else b""
        if manifest is None:
            manifest = _manifest(member.name, content)
        elif found := TABLE.fullmatch(member.name):
            rows += _insert(connection, metadata().tables[found[1]], content)
        elif member.name == ANCHOR_FILE:
            Anchor(anchor).restore(content)
        elif FILE.fullmatch(member.name) and ".." not in member.name.split("/"):
            with open_atomic(home / member.name) as out:
                out.write(content)
            files += 1
        else:
            raise Unreadable("备份文件中有不认识的内容，未恢复。")
    if manifest is None or rows != sum(manifest["rows"].values()):
        raise Unreadable("备份文件不完整，未恢复。")
    return Contents(Head(**manifest["head"]), rows, files)


def _manifest(name: str, content: bytes) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(content) if name == MANIFEST else {}
    if manifest.get("schema") != SCHEMA:
        raise Unreadable("不是本程序的备份文件。")
    if manifest["revision"] != HEAD:
        raise Unreadable("备份是用另一版本的程序作的；请用作备份的那个版本恢复，再升级程序。")
    return manifest


def _insert(connection: Connection, table: Table, content: bytes) -> int:
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, json.loads(line), strict=True)) for line in content.splitlines()]
    if rows:
        connection.execute(insert(table), rows)
    return len(rows)


def _set_sequences(connection: Connection) -> None:
    """PostgreSQL numbers new rows by sequences, which know nothing of inserted numbers."""
    if connection.dialect.name != "postgresql":
        return
    for table in _tables():
        column = table.autoincrement_column
        if column is None:
            continue
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        last = select(func.max(column)).scalar_subquery()
        connection.execute(select(func.setval(sequence, func.coalesce(last, 1))))
