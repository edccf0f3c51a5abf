"""Counts of the facts, each with its first date."""

from __future__ import annotations

import pytest
from case_texts import indictment, judgment

from ingestion.model import FactCount


def _row(count: FactCount) -> tuple[int, str | None, str]:
    return count.number, str(count.date.date) if count.date else None, count.speaker


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("1、", "2、"),
        ("1．", "2．"),
        ("1.", "2."),
        ("（一）", "（二）"),
        ("一、", "二、"),
        ("第一起，", "第二起，"),
        ("（1）", "（2）"),
    ],
)
def test_ways_of_numbering(one: str, two: str) -> None:
    doc = indictment(
        facts=f"被告人卢承安多次盗窃，具体如下：\n{one}2023年2月1日，被告人卢承安窃得手机一部。\n"
        f"{two}同月8日，被告人卢承安窃得现金。"
    )
    assert [_row(c) for c in doc.facts] == [
        (1, "2023-02-01", "prosecution"),
        (2, "2023-02-08", "prosecution"),
    ]
    assert doc.facts[0].span.quote.endswith("窃得手机一部。")


def test_one_story_is_one_count_without_the_accusers_view() -> None:
    doc = judgment(
        accusation="2023年2月1日，被告人卢承安窃得现金200元。公诉机关认为，应当以盗窃罪追究其刑事责任。",
        found="2023年2月2日，被告人卢承安窃得现金。",
    )
    accused, found = doc.facts
    assert _row(accused) == (1, "2023-02-01", "prosecution")
    assert accused.span.quote == "2023年2月1日，被告人卢承安窃得现金200元。"
    assert _row(found) == (1, "2023-02-02", "court")


def test_sums_and_dates_are_no_numbering() -> None:
    doc = indictment(facts="2023年2月1日，被告人卢承安窃得1.5万元、2.5千克茶叶。")
    assert len(doc.facts) == 1


def test_an_accusation_that_the_court_adopts_stays_the_prosecutions() -> None:
    doc = judgment(accusation="2023年2月1日，被告人卢承安窃得现金200元。")
    assert [(c.speaker, c.adopted) for c in doc.facts] == [("prosecution", True)]


def test_a_court_that_only_agrees_tells_no_story() -> None:
    doc = judgment(
        accusation="2023年2月1日，被告人卢承安窃得现金200元。",
        found="查明的事实与公诉机关指控的事实一致。",
    )
    assert [(c.speaker, c.adopted) for c in doc.facts] == [("prosecution", True)]


def test_an_accusation_beside_the_courts_own_account_is_not_adopted() -> None:
    doc = judgment(
        accusation="2023年2月1日，被告人卢承安窃得现金500元。",
        found="2023年2月1日，被告人卢承安窃得现金200元。",
    )
    assert [(c.speaker, c.adopted) for c in doc.facts] == [("prosecution", False), ("court", False)]


def test_an_accusation_that_is_not_proven_is_not_adopted() -> None:
    doc = judgment(
        accusation="2023年2月1日，被告人卢承安窃得现金200元。",
        reasoning="公诉机关指控被告人卢承安犯盗窃罪的证据不足，不能认定被告人卢承安有罪。",
    )
    assert [(c.speaker, c.adopted) for c in doc.facts] == [("prosecution", False)]
