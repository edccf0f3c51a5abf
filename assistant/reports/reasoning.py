"""The section on reasoning: how each argument, circumstance and recommendation was answered."""

from __future__ import annotations

from typing import Any

from assistant.reports.model import Block, Paragraph, Table
from assistant.reports.wording import place, shorten
from knowledge_base.rubric import criteria

DECIDED_NAMES = {"rule": "规则", "model": "模型", "open": "—"}
HEADERS = ["类别", "内容", "判决书如何回应", "判决书原文", "判断"]
WIDTHS = [12, 24, 18, 36, 10]


def reasoning_blocks(reasoning: dict[str, Any] | None) -> list[Block]:
    """A table of what the judgment had to reason; None means it was not assessed."""
    if not reasoning:
        return [Paragraph("本次未作释法说理评查。")]
    items = reasoning["items"]
    if not items:
        return [Paragraph("判决书中没有读出需要回应的辩护意见、量刑情节或者量刑建议。")]
    left = f"，其中 {reasoning['open']} 项未能判断、不计入" if reasoning["open"] else ""
    return [
        Paragraph(
            f"说理程度初评：{reasoning['level'] or '不作评价'}（共 {len(items)} 项{left}）。"
        ),
        *_scores(reasoning),
        Paragraph("以下由程序初步评析，供评查人核对；是否构成问题，以人确认的为准。", "note"),
        Table(headers=HEADERS, widths=WIDTHS, rows=[_row(item) for item in items]),
        *_exemplary(reasoning),
    ]


def _scores(reasoning: dict[str, Any]) -> list[Block]:
    """The mean of each criterion; results stored before there were criteria have none."""
    scores = [f"{c['name']} {c['score']:.1f}" for c in reasoning.get("criteria", ())]
    return [Paragraph(f"各项平均分（满分 2）：{'，'.join(scores)}。")] if scores else []


def _exemplary(reasoning: dict[str, Any]) -> list[Block]:
    """Passages of the court that are worth learning from."""
    return [
        Paragraph(
            f"可供学习的说理（{'、'.join(p['why'])}）——{place(p['span'])}：“{p['span']['quote']}”"
        )
        for p in reasoning.get("exemplary", ())
    ]


def _row(item: dict[str, Any]) -> list[str]:
    quote = item["quote"]
    shown = f"{place(quote)}：“{shorten(quote['quote'])}”" if quote else item["reason"] or "—"
    return [
        criteria()[item["kind"]].name,
        item["text"],
        item["verdict_name"],
        shown,
        DECIDED_NAMES[item["decided_by"]],
    ]
