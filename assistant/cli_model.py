"""`assistant model`: bring, look at and serve the local model."""

from __future__ import annotations

import threading
from typing import Annotated

import typer

from assistant.console import notes, progress_bar
from assistant.files import write_json
from assistant.model import install as weights
from assistant.model import serving
from assistant.settings import load

app = typer.Typer(help="本地模型", no_args_is_help=True)


@app.command()
def status(
    json: Annotated[str | None, typer.Option("--json", metavar="PATH|-")] = None,
) -> None:
    """模型是否已安装、是否在运行。"""
    found = weights.status(load())
    if json:
        write_json(json, found.model_dump(mode="json"))
    if json == "-":
        return
    if found.verified:
        typer.echo(f"{found.name}：已安装（{found.bytes / 2**20:.0f} MiB，校验一致），{found.path}")
    elif found.installed:
        typer.echo(f"{found.name}：文件未经校验，请运行 assistant model install。")
    else:
        typer.echo(f"{found.name}：未安装，请运行 assistant model install。")
    if found.served_url:
        typer.echo(f"服务地址 {found.served_url}：{'正常' if found.healthy else '无应答'}")
    else:
        typer.echo("没有常驻服务；需要时自动启动，用完即停。")


@app.command()
def install() -> None:
    """下载并校验默认模型（可中断、可续传）。"""
    with progress_bar() as progress:
        path = weights.install(load(), progress)
    notes.print(f"模型已就绪：{path}")


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="端口，0 为自动选择")] = 0,
) -> None:
    """让模型常驻（仅本机地址），按 Ctrl-C 停止。"""
    with serving(load(), port) as endpoint:
        notes.print(f"{endpoint.name} 正在 {endpoint.url} 提供服务，按 Ctrl-C 停止。")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            notes.print("已停止。")
