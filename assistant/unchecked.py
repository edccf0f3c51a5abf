"""Documents that were read but for whose kind no check exists: said, never passed over."""

from __future__ import annotations

from typing import Any

from assistant.casefile import ROLE_NAMES, CaseFile
from assistant.findings import NotChecked
from knowledge_base.catalogue import entries

CODE = "DOC-002"


def _roles_with_checks() -> set[str]:
    on = [entry for entry in entries().values() if entry.on]
    return {
        role for entry in on for role in (*entry.documents, *(r for p in entry.pairs for r in p))
    }


def unchecked(case: CaseFile) -> list[NotChecked]:
    """One row for each document of the case that no check looks at."""
    known = _roles_with_checks()
    return [
        NotChecked(
            code=CODE,
            reason=f"“{document.source.file}”是{ROLE_NAMES[role]}，已读取，"
            "但本版本尚无针对该类文书的检查，未作任何检查",
        )
        for role, document in case.documents.items()
        if role not in known
    ]


def nothing_found(result: dict[str, Any]) -> str:
    """What to say of a result without findings: no defect found, or nothing was checked."""
    silent = sum(row["code"] == CODE for row in result["not_checked"])
    if silent and silent == len(result["documents"]):
        return "未作检查：本版本尚无针对该类文书的检查。"
    return "未发现问题。"
