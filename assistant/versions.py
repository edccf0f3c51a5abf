"""Which program, rules, prompts and model made a result. Printed on every output."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files


@cache
def _fingerprint(package: str, folder: str, suffix: str) -> str:
    digest = hashlib.sha256()
    root = files(package).joinpath(folder) if folder else files(package)
    for entry in sorted(root.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(suffix):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def versions(model: str | None = None) -> dict[str, str | None]:
    """`rules` and `prompts` are fingerprints of the tables and prompt files themselves."""
    return {
        "program": version("procuratorate-assistant"),
        "rules": _fingerprint("knowledge_base", "tables", ".yaml"),
        "prompts": _fingerprint("prompts", "", ".yaml"),
        "model": model,
    }
