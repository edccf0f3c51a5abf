"""Fields of every document below a folder: one JSON each, or one line each; stopped, it resumes.

Written results are stamped with what they were made from, as those of `assistant batch`
are; a document whose stamp still fits is not read again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.files import to_json, write_atomic
from assistant.intake import Progress, read_criminal
from assistant.versions import stamp
from ingestion.errors import InputError, ReaderFault
from ingestion.folder import attempt, crashed, documents_below, get_ready
from ingestion.output import document_json
from ingestion.parallel import Crash, Spread, sensible_jobs


@dataclass(frozen=True)
class _Task:
    """One file, its name in the results, and where its result is written, if anywhere."""

    path: Path
    name: str
    target: Path | None
    wanted: bool
    """Whether the result itself is asked for, not only its row in the summary."""


def _result(task: _Task, outcome: dict[str, Any] | InputError, mark: str | None) -> dict[str, Any]:
    failed = isinstance(outcome, InputError)
    return {
        "file": task.name,
        "stamp": mark,
        "document": None if failed else outcome,
        "error": str(outcome) if failed else None,
    }


def _written(target: Path, mark: str) -> dict[str, Any] | None:
    """The result that stands there, if it was made from what `mark` stands for."""
    try:
        content: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
        return content if content["stamp"] == mark else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _mark(path: Path) -> str | None:
    try:
        return stamp([path])
    except OSError:
        return None


def _extract(task: _Task) -> tuple[dict[str, Any], str | None]:
    """Read one file, or find its result already written: its row and, if wanted, its line."""
    mark = _mark(task.path) if task.target else None
    result = _written(task.target, mark) if task.target and mark else None
    if result is None:
        outcome = attempt(lambda path: document_json(read_criminal(path)), task.path)
        # A defect of ours may be mended by the next run: it is not marked as done.
        result = _result(task, outcome, None if isinstance(outcome, ReaderFault) else mark)
        if task.target:
            write_atomic(task.target, to_json(result).encode())
    return _shown(task, result)


def _shown(task: _Task, result: dict[str, Any]) -> tuple[dict[str, Any], str | None]:
    kind = result["document"]["type"] if result["document"] else None
    row = {"file": task.name, "type": kind, "error": result["error"]}
    shown = {key: result[key] for key in ("file", "document", "error")}
    return row, json.dumps(shown, ensure_ascii=False) + "\n" if task.wanted else None


def run(
    folder: Path,
    *,
    out: Path | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
    line: Callable[[str], object] | None = None,
) -> dict[str, Any]:
    """Extract every document below `folder`, in the order of the paths.

    Where `out` is given, each result is `out/documents/<path>.json` and the summary
    `out/summary.json`. Where `line` is given, it is called with each result
    {file, document, error} as one line of JSON. Returns the summary
    {files: [{file, type, error}], skipped: [names of no document]}.

    Raises InputError where `folder` is no folder or holds no document.
    """
    documents, others = documents_below(folder, leave_out=out)
    tasks = []
    for path in documents:
        name = path.relative_to(folder).as_posix()
        target = out / "documents" / f"{name}.json" if out else None
        tasks.append(_Task(path, name, target, wanted=line is not None))
    rows = []
    get_ready()
    with closing(Spread(_extract, tasks, jobs=jobs or sensible_jobs(len(tasks)))) as results:
        if progress:
            progress("读取文件夹", 0, len(tasks))
        for task, (row, shown) in zip(tasks, _mended(tasks, results), strict=True):
            rows.append(row)
            if line and shown:
                line(shown)
            if progress:
                progress(f"已读 {len(rows)}/{len(tasks)} 份：{task.name}", len(rows), len(tasks))
    skipped = [path.relative_to(folder).as_posix() for path in others]
    summary = {"files": rows, "skipped": skipped}
    if out:
        write_atomic(out / "summary.json", to_json(summary).encode())
    return summary


def _mended(
    tasks: list[_Task], results: Iterator[tuple[dict[str, Any], str | None] | Crash]
) -> Iterator[tuple[dict[str, Any], str | None]]:
    """The results, with a row (and a file, not marked as done) for what a worker died on."""
    for task, result in zip(tasks, results, strict=True):
        if not isinstance(result, Crash):
            yield result
            continue
        failed = _result(task, crashed(task.path), None)
        if task.target:
            write_atomic(task.target, to_json(failed).encode())
        yield _shown(task, failed)


def describe(summary: dict[str, Any]) -> Iterator[str]:
    """What became of the folder, for the terminal: the counts, then each file that failed."""
    failed = [row for row in summary["files"] if row["error"]]
    read = len(summary["files"]) - len(failed)
    yield f"共 {len(summary['files'])} 份文书：读出 {read} 份，未能读取 {len(failed)} 份。"
    for row in failed:
        yield f"{row['file']}：{row['error']}"
    if summary["skipped"]:
        names = "、".join(summary["skipped"])
        yield f"另有 {len(summary['skipped'])} 个文件不是文书，未读：{names}"
