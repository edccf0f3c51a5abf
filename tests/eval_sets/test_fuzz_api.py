"""A short run of schemathesis against the interface; `python -m eval_sets.fuzz api` is the long."""

from __future__ import annotations

import warnings

import pytest

from eval_sets.fuzz.api import fuzz


@pytest.mark.timeout(300)
def test_every_answer_is_as_described_and_no_defect() -> None:
    with warnings.catch_warnings():
        # Of schemathesis itself, about its own strategies.
        warnings.simplefilter("ignore")
        report = fuzz(cases=50, number=1)
    assert report.wrong == {}
    assert report.cases >= 80
    assert {200, 404, 422} <= set(report.statuses)
