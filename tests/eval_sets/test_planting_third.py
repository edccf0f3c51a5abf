"""The third and the fourth planter: what they plant stands in the document they name."""

from __future__ import annotations

from pathlib import Path

import pytest

import assistant.checks
from eval_sets.planting.fourth import FOURTH
from eval_sets.planting.second import spoiled
from eval_sets.planting.second_core import Kinds, Texts
from eval_sets.planting.third import CLERK, Judge

SAMPLES = Path(assistant.checks.__file__).parent / "gold" / "samples"


@pytest.fixture(scope="module")
def pair() -> Texts:
    indictment, judgment = (
        (SAMPLES / f"{name}.txt").read_text("utf-8") for name in ("indictment", "judgment")
    )
    return Texts("own", indictment, judgment)


@pytest.mark.parametrize("kinds", [CLERK, FOURTH], ids=["third", "fourth"])
def test_a_kind_changes_one_document_and_quotes_it(pair: Texts, kinds: Kinds) -> None:
    planted = {name: one for name in kinds for one in spoiled([pair], name, 1, kinds=kinds)}
    assert len(planted) > len(kinds) // 3, "most kinds need words that this pair has not"
    for name, one in planted.items():
        changed = one.texts.indictment if one.document == "indictment" else one.texts.judgment
        left = one.texts.judgment if one.document == "indictment" else one.texts.indictment
        assert one.quote in changed, name
        assert left in (pair.indictment, pair.judgment), name
        assert changed not in (pair.indictment, pair.judgment), name


def test_a_finding_that_stood_before_does_not_count(pair: Texts) -> None:
    look = Judge([pair])
    ((found, at_place, new),) = [
        look(one) for one in spoiled([pair], "appeal_days", 1, kinds=CLERK)
    ]
    assert found
    assert at_place
    assert {finding.code for finding in new} >= {"PROC-011"}
