"""`assistant kb`: the law and rule tables."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.files import write_json
from ingestion.errors import InputError
from knowledge_base import diff as differences
from knowledge_base import provision
from knowledge_base.numerals import NUMERAL, to_int
from knowledge_base.validate import problems
from knowledge_base.validate_rows import unverified

app = typer.Typer(help="法律与规则表", no_args_is_help=True)

_PLAIN = re.compile(r"(\d+)(?:(?:之|-)(\d+))?")
_LABEL = re.compile(rf"第?({NUMERAL})条?(?:之({NUMERAL}))?(?:第({NUMERAL})款)?")
_Provision = tuple[int, int | None, int | None]


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
    typer.echo(f"规则表无问题（其中{unverified()}行的数值尚待与官方文本核对）。")


@app.command()
def article(
    law: Annotated[str, typer.Argument(metavar="法律", help="全称或者简称，如 刑法、刑事诉讼法")],
    number: Annotated[
        str,
        typer.Argument(metavar="条", help="如 264、133之1、第一百三十三条之一、第三百零三条第二款"),
    ],
    on: Annotated[
        str | None, typer.Option("--on", help="哪一天的法律（如 2014-05-01），默认今日")
    ] = None,
    paragraph: Annotated[int | None, typer.Option("--paragraph", min=1, help="只看第几款")] = None,
    json: Annotated[
        str | None, typer.Option("--json", metavar="PATH|-", help="把结果写成 JSON（- 为标准输出）")
    ] = None,
) -> None:
    """一条法律在某日是否存在、是否施行、原文如何、哪一款规定哪一档法定刑。"""
    main, sub, named = _provision(number)
    found = provision.ask(law, main, sub, paragraph or named, _day(on))
    if json:
        write_json(json, found.to_json())
    if json != "-":
        typer.echo(found.to_text())


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="旧", help="规则表文件夹，或者 git 版本")],
    new: Annotated[str, typer.Argument(metavar="新", help="规则表文件夹，或者 git 版本")],
) -> None:
    """两个版本的规则表有哪些不同，逐条用文字说明。"""
    lines = differences.describe(_tables(old), _tables(new))
    for line in lines:
        typer.echo(line)
    if not lines:
        typer.echo("两个版本的规则表没有不同。")


def _tables(where: str) -> differences.Tables:
    try:
        if Path(where).is_dir():
            return differences.of_folder(Path(where))
        return differences.of_revision(where)
    except differences.NoTables as error:
        raise InputError(str(error)) from error


def _provision(text: str) -> _Provision:
    plain = _PLAIN.fullmatch(text.strip())
    if plain:
        return int(plain[1]), int(plain[2]) if plain[2] else None, None
    label = _LABEL.fullmatch(text.strip())
    if not label:
        raise InputError(f"看不懂条号“{text}”，请写成 264、133之1 或者 第一百三十三条之一。")
    main, sub, paragraph = (to_int(part) if part else None for part in label.groups())
    return main or 0, sub, paragraph


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"看不懂日期“{text}”，请写成 2014-05-01。") from error
