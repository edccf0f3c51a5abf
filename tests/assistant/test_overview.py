"""Aggregates of the overview equal a plain recount, and count confirmed findings only."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any

import databases
import pytest
from docx import Document
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from office import case, person
from results import finding, result, sha

from assistant import review
from assistant.accounts import Person, UserRole, bring
from assistant.overview.counts import counts
from assistant.overview.drill import sentences
from assistant.overview.monthly import build_monthly
from assistant.overview.outcomes import adoptions, inconsistencies
from assistant.overview.precision import precisions
from assistant.overview.scope import Scope
from assistant.reports import drawn
from assistant.settings import Settings
from assistant.storage import Store, open_store

NUMBERS = count(1)
CODES = {"CMP-006": "law", "DATE-004": "procedure", "FMT-002": "documents"}
ACTS = ("none", "confirm", "reject", "reweigh", "reopen")


@pytest.fixture(scope="module")
def database_url(tmp_path_factory: pytest.TempPathFactory, postgresql: str | None) -> Iterator[str]:
    """One database for all examples: each makes a unit of its own in it."""
    if postgresql is None:
        yield f"sqlite:///{tmp_path_factory.mktemp('overview') / 'assistant.sqlite3'}"
        return
    with databases.database(postgresql) as url:
        yield url


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("home")
    with open_store(Settings(home=folder, cache=folder, database_url=database_url)) as opened:
        yield opened


@pytest.fixture
def office(store: Store) -> tuple[Person, Person]:
    """An officer and someone of quality in a unit of their own."""
    unit = f"第{next(NUMBERS)}院"
    return (
        person(store, f"承办{unit}", UserRole.officer, "第一检察部", unit),
        person(store, f"质管{unit}", UserRole.quality, "案件管理部", unit),
    )


def test_a_case_that_nobody_holds_is_counted_as_unassigned(
    store: Store, office: tuple[Person, Person]
) -> None:
    officer, quality = office
    loose = person(store, f"无部门{officer.unit}", UserRole.officer, "", officer.unit)
    cases = [case(store, officer, f"有{officer.unit}"), case(store, loose, f"无{officer.unit}")]
    told = result(finding("CMP-006"))
    told["documents"][0]["sha256"] = sha(f"送{officer.unit}")
    cases.append(
        store.save_analysis(
            told,
            actor=quality.name,
            also=lambda session, case_id: bring(session, case_id, quality, (), by=quality.name),
        )
    )
    for case_id in cases:
        review.confirm(store, case_id, 1, quality.name)
    found = counts(store, quality, Scope())
    assert found.department == {"未分配": 2, "第一检察部": 1}
    assert sum(found.department.values()) == found.total == 3
    below = sentences(store, quality, Scope(department="未分配"))
    assert {one.case_id for one in below.sentences} == set(cases[1:])


def _decide(store: Store, case_id: str, acts: list[str]) -> None:
    for number, act in enumerate(acts, 1):
        if act in ("confirm", "reopen"):
            review.confirm(store, case_id, number, "李敏")
        if act == "reject":
            review.reject(store, case_id, number, "李敏", "误报")
        if act == "reweigh":
            review.edit(store, case_id, number, "李敏", severity="minor", reason="影响不大")
        if act == "reopen":
            review.reopen(store, case_id, number, "李敏", "再看")


FINDINGS = st.lists(
    st.tuples(
        st.sampled_from(sorted(CODES)),
        st.sampled_from(["serious", "moderate"]),
        st.sampled_from(ACTS),
        st.sampled_from(["rule", "model"]),
    ),
    min_size=1,
    max_size=4,
)
CASES = st.lists(
    st.tuples(
        FINDINGS,
        st.lists(st.sampled_from(["盗窃罪", "诈骗罪", "抢劫罪"]), max_size=2, unique=True),
        st.booleans(),
    ),
    max_size=4,
)


@hypothesis_settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(CASES)
def test_every_number_equals_a_plain_recount(store: Store, drawn_cases: list[Any]) -> None:
    unit = f"院{next(NUMBERS)}"
    officers = [
        person(store, f"承办{n}{unit}", UserRole.officer, f"第{n}检察部", unit) for n in (1, 2)
    ]
    quality = person(store, f"质管{unit}", UserRole.quality, "案件管理部", unit)
    expected: dict[str, Counter[str]] = {
        name: Counter() for name in ("dimension", "severity", "code", "charge", "department")
    }
    right, decided, total, cases = Counter[str](), Counter[str](), 0, set()
    for place, (told, charges, again) in enumerate(drawn_cases):
        officer = officers[place % 2]
        findings = [
            finding(code, severity, dimension=CODES[code], source=source, evidence=_words(n))
            for n, (code, severity, _, source) in enumerate(told)
        ]
        about = {"case": {"title": "某案", "charges": charges}}
        case_id = case(store, officer, f"{unit}{place}", *findings, **about)
        _decide(store, case_id, [act for _, _, act, _ in told])
        if again:  # a newer version carries the decisions over: they count once
            case(store, officer, f"{unit}{place}", *reversed(findings), **about)
        for stored in store.findings(case_id):
            now = stored.content
            if stored.decision:
                decided[now["source"]] += 1
                right[now["source"]] += stored.status != "rejected"
            if stored.status not in ("confirmed", "edited"):
                continue
            total += 1
            cases.add(case_id)
            for name in ("dimension", "severity", "code"):
                expected[name][now[name]] += 1
            expected["department"][officer.department] += 1
            expected["charge"].update(charges)
    got = counts(store, quality, Scope())
    assert (got.total, got.cases) == (total, len(cases))
    for name, numbers in expected.items():
        assert getattr(got, name) == numbers, name
    assert sum(got.month.values()) == total
    whole = {row.source: row for row in precisions(store, quality, Scope()) if not row.code}
    assert {source: row.decided for source, row in whole.items()} == decided
    assert {s: row.confirmed + row.edited for s, row in whole.items()} == +right | {
        s: right[s] for s in decided
    }
    for name, numbers in expected.items():
        for value, number in numbers.items():
            assert sentences(store, quality, Scope(**{name: value})).total == number


def _words(number: int) -> list[dict[str, Any]]:
    """Evidence of its own, so that decisions are carried to the right finding."""
    quote = f"经审理查明，第{number + 1}起事实的数额为人民币六千八百元"
    return [{"role": "judgment", "quote": quote, "start": 1, "end": 1 + len(quote)}]


def test_a_number_leads_down_to_its_sentence(store: Store, office: tuple[Person, Person]) -> None:
    officer, quality = office
    case_id = case(store, officer, officer.unit, finding("CMP-006"), finding("DATE-004"))
    review.confirm(store, case_id, 2, "李敏")
    (found,) = sentences(store, quality, Scope(code="DATE-004")).sentences
    assert (found.case_id, found.number) == (case_id, 2)
    assert found.evidence["quote"] == "涉案手机价值人民币8600元（DATE-004）"
    assert sentences(store, officer, Scope()).total == 1, "his own case"
    stranger = person(store, f"外{officer.unit}", UserRole.quality, "案件管理部", "别院")
    assert sentences(store, stranger, Scope()).total == 0
    assert counts(store, stranger, Scope()).total == 0


def test_a_period_counts_the_days_of_decisions(store: Store, office: tuple[Person, Person]) -> None:
    officer, quality = office
    case_id = case(store, officer, officer.unit)
    review.confirm(store, case_id, 1, "李敏")
    day = sentences(store, quality, Scope()).sentences[0].decided_on
    rows = [
        (Scope(since=day, until=day), 1, "the day itself, both ends"),
        (Scope(month=day[:7]), 1, "its month"),
        (Scope(since="2999-01-01"), 0, "later"),
        (Scope(until="2000-01-01"), 0, "earlier"),
    ]
    for scope, number, why in rows:
        assert counts(store, quality, scope).total == number, why


def test_inconsistencies_by_the_types_of_the_table(
    store: Store, office: tuple[Person, Person]
) -> None:
    officer, quality = office
    case_id = case(
        store,
        officer,
        officer.unit,
        finding("CMP-006", message="起诉指控盗窃罪，判决认定为诈骗罪。"),
        finding("CMP-015", message="判决的刑种与量刑建议不同。"),
        finding("CMP-015", message="判决的刑期低于量刑建议两个月。", evidence=_words(1)),
        finding("CMP-024", message="判决宣告无罪。"),
        finding("CMP-009", message="数额不一。"),
        finding("DATE-004", message="日期不一。"),
    )
    _decide(store, case_id, ["confirm", "confirm", "confirm", "confirm", "reject", "confirm"])
    got = inconsistencies(store, quality, Scope())
    assert got.counts == {"刑期": 1, "刑种": 1, "无罪": 1, "罪名": 1}
    assert {(row.type, row.number) for row in got.rows} == {
        ("罪名", 1), ("刑种", 2), ("刑期", 3), ("无罪", 4),
    }  # fmt: skip


def _opinion(name: str, main: str, months: float | None, charge: str = "盗窃罪") -> dict[str, Any]:
    departure = {"main": main, "accessory": "adopted", "execution": "adopted", "months": months}
    return {"person": name, "charge": charge, "departure": departure}


def test_adoption_is_counted_in_signed_cases(store: Store, office: tuple[Person, Person]) -> None:
    officer, quality = office
    told = [
        _opinion("甲", "adopted", 0.0),
        _opinion("乙", "not_adopted", -2.0),
        _opinion("丙", "not_adopted", 4.0, "诈骗罪"),
        _opinion("丁", "not_mentioned", None),
        {"person": "戊", "charge": "盗窃罪", "departure": None},
    ]
    case_id = case(store, officer, officer.unit, sentencing=told)
    assert adoptions(store, quality, Scope())[0].recommended == 0, "not signed yet"
    review.confirm(store, case_id, 1, "李敏")
    review.sign(store, case_id, "李敏")
    whole, theft, fraud = adoptions(store, quality, Scope())
    assert (whole.recommended, whole.adopted, whole.below, whole.above) == (3, 1, 1, 1)
    assert whole.deviation == 3.0
    assert (theft.charge, theft.rate, theft.deviation) == ("盗窃罪", 0.5, 2.0)
    assert (fraud.charge, fraud.adopted) == ("诈骗罪", 0)


def test_the_monthly_report_says_the_numbers_and_names_nobody(
    store: Store, office: tuple[Person, Person]
) -> None:
    officer, quality = office
    case_id = case(store, officer, officer.unit, finding("CMP-006"), finding("DATE-004"))
    _decide(store, case_id, ["confirm", "reject"])
    month = sentences(store, quality, Scope()).sentences[0].decided_on[:7]
    document = Document(io.BytesIO(drawn(build_monthly(store, quality, month), ".docx")))
    text = "\n".join(p.text for p in document.paragraphs)
    assert "本月经人确认的问题 1 项，涉及 1 件案件，增加" not in text
    assert "本月经人确认的问题 1 项，涉及 1 件案件，较上月增加 1 项" in text
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert any(cell.startswith("CMP-006") for cell in cells)
    assert "第一检察部" in cells
    assert not any(officer.name in told for told in [text, *cells])
    with pytest.raises(ValueError, match="month"):
        build_monthly(store, quality, "2026-13")
