"""The state of a finding that a person may change, as the audit events carry it."""

from __future__ import annotations

from typing import Any

from assistant.storage.schema import FindingRow

ADDED = "finding.added"
CONTENT = "content_sha256"
"""In the event by which a person added a finding: the hash of all he wrote."""
EDITABLE = ("message", "suggestion", "severity")


def first_state(original: dict[str, Any]) -> dict[str, Any]:
    """The state in which the program left the finding."""
    return {"status": original["status"], **{name: original[name] for name in EDITABLE}}


def original_of(row: FindingRow, result: dict[str, Any]) -> dict[str, Any]:
    """The finding as it was made: by the program in its result, or by a person."""
    if row.added is not None:
        return row.added
    found: dict[str, Any] = result["findings"][row.number - 1]
    return found


def state_of(row: FindingRow) -> dict[str, Any]:
    return {"status": row.status, **row.current}


def set_state(row: FindingRow, state: dict[str, Any]) -> None:
    row.status = state["status"]
    row.current = {name: state[name] for name in EDITABLE}
    row.severity = state["severity"]
