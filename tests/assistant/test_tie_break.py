"""The model as tie-break between two tellings: only with words of both, and never made sure."""

from __future__ import annotations

import json
from typing import Any

import pytest
from chat_server import chat, serving

from assistant.comparison.tie_break import MOST_QUESTIONS, settled
from assistant.model.endpoint import Endpoint
from assistant.model.gateway import Gateway
from assistant.settings import Settings

FIRST = "被告人卢承安用撬棍撬开仓库后门。"
SECOND = "卢承安采取破坏手段进入存放货物的房间。"


def _span(role: str, quote: str) -> dict[str, Any]:
    return {"role": role, "start": 0, "end": len(quote), "quote": quote}


def _differences(count: int = 1, sure: bool = False, second: str | None = SECOND) -> dict[str, Any]:
    passage = {
        "first": _span("indictment", FIRST),
        "second": _span("judgment", second) if second else None,
        "relation": "reworded",
        "relation_name": "表述不同",
        "sure": sure,
    }
    return {"pairs": [{"counts": [{"passages": [dict(passage) for _ in range(count)]}]}]}


def _said(relation: str, first: str, second: str) -> str:
    values = {"relation": relation, "first_quote": first, "second_quote": second}
    return json.dumps(values, ensure_ascii=False)


def _asked(differences: dict[str, Any], said: str, home: Any) -> tuple[list[Any], int]:
    with serving(chat(said)) as (url, asked):
        settings = Settings(home=home, cache=home)
        gateway = Gateway(Endpoint(url=url, name="m", kind="configured"), settings)
        told = settled(differences, gateway)
        return told["pairs"][0]["counts"][0]["passages"], len(asked)


def test_what_the_model_decides_shows_words_of_both(tmp_path: Any) -> None:
    given = _differences()
    ((passage,), _) = _asked(given, _said("narrower", "用撬棍撬开", "采取破坏手段"), tmp_path)
    assert (passage["relation"], passage["relation_name"]) == ("narrower", "后者较窄")
    assert passage["quotes"] == ["用撬棍撬开", "采取破坏手段"]
    assert passage["decided_by"] == "model"
    assert passage["sure"] is False, "a person must look"
    assert given == _differences(), "what rules said stays as it was"


@pytest.mark.parametrize(
    "said",
    [
        _said("contradictory", "用撬棍撬开", "当庭翻供"),  # words of nobody
        _said("contradictory", "", ""),  # no words at all
        _said("无罪", "用撬棍撬开", "采取破坏手段"),
        "后者与前者一致",
    ],
)
def test_an_answer_without_words_of_both_changes_nothing(said: str, tmp_path: Any) -> None:
    (passages, asked) = _asked(_differences(), said, tmp_path)
    assert asked
    assert passages == _differences()["pairs"][0]["counts"][0]["passages"]


@pytest.mark.parametrize(
    "differences",
    [
        _differences(sure=True),  # rules are sure
        _differences(second=None),  # nothing to hold it against
        _differences(second=SECOND * 12),  # longer than the question was measured for
    ],
)
def test_what_is_not_asked(differences: dict[str, Any], tmp_path: Any) -> None:
    assert _asked(differences, _said("absent", "", ""), tmp_path)[1] == 0


def test_a_case_asks_no_more_than_so_many(tmp_path: Any) -> None:
    many = _differences(count=MOST_QUESTIONS + 3)
    for n, passage in enumerate(many["pairs"][0]["counts"][0]["passages"]):
        passage["first"]["quote"] = f"{FIRST}{n}"
    assert _asked(many, _said("absent", "", ""), tmp_path)[1] == MOST_QUESTIONS
