"""`assistant checks`: the catalogue of checks, as it stands in this office."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.casefile import ROLE_NAMES
from assistant.checks import catalogue, gold
from assistant.console import SEVERITY_STYLE
from assistant.files import write_json
from assistant.findings import DIMENSION_NAMES, SEVERITY_NAMES
from assistant.settings import load
from ingestion.errors import InputError

app = typer.Typer(help="检查目录：列出、查看、试验各项检查", no_args_is_help=True)
Json = Annotated[
    str | None, typer.Option("--json", metavar="PATH|-", help="把结果写成 JSON（- 为标准输出）")
]
_FORMS = {"R": "规则", "RM": "规则＋人", "M": "模型"}
_LABELS = {"on": "启用", "off": "关闭", "waiting": "未实现", "elsewhere": "另由程序给出"}


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
    if state is not None and state not in _LABELS:
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
            _FORMS[row["form"]],
            Text(SEVERITY_NAMES[severity], SEVERITY_STYLE[severity]) if severity else "—",
            _LABELS[row["state"]],
            row["why"],
        )
    console.print(table)
    console.print(_counts(listed), soft_wrap=True)


def _counts(listed: list[dict[str, Any]]) -> str:
    parts = []
    for form, name in _FORMS.items():
        rows = [row for row in listed if row["form"] == form]
        written = [row for row in rows if row["state"] != "waiting"]
        on = sum(row["state"] in ("on", "elsewhere") for row in written)
        parts.append(f"{name} {len(rows)} 项：已实现 {len(written)}，启用 {on}")
    return f"共 {len(listed)} 项。" + "；".join(parts) + "。"


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
    for label, text in _lines(told):
        line = Text(f"{label}：", "bold") if label else Text("　　")
        line.append(text, "not bold")
        console.print(line, soft_wrap=True)


def _lines(told: dict[str, Any]) -> list[tuple[str, str]]:
    """Label and text of each line; a line that goes on with the one above has no label."""
    documents = "、".join(ROLE_NAMES[role] for role in told["documents"])
    lines = [
        (told["code"], told["name"]),
        ("文书", documents),
        ("方式", _FORMS[told["form"]]),
        ("状态", _LABELS[told["state"]] + (f"（{told['why']}）" if told["why"] else "")),
    ]
    if told["state"] in ("waiting", "elsewhere"):
        return lines
    lines += [
        ("轻重", SEVERITY_NAMES[told["severity"]]),
        ("维度", DIMENSION_NAMES[told["dimension"]]),
        ("施行", f"自{told['since']}起" if told["since"] else "不限制作日期"),
        ("用语", told["message"]),
        ("建议", told["suggestion"]),
        ("依据", "；".join(f"《{b['law']}》{b['article']}" for b in told["legal_basis"]) or "—"),
        ("出处", told["source"] + ("" if told["verified"] else "（尚未与正式文本核对）")),
        ("准确率", told["precision"]),
    ]
    for example in told["examples"]:
        lines.append(("应当指出", example["message"]))
        for change in example["changes"]:
            role = ROLE_NAMES[change["role"]]
            lines.append(("", f"{role}由“{change['was']}”改为“{change['now']}”"))
        lines.append(
            ("不应指出", f"同一{'、'.join(ROLE_NAMES[r] for r in example['roles'])}改动之前")
        )
    return lines


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
