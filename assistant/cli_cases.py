"""`assistant cases`: the office's bank of decided cases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import OperationalError
from typing import Annotated

import typer

from assistant.console import notes, progress_bar
from assistant.files import write_json
from assistant.settings import Settings, load
from assistant.similar.importing import describe, import_cases
from assistant.similar.office import bank_folder, embedder, open_bank
from assistant.similar.sources import find
from knowledge_base import casebank
from knowledge_base.casebank import BankError
from knowledge_base.embedding import Embedder, EmbedderMissing

app = typer.Typer(help="案例库（类案检索用，只存本机）", no_args_is_help=True)


@contextmanager
def _disk(place: Path) -> Iterator[None]:
    """What the disk refuses is told in one sentence."""
    try:
        yield
    except (OSError, OperationalError) as error:
        raise BankError(f"无法读写“{place}”，请检查路径、权限和磁盘空间。") from error


BankFolder = Annotated[
    Path | None, typer.Option("--bank", metavar="DIR", help="案例库文件夹，默认为本单位的案例库")
]
Json = Annotated[
    str | None, typer.Option("--json", metavar="PATH|-", help="把结果写成 JSON（- 为标准输出）")
]


def _embedder(settings: Settings) -> Embedder | None:
    """The embedder, or None with a word on why: words alone find cases too."""
    try:
        return embedder(settings)
    except EmbedderMissing as error:
        notes.print(str(error), markup=False, soft_wrap=True)
        return None


@app.command("import")
def import_(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH…", help="判决书、文件夹、ZIP 或 JSON 行文件")
    ],
    bank: BankFolder = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="案号已在库中而内容不同的，以新文书替换")
    ] = False,
    json: Json = None,
) -> None:
    """导入判决书。可中断，再次运行即续做；已在库中的不会重复。"""
    settings = load()
    files = find(paths)
    model = _embedder(settings)
    try:
        with (
            _disk(bank_folder(settings, bank)),
            open_bank(settings, bank, model=model, create=True) as opened,
            progress_bar() as progress,
        ):
            result = import_cases(opened, files, replace=replace, progress=progress)
    except KeyboardInterrupt as stopped:
        notes.print("已停止。已入库的案例保留，再次运行同一命令即续做。", soft_wrap=True)
        raise typer.Exit(130) from stopped
    if json:
        write_json(json, result.model_dump())
    if json != "-":
        for line in describe(result):
            typer.echo(line)


@app.command()
def stats(bank: BankFolder = None, json: Json = None) -> None:
    """库中有多少案例，各是什么罪名、年份。"""
    with open_bank(load(), bank) as opened:
        found = opened.stats()
    if json:
        write_json(json, found.model_dump())
    if json == "-":
        return
    typer.echo(
        f"案例 {found.cases} 件，案情段落 {found.passages} 段，{found.bytes / 2**20:.1f} MiB。"
    )
    typer.echo(f"向量模型：{found.model or '无（只按字词检索）'}")
    if found.unembedded:
        typer.echo(f"其中 {found.unembedded} 段没有向量，请运行 assistant cases reindex。")
    for name, counted in (("罪名", found.charges), ("年份", found.years)):
        listed = "，".join(f"{value} {n}" for value, n in list(counted.items())[:20])
        typer.echo(f"{name}：{listed or '无'}")


@app.command()
def remove(
    number: Annotated[
        int, typer.Argument(metavar="ID", help="库内编号，assistant similar 的结果中有")
    ],
    bank: BankFolder = None,
) -> None:
    """从库中删去一件案例（原文一并抹去）。"""
    with open_bank(load(), bank) as opened:
        opened.remove(number)
    typer.echo(f"已删去编号为 {number} 的案例。")


@app.command()
def reindex(bank: BankFolder = None) -> None:
    """重建索引：换了向量模型、补做向量或索引损坏时用。期间原索引照常可用。"""
    settings = load()
    with open_bank(settings, bank) as opened:
        needed = opened.model is not None
    model = embedder(settings) if needed else _embedder(settings)
    with (
        _disk(bank_folder(settings, bank)),
        open_bank(settings, bank, model=model) as opened,
        progress_bar() as progress,
    ):
        opened.reindex(lambda done, total: progress("重建索引", done, total))
        found = opened.stats()
    typer.echo(f"索引已重建：{found.passages} 段，向量模型：{found.model or '无'}。")


@app.command()
def backup(file: Annotated[Path, typer.Argument(metavar="FILE")], bank: BankFolder = None) -> None:
    """把整个案例库备份为一个文件（含原文，请妥善保管）。"""
    with _disk(file), open_bank(load(), bank) as opened:
        casebank.back_up(opened, file)
    typer.echo(f"已备份到 {file}。")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    bank: BankFolder = None,
    replace: Annotated[bool, typer.Option("--replace", help="替换现有的案例库")] = False,
) -> None:
    """由备份恢复案例库（先校验）。"""
    folder = bank_folder(load(), bank)
    with _disk(file):
        casebank.restore(file, folder, replace=replace)
    with open_bank(load(), folder) as opened:
        cases = opened.size
    typer.echo(f"已恢复案例 {cases} 件；首次检索时会先建索引。")
