"""The estimate of a term from the facts alone: what is read, which range, which way it moves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sentencing import term_facts, term_tier
from assistant.sentencing.estimate import estimate

THEFT = (
    "公诉机关指控：2016年3月5日22时许，被告人周某撬锁进入本市某小区被害人钱某家中，"
    "窃得笔记本电脑一台、现金人民币2600元，合计价值人民币{amount}元。"
)
INJURY = (
    "2015年6月1日19时许，被告人吴某与邻居被害人郑某因琐事发生争执，持木棍击打郑某左臂。"
    "经鉴定，郑某的损伤程度为轻伤二级。"
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("骗得人民币39.8万元", 398000),  # scaled figure
        ("骗取现金8,300元", 8300),  # grouped thousands
        ("骗取现金８，３００元", 8300),  # full-width digits and comma
        ("骗得三万五千元", 35000),  # 万 inside a Chinese numeral
        ("骗得100元，后又骗得200元，合计300元", 300),  # the total is not added again
        ("骗得500元；被害人支出医疗费90000元", 500),  # what is not the crime's sum
    ],
)
def test_amount_of_the_crime(words: str, expected: float) -> None:
    facts = term_facts.read(words)
    assert term_facts.amount(facts, (), False) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("facts", "charge", "low", "high"),
    [
        (THEFT.format(amount=5200), "盗窃罪", 6, 36),  # 数额较大
        (THEFT.format(amount=86000), "盗窃罪", 36, 120),  # 数额巨大
        (THEFT.format(amount=900000), "盗窃罪", 120, 180),  # 数额特别巨大
        (INJURY, "故意伤害罪", 6, 36),  # 轻伤
        (INJURY.replace("轻伤二级", "重伤二级"), "故意伤害罪", 36, 120),  # 重伤
        ("被告人贩卖甲基苯丙胺0.3克给他人，得款200元。", "贩卖毒品罪", 6, 36),  # 少量
        ("被告人贩卖甲基苯丙胺62克。", "贩卖毒品罪", 180, 180),  # 数量大
        ("被告人以索要债务为由将他人关押三日。", "非法拘禁罪", 6, 36),  # basic range
        ("被告人无证采砂，造成矿产资源损失价值12万元。", "非法采矿罪", 6, 36),  # by article text
    ],
)
def test_chosen_range(facts: str, charge: str, low: int, high: int) -> None:
    placed = term_tier.place(charge, term_facts.read(facts), None)
    assert placed is not None
    assert (placed.range.low, placed.range.high) == (low, high)


def test_unknown_charge_is_placed_by_the_words_of_its_article() -> None:
    words = (
        "第九百九十九条 有前款行为的，处二年以下有期徒刑；情节严重的，处二年以上七年以下有期徒刑。"
    )
    found = estimate("被告人实施了该行为。", ["某某罪"], [999], words)
    assert [(r.low, r.high) for r in found.placements[0].ranges] == [(6, 24), (24, 84)]


def test_nothing_known_still_gives_an_estimate_and_says_so() -> None:
    found = estimate("公诉机关指控的事实与本院认定的事实一致。", [], [])
    assert found.placements == ()
    assert any("只按事实" in line for line in found.basis)
    assert found.low <= found.months <= found.high


def test_basis_names_the_circumstance_and_not_an_absent_one() -> None:
    lines = "\n".join(
        estimate(INJURY + "案发后被告人自首并取得谅解。", ["故意伤害罪"], [234]).basis
    )
    assert "自首" in lines
    assert "取得谅解" in lines
    assert "累犯" not in lines


@pytest.mark.parametrize("more", ["系累犯。", "伙同他人多次实施。", "情节特别恶劣，手段残忍。"])
def test_aggravation_never_lowers(more: str) -> None:
    before = estimate(INJURY, ["故意伤害罪"], [234]).months
    assert estimate(INJURY + more, ["故意伤害罪"], [234]).months >= before


@pytest.mark.parametrize(
    "more", ["案发后自动投案。", "取得被害人谅解。", "在共同犯罪中系从犯。", "系未遂。"]
)
def test_mitigation_never_raises(more: str) -> None:
    before = estimate(INJURY, ["故意伤害罪"], [234]).months
    assert estimate(INJURY + more, ["故意伤害罪"], [234]).months <= before


@given(amount=st.integers(1, 10**7), step=st.integers(1, 10**6))
def test_more_money_is_never_a_lighter_range(amount: int, step: int) -> None:
    def low(value: int) -> int:
        facts = term_facts.read(f"被告人骗得被害人人民币{value}元。")
        placed = term_tier.place("诈骗罪", facts, None)
        assert placed is not None
        return placed.range.low

    assert low(amount) <= low(amount + step)


@given(text=st.text(max_size=200), number=st.integers(102, 451))
def test_any_text_gives_an_ordered_estimate(text: str, number: int) -> None:
    found = estimate(text, [], [number])
    assert 0 <= found.low <= found.months <= found.high <= 300


def test_several_crimes_are_not_less_than_the_gravest() -> None:
    alone = estimate(THEFT.format(amount=5200), ["盗窃罪"], [264]).months
    both = estimate(THEFT.format(amount=5200), ["盗窃罪", "诈骗罪"], [264, 266]).months
    assert both >= alone


@pytest.mark.data
def test_real_terms_fall_into_the_interval(development_data: Path) -> None:
    """Four of five, as the table says; the shipped weights know these cases, so a margin."""
    path = development_data / "cail2018" / "dev.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()[:600]]
    rows = [r for r in rows if not r["death"] and not r["life"]]
    inside = 0
    for r in rows:
        found = estimate(r["fact"], r["charges"], sorted(set(r["articles"])))
        inside += found.low <= r["imprisonment"] <= found.high
    assert 0.7 <= inside / len(rows) <= 0.97
