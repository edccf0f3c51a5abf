"""`assistant users`: accounts made and kept by whoever may run commands on the server."""

from __future__ import annotations

import sys
from getpass import getpass, getuser
from typing import Annotated

import typer

from assistant.accounts.parts import hold
from assistant.accounts.people import (
    ROLE_TITLES,
    UserRole,
    add,
    change_password,
    disable,
    enable,
    people,
    person_named,
)
from assistant.files import write_json
from assistant.settings import load
from assistant.storage import open_store

app = typer.Typer(help="账号", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="账号名，即签署和留痕所用的姓名")]


@app.callback()
def users() -> None:
    """账号：添加、查看、停用、重设密码、移交案件。"""


@app.command("add")
def add_command(
    name: Name,
    role: Annotated[UserRole, typer.Option(help="角色")],
    unit: Annotated[str, typer.Option(help="单位")] = "",
    department: Annotated[str, typer.Option(help="部门")] = "",
) -> None:
    """添加一个账号；密码在提示后输入，或者从标准输入读一行。"""
    password = _password(name)
    with open_store(load()) as store:
        made = add(store, name, password, role, unit=unit, department=department, by=getuser())
    typer.echo(f"已添加{ROLE_TITLES[role]}“{made.name}”。")


@app.command("list")
def list_command(
    json: Annotated[
        str | None, typer.Option("--json", metavar="PATH|-", help="把结果写成 JSON（- 为标准输出）")
    ] = None,
) -> None:
    """列出全部账号。"""
    with open_store(load()) as store:
        found = people(store)
    if json:
        rows = [
            {"name": p.name, "role": p.role, "unit": p.unit, "department": p.department}
            | {"disabled": p.disabled}
            for p in found
        ]
        write_json(json, {"users": rows})
    if json != "-":
        for p in found:
            place = " ".join(filter(None, (p.unit, p.department)))
            state = "（已停用）" if p.disabled else ""
            typer.echo(f"{p.name}  {ROLE_TITLES[p.role]}  {place}{state}")


@app.command("disable")
def disable_command(name: Name) -> None:
    """停用一个账号；正在使用的登录立即失效。"""
    with open_store(load()) as store:
        disable(store, name, by=getuser())
    typer.echo(f"已停用“{name}”。")


@app.command("enable")
def enable_command(name: Name) -> None:
    """重新启用一个账号。"""
    with open_store(load()) as store:
        enable(store, name, by=getuser())
    typer.echo(f"已启用“{name}”。")


@app.command("passwd")
def passwd_command(name: Name) -> None:
    """重设密码；该账号的登录全部退出，因多次输错而来的锁定解除。"""
    with open_store(load()) as store:
        person_named(store, name)
        change_password(store, name, _password(name), by=getuser())
    typer.echo(f"“{name}”的密码已重设。")


@app.command("hold")
def hold_command(
    name: Name, cases: Annotated[list[str], typer.Argument(metavar="CASE…", help="案件编号")]
) -> None:
    """把案件交给一人承办（命令行存入的案件，或者承办人变更）。"""
    with open_store(load()) as store:
        person = person_named(store, name)
        with store.writing() as session:
            for case_id in cases:
                hold(session, case_id, person, by=getuser())
    typer.echo(f"{len(cases)} 个案件已由“{name}”承办。")


def _password(name: str) -> str:
    if sys.stdin.isatty():
        return getpass(f"“{name}”的密码：")
    return sys.stdin.readline().rstrip("\r\n")
