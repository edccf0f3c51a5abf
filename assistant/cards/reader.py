"""One reader for the card's three forms: JSON, XLSX, CSV. See docs/case-card.md."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ingestion.errors import InputError, NotFound
from knowledge_base.card_fields import by_name

SUFFIXES = (".json", ".xlsx", ".csv")
MOST_BYTES = 8_000_000
"""A card is a few pages of entries; what is larger is something else."""
MOST_UNPACKED = 60_000_000
MOST_ROWS = 2_000
_ENCODINGS = ("utf-8-sig", "gb18030")


def read_card(path: Path) -> dict[str, Any]:
    """The card as {"case": {…}, "people": [{…}]} with the names as written.

    Raises InputError (Chinese) where the file is no card.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(f"案卡“{path.name}”应为 JSON、XLSX 或 CSV 文件。")
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(f"找不到文件“{path.name}”，请检查路径。") from error
    except OSError as error:
        raise InputError(f"案卡“{path.name}”无法读取。") from error
    if len(data) > MOST_BYTES:
        raise InputError(f"案卡“{path.name}”超过 {MOST_BYTES // 1_000_000} MB，不是一份案卡。")
    if suffix == ".json":
        card = _json(data, path.name)
    else:
        sheets = _xlsx(data, path.name) if suffix == ".xlsx" else [_csv(data, path.name)]
        card = _tables(sheets)
    if not _known(card):
        raise InputError(
            f"案卡“{path.name}”中没有可识别的字段，列名如：案由、受理日期、姓名、性别、罪名。"
        )
    return card


def _known(card: dict[str, Any]) -> bool:
    return any(
        str(name).strip() in by_name() for part in (card["case"], *card["people"]) for name in part
    )


def _json(data: bytes, name: str) -> dict[str, Any]:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(f"案卡“{name}”不是有效的 JSON 文件。") from error
    if not isinstance(content, dict):
        raise InputError(f"案卡“{name}”应当是一个 JSON 对象。")
    people: Any = content.get("people", content.get("人员", []))
    case: Any = content.get("case", content.get("案件"))
    if case is None:
        case = {key: value for key, value in content.items() if key not in ("people", "人员")}
    listed = isinstance(people, list) and all(isinstance(person, dict) for person in people)
    if not isinstance(case, dict) or not listed:
        raise InputError(f"案卡“{name}”的 case 应为对象、people 应为对象的列表。")
    return {"case": case, "people": people}


def _csv(data: bytes, name: str) -> list[list[Any]]:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return list(csv.reader(io.StringIO(text)))[:MOST_ROWS]
        except csv.Error as error:
            raise InputError(f"案卡“{name}”不是有效的 CSV 文件。") from error
    raise InputError(f"案卡“{name}”的文字编码无法识别，请存为 UTF-8。")


def _xlsx(data: bytes, name: str) -> list[list[list[Any]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise InputError(f"案卡“{name}”解压后过大，不是一份案卡。")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [
            [list(row) for row in sheet.iter_rows(max_row=MOST_ROWS, values_only=True)]
            for sheet in book.worksheets
        ]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise InputError(f"案卡“{name}”不是有效的 XLSX 文件。") from error


def _tables(sheets: Iterable[Sequence[Sequence[Any]]]) -> dict[str, Any]:
    """Case fields from the first row that fills them; each row with a name is a person."""
    case: dict[str, Any] = {}
    people: list[dict[str, Any]] = []
    for sheet in sheets:
        filled = [row for row in sheet if any(cell not in (None, "") for cell in row)]
        if not filled:
            continue
        header = [str(cell or "").strip() for cell in filled[0]]
        for row in filled[1:]:
            person: dict[str, Any] = {}
            for name, cell in zip(header, row, strict=False):
                if cell in (None, "") or not name:
                    continue
                known = by_name().get(name)
                if known is not None and known.level == "person":
                    person[name] = cell
                else:
                    case.setdefault(name, cell)
            if any(by_name()[name].key == "name" for name in person):
                people.append(person)
    return {"case": case, "people": people}
