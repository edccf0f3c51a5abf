"""Gold cases of single crimes, by article or by chapter: see docs/adding-a-crime.md."""

from __future__ import annotations

from typing import Any

import pytest
from sentencing_cases import case, gold_cases

from assistant.sentencing import opine


@pytest.mark.parametrize("row", gold_cases(), ids=lambda r: f"{r['charge']} {r['tiers']}")
def test_gold_case(row: dict[str, Any]) -> None:
    opinion = opine(case(row["charge"], **row["given"]))[0]
    assert list(opinion.tiers) == row["tiers"], row["arithmetic"]
    assert (opinion.low, opinion.high) == (row["low"], row["high"]), row["arithmetic"]
    if "fine" in row:
        fens = [opinion.fine_low_fen, opinion.fine_high_fen]
        assert fens == [yuan * 100 for yuan in row["fine"]], row["arithmetic"]
