"""`assistant checks`: the catalogue of checks, as it stands in this office."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.casefile import ROLE_NAMES
from assistant.checks import catalogue, gold
from assistant.checks.catalogue import FORM_NAMES, STATE_NAMES
from assistant.console import SEVERITY_STYLE
from assistant.files import write_json
from assistant.findings import SEVERITY_NAMES
from assistant.settings import load
from ingestion.errors import InputError

app = typer.Typer(help="检查目录：列出、查看、试验各项检查", no_args_is_help=True)
Json = Annotated[
    str | None, typer.Option("--json", metavar="PATH|-", help="把结果写成 JSON（- 为标准输出）")
]


@app.command("list")
def list_checks(
    family: Annotated[str | None, typer.Option(help="只列一族，如 DATE")] = None,
    document: Annotated[str | None, typer.Option(help="只列一种文书的检查，如 起诉书")] = None,
    state: Annotated[
        str | None,
        typer.Option(
            help="只列 on（启用）、off（关闭）、waiting（未实现）、elsewhere（另由程序给出）"
        ),
    ] = None,
    json: Json = None,
) -> None:
    """列出全部检查码：名称、文书、轻重、是否启用；未实现的说明在等什么。"""
    if state is not None and state not in STATE_NAMES:
        raise InputError("--state 请写 on、off、waiting 或 elsewhere。")
    roles = {name: role for role, name in ROLE_NAMES.items()}
    if document is not None and document not in roles:
        raise InputError(f"没有“{document}”这种文书，可写：{'、'.join(roles)}。")
    listed = [
        row
        for row in catalogue.listing(load())
        if (family is None or row["code"].startswith(f"{family.upper()}-"))
        and (document is None or roles[document] in row["documents"])
        and (state is None or row["state"] == state)
    ]
    if json:
        write_json(json, {"checks": listed})
    if json == "-":
        return
    console = Console(highlight=False)
    table = Table()
    for name in ("码", "名称", "文书", "方式", "轻重", "状态", "说明"):
        table.add_column(name, no_wrap=name in ("码", "轻重", "状态"), overflow="fold")
    for row in listed:
        severity = row["severity"]
        table.add_row(
            row["code"],
            row["name"],
            "、".join(ROLE_NAMES[role] for role in row["documents"]),
            FORM_NAMES[row["form"]],
            Text(SEVERITY_NAMES[severity], SEVERITY_STYLE[severity]) if severity else "—",
            STATE_NAMES[row["state"]],
            row["why"],
        )
    console.print(table)
    console.print(catalogue.counts(listed), soft_wrap=True)


@app.command()
def show(code: str, json: Json = None) -> None:
    """查看一项检查：文书、依据、用语、施行日、实测准确率和正反两例。"""
    told = catalogue.description(code.upper(), load())
    if told is None:
        raise InputError(f"没有“{code}”这项检查，全部检查码见 assistant checks list。")
    if json:
        write_json(json, told)
    if json == "-":
        return
    console = Console(highlight=False)
    for label, text in catalogue.lines(told):
        line = Text(f"{label}：", "bold") if label else Text("　　")
        line.append(text, "not bold")
        console.print(line, soft_wrap=True)


@app.command()
def test(code: Annotated[str, typer.Argument(help="检查码，或 all")]) -> None:
    """用正反样例试验一项检查（all 为全部）；有一例不符即退出码 1。"""
    wanted = [c for c in gold.cases() if code == "all" or c.code == code.upper()]
    if not wanted:
        raise InputError(f"“{code}”没有样例：检查码不存在，或者该项检查尚未实现。")
    bad = 0
    for one in wanted:
        problems = gold.failures(one)
        bad += bool(problems)
        typer.echo(f"{one.code} " + ("；".join(problems) if problems else "通过"))
    if bad:
        raise typer.Exit(1)
