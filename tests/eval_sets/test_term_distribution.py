"""The fit behind 同类案件: outward quantiles, pools that are large enough, calibrated ranges."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sentencing import work_out
from eval_sets.training import term_distribution as fit
from eval_sets.training.term_model import Row
from ingestion.extract import parse
from ingestion.readers import source_from_text


@given(st.lists(st.floats(-3, 3), min_size=30, max_size=200))
def test_quantiles_rise_and_hold_their_share(residuals: list[float]) -> None:
    low, middle, high = fit.quantiles(residuals, (10, 50, 90))
    assert low <= middle <= high
    inside = sum(low <= r <= high for r in residuals)
    assert inside >= 0.8 * len(residuals)


def test_quantiles_hold_for_cases_not_seen() -> None:
    draw = random.Random(7)
    hits = []
    for _ in range(400):
        low, high = fit.quantiles([draw.gauss(0, 1) for _ in range(40)], (10, 90))
        hits.append(low <= draw.gauss(0, 1) <= high)
    assert 0.76 <= sum(hits) / len(hits) <= 0.88


def test_a_small_group_takes_the_scatter_of_the_rare_ones_alone() -> None:
    groups = ["frequent"] * fit.LEAST + ["rare"] * 3
    scatters = fit.Scatters(groups, [0] * len(groups), [0.0] * fit.LEAST + [1.0, 2.0, 3.0])
    assert scatters.pool("frequent", 0) == ([0.0] * fit.LEAST, True)
    assert scatters.pool("rare", 0) == ([1.0, 2.0, 3.0], False)
    assert scatters.pool("unknown", 0) == ([1.0, 2.0, 3.0], False)


def test_advice_and_cases_of_several_charges_take_no_part() -> None:
    values = {"tier": 1.0, "advised": 2.0, "money": 3.0}
    rows = [
        Row("x", "0a", ("盗窃罪",), 2.0, values),
        Row("x", "0b", ("盗窃罪", "抢劫罪"), 2.0, values),
        Row("x", "0c", ("盗窃罪",), 2.0, {"money": 3.0}),  # range unknown
    ]
    found = fit.cases(rows)
    assert [c.group for c in found] == [("盗窃罪", 2)]
    assert "advised" not in found[0].row.values


@pytest.mark.data
def test_four_of_five_real_sentences_lie_in_the_range_shown(development_data: Path) -> None:
    """By the program's own path; the shipped table has seen these judgments among others."""
    inside = []
    lines = (development_data / "judgments" / "dev.jsonl").read_text("utf-8").splitlines()
    for line in lines[::3]:
        for opinion in work_out(parse(source_from_text(json.loads(line)["fd"]))):
            found, verdict = opinion.distribution, opinion.verdict
            if found is not None and verdict is not None and verdict.months:
                inside.append(found.months[10] <= verdict.months <= found.months[90])
    assert len(inside) > 60
    assert 0.7 <= sum(inside) / len(inside) <= 0.95
