"""The bank's own database (SQLite): the truth from which every index can be made again.

A passage's number is its point in the index and is never given twice. `indexed` is the
generation of the index that holds it; what a killed process left undone is seen by it.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np

from knowledge_base.casebank.errors import NoBank
from knowledge_base.casebank.model import Stats, StoredCase, number_key
from knowledge_base.vectors import Vector

DATABASE = "bank.sqlite3"
_FORM = 1
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE stored (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    hash TEXT NOT NULL UNIQUE,
    number TEXT UNIQUE,
    data TEXT NOT NULL
);
CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    stored INTEGER NOT NULL REFERENCES stored ON DELETE CASCADE,
    position INTEGER NOT NULL,
    indexed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX passage_stored ON passage (stored);
CREATE INDEX passage_indexed ON passage (indexed);
CREATE TABLE vector (
    passage INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
    model TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (passage, model)
) WITHOUT ROWID;
CREATE TABLE gone (passage INTEGER PRIMARY KEY);
CREATE TABLE term (id INTEGER PRIMARY KEY, passages INTEGER NOT NULL);
CREATE TABLE seen (
    hash TEXT PRIMARY KEY,
    stored INTEGER NOT NULL REFERENCES stored ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX seen_stored ON seen (stored);
"""


class Store:
    """The database of one bank. Its methods may be called from any thread of the process."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Open it, or make it with `create`. Raises NoBank."""
        path = folder / DATABASE
        if not path.is_file() and not create:
            raise NoBank(f"“{folder}”里没有案例库，请先运行 assistant cases import。")
        self._lock = RLock()
        self._sql = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        try:
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                self._sql.execute(f"PRAGMA {pragma}")
            # What was removed is to be gone from the file as well.
            self._sql.execute("PRAGMA secure_delete=ON")
            self._prepare(create)
        except sqlite3.DatabaseError as error:
            self._sql.close()
            raise NoBank(f"“{folder}”里的案例库打不开（{DATABASE} 已损坏或不可写）。") from error

    def _prepare(self, create: bool) -> None:
        with self.change():
            there = self._sql.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
            if not there and create:
                for statement in _TABLES.split(";"):
                    self._sql.execute(statement)
                self.set(form=str(_FORM), id=uuid.uuid4().hex[:12], generation="0", model="")
        if self.get("form") != str(_FORM):
            raise sqlite3.DatabaseError("another form")

    @contextmanager
    def change(self) -> Iterator[None]:
        """All of it or nothing."""
        with self._lock:
            self._sql.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._sql.execute("ROLLBACK")
                raise
            self._sql.execute("COMMIT")

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        with self._lock:
            return self._sql.execute(sql, values).fetchall()

    def get(self, key: str) -> str:
        """A remark about the bank; "" where there is none."""
        found = self._rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(found[0][0]) if found else ""

    def set(self, **values: str) -> None:
        """Write remarks, within a change."""
        self._sql.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def find(self, content: str, number: str | None) -> tuple[int | None, int | None]:
        """Numbers of the case with that content hash, and of that with that case number."""
        same = self._rows("SELECT id FROM stored WHERE hash = ?", (content,))
        key = number_key(number) if number else None
        named = self._rows("SELECT id FROM stored WHERE number = ?", (key,)) if key else []
        return (_int(same[0][0]) if same else None), (_int(named[0][0]) if named else None)

    def seen(self, raw: str) -> int | None:
        """The case that input of this hash became, if it is still there."""
        found = self._rows("SELECT stored FROM seen WHERE hash = ?", (raw,))
        return _int(found[0][0]) if found else None

    def mark_seen(self, raw: str, stored: int) -> None:
        """Input of this hash is that case; within a change."""
        self._sql.execute("INSERT OR REPLACE INTO seen VALUES (?, ?)", (raw, stored))

    def insert(self, case: StoredCase, terms: Iterable[Iterable[int]]) -> tuple[int, list[int]]:
        """Store a case, within a change: its number, and those of its passages.

        `terms` are the words (by number) of each passage.
        """
        key = number_key(case.number) if case.number else None
        data = case.model_dump_json(exclude={"id"}, exclude_defaults=True)
        row = self._sql.execute(
            "INSERT INTO stored (hash, number, data) VALUES (?, ?, ?)", (case.hash, key, data)
        )
        stored = _int(row.lastrowid)
        passages = []
        for position in range(len(case.passages)):
            row = self._sql.execute(
                "INSERT INTO passage (stored, position) VALUES (?, ?)", (stored, position)
            )
            passages.append(_int(row.lastrowid))
        self._count(terms, 1)
        return stored, passages

    def delete(self, stored: int, terms: Iterable[Iterable[int]]) -> list[int]:
        """Take a case out, within a change; its passages' numbers, which the index still has."""
        passages = [
            _int(row[0]) for row in self._rows("SELECT id FROM passage WHERE stored = ?", (stored,))
        ]
        self._sql.executemany("INSERT OR IGNORE INTO gone VALUES (?)", [(p,) for p in passages])
        self._sql.execute("DELETE FROM stored WHERE id = ?", (stored,))
        self._count(terms, -1)
        return passages

    def _count(self, terms: Iterable[Iterable[int]], by: int) -> None:
        counted = Counter(term for some in terms for term in set(some))
        self._add_counts((term, by * n) for term, n in counted.items())

    def _add_counts(self, counts: Iterable[tuple[int, int]]) -> None:
        self._sql.executemany(
            "INSERT INTO term VALUES (?, ?) ON CONFLICT (id) DO UPDATE"
            " SET passages = passages + excluded.passages",
            counts,
        )

    def recount(self, counts: Mapping[int, int]) -> None:
        """How many passages have each word, counted anew; within a change."""
        self._sql.execute("DELETE FROM term")
        self._add_counts(counts.items())

    def having(self, terms: Sequence[int]) -> dict[int, int]:
        """How many passages have each of these words; those that none has are left out."""
        marks = ",".join("?" * len(terms))
        rows = self._rows(
            f"SELECT id, passages FROM term WHERE passages > 0 AND id IN ({marks})", terms
        )
        return {_int(term): _int(n) for term, n in rows}

    def add_vectors(self, model: str, vectors: Iterable[tuple[int, Vector]]) -> None:
        """Keep vectors of passages, within a change: an index is made again without the model."""
        self._sql.executemany(
            "INSERT OR REPLACE INTO vector VALUES (?, ?, ?)",
            [(p, model, v.astype("<f4").tobytes()) for p, v in vectors],
        )

    def vectors(self, model: str, passages: Sequence[int]) -> dict[int, Vector]:
        """Kept vectors of these passages."""
        marks = ",".join("?" * len(passages))
        rows = self._rows(
            f"SELECT passage, data FROM vector WHERE model = ? AND passage IN ({marks})",
            (model, *passages),
        )
        return {_int(p): np.frombuffer(data, "<f4") for p, data in rows}  # type: ignore[call-overload]

    def drop_vectors(self, but: str) -> None:
        """Forget the vectors of every other model, within a change."""
        self._sql.execute("DELETE FROM vector WHERE model <> ?", (but,))

    def set_indexed(self, last: int, generation: int) -> None:
        """The index of that generation has all passages up to `last`, within a change."""
        self._sql.execute(
            "UPDATE passage SET indexed = ? WHERE indexed < ? AND id <= ?",
            (generation, generation, last),
        )

    def set_none_indexed(self) -> None:
        """There is no index, within a change."""
        self._sql.execute("UPDATE passage SET indexed = 0")

    def unindexed(self, generation: int, after: int, most: int) -> list[tuple[int, int, int]]:
        """(passage, case, position) of passages above `after` that the index lacks, in order."""
        rows = self._rows(
            "SELECT id, stored, position FROM passage WHERE indexed < ? AND id > ?"
            " ORDER BY id LIMIT ?",
            (generation, after, most),
        )
        return [(_int(a), _int(b), _int(c)) for a, b, c in rows]

    def unembedded(self, model: str, after: int, most: int) -> list[tuple[int, int, int]]:
        """The same for passages without a vector of that model."""
        rows = self._rows(
            "SELECT id, stored, position FROM passage WHERE id > ? AND NOT EXISTS"
            " (SELECT 1 FROM vector WHERE passage = passage.id AND model = ?) ORDER BY id LIMIT ?",
            (after, model, most),
        )
        return [(_int(a), _int(b), _int(c)) for a, b, c in rows]

    def gone(self) -> list[int]:
        """Passages that are to be taken out of the index."""
        return [_int(row[0]) for row in self._rows("SELECT passage FROM gone")]

    def forget_gone(self, passages: Iterable[int]) -> None:
        """They are out of the index, within a change."""
        self._sql.executemany("DELETE FROM gone WHERE passage = ?", [(p,) for p in passages])

    def places(self, passages: Sequence[int]) -> dict[int, tuple[int, int]]:
        """Passage → (case, position)."""
        marks = ",".join("?" * len(passages))
        rows = self._rows(
            f"SELECT id, stored, position FROM passage WHERE id IN ({marks})", passages
        )
        return {_int(p): (_int(stored), _int(position)) for p, stored, position in rows}

    def cases(self, ids: Sequence[int]) -> dict[int, StoredCase]:
        """The cases of these numbers that are there."""
        marks = ",".join("?" * len(ids))
        rows = self._rows(f"SELECT id, data FROM stored WHERE id IN ({marks})", ids)
        return {_int(i): _case(_int(i), str(data)) for i, data in rows}

    def all_cases(self) -> Iterator[StoredCase]:
        """Every case in the order of the numbers, few at a time."""
        after = 0
        while True:
            rows = self._rows(
                "SELECT id, data FROM stored WHERE id > ? ORDER BY id LIMIT 100", (after,)
            )
            if not rows:
                return
            for number, data in rows:
                after = _int(number)
                yield _case(after, str(data))

    def size(self) -> int:
        """How many cases there are."""
        return _int(self._rows("SELECT count(*) FROM stored")[0][0])

    def passages(self) -> int:
        """How many passages there are."""
        return _int(self._rows("SELECT count(*) FROM passage")[0][0])

    def stats(self, model: str) -> Stats:
        """What is in the bank, counted now."""

        def tally(path: str) -> dict[Any, int]:
            rows = self._rows(
                "SELECT value, count(*) FROM stored, json_each(stored.data, ?)"
                " GROUP BY value ORDER BY 2 DESC, 1",
                (path,),
            )
            return {value: _int(n) for value, n in rows}

        size = self._rows("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        embedded = self._rows("SELECT count(*) FROM vector WHERE model = ?", (model,))
        passages = self.passages()
        return Stats(
            cases=self.size(),
            passages=passages,
            unembedded=passages - _int(embedded[0][0]),
            model=model or None,
            charges=tally("$.charges"),
            years=dict(sorted(tally("$.year").items())),
            verdicts=tally("$.verdicts"),
            bytes=_int(size[0][0]),
        )

    def copy_to(self, path: Path) -> None:
        """A copy of one moment, even while others read and write."""
        copy = sqlite3.connect(path)
        try:
            with self._lock:
                self._sql.backup(copy)
        finally:
            copy.close()

    def close(self) -> None:
        """Let go of the file."""
        self._sql.close()


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value


def _case(number: int, data: str) -> StoredCase:
    return StoredCase.model_validate_json(data).model_copy(update={"id": number})
