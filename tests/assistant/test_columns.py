"""Pairwise differences laid side by side: nothing lost, each matter on one line."""

from __future__ import annotations

from typing import Any

import pytest
from check_samples import INDICTMENT, JUDGMENT, Change, changed, read

from assistant.casefile import CaseFile
from assistant.checks import gold
from assistant.comparison.columns import Line, roles_of, side_by_side
from assistant.comparison.report import differences
from ingestion.model import Role

STORY = "2023年3月5日14时许，被告人林志远在江城市云溪区望江路16号商铺内，趁被害人周敏不备，窃得现金人民币3000元、手机一部（价值人民币2600元），共计价值人民币5600元。"
FIRST = (
    "1.2023年4月2日22时许，被告人林志远在北街菜场窃得被害人周敏电动自行车一辆，价值人民币2980元。\n"
)
SECOND = "2.2023年4月6日3时许，被告人林志远翻窗进入西港仓库，窃得被害人许静笔记本电脑一台，价值人民币6120元。\n"
THIRD = "3.2023年4月9日23时许，被告人林志远在新城工地窃得铜芯电缆一捆，价值人民币3870元。"
TEXTS: dict[Role, str] = {
    "opinion": gold.sample("opinion", "opinion"),
    "plea": gold.sample("plea", "plea"),
    "indictment": INDICTMENT,
    "recommendation": gold.sample("recommendation", "recommendation"),
    "judgment": JUDGMENT,
}


def told(*roles: Role, **changes: tuple[Change, ...]) -> dict[str, Any]:
    case = CaseFile({r: read(r, changed(TEXTS[r], changes.get(r, ()))) for r in roles})
    result = differences(case)
    assert result is not None
    return result


def _line(lines: list[Line], matter: str) -> Line:
    return next(line for line in lines if line.matter == matter and not line.inner)


def test_one_count_runs_through_three_documents() -> None:
    lines = side_by_side(told("opinion", "indictment", "judgment"))
    facts = [line for line in lines if line.matter == "事实"]
    assert [sorted(line.cells) for line in facts] == [["indictment", "judgment", "opinion"]]


def test_the_gravest_relation_of_two_documents_is_the_line_s() -> None:
    change = (f"经审理查明：{STORY}", f"经审理查明：{STORY.replace('3000元', '8000元')}")
    lines = side_by_side(told("opinion", "indictment", "judgment", judgment=(change,)))
    fact = _line(lines, "事实")
    assert (fact.relation, fact.relation_name) == ("contradictory", "不一致")


@pytest.mark.parametrize("roles", [("indictment", "judgment"), ("opinion", "plea", "indictment")])
def test_every_quote_stands_where_it_says(roles: tuple[Role, ...]) -> None:
    result = told(*roles)
    for line in side_by_side(result):
        for role, entries in line.cells.items():
            for entry in entries:
                if entry.start is not None and not line.person:
                    assert read(role, TEXTS[role]).text[entry.start : entry.end] == entry.text


def test_counts_of_another_order_stand_beside_their_likes() -> None:
    renumbered = THIRD.replace("3.", "1.", 1) + "\n" + FIRST.replace("1.", "2.", 1).strip()
    lines = side_by_side(
        told(
            "indictment",
            "judgment",
            indictment=((STORY, FIRST + SECOND + THIRD),),
            judgment=((f"经审理查明：{STORY}", f"经审理查明：\n{renumbered}\n"),),
        )
    )
    labels = [
        {role: [e.label for e in entries] for role, entries in line.cells.items()}
        for line in lines
        if line.matter == "事实"
    ]
    assert labels == [
        {"indictment": ["第1起"], "judgment": ["第2起"]},
        {"indictment": ["第2起"]},
        {"indictment": ["第3起"], "judgment": ["第1起"]},
    ]


def test_no_more_than_four_documents_and_the_plea_gives_way() -> None:
    result = told("opinion", "plea", "indictment", "recommendation", "judgment")
    assert roles_of(result) == ["opinion", "indictment", "recommendation", "judgment"]
    assert all("plea" not in line.cells for line in side_by_side(result))


def test_every_matter_of_every_pair_is_told() -> None:
    result = told("opinion", "indictment", "judgment")
    matters: set[tuple[Any, Any]] = {
        (row["person"], row["matter"]) for pair in result["pairs"] for row in pair["persons"]
    }
    assert matters == {(x.person, x.matter) for x in side_by_side(result) if x.person}


def test_what_the_model_made_of_a_fact_is_said_to_be_its() -> None:
    def row(decided: dict[str, str]) -> dict[str, Any]:
        spans = {s: {"start": 0, "end": 2, "quote": "窃得"} for s in ("first", "second")}
        return spans | {"relation": "narrower", "sure": False, "passages": []} | decided

    for decided, by_model in (({}, False), ({"decided_by": "model"}, True)):
        pair = {
            "first": "indictment",
            "second": "judgment",
            "persons": [],
            "counts": [row(decided)],
        }
        (line,) = side_by_side({"pairs": [pair]})
        assert (line.by_model, line.sure) == (by_model, False)
