"""The opinion as a lawyer reads it, and what it must never do."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentencing_cases import NAME, case, span

from assistant.sentencing import arithmetic, opine
from assistant.sentencing.model import Interval
from ingestion.model import Sentence, Term
from knowledge_base import circumstances, crimes

KEYS = sorted(circumstances.all())
AGGRAVATING = sorted(k for k, r in circumstances.all().items() if r.aggravating)


def sentence(main: str | None = "imprisonment", months: int = 0, **more: object) -> Sentence:
    place = span(case("盗窃罪").source, NAME)
    return Sentence.model_validate(
        {"span": place, "main": main, "term": Term(months=months), **more}
    )


def test_ten_steps_in_order() -> None:
    opinion = opine(case("盗窃罪", yuan=5000, keys=["surrender"]))[0]
    assert [s.number for s in opinion.steps] == list(range(1, 11))
    assert all(s.text and s.rule_source for s in opinion.steps)


def test_the_place_of_a_circumstance_is_shown() -> None:
    doc = case("盗窃罪", yuan=5000, keys=["surrender"])
    step = opine(doc)[0].steps[5]
    assert [s.quote for s in step.spans] == [NAME]


def test_json_is_plain() -> None:
    row = opine(case("盗窃罪", yuan=5000))[0].to_json()
    again = json.loads(json.dumps(row, ensure_ascii=False))
    assert again["steps"][2]["range_low"] == 1
    assert again["range_high"] == 19


def test_text_shows_steps_assumptions_and_verdict() -> None:
    doc = case("诈骗罪", yuan=50_000, verdict=sentence(months=10))
    text = opine(doc)[0].to_text()
    assert text.startswith(f"{NAME}  诈骗罪\n  1. 罪名与法定刑幅度")
    assert "10. 罚金" in text
    assert "未设定本省数额标准，按全国区间的下限（第2档30000元）选档" in text
    assert "判决：有期徒刑十个月" in text


def test_without_local_amounts_the_lower_end_decides_and_the_verdict_is_not_blamed() -> None:
    opinion = opine(case("诈骗罪", yuan=50_000, verdict=sentence(months=10)))[0]
    assert (opinion.tiers, opinion.alternatives) == ((2,), (1,))
    assert opinion.verdict is not None
    assert opinion.verdict.lawful


def test_undecided_says_what_is_missing_and_lists_all_tiers() -> None:
    opinion = opine(case("诈骗罪"))[0]
    assert not opinion.decided
    assert "犯罪数额" in opinion.missing
    assert "第1档" in opinion.steps[1].text
    assert "第2档" in opinion.steps[1].text


def test_measure_and_words_that_contradict_each_other_are_both_kept() -> None:
    doc = case("诈骗罪", yuan=600_000, reasoning="本院认为，被告人沈良才骗取他人财物，数额较大。")
    opinion = opine(doc)[0]
    assert opinion.tiers == (1, 3)
    assert not opinion.decided


@pytest.mark.parametrize(
    ("charge", "source", "said"),
    [
        ("抢劫罪", "法发〔2021〕21号四", "量刑起点为"),
        ("猥亵儿童罪", "法〔2024〕132号", "量刑起点为"),
        ("帮助信息网络犯罪活动罪", "赣高法〔2025〕20号", "全国量刑起点未核"),
    ],
)
def test_whose_starting_point_it_is(charge: str, source: str, said: str) -> None:
    step = opine(case(charge))[0].steps[2]
    assert step.rule_source == source
    assert said in step.text


def test_denied_words_do_not_choose_a_tier() -> None:
    doc = case("开设赌场罪", reasoning="本院认为，被告人沈良才的行为不属于情节严重。")
    assert opine(doc)[0].tiers == (1,)


def test_a_denied_circumstance_does_not_count() -> None:
    plain = opine(case("抢劫罪"))[0]
    denied = opine(case("抢劫罪", denied=["surrender"]))[0]
    assert (denied.low, denied.high) == (plain.low, plain.high)


def test_role_of_nobody_in_particular_is_not_given_to_all() -> None:
    doc = case("抢劫罪", keys=["accessory"], others=["卢三水"], unnamed=True)
    assert opine(doc)[0].low == 36


def test_guideline_of_a_later_day_is_only_a_reference() -> None:
    opinion = opine(case("抢劫罪", offence=date(2016, 1, 1), issued=date(2016, 9, 1)))[0]
    assert any("仅作参照" in a for a in opinion.assumptions)


def test_unlisted_charge_is_said_not_guessed() -> None:
    opinion = opine(case("重婚罪"))[0]
    assert not opinion.supported
    assert opinion.low is None
    assert "第二百五十八条" in opinion.steps[0].text


def test_circumstance_without_national_ratio_is_missing_not_invented() -> None:
    opinion = opine(case("贩卖毒品罪", facts="查获甲基苯丙胺20克。", keys=["drug_recidivist"]))[0]
    assert "毒品再犯的调节幅度（全国未规定）" in opinion.missing
    assert (opinion.low, opinion.high) == (84, 141)


@pytest.mark.parametrize(
    ("keys", "charge", "eligibility"),
    [
        (["recidivist"], "容留他人吸毒罪", "excluded"),
        (["ring_leader"], "容留他人吸毒罪", "excluded"),
        (["minor_16_18"], "抢劫罪", "required"),
        ([], "容留他人吸毒罪", "possible"),
    ],
)
def test_probation(keys: list[str], charge: str, eligibility: str) -> None:
    assert opine(case(charge, keys=keys))[0].probation == eligibility


def test_probation_too_long() -> None:
    opinion = opine(case("故意伤害罪", facts="被害人经抢救无效死亡。"))[0]
    assert opinion.probation == "too_long"


@pytest.mark.parametrize(
    ("charge", "given_", "low", "high"),
    [
        # 盗窃: 1000 to twice the amount
        ("盗窃罪", {"yuan": 5000}, 1000, 10_000),
        # 盗窃 without an amount: 1000 to 100000
        ("盗窃罪", {}, 1000, None),
        # 抢劫: the general minimum, no ceiling
        ("抢劫罪", {}, 1000, None),
        # a minor: 500
        ("抢劫罪", {"keys": ["minor_16_18"]}, 500, None),
        # 生产、销售伪劣产品: half the sales to twice the sales
        ("销售伪劣产品罪", {"yuan": 100_000}, 50_000, 200_000),
        # 故意伤害 has none
        ("故意伤害罪", {"facts": "损伤程度为轻伤二级。"}, None, None),
    ],
)
def test_fine(charge: str, given_: dict[str, object], low: int | None, high: int | None) -> None:
    opinion = opine(case(charge, **given_))[0]  # type: ignore[arg-type]
    assert opinion.fine_low_fen == (None if low is None else low * 100)
    assert high is None or opinion.fine_high_fen == high * 100


@pytest.mark.parametrize(
    ("verdict", "keys", "lawful", "inside"),
    [
        # within tier and guideline
        (sentence(months=48), [], True, True),
        # above the guideline's [36, 87], within the tier
        (sentence(months=100), [], True, False),
        # below three years without mitigation
        (sentence(months=30), [], False, False),
        # below three years with surrender
        (sentence(months=30), ["surrender"], True, True),
        # detention is not among robbery's penalties
        (sentence("detention", 5), [], False, False),
        # acquitted: not a question of sentencing
        (sentence(None, acquitted=True), [], None, None),
    ],
)
def test_verdict_held_against_the_opinion(
    verdict: Sentence, keys: list[str], lawful: bool | None, inside: bool | None
) -> None:
    found = opine(case("抢劫罪", keys=keys, verdict=verdict))[0].verdict
    assert found is not None
    assert (found.lawful, found.in_guideline) == (lawful, inside)


def test_fine_alone_is_lawful_where_the_tier_says_so() -> None:
    alone = sentence(None, fine_only=True)
    theft = opine(case("盗窃罪", yuan=5000, verdict=alone))[0].verdict
    robbery = opine(case("抢劫罪", verdict=alone))[0].verdict
    assert theft is not None
    assert theft.lawful
    assert robbery is not None
    assert robbery.lawful is False


def test_verdict_of_the_other_document() -> None:
    judged = case("抢劫罪", verdict=sentence(months=48))
    indictment = case("抢劫罪").model_copy(update={"type": "indictment", "role": "indictment"})
    found = opine(indictment, judged)[0].verdict
    assert found is not None
    assert found.text == "有期徒刑四年"


@given(st.sets(st.sampled_from(KEYS)), st.sampled_from(AGGRAVATING))
def test_aggravation_never_lowers_a_bound(keys: set[str], more: str) -> None:
    base = Interval.of(36, 72)
    before, after = arithmetic.adjusted(base, keys), arithmetic.adjusted(base, keys | {more})
    assert after.low >= before.low
    assert after.high >= before.high


@given(st.lists(st.sampled_from(KEYS), unique=True), st.randoms(use_true_random=False))
def test_order_of_circumstances_is_irrelevant(keys: list[str], random: object) -> None:
    shuffled = list(keys)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert arithmetic.adjusted(Interval.of(36, 72), keys) == arithmetic.adjusted(
        Interval.of(36, 72), shuffled
    )


@given(st.sets(st.sampled_from(KEYS)), st.integers(1, 180), st.integers(0, 120))
def test_intervals_stay_intervals(keys: set[str], low: int, width: int) -> None:
    result = arithmetic.adjusted(Interval.of(low, low + width), keys)
    assert Fraction(0) <= result.low <= result.high


@given(st.sets(st.sampled_from(KEYS)))
def test_no_two_that_exclude_each_other_are_counted(keys: set[str]) -> None:
    counted = arithmetic.select(keys).counted
    for rule in counted:
        assert not {r.key for r in counted} & set(rule.excludes)


@given(st.sets(st.sampled_from(KEYS)))
def test_every_circumstance_is_counted_named_or_displaced(keys: set[str]) -> None:
    selection = arithmetic.select(keys)
    seen = {r.key for r in (*selection.counted, *selection.uncounted)} | set(selection.dropped)
    assert keys <= seen


@given(
    st.sampled_from([c.charge for c in crimes.all()]),
    st.sets(st.sampled_from(KEYS), max_size=5),
    st.one_of(st.none(), st.integers(0, 10_000_000)),
)
def test_range_lies_within_what_mitigation_allows(
    charge: str, keys: set[str], yuan: int | None
) -> None:
    opinion = opine(case(charge, keys=sorted(keys), yuan=yuan))[0]
    if opinion.supported:
        assert opinion.low is not None
        assert opinion.high is not None
        # Only a crime given up without harm leaves nothing: 应当免除.
        least = 0 if "suspension_no_harm" in keys and opinion.high == 0 else 1
        assert least <= opinion.low <= opinion.high <= 180
        assert len(opinion.steps) == 10
