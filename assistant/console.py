"""What the command line shows: progress, findings and paths. Everything on standard error
but the result itself, so that `--json -` can be piped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from assistant.casefile import ROLE_NAMES
from assistant.findings import DIMENSION_NAMES, SEVERITY_NAMES, STATUS_NAMES
from assistant.grading import GRADE_NAMES
from assistant.intake import Progress as Callback
from assistant.unchecked import nothing_found

notes = Console(stderr=True, highlight=False)
SEVERITY_STYLE = {"serious": "bold red", "moderate": "yellow", "minor": "cyan"}
QUOTE_LENGTH = 60


@contextmanager
def progress_bar(at_once: bool = True) -> Iterator[Callback]:
    """A bar for steps with a count, a spinner for those without.

    Shown `at_once`, or from the first step on: its own thread stands in the way of workers
    that start as copies of this process.
    """
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=notes, transient=True)
    task = bar.add_task("准备", total=None)

    def show(what: str, done: int, total: int) -> None:
        bar.start()
        bar.update(task, description=what, completed=done, total=total or None)

    try:
        if at_once:
            bar.start()
        yield show
    finally:
        bar.stop()


def _shorten(text: str) -> str:
    return text if len(text) <= QUOTE_LENGTH else text[: QUOTE_LENGTH - 1] + "…"


def _place(evidence: dict[str, Any]) -> str:
    page = f"第{evidence['page']}页" if evidence.get("page") else ""
    return f"{ROLE_NAMES[evidence['role']]}{page}：“{_shorten(evidence['quote'])}”"


def show_result(result: dict[str, Any], console: Console | None = None) -> None:
    """Documents, findings worst first, and what could not be checked."""
    console = console or Console(highlight=False)
    for document in result["documents"]:
        pages = f"，{document['pages']} 页" if document["pages"] else ""
        failed = document["pages_failed"]
        lost = f"，[bold red]第 {failed} 页未能读取[/]" if failed else ""
        console.print(
            f"{ROLE_NAMES[document['role']]}  {document['number'] or '无文号'}{pages}{lost}"
        )
    console.print()
    for number, finding in enumerate(result["findings"], 1):
        severity = finding["severity"]
        head = Text(f"{number:>2}. ")
        head.append(f"【{SEVERITY_NAMES[severity]}】", SEVERITY_STYLE[severity])
        head.append(f"{finding['title']}", "bold")
        source = "规则" if finding["source"] == "rule" else "模型"
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
    if not result["findings"]:
        console.print(nothing_found(result) + "\n")
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
