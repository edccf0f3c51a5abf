"""`assistant storage`: are the originals whole, what has been kept long enough, backups."""

from __future__ import annotations

import getpass
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.settings import Settings, load
from assistant.storage.store import Store, open_store

app = typer.Typer(help="文书原件、保存期限和备份", no_args_is_help=True)
Archive = Annotated[Path, typer.Argument(metavar="FILE", help="备份文件")]


@app.callback()
def storage() -> None:
    """文书原件、保存期限和备份。"""


@app.command()
def verify() -> None:
    """核验文书原件能否解密、与入库时的哈希值是否一致；有问题时退出码为 1。"""
    settings = load()
    with open_store(settings) as store:
        raise typer.Exit(0 if _originals_whole(store, settings) else 1)


@app.command()
def seal() -> None:
    """把早先版本留下的未加密原件逐一加密。"""
    from assistant.storage import originals

    settings = load()
    found = originals.plain(settings)
    with typer.progressbar(found, label="加密", file=sys.stderr) as paths:
        for path in paths:
            originals.keep(settings, path)
    typer.echo(f"已加密 {len(found)} 份原件。")


@app.command()
def expire(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出，不删除")] = False,
) -> None:
    """删除保存期限已满的案件内容和原件；审计记录保留，并记下删除。"""
    from assistant.storage import retention

    settings, today = load(), date.today()
    with open_store(settings) as store:
        found = retention.expired(store, settings, today)
        for case in found:
            mark = "" if case.period.verified else "（期限未经本院核定，只提示不删除）"
            typer.echo(
                f"{case.case_id} {case.title}：{case.period.name}，"
                f"自{case.since}起满{case.period.months}个月{mark}"
            )
        if dry_run:
            typer.echo(f"期满的案件 {len(found)} 件，未删除。")
            return
        cleared = retention.clear(store, settings, actor=getpass.getuser(), today=today)
    typer.echo(f"已删除案件 {len(cleared.cases)} 件、原件 {cleared.originals} 份；审计记录保留。")


@app.command()
def backup(target: Archive) -> None:
    """把数据库、审计锚点和文书原件写成一个加密的备份文件。"""
    from assistant.storage import backup as backups
    from assistant.storage.keys import key_path

    settings = load()
    with open_store(settings) as store:
        made = backups.backup(store, settings, target)
    typer.echo(
        f"已备份：{made.rows} 行数据、{made.files} 份原件，审计记录至第 {made.head.seq} 条。\n"
        f"备份用“{key_path(settings)}”加密，备份中没有密钥：请把密钥另外保管。"
    )


@app.command()
def restore(source: Archive) -> None:
    """把备份恢复到空的数据库和数据文件夹，并核验审计记录和原件；有问题时退出码为 1。"""
    from assistant.audit import verify as verify_history
    from assistant.storage import backup as backups

    settings = load()
    with open_store(settings) as store:
        done = backups.restore(store, settings, source)
        typer.echo(f"已恢复：{done.rows} 行数据、{done.files} 份原件。")
        problems = verify_history(store)
        for problem in problems:
            typer.echo(problem.message)
        typer.echo(f"审计记录 {store.audit_head().seq} 条，发现 {len(problems)} 处问题。")
        whole = _originals_whole(store, settings)
    raise typer.Exit(0 if whole and not problems else 1)


def _originals_whole(store: Store, settings: Settings) -> bool:
    from assistant.storage import originals
    from assistant.storage.retention import named_files

    bad = list(originals.damaged(settings))
    for path, why in bad:
        typer.echo(f"{path.name}：{why}")
    plain = originals.plain(settings)
    if plain:
        typer.echo(f"有 {len(plain)} 份原件没有加密，请运行 assistant storage seal。")
    kept = {path.name.split(".", 1)[0] for path in originals.every(settings)}
    absent = len(named_files(store) - kept)
    told = f"；检查结果所依据的文书中有 {absent} 份没有存原件" if absent else ""
    typer.echo(f"原件 {len(kept)} 份，不能读取的 {len(bad)} 份{told}。")
    return not bad and not plain
