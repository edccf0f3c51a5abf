"""What changed between two versions of the tables, in words that a lawyer reads (Chinese).

Rows are paired by what they are about (charge, article, key, code), then by their days of
force; what is left over came or went. Values are told by the Chinese name of their field.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from knowledge_base import diff_words
from knowledge_base.diff_words import value_words

Row = Mapping[str, Any]
Tables = Mapping[str, Mapping[str, Any]]
_FOLDER = "knowledge_base/tables"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DAYS = ("effective_from", "effective_to")


class NoTables(Exception):
    """No tables can be read there; the message says why (Chinese)."""


def _parsed(texts: Mapping[str, str], where: str) -> Tables:
    found: dict[str, Mapping[str, Any]] = {}
    for name, text in sorted(texts.items()):
        try:
            content = yaml.load(text, Loader=_LOADER)
        except yaml.YAMLError as error:
            raise NoTables(f"“{where}”中的规则表 {name} 不是 YAML：{error}") from error
        if not isinstance(content, dict) or not isinstance(content.get("rows"), list):
            raise NoTables(f"“{where}”中的规则表 {name} 缺少 rows。")
        found[name] = content
    if not found:
        raise NoTables(f"“{where}”中没有规则表（*.yaml）。")
    return found


def of_folder(folder: Path) -> Tables:
    """The tables of a folder. Raises NoTables."""
    texts = {p.stem: p.read_text("utf-8") for p in folder.glob("*.yaml")}
    return _parsed(texts, folder.name)


def of_revision(revision: str, root: Path | None = None) -> Tables:
    """The tables at a git revision of the repository at `root` (None: here). Raises NoTables."""
    listing = _git(["ls-tree", "--name-only", revision, f"{_FOLDER}/"], revision, root)
    names = [line for line in listing.split("\n") if line.endswith(".yaml")]
    texts = {Path(n).stem: _git(["show", f"{revision}:{n}"], revision, root) for n in names}
    return _parsed(texts, revision)


def _git(arguments: list[str], revision: str, root: Path | None) -> str:
    if revision.startswith("-"):
        raise NoTables(f"“{revision}”不是文件夹，也不是 git 版本。")
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, check=True, encoding="utf-8"
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoTables(f"“{revision}”不是文件夹，也不是 git 版本。") from error
    return done.stdout


def describe(old: Tables, new: Tables) -> list[str]:
    """One line a change, grouped under the tables' names; empty where nothing changed."""
    lines: list[str] = []
    for name in sorted({*old, *new}):
        title = diff_words.table_words(name)
        if name not in new:
            lines.append(f"【{title}】整张表删去。")
        elif name not in old:
            lines.append(f"【{title}】新增，共{len(new[name]['rows'])}行。")
        else:
            changes = list(_table(name, _rows(old[name]), _rows(new[name])))
            lines += [f"【{title}】{change}" for change in changes]
    return lines


def _rows(table: Mapping[str, Any]) -> list[Row]:
    defaults = table.get("defaults") or {}
    return [{**defaults, **row} for row in table["rows"]]


def _table(table: str, old: list[Row], new: list[Row]) -> Iterator[str]:
    gone = [row for row in old if row not in new]
    came = [row for row in new if row not in old]
    pairs = _pairs(gone, came)
    for before, after in pairs:
        yield _changed(table, before, after)
    for row in came:
        if not any(row is after for _, after in pairs):
            yield f"新增：{_about(row)}（{_content(table, row)}）。"
    for row in gone:
        if not any(row is before for before, _ in pairs):
            yield f"删去：{_about(row)}（{_content(table, row)}）。"


def _pairs(gone: list[Row], came: list[Row]) -> list[tuple[Row, Row]]:
    """Rows about the same thing: of the same days first, then in their order."""
    pairs: list[tuple[Row, Row]] = []
    for same_days in (True, False):
        for row in gone:
            if any(row is before for before, _ in pairs):
                continue
            for other in came:
                taken = any(other is after for _, after in pairs)
                same = diff_words.identity(row) == diff_words.identity(other)
                days = row.get(_DAYS[0]) == other.get(_DAYS[0])
                if not taken and same and (days or not same_days):
                    pairs.append((row, other))
                    break
    return pairs


def _changed(table: str, before: Row, after: Row) -> str:
    told: list[str] = []
    for field in dict.fromkeys([*before, *after]):
        if before.get(field) != after.get(field):
            told += _field(table, field, before.get(field), after.get(field))
    return f"{_about(after)}：{'；'.join(told)}。"


def _field(table: str, field: str, before: Any, after: Any) -> Iterator[str]:
    name = diff_words.field_words(table, field)
    if isinstance(before, list) and isinstance(after, list) and _parts(before, after):
        yield from _listed(table, field, before, after)
    elif isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*before, *after]):
            if before.get(key) != after.get(key):
                for text in _field(table, key, before.get(key), after.get(key)):
                    yield f"{name}之{text}"
    elif before is None:
        yield f"{name}定为“{value_words(field, after)}”"
    elif after is None:
        yield f"{name}（原为“{value_words(field, before)}”）不再规定"
    else:
        yield f"{name}由“{value_words(field, before)}”改为“{value_words(field, after)}”"


def _parts(before: list[Any], after: list[Any]) -> bool:
    """Whether a list is one of rows or of words, not a pair of figures."""
    return all(isinstance(item, dict | str) for item in (*before, *after))


def _listed(table: str, field: str, before: list[Any], after: list[Any]) -> Iterator[str]:
    name = diff_words.field_words(table, field)
    if all(isinstance(item, str) for item in (*before, *after)):
        came = [value_words(field, item) for item in after if item not in before]
        gone = [value_words(field, item) for item in before if item not in after]
        if came:
            yield f"{name}增加“{'”“'.join(came)}”"
        if gone:
            yield f"{name}删去“{'”“'.join(gone)}”"
        if not came and not gone:
            yield f"{name}的次序有变"
        return
    for number, (one, other) in enumerate(zip(before, after, strict=False), 1):
        for key in dict.fromkeys([*one, *other]):
            if one.get(key) != other.get(key):
                for text in _field(table, key, one.get(key), other.get(key)):
                    yield f"{name}第{number}项{text}"
    for number in range(len(before) + 1, len(after) + 1):
        yield f"{name}增加第{number}项（{_content(table, after[number - 1])}）"
    for number in range(len(after) + 1, len(before) + 1):
        yield f"{name}删去第{number}项（{_content(table, before[number - 1])}）"


def _about(row: Row) -> str:
    days = [row.get(day) for day in _DAYS]
    since = f"（{_day(days[0])}起）" if days[0] and not days[1] else ""
    until = f"（{_day(days[0])}至{_day(days[1])}）" if days[1] else ""
    return diff_words.identity_words(row) + since + until


def _day(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else "最初"


def _content(table: str, row: Row) -> str:
    told = [
        f"{diff_words.field_words(table, field)}{value_words(field, value)}"
        for field, value in row.items()
        if field not in (*diff_words.IDENTITY, *_DAYS, "source") and value not in (None, [], "")
    ]
    return "；".join([*told, *([f"依据{row['source']}"] if row.get("source") else [])])
