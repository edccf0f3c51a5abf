"""Combination, earlier sentences and custody, each worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentencing_cases import NAME, case, span

from assistant.sentencing import combine, expected_end, opine
from assistant.sentencing.combination import Earlier, EarlierKind, beside_earlier, combined
from assistant.sentencing.custody import FixedPenalty, Period, credit, end_date, periods
from assistant.sentencing.dates import term_between
from assistant.sentencing.model import Interval
from ingestion.model import DateValue, Field, Measure, Sentence, Term
from knowledge_base.custody_credit import CustodyKind

DOC = case("盗窃罪")
PLACE = span(DOC.source, NAME)
DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


def held(kind: CustodyKind, start: date, end: date | None) -> Period:
    return Period(kind, start, end, PLACE)


@pytest.mark.parametrize(
    ("parts", "low", "high", "why"),
    [
        ([(12, 24), (36, 48)], 36, 72, "longest low … sum of the highs"),
        ([(6, 6)], 6, 6, "one alone"),
        ([(120, 180), (120, 180)], 120, 240, "sum 360 below 35 years: at most twenty"),
        ([(120, 180), (120, 180), (36, 84)], 120, 300, "sum 444: at most twenty-five"),
    ],
)
def test_combined(parts: list[tuple[int, int]], low: int, high: int, why: str) -> None:
    assert combined([Interval.of(*p) for p in parts]).outward == (low, high), why


@pytest.mark.parametrize(
    ("kind", "months", "served", "low", "high", "why"),
    [
        # now [12, 24] beside 36 months
        ("probation", 36, None, 36, 60, "suspended: all of it is combined"),
        ("omitted", 36, 10, 26, 50, "先并后减: [36, 60] less the 10 served"),
        ("new", 36, 10, 26, 50, "先减后并: 26 left; [26, 24+26]"),
        ("new", 36, 30, 12, 30, "先减后并: 6 left; the new one is longer"),
        ("parole", 36, 30, 12, 30, "parole revoked: as 先减后并"),
    ],
)
def test_beside_an_earlier_sentence(
    kind: EarlierKind, months: int, served: int | None, low: int, high: int, why: str
) -> None:
    result = beside_earlier(Interval.of(12, 24), Earlier(kind, months, served))
    assert result is not None
    assert result.outward == (low, high), why


def test_subtracting_first_is_never_milder() -> None:
    """先减后并 is the harsher order where the cap binds: that is its purpose."""
    now = Interval.of(150, 180)
    first = beside_earlier(now, Earlier("omitted", 180, 120))
    later = beside_earlier(now, Earlier("new", 180, 120))
    assert first is not None
    assert later is not None
    # [180, 240] - 120 against [150, 60 + 180]
    assert (first.outward, later.outward) == ((60, 120), (150, 240))


def test_what_is_not_known_of_the_earlier_sentence_is_missing() -> None:
    assert beside_earlier(Interval.of(12, 24), Earlier("new", 36, None)) is None
    doc = case(
        "盗窃罪", yuan=5000, reasoning="本院认为，被告人沈良才在缓刑考验期内犯新罪，应撤销缓刑。"
    )
    opinion = combine(doc, opine(doc))[0]
    assert not opinion.decided
    assert opinion.missing == ["前罪所判刑期（缓刑考验期内犯新罪或者发现漏罪，撤销缓刑后并罚）"]
    assert opinion.steps[2].spans[0].quote == "缓刑考验期内"


def test_several_charges_give_one_more_opinion() -> None:
    doc = case("盗窃罪", yuan=5000)
    person = doc.defendants[0]
    person.charges.append(Field(value="抢劫罪", span=PLACE))
    person.combined = Sentence(span=PLACE, main="imprisonment", term=Term(months=40))
    person.verdicts = {
        "盗窃罪": Sentence(span=PLACE, main="imprisonment", term=Term(months=8)),
        "抢劫罪": Sentence(span=PLACE, main="imprisonment", term=Term(months=36)),
    }
    both = opine(doc)
    found = combine(doc, both)
    assert [o.charge for o in found] == ["数罪并罚"]
    # theft [1, 19], robbery [36, 87]: at least 36, at most 19 + 87
    assert (found[0].low, found[0].high) == (36, 106)
    assert found[0].fine_low_fen == 200_000  # twice 1000 yuan
    assert found[0].verdict is not None
    assert found[0].verdict.lawful
    assert combine(case("盗窃罪"), opine(case("盗窃罪"))) == []


@pytest.mark.parametrize(
    ("kind", "main", "days", "credited", "why"),
    [
        ("custody", "imprisonment", 10, 10, "one for one"),
        ("custody", "detention", 10, 10, "one for one"),
        ("custody", "control", 10, 20, "one day is two of control"),
        ("designated", "imprisonment", 11, 5, "two days for one, the odd one lost"),
        ("designated", "control", 11, 11, "one for one"),
        ("liuzhi", "imprisonment", 10, 10, "one for one"),
    ],
)
def test_credit(kind: CustodyKind, main: FixedPenalty, days: int, credited: int, why: str) -> None:
    start = date(2023, 3, 1)
    period = held(kind, start, start + timedelta(days=days - 1))
    assert credit([period], date(2024, 1, 1), main) == credited, why


@pytest.mark.parametrize(
    ("measures", "expected", "why"),
    [
        (
            [("detention", "2023-03-01"), ("arrest", "2023-03-14")],
            [("custody", "2023-03-01", None)],
            "arrest goes on from detention",
        ),
        (
            [("detention", "2023-03-01"), ("bail", "2023-03-10")],
            [("custody", "2023-03-01", "2023-03-10")],
            "bailed: both days count",
        ),
        (
            [("detention", "2023-03-01"), ("bail", "2023-03-10"), ("arrest", "2023-06-01")],
            [("custody", "2023-03-01", "2023-03-10"), ("custody", "2023-06-01", None)],
            "held twice",
        ),
        (
            [("liuzhi", "2023-03-01"), ("arrest", "2023-05-01")],
            [("liuzhi", "2023-03-01", "2023-04-30"), ("custody", "2023-05-01", None)],
            "from 留置 to arrest without a gap",
        ),
        ([("bail", "2023-03-10")], [], "bail alone counts for nothing"),
        ([("residence", "2023-03-10")], [], "residence at home counts for nothing"),
    ],
)
def test_periods(
    measures: list[tuple[str, str]], expected: list[tuple[str, str, str | None]], why: str
) -> None:
    person = case("盗窃罪").defendants[0]
    person.measures = [
        Measure.model_validate(
            {
                "kind": kind,
                "date": DateValue(date=date.fromisoformat(day)),
                "authority": None,
                "span": PLACE,
            }
        )
        for kind, day in measures
    ]
    found = [
        (p.kind, p.start.isoformat(), p.end.isoformat() if p.end else None) for p in periods(person)
    ]
    assert found == expected, why


@pytest.mark.parametrize(
    ("spans", "main", "months", "executed", "end", "why"),
    [
        # held from 2023-02-03 without a break: the year runs from that day
        ([("custody", "2023-02-03", None)], "imprisonment", 12, "2023-07-12", "2024-02-02", "held"),
        # ten days held earlier come off the end: 2024-07-11 less 10
        (
            [("custody", "2023-03-01", "2023-03-10")],
            "imprisonment",
            12,
            "2023-07-12",
            "2024-07-01",
            "at large since",
        ),
        # both: 2024-05-31 less 10
        (
            [("custody", "2023-03-01", "2023-03-10"), ("custody", "2023-06-01", None)],
            "imprisonment",
            12,
            "2023-07-12",
            "2024-05-21",
            "held twice",
        ),
        # control: ten days are twenty; 2024-07-11 less 20
        (
            [("custody", "2023-03-01", "2023-03-10")],
            "control",
            12,
            "2023-07-12",
            "2024-06-21",
            "control",
        ),
    ],
)
def test_end_date(
    spans: list[tuple[CustodyKind, str, str | None]],
    main: FixedPenalty,
    months: int,
    executed: str,
    end: str,
    why: str,
) -> None:
    own = [
        held(kind, date.fromisoformat(first), date.fromisoformat(last) if last else None)
        for kind, first, last in spans
    ]
    found = end_date(own, Term(months=months), date.fromisoformat(executed), main)
    assert found.isoformat() == end, why


@given(DAYS, st.integers(1, 300), st.integers(0, 27))
def test_end_dates_invert(start: date, months: int, days: int) -> None:
    term = Term(months=months, days=days)
    assert expected_end(start, term_between(start, expected_end(start, term))) == expected_end(
        start, term
    )


@given(
    st.lists(st.tuples(st.integers(0, 180), st.integers(0, 60)), min_size=1, max_size=4),
    st.integers(0, 60),
)
def test_a_wider_part_gives_a_wider_combination(parts: list[tuple[int, int]], more: int) -> None:
    narrow = [Interval.of(low, low + width) for low, width in parts]
    wide = [*narrow[:-1], Interval(narrow[-1].low, narrow[-1].high + Fraction(more))]
    before, after = combined(narrow), combined(wide)
    assert after.low <= before.low
    assert after.high >= before.high
