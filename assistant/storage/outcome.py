"""A program's result together with what people decided of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assistant.findings import Finding
from assistant.grading import suggest
from assistant.storage.records import StoredFinding


def outcome(result: dict[str, Any], findings: list[StoredFinding]) -> dict[str, Any]:
    """The result with findings as they stand, and the grade that follows from them."""
    suggested = suggest([Finding.model_validate(f.content) for f in findings])
    return {
        **result,
        "findings": [finding_json(f) for f in findings],
        "grade": {"suggested": suggested.suggested, "reasons": suggested.reasons},
    }


def finding_json(finding: StoredFinding) -> dict[str, Any]:
    """The contract's finding, and beside it number, decision and changed original values."""
    return {
        **finding.content,
        "number": finding.number,
        "decision": asdict(finding.decision) if finding.decision else None,
        "original": finding.changed or None,
    }
