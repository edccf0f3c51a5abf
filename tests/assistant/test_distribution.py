"""What courts did in such cases: beside the opinion, never in it, and honest about its size."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentencing_cases import NAME, case, span

from assistant.reports.judgement import sentencing_blocks
from assistant.reports.model import Chart
from assistant.sentencing import opine, work_out
from assistant.sentencing.distribution import Distribution, beside, percentile_text
from ingestion.model import Sentence, Term
from knowledge_base import term_distribution
from knowledge_base.term_distribution import LEVELS

THEFT = "被告人沈良才窃得手机一部，价值人民币{yuan}元。"


def imprisonment(months: int) -> Sentence:
    place = span(case("盗窃罪").source, NAME)
    return Sentence(span=place, main="imprisonment", term=Term(months=months))


def found(
    charge: str = "盗窃罪", yuan: int = 2100, months: int | None = None, more: str = ""
) -> Distribution:
    verdict = imprisonment(months) if months else None
    doc = case(charge, facts=THEFT.format(yuan=yuan) + more, yuan=yuan, verdict=verdict)
    told = work_out(doc)[0].distribution
    assert told is not None
    return told


def test_levels_rise_and_say_how_many_cases() -> None:
    told = found()
    assert told.own
    assert told.n >= 30
    assert list(told.months) == list(LEVELS)
    assert all(a <= b for a, b in pairwise(told.months.values()))
    assert f"同罪名、同幅度的{told.n}件" in told.to_text()


def test_the_legal_range_is_the_same_with_and_without() -> None:
    doc = case("盗窃罪", facts=THEFT.format(yuan=2100), yuan=2100)
    bare = opine(doc)[0].to_json()
    with_cases = work_out(doc)[0].to_json()
    assert with_cases.pop("distribution") is not None
    assert bare.pop("distribution") is None
    assert bare == with_cases


def test_a_rare_charge_says_that_there_are_too_few() -> None:
    doc = case("重大责任事故罪", facts="事故造成1人死亡，被告人沈良才负主要责任。")
    told = work_out(doc)[0].distribution
    assert told is not None
    assert not told.own
    assert told.without is None
    assert "不足以说明" in told.note
    assert "只作大致参照" in told.to_text()


@given(st.integers(1, 120), st.integers(1, 60))
def test_a_heavier_sentence_never_has_a_lower_percentile(months: int, more: int) -> None:
    lighter, heavier = found(months=months), found(months=months + more)
    assert lighter.percentile is not None
    assert heavier.percentile is not None
    assert lighter.percentile <= heavier.percentile
    assert LEVELS[0] <= lighter.percentile <= LEVELS[-1]


def test_beyond_all_cases_the_ends_stand() -> None:
    assert found(months=180).percentile == LEVELS[-1]
    assert found(yuan=900_000, months=1).percentile == LEVELS[0]


def test_more_money_and_recidivism_never_lower_what_is_expected() -> None:
    assert found(yuan=2900).months[50] >= found(yuan=1500).months[50]
    again = found(more="被告人沈良才系累犯。")
    assert again.months[50] >= found().months[50]


def test_the_recommendation_has_no_say() -> None:
    advised = found(more="公诉机关建议判处有期徒刑三年。")
    assert advised.months == found().months


def test_without_a_verdict_there_is_no_percentile() -> None:
    assert found().percentile is None
    assert "本案判决" not in found().to_text()


@pytest.mark.parametrize(
    ("percentile", "words"),
    [(5, "低于其中95%以上"), (95, "高于其中95%以上"), (40, "高于其中约40%")],
)
def test_ends_are_left_open(percentile: int, words: str) -> None:
    assert words in percentile_text(percentile)


def test_an_opinion_without_tiers_has_none() -> None:
    doc = case("战时造谣惑众罪")
    opinions = opine(doc)
    beside(doc, opinions)
    assert all(o.distribution is None for o in opinions)


def test_the_report_shows_a_chart_of_its_own_with_the_verdict() -> None:
    verdict = imprisonment(8)
    doc = case("盗窃罪", facts=THEFT.format(yuan=2100), yuan=2100, verdict=verdict)
    told = work_out(doc)[0].to_json()
    charts = [b for b in sentencing_blocks([told]) if isinstance(b, Chart)]
    assert len(charts) == 2
    assert "同类案件的实际刑期" in charts[1].title
    assert charts[1].mark == 8
    assert [bar.low for bar in charts[1].bars] == sorted(bar.low for bar in charts[1].bars)


def test_tables_hold_quantiles_only_where_there_are_enough_cases() -> None:
    found = term_distribution.rows("term_scatter", term_distribution.Scatter)
    assert len(found) > 50
    assert all(bool(r.residuals) == (r.n >= 30) for r in found)
    assert all(r.residuals[0] < 0 < r.residuals[-1] for r in found if r.residuals)


def test_a_row_that_cannot_be_is_refused() -> None:
    sound = {"source": "x", "charge": "盗窃罪", "tier": 1, "n": 40, "residuals": tuple(range(19))}
    term_distribution.Scatter.model_validate(sound)
    for wrong in (
        {"tier": None},
        {"residuals": (1.0, 2.0)},
        {"residuals": tuple(range(19, 0, -1))},
    ):
        with pytest.raises(ValueError):  # noqa: PT011
            term_distribution.Scatter.model_validate(sound | wrong)
