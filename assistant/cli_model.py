"""`assistant model`: bring, look at and serve the model; export what people changed."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from assistant.console import notes, progress_bar
from assistant.files import open_atomic, write_json
from assistant.model import install as weights
from assistant.model import serving
from assistant.model.status import ModelReport, report
from assistant.review.pairs import pairs
from assistant.settings import BackendKind, load
from assistant.storage import open_store

BACKEND_NAMES: dict[BackendKind, str] = {
    "llama_cpp": "内嵌 llama.cpp",
    "openai_compatible": "内网模型服务",
    "transformers": "本机 transformers 目录",
}
app = typer.Typer(help="本地模型", no_args_is_help=True)


@app.command()
def status(
    json: Annotated[str | None, typer.Option("--json", metavar="PATH|-")] = None,
) -> None:
    """用哪个模型、是否可用、多快、存了多少回答。"""
    found = report(load())
    if json:
        write_json(json, found.model_dump(mode="json"))
    if json == "-":
        return
    for line in _lines(found):
        typer.echo(line)


def _lines(found: ModelReport) -> Iterator[str]:
    yield f"{BACKEND_NAMES[found.backend]}：{found.name}"
    if found.path and found.verified:
        yield f"权重：{found.path}（{found.bytes / 2**20:.0f} MiB，校验一致）"
    elif found.path and found.installed:
        yield f"权重：{found.path}，文件未经校验，请运行 assistant model install。"
    if found.sha256:
        yield f"模型标识：{found.sha256[:16]}…"
    if found.missing:
        yield found.missing
    if found.served_url:
        yield f"服务地址 {found.served_url}：{'正常' if found.healthy else '无应答'}"
    elif found.backend != "openai_compatible":
        yield "没有常驻服务；需要时自动启动，用完即停。"
    if speed := found.throughput:
        yield (
            f"最近 {speed.calls} 次提问：每秒读入 {speed.prompt_per_second} 词元、"
            f"写出 {speed.output_per_second} 词元，中位 {speed.median_seconds} 秒一次"
        )
    else:
        yield "还没有提问记录。"
    use = found.cache
    yield (
        f"已存回答 {use.answers} 条，{use.bytes / 2**20:.1f} MiB，上限 {use.limit_bytes >> 20} MiB"
        if use.limit_bytes
        else "不保存回答（ASSISTANT_MODEL_CACHE_MB=0）"
    )


@app.command()
def install() -> None:
    """下载并校验默认模型（可中断、可续传）。"""
    with progress_bar() as progress:
        path = weights.install(load(), progress)
    notes.print(f"模型已就绪：{path}")


@app.command("pairs")
def export_pairs(
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件（.jsonl），仅本人可读")],
) -> None:
    """导出评查人改过的文字：每行一对（改前、改后、提示词版本），供日后调校模型。"""
    with open_store(load()) as store:
        found = pairs(store)
    with open_atomic(out) as stream:
        os.fchmod(stream.fileno(), 0o600)  # the texts are those of cases
        for pair in found:
            stream.write(f"{pair.model_dump_json()}\n".encode())
    notes.print(f"已导出 {len(found)} 对文字：{out}", soft_wrap=True)


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
