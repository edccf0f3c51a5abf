"""Where a result points at: the spans of its findings and of everything else it quotes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Place = dict[str, Any]
_PARTS = ("differences", "sentencing", "reasoning")


def places(result: dict[str, Any], role: str) -> Iterator[tuple[int, Place]]:
    """The evidence of the findings in one document: finding's number and span."""
    for number, finding in enumerate(result["findings"], 1):
        for span in finding["evidence"]:
            if span["role"] == role:
                yield finding.get("number", number), span


def find(result: dict[str, Any], role: str, start: int, end: int) -> Place | None:
    """The span `start:end` of a document, wherever the result quotes it."""
    told = [span for _, span in places(result, role)]
    for part in _PARTS:
        told += (s for s in _spans(result.get(part)) if s["role"] == role)
    return next((s for s in told if (s["start"], s["end"]) == (start, end)), None)


def _spans(value: Any) -> Iterator[Place]:
    if isinstance(value, list):
        for inner in value:
            yield from _spans(inner)
    elif isinstance(value, dict):
        if {"start", "end", "quote", "role"} <= value.keys():
            yield value
        else:
            for inner in value.values():
                yield from _spans(inner)
