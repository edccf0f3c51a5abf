"""Batch work survives being killed and gives the same bytes as an undisturbed run."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from samples import INDICTMENT, JUDGMENT

from assistant import batch
from ingestion.errors import InputError

NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"


def _make_cases(folder: Path, count: int = 20) -> None:
    """Cases that differ by name, and every third one by a planted wrong end of probation."""
    for number, surname in enumerate(NAMES[:count]):
        case = folder / f"{number:02d}-{surname}"
        case.mkdir(parents=True)
        indictment = INDICTMENT.replace("罗庆生", surname + "庆生")
        judgment = JUDGMENT.replace("罗庆生", surname + "庆生")
        if number % 3 == 0:
            judgment = judgment.replace("缓刑二个月", "缓刑一年二个月")
        (case / "a.txt").write_text(indictment, encoding="utf-8")
        (case / "b.txt").write_text(judgment, encoding="utf-8")


def _outputs(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((out / "cases").glob("*.json"))} | {
        "summary": (out / "summary.json").read_bytes()
    }


@pytest.mark.slow
def test_killed_at_random_points_it_resumes_to_the_same_bytes(tmp_path: Path) -> None:
    cases, undisturbed, killed = tmp_path / "in", tmp_path / "a", tmp_path / "b"
    _make_cases(cases)
    batch.run(cases, undisturbed, model=False)
    command = [sys.executable, "-m", "assistant", "batch", str(cases), "--no-model"]
    command += ["--out", str(killed)]
    chance = random.Random(20)
    kills = 0
    for _ in range(30):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        started = len(list((killed / "cases").glob("*.json"))) if killed.exists() else 0
        # Wait until this run has written something, so that each kill falls into the work.
        while process.poll() is None:
            written = len(list((killed / "cases").glob("*.json"))) if killed.exists() else 0
            if written > started:
                break
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.15))
        if process.poll() is not None:
            break
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        kills += 1
    else:
        pytest.fail("the batch never finished")
    assert kills >= 2
    assert _outputs(killed) == _outputs(undisturbed)
    rows = [json.loads(line) for line in (killed / "timing.jsonl").read_text().splitlines()]
    # A case may be judged twice when the kill fell between its result and its log line.
    assert len({row["case"] for row in rows}) >= 20 - kills


def test_a_finished_case_is_not_done_again_unless_its_files_change(tmp_path: Path) -> None:
    cases, out = tmp_path / "in", tmp_path / "out"
    _make_cases(cases, 2)
    batch.run(cases, out, model=False)
    before = {p.name: p.stat().st_mtime_ns for p in (out / "cases").iterdir()}
    batch.run(cases, out, model=False)
    assert {p.name: p.stat().st_mtime_ns for p in (out / "cases").iterdir()} == before
    changed = cases / "00-赵" / "b.txt"
    changed.write_text(changed.read_text().replace("三千元", "四千元"), encoding="utf-8")
    batch.run(cases, out, model=False)
    after = {p.name: p.stat().st_mtime_ns for p in (out / "cases").iterdir()}
    assert after["00-赵.json"] != before["00-赵.json"]
    assert after["01-钱.json"] == before["01-钱.json"]


def test_a_case_that_cannot_be_read_is_reported_and_the_others_go_on(tmp_path: Path) -> None:
    cases, out = tmp_path / "in", tmp_path / "out"
    _make_cases(cases, 2)
    (cases / "00-赵" / "c.pdf").write_bytes(b"")
    (cases / "empty").mkdir()
    summary = batch.run(cases, out, model=False)
    errors = {row["case"]: row["error"] for row in summary["cases"]}
    assert "c.pdf" in errors["00-赵"]
    assert errors["01-钱"] is None
    assert "没有可检查的文书" in errors["empty"]


def test_two_processes_give_the_same_as_one(tmp_path: Path) -> None:
    cases = tmp_path / "in"
    _make_cases(cases, 4)
    batch.run(cases, tmp_path / "one", model=False)
    batch.run(cases, tmp_path / "two", model=False, jobs=2)
    assert _outputs(tmp_path / "one") == _outputs(tmp_path / "two")


def test_a_folder_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有案件子文件夹"):
        batch.run(tmp_path, tmp_path / "out", model=False)
