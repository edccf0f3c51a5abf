"""Chinese names of tables, fields and values, for telling changes of the tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from knowledge_base.loader import Row, rows
from knowledge_base.numerals import article_label

# Fields by which a row says what it is about, the most telling first.
IDENTITY = ("code", "key", "charge", "alias", "name", "title", "feature", "article", "sub", "tier")
_YEAR = 12
_LONGEST = 80  # characters shown of a long pattern or text
_MONTHS = ("months", "start")


class FieldWord(Row):
    """How a table, a field or a value of a field is called."""

    kind: str
    key: str
    text: str


@cache
def _words() -> dict[tuple[str, str], str]:
    return {(row.kind, row.key): row.text for row in rows("field_words", FieldWord)}


def table_words(name: str) -> str:
    return _words().get(("table", name), name)


def field_words(table: str, field: str) -> str:
    """The name that the field has in this table, else everywhere."""
    general = _words().get(("field", field), field)
    return _words().get(("field", f"{table}.{field}"), general)


def identity(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a row is about, for pairing."""
    return tuple((field, str(row[field])) for field in IDENTITY if row.get(field) is not None)


def identity_words(row: Mapping[str, Any]) -> str:
    """盗窃罪第2档; 第二百六十四条: what a row is about, in words."""
    parts = [str(row[f]) for f in IDENTITY[:7] if row.get(f) is not None]
    if isinstance(row.get("article"), int):
        parts.append(article_label(row["article"], row.get("sub")))
    if row.get("tier") is not None:
        parts.append(f"第{row['tier']}档")
    return " ".join(parts) or "未命名的行"


def months_words(months: int) -> str:
    years, rest = divmod(months, _YEAR)
    return (f"{years}年" if years else "") + (f"{rest}个月" if rest or not years else "")


def value_words(field: str, value: Any) -> str:
    """A value as a reader would write it: months as years, pairs as ranges, days as dates."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        numbers = len(value) == 2 and all(isinstance(v, int | float) for v in value)
        told = [value_words(field, v) for v in value]
        if numbers:
            return told[0] if told[0] == told[1] else "至".join(told)
        return "、".join(told)
    if isinstance(value, dict):
        return "，".join(f"{field_words('', k)}{value_words(k, v)}" for k, v in value.items())
    if field in _MONTHS and isinstance(value, int):
        return months_words(value)
    text = str(value)
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    general = _words().get(("value", text), shown)
    return _words().get(("value", f"{field}.{text}"), general)
