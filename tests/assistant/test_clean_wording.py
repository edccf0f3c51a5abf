"""Legal writing without a slip is left as it is; the slips beside it are still seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.checks.wording import slips_of
from knowledge_base import wording

SENTENCES = (Path(__file__).parent / "data" / "clean_sentences.txt").read_text("utf-8").splitlines()
ADVERBS = "均也亦又曾即并"


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_clean_sentence_is_not_changed(sentence: str) -> None:
    assert list(slips_of(sentence)) == []


def test_there_are_two_hundred() -> None:
    assert len(set(SENTENCES)) >= 200


@pytest.mark.parametrize("phrase", [row.phrase for row in wording.fixed_phrases()])
def test_an_adverb_added_or_exchanged_is_no_slip(phrase: str) -> None:
    for at in range(1, len(phrase)):
        for adverb in ADVERBS:
            assert not list(slips_of(phrase[:at] + adverb + phrase[at:]))
            if phrase[at] in ADVERBS + "已":
                assert not list(slips_of(phrase[:at] + adverb + phrase[at + 1 :]))


@pytest.mark.parametrize(
    "written",
    [
        "其行为己触犯",  # 己 for 已
        "犯罪事实清处，证据确实、充分",  # 处 for 楚
        "足以任定指控事实",  # 任 for 认
        "追求其刑事责任",  # 求 for 究
    ],
)
def test_a_slip_in_a_fixed_phrase_is_seen(written: str) -> None:
    assert list(slips_of(written))
