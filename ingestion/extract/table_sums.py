"""Sums in the columns of a table whose head names the unit: 金额（元）, 价值（万元）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

Role = Literal["total", "count", "item", "gain", "returned", "compensated", "other"]

_HEAD = re.compile(r"(?P<name>[^\t（(]{1,14})[（(](?:单位[：:])?(?:人民币)?(?P<unit>万?元)[）)]")
_RETURNED = re.compile(
    r"[退返归]还|[退返]赔|退[赃款缴]|发还|追[回缴]|补缴|[还返退]款|已[退还返]|兑付|还本付息"
)
_BY_NAME: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("other", re.compile(r"单价|余额|租金|工资|成本|[未尚](?:退|还|返|归|清偿|兑付|欠)|欠")),
    ("returned", _RETURNED),
    ("compensated", re.compile(r"赔")),
    ("gain", re.compile(r"获利|盈利|所得|提成|佣金|好处|报酬|开票费|手续费")),
    ("item", re.compile(r"价值|价格|鉴定|认定价|价税|票面")),
)
"""What the sums of a column are, by its head: the first that fits, else `count`."""
# Under 去向 each row says for itself where the money went.
_WENT = re.compile(r"(?:资金|款项|钱款)?(?:去向|用途)")
_NUMBER = re.compile(r"\s*(?P<sum>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*")
_SUMMED = re.compile(r"\s*(?:合计|总计|共计|小计|总额)")
_FEN = {"元": 100, "万元": 1_000_000}


class CellSum(NamedTuple):
    """A sum of a table: its place in the text, its value, its part by the column and row."""

    start: int
    end: int
    fen: int
    role: Role


def table_sums(text: str) -> Iterator[CellSum]:
    """Every bare number under such a head, row by row, as long as rows have as many cells."""
    head: list[re.Match[str] | None] = []
    went: int | None = None
    at = 0
    for line in text.split("\n"):
        cells = line.split("\t")
        found = [_HEAD.fullmatch(cell.strip()) for cell in cells]
        if any(found):
            head = found
            went = next((n for n, cell in enumerate(cells) if _WENT.fullmatch(cell.strip())), None)
        elif head and len(cells) < len(head) and _SUMMED.match(line):
            # Empty cells leave no trace in a text: the sums stand under the last columns.
            columns = [column for column in head if column is not None]
            last = columns[max(len(columns) - len(cells) + 1, 0) :]
            yield from _row(cells, [None] * (len(cells) - len(last)) + last, at, None)
        elif len(cells) != len(head):
            head = []
        else:
            yield from _row(cells, head, at, went)
        at += len(line) + 1


def _row(
    cells: list[str], head: list[re.Match[str] | None], at: int, went: int | None
) -> Iterator[CellSum]:
    summed = any(_SUMMED.match(cell) for cell in cells)
    for cell, column in zip(cells, head, strict=True):
        number = _NUMBER.fullmatch(cell)
        if column is not None and number is not None:
            value = Decimal(number["sum"].replace(",", "").replace("，", ""))
            start, end = number.span("sum")
            role = _role(column["name"], summed)
            if went is not None and not summed:
                role = "returned" if _RETURNED.search(cells[went]) else "other"
            yield CellSum(at + start, at + end, int(value * _FEN[column["unit"]]), role)
        at += len(cell) + 1


def _role(name: str, summed: bool) -> Role:
    found: list[Role] = [role for role, words in _BY_NAME if words.search(name)]
    role: Role = found[0] if found else "count"
    return "total" if summed and role in ("count", "item") else role
