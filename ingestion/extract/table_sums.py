"""Sums in the columns of a table whose head names the unit: 金额（元）, 价值（万元）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

_HEAD = re.compile(
    r"[^\t]{0,8}(?:(?P<worth>价值|价格|单价)|金额|数额|款额|税额|损失)[^\t（(]{0,4}"
    r"[（(](?:单位[：:])?(?:人民币)?(?P<unit>万?元)[）)]"
)
_NUMBER = re.compile(r"\s*(?P<sum>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*")
_SUMMED = re.compile(r"\s*(?:合计|总计|共计|小计|总额)")
_FEN = {"元": 100, "万元": 1_000_000}


class CellSum(NamedTuple):
    """A sum of a table: its place in the text, its value, its part by the column and row."""

    start: int
    end: int
    fen: int
    role: Literal["total", "item", "count"]


def table_sums(text: str) -> Iterator[CellSum]:
    """Every bare number under such a head, row by row, as long as rows have as many cells."""
    head: list[re.Match[str] | None] = []
    at = 0
    for line in text.split("\n"):
        cells = line.split("\t")
        found = [_HEAD.fullmatch(cell.strip()) for cell in cells]
        if any(found):
            head = found
        elif head and len(cells) < len(head) and _SUMMED.match(line):
            # Empty cells leave no trace in a text: the sum below stands under the column it sums.
            columns = [column for column in head if column is not None]
            yield from _row(cells, [None] * (len(cells) - 1) + columns[-1:], at)
        elif len(cells) != len(head):
            head = []
        else:
            yield from _row(cells, head, at)
        at += len(line) + 1


def _row(cells: list[str], head: list[re.Match[str] | None], at: int) -> Iterator[CellSum]:
    summed = any(_SUMMED.match(cell) for cell in cells)
    for cell, column in zip(cells, head, strict=True):
        number = _NUMBER.fullmatch(cell)
        if column is not None and number is not None:
            value = Decimal(number["sum"].replace(",", "").replace("，", ""))
            start, end = number.span("sum")
            role: Literal["total", "item", "count"]
            role = "total" if summed else "item" if column["worth"] else "count"
            yield CellSum(at + start, at + end, int(value * _FEN[column["unit"]]), role)
        at += len(cell) + 1
