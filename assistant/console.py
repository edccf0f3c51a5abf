"""What the command line shows: progress, findings and paths. Everything on standard error
but the result itself, so that `--json -` can be piped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from assistant.casefile import ROLE_NAMES
from assistant.findings import DIMENSION_NAMES, SEVERITY_NAMES, SOURCE_NAMES, STATUS_NAMES
from assistant.grading import GRADE_NAMES
from assistant.unchecked import nothing_found

notes = Console(stderr=True, highlight=False)
SEVERITY_STYLE = {"serious": "bold red", "moderate": "yellow", "minor": "cyan"}
QUOTE_LENGTH = 60


class Bar:
    """The callback for progress; `pause` clears the line for a while, for other output."""

    def __init__(self, bar: Progress, task: TaskID) -> None:
        self._bar, self._task = bar, task

    def __call__(self, what: str, done: int, total: int) -> None:
        self._bar.start()
        self._bar.update(self._task, description=what, completed=done, total=total or None)

    def pause(self) -> None:
        self._bar.stop()


@contextmanager
def progress_bar(at_once: bool = True) -> Iterator[Bar]:
    """A bar for steps with a count, a spinner for those without.

    Shown `at_once`, or from the first step on: its own thread stands in the way of workers
    that start as copies of this process.
    """
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=notes, transient=True)
    task = bar.add_task("准备", total=None)
    try:
        if at_once:
            bar.start()
        yield Bar(bar, task)
    finally:
        bar.stop()


def _shorten(text: str) -> str:
    return text if len(text) <= QUOTE_LENGTH else text[: QUOTE_LENGTH - 1] + "…"


def _place(evidence: dict[str, Any]) -> str:
    page = f"第{evidence['page']}页" if evidence.get("page") else ""
    return f"{ROLE_NAMES[evidence['role']]}{page}：“{_shorten(evidence['quote'])}”"


def _show_documents(result: dict[str, Any], console: Console) -> None:
    for document in result["documents"]:
        pages = f"，{document['pages']} 页" if document["pages"] else ""
        failed = document["pages_failed"]
        lost = f"，[bold red]第 {failed} 页未能读取[/]" if failed else ""
        console.print(
            f"{ROLE_NAMES[document['role']]}  {document['number'] or '无文号'}{pages}{lost}"
        )
    console.print()


def _show_finding(finding: dict[str, Any], mark: str, console: Console) -> None:
    severity = finding["severity"]
    head = Text(mark)
    head.append(f"【{SEVERITY_NAMES[severity]}】", SEVERITY_STYLE[severity])
    head.append(f"{finding['title']}", "bold")
    source = SOURCE_NAMES[finding["source"]]
    head.append(
        f"  {finding['code']} · {DIMENSION_NAMES[finding['dimension']]} · {source}"
        f" · 把握 {finding['confidence']:.0%} · {STATUS_NAMES[finding['status']]}",
        "dim",
    )
    # Chinese has no blanks to break at: the terminal wraps better than rich does.
    console.print(head, soft_wrap=True)
    console.print(Text(f"    {finding['message']}"), soft_wrap=True)
    for evidence in finding["evidence"]:
        console.print(Text(f"    · {_place(evidence)}", "dim"), soft_wrap=True)
    if finding["suggestion"]:
        console.print(Text(f"    建议：{finding['suggestion']}", "green"), soft_wrap=True)
    console.print()


def _show_end(result: dict[str, Any], console: Console) -> None:
    if result["not_checked"]:
        table = Table(title=f"未查清单（{len(result['not_checked'])} 项）", title_justify="left")
        table.add_column("检查项")
        table.add_column("原因")
        for row in result["not_checked"]:
            table.add_row(row["code"], row["reason"])
        console.print(table)
    grade = result["grade"] or {}
    name = GRADE_NAMES[grade["suggested"]] if grade.get("suggested") else "暂不建议"
    console.print(f"参考等次：{name}（{'；'.join(grade.get('reasons', []))}）")


def show_result(result: dict[str, Any], console: Console | None = None) -> None:
    """Documents, findings worst first, and what could not be checked."""
    console = console or Console(highlight=False)
    _show_documents(result, console)
    for number, finding in enumerate(result["findings"], 1):
        _show_finding(finding, f"{number:>2}. ", console)
    if not result["findings"]:
        console.print(nothing_found(result) + "\n")
    _show_end(result, console)


class Stream:
    """Prints a result while it grows: what rules found at once, then each finding of the model.

    The findings carry no numbers: theirs are known only when all are there and in order.
    """

    def __init__(self, bar: Bar, console: Console | None = None) -> None:
        self._bar = bar
        self._console = console or Console(highlight=False)
        self._told: set[tuple[str, ...]] = set()
        self._began = False

    def __call__(self, result: dict[str, Any]) -> None:
        """Print what was not printed before. A finding that was only reworded was."""
        self._bar.pause()
        if not self._began:
            self._began = True
            _show_documents(result, self._console)
            n = len(result["findings"])
            self._console.print(f"规则发现 {n} 项，模型的评析随后逐条列出：\n")
        for finding in result["findings"]:
            places = [f"{e['role']}:{e['start']}:{e['end']}" for e in finding["evidence"]]
            key = (finding["code"], finding["source"], *places)
            if key not in self._told:
                self._told.add(key)
                _show_finding(finding, "·", self._console)

    def end(self, result: dict[str, Any]) -> None:
        """The rest of the finished result."""
        self(result)
        by_model = sum(f["source"] == "model" for f in result["findings"])
        self._console.print(f"共 {len(result['findings'])} 项，其中模型提出 {by_model} 项。\n")
        _show_end(result, self._console)
