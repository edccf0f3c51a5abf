"""The opinion on real judgments: measured, with floors below what was seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval_sets.suites.sentencing import run


@pytest.mark.data
@pytest.mark.slow
def test_most_real_sentences_lie_in_the_lawful_range(development_data: Path) -> None:
    result = run(development_data / "judgments" / "dev.jsonl")
    metrics = result["metrics"]
    assert result["n"] >= 250
    assert metrics["supported"] >= 0.9
    assert metrics["tier_decided"] >= 0.9
    assert metrics["in_lawful_range"] >= 0.97
    assert metrics["in_guideline_range"] >= 0.85
    assert metrics["range_width_of_tier_median"] <= 0.5
    # More than chance: the ranges must say something about the case.
    assert metrics["in_guideline_range"] >= metrics["in_guideline_by_chance"] + 0.15
    for half in result["halves"].values():
        assert half["in_guideline_range"] >= 0.85
        assert half["range_width_of_tier_median"] <= 0.5
