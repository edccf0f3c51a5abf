"""Splitting facts into passages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.embedding import split_passages

SENTENCE = "被告人进入室内，盗走现金人民币三千元，后逃离现场。"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),  # nothing
        (" \n\u3000", []),  # blanks only
        (SENTENCE, [SENTENCE]),  # short: whole
        ("一、盗窃事实。\n二、诈骗事实。", ["一、盗窃事实。", "二、诈骗事实。"]),  # counts
        (
            "第一起：盗窃。第二起：诈骗。",
            ["第一起：盗窃。", "第二起：诈骗。"],
        ),  # counts in one line
        (
            "1.盗窃手机。2.盗窃车辆1.5万元。",
            ["1.盗窃手机。", "2.盗窃车辆1.5万元。"],
        ),  # not a decimal
        ("共计：（一）卷烟。（二）白酒。", ["共计：", "（一）卷烟。", "（二）白酒。"]),  # brackets
        ("他说：“给钱。”后离开。", ["他说：“给钱。”后离开。"]),  # a stop inside a quotation
    ],
)
def test_counts_and_sentences(text: str, pieces: list[str]) -> None:
    assert [text[s:e] for s, e in split_passages(text)] == pieces


def test_sentences_are_gathered_up_to_the_limit() -> None:
    text = SENTENCE * 10
    found = [text[s:e] for s, e in split_passages(text, 60)]
    assert found == [SENTENCE * 2] * 5


def test_a_sentence_over_the_limit_is_cut_at_smaller_stops() -> None:
    text = "甲走进屋内，乙在门外望风，丙驾车接应。"
    assert [text[s:e] for s, e in split_passages(text, 8)] == [
        "甲走进屋内，",
        "乙在门外望风，",
        "丙驾车接应。",
    ]


@given(st.text(alphabet="甲乙。，；\n 一、（）1.2第起”", max_size=200), st.integers(5, 40))
def test_nothing_is_lost_and_nothing_too_long(text: str, limit: int) -> None:
    spans = split_passages(text, limit)
    assert all(0 < end - start <= limit for start, end in spans)
    assert [a for a, _ in spans] == sorted(a for a, _ in spans)
    inside = {i for start, end in spans for i in range(start, end)}
    assert len(inside) == sum(end - start for start, end in spans)
    assert all(text[i].isspace() for i in range(len(text)) if i not in inside)
