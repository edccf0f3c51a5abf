"""What places a case inside its tier: figures, graded facts, the province, blood alcohol."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentencing_cases import case, span

from assistant.sentencing import baseline, casualties, opine
from assistant.sentencing.facts import Facts
from assistant.settings import SettingsError, load
from ingestion.model import Amount
from knowledge_base import crimes, local_thresholds, starting_places
from knowledge_base.crimes import Casualties, CrimeRule
from knowledge_base.loader import TableError

FIGURED = [c.charge for c in crimes.all() if c.basis == "amount" and c.tiers[0].start]

NOTHING = Facts(None, None)


def rule(charge: str) -> CrimeRule:
    found = crimes.crime(charge)
    assert found is not None
    return found


@given(
    st.sampled_from(FIGURED),
    st.lists(st.floats(0, 1), min_size=4, max_size=4).map(sorted),
)
def test_a_wider_place_gives_a_wider_baseline(charge: str, ends: list[float]) -> None:
    outer_low, low, high, outer_high = ends
    crime = rule(charge)
    narrow = baseline.find(crime, 1, (low, high), NOTHING)
    wide = baseline.find(crime, 1, (outer_low, outer_high), NOTHING)
    assert narrow is not None
    assert wide is not None
    assert wide.months.low <= narrow.months.low
    assert wide.months.high >= narrow.months.high


@given(st.sampled_from(FIGURED), st.integers(1, 10_000_000), st.integers(0, 1_000_000))
def test_more_money_never_lowers_the_baseline(charge: str, yuan: int, more: int) -> None:
    less, larger = opine(case(charge, yuan=yuan))[0], opine(case(charge, yuan=yuan + more))[0]
    if len(less.tiers) == len(larger.tiers) == 1:
        assert (larger.low or 0) >= (less.low or 0)
        assert (larger.high or 0) >= (less.high or 0)


@pytest.mark.parametrize(
    ("charge", "facts", "months", "why"),
    [
        ("强奸罪", "被害人系未满14周岁的幼女。", (48, 84), "a girl"),
        ("强奸罪", "被害人年满十四周岁，不是幼女。", (36, 72), "not a girl under fourteen"),
        ("故意伤害罪", "被害人的损伤程度为轻伤（一级）。", (9, 24), "first grade"),
        ("故意伤害罪", "造成3人轻微伤，1人轻伤二级。", (1, 16), "三人轻微伤 is not 轻伤"),
        ("故意伤害罪", "二名被害人均构成轻伤。", (12, 36), "both"),
        ("交通肇事罪", "致一人死亡，另一人重伤。", (12, 36), "dead and injured"),
        ("寻衅滋事罪", "随意殴打他人，致一人构成轻伤二级。", (4, 22), "one lightly injured"),
    ],
)
def test_graded_facts(charge: str, facts: str, months: tuple[int, int], why: str) -> None:
    found = starting_places.find(charge, 1, facts)
    assert found is not None
    assert found[0].months == months, why


def test_the_words_that_graded_the_case_are_shown() -> None:
    opinion = opine(case("故意伤害罪", facts="经鉴定，其损伤程度为轻伤一级。"))[0]
    assert [s.quote for s in opinion.steps[3].spans] == ["轻伤一级"]
    assert any("待以本省细则替换" in a for a in opinion.assumptions)


def test_the_law_cited_is_not_the_facts() -> None:
    cited = "本院认为，其行为已构成犯罪。依照《中华人民共和国刑法》第一百三十三条致人重伤、死亡"
    opinion = opine(case("交通肇事罪", facts="致一人重伤。", reasoning=cited))[0]
    assert "未致人死亡" in opinion.steps[3].text


@pytest.mark.parametrize(
    ("text", "deaths", "serious", "why"),
    [
        ("致使二人死亡", 2, 0, "Chinese numeral"),
        ("造成3名工人当场死亡", 3, 0, "Arabic numeral, a noun between"),
        ("事故造成三死两伤", 3, 0, "newspaper style"),
        ("致五人重伤", 0, 5, "injured"),
        ("2023年3月5日死亡", 0, 0, "a date is no number of dead"),
    ],
)
def test_casualties(text: str, deaths: int, serious: int, why: str) -> None:
    toll = casualties.count(text)
    assert (toll.deaths, toll.serious) == (deaths, serious), why


def test_blame_belongs_to_the_number() -> None:
    toll = casualties.count("致二人死亡")
    wanted = Casualties(deaths=2, blame=("全部责任",))
    assert casualties.reaches(toll, wanted, "负全部责任")
    assert not casualties.reaches(toll, wanted, "负次要责任")


@pytest.mark.parametrize(
    ("story", "tiers", "why"),
    [
        ("造成国家经济损失人民币2000000元，其领取工资8000元。", (2,), "the loss measures"),
        ("造成国家经济损失人民币400000元，工程总价3000000元。", (1,), "the price does not"),
    ],
)
def test_only_sums_after_the_crimes_own_word_measure_it(
    story: str, tiers: tuple[int, ...], why: str
) -> None:
    doc = case("玩忽职守罪", facts=story)
    doc.amounts = [
        Amount(
            fen=int(m[1]) * 100,
            role="other",
            fuzzy=False,
            speaker="court",
            section="facts",
            span=span(doc.source, m[0]),
        )
        for m in re.finditer(r"(\d+)元", story)
    ]
    assert opine(doc)[0].tiers == tiers, why


# --------------------------------------------------------------------------- the province


def local(path: Path, rows: str) -> Path:
    path.write_text(f"rows:\n{rows}", "utf-8")
    return path


def test_the_province_decides_where_the_nation_leaves_a_range(tmp_path: Path) -> None:
    file = local(
        tmp_path / "local.yaml",
        "  - {charge: 诈骗罪, tier: 2, yuan: 60000, source: 本省高法〔2020〕8号}\n",
    )
    chosen = local_thresholds.read(file)
    below = opine(case("诈骗罪", yuan=50_000), local=chosen)[0]
    above = opine(case("诈骗罪", yuan=60_000), local=chosen)[0]
    assert (below.tiers, above.tiers) == ((1,), (2,))
    assert "本省高法〔2020〕8号" in above.steps[1].rule_source
    assert not any("全国区间的下限" in a for a in (*below.assumptions, *above.assumptions))


@pytest.mark.parametrize(
    ("rows", "said", "why"),
    [
        ("  - {charge: 诈骗罪, tier: 2, yuan: 5000, source: x}\n", "不在全国区间", "too low"),
        ("  - {charge: 重婚罪, tier: 1, yuan: 5000, source: x}\n", "没有由省确定", "no amount"),
        ("  - {charge: 诈骗罪, tier: 2, source: x}\n", "不合规", "no figure"),
        ("  nothing\n", "不合规|无法读取", "not a table"),
    ],
)
def test_a_local_file_that_cannot_be_used(tmp_path: Path, rows: str, said: str, why: str) -> None:
    with pytest.raises(TableError, match=said):
        local_thresholds.read(local(tmp_path / "local.yaml", rows))


def test_the_file_is_a_setting(tmp_path: Path) -> None:
    file = local(
        tmp_path / "local.yaml", "  - {charge: 盗窃罪, tier: 1, yuan: 2000, source: 本省}\n"
    )
    assert load({"ASSISTANT_THRESHOLDS": str(file)}).local_thresholds[0].yuan == 2000
    assert load({}).local_thresholds == ()
    with pytest.raises(SettingsError, match="无法读取"):
        _ = load({"ASSISTANT_THRESHOLDS": str(tmp_path / "none.yaml")}).local_thresholds


# --------------------------------------------------------------------------- drunk driving

LEVEL = "经鉴定，其血液中乙醇含量为{}毫克/100毫升。"


@pytest.mark.parametrize(
    ("facts", "on", "said", "unsaid", "why"),
    [
        (LEVEL.format(75), 2024, "未达到醉酒标准", "显著轻微", "below 80"),
        (
            LEVEL.format(120),
            2024,
            "可以认定为情节显著轻微",
            "一般不适用",
            "below 150, nothing else",
        ),
        (
            LEVEL.format(120) + "其未取得机动车驾驶证。",
            2024,
            "从重情形：未取得机动车驾驶证驾驶汽车",
            "显著轻微",
            "below 150 but without a licence",
        ),
        (LEVEL.format(181), 2024, "一般不适用缓刑：血液酒精含量超过180", "显著轻微", "above 180"),
        (LEVEL.format(181), 2022, "文书未载明从重情形", "一般不适用缓刑", "before the opinions"),
        (LEVEL.format(210), 2022, "达到200，从重处罚", "显著轻微", "the rule of 2013"),
        (LEVEL.format(210), 2024, "超过180", "达到200", "no longer since 2023-12-28"),
    ],
)
def test_drunk_driving(facts: str, on: int, said: str, unsaid: str, why: str) -> None:
    doc = case("危险驾驶罪", facts=facts, offence=date(on, 3, 1), issued=date(on, 9, 1))
    text = opine(doc)[0].steps[10].text
    assert said in text, why
    assert unsaid not in text, why


def test_a_level_that_is_not_told_is_missing() -> None:
    opinion = opine(case("危险驾驶罪", facts="被告人沈良才醉酒驾驶机动车。"))[0]
    assert "血液酒精含量" in opinion.missing


def test_racing_has_nothing_to_do_with_alcohol() -> None:
    assert len(opine(case("危险驾驶罪", facts="被告人沈良才追逐竞驶。"))[0].steps) == 10
