"""Documents held against each other two by two: counts, persons, 诉判不一, evaluation due."""

from __future__ import annotations

from typing import Any

import pytest
from check_samples import INDICTMENT, JUDGMENT, Change, changed, read

from assistant.casefile import CaseFile
from assistant.checks import gold
from assistant.comparison.report import differences
from ingestion.model import Role

STORY = "2023年3月5日14时许，被告人林志远在江城市云溪区望江路16号商铺内，趁被害人周敏不备，窃得现金人民币3000元、手机一部（价值人民币2600元），共计价值人民币5600元。"
CAME = "2023年3月6日，被告人林志远主动到公安机关投案，如实供述了上述事实。"
FIRST = "1.2023年3月1日14时许，被告人林志远在柳岸路菜市场窃得被害人周敏电动自行车一辆，价值人民币3280元。\n"
SECOND = "2.2023年3月3日2时许，被告人林志远翻窗进入河东街仓库，窃得被害人许静笔记本电脑一台，价值人民币5460元。\n"
THIRD = "3.2023年3月5日22时许，被告人林志远在建材城工地窃得铜芯电缆一捆，价值人民币4120元。"
TEXTS: dict[Role, str] = {
    "opinion": gold.sample("opinion", "opinion"),
    "plea": gold.sample("plea", "plea"),
    "indictment": INDICTMENT,
    "recommendation": gold.sample("recommendation", "recommendation"),
    "judgment": JUDGMENT,
    "ruling": gold.sample("ruling", "ruling"),
}


def told(*roles: Role, **changes: tuple[Change, ...]) -> dict[str, Any]:
    case = CaseFile({r: read(r, changed(TEXTS[r], changes.get(r, ()))) for r in roles})
    result = differences(case)
    assert result is not None
    return result


def relations(result: dict[str, Any]) -> list[tuple[int | None, int | None, str]]:
    return [
        (
            row["first"] and row["first"]["number"],
            row["second"] and row["second"]["number"],
            row["relation"],
        )
        for row in result["pairs"][0]["counts"]
    ]


@pytest.mark.parametrize(
    ("found", "expected", "why"),
    [
        (STORY, "same", "word for word"),
        (STORY.replace("现金人民币3000元", "现金人民币8000元"), "contradictory", "another sum at the same place"),
        (STORY.replace("、手机一部（价值人民币2600元），共计价值人民币5600元", ""), "narrower", "less was found"),
        (STORY + "被告人林志远还于2023年3月6日窃得香烟2条。", "wider", "more was found"),
        ("被告人林志远当日下午（2023年3月5日14时）混入望江路16号商铺，乘周敏转身之际拿走人民币3000元和一部手机（值人民币2600元），价值共计人民币5600元。", "reworded", "the same values in other words"),
    ],
)  # fmt: skip
def test_one_count_is_classed(found: str, expected: str, why: str) -> None:
    result = told(
        "indictment", "judgment", judgment=((f"经审理查明：{STORY}", f"经审理查明：{found}"),)
    )
    assert relations(result) == [(1, 1, expected)], why


def test_counts_are_matched_by_what_they_tell_not_by_number() -> None:
    renumbered = THIRD.replace("3.", "1.", 1) + "\n" + FIRST.replace("1.", "2.", 1).strip()
    result = told(
        "indictment",
        "judgment",
        indictment=((STORY, FIRST + SECOND + THIRD), (CAME, "")),
        judgment=(
            (CAME, ""),
            (f"指控：{STORY}", f"指控：\n{FIRST}{SECOND}{THIRD}"),
            (f"经审理查明：{STORY}", f"经审理查明：\n{renumbered}\n"),
            ("本院认为，", "公诉机关撤回对第二起事实的指控。本院认为，"),
        ),
    )
    assert relations(result) == [(1, 2, "same"), (2, None, "missing"), (3, 1, "same")]
    dropped = result["pairs"][0]["counts"][1]
    assert "第二起" in dropped["withdrawn"]["quote"]


def test_all_documents_are_held_against_each_other() -> None:
    result = told("opinion", "plea", "indictment", "recommendation", "judgment")
    assert len(result["pairs"]) == 10
    charges = [p for pair in result["pairs"] for p in pair["persons"] if p["matter"] == "罪名"]
    assert {row["relation"] for row in charges} == {"same"}
    assert result["inconsistency"] == []
    assert result["evaluation"] == []


@pytest.mark.parametrize(
    ("changes", "types", "triggers"),
    [
        ((("犯盗窃罪，判处", "犯诈骗罪，判处"), ("已构成盗窃罪。公诉机关指控的罪名成立，", "已构成诈骗罪。")), {"罪名"}, {"G-03"}),
        ((("判处有期徒刑九个月", "判处有期徒刑一年六个月"),), {"刑期"}, {"G-04"}),
        ((("判处有期徒刑九个月", "判处拘役五个月"),), {"刑种"}, {"G-04"}),
        ((("判处有期徒刑九个月，并处罚金人民币三千元", "免予刑事处罚"),), {"免刑"}, {"G-05"}),
    ],
)  # fmt: skip
def test_types_and_the_evaluation_due(
    changes: tuple[Change, ...], types: set[str], triggers: set[str]
) -> None:
    result = told("indictment", "judgment", judgment=changes)
    assert {row["type"] for row in result["inconsistency"]} >= types
    assert {row["trigger"] for row in result["evaluation"]} >= triggers
    assert all(row["spans"] for row in result["inconsistency"])


def test_whether_the_judgment_explains_it() -> None:
    longer = ("判处有期徒刑九个月", "判处有期徒刑一年六个月")
    silent = ("量刑建议适当，予以采纳", "量刑建议不当，不予采纳")
    why = ("量刑建议适当，予以采纳", "因被告人拒不退赔且系入户作案，量刑建议偏轻，不予采纳")
    for words, expected in ((silent, False), (why, True)):
        result = told("indictment", "judgment", judgment=(longer, words))
        (row,) = [r for r in result["inconsistency"] if r["type"] == "刑期"]
        assert row["explained"] is expected


def test_a_withdrawn_prosecution_makes_an_evaluation_due() -> None:
    withdrawn = (
        ("审理过程中，发现判决书文字有误，应予补正。", "审理过程中，江城市云溪区人民检察院决定撤回起诉。"),
        ("（2023）江0108刑初206号刑事判决书第三页“望江路61号”补正为“望江路16号”。", "准许江城市云溪区人民检察院撤回起诉。"),
    )  # fmt: skip
    result = told("indictment", "ruling", ruling=withdrawn)
    assert [row["trigger"] for row in result["evaluation"]] == ["G-02"]


def test_who_is_dealt_with_elsewhere() -> None:
    with_others = (STORY, f"伙同高立（另案处理）、罗某甲（均已判决）。{STORY}")
    result = told("indictment", "judgment", indictment=(with_others,))
    assert [(row["name"], row["how"]) for row in result["elsewhere"]] == [
        ("高立", "另案处理"),
        ("罗某甲", "已判决"),
    ]


def test_a_single_draft_has_nothing_to_compare() -> None:
    assert differences(CaseFile({"indictment": read("indictment", INDICTMENT)})) is None
