"""`assistant checks list|show|test`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.checks import gold
from assistant.cli import app
from ingestion.errors import InputError

runner = CliRunner()


def _listed(*options: str) -> list[dict[str, Any]]:
    result = runner.invoke(app, ["checks", "list", "--json", "-", *options])
    assert result.exit_code == 0, result.output
    listed: list[dict[str, Any]] = json.loads(result.stdout)["checks"]
    return listed


@pytest.fixture(autouse=True)
def _home(settings_home: Path) -> None:
    """No test reads the decisions of whoever runs it."""


def test_all_codes_are_listed_and_what_is_not_on_says_why() -> None:
    rows = _listed()
    assert len(rows) == 282
    assert all(row["why"] for row in rows if row["state"] != "on")


def test_the_list_is_narrowed() -> None:
    assert {row["code"][:4] for row in _listed("--family", "date")} == {"DATE"}
    assert all("plea" in row["documents"] for row in _listed("--document", "认罪认罚具结书"))
    assert {row["state"] for row in _listed("--state", "waiting")} == {"waiting"}


def test_an_office_sees_what_it_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "检查设置.yaml"
    settings.write_text("checks:\n  LANG-002: {on: false}\n  FMT-004: {severity: serious}\n")
    monkeypatch.setenv("ASSISTANT_CHECKS", str(settings))
    rows = {row["code"]: row for row in _listed()}
    assert (rows["LANG-002"]["state"], rows["LANG-002"]["why"]) == ("off", "本院设置为关闭")
    assert rows["FMT-004"]["severity"] == "serious"
    shown = runner.invoke(app, ["checks", "show", "LANG-002"])
    assert "关闭（本院设置为关闭）" in shown.output


def test_show_tells_law_and_both_examples() -> None:
    shown = runner.invoke(app, ["checks", "show", "sent-004"])
    assert shown.exit_code == 0
    for words in ("刑种期限非法", "第四十五条", "准确率", "应当指出", "不应指出", "施行"):
        assert words in shown.output
    waiting = runner.invoke(app, ["checks", "show", "REAS-001"])
    assert "未实现（" in waiting.output


def test_test_runs_the_gold_case_and_tells_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    good = runner.invoke(app, ["checks", "test", "date-016"])
    assert (good.exit_code, good.output) == (0, "DATE-016 通过\n")
    row = next(c for c in gold.cases() if c.code == "DATE-016")
    monkeypatch.setattr(gold, "cases", lambda: (row.model_copy(update={"speaks": {}}),))
    bad = runner.invoke(app, ["checks", "test", "DATE-016"])
    assert (bad.exit_code, bad.output) == (1, "DATE-016 在有误的样例上没有提出问题\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["show", "ABC-001"], "没有“ABC-001”这项检查"),
        (["test", "ABC-001"], "没有样例"),
        (["list", "--document", "民事判决书"], "没有“民事判决书”这种文书"),
        (["list", "--state", "maybe"], "请写 on"),
    ],
)
def test_what_does_not_exist_is_said(words: list[str], sentence: str) -> None:
    result = runner.invoke(app, ["checks", *words])
    assert isinstance(result.exception, InputError)
    assert sentence in str(result.exception)
