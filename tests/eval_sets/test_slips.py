"""What is counted of a model that was asked about suspicious sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.proofreading import Correction
from assistant.proofreading.doubtful import Doubt
from assistant.proofreading.proposals import Kind
from eval_sets.slips import Asked, measures, of_clean

RIGHT = Correction(4, 6, "合同", Kind.WORD, 0.6)
WRONG = Correction(0, 1, "又", Kind.OTHER, 0.2)
SENTENCE = "双方签订河童。"


def _asked(*right: Correction, item: bool = True) -> Asked:
    return Asked(SENTENCE, Doubt(0, len(SENTENCE), (WRONG, RIGHT)), right, item)


def test_choosing_and_leaving_alone_are_both_counted() -> None:
    told = measures(
        [
            (_asked(RIGHT), RIGHT),  # put right
            (_asked(RIGHT), WRONG),  # made worse
            (_asked(RIGHT), None),  # missed
            (_asked(item=False), None),  # rightly left alone
        ]
    )
    assert (told["n"], told["chosen"], told["right"]) == (4, 2, 1)
    assert told["precision"] == pytest.approx(1 / 2)
    assert told["rules_right"] == pytest.approx(1 / 4), "leaving all alone is right once"
    assert told["model_right"] == pytest.approx(2 / 4)
    assert told["likeliest_precision"] == 0


def test_in_clean_sentences_no_edit_is_right(tmp_path: Path) -> None:
    file = tmp_path / "clean.txt"
    file.write_text("双方签订的劳动河童合法有效。\n经审理查明。\n", encoding="utf-8")
    (asked,) = of_clean(file)
    assert not asked.right
    assert not asked.item
