"""`assistant audit verify`: exit 1 where the history was touched."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated

import typer

from assistant.audit.verify import verify
from assistant.files import write_json
from assistant.settings import load
from assistant.storage import StoreError, open_store

app = typer.Typer(help="审计记录", no_args_is_help=True)


@app.callback()
def audit() -> None:
    """审计记录。"""


@app.command("verify")
def verify_command(
    json: Annotated[
        str | None, typer.Option("--json", metavar="PATH|-", help="把结果写成 JSON（- 为标准输出）")
    ] = None,
) -> None:
    """核验审计记录是否完整、未被改动；有问题时退出码为 1。"""
    try:
        with open_store(load()) as store:
            problems = verify(store)
            last = store.audit_head()
    except StoreError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(2) from error
    if json:
        write_json(
            json,
            {
                "ok": not problems,
                "events": last.seq,
                "head": last.hash,
                "problems": [asdict(p) for p in problems],
            },
        )
    if json != "-":
        for problem in problems:
            typer.echo(problem.message)
        verdict = "未发现改动" if not problems else f"发现 {len(problems)} 处问题"
        typer.echo(f"审计记录 {last.seq} 条，{verdict}。末条哈希 {last.hash}")
    raise typer.Exit(1 if problems else 0)
