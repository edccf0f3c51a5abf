"""From an assessed item to a finding: wording and grade from checks.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.findings import Finding, LegalBasis, Severity
from assistant.reasoning.items import Item, Verdict
from knowledge_base.topics import raised_in

CODES = {"argument": "REAS-002", "circumstance": "REAS-004", "recommendation": "REAS-005"}
# The model answers little better than chance on what rules leave open: a person must look.
_CONFIDENCE = {"rule": 0.7, "model": 0.4}
_LONGEST = 60


class Check(BaseModel):
    """One row of checks.yaml; a message for each verdict that is a defect."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    severity: Severity
    verified: bool
    law: str
    article: str
    suggestion: str
    ignored: str | None = None
    refused_without_reason: str | None = None
    named_only: str | None = None

    def message(self, verdict: Verdict) -> str | None:
        texts: dict[str, str | None] = {
            "ignored": self.ignored,
            "refused_without_reason": self.refused_without_reason,
            "named_only": self.named_only,
        }
        return texts.get(verdict)


@cache
def checks() -> dict[str, Check]:
    """The checks of this package by code."""
    path = files("assistant.reasoning") / "checks.yaml"
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))["checks"]
    return {row.code: row for row in map(Check.model_validate, rows)}


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _weight(item: Item, default: Severity) -> Severity:
    """A plea for leniency or for the family that goes unanswered is a slight defect."""
    if item.kind != "argument":
        return default
    topics = raised_in(item.text)
    slight = {"mild", "hardship", "leniency", "probation", "first_occasional", "court_plea"}
    return "minor" if topics and all(t.key in slight for t in topics) else default


def finding(item: Item) -> Finding | None:
    """The finding of a defective item, None where it is in order or open."""
    if item.kind not in CODES or item.unsure:
        return None
    check = checks()[CODES[item.kind]]
    template = check.message(item.verdict)
    if template is None or item.decided_by == "open":
        return None
    fields: dict[str, Any] = {
        "by": item.by,
        "argument": _short(item.text),
        "circumstance": item.text,
    }
    evidence = [item.subject]
    if item.answer is not None and item.answer != item.subject:
        evidence.append(item.answer)
    return Finding(
        code=check.code,
        title=check.name,
        category="reasoning",
        dimension="reasoning",
        severity=_weight(item, check.severity),
        source=item.decided_by,
        confidence=_CONFIDENCE[item.decided_by],
        message=template.format_map(fields),
        suggestion=check.suggestion,
        legal_basis=[LegalBasis(law=check.law, article=check.article)],
        evidence=evidence,
        values={"judgment": item.verdict},
    )
