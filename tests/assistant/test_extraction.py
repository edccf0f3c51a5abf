"""`assistant extract DIR`: every document, in order; stopped at any point, it resumes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from samples import CIVIL_JUDGMENT, INDICTMENT, JUDGMENT

from assistant import extraction
from assistant.cli import main


def _fill(folder: Path, copies: int = 1) -> None:
    folder.mkdir()
    for number in range(copies):
        (folder / f"{number:03}-判决书.txt").write_text(JUDGMENT, encoding="utf-8")
        (folder / f"{number:03}-起诉书.txt").write_text(INDICTMENT, encoding="utf-8")
    (folder / "民事.txt").write_text(CIVIL_JUDGMENT, encoding="utf-8")
    (folder / "案卡.json").write_text("{}")


def _outputs(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def _run(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.argv", ["assistant", "extract", *arguments])
    with pytest.raises(SystemExit) as stop:
        main()
    return int(stop.value.code or 0)


@pytest.mark.timeout(120)
def test_one_line_of_json_each_and_every_failure_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _fill(tmp_path / "in")
    assert _run([str(tmp_path / "in"), "--jobs", "2"], monkeypatch) == 0
    shown = capsys.readouterr()
    lines = [json.loads(line) for line in shown.out.splitlines()]
    assert [line["file"] for line in lines] == ["000-判决书.txt", "000-起诉书.txt", "民事.txt"]
    assert [line["document"] and line["document"]["type"] for line in lines] == [
        "judgment",
        "indictment",
        None,
    ]
    assert "民事判决书" in lines[2]["error"]
    assert "读出 2 份，未能读取 1 份" in shown.err
    assert f"民事.txt：{lines[2]['error']}" in shown.err
    assert "案卡.json" in shown.err


@pytest.mark.timeout(120)
def test_written_results_are_those_of_one_file_and_are_not_made_again(tmp_path: Path) -> None:
    _fill(tmp_path / "in")
    out = tmp_path / "in" / "结果"
    summary = extraction.run(tmp_path / "in", out=out, jobs=1)
    first = _outputs(out)
    assert json.loads(first["summary.json"]) == summary
    assert [row["type"] for row in summary["files"]] == ["judgment", "indictment", None]
    assert summary["skipped"] == ["案卡.json"]
    times = {p: p.stat().st_mtime_ns for p in (out / "documents").iterdir()}
    lines: list[dict[str, Any]] = []
    again = extraction.run(
        tmp_path / "in", out=out, jobs=1, line=lambda text: lines.append(json.loads(text))
    )
    assert again == summary
    assert {p: p.stat().st_mtime_ns for p in (out / "documents").iterdir()} == times
    written = json.loads(first["documents/000-判决书.txt.json"])
    assert lines[0] == {key: written[key] for key in ("file", "document", "error")}


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_interrupted_it_stops_clean_and_resumes_to_the_same_bytes(tmp_path: Path) -> None:
    _fill(tmp_path / "in", copies=200)
    extraction.run(tmp_path / "in", out=tmp_path / "whole", jobs=1)
    out, lines = tmp_path / "out", tmp_path / "lines.jsonl"
    command = [sys.executable, "-m", "assistant", "extract", str(tmp_path / "in"), "--jobs", "2"]
    command += ["--out", str(out), "--json", str(lines)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # started in the background, a shell's children are deaf to Ctrl-C
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    while process.poll() is None and not list(out.rglob("*.json")):
        time.sleep(0.01)
    # As a terminal does it: to every process of the group.
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "已停止" in errors.decode()
    assert "Traceback" not in errors.decode()
    done = _outputs(out)
    assert 0 < len(done) < 402
    assert all(name.endswith(".json") and json.loads(text) for name, text in done.items())
    assert not lines.exists()
    assert not list(tmp_path.rglob("*.part"))
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    assert _outputs(out) == _outputs(tmp_path / "whole")
    assert len(lines.read_text(encoding="utf-8").splitlines()) == 401


def test_out_and_jobs_are_for_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "判决书.txt"
    file.write_text(JUDGMENT, encoding="utf-8")
    assert _run([str(file), "--out", str(tmp_path / "out")], monkeypatch) == 2
    assert "只用于文件夹" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_empty_folder_is_refused_and_nothing_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    target = tmp_path / "lines.jsonl"
    assert _run([str(tmp_path / "in"), "--json", str(target)], monkeypatch) == 2
    assert "没有可读取的文书" in capsys.readouterr().err
    assert not target.exists()
