"""Our measures of a ranking against those of ir-measures, on random rankings and labels."""

from __future__ import annotations

import random

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import AP, P, R, nDCG

from eval_sets import ranking

_DOCUMENTS = [f"d{n}" for n in range(160)]


@pytest.mark.parametrize("seed", range(8))
def test_equal_to_the_reference(seed: int) -> None:
    draw = random.Random(seed)
    labels = {d: draw.choice([0, 1, 2, 2, 3]) for d in draw.sample(_DOCUMENTS, 32)}
    order = draw.sample(_DOCUMENTS, len(_DOCUMENTS))
    run = {"q": {d: float(-place) for place, d in enumerate(order)}}
    pool = {"q": {d: s for d, s in run["q"].items() if d in labels}}
    whole = [AP(rel=2), P(rel=2) @ 5, P(rel=2) @ 10, R(rel=2) @ 100]
    expected = ir_measures.calc_aggregate(whole, {"q": labels}, run)
    cuts = [nDCG(dcg="log2") @ cut for cut in (10, 20, 30)]
    expected |= ir_measures.calc_aggregate(cuts, {"q": labels}, pool)
    ours = ranking.measures(order, labels)
    theirs = [expected[m] for m in (*cuts, *whole)]
    assert [ours[m] for m in ranking.MEASURES] == pytest.approx(theirs)


def test_nothing_relevant_counts_nought_and_not_an_error() -> None:
    assert set(ranking.measures(["a", "b"], {"a": 0, "b": 1}).values()) != {0.0}
    found = ranking.measures(["a", "b"], {"a": 0, "b": 0})
    assert set(found.values()) == {0.0}


@given(st.permutations(_DOCUMENTS[:20]))
def test_the_best_order_has_the_best_ndcg(order: list[str]) -> None:
    labels = {d: n % 4 for n, d in enumerate(_DOCUMENTS[:20])}
    best = sorted(order, key=lambda d: -labels[d])
    assert ranking.ndcg(best, labels, 10) == pytest.approx(1.0)
    assert ranking.ndcg(order, labels, 10) <= 1.0 + 1e-9
