"""Serves a local model in a child process, on loopback only: llama.cpp or transformers.

A child process, because a crash of the native code must not take the program with it, and
because stopping it frees the memory for certain. The child ends when its standard input
closes, so it cannot outlive a parent that was killed.
"""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from pydantic import SecretStr

from assistant.model.endpoint import (
    Endpoint,
    Publication,
    is_healthy,
    publish,
    published,
    withdraw,
)
from assistant.model.errors import HostRefused, ServerFailed
from assistant.model.local import LocalModel, local_model
from assistant.model.worker import READY
from assistant.settings import Settings

_STOP_SECONDS = 5.0
_PLANNED = "http://127.0.0.1/v1"  # of a server that is not there yet


@contextmanager
def running(settings: Settings) -> Iterator[Endpoint]:
    """An endpoint to ask: the configured one, else one being served, else our own child.

    Raises HostRefused, WeightsMissing or ServerFailed. A child is stopped on leaving.
    """
    if settings.backend == "openai_compatible":
        if not settings.model_url:
            raise HostRefused("后端为 openai_compatible 时须设置 ASSISTANT_MODEL_URL。")
        yield configured(settings, settings.model_url)
        return
    model = local_model(settings)
    found = published(settings)
    if found is not None and found.sha256 == model.sha256:
        yield found
    else:
        with _child(settings, model) as (_, endpoint):
            yield endpoint


@contextmanager
def at_need(settings: Settings) -> Iterator[tuple[Endpoint, Callable[[], Endpoint]]]:
    """The endpoint to be, and what brings it: loading a model takes seconds and a gigabyte, and
    many cases leave nothing to ask, or nothing that is not on file.

    Raises HostRefused or WeightsMissing at once; what brings it raises ServerFailed.
    """
    if settings.backend == "openai_compatible":
        with running(settings) as found:
            yield found, lambda: found
        return
    model = local_model(settings)
    planned = Endpoint(url=_PLANNED, name=model.name, kind="planned", sha256=model.sha256)
    with ExitStack() as stack:
        yield planned, lambda: stack.enter_context(running(settings))


@contextmanager
def serving(settings: Settings, port: int = 0) -> Iterator[Endpoint]:
    """Like `running`, but always an own server, published for the user's other processes."""
    model = local_model(settings)
    with _child(settings, model, port) as (process, endpoint):
        publish(
            settings,
            Publication(
                pid=process.pid,
                url=endpoint.url,
                name=endpoint.name,
                key=endpoint.secret or "",
                sha256=model.sha256,
            ),
        )
        try:
            yield endpoint
        finally:
            withdraw(settings, process.pid)


def configured(settings: Settings, url: str) -> Endpoint:
    """The endpoint the settings name. Raises HostRefused where it may not be called."""
    if not settings.may_call(url):
        raise HostRefused(
            f"模型地址“{url}”不是本机，也不在允许的主机（ASSISTANT_ALLOWED_HOSTS）之内，已拒绝连接。"
        )
    return Endpoint(url=url, name=settings.model_name, key=settings.model_key, kind="configured")


@contextmanager
def _child(
    settings: Settings, model: LocalModel, port: int = 0
) -> Iterator[tuple[subprocess.Popen[str], Endpoint]]:
    key = secrets.token_urlsafe(24)
    log = settings.models / "server.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as errors:
        command = [sys.executable, "-m", model.worker, str(model.path), model.name]
        command += [str(port), str(settings.threads), str(settings.model_parallel)]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        url = _address(process, key, settings.model_start_timeout, log)
        secret = SecretStr(key)
        yield (
            process,
            Endpoint(url=url, name=model.name, key=secret, kind="private", sha256=model.sha256),
        )
    finally:
        _stop(process)


def _address(process: subprocess.Popen[str], key: str, seconds: float, log: Path) -> str:
    """The base URL, once the model is loaded and lists itself to our key."""
    assert process.stdin is not None
    assert process.stdout is not None
    deadline = time.monotonic() + seconds
    lines: list[str] = []
    reader = threading.Thread(target=_read_address, args=(process.stdout, lines), daemon=True)
    try:
        process.stdin.write(key + "\n")
        process.stdin.flush()
    except BrokenPipeError as error:
        raise ServerFailed(f"本地模型未能启动，原因见“{log}”。") from error
    reader.start()
    reader.join(seconds)
    if not lines:
        raise ServerFailed(f"本地模型未能启动，原因见“{log}”。")
    while time.monotonic() < deadline and process.poll() is None:
        if is_healthy(lines[0], key):
            return lines[0]
        time.sleep(0.1)
    raise ServerFailed(f"本地模型启动后没有应答，原因见“{log}”。")


def _read_address(output: IO[str], lines: list[str]) -> None:
    """The native library may print too: only our own line counts, the rest is read away."""
    for line in output:
        if line.startswith(READY) and not lines:
            lines.append(json.loads(line.removeprefix(READY)))
            return


def _stop(process: subprocess.Popen[str]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            try:
                pipe.close()
            except BrokenPipeError:
                continue
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
