"""Limits of the General Part, ends of terms, and whether a recommendation was adopted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentencing_cases import NAME, case, span

from assistant.sentencing import (
    combined_out_of_bounds,
    custody_end,
    expected_end,
    illegal_terms,
    probation_out_of_bounds,
    recommendation_vs_verdict,
)
from assistant.sentencing.dates import add_months, age_on, months_text, term_text
from ingestion.model import DateValue, Recommendation, Sentence, Term

PLACE = span(case("盗窃罪").source, NAME)


def pronounced(main: str | None, months: int = 0, days: int = 0, **more: Any) -> Sentence:
    return Sentence.model_validate(
        {"span": PLACE, "main": main, "term": Term(months=months, days=days), **more}
    )


@pytest.mark.parametrize(
    ("main", "months", "days", "wrong"),
    [
        ("imprisonment", 6, 0, False),  # the least term of imprisonment
        ("imprisonment", 5, 0, True),
        ("imprisonment", 180, 0, False),
        ("imprisonment", 181, 0, True),
        ("imprisonment", 180, 1, True),  # a day over fifteen years
        ("detention", 1, 0, False),
        ("detention", 6, 15, True),
        ("detention", 0, 20, True),
        ("control", 3, 0, False),
        ("control", 25, 0, True),
        ("life", 0, 0, False),
        (None, 0, 0, False),
    ],
)
def test_illegal_terms(main: str | None, months: int, days: int, wrong: bool) -> None:
    assert bool(illegal_terms(pronounced(main, months, days))) is wrong


@pytest.mark.parametrize(
    ("main", "months", "probation", "recidivist", "wrong"),
    [
        ("imprisonment", 36, 60, False, False),
        ("imprisonment", 37, 60, False, True),  # over three years
        ("imprisonment", 12, 12, False, False),
        ("imprisonment", 8, 8, False, True),  # at least a year of probation
        ("imprisonment", 24, 18, False, True),  # shorter than the sentence
        ("imprisonment", 24, 61, False, True),
        ("detention", 2, 2, False, False),
        ("detention", 1, 1, False, True),  # at least two months
        ("detention", 6, 13, False, True),
        ("imprisonment", 12, 24, True, True),  # recidivists never
        ("control", 6, 12, False, True),  # control is not suspended
    ],
)
def test_probation(main: str, months: int, probation: int, recidivist: bool, wrong: bool) -> None:
    given_ = pronounced(main, months, probation=Term(months=probation))
    assert bool(probation_out_of_bounds(given_, recidivist)) is wrong


def test_without_probation_nothing_to_say() -> None:
    assert probation_out_of_bounds(pronounced("imprisonment", 60), recidivist=True) == []


@pytest.mark.parametrize(
    ("terms", "combined", "on", "wrong"),
    [
        ((36, 24), 48, None, False),
        ((36, 24), 60, None, False),  # the sum itself is allowed
        ((36, 24), 61, None, True),
        ((36, 24), 35, None, True),  # below the longest
        ((180, 120), 240, None, False),
        ((180, 120), 241, None, True),  # sum 300 < 420: at most twenty years
        ((180, 180, 120), 300, None, False),  # sum 480: up to twenty-five
        ((180, 180, 120), 301, None, True),
        ((180, 180, 120), 300, date(2010, 1, 1), True),  # before Amendment VIII: twenty
    ],
)
def test_combined_imprisonment(
    terms: tuple[int, ...], combined: int, on: date | None, wrong: bool
) -> None:
    single = [pronounced("imprisonment", m) for m in terms]
    assert bool(combined_out_of_bounds(single, pronounced("imprisonment", combined), on)) is wrong


def test_combined_kinds() -> None:
    prison, detained = pronounced("imprisonment", 12), pronounced("detention", 6)
    assert combined_out_of_bounds([prison, detained], pronounced("imprisonment", 12)) == []
    assert combined_out_of_bounds([prison, detained], pronounced("detention", 6))
    assert combined_out_of_bounds([detained, detained], pronounced("detention", 12)) == []
    assert combined_out_of_bounds([detained] * 3, pronounced("detention", 13))
    life = pronounced("life")
    assert combined_out_of_bounds([prison, life], pronounced("life")) == []
    assert combined_out_of_bounds([prison, life], pronounced("imprisonment", 240))


@pytest.mark.parametrize(
    ("start", "term", "end"),
    [
        (date(2020, 3, 15), Term(months=6), date(2020, 9, 14)),
        (date(2019, 1, 1), Term(months=12), date(2019, 12, 31)),
        # month's end stays month's end
        (date(2019, 8, 31), Term(months=6), date(2020, 2, 28)),
        (date(2020, 2, 29), Term(months=1), date(2020, 3, 30)),
        (date(2021, 1, 31), Term(months=1), date(2021, 2, 27)),
        # 半月 is 15 days
        (date(2020, 5, 1), Term(months=1, days=15), date(2020, 6, 15)),
        (date(2018, 11, 30), Term(months=3), date(2019, 2, 27)),
    ],
)
def test_expected_end(start: date, term: Term, end: date) -> None:
    assert expected_end(start, term) == end


def test_credit_is_taken_off() -> None:
    # 2020-03-15 + 6 months ends 2020-09-14; 10 days before custody count
    assert custody_end(date(2020, 3, 15), Term(months=6), 10) == date(2020, 9, 4)


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.integers(1, 300), st.integers(0, 20))
def test_end_dates_invert(start: date, months: int, days: int) -> None:
    """The day after the end lies `months` and `days` after the start."""
    after = expected_end(start, Term(months=months, days=days)) + timedelta(days=1)
    assert after - timedelta(days=days) == add_months(start, months)
    if start.day <= 27:
        assert add_months(after - timedelta(days=days), -months) == start


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.integers(0, 100), st.integers(0, 100))
def test_longer_terms_end_no_earlier(start: date, one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert expected_end(start, Term(months=low)) <= expected_end(start, Term(months=high))


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(1, 200), st.integers(0, 400))
def test_credit_inverts(start: date, months: int, credited: int) -> None:
    end = custody_end(start, Term(months=months), credited)
    assert end + timedelta(days=credited) == expected_end(start, Term(months=months))


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2004, 3, 1), date(2022, 3, 1), 17),  # on the birthday itself: not yet
        (date(2004, 3, 1), date(2022, 3, 2), 18),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
    ],
)
def test_age(birth: date, day: date, age: int) -> None:
    assert age_on(DateValue(date=birth), day) == age


def test_masked_birth_has_no_age() -> None:
    assert age_on(DateValue(date=date(2004, 1, 1), precision="year"), date(2022, 1, 1)) is None


def test_terms_in_words() -> None:
    assert months_text(18) == "一年六个月"
    assert months_text(132) == "十一年"
    assert term_text(Term(months=1, days=15)) == "一个月十五日"


def asked(**more: Any) -> Recommendation:
    return Recommendation.model_validate(
        {"person": None, "charge": None, "span": PLACE, "speaker": "prosecution", **more}
    )


SIX_TO_TEN = {"main": "imprisonment", "low": Term(months=6), "high": Term(months=10)}


@pytest.mark.parametrize(
    ("request_", "verdict", "parts", "overall"),
    [
        # inside a range
        (
            SIX_TO_TEN,
            pronounced("imprisonment", 8),
            ("adopted", "not_mentioned", "not_mentioned"),
            "adopted",
        ),
        # the range's own ends count
        (
            SIX_TO_TEN,
            pronounced("imprisonment", 10),
            ("adopted", "not_mentioned", "not_mentioned"),
            "adopted",
        ),
        (
            SIX_TO_TEN,
            pronounced("imprisonment", 11),
            ("not_adopted", "not_mentioned", "not_mentioned"),
            "not_adopted",
        ),
        # another kind of penalty
        (
            SIX_TO_TEN,
            pronounced("detention", 5),
            ("not_adopted", "not_mentioned", "not_mentioned"),
            "not_adopted",
        ),
        # fixed recommendation, fine asked for and given otherwise
        (
            {
                "main": "imprisonment",
                "low": Term(months=8),
                "high": Term(months=8),
                "fine": True,
                "fine_low_fen": 200000,
                "fine_high_fen": 200000,
            },
            pronounced("imprisonment", 8, fine_fen=300000),
            ("adopted", "not_adopted", "not_mentioned"),
            "partly",
        ),
        # a fine of any amount
        (
            SIX_TO_TEN | {"fine": True},
            pronounced("imprisonment", 8, fine_fen=1),
            ("adopted", "adopted", "not_mentioned"),
            "adopted",
        ),
        # probation asked for and refused
        (
            SIX_TO_TEN | {"probation": True},
            pronounced("imprisonment", 8),
            ("adopted", "not_mentioned", "not_adopted"),
            "partly",
        ),
        # probation asked for, of another length
        (
            SIX_TO_TEN
            | {
                "probation": True,
                "probation_low": Term(months=12),
                "probation_high": Term(months=12),
            },
            pronounced("imprisonment", 8, probation=Term(months=18)),
            ("adopted", "not_mentioned", "not_adopted"),
            "partly",
        ),
        # from detention to imprisonment of eight months
        (
            {
                "main": "detention",
                "low": Term(months=4),
                "high_main": "imprisonment",
                "high": Term(months=8),
            },
            pronounced("detention", 5),
            ("adopted", "not_mentioned", "not_mentioned"),
            "adopted",
        ),
        # no recommendation in substance
        (
            {},
            pronounced("imprisonment", 8),
            ("not_mentioned", "not_mentioned", "not_mentioned"),
            "not_mentioned",
        ),
        # exempted from punishment
        (
            SIX_TO_TEN,
            pronounced(None, exempt=True),
            ("not_adopted", "not_mentioned", "not_mentioned"),
            "not_adopted",
        ),
    ],
)
def test_recommendation(
    request_: dict[str, Any], verdict: Sentence, parts: tuple[str, str, str], overall: str
) -> None:
    found = recommendation_vs_verdict(asked(**request_), verdict)
    assert (found.main, found.accessory, found.execution) == parts
    assert found.overall == overall
