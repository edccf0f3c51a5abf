"""A workspace as an office runs it: `assistant serve` in a process of its own, on loopback.

Browser tests, load and screenshots all work against this: nothing of the server is replaced.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import httpx
import psutil

from assistant.accounts import UserRole, add
from assistant.settings import load
from assistant.storage import open_store

START_SECONDS = 60.0


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in."""

    name: str
    role: str
    password: str
    unit: str = "临江市青岩区人民检察院"
    department: str = "第一检察部"


class Workspace:
    """One server over one home. It is started and ended as often as a test likes."""

    def __init__(self, home: Path, environment: Mapping[str, str] | None = None) -> None:
        self.home = home
        self.port = _free_port()
        self.log = home / "server.log"
        self._environment = {
            **os.environ,
            "ASSISTANT_HOME": str(home),
            "PYTHONUNBUFFERED": "1",
            **(environment or {}),
        }
        self._server: psutil.Popen | None = None
        home.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def command(self, *arguments: str, told: str = "") -> str:
        """What `assistant …` prints; `told` is its standard input. Raises CalledProcessError."""
        return subprocess.run(
            [sys.executable, "-m", "assistant", *arguments],
            input=told,
            env=self._environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=300,
        ).stdout

    def add(self, name: str, role: str, *, department: str = "第一检察部") -> Account:
        """A new account, made by the command as an office makes it."""
        account = Account(name, role, secrets.token_urlsafe(12), department=department)
        self.command(
            "users",
            "add",
            name,
            *("--role", role, "--unit", account.unit, "--department", department),
            told=f"{account.password}\n",
        )
        return account

    def add_many(
        self, names: Sequence[str], role: UserRole, *, department: str = "第一检察部"
    ) -> list[Account]:
        """As `add`, without a command for each."""
        accounts = [
            Account(name, role, secrets.token_urlsafe(12), department=department) for name in names
        ]
        with open_store(load(self._environment)) as store:
            for made in accounts:
                place = {"unit": made.unit, "department": made.department}
                add(store, made.name, made.password, role, **place, by="root")
        return accounts

    def start(self) -> None:
        """Raises RuntimeError where it does not answer in time."""
        with self.log.open("ab") as log:
            self._server = psutil.Popen(
                [sys.executable, "-m", "assistant", "serve", "--port", str(self.port)],
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._server.poll() is None:
            try:
                if httpx.get(f"{self.url}/api/v1/health", timeout=2).is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise RuntimeError(f"the server did not start: {self.log.read_text('utf-8')[-2000:]}")

    def processes(self) -> list[psutil.Process]:
        """The server, then those it started (workers, the model)."""
        if self._server is None or not self._server.is_running():
            return []
        return [self._server, *self._server.children(recursive=True)]

    def kill(self) -> None:
        """kill -9 of the server and all it started, as when the power goes."""
        if self._server is not None:
            _kill(reversed(self.processes()))
            self._server.wait()

    def kill_server(self) -> None:
        """kill -9 of the server alone; its worker is left to notice."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()

    def kill_workers(self) -> None:
        """kill -9 of what the server started; starting it again is the server's business."""
        _kill(self.processes()[1:])

    def stop(self) -> None:
        """The orderly end; what is left of it after ten seconds is killed."""
        if self._server is None or self._server.poll() is not None:
            return
        everything = self.processes()
        self._server.terminate()
        _, alive = psutil.wait_procs(everything, timeout=10)
        _kill(alive)
        self._server.wait()


def _kill(processes: Iterable[psutil.Process]) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert isinstance(port, int)
    return port
