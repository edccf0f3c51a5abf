"""Charges per person, of indictments and of what judgments say was charged."""

from __future__ import annotations

import pytest
from case_texts import indictment, judgment

from ingestion.model import CaseDocument

TWO = "被告人卢承安，男，汉族。 被告人卢承平，男，汉族。"


def _accused(doc: CaseDocument) -> dict[str, list[str]]:
    return {d.name.value: [c.value for c in d.accused_of] for d in doc.defendants}


def _charged(doc: CaseDocument) -> dict[str, list[str]]:
    return {d.name.value: [c.value for c in d.charges] for d in doc.defendants}


@pytest.mark.parametrize(
    ("accused", "expected"),
    [
        ("指控被告人卢承安犯盗窃罪", ["盗窃罪"]),
        ("指控被告人卢承安犯盗窃、抢劫罪", ["盗窃罪", "抢劫罪"]),  # one 罪 for two
        ("指控被告人卢承安犯走私、贩卖毒品罪", ["走私、贩卖毒品罪"]),  # one selective charge
        (
            "指控被告人卢承安犯掩饰、隐瞒犯罪所得罪",
            ["掩饰、隐瞒犯罪所得罪"],
        ),  # selective, with 犯罪
        ("指控被告人卢承安犯拒不执行判决、裁定罪", ["拒不执行判决、裁定罪"]),  # 定罪 inside
        ("指控被告人卢承安涉嫌犯诈骗罪和盗窃罪一案", ["诈骗罪", "盗窃罪"]),
    ],
)
def test_what_one_person_was_accused_of(accused: str, expected: list[str]) -> None:
    assert _accused(judgment(accused=accused)) == {"卢承安": expected}


@pytest.mark.parametrize(
    ("accused", "first", "second"),
    [
        ("指控被告人卢承安、卢承平犯盗窃罪", ["盗窃罪"], ["盗窃罪"]),
        (
            "指控被告人卢承安犯盗窃罪；被告人卢承平犯掩饰、隐瞒犯罪所得罪",
            ["盗窃罪"],
            ["掩饰、隐瞒犯罪所得罪"],
        ),
        (
            "指控被告人卢承安犯盗窃罪、抢劫罪，被告人卢承平犯盗窃罪",
            ["盗窃罪", "抢劫罪"],
            ["盗窃罪"],
        ),
        ("指控被告人卢承安等二人犯盗窃罪", ["盗窃罪"], ["盗窃罪"]),  # the other is not named
    ],
)
def test_each_gets_his_own(accused: str, first: list[str], second: list[str]) -> None:
    assert _accused(judgment(parties=TWO, accused=accused)) == {"卢承安": first, "卢承平": second}


_CHANGED = "，于2023年5月18日向本院提起公诉。2023年6月1日，公诉机关"


@pytest.mark.parametrize(
    ("accused", "told", "first", "second"),
    [
        # a document of its own changes the charge, with a verb or without one
        (
            "指控被告人卢承安犯盗窃罪",
            "变更起诉决定书变更指控：被告人卢承安的行为构成诈骗罪",
            "诈骗罪",
            "",
        ),
        (
            "指控被告人卢承安犯盗窃罪",
            "以变更起诉决定书将指控罪名由盗窃罪变更为诈骗罪",
            "诈骗罪",
            "",
        ),
        # one that adds leaves what was charged before
        ("指控被告人卢承安犯盗窃罪", "补充起诉被告人卢承安的行为还构成诈骗罪", "盗窃罪 诈骗罪", ""),
        ("指控被告人卢承安犯盗窃罪", "追加起诉被告人卢承平犯盗窃罪", "盗窃罪", "盗窃罪"),
        # the other keeps his own
        (
            "指控被告人卢承安、卢承平犯盗窃罪",
            "变更起诉，指控被告人卢承平犯掩饰、隐瞒犯罪所得罪",
            "盗窃罪",
            "掩饰、隐瞒犯罪所得罪",
        ),
        # who held the old charge, where nobody is named
        (
            "指控被告人卢承安犯盗窃罪，被告人卢承平犯抢劫罪",
            "将抢劫罪变更为抢夺罪",
            "盗窃罪",
            "抢夺罪",
        ),
        # another measure is no other charge
        (
            "指控被告人卢承安犯盗窃罪",
            "指控被告人卢承安犯盗窃罪，取保候审已变更为逮捕",
            "盗窃罪",
            "",
        ),
    ],
)
@pytest.mark.parametrize("at_trial", [False, True])
def test_a_change_of_the_accusation(
    accused: str, told: str, first: str, second: str, at_trial: bool
) -> None:
    story = "2023年2月1日，被告人卢承安窃得现金。"
    doc = (
        judgment(parties=TWO, accused=accused, accusation=f"{story}庭审中，公诉机关{told}。")
        if at_trial
        else judgment(parties=TWO, accused=accused + _CHANGED + told, accusation=story)
    )
    assert _accused(doc) == {"卢承安": first.split(), "卢承平": second.split()}


