"""Tables of law and rules: YAML read once, every row checked against its schema.

A table file is a mapping with `table` (its name), `version`, optional `defaults` merged
under each row, and `rows`. A row that its schema does not know stops the program: a wrong
figure must not be half read.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class TableError(Exception):
    """A table is missing, unreadable or does not fit its schema."""


class Row(BaseModel):
    """What every row of every table says of itself.

    `effective_from` and `effective_to` are inclusive; None is open. `verified` False means
    that the figure is known second hand and still has to be held against the official text.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str = Field(min_length=1)
    effective_from: date | None = None
    effective_to: date | None = None
    verified: bool = True

    @model_validator(mode="after")
    def _dates_in_order(self) -> Row:
        if (
            self.effective_from is not None
            and self.effective_to is not None
            and self.effective_to < self.effective_from
        ):
            raise ValueError("effective_to lies before effective_from")
        return self

    def in_force(self, on: date | None) -> bool:
        """Whether the row holds on that day; None asks for today's state (an open end)."""
        if on is None:
            return self.effective_to is None
        return (self.effective_from is None or self.effective_from <= on) and (
            self.effective_to is None or on <= self.effective_to
        )


R = TypeVar("R", bound=Row)


def table_names() -> list[str]:
    """The tables shipped with the package, without their suffix."""
    folder = resources.files("knowledge_base") / "tables"
    return sorted(f.name[:-5] for f in folder.iterdir() if f.name.endswith(".yaml"))


@cache
def raw(name: str) -> dict[str, Any]:
    """The parsed table file. Raises TableError where it is missing or not a mapping."""
    path = resources.files("knowledge_base") / "tables" / f"{name}.yaml"
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=_Loader)
    except (OSError, yaml.YAMLError) as error:
        raise TableError(f"规则表 {name} 无法读取：{error}") from error
    if not isinstance(content, dict) or content.get("table") != name or "rows" not in content:
        raise TableError(f"规则表 {name} 缺少 table、rows，或者名称与文件名不符")
    return content


def rows(name: str, schema: type[R]) -> tuple[R, ...]:
    """All rows of a table as `schema` objects. Raises TableError naming the bad row."""
    content = raw(name)
    defaults = content.get("defaults") or {}
    read: list[R] = []
    for number, row in enumerate(content["rows"], 1):
        try:
            # YAML 1.1 reads a bare `on` as true.
            named = {"on" if key is True else key: value for key, value in row.items()}
            read.append(schema.model_validate({**defaults, **named}))
        except (ValidationError, TypeError, AttributeError) as error:
            raise TableError(f"规则表 {name} 第 {number} 行不合规：{error}") from error
    return tuple(read)


def versions() -> dict[str, str]:
    """Version of every table, to be printed beside every result."""
    return {name: str(raw(name).get("version", "")) for name in table_names()}
