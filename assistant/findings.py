"""Finding: one point that a person is to confirm, edit or reject.

The JSON form is that of the public contract `findings/1` (see docs/contracts).
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic import Field as PydanticField

from ingestion.model import Span

Category = Literal[
    "identity",
    "party",
    "charge",
    "statute",
    "fact",
    "amount",
    "date",
    "circumstance",
    "recommendation",
    "sentence",
    "procedure",
    "deadline",
    "evidence",
    "reasoning",
    "format",
    "wording",
    "card",
]
Dimension = Literal[
    "evidence", "facts", "law", "procedure", "documents", "reasoning", "effect", "responsibility"
]
Severity = Literal["minor", "moderate", "serious"]
Source = Literal["rule", "model", "person"]
Status = Literal["draft", "confirmed", "edited", "rejected", "undecidable"]

DIMENSION_NAMES: dict[Dimension, str] = {
    "evidence": "证据采信",
    "facts": "事实认定",
    "law": "法律适用",
    "procedure": "办案程序",
    "documents": "文书制作和使用",
    "reasoning": "释法说理",
    "effect": "办案效果",
    "responsibility": "落实司法责任制",
}
SEVERITY_NAMES: dict[Severity, str] = {"minor": "轻微", "moderate": "较重", "serious": "严重"}
SEVERITY_ORDER: dict[Severity, int] = {"serious": 0, "moderate": 1, "minor": 2}
SOURCE_NAMES: dict[Source, str] = {"rule": "规则", "model": "模型", "person": "人工"}
STATUS_NAMES: dict[Status, str] = {
    "draft": "待确认",
    "confirmed": "已确认",
    "edited": "已修改",
    "rejected": "已驳回",
    "undecidable": "无法判断",
}


class LegalBasis(BaseModel):
    """A provision a finding rests on; `text` is the law as of `in_force_on`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    law: str
    article: str
    text: str | None = None
    in_force_on: date | None = None


class Finding(BaseModel):
    """One suspected point with its proof. Only a person's may stand without evidence: what is
    missing from a document, or from all of them, stands nowhere.
    """

    model_config = ConfigDict(extra="forbid")

    code: str = PydanticField(pattern=r"^[A-Z]{2,5}-[0-9]{3}$")
    title: str
    category: Category
    dimension: Dimension
    severity: Severity
    source: Source = "rule"
    confidence: float = PydanticField(ge=0, le=1)
    message: str = PydanticField(min_length=1)
    suggestion: str = ""
    legal_basis: list[LegalBasis] = PydanticField(default_factory=list)
    evidence: list[Span]
    values: dict[str, Any] = PydanticField(default_factory=dict)
    status: Status = "draft"

    @model_validator(mode="after")
    def _has_evidence(self) -> Self:
        if not self.evidence and self.source != "person":
            raise ValueError("a finding without evidence does not exist")
        if any(span.role is None for span in self.evidence):
            raise ValueError("evidence must say in which document it stands")
        return self

    def to_json(self) -> dict[str, Any]:
        """The contract's form; a provision whose wording of the day is not held has no text."""
        content = self.model_dump(mode="json")
        content["legal_basis"] = [
            basis.model_dump(mode="json", exclude_none=True) for basis in self.legal_basis
        ]
        return content


class NotChecked(BaseModel):
    """A check that could not be decided, and what it lacks (`reason`, Chinese)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    reason: str
