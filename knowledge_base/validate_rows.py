"""What any table may get wrong: unreadable rows, the same row twice, days that overlap or gape."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, TypeVar

from knowledge_base import crimes, loader, penalties, procedure
from knowledge_base.law_versions import ArticleVersion
from knowledge_base.table_schemas import schemas, unread

R = TypeVar("R", bound=loader.Row)

# Fields by which rows of a table are told apart, where one row alone may bear a value.
_UNIQUE: dict[str, tuple[str, ...]] = {
    "charge_aliases": ("alias", "effective_from"),
    "charges": ("name",),
    "check_codes": ("code",),
    "check_precision": ("code",),
    "circumstances": ("key",),
    "deadlines": ("key",),
    "drugs": ("name",),
    "field_words": ("kind", "key"),
    "fixed_phrases": ("phrase",),
    "law_names": ("alias",),
    "opposed_words": ("matter",),
    "rule_sources": ("key",),
    "term_cues": ("key",),
    "term_model": ("feature",),
    "topics": ("key",),
    "wording": ("wrong",),
}
# Fields whose words are expressions that the program compiles only when it needs them.
_EXPRESSIONS: dict[str, tuple[str, ...]] = {
    "charge_cited_articles": ("only_if", "unless"),
    "circumstance_phrases": ("cues", "affirmed", "denied", "basis", "with_", "unless"),
    "opposed_words": ("alternatives",),
    "starting_places": ("patterns", "unless"),
    "term_cues": ("patterns",),
    "term_tier_cues": ("patterns",),
}


def unreadable() -> Iterator[str]:
    """Tables that nothing reads, and rows that do not fit theirs."""
    for name in unread():
        yield f"规则表 {name}：knowledge_base 中没有程序读取它。"
    for name, schema in schemas().items():
        try:
            if not loader.raw(name).get("version"):
                yield f"规则表 {name}：没有版本。"
            loader.rows(name, schema)
        except loader.TableError as error:
            yield str(error)


def repeated() -> Iterator[str]:
    for name, schema in schemas().items():
        seen: set[tuple[Any, ...]] = set()
        fields = _UNIQUE.get(name)
        for number, row in enumerate(loader.rows(name, schema), 1):
            values = row.model_dump(mode="json")
            mark = tuple(str(values[field]) for field in fields or sorted(values))
            if mark in seen:
                told = f"{'、'.join(mark)} 有重复" if fields else "与前面的一行完全相同"
                yield f"规则表 {name} 第 {number} 行：{told}。"
            seen.add(mark)


def expressions() -> Iterator[str]:
    """Expressions that cannot be compiled."""
    for name, fields in _EXPRESSIONS.items():
        for number, row in enumerate(loader.rows(name, schemas()[name]), 1):
            for pattern in (p for field in fields for p in getattr(row, field)):
                try:
                    re.compile(pattern)
                except re.error as error:
                    yield f"规则表 {name} 第 {number} 行：表达式“{pattern}”不成立（{error}）。"


def overlapping(name: str, found: Sequence[R], key: Callable[[R], Hashable]) -> Iterator[str]:
    for group, before, after in _neighbours(found, key):
        if (before.effective_to or date.max) >= (after.effective_from or date.min):
            yield f"{name} {group}：施行期间重叠。"


def gaps(name: str, found: Sequence[R], key: Callable[[R], Hashable]) -> Iterator[str]:
    """Days between two versions of a row on which neither holds."""
    for group, before, after in _neighbours(found, key):
        end, start = before.effective_to, after.effective_from
        if end and start and start - end > timedelta(days=1):
            first, last = end + timedelta(days=1), start - timedelta(days=1)
            yield f"{name} {group}：{first}至{last}没有规定。"


def _neighbours(
    found: Sequence[R], key: Callable[[R], Hashable]
) -> Iterator[tuple[Hashable, R, R]]:
    groups: dict[Hashable, list[R]] = {}
    for row in found:
        groups.setdefault(key(row), []).append(row)
    for group, members in groups.items():
        ordered = sorted(members, key=lambda r: r.effective_from or date.min)
        for before, after in pairwise(ordered):
            yield group, before, after


def days() -> Iterator[str]:
    """Overlaps and gaps of the tables whose rows follow each other in time."""
    for check in (overlapping, gaps):
        versions = loader.rows("criminal_law_versions", ArticleVersion)
        yield from check("刑法版本表", versions, lambda r: (r.article, r.sub))
        yield from check("个罪表", crimes.all(), lambda r: r.charge)
        yield from check(
            "数额标准表", crimes.all_thresholds(), lambda r: (r.charge, r.tier, r.only, r.never)
        )
        yield from check("刑罚期限表", penalties.all(), lambda r: r.key)
        yield from check("诉讼条文表", procedure.all(), lambda r: r.purpose)
    for crime in crimes.all():
        if crime.effective_from is None:
            yield f"个罪表 {crime.charge}：没有施行日。"
    for row in crimes.all_thresholds():
        if row.effective_from is None:
            yield f"数额标准表 {row.charge}第{row.tier}档：没有施行日。"


def unverified() -> int:
    """Rows whose figures still have to be held against the official text."""
    return sum(
        not row.verified for name, schema in schemas().items() for row in loader.rows(name, schema)
    )
