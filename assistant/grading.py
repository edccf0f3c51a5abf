"""The evaluation grade suggested from what a person has confirmed.

Only confirmed or edited findings count; the machine never suggests 优质, and a finding
in the judgment alone does not lower the procuratorate's grade.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.findings import DIMENSION_NAMES, SEVERITY_NAMES, SEVERITY_ORDER, Finding
from knowledge_base.grading import thresholds

GradeName = Literal["excellent", "qualified", "basically_qualified", "unqualified"]
GRADE_NAMES: dict[GradeName, str] = {
    "excellent": "优质",
    "qualified": "合格",
    "basically_qualified": "基本合格",
    "unqualified": "不合格",
}
_DECIDES_OUTCOME = ("facts", "law", "evidence", "procedure")
"""Dimensions in which a serious error touches how the case was handled."""


@dataclass(frozen=True)
class Grade:
    """A suggestion and its reasons (Chinese); None while nothing has been confirmed."""

    suggested: GradeName | None
    reasons: list[str] = field(default_factory=list)


def _own(finding: Finding) -> bool:
    """Whether it touches a document of the police or the prosecution, not the court's alone; what
    a person added without a place is of the case as a whole.
    """
    told = finding.evidence
    return not told or any(span.role != "judgment" for span in told)


def _named(finding: Finding) -> str:
    return (
        f"{SEVERITY_NAMES[finding.severity]}·{DIMENSION_NAMES[finding.dimension]}："
        f"{finding.title}（{finding.code}）"
    )


def suggest(findings: Sequence[Finding]) -> Grade:
    """The grade that the confirmed findings suggest; a person decides."""
    confirmed = [f for f in findings if f.status in ("confirmed", "edited")]
    if not confirmed:
        return Grade(None, ["尚无经人确认的问题"])
    own = sorted((f for f in confirmed if _own(f)), key=lambda f: SEVERITY_ORDER[f.severity])
    reasons = [_named(f) for f in own[: thresholds()["reasons_shown"]]]
    if len(confirmed) > len(own):
        reasons.append(f"{len(confirmed) - len(own)}条仅见于判决书的问题不计入本院等次")
    serious = [f for f in own if f.severity == "serious"]
    moderate = [f for f in own if f.severity == "moderate"]
    minor = [f for f in own if f.severity == "minor"]
    border = thresholds()["minor_for_basic"]
    if any(f.dimension in _DECIDES_OUTCOME for f in serious):
        reasons.append("有可能影响案件处理的严重问题，参考不合格，须提交会议讨论后由人决定")
        reasons.append("如经审查不影响处理结果，可以考虑基本合格")
        return Grade("unqualified", reasons)
    if serious or moderate or len(minor) >= border:
        reasons.append(
            f"有较重以上问题{len(serious) + len(moderate)}条、轻微问题{len(minor)}条，参考基本合格"
        )
        reasons.append("如问题已在检查中补正，可以考虑合格")
        return Grade("basically_qualified", reasons)
    reasons.append(f"仅有轻微问题{len(minor)}条（不足{border}条），参考合格")
    return Grade("qualified", reasons)
