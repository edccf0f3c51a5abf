"""The judgments that are measured on: JSON lines with the full text in `fd`."""

from __future__ import annotations

import json
from pathlib import Path

from ingestion.errors import InputError


def texts(data: Path) -> list[str]:
    """Every judgment of a file or of a folder of such files; InputError where there is none."""
    files = sorted(data.glob("*.jsonl")) if data.is_dir() else [data]
    rows = (json.loads(line) for file in files for line in file.open(encoding="utf-8"))
    found = [row["fd"] for row in rows if "fd" in row]
    if not found:
        raise InputError(f"“{data}”中没有带 fd 字段的判决书。")
    return found
