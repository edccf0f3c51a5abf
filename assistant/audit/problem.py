"""What verification reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Problem:
    """Something that does not fit; `seq` names the audit event, `message` is Chinese."""

    kind: Literal["gap", "link", "hash", "clock", "truncated", "rewritten", "unanchored", "state"]
    seq: int | None
    message: str
