"""A result must follow contract `findings/1` before it is stored."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from assistant.findings import Finding
from assistant.storage.errors import BadResult

SCHEMA = "findings/1"
REQUIRED = ("documents", "findings", "not_checked", "grade", "versions", "timing")
HEX_DIGITS = 64


def check_result(result: dict[str, Any]) -> None:
    """Raises BadResult, naming the first thing that is wrong."""
    if result.get("schema") != SCHEMA:
        raise BadResult(f"检查结果不是 {SCHEMA} 格式，不能入库。")
    missing = [name for name in REQUIRED if name not in result]
    if missing:
        raise BadResult(f"检查结果缺少“{missing[0]}”，不能入库。")
    if not result["documents"]:
        raise BadResult("检查结果中没有文书，不能入库。")
    for document in result["documents"]:
        if len(document.get("sha256", "")) != HEX_DIGITS:
            raise BadResult(f"文书“{document.get('file', '')}”没有 SHA-256 值，不能入库。")
    for number, finding in enumerate(result["findings"], 1):
        try:
            Finding.model_validate(finding)
        except ValidationError as error:
            place = ".".join(str(part) for part in error.errors()[0]["loc"])
            raise BadResult(f"第 {number} 项问题的“{place}”不合格式，不能入库。") from error
        if finding["status"] not in ("draft", "undecidable"):
            raise BadResult(f"第 {number} 项问题的状态只能由人改动，不能随检查结果入库。")
        if finding["source"] == "person":
            raise BadResult(f"第 {number} 项问题的来源是人工，不能随检查结果入库。")