def test_a_change_that_the_court_or_the_defence_speaks_of_is_none() -> None:
    doc = judgment(
        defence="辩护人提出指控的盗窃罪应变更为侵占罪。",
        reasoning="其行为已构成侵占罪。公诉机关指控的罪名有误，应变更为侵占罪。",
    )
    assert _accused(doc) == {"卢承安": ["盗窃罪"]}


def test_the_indictments_charge_is_the_one_it_holds_not_the_transferred_one() -> None:
    doc = indictment(
        transferred="以被告人卢承安涉嫌抢劫罪",
        reasoning="被告人卢承安的行为触犯了《中华人民共和国刑法》第二百六十四条，应当以盗窃罪追究其刑事责任。",
    )
    assert _charged(doc) == {"卢承安": ["盗窃罪"]}
    assert _accused(doc) == {"卢承安": ["抢劫罪"]}


def test_a_transfer_that_names_the_case_without_a_verb() -> None:
    doc = indictment(transferred="以被告人卢承安危险驾驶案")
    assert _accused(doc) == {"卢承安": ["危险驾驶罪"]}


def test_charges_held_against_several() -> None:
    doc = indictment(
        parties="被告人卢承安，男，汉族。\n被告人卢承平，男，汉族。",
        transferred="以被告人卢承安涉嫌盗窃罪、被告人卢承平涉嫌掩饰、隐瞒犯罪所得罪",
        reasoning="被告人卢承安盗窃他人财物，数额较大，应当以盗窃罪追究其刑事责任；被告人卢承平明知是赃物而收购，"
        "应当以掩饰、隐瞒犯罪所得罪追究其刑事责任。",
    )
    assert _charged(doc) == {"卢承安": ["盗窃罪"], "卢承平": ["掩饰、隐瞒犯罪所得罪"]}
    assert _accused(doc) == _charged(doc)


def test_charges_held_respectively_follow_what_each_committed() -> None:
    doc = indictment(
        parties="被告人卢承安，男，汉族。\n被告人卢承平，男，汉族。",
        transferred="以被告人卢承安涉嫌盗窃罪、被告人卢承平涉嫌诈骗罪",
        reasoning="被告人卢承安、卢承平的行为已触犯刑律，应当分别以盗窃罪、诈骗罪追究其刑事责任。",
    )
    assert _charged(doc) == {"卢承安": ["盗窃罪"], "卢承平": ["诈骗罪"]}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("unit", ["犯甲乙罪、", "犯甲丙罪，", "盗窃、", "被告人卢承安犯盗窃罪；"])
def test_endless_lists_of_charges_are_read_in_time(unit: str) -> None:
    # every pair of separators was once tried as one charge: 110 s for 7,000 characters
    judgment(accused=f"指控被告人卢承安犯{unit * (20_000 // len(unit))}罪")
    indictment(reasoning=f"被告人卢承安犯{unit * (20_000 // len(unit))}罪，应当追究刑事责任。")
