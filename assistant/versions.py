"""Which program, rules, prompts and model made a result. Printed on every output."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path


@cache
def _fingerprint(package: str, folder: str, suffix: str) -> str:
    digest = hashlib.sha256()
    root = files(package).joinpath(folder) if folder else files(package)
    for entry in sorted(root.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(suffix):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


@cache
def _program() -> str:
    return version("procuratorate-assistant")


def versions(model: str | None = None) -> dict[str, str | None]:
    """`rules` and `prompts` are fingerprints of the tables and prompt files themselves."""
    return {
        "program": _program(),
        "rules": _fingerprint("knowledge_base", "tables", ".yaml"),
        "prompts": _fingerprint("prompts", "", ".yaml"),
        "model": model,
    }


def stamp(files: list[Path], model: bool = False, checks: str = "") -> str:
    """Changes with any input byte, file name, program, rule or prompt version, and with
    `checks`, the version of the catalogue as it stands in this office.
    """
    digest = hashlib.sha256(json.dumps([versions(), model, checks], sort_keys=True).encode())
    for path in files:
        digest.update(path.name.encode() + b"\0")
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()
