"""Running the service: on this machine only, unless the names are set that others use."""

from __future__ import annotations

import sys

import uvicorn

from api.app import create_app
from assistant.jobs.process import worker_beside
from assistant.settings import Settings, SettingsError, is_loopback

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8600
STOP_SECONDS = 3


def serve(settings: Settings, host: str = DEFAULT_HOST, port: int = DEFAULT_PORT) -> None:
    """Serve until interrupted. Raises SettingsError for an address others could reach."""
    if not is_loopback(host) and not settings.server_names:
        raise SettingsError(
            f"默认只能在本机地址上提供服务，不能用“{host}”；要让内网其他电脑访问，"
            "请先在 ASSISTANT_SERVER_NAMES 中写明服务器的名称或地址。"
        )
    sys.stderr.write(f"请在浏览器打开 http://{host}:{port}/ ，按 Ctrl+C 结束。\n")
    app = create_app(settings, own_worker=False)
    with worker_beside():
        uvicorn.run(
            app,
            host=host,
            port=port,
            # The access log would hold case ids; the audit chain is the record.
            access_log=False,
            server_header=False,
            # Whoever follows a job live follows on after a restart.
            timeout_graceful_shutdown=STOP_SECONDS,
        )
