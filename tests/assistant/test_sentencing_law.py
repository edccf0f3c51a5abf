"""Which law applies where it changed between act and judgment, and how the opinion says so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sentencing_cases import case

from assistant.sentencing import opine


@pytest.mark.parametrize(
    ("charge", "more", "said", "why"),
    [
        (
            "行贿罪",
            {"yuan": 50_000, "offence": date(2023, 5, 1), "issued": date(2024, 6, 1)},
            [
                "处五年以下有期徒刑或者拘役；审判时",
                "处三年以下有期徒刑或者拘役；后法处刑较轻，依从旧兼从轻",
            ],
            "Amendment XII lowered the basic range",
        ),
        (
            "开设赌场罪",
            {"offence": date(2020, 5, 1), "issued": date(2022, 6, 1)},
            ["处三年以下有期徒刑", "处五年以下有期徒刑", "后法处刑较重，适用行为时的法律"],
            "Amendment XI raised it",
        ),
        (
            "职务侵占罪",
            {"yuan": 100_000, "offence": date(2020, 12, 1), "issued": date(2022, 6, 1)},
            ["处五年以下有期徒刑", "处三年以下有期徒刑", "适用新的规定"],
            "Amendment XI made three ranges of two",
        ),
    ],
)
def test_both_ranges_are_told(charge: str, more: dict[str, Any], said: list[str], why: str) -> None:
    first = opine(case(charge, **more))[0].steps[0].text
    assert all(words in first for words in said), (why, first)


def test_nothing_is_told_where_the_law_stayed_the_same() -> None:
    doc = case("盗窃罪", yuan=2000, offence=date(2020, 5, 1), issued=date(2022, 6, 1))
    assert "行为时" not in opine(doc)[0].steps[0].text


def test_an_unlisted_charge_tells_what_its_article_says() -> None:
    told = opine(case("重婚罪"))[0]
    assert "处二年以下有期徒刑、拘役" in told.steps[0].text
    assert not any("从旧兼从轻" in text for text in told.missing)


def test_an_unlisted_charge_tells_that_its_ranges_changed() -> None:
    # Amendment XI made two ranges of one
    doc = case("欺诈发行证券罪", offence=date(2019, 5, 1), issued=date(2022, 6, 1))
    told = opine(doc)[0]
    assert not told.supported
    assert "行为时条文规定的幅度" in told.steps[0].text
    assert any("从旧兼从轻" in text for text in told.missing)
