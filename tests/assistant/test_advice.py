"""The recommendation beside the opinion, the verdict beside the recommendation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sentencing_cases import NAME, case, span

from assistant.sentencing import work_out
from assistant.sentencing.model import SentencingOpinion
from ingestion.model import CaseDocument, Recommendation, Sentence, Term
from knowledge_base import plea_departures

PLAIN = "本院认为，被告人沈良才的行为已构成盗窃罪。"


def document(
    advice: dict[str, Any],
    verdict: dict[str, Any] | None = None,
    reasoning: str = PLAIN,
    **more: Any,
) -> CaseDocument:
    """Theft of 2,500 yuan: guideline [2, 15] or so, law 1…36 months."""
    place = span(case("盗窃罪").source, NAME)
    doc = case(
        "盗窃罪",
        yuan=2500,
        reasoning=reasoning,
        verdict=Sentence.model_validate({"span": place} | verdict) if verdict else None,
        **more,
    )
    asked = {"person": NAME, "charge": None, "span": place, "speaker": "prosecution"}
    doc.defendants[0].recommendations = [Recommendation.model_validate(asked | advice)]
    return doc


def opinion(*given: Any, **more: Any) -> SentencingOpinion:
    return work_out(document(*given, **more))[0]


def months(low: int, high: int | None = None, **more: Any) -> dict[str, Any]:
    last = Term(months=high if high is not None else low)
    return {"main": "imprisonment", "low": Term(months=low), "high": last, **more}


def term(count: int, **more: Any) -> dict[str, Any]:
    return {"main": "imprisonment", "term": Term(months=count), **more}


@pytest.mark.parametrize(
    ("advice", "lawful", "in_guideline", "why"),
    [
        (months(8, 10), True, True, "inside"),
        (months(24, 30), True, False, "lawful, but far above the guideline"),
        (months(30, 40), False, False, "above three years"),
        (months(4, 5), False, True, "imprisonment of less than six months"),
        (months(2, main="detention"), True, True, "detention counts by its months"),
    ],
)
def test_recommendation_beside_the_ranges(
    advice: dict[str, Any], lawful: bool, in_guideline: bool, why: str
) -> None:
    found = opinion(advice).advice
    assert found is not None, why
    assert (found.lawful, found.in_guideline) == (lawful, in_guideline), why


def test_no_recommendation_is_no_judgement_of_one() -> None:
    found = work_out(case("盗窃罪", yuan=2500))[0]
    assert found.advice is None
    assert found.departure is None
    assert found.to_json()["recommendation"] is None


def test_a_recommendation_without_months_is_not_measured() -> None:
    assert opinion({"fine": True}).advice is None


@pytest.mark.parametrize(
    ("advice", "verdict", "gap", "share", "said", "why"),
    [
        (months(8, 10), term(9), 0.0, 0, "一致", "inside"),
        (months(8, 10), term(12), 2.0, 20, "高2个月（20%）", "two above ten"),
        (months(8, 10), term(6), -2.0, 25, "低2个月（25%）", "two below eight"),
        (months(8), term(8), 0.0, 0, "一致", "a fixed term met"),
        (
            months(8),
            {"main": "control", "term": Term(months=12)},
            None,
            None,
            "刑种与量刑建议不同",
            "control has no such months",
        ),
    ],
)
def test_verdict_beside_the_recommendation(
    advice: dict[str, Any],
    verdict: dict[str, Any],
    gap: float | None,
    share: int | None,
    said: str,
    why: str,
) -> None:
    found = opinion(advice, verdict).departure
    assert found is not None, why
    assert (found.months, found.share) == (gap, share), why
    assert said in found.text, why


@pytest.mark.parametrize(
    ("words", "on", "ground"),
    [
        (
            "公诉机关量刑建议偏轻，经建议未予调整，本院不予采纳。",
            date(2021, 5, 1),
            "量刑建议明显不当而检察机关不调整或者调整后仍明显不当（第二百零一条第二款）",
        ),
        (
            "被告人沈良才当庭翻供，不再适用认罪认罚从宽。",
            date(2021, 5, 1),
            "否认指控的犯罪事实（第二百零一条第一款第三项）",
        ),
        # before 2018-10-26 the law named no grounds
        ("公诉机关量刑建议偏轻，本院不予采纳。", date(2017, 5, 1), "人民法院认为量刑建议不当"),
    ],
)
def test_the_grounds_that_the_court_names(words: str, on: date, ground: str) -> None:
    found = opinion(months(8), term(12), PLAIN + words, issued=on, offence=None).departure
    assert found is not None
    assert found.grounds == (ground,)
    assert ground in found.text


def test_a_departure_without_a_word_is_said_to_have_none() -> None:
    found = opinion(months(8), term(12)).departure
    assert found is not None
    assert "未见判决书写明理由" in found.text


def test_another_charge_is_a_ground_without_words() -> None:
    found = plea_departures.grounds("", True, date(2022, 1, 1))
    assert [g.key for g in found] == ["other_charge"]
    assert plea_departures.grounds("", False, date(2022, 1, 1)) == []


def test_the_document_made_for_it_comes_first() -> None:
    told, made = document(months(8)), document(months(10, 12))
    found = work_out(told, None, (), made)[0].advice
    assert found is not None
    assert found.text == "有期徒刑十个月至一年"


def test_a_recommendation_for_all_charges_is_not_given_to_one() -> None:
    doc = document(months(8))
    person = doc.defendants[0]
    second = person.charges[0].model_copy(update={"value": "抢夺罪"})
    person.charges = [*person.charges, second]
    assert all(o.advice is None for o in work_out(doc))


def test_text_and_json_tell_both() -> None:
    found = opinion(months(8, 10), term(12))
    assert "量刑建议：有期徒刑八个月至十个月" in found.to_text()
    assert "建议与判决：判决比量刑建议高2个月" in found.to_text()
    told = found.to_json()
    assert told["recommendation"]["months"] == [8, 10]
    assert told["departure"]["months"] == 2.0
