"""`assistant kb`: the law and rule tables."""

from __future__ import annotations

import typer

from knowledge_base.validate import problems

app = typer.Typer(help="法律与规则表", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """法律与规则表。"""


@app.command()
def validate() -> None:
    """检查所有规则表：格式、来源、日期、引用的条文是否存在。"""
    found = problems()
    for problem in found:
        typer.echo(problem)
    if found:
        raise typer.Exit(1)
    typer.echo("规则表无问题。")
