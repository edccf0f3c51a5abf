"""Measured quantities: what is measured, by whom told."""

from __future__ import annotations

import pytest
from case_texts import judgment

from ingestion.model import Quantity


def _told(sentence: str) -> list[Quantity]:
    doc = judgment(accusation=f"2023年2月1日，{sentence}")
    assert all(doc.text[q.span.start : q.span.end] == q.span.quote for q in doc.quantities)
    return [q for q in doc.quantities if q.section == "accusation"]


def test_in_a_case_of_drugs_what_looks_like_one_is_one() -> None:
    story = "民警查获白色晶体两包（净重分别为3.15克、1.08克）、红色药片36粒（净重3.42克）。"
    trade = judgment(accused="指控被告人卢承安犯贩卖毒品罪", accusation=story)
    weighed = [(q.value, q.unit, q.what) for q in trade.quantities]
    assert weighed == [
        (3.15, "克", "drug"),
        (1.08, "克", "drug"),
        (36, "粒", "drug"),
        (3.42, "克", "drug"),
    ]
    theft = judgment(accusation=story)
    assert {q.what for q in theft.quantities} <= {"goods"}


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "what", "name"),
    [
        ("从其身上查获海洛因3.5克。", 3.5, "克", "drug", "海洛因"),
        ("查获净重0.5千克的甲基苯丙胺。", 500, "克", "drug", "甲基苯丙胺"),
        ("贩卖毒品麻古15粒。", 15, "粒", "drug", "麻古"),
        ("查获海洛因疑似物一包和净重为15.37克的麻古疑似物。", 15.37, "克", "drug", "麻古"),
        ("查获甲基苯丙胺一袋和重0.4克的海洛因。", 0.4, "克", "drug", "海洛因"),
        ("乙醇含量为269.77毫克／l00毫升。", 269.77, "毫克/100毫升", "alcohol", "血液"),
        ("种植罂粟1200余株。", 1200, "株", "drug", "罂粟"),
        ("其血液中乙醇含量为138.9mg／100ml。", 138.9, "毫克/100毫升", "alcohol", "血液"),
        ("经呼气检测，结果为103毫克/100毫升。", 103, "毫克/100毫升", "alcohol", "呼气"),
        ("血液中的乙醇含量为2.47毫克／毫升。", 247, "毫克/100毫升", "alcohol", "血液"),
        ("血液酒精含量为120毫克每百毫升。", 120, "毫克/100毫升", "alcohol", "血液"),
        ("查获火药枪二支。", 2, "支", "weapon", "枪"),
        ("查获军用子弹12发。", 12, "发", "weapon", "子弹"),
        ("私藏炸药5公斤。", 5000, "克", "weapon", "炸药"),
        ("滥伐林木，立木蓄积32.6立方米。", 32.6, "立方米", "forest", "蓄积"),
        ("占用林地15.2亩。", 15.2, "亩", "forest", "林"),
        ("接纳参赌人员共计86人次。", 86, "人次", "people", None),
        ("销售冻肉30吨。", 30, "吨", "goods", None),
    ],
)
def test_what_is_measured(
    sentence: str, value: float, unit: str, what: str, name: str | None
) -> None:
    (found,) = _told(sentence)
    assert (found.value, found.unit, found.what, found.name) == (value, unit, what, name)


@pytest.mark.parametrize(
    "sentence",
    [
        "公安机关治安支队民警将其抓获。",  # 支队 is no piece
        "窃得戒指2枚、香烟一支。",  # things counted, not measured
        "以每克300元的价格贩卖。",  # a rate
        "饮酒后驾驶坦克300型汽车。",  # a name
    ],
)
def test_what_is_no_quantity(sentence: str) -> None:
    assert _told(sentence) == []


def test_vague_quantities_are_marked_and_know_their_speaker_and_count() -> None:
    doc = judgment(
        accusation="1、2023年2月1日，贩卖冰毒约0.1克。2、同月3日，贩卖冰毒0.2克。",
        reasoning="被告人卢承安的行为已构成贩卖毒品罪。辩护人提出其中0.1克不应计入的意见，不予采纳。",
    )
    told = [(q.value, q.fuzzy, q.speaker, q.fact) for q in doc.quantities]
    assert told == [
        (0.1, True, "prosecution", 1),
        (0.2, False, "prosecution", 2),
        (0.1, False, "defence", None),
    ]
