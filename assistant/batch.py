"""Many cases, one after the other or side by side; killed at any point it resumes.

Each immediate subfolder of the input is one case; its files are recognised by content,
whatever their names. Each case's result is one file, written whole or not at all and
stamped with what it was made from; a case whose stamp still fits is not done again.
Results carry no clock times, so that a resumed run gives the same bytes as an
undisturbed one; the seconds go to `timing.jsonl`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.analysis import Clock, analyse_case
from assistant.casefile import CaseFile
from assistant.checks.standing import fingerprint
from assistant.files import to_json, write_atomic
from assistant.intake import Progress, recognise
from assistant.office import office_standings
from assistant.settings import load
from assistant.versions import stamp
from ingestion.errors import InputError, NotFound, WrongDocument
from ingestion.parallel import Crash, Spread


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith("."))


def _read_folder(files: list[Path]) -> CaseFile:
    """All documents of one case folder by what they are.

    Raises WrongDocument for two documents of one kind and for a folder without any.
    """
    case = recognise((None, path) for path in files)
    if not case.documents:
        raise WrongDocument("文件夹里没有可检查的文书。")
    return case


@dataclass(frozen=True)
class _Task:
    name: str
    folder: Path
    target: Path
    mark: str
    model: bool


def _do_case(task: _Task) -> dict[str, Any]:
    """Judge one case folder and write its result. Returns the row for the timing log."""
    clock = Clock()
    content: dict[str, Any] = {"case": task.name, "stamp": task.mark}
    try:
        with clock.step("read"):
            case = _read_folder(_files(task.folder))
        result = analyse_case(case, model=task.model, clock=clock)
        seconds = result["timing"]
        content |= {"error": None, "result": {**result, "timing": {}}}
    except InputError as error:
        seconds = clock.total()
        content |= {"error": str(error), "result": None}
    write_atomic(task.target, to_json(content).encode())
    return {"case": task.name, "seconds": seconds}


def _done(target: Path, mark: str) -> bool:
    try:
        return bool(json.loads(target.read_text(encoding="utf-8"))["stamp"] == mark)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _results(work: list[_Task], jobs: int) -> Iterator[dict[str, Any]]:
    if jobs == 1:
        yield from map(_do_case, work)
        return
    with closing(Spread(_do_case, work, jobs=jobs)) as results:
        for task, result in zip(work, results, strict=True):
            if isinstance(result, Crash):
                # Not stamped: the next run tries the case again.
                error = "检查该案件的进程意外中止，请再次运行。"
                content = {"case": task.name, "stamp": None, "error": error, "result": None}
                write_atomic(task.target, to_json(content).encode())
                result = {"case": task.name, "seconds": {}}
            yield result


def run(
    folder: Path,
    out: Path,
    *,
    jobs: int = 1,
    model: bool = True,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Judge every case folder in `folder`; results as `out/cases/<name>.json`.

    Returns and writes (`out/summary.json`) {cases: [{case, error, findings: {severity: n}}]}.
    Raises InputError where `folder` is no folder or holds no case folder.
    """
    if not folder.is_dir():
        raise NotFound(f"“{folder}”不是文件夹，请给出存放案件的文件夹。")
    cases = sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))
    if not cases:
        raise InputError(f"“{folder.name}”里没有案件子文件夹，每个案件应放在自己的子文件夹中。")
    work = []
    checks = fingerprint(office_standings(load()))
    for case in cases:
        target = out / "cases" / f"{case.name}.json"
        mark = stamp(_files(case), model, checks)
        if not _done(target, mark):
            work.append(_Task(case.name, case, target, mark, model))
    finished = len(cases) - len(work)
    out.mkdir(parents=True, exist_ok=True)
    with (out / "timing.jsonl").open("a", encoding="utf-8") as log:
        for row in _results(work, jobs):
            finished += 1
            log.write(json.dumps(row, ensure_ascii=False) + "\n")
            log.flush()
            if progress:
                progress(f"已完成 {finished}/{len(cases)} 件", finished, len(cases))
    summary = {"cases": [_summary_row(out / "cases" / f"{c.name}.json") for c in cases]}
    write_atomic(out / "summary.json", to_json(summary).encode())
    return summary


def _summary_row(target: Path) -> dict[str, Any]:
    content = json.loads(target.read_text(encoding="utf-8"))
    counts = {"serious": 0, "moderate": 0, "minor": 0}
    for finding in (content["result"] or {"findings": []})["findings"]:
        counts[finding["severity"]] += 1
    return {"case": content["case"], "error": content["error"], "findings": counts}


def describe(summary: dict[str, Any]) -> Iterator[str]:
    """One line a case, for the terminal."""
    for row in summary["cases"]:
        if row["error"]:
            yield f"{row['case']}：未能检查，{row['error']}"
        else:
            counts = row["findings"]
            yield (
                f"{row['case']}：严重 {counts['serious']}，"
                f"较重 {counts['moderate']}，轻微 {counts['minor']}"
            )
