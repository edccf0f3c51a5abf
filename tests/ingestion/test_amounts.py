"""The part each sum plays in the story."""

from __future__ import annotations

import pytest
from case_texts import judgment


@pytest.mark.parametrize(
    ("sentence", "fen", "role", "fuzzy"),
    [
        ("被告人卢承安窃得现金3，200元。", 320000, "count", False),
        ("被告人卢承安将抽屉内的现金2700元盗走。", 270000, "count", False),  # the verb follows
        ("被盗手机经鉴定价值人民币3720元。", 372000, "item", False),
        ("以上财物共计价值人民币1.2万余元。", 1200000, "total", True),
        ("被告人卢承安从中非法获利约5000元。", 500000, "gain", True),
        ("被告人卢承安分得赃款2000元。", 200000, "person", False),
        ("被告人卢承安的家属代为退缴违法所得人民币8000元。", 800000, "returned", False),
        ("被告人卢承安赔偿被害人经济损失人民币三万元。", 3000000, "compensated", False),
        ("被告人卢承安将装有4000元现金的公文包盗走。", 400000, "count", False),  # told after 装有
        ("被告人卢承安谎称最高可获利500万元。", 500000000, "other", False),  # a promise is no gain
        ("双方约定以每吨7500元成交。", 750000, "other", False),  # a rate
        ("综上，被告人卢承安盗窃四次，数额达34606元。", 3460600, "total", False),
        ("被告人卢承安一次性赔被害人损失3万元。", 3000000, "compensated", False),
        ("被告人卢承安将冰毒一包贩卖给何某，得款500元。", 50000, "count", False),  # the act itself
        ("被告人卢承安将公司20万元挪作自用。", 20000000, "count", False),
        ("民警从被告人卢承安处扣押人民币600元。", 60000, "other", False),
    ],
)
def test_roles_in_the_accusation(sentence: str, fen: int, role: str, fuzzy: bool) -> None:
    doc = judgment(accusation=f"2023年2月1日，在青岩区。{sentence}")
    told = [a for a in doc.amounts if a.section == "accusation"]
    assert [(a.fen, a.role, a.fuzzy, a.speaker) for a in told] == [
        (fen, role, fuzzy, "prosecution")
    ]


def test_a_list_of_victims_has_one_role() -> None:
    # the verb stands before the first name only, and brackets stand between
    doc = judgment(
        accusation="被告人卢承安骗取何某（男，52岁）2201元、郑某（男，53岁）1140元、吴某400元。"
    )
    assert [a.role for a in doc.amounts if a.section == "accusation"] == ["count"] * 3


def test_what_a_total_is_made_of_belongs_to_persons() -> None:
    doc = judgment(
        accusation="会员损失共计人民币（币种，下同）3000元。其中，何某1800元、郑某1200元。"
    )
    told = [a.role for a in doc.amounts if a.section == "accusation"]
    assert told == ["total", "person", "person"]


def test_a_fine_is_a_fine_and_an_order_is_no_payment() -> None:
    doc = judgment(
        operative="一、被告人卢承安犯盗窃罪，判处拘役三个月，并处罚金人民币一千元。 二、责令被告人卢承安退赔被害人人民币3200元。"
    )
    ordered = [(a.fen, a.role) for a in doc.amounts if a.section == "operative"]
    assert ordered == [(100000, "fine"), (320000, "other")]


def test_a_piece_of_land_is_no_money() -> None:
    doc = judgment(accusation="2023年2月1日，被告人卢承安承包一块山地。")
    assert [a for a in doc.amounts if a.section == "accusation"] == []
