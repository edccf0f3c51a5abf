"""The section on reasoning: how each argument was answered, each circumstance reasoned."""

from __future__ import annotations

from typing import Any

from assistant.reports.model import Block, Paragraph


def reasoning_blocks(reasoning: dict[str, Any] | None) -> list[Block]:
    if not reasoning:
        return [Paragraph("本次未作释法说理评查。")]
    return []
