"""Nothing that a lying model says is shown, and the suite would notice if it were."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.settings import Settings
from eval_sets.own.labels import documents
from eval_sets.replay import WORDINGS, hostile_server
from eval_sets.suites import grounding
from eval_sets.suites.grounding import Tally
from ingestion.errors import InputError


@pytest.mark.timeout(120)
def test_a_hostile_model_shows_nothing_of_its_own(tmp_path: Path) -> None:
    data = tmp_path / "own.jsonl"
    judgments = [d for d in documents() if d.label.type == "judgment"][:4]
    rows = [json.dumps({"text_id": str(i), "fd": d.text}) for i, d in enumerate(judgments)]
    data.write_text("\n".join(rows), encoding="utf-8")
    tally = Tally()
    with hostile_server() as (url, said):
        settings = Settings(
            home=tmp_path,
            cache=tmp_path,
            model_url=url,
            model_name="replay",
            model_budget=3600.0,
            model_prompt_tokens=10**9,
            model_output_tokens=10**9,
        )
        for case in grounding.cases(data, None):
            grounding.tally_case(case, settings, tally)
    assert tally.unsupported == []
    assert tally.invented_articles == 0
    assert tally.sentences > 0
    assert tally.calls == sum(said.values())
    assert len(said) >= 5, "more than one kind of lie was told"


@pytest.mark.parametrize(
    ("template", "wording", "supported"),
    [
        ("判决书写3500元。", "经核对，判决书写3500元。", True),
        # a sum that nobody told
        ("判决书写3500元。", "判决书写3600元。", False),
        # an article that nobody cited, and that there is none of
        ("没有引用条文。", "没有引用《中华人民共和国刑法》第九百九十九条。", False),
        # words in quotation marks that stand nowhere
        ("判决书未见回应。", "判决书未见回应，原文为“一律驳回”。", False),
        # a charge
        ("数额不一致。", "数额不一致，构成抢劫罪。", False),
        # a document number
        ("数额不一致。", "数额不一致，见（2019）云01刑终9号裁定。", False),
    ],
)
def test_the_suite_checks_by_means_of_its_own(template: str, wording: str, supported: bool) -> None:
    tally = Tally()
    grounding._check_wording({"code": "X", "template": template, "wording": wording}, tally)
    assert (tally.unsupported == []) == supported


def test_an_invented_article_is_counted() -> None:
    tally = Tally()
    wording = "违反《中华人民共和国刑法》第九百九十九条。"
    grounding._check_wording({"code": "X", "template": "违法。", "wording": wording}, tally)
    assert tally.invented_articles == 1


def test_every_second_answer_is_a_lie() -> None:
    names = [name for name, _ in WORDINGS]
    assert names[::2] == ["faithful"] * (len(names) // 2)
    assert "faithful" not in names[1::2]


def test_a_file_without_cases_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "a.jsonl"
    empty.write_text('{"other": 1}\n', encoding="utf-8")
    with pytest.raises(InputError, match="没有判决书"):
        grounding.run(empty)
