"""The office under fire: uploads come in by HTTP while its processes are killed."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO, Literal

import httpx
from sqlalchemy import func, select

from assistant.accounts import UserRole, add, open_session
from assistant.jobs.records import UNFINISHED
from assistant.jobs.schema import JobRow
from assistant.settings import Settings
from assistant.storage import Store, open_store
from eval_sets.kills.papers import indictment
from eval_sets.kills.verdict import Verdict, look

Target = Literal["web", "worker", "both"]
TARGETS: tuple[Target, ...] = ("web", "worker", "both")
LONGEST_LIFE = 1.2
SETTLED = 0.7
"""The share of kills that wait for the server to be up; the others may meet it starting."""
CASES_A_BATCH = 2
BACKLOG = 6
"""No more uploads while so many cases wait, so that kills meet work at every step."""
END_SECONDS = 180.0


@dataclass
class Record:
    """What the outside saw: jobs that were accepted, and when a worker was started anew."""

    accepted: list[str] = field(default_factory=list)
    restarts: list[float] = field(default_factory=list)
    kills: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TARGETS, 0))


def run(settings: Settings, runs: int, seed: int = 13) -> Verdict:
    """Kill `runs` times, let the work end, and say what became of it."""
    with ExitStack() as stack:
        store = stack.enter_context(open_store(settings))
        person = add(
            store, "李敏", "四个松果六只喜鹊一条河", UserRole.officer, unit="青岩区院", by="kills"
        )
        session = open_session(store, person)
        hatch = stack.enter_context(_zygote(settings))
        client = stack.enter_context(httpx.Client(timeout=10))
        chance, record = random.Random(seed), Record()
        client.cookies.set("session", session.token)
        client.headers["X-CSRF-Token"] = session.csrf
        port = _free_port()
        client.base_url = httpx.URL(f"http://127.0.0.1:{port}")
        alive = {"web": hatch(f"web {port}"), "worker": hatch("worker")}
        number = 0
        for _ in range(runs):
            if chance.random() < SETTLED:
                _until_answering(client)
            life_ends = time.monotonic() + chance.uniform(0, LONGEST_LIFE)
            while time.monotonic() < life_ends:
                if _backlog(store) < BACKLOG:
                    number = _upload(client, record, number)
                time.sleep(0.02)
            target = chance.choice(TARGETS)
            record.kills[target] += 1
            for name in ("web", "worker") if target == "both" else (target,):
                with suppress(ProcessLookupError):
                    os.kill(alive[name], signal.SIGKILL)
                alive[name] = hatch(f"web {port}" if name == "web" else "worker")
                if name == "worker":
                    record.restarts.append(time.time())
        deadline = time.monotonic() + END_SECONDS
        while _backlog(store) and time.monotonic() < deadline:
            time.sleep(0.2)
        for process in alive.values():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
    return look(settings, record.accepted, record.restarts, record.kills)


def _until_answering(client: httpx.Client) -> None:
    deadline = time.monotonic() + END_SECONDS
    while time.monotonic() < deadline:
        with suppress(httpx.TransportError):
            client.get("/api/v1/health")
            return
        time.sleep(0.02)


def _upload(client: httpx.Client, record: Record, number: int) -> int:
    """One batch; the number of the next case. Whether it was accepted is not known, and not
    counted, where the answer does not come.
    """
    files = [
        ("files", (f"{n}.txt", indictment(n).encode()))
        for n in range(number, number + CASES_A_BATCH)
    ]
    try:
        answer = client.post("/api/v1/batches", files=files)
    except httpx.TransportError:
        return number + CASES_A_BATCH
    record.accepted += [job["id"] for job in answer.raise_for_status().json()["jobs"]]
    return number + CASES_A_BATCH


def _backlog(store: Store) -> int:
    """How many jobs have not ended."""
    with store.reading() as session:
        query = select(func.count()).select_from(JobRow).where(JobRow.state.in_(UNFINISHED))
        return session.scalar(query) or 0


@contextmanager
def _zygote(settings: Settings) -> Iterator[_Hatch]:
    command = [sys.executable, "-m", "eval_sets.kills.zygote"]
    command += [str(settings.home), str(settings.cache), settings.database]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        hatch = _Hatch(process.stdin, process.stdout)
        hatch.wait()
        yield hatch
        process.stdin.close()


class _Hatch:
    """Asks the zygote for a process; returns its id."""

    def __init__(self, told: IO[str], heard: IO[str]) -> None:
        self._told, self._heard = told, heard

    def wait(self) -> None:
        while self._heard.readline().strip() != "ready":
            continue

    def __call__(self, command: str) -> int:
        self._told.write(command + "\n")
        self._told.flush()
        return int(self._heard.readline())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
