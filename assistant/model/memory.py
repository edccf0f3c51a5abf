"""What the model already said, and how fast: one small SQLite file in ASSISTANT_HOME.

An answer is kept under the hash of everything that made it (prompt, its version, the model's
hash, the input, the attempt), so that the same question costs nothing again. No question is
stored, only its hash; answers stand in a file that this user alone can read. The file is a
convenience: whatever is wrong with it, the model is asked as if it were empty.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from assistant.settings import Settings
from prompts import Message, Prompt

T = TypeVar("T")

FILE = "model.sqlite3"
RECENT = 200  # calls of which the speed is remembered
_ROW_BYTES = 256  # of an answer beside its text
_BUSY_SECONDS = 5.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, text TEXT NOT NULL, digest TEXT NOT NULL, used REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS answers_used ON answers (used);
CREATE TABLE IF NOT EXISTS calls (
    id INTEGER PRIMARY KEY, model TEXT NOT NULL, prompt_tokens INTEGER NOT NULL,
    cached_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, first REAL NOT NULL,
    seconds REAL NOT NULL
);
"""
_DROP_OLDEST = """
DELETE FROM answers WHERE key IN (
    SELECT key FROM answers ORDER BY used LIMIT 1 + (SELECT count(*) / 20 FROM answers)
)
"""


@dataclass(frozen=True)
class Speed:
    """One finished call: tokens, seconds to the first text and to the last."""

    prompt_tokens: int
    cached_tokens: int
    output_tokens: int
    first: float
    seconds: float


class Throughput(BaseModel):
    """Tokens a second over recent calls; prompt tokens that came from a cache not counted."""

    model_config = ConfigDict(frozen=True)

    calls: int
    prompt_per_second: float
    output_per_second: float
    median_seconds: float


class CacheUse(BaseModel):
    """How full the memory of answers is."""

    model_config = ConfigDict(frozen=True)

    answers: int
    bytes: int
    limit_bytes: int


def key_of(prompt: Prompt, messages: Sequence[Message], model: str, attempt: int) -> str:
    """The hash under which the answer to this question by this model is kept."""
    question = {
        "prompt": prompt.id,
        "version": prompt.version,
        "model": model,
        "messages": [[m.role, m.content] for m in messages],
        "schema": prompt.json_schema,
        "max_tokens": prompt.max_tokens,
        "attempt": attempt,
    }
    return hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()


def _digest(key: str, text: str) -> str:
    return hashlib.sha256(f"{key}\0{text}".encode()).hexdigest()


class Memory:
    """Answers and speeds on file. Safe to use from several threads and processes."""

    def __init__(self, settings: Settings) -> None:
        self._path = settings.home / FILE
        self._limit = settings.model_cache_mb * 2**20

    def find(self, key: str) -> str | None:
        """The answer as the model gave it, to be checked again; None where there is none or its
        row is not as it was written.
        """

        def read(db: sqlite3.Connection) -> str | None:
            row = db.execute("SELECT text, digest FROM answers WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            if _digest(key, row[0]) != row[1]:
                db.execute("DELETE FROM answers WHERE key = ?", (key,))
                return None
            db.execute("UPDATE answers SET used = ? WHERE key = ?", (time.time(), key))
            return str(row[0])

        return self._try(read) if self._limit else None

    def keep(self, key: str, text: str) -> None:
        """Store an answer; the ones not used for longest make room for it."""

        def write(db: sqlite3.Connection) -> None:
            db.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)",
                (key, text, _digest(key, text), time.time()),
            )
            while _use(db)[1] > self._limit:
                db.execute(_DROP_OLDEST)

        if self._limit:
            self._try(write)

    def note(self, model: str, speed: Speed) -> None:
        """Remember how long a call took; only the last `RECENT` of all models are kept."""
        values = (speed.prompt_tokens, speed.cached_tokens, speed.output_tokens)

        def write(db: sqlite3.Connection) -> None:
            db.execute(
                "INSERT INTO calls (model, prompt_tokens, cached_tokens, output_tokens, first,"
                " seconds) VALUES (?, ?, ?, ?, ?, ?)",
                (model, *values, speed.first, speed.seconds),
            )
            db.execute("DELETE FROM calls WHERE id <= (SELECT max(id) FROM calls) - ?", (RECENT,))

        self._try(write)

    def throughput(self, model: str) -> Throughput | None:
        """Of the recent calls of that model; None where there were none."""
        query = (
            "SELECT prompt_tokens, cached_tokens, output_tokens, first, seconds FROM calls"
            " WHERE model = ?"
        )
        rows = self._try(lambda db: db.execute(query, (model,)).fetchall(), there=True) or []
        calls = [Speed(*row) for row in rows]
        if not calls:
            return None
        new = sum(max(c.prompt_tokens - c.cached_tokens, 0) for c in calls)
        reading = sum(c.first for c in calls)
        writing = sum(max(c.seconds - c.first, 0.0) for c in calls)
        written = sum(max(c.output_tokens - 1, 0) for c in calls)  # the first came with `first`
        return Throughput(
            calls=len(calls),
            prompt_per_second=round(new / reading, 1) if reading else 0.0,
            output_per_second=round(written / writing, 1) if writing else 0.0,
            median_seconds=round(sorted(c.seconds for c in calls)[len(calls) // 2], 2),
        )

    def use(self) -> CacheUse:
        answers, size = self._try(_use, there=True) or (0, 0)
        return CacheUse(answers=answers, bytes=size, limit_bytes=self._limit)

    def _try(self, work: Callable[[sqlite3.Connection], T], *, there: bool = False) -> T | None:
        """Do the work in one transaction; None where the file cannot be used (or, with
        `there`, is not there). A file that is no database is thrown away.
        """
        if there and not self._path.is_file():
            return None
        try:
            with self._open() as db:
                return work(db)
        except sqlite3.OperationalError:  # busy, read-only, disk full
            return None
        except sqlite3.DatabaseError:
            for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
                with contextlib.suppress(OSError):
                    self._path.with_name(name).unlink(missing_ok=True)
            return None
        except OSError:
            return None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        if not self._path.exists():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
        with closing(sqlite3.connect(self._path, timeout=_BUSY_SECONDS)) as db, db:
            db.executescript(_SCHEMA)
            yield db


def _use(db: sqlite3.Connection) -> tuple[int, int]:
    """Count and size of the answers."""
    row = db.execute(
        "SELECT count(*), coalesce(sum(length(CAST(text AS BLOB))), 0) FROM answers"
    ).fetchone()
    return int(row[0]), int(row[1]) + int(row[0]) * _ROW_BYTES
