"""CaseFile: the documents of one criminal case that are held against each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingestion.model import CaseDocument, Role

ROLE_NAMES: dict[Role, str] = {
    "opinion": "起诉意见书",
    "indictment": "起诉书",
    "recommendation": "量刑建议书",
    "judgment": "判决书",
    "non_prosecution": "不起诉决定书",
    "plea": "认罪认罚具结书",
    "report": "审查报告",
    "ruling": "裁定书",
    "indictment_change": "追加、补充、变更、撤回起诉文书",
    "civil_indictment": "附带民事起诉书",
    "card": "案卡",
}


@dataclass
class CaseFile:
    """One case: its documents by role and, where given, the case card's fields."""

    documents: dict[Role, CaseDocument] = field(default_factory=dict)
    card: dict[str, Any] | None = None

    def get(self, role: Role) -> CaseDocument | None:
        return self.documents.get(role)

    @property
    def indictment(self) -> CaseDocument | None:
        return self.get("indictment")

    @property
    def judgment(self) -> CaseDocument | None:
        return self.get("judgment")

    @property
    def opinion(self) -> CaseDocument | None:
        return self.get("opinion")

    @property
    def recommendation(self) -> CaseDocument | None:
        return self.get("recommendation")
