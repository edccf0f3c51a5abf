"""`assistant kb`: tables checked, an article on a day, changes between two versions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli_kb import app
from ingestion.errors import InputError

run = CliRunner()


def test_validate_says_how_many_figures_are_unverified() -> None:
    result = run.invoke(app, ["validate"])
    assert result.exit_code == 0
    assert "规则表无问题" in result.output
    assert "尚待与官方文本核对" in result.output


@pytest.mark.parametrize("number", ["303", "第三百零三条", "三百零三"])
def test_article_in_figures_or_characters(number: str) -> None:
    result = run.invoke(app, ["article", "刑法", number, "--on", "2014-05-01"])
    assert result.exit_code == 0
    assert "第三百零三条（2014-05-01）：施行中" in result.output
    assert "第二款　开设赌场的" in result.output


@pytest.mark.parametrize("number", ["133之1", "133-1", "第一百三十三条之一"])
def test_inserted_article_before_its_day(number: str) -> None:
    result = run.invoke(app, ["article", "刑法", number, "--on", "2011-04-30"])
    assert "第一百三十三条之一（2011-04-30）：当日尚未施行" in result.output


def test_article_as_json() -> None:
    result = run.invoke(app, ["article", "刑诉法", "172", "--on", "2018-06-01", "--json", "-"])
    told = json.loads(result.output)
    assert told["status"] == "in_force"
    assert "起诉决定" in told["text"]
    assert told["note"] == "2018年文本中为第一百七十六条。"


@pytest.mark.parametrize(
    "arguments",
    [
        ["article", "刑法", "某条"],  # no number
        ["article", "刑法", "264", "--on", "去年"],  # no date
        ["diff", "没有这个版本", "没有这个版本"],
    ],
)
def test_bad_input_is_one_clear_sentence(arguments: list[str]) -> None:
    result = run.invoke(app, arguments)
    assert isinstance(result.exception, InputError)
    assert "“" in str(result.exception)


def test_diff_of_two_folders(tmp_path: Path) -> None:
    text = (
        "table: drugs\nversion: 1\nrows:\n  - {name: 某药, names: [某药], fairly: 1, large: %s}\n"
    )
    for name, large in (("old", 5), ("new", 10)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "drugs.yaml").write_text(text % large, "utf-8")
    result = run.invoke(app, ["diff", str(tmp_path / "old"), str(tmp_path / "new")])
    assert result.output == "【毒品数量表】某药：数量大（克）由“5”改为“10”。\n"
    same = run.invoke(app, ["diff", str(tmp_path / "old"), str(tmp_path / "old")])
    assert "没有不同" in same.output
