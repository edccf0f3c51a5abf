"""`assistant review list` and `assistant review CASE`: decide findings and sign.

Without an option that decides, CASE is reviewed at the terminal; with them, all are done in
one transaction: confirm, edit, reject, reopen, then sign.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from typer.core import TyperGroup

from assistant.files import write_json
from assistant.findings import STATUS_NAMES, Severity
from assistant.reports import ReportError, write_notice, write_report, write_selfcheck
from assistant.review import (
    Act,
    Confirm,
    Edit,
    Reject,
    Reopen,
    ReviewRefused,
    Sign,
    check_actor,
    perform,
)
from assistant.review.terminal import review_case
from assistant.settings import SettingsError, load
from assistant.storage import Store, StoreError, open_store
from assistant.storage.records import STAGE_NAMES

CASE_COMMAND = "case"


class CaseFirst(TyperGroup):
    """`review X` means `review case X` unless X is a command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            args = [CASE_COMMAND, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=CaseFirst,
    help="逐条确认、修改、驳回问题并签署：assistant review list | 案件编号",
    no_args_is_help=True,
)
Json = Annotated[
    str | None, typer.Option("--json", metavar="PATH|-", help="把结果写成 JSON（- 为标准输出）")
]
Numbers = list[int] | None


@contextmanager
def _store() -> Iterator[Store]:
    """The store; refusals become one line and exit code 2."""
    try:
        with open_store(load()) as store:
            yield store
    except (StoreError, ReviewRefused, ReportError, SettingsError) as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(2) from error


@app.command("list")
def list_cases(json: Json = None) -> None:
    """列出全部案件。"""
    with _store() as store:
        cases = store.cases()
    if json:
        write_json(json, {"cases": [asdict(case) for case in cases]})
    if json == "-":
        return
    table = Table()
    for name in ("编号", "案件", "版次", "问题", "签署"):
        table.add_column(name, no_wrap=name == "编号")
    for case in cases:
        counts = "，".join(f"{STATUS_NAMES[s]} {n}" for s, n in case.counts.items())
        signed = [f"{given.actor}（{STAGE_NAMES[given.stage]}）" for given in case.signatures]
        table.add_row(
            case.id, case.title, str(case.version), counts or "无", "，".join(signed) or "—"
        )
    Console(highlight=False).print(table if cases else "还没有案件。")


@app.command(CASE_COMMAND, hidden=True)
def review(
    case: Annotated[str, typer.Argument(help="案件编号（见 assistant review list）")],
    confirm: Annotated[Numbers, typer.Option("--confirm", help="确认第 N 项，可多次")] = None,
    edit: Annotated[int | None, typer.Option("--edit", help="修改第 N 项")] = None,
    message: Annotated[str | None, typer.Option(help="修改后的问题")] = None,
    suggestion: Annotated[str | None, typer.Option(help="修改后的建议")] = None,
    severity: Annotated[Severity | None, typer.Option(help="修改后的严重程度")] = None,
    reject: Annotated[Numbers, typer.Option("--reject", help="驳回第 N 项，可多次")] = None,
    reopen: Annotated[Numbers, typer.Option("--reopen", help="撤回第 N 项的决定")] = None,
    reason: Annotated[str, typer.Option(help="理由（驳回、撤回、改变严重程度时必填）")] = "",
    sign: Annotated[bool, typer.Option("--sign", help="签署")] = False,
    actor: Annotated[str, typer.Option(help="操作人姓名；默认为登录名")] = "",
    json: Json = None,
    report: Annotated[
        Path | None, typer.Option(help="另存评查报告（.docx、.pdf、.html 或 .json）")
    ] = None,
    notice: Annotated[
        Path | None, typer.Option(help="另存流程监控通知书草稿（.docx、.pdf、.html 或 .json）")
    ] = None,
    record: Annotated[Path | None, typer.Option(help="另存自查记录（格式同上）")] = None,
) -> None:
    """逐条决定一个案件的问题。"""
    acts: list[Act] = [Confirm(n) for n in confirm or []]
    if edit is not None:
        acts.append(Edit(edit, message, suggestion, severity, reason))
    acts += [Reject(n, reason) for n in reject or []]
    acts += [Reopen(n, reason) for n in reopen or []]
    acts += [Sign()] if sign else []
    with _store() as store:
        name = check_actor(actor or getpass.getuser())
        if acts:
            perform(store, case, acts, actor=name)
        elif not (json or report or notice or record):
            console = Console(highlight=False)
            review_case(
                store, case, actor=name, console=console, ask=lambda text: _ask(console, text)
            )
        result = store.result(case)
        if report:
            write_report(result, report)
        if notice:
            write_notice(result, notice)
        if record:
            write_selfcheck(result, record)
    if json:
        write_json(json, result)


def _ask(console: Console, prompt: str) -> str:
    """One line from the person; the end of input is a wish to leave."""
    try:
        return console.input(f"{prompt} > ", markup=False)
    except EOFError:
        return "q"
