"""The list of problems as a workbook (问题台账): text only, nothing in it can run."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from assistant.reports.wording import clean

HEADERS = (
    "案件编号", "案件", "序号", "检查码", "维度", "轻重", "状态", "来源", "问题", "原文", "依据",
    "建议", "决定人", "理由", "承办部门", "整改",
)  # fmt: skip
_WIDTHS = (11, 28, 6, 10, 14, 8, 10, 8, 60, 60, 30, 40, 10, 24, 16, 40)
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_MOST = 32_767
"""Characters a cell of a workbook can hold."""


def safe(text: str) -> str:
    """The text as a cell that no spreadsheet program takes for a formula.

    >>> safe("=HYPERLINK(1)"), safe("  +1"), safe("数额8600元")
    ("'=HYPERLINK(1)", "'  +1", '数额8600元')
    """
    told = clean(text)
    told = f"'{told}" if told.lstrip(" \u3000\ufeff").startswith(_STARTS) else told
    return told[:_MOST]


def to_xlsx(rows: Iterable[Sequence[str]], *, title: str, note: str) -> bytes:
    """A workbook of one sheet: a line of `note`, the headers, then `rows` of HEADERS' length."""
    from openpyxl import Workbook  # only where a workbook is asked for
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append([note])
    sheet.append(list(HEADERS))
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([safe(text) for text in row])
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(HEADERS))}{max(sheet.max_row, 2)}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
