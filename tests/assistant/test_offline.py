"""Nothing leaves the machine: the main job connects to the loopback address and nowhere else."""

from __future__ import annotations

import ipaddress
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import absent

from assistant.demo import FILES

# Records every address that Python code connects, binds or sends to, and every name looked up.
WATCH = """
import atexit, json, sys
log, seen = sys.argv.pop(), []
def hook(event, args):
    if event in ("socket.connect", "socket.bind", "socket.sendto"):
        seen.append(args[1] if isinstance(args[1], str) else str(args[1][0]))
    elif event == "socket.getaddrinfo":
        seen.append(str(args[0]))
sys.addaudithook(hook)
atexit.register(lambda: open(log, "w").write(json.dumps(seen)))
sys.argv[0] = "assistant"
from assistant.cli import main
main()
"""


def _compare(target: Path) -> list[str]:
    paths = [f"--{role}={path}" for role, path in FILES.items()]
    return ["compare", *paths, "--json", str(target)]


def _is_local(address: str) -> bool:
    if address in ("", "localhost", "None") or address.startswith(("/", "\0")):
        return True  # a Unix socket or the machine's own name for itself
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _watched(arguments: list[str], folder: Path, environment: dict[str, str]) -> list[str]:
    log = folder / "sockets.json"
    subprocess.run(
        [sys.executable, "-c", WATCH, *arguments, str(log)],
        check=True,
        env=os.environ | environment,
        capture_output=True,
        timeout=400,
    )
    seen: list[str] = json.loads(log.read_text())
    return seen


@pytest.mark.slow
def test_without_model_no_socket_is_used_beyond_loopback(tmp_path: Path) -> None:
    target = tmp_path / "result.json"
    seen = _watched([*_compare(target), "--no-model"], tmp_path, {})
    assert [a for a in seen if not _is_local(a)] == []
    assert json.loads(target.read_text())["findings"]


@pytest.mark.slow
@pytest.mark.model
def test_with_the_model_only_loopback_is_used(tmp_path: Path, installed_model: Path) -> None:
    """And the whole job runs in a network namespace that has no way out at all."""
    target = tmp_path / "result.json"
    unshare = shutil.which("unshare")
    if unshare is None:
        absent("unshare (util-linux)")
    log = tmp_path / "sockets.json"
    inside = [sys.executable, "-c", WATCH, *_compare(target), str(log)]
    up = 'ip link set lo up && exec "$@"'
    subprocess.run(
        [str(unshare), "-rn", "sh", "-c", up, "sh", *inside],
        check=True,
        env=os.environ | {"ASSISTANT_HOME": str(tmp_path)},  # no answers of another test on file
        capture_output=True,
        timeout=400,
    )
    seen = json.loads(log.read_text())
    assert [a for a in seen if not _is_local(a)] == []
    assert any(_is_local(a) for a in seen), "the model was not asked over loopback"
    assert json.loads(target.read_text())["model"]["calls"] > 0
