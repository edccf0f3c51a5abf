"""Measures and their intervals."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from eval_sets.metrics import (
    Counts,
    bootstrap_interval,
    counts,
    micro_f1,
    micro_precision,
    micro_recall,
    share,
)

ARTICLES = st.sets(st.integers(1, 400), max_size=8)


def test_counts_compare_sets() -> None:
    assert counts([264, 67, 67], {264, 52}) == Counts(hits=1, extra=1, missed=1)


@given(st.lists(st.tuples(ARTICLES, ARTICLES), min_size=1, max_size=20))
def test_f1_is_the_harmonic_mean_of_precision_and_recall(
    pairs: list[tuple[set[int], set[int]]],
) -> None:
    rows = [counts(given, expected) for given, expected in pairs]
    p, r = micro_precision(rows), micro_recall(rows)
    assert abs(micro_f1(rows) - share(2 * p * r, p + r)) < 1e-12


def test_all_right_is_one_and_all_wrong_is_zero() -> None:
    assert micro_f1([counts({1}, {1})]) == 1.0
    assert micro_f1([counts({1}, {2})]) == 0.0
    assert micro_f1([]) == 0.0


def _mean(rows: Sequence[float]) -> float:
    return sum(rows) / len(rows)


def test_an_interval_holds_the_estimate_and_narrows_with_more_documents() -> None:
    few, many = [0.0, 1.0] * 10, [0.0, 1.0] * 250
    low, high = bootstrap_interval(few, _mean)
    assert low < 0.5 < high
    narrow = bootstrap_interval(many, _mean)
    assert narrow[1] - narrow[0] < high - low


def test_the_same_rows_give_the_same_interval() -> None:
    rows = [0.1, 0.5, 0.9, 0.4]
    assert bootstrap_interval(rows, _mean) == bootstrap_interval(rows, _mean)
    assert bootstrap_interval([], _mean) == (0.0, 0.0)
