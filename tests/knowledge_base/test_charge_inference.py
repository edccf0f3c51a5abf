"""Charges and articles inferred from facts that name none."""

from __future__ import annotations

import pytest

from knowledge_base import charge_articles, charge_inference, charges
from knowledge_base.charge_inference import ChargeCues
from knowledge_base.loader import rows


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            "被告人趁被害人熟睡之机，窃得手机一部，价值人民币2100元。",
            "盗窃罪",
        ),
        (
            "被告人酒后驾驶小型轿车被民警查获，经检验其血液中乙醇含量为142mg/100ml。",
            "危险驾驶罪",
        ),
        (
            "被告人未办理林木采伐许可证，雇人砍伐自家承包山上的杉木，折合立木蓄积31立方米。",
            "滥伐林木罪",
        ),
        (
            "被告人擅自进入集体林场盗伐杉树24株，立木蓄积6立方米。",
            "盗伐林木罪",
        ),
        (
            "被告人拖欠二十名工人工资共计31万元后逃匿，经人力资源和社会保障局责令限期支付仍不支付。",
            "拒不支付劳动报酬罪",
        ),
        (
            "被告人以签订供货合同为名收取某有限公司货款20万元后逃匿，无实际履行能力，骗取的货款被其挥霍。",
            "合同诈骗罪",  # the special charge before 诈骗罪
        ),
        (
            "被告人在其租住的房间内容留王某、李某吸食冰毒。",
            "容留他人吸毒罪",
        ),
        (
            "被告人未取得医生执业资格开设诊所为人输液，曾两次被卫生局行政处罚。",
            "非法行医罪",
        ),
    ],
)
def test_likeliest_charge(facts: str, expected: str) -> None:
    assert charge_inference.infer(facts)[0].charge == expected


def test_an_earlier_conviction_is_no_accusation() -> None:
    facts = "被告人曾因犯抢劫罪被判刑。2015年2月，被告人在公交车上窃得钱包一个。"
    assert charge_inference.infer(facts)[0].charge == "盗窃罪"


def test_two_crimes_on_words_of_their_own() -> None:
    facts = (
        "一、被告人潜入被害人家中盗窃，窃得现金3000元、手机一部。"
        "二、被告人醉酒驾驶摩托车被查获，血液中酒精含量为160mg/100ml。"
    )
    found = {g.charge for g in charge_inference.infer(facts)}
    assert found == {"盗窃罪", "危险驾驶罪"}


def test_nothing_gives_nothing() -> None:
    assert charge_inference.infer("") == []


def test_every_charge_of_the_table_exists_once() -> None:
    names = [row.charge for row in rows("charge_cues", ChargeCues)]
    assert len(names) == len(set(names)) >= 100
    assert all((found := charges.match(n)) is not None and found.name == n for n in names)


@pytest.mark.parametrize(
    ("charge", "facts", "expected"),
    [
        ("受贿罪", "收受他人现金", (383, 385, 386)),  # the penalty stands in another article
        ("放火罪", "点燃柴垛，未造成人员受伤", (114,)),  # no grave consequence
        ("放火罪", "点燃房屋，致一人死亡", (115,)),  # grave consequence
        ("盗窃", "窃得手机", (264,)),  # short name
        ("没有这个罪", "", ()),  # unknown charge
    ],
)
def test_cited_articles(charge: str, facts: str, expected: tuple[int, ...]) -> None:
    assert charge_articles.cited([charge], facts) == expected
