"""LawBench 2-1: how edits are counted, and the suite's one figure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval_sets.lawbench.edits import Edit, edits
from eval_sets.lawbench.proofreading import TASKS, compared, f_half
from eval_sets.metrics import Counts
from eval_sets.suites import SUITES
from eval_sets.training.proofreading import Item, Weights, answered, fit, item

WRITTEN, MEANT = "证人出廷作证，本院寓意支持", "证人出庭作证，本院予以支持"


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (WRITTEN, WRITTEN, []),
        (WRITTEN, MEANT, [Edit(3, 4, "庭"), Edit(9, 11, "予以")]),  # a word is one edit
        ("墙翻进入", "翻墙进入", [Edit(0, 2, "翻墙")]),  # two neighbours swapped
        ("工程资麗料", "工程资料", [Edit(3, 4, "")]),
        ("人民法审理", "人民法院审理", [Edit(3, 3, "院")]),
        ("", "补", [Edit(0, 0, "补")]),
        ("补", "", [Edit(0, 1, "")]),
    ],
)
def test_edits(source: str, target: str, expected: list[Edit]) -> None:
    assert sorted(edits(source, target)) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (MEANT, Counts(2, 0, 0)),
        (WRITTEN, Counts(0, 0, 2)),  # nothing done
        ("证人出庭作证，本院寓意支持", Counts(1, 0, 1)),  # half of it
        ("证人出挺作证，本院予以支持", Counts(1, 1, 1)),  # the right place, the wrong character
        ("", Counts(0, 1, 2)),  # no answer: everything left out
        (MEANT + "，理由如下：", Counts(2, 1, 0)),  # cut five characters after the reference
    ],
)
def test_an_answer_is_compared_by_place_and_wording(given: str, expected: Counts) -> None:
    assert compared(WRITTEN, given, MEANT) == expected


def test_an_answer_is_cut_five_characters_after_the_reference() -> None:
    long = compared(WRITTEN, MEANT + "一二三四五六七八", MEANT)
    assert long == compared(WRITTEN, MEANT + "一二三四五", MEANT)


def test_precision_counts_twice_as_much() -> None:
    assert f_half([Counts(1, 1, 1), Counts(1, 0, 1)]) == pytest.approx(
        1.25 * 2 / 3 * 0.5 / (0.25 * 2 / 3 + 0.5)
    )
    assert f_half([Counts(0, 0, 3)]) == 0


def test_the_suite_prints_the_figure(tmp_path: Path) -> None:
    rows = [
        {"instruction": "", "question": WRITTEN, "answer": MEANT},
        {"instruction": "", "question": "双方均无异义", "answer": "双方均无异议"},
    ]
    lines = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "2-1.jsonl").write_text(lines, "utf-8")
    result = SUITES["lawbench"](tmp_path)
    answers = [TASKS["2-1"].answer(row["question"], "") for row in rows]
    expected = f_half(
        [compared(r["question"], a, r["answer"]) for r, a in zip(rows, answers, strict=True)]
    )
    assert result["metrics"] == {"2-1": expected}
    assert expected >= 0.8
    # the weights were not fitted on these sentences
    assert result["trained_on"] == {"2-1": 0}


def test_fitted_weights_tell_right_proposals_from_wrong() -> None:
    items = [
        item(WRITTEN, MEANT),
        item("被告应当承担违约则任", "被告应当承担违约责任"),
        item(
            "县级以上人民正府应当加强管理，张三之父到场",
            "县级以上人民政府应当加强管理，张三之父到场",
        ),
    ]
    weights = fit(items)
    assert all(
        answered(one, weights.chances(one), 0.5) == Counts(n, 0, 0)
        for one, n in zip(items, (2, 1, 1), strict=True)
    )
    assert isinstance(weights, Weights)
    assert weights.chances(Item("", "", (), ())) == []


@pytest.mark.data
def test_the_development_sentences_are_known_to_be_fitted_on(development_data: Path) -> None:
    result = SUITES["lawbench"](development_data / "lawbench" / "2-1.jsonl", 3)
    assert result["trained_on"] == {"2-1": 3}
