"""The state of a finding that a person may change, as the audit events carry it."""

from __future__ import annotations

from typing import Any

from assistant.storage.schema import FindingRow

EDITABLE = ("message", "suggestion", "severity")


def first_state(original: dict[str, Any]) -> dict[str, Any]:
    """The state in which the program left the finding."""
    return {"status": original["status"], **{name: original[name] for name in EDITABLE}}


def state_of(row: FindingRow) -> dict[str, Any]:
    return {"status": row.status, **row.current}


def set_state(row: FindingRow, state: dict[str, Any]) -> None:
    row.status = state["status"]
    row.current = {name: state[name] for name in EDITABLE}
    row.severity = state["severity"]
