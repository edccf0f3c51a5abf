"""The self-check record: what was checked and done, the same bytes for the same result."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from check_samples import INDICTMENT, changed
from docx import Document
from lxml import html
from typer.testing import CliRunner

from assistant import review
from assistant.analysis import analyse_file
from assistant.cli import app
from assistant.reports import write_selfcheck
from assistant.settings import Settings
from assistant.storage import open_store

SLIPS = (("商铺内，趁", "商铺内，，趁"), ("〔2023〕118", "〔2021〕118"))


def _result(folder: Path, name: str, text: str) -> dict[str, Any]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return analyse_file(path, model=False, settings=Settings(home=folder))


@pytest.fixture
def drafts(tmp_path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The result of a first draft with two slips, and of the second with one left."""
    first = _result(tmp_path, "初稿.txt", changed(INDICTMENT, SLIPS))
    return first, _result(tmp_path, "定稿.txt", changed(INDICTMENT, SLIPS[1:]))


def _words(path: Path) -> str:
    content = path.read_bytes()
    if path.suffix == ".html":
        text = str(html.fromstring(content.decode()).find("body").text_content())
    elif path.suffix == ".pdf":
        with pymupdf.open(stream=content, filetype="pdf") as document:
            text = "".join(page.get_text() for page in document)
    else:
        body = Document(io.BytesIO(content)).element.body
        text = "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))
    return "".join(text.split())


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html"])
def test_the_record_says_what_was_done(
    tmp_path: Path, drafts: tuple[dict[str, Any], dict[str, Any]], suffix: str
) -> None:
    first, second = drafts
    target = tmp_path / f"自查记录{suffix}"
    write_selfcheck(second, target, first)
    text = _words(target)
    wanted = [
        "文书自查记录",
        "定稿.txt",
        second["documents"][0]["sha256"][:16],
        f"本次共检查{len(second['checked'])}项",
        "标点“，，”标点重复或者连用不当。本稿已无",
        "本稿仍有，见下",
        "FMT-004文号年份2021与落款年份2023不一致",
        "待处理",
        second["versions"]["rules"],
        second["versions"]["checks"],
        "承办检察官",
    ]
    assert [words for words in wanted if words not in text] == []


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html", ".json"])
def test_the_same_result_gives_the_same_bytes(
    tmp_path: Path,
    drafts: tuple[dict[str, Any], dict[str, Any]],
    suffix: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_selfcheck(drafts[1], tmp_path / f"a{suffix}")
    # Another day, another zone; the same draft checked again.
    monkeypatch.setattr("time.time", lambda: 1_900_000_000.0)
    monkeypatch.setenv("TZ", "America/Lima")
    again = _result(tmp_path, "定稿.txt", changed(INDICTMENT, SLIPS[1:]))
    write_selfcheck(again, tmp_path / f"b{suffix}")
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_no_part_of_the_docx_has_a_time(
    tmp_path: Path, drafts: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    write_selfcheck(drafts[1], tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "a.docx") as packed:
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_decisions_of_people_stand_in_the_record(
    tmp_path: Path, drafts: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    with open_store(Settings(home=tmp_path)) as store:
        case_id = store.save_analysis(drafts[0], actor="李敏")
        review.confirm(store, case_id, 1, "李敏")
        review.reject(store, case_id, 2, "李敏", "系引用原文")
        write_selfcheck(store.result(case_id), tmp_path / "a.html")
    text = _words(tmp_path / "a.html")
    assert "确认属实：李敏于" in text
    assert "不采纳：李敏于" in text
    assert "系引用原文" in text


def test_check_writes_the_record_and_refuses_what_is_no_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    draft = tmp_path / "起诉书.txt"
    draft.write_text(INDICTMENT, encoding="utf-8")
    record, result = tmp_path / "自查.html", tmp_path / "r.json"
    runner = CliRunner()
    given = ["check", str(draft), "--no-model", "--report", str(record), "--json", str(result)]
    assert runner.invoke(app, given).exit_code == 0
    assert "未发现问题" in _words(record)
    assert json.loads(result.read_text("utf-8"))["checked"]
    bad = runner.invoke(app, [*given, "--earlier", str(draft)])
    assert "不是检查结果" in str(bad.exception)
