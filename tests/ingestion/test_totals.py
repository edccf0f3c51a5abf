"""The sum of the crime: which figures of the facts add up to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.numerals import find_money
from ingestion.totals import crime_total

# Each row: facts, the sum in yuan, how it is known.
CASES = [
    # one figure, and money that goes back is not counted
    ("经审理查明，2023年5月1日，被告人卢承安在青岩汽车站窃得何某现金1800元。案发后，被告人卢承安退赔何某1800元。", 1800, "single"),
    # valuation and cash of one deed
    ("2023年5月1日，被告人卢承安盗走柜内现金260元及金戒指一枚。经鉴定，被盗金戒指价值人民币3983元。", 4243, "sum"),
    # the valuation counts, not what the fence paid
    ("被告人卢承安盗走何某的电动车一辆，后以500元的价格卖给路人。经鉴定，该电动车价值2440元。", 2440, "single"),
    # what the loot brought is all that is known
    ("被告人卢承安盗走工地旧电线若干，卖与废品站，获利900元。", 900, "single"),
    # counts are added up
    ("经审理查明：1、2022年3月2日，被告人卢承安窃得何某现金700元。\n2、2022年3月5日，被告人卢承安窃得郑某手机一部，经鉴定价值1300元。", 2000, "sum"),
    # the first count may lack its heading
    ("被告人卢承安窃得何某现金700元。2、2022年3月5日，被告人卢承安窃得郑某现金1300元。", 2000, "sum"),
    # a total before the counts stands for them
    ("被告人卢承安先后盗窃作案两起，窃得财物价值共计人民币2000元。具体事实如下：\n1．2022年3月2日，窃得何某现金700元。\n2．2022年3月5日，窃得郑某现金1300元。", 2000, "stated"),
    # a rounded total gives way to its exact parts
    ("被告人卢承安多次盗窃，共窃得财物价值2000余元。具体分述如下：\n1．3月2日，窃得何某现金730元。\n2．3月5日，窃得郑某现金1310元。", 2040, "sum"),
    # a total after the counts
    ("一、2022年3月2日，被告人卢承安窃得何某现金700元。\n二、2022年3月5日，窃得郑某摩托车一辆。\n综上，被告人卢承安盗窃财物价值共计3100元。", 3100, "stated"),
    # the subtotal covers its own items
    ("被告人卢承安盗走项链一条（价值8400元）、耳环一副（价值3500元），合计价值11900元。", 11900, "stated"),
    # a total of goods does not cover the cash beside them
    ("被告人卢承安盗走两部手机、现金200元。经鉴定，被盗手机共计价值6600元。", 6800, "sum"),
    # shares of the loot are no further crime
    ("被告人卢承安与何某盗走郑某现金7000元，卢承安分得3500元，何某分得3500元。", 7000, "single"),
    # the price of the pretext is not the money taken
    ("被告人卢承安谎称可代办证件需交2000元押金，骗取郑某人民币5000元。", 5000, "single"),
    # money told twice is counted once
    ("被告人卢承安骗得郑某转账4000元，后又骗得郑某刷卡5000元。被告人卢承安将骗取的9000元用于还债。", 9000, "single"),
    # the court's own account counts, not the accusation's larger one
    ("公诉机关指控：被告人卢承安窃得何某现金9000元。经审理查明：被告人卢承安窃得何某现金6000元。", 6000, "single"),
    # where the court only agrees, the accusation is the account
    ("公诉机关指控：被告人卢承安窃得何某现金9000元。经审理查明的事实与指控一致。", 9000, "single"),
    # evidence, defence and the proposed fine are left out
    ("被告人卢承安窃得何某现金900元。\n上述事实，有下列证据证实：何某的陈述，被盗900元；收条，收到800元。\n辩护人提出应认定600元的辩护意见。\n公诉机关认为，建议并处罚金2000元。", 900, "single"),
    # figures in ten thousands; HTML of a scraped page ends no sentence
    ("被告人卢承安以&ldquo;办理入学&rdquo;为由，先后骗取何某等人共计人民币12.5万元。", 125000, "stated"),
    # equal and doubled amounts of several victims are all counted
    ("被告人卢承安骗取何某2400元、郑某1200元、吴某1200元、冯某700元。", 5500, "sum"),
    # two crimes with a total each
    ("1、被告人卢承安骗取何某人民币8000元，骗取郑某人民币12000元。2、被告人卢承安窃取吴某现金500元。综上，被告人卢承安共计骗取20000元；共计窃取500元。", 20500, "stated"),
    # money asked for and then paid in parts
    ("被告人卢承安以打点关系为由向何某索要20万元，后何某转款15万元，又给付现金5万元。", 200000, "single"),
    # fraud upon a compensation fund is not compensation
    ("被告人卢承安用伪造的证明骗取征收补偿款391500元。", 391500, "single"),
    # a place name and a piece of jade are no money
    ("被告人卢承安在三元区盗走玉佩1块（价值1110元）及现金300元。", 1410, "sum"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "yuan", "how"), CASES)
def test_the_sum_of_the_crime(facts: str, yuan: int, how: str) -> None:
    total = crime_total(facts)
    assert total is not None
    assert (total.fen, total.how) == (yuan * 100, how)


@pytest.mark.parametrize(("facts", "yuan", "how"), CASES)
def test_the_figures_named_add_up_to_the_sum(facts: str, yuan: int, how: str) -> None:
    total = crime_total(facts)
    assert total is not None
    named = [find_money(facts[start:end])[0].fen for start, end in total.spans]
    assert sum(named) == total.fen


@pytest.mark.parametrize(
    "facts",
    [
        "",
        "被告人卢承安盗走自行车一辆。",
        "被告人卢承安赔偿何某3000元并取得谅解。",
        "并处罚金二千元。",
    ],
)
def test_no_figure_is_no_sum(facts: str) -> None:
    assert crime_total(facts) is None


_PIECES = st.lists(
    st.sampled_from(
        ["窃得现金", "价值", "共计", "500元", "三千元", "1.2万余元", "退赔", "，", "。", "\n", "1、", "2、", "（", "）",
         "经审理查明", "上述", "骗取", "以", "卖给", "&ldquo;", "公诉机关认为", "具体如下"]
    ),
    max_size=40,
)  # fmt: skip


@given(_PIECES)
def test_any_text_gives_a_sum_of_its_own_figures(pieces: list[str]) -> None:
    text = "".join(pieces)
    total = crime_total(text)
    if total is not None:
        sums = {(m.start, m.end): m.fen for m in find_money(text)}
        assert total.spans == tuple(sorted(set(total.spans)))
        assert sum(sums[span] for span in total.spans) == total.fen


@pytest.mark.data
def test_the_measured_accuracy_does_not_fall(development_data: Path) -> None:
    lines = (development_data / "lawbench" / "3-7.jsonl").read_text("utf-8").splitlines()
    right = 0
    for line in lines:
        row = json.loads(line)
        total = crime_total(row["question"])
        wanted = float(row["answer"].split(":")[1].removesuffix("元。"))
        right += total is not None and total.fen == round(wanted * 100)
    assert right / len(lines) >= 0.88
