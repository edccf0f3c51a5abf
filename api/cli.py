"""The verb `assistant serve`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from api.server import DEFAULT_HOST, DEFAULT_PORT
from api.server import serve as run_server
from assistant.settings import SettingsError, load
from assistant.storage import StoreError


def serve(
    host: Annotated[str, typer.Option(help="本机地址")] = DEFAULT_HOST,
    port: Annotated[int, typer.Option(min=1, max=65535, help="端口")] = DEFAULT_PORT,
) -> None:
    """在本机提供网页和接口。"""
    try:
        run_server(load(), host, port)
    except (SettingsError, StoreError) as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(2) from error
