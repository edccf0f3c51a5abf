"""The suggested grade counts only what a person has confirmed."""

from __future__ import annotations

import pytest

from assistant.findings import Dimension, Finding, Severity, Status
from assistant.grading import suggest
from ingestion.model import Role, Span


def finding(
    severity: Severity,
    status: Status = "confirmed",
    dimension: Dimension = "documents",
    role: Role = "indictment",
) -> Finding:
    span = Span(start=0, end=2, quote="被告", role=role)
    return Finding(
        code="FMT-001",
        title="标题文种不符",
        category="format",
        dimension=dimension,
        severity=severity,
        confidence=0.9,
        message="示例",
        evidence=[span],
        status=status,
    )


@pytest.mark.parametrize(
    ("findings", "grade", "why"),
    [
        ([], None, "nothing found"),
        ([finding("serious", "draft")], None, "a draft is no result"),
        ([finding("serious", "rejected")], None, "a person rejected it"),
        ([finding("serious", "undecidable")], None, "not decided"),
        ([finding("minor")], "qualified", "one small thing"),
        ([finding("minor")] * 4, "qualified", "below the number"),
        ([finding("minor")] * 5, "basically_qualified", "many small things"),
        ([finding("moderate", "edited")], "basically_qualified", "edited counts as confirmed"),
        ([finding("serious")], "basically_qualified", "grave, but only of form"),
        ([finding("serious", dimension="law")], "unqualified", "touches how the case was decided"),
        ([finding("serious", dimension="law", role="judgment")], "qualified", "the court's own slip"),
    ],
)  # fmt: skip
def test_suggested(findings: list[Finding], grade: str | None, why: str) -> None:
    suggested = suggest(findings)
    assert suggested.suggested == grade, why
    assert suggested.reasons


def test_never_excellent_by_the_machine() -> None:
    for severity in ("minor", "moderate", "serious"):
        assert suggest([finding(severity)]).suggested != "excellent"  # type: ignore[arg-type]


def test_nothing_confirmed_is_said_in_words() -> None:
    assert suggest([finding("minor", "draft")]).reasons == ["尚无经人确认的问题"]


def test_the_decisive_findings_are_named() -> None:
    reasons = suggest([finding("minor"), finding("serious", dimension="law")]).reasons
    assert "严重" in reasons[0]
    assert any("会议讨论" in reason for reason in reasons)
