"""LawBench 3-1, 3-3, 3-4, 3-5 and the suite cail2018: forms, measures and gains."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest

from eval_sets import terms
from eval_sets.lawbench import articles, charges
from eval_sets.lawbench.terms import TASKS, term_scores
from eval_sets.suites import SUITES
from eval_sets.training.boosting import Settings, fit
from ingestion.errors import InputError

QUESTION = "事实:被告人丁某窃得手机一部，价值人民币2300元。\n罪名:盗窃;诈骗。法条:刑法第264、266条"


def test_question_of_3_4() -> None:
    case = terms.question(QUESTION)
    assert case.facts == "被告人丁某窃得手机一部，价值人民币2300元。"
    assert case.charges == ("盗窃", "诈骗")
    assert case.articles == (264, 266)
    assert case.article_text is None


def test_question_of_3_5_gives_the_words_of_the_article() -> None:
    case = terms.question(
        QUESTION + "。法条内容：第二百六十四条 盗窃公私财物的，处三年以下有期徒刑。"
    )
    assert case.articles == (264, 266)
    assert (case.article_text or "").startswith("第二百六十四条")


@pytest.mark.parametrize(
    ("given", "expected", "score"),
    [
        ("[刑期]12月<eoa>", "刑期:12个月", 1.0),  # right
        ("[刑期]24月<eoa>", "刑期:12个月", 1 - math.log(25 / 13) / math.log(216)),  # log distance
        ("", "刑期:12个月", 0.0),  # no answer counts 0
    ],
)
def test_measure_of_terms(given: str, expected: str, score: float) -> None:
    assert term_scores([given], [expected]) == pytest.approx([score])


def test_death_and_life_are_left_out() -> None:
    assert term_scores(["[刑期]12月<eoa>"] * 2, ["刑期:死刑", "刑期:无期"]) == []


def test_answer_has_the_form_asked_for() -> None:
    assert re.fullmatch(r"\[刑期\]\d+月<eoa>", TASKS["3-4"].answer(QUESTION, ""))


def test_article_and_charge_answers_are_measured_as_sets() -> None:
    assert articles.article_f1(["[法条]刑法第264条、刑法第266条<eoa>"], ["法条:刑法第264条"]) == [
        pytest.approx(2 / 3)
    ]
    assert charges.charge_f1(["[罪名]盗窃;诈骗<eoa>"], ["罪名:诈骗;盗窃"]) == [1.0]


def test_charges_bear_the_names_of_the_benchmark() -> None:
    assert charges.labels("强制猥亵、侮辱罪") == ("强制猥亵、侮辱妇女",)
    assert charges.labels("盗窃罪") == ("盗窃",)


def test_boosting_finds_a_step_and_keeps_its_sign() -> None:
    draw = np.random.default_rng(1)
    raises, noise = draw.random(400), draw.random(400)
    target = (raises > 0.5) * 1.0
    weights = np.ones(400)
    settings = Settings(rounds=120)
    free = fit({"a": raises, "b": noise}, target, weights, {}, settings)
    given = free.predict({"a": np.array([0.2, 0.8]), "b": np.array([0.5, 0.5])})
    assert given[1] - given[0] > 0.8
    bound = fit({"a": raises, "b": noise}, target, weights, {"a": -1}, settings)
    assert np.all(np.diff(bound.values["a"]) <= 0)


def test_suite_cail2018_on_an_own_file(tmp_path: Path) -> None:
    row = {
        "fact": "被告人趁店主不备，窃得手机一部，价值人民币2300元，后如实供述。",
        "charges": ["盗窃"],
        "articles": [264, 264],
        "imprisonment": 6,
        "death": False,
        "life": False,
    }
    life = {**row, "life": True, "imprisonment": 0}
    path = tmp_path / "own.jsonl"
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in (row, life)), "utf-8")
    result = SUITES["cail2018"](path)
    assert result["n"] == 2
    assert result["metrics"]["charge_accuracy"] == 1.0
    assert result["metrics"]["article_f1"] == 1.0
    assert result["metrics"]["term_score"] > 0.8
    assert result["metrics"]["trained_on"] == 0.0


def test_suite_cail2018_refuses_other_files(tmp_path: Path) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text('{"text": "无"}\n', "utf-8")
    with pytest.raises(InputError):
        SUITES["cail2018"](path)


@pytest.mark.data
@pytest.mark.slow
def test_terms_with_their_charges_left_out(development_data: Path) -> None:
    """What the figures in the documentation rest on: no case shares a charge with its fold."""
    from eval_sets.training.term_model import left_out, load

    rows = load(development_data)
    given, constant = left_out(rows, Settings())
    target = np.array([r.target for r in rows])
    own = np.array([r.source == "lawbench" for r in rows])

    def score(predicted: np.ndarray) -> float:
        distance = np.abs(target - predicted)[own]
        return float(1 - distance.mean() / math.log(216))

    assert score(given) >= 0.865
    assert score(given) - score(constant) >= 0.05
