"""What makes two cases, two results or two findings the same."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from typing import Any

from assistant.storage.canonical import digest

CASE_ID_LENGTH = 8
# How long a run took and how often the model was asked say nothing about the case.
INCIDENTAL = frozenset({"timing", "model"})


def documents_key(result: dict[str, Any], office: str = "") -> str:
    """Hash of the documents' roles and SHA-256, and of the office that has them: the identity
    of a case. Two offices with the same papers have two cases.
    """
    documents = sorted([d["role"], d["sha256"]] for d in result["documents"])
    return digest([*documents, office] if office else documents)


def content_key(result: dict[str, Any]) -> str:
    """Hash of what a result says: equal for a repeated run that found the same."""
    return digest({k: v for k, v in result.items() if k not in INCIDENTAL})


def case_id(key: str, attempt: int) -> str:
    """Eight characters a–z2–7 made from the documents; `attempt` counts collisions."""
    raw = hashlib.sha256(f"{key}:{attempt}".encode()).digest()
    return base64.b32encode(raw).decode().lower()[:CASE_ID_LENGTH]


def fingerprints(findings: list[dict[str, Any]]) -> list[str]:
    """One per finding: hash of its code and evidence quotes.

    Findings that share both get their place among their likes into the hash, so that each
    fingerprint of a result is unique.
    """
    seen: Counter[str] = Counter()
    prints = []
    for finding in findings:
        quotes = [[e["role"], e["quote"]] for e in finding["evidence"]]
        key = digest([finding["code"], quotes])
        prints.append(digest([key, seen[key]]))
        seen[key] += 1
    return prints
