"""The section of the findings: results by dimension, drafts apart, rejected in an appendix."""

from __future__ import annotations

from typing import Any

from assistant.findings import (
    DIMENSION_NAMES,
    SEVERITY_NAMES,
    SEVERITY_ORDER,
    SOURCE_NAMES,
    STATUS_NAMES,
)
from assistant.reports.model import Block, Card, Paragraph, Quote, Subheading
from assistant.reports.wording import moment, place, shorten
from assistant.unchecked import nothing_found
from knowledge_base.numerals import to_chinese

RESULTS = ("confirmed", "edited")
DRAFT_TITLE = "待确认（草稿，非评查结论）"
ACTION_NAMES = {
    "finding.confirmed": "确认",
    "finding.edited": "修改后确认",
    "finding.rejected": "驳回",
    "finding.added": "提出并确认",
}
FIELD_NAMES = {"message": "问题", "suggestion": "建议", "severity": "严重程度"}


def numbered(result: dict[str, Any]) -> list[dict[str, Any]]:
    """The findings, each with its number, worst first."""
    findings = [{"number": n, **f} for n, f in enumerate(result["findings"], 1)]
    return sorted(findings, key=lambda f: (SEVERITY_ORDER[f["severity"]], f["number"]))


def findings_blocks(result: dict[str, Any]) -> list[Block]:
    """Per dimension the confirmed and edited findings, then the drafts."""
    findings = numbered(result)
    drafts = [f for f in findings if f["status"] == "draft"]
    blocks: list[Block] = []
    for order, (dimension, name) in enumerate(DIMENSION_NAMES.items(), 1):
        blocks.append(Subheading(f"（{to_chinese(order)}）{name}"))
        of_it = [f for f in findings if f["dimension"] == dimension]
        results = [f for f in of_it if f["status"] in RESULTS]
        waiting = sum(f["status"] == "draft" for f in of_it)
        blocks += [card(f) for f in results]
        if not results:
            blocks.append(
                Paragraph(f"尚无经人确认的问题，另有 {waiting} 项待确认。", "note")
                if waiting
                else Paragraph(nothing_found(result))
            )
    if drafts:
        blocks.append(Subheading(f"（{to_chinese(len(DIMENSION_NAMES) + 1)}）{DRAFT_TITLE}"))
        blocks.append(
            Paragraph(
                f"以下 {len(drafts)} 项由程序提出，尚未经人确认，不是评查结论，不计入等次。",
                "warning",
            )
        )
        blocks += [card(f) for f in drafts]
    return blocks


def rejected_blocks(result: dict[str, Any]) -> list[Block]:
    """The rejected findings with the reasons, for the appendix."""
    return [card(f) for f in numbered(result) if f["status"] == "rejected"]


def undecidable_blocks(result: dict[str, Any]) -> list[Block]:
    return [card(f) for f in numbered(result) if f["status"] == "undecidable"]


def card(finding: dict[str, Any]) -> Card:
    source = SOURCE_NAMES[finding["source"]]
    sure = "" if finding["source"] == "person" else f" · 把握 {finding['confidence']:.0%}"
    status = finding["status"]
    return Card(
        number=finding["number"],
        title=finding["title"],
        severity=finding["severity"],
        severity_name=SEVERITY_NAMES[finding["severity"]],
        state=status,
        label=STATUS_NAMES[status],
        facts=f"{finding['code']} · {DIMENSION_NAMES[finding['dimension']]} · 来源：{source}{sure}",
        message=finding["message"],
        quotes=[Quote(place(e), shorten(e["quote"])) for e in finding["evidence"]],
        basis=[_basis(b) for b in finding["legal_basis"]],
        suggestion=finding["suggestion"],
        decision=_decision(finding.get("decision")),
        earlier=_earlier(finding.get("original")),
    )


def _basis(basis: dict[str, Any]) -> Quote:
    force = f"（{basis['in_force_on']}有效的文本）" if basis.get("in_force_on") else ""
    return Quote(
        f"《{basis['law'].strip('《》')}》{basis['article']}{force}", basis.get("text") or ""
    )


def _decision(decision: dict[str, Any] | None) -> str:
    if not decision:
        return ""
    reason = f"，理由：{decision['reason']}" if decision["reason"] else ""
    action = ACTION_NAMES[decision["action"]]
    return f"{decision['actor']}于{moment(decision['at'])}{action}{reason}"


def _earlier(original: dict[str, Any] | None) -> list[str]:
    """What the program had said before a person's edit."""
    lines = []
    for name, label in FIELD_NAMES.items():
        if original and name in original:
            value = original[name]
            shown = SEVERITY_NAMES[value] if name == "severity" else value
            lines.append(f"原{label}：{shown or '（空）'}")
    return lines
