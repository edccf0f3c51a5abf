"""The lot never falls to the case's own department, and gives everyone else the same chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from office import case, person

from assistant.accounts import Part, UserRole, parts
from assistant.audit import verify
from assistant.quality.errors import NoCandidate
from assistant.quality.lots import Candidate, Entrant, draw, draw_lots, lots
from assistant.settings import Settings
from assistant.storage import Store, open_store

DEPARTMENTS = ("第一检察部", "第二检察部", "第三检察部", "案件管理部")
IDS = st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=8, max_size=8)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings) as opened:
        yield opened


@st.composite
def drawings(draw_: st.DrawFn) -> tuple[str, list[Entrant], list[Candidate]]:
    departments = st.sampled_from(DEPARTMENTS)
    people = [
        Candidate(n, f"评查员{n}", draw_(departments)) for n in range(draw_(st.integers(1, 8)))
    ]
    cases = [
        Entrant(name, (draw_(departments),), (draw_(st.integers(0, 9)),))
        for name in draw_(st.lists(IDS, min_size=1, max_size=6, unique=True))
    ]
    return draw_(st.text("0123456789abcdef", min_size=32, max_size=32)), cases, people


@hypothesis_settings(deadline=None)
@given(drawings())
def test_never_to_the_own_department_and_drawn_again_the_same(
    drawing: tuple[str, list[Entrant], list[Candidate]],
) -> None:
    seed, cases, people = drawing
    free = {c.case_id: [p for p in people if c.may_go_to(p)] for c in cases}
    if not all(free.values()):
        with pytest.raises(NoCandidate):
            draw(seed, cases, people)
        return
    drawn = draw(seed, cases, people)
    by_id = {p.id: p for p in people}
    for one in cases:
        chosen = by_id[drawn[one.case_id]]
        assert chosen.department not in one.departments
        assert chosen.id not in one.holders
    assert drawn == draw(seed, list(reversed(cases)), list(reversed(people)))


def test_every_other_candidate_has_the_same_chance() -> None:
    people = [Candidate(n, f"评查员{n}", DEPARTMENTS[n % 4]) for n in range(8)]
    one = Entrant("abcdefgh", (DEPARTMENTS[0],), ())
    times = 6000
    counts = Counter(draw(f"{n:032x}", [one], people)["abcdefgh"] for n in range(times))
    assert set(counts) == {n for n in range(8) if n % 4}
    expected = times / 6
    chi2 = sum((counts[n] - expected) ** 2 / expected for n in counts)
    assert chi2 < 20.5, "chi-square with 5 degrees of freedom, one in a thousand; fixed seeds"


def test_a_drawing_assigns_is_kept_and_can_be_drawn_again(store: Store) -> None:
    officer = person(store, "韩检", UserRole.officer, "第一检察部")
    quality = person(store, "质管李", UserRole.quality, "案件管理部")
    people = [person(store, f"评查员{n}", UserRole.evaluator, DEPARTMENTS[n]) for n in range(3)]
    elsewhere = person(store, "外院评查员", UserRole.evaluator, "第二检察部", unit="外院")
    cases = [case(store, officer, key) for key in ("一", "二", "三")]
    lot = draw_lots(store, cases, by=quality)
    assert set(lot.drawn) == set(cases)
    assert {c.name for c in lot.candidates} == {p.name for p in people}
    assert elsewhere.id not in lot.drawn.values()
    assert people[0].id not in lot.drawn.values(), "he is of the officer's department"
    (kept,) = lots(store, quality.unit)
    assert kept == lot
    assert kept.again() == kept.drawn
    with store.reading() as session:
        for case_id, number in lot.drawn.items():
            (chosen,) = [p for p in people if p.id == number]
            assert parts(session, case_id, chosen) == {Part.evaluator}
    assert verify(store) == []


def test_where_nobody_is_free_nothing_is_drawn(store: Store) -> None:
    officer = person(store, "韩检", UserRole.officer, "第一检察部")
    nowhere = person(store, "无部门", UserRole.officer, "")
    quality = person(store, "质管李", UserRole.quality, "案件管理部")
    person(store, "评查员甲", UserRole.evaluator, "第一检察部")
    own = case(store, officer, "一")
    with pytest.raises(NoCandidate):
        draw_lots(store, [own], by=quality)
    person(store, "评查员乙", UserRole.evaluator, "第二检察部")
    with pytest.raises(NoCandidate):
        draw_lots(store, [own, case(store, nowhere, "二")], by=quality)
    assert lots(store, quality.unit) == []
    assert all(c.action != "case.assigned" for c in store.history(own))
