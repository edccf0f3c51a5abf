"""The catalogue as a product: every code listed, every check with a gold case, office settings."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml
from alembic import command
from alembic.config import Config
from check_samples import INDICTMENT, case, changed
from results import evidence, finding, result, sha
from sqlalchemy import text

from assistant.checks import gold, registry
from assistant.checks.standing import Decided, Standing, fingerprint, standings
from assistant.office import office_standings
from assistant.review import confirm, reject
from assistant.settings import Settings, SettingsError
from assistant.storage import Store, open_store
from assistant.storage.decided import decided
from assistant.storage.engine import open_engine, writing
from assistant.storage.migrate import MIGRATIONS
from knowledge_base import loader
from knowledge_base.catalogue import entries, planned, version
from knowledge_base.check_consequences import consequences
from knowledge_base.office_checks import OfficeCheck


class Switch(loader.Row):
    """A row that can be off."""

    key: str
    on: bool = True


WRONG = (("商铺内，趁", "商铺内，，趁"), ("〔2023〕118", "〔2021〕118"))


def test_all_282_codes_are_listed() -> None:
    assert Counter(row.form for row in planned().values()) == {"R": 160, "RM": 96, "M": 26}
    assert set(entries()) <= set(planned())


def test_every_check_has_a_gold_case() -> None:
    """One that must be silent and one that must speak; see docs/adding-a-check.md."""
    assert {case.code for case in gold.cases()} == set(registry.registered())


@pytest.mark.parametrize("row", gold.cases(), ids=lambda row: row.code)
def test_a_check_passes_its_gold_case(row: gold.GoldCase) -> None:
    assert gold.failures(row) == []


def test_a_gold_case_that_fails_says_how() -> None:
    row = next(c for c in gold.cases() if c.code == "LANG-002")
    nothing_wrong = row.model_copy(update={"speaks": {}})
    assert gold.failures(nothing_wrong) == ["在有误的样例上没有提出问题"]
    elsewhere = row.model_copy(update={"points_at": "别处的字"})
    assert "指向的原文不是" in gold.failures(elsewhere)[0]


def _codes(**office: OfficeCheck) -> list[str]:
    settled = {code.replace("_", "-"): row for code, row in office.items()}
    whole = case(changed(INDICTMENT, WRONG))
    return [f.code for f in registry.run(whole, standing=standings(settled))[0]]


def test_an_office_switches_checks_off_and_weighs_them() -> None:
    assert set(_codes()) == {"FMT-004", "LANG-002"}
    assert _codes(LANG_002=OfficeCheck(on=False)) == ["FMT-004"]
    whole = case(changed(INDICTMENT, WRONG))
    grave = standings({"FMT-004": OfficeCheck(severity="serious")})
    assert [f.severity for f in registry.run(whole, standing=grave)[0]] == ["serious", "minor"]


def test_documents_from_before_a_check_began_are_not_measured() -> None:
    assert "FMT-004" not in _codes(FMT_004=OfficeCheck(since=date(2023, 6, 13)))
    assert "FMT-004" in _codes(FMT_004=OfficeCheck(since=date(2023, 6, 12)))


def test_what_was_put_to_a_case_is_told() -> None:
    whole = case(INDICTMENT)
    assert "FMT-004" in registry.applied(whole)
    assert "CMP-001" not in registry.applied(whole)
    off = standings({"FMT-004": OfficeCheck(on=False)})
    assert "FMT-004" not in registry.applied(whole, off)


@pytest.mark.parametrize(
    ("decided", "office", "on", "why"),
    [
        (Decided(19, 0), OfficeCheck(), True, "too few decisions to count"),
        (Decided(20, 13), OfficeCheck(), False, "wrong seven times in twenty"),
        (Decided(20, 14), OfficeCheck(), True, "just good enough"),
        (Decided(20, 0), OfficeCheck(on=True), True, "the office wants it all the same"),
        (Decided(20, 20), OfficeCheck(on=False), False, "the office does not want it"),
    ],
)
def test_decisions_and_settings(decided: Decided, office: OfficeCheck, on: bool, why: str) -> None:
    here = standings({"FMT-004": office}, {"FMT-004": decided})["FMT-004"]
    assert here.on is on, why
    assert bool(here.why) is not on


def test_confidence_follows_the_offices_decisions() -> None:
    shipped, trusted, doubted = (
        standings(decided={"FMT-004": counts})["FMT-004"].confidence(0.8)
        for counts in (Decided(0, 0), Decided(40, 40), Decided(40, 30))
    )
    assert doubted < shipped < trusted <= 0.99


def test_results_name_the_offices_own_catalogue() -> None:
    assert fingerprint(standings()) == version()
    other = fingerprint(standings({"FMT-004": OfficeCheck(on=False)}))
    assert other.startswith(f"{version()}+本院")
    assert other == fingerprint(standings({"FMT-004": OfficeCheck(on=False)}))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("checks:\n  FMT-004: {on: false, severity: serious, since: 2024-01-01}\n", None),
        ("checks:\n  FMT-999: {on: false}\n", "没有已实现的检查“FMT-999”"),
        ("checks:\n  FMT-004: {severity: 很重}\n", "FMT-004的设置不合规"),
        ("checks:\n  FMT-004: 关\n", "FMT-004的设置不合规"),
        ("FMT-004: off\n", "无法读取"),
    ],
)
def test_the_offices_file(tmp_path: Path, content: str, message: str | None) -> None:
    path = tmp_path / "检查设置.yaml"
    path.write_text(content, encoding="utf-8")
    if message is None:
        assert Settings(checks=path).office_checks["FMT-004"].since == date(2024, 1, 1)
        return
    with pytest.raises(SettingsError, match=message):
        _ = Settings(checks=path).office_checks


def test_a_standing_measures_undated_documents() -> None:
    assert Standing(since=date(2024, 1, 1)).measures(None)


def _reviewed(store: Store, number: int, code: str, right: bool) -> None:
    given = result(finding(code, evidence=[evidence("judgment", f"第{number}件的原文")]))
    for document in given["documents"]:
        document["sha256"] = sha(f"{document['role']}{number}{code}")
    case_id = store.save_analysis(given, actor="李敏")
    if right:
        confirm(store, case_id, 1, "李敏")
    else:
        reject(store, case_id, 1, "李敏", "不属实")
    # A second look at the same case keeps the decision and must not count twice.
    store.save_analysis(given | {"comparison": None}, actor="李敏")


def test_twenty_decisions_of_the_office_switch_a_check_off(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert office_standings(settings)["FMT-004"].on
    with open_store(settings) as store:
        for number in range(20):
            _reviewed(store, number, "FMT-004", right=number < 10)
            _reviewed(store, number, "LAW-006", right=True)
    assert decided(settings) == {"FMT-004": Decided(20, 10), "LAW-006": Decided(20, 20)}
    here = office_standings(settings)
    assert (here["FMT-004"].on, here["LAW-006"].on) == (False, True)
    assert "本院20次决定中仅10次确认" in here["FMT-004"].why


def test_decisions_are_counted_from_before_codes_were_stored(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    engine = open_engine(settings.database)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO cases VALUES ('aaaaaaaa', 'k', '某案', 't')"))
        connection.execute(
            text("INSERT INTO analyses VALUES (1, 'aaaaaaaa', 1, 't', '李敏', 'c', 'h', :result)"),
            {"result": json.dumps(result(finding("LAW-006"), finding("FMT-004")))},
        )
        for number in (1, 2):
            connection.execute(
                text(
                    f"INSERT INTO findings VALUES ({number}, 1, {number}, 'f', '{{}}', 'draft', NULL)"
                )
            )
    engine.dispose()
    open_store(settings).close()
    with open_engine(settings.database).connect() as connection:
        codes = connection.execute(text("SELECT code FROM findings ORDER BY number")).scalars()
        assert list(codes) == ["LAW-006", "FMT-004"]


def test_what_follows_from_a_finding_is_not_said_beside_it() -> None:
    """The charge slips once: the articles and the words of the crime then cannot fit it."""
    slip = case(changed(INDICTMENT, (("应当以盗窃罪", "应当以抢夺罪"),)))
    alone = {f.code for f in registry.run(slip)[0]}
    assert "CHG-003" in alone
    assert not alone & {"LAW-004", "CHG-008"}
    article = case(changed(INDICTMENT, (("第二百六十四条", "第二百七十五条"),)))
    assert "LAW-004" in {f.code for f in registry.run(article)[0]}


def test_no_consequence_goes_round_in_a_circle() -> None:
    above = {code: {c for row in rows for c in row.of} for code, rows in consequences().items()}
    for code in above:
        seen, todo = set[str](), {code}
        while todo:
            todo = {c for one in todo for c in above.get(one, set())} - seen
            assert code not in todo
            seen |= todo


def test_a_row_may_switch_its_check_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare `on:` is a boolean to YAML 1.1, and a field to us."""
    row = yaml.safe_load("{key: a, on: false, source: 样例}")
    monkeypatch.setattr(loader, "raw", lambda name: {"rows": [row]})
    assert [one.on for one in loader.rows("sample", Switch)] == [False]
