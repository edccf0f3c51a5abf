"""Gold cases of single crimes, one file an article: see docs/adding-a-crime.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from sentencing_cases import case

from assistant.sentencing import opine

FOLDER = Path(__file__).parent / "data" / "sentencing"
CASES: list[dict[str, Any]] = [
    row for path in sorted(FOLDER.glob("*.yaml")) for row in yaml.safe_load(path.read_text("utf-8"))
]


@pytest.mark.parametrize("row", CASES, ids=lambda r: f"{r['charge']} {r['tiers']}")
def test_gold_case(row: dict[str, Any]) -> None:
    opinion = opine(case(row["charge"], **row["given"]))[0]
    assert list(opinion.tiers) == row["tiers"], row["arithmetic"]
    assert (opinion.low, opinion.high) == (row["low"], row["high"]), row["arithmetic"]
    if "fine" in row:
        fens = [opinion.fine_low_fen, opinion.fine_high_fen]
        assert fens == [yuan * 100 for yuan in row["fine"]], row["arithmetic"]
