"""The verb `assistant worker`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from assistant.settings import SettingsError, load
from assistant.storage import StoreError


def worker(
    attached: Annotated[bool, typer.Option("--attached", hidden=True)] = False,
) -> None:
    """增开一个检查进程：与网页服务使用同一数据库，按 Ctrl+C 结束。"""
    from assistant.jobs.process import work

    if not attached:
        sys.stderr.write("检查进程已启动，按 Ctrl+C 结束；未做完的检查由其他进程接着做。\n")
    try:
        work(load(), attached=attached)
    except (SettingsError, StoreError) as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(2) from error
