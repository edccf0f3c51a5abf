"""The sections of sentencing, reasoning and grade."""

from __future__ import annotations

from typing import Any

from assistant.grading import GRADE_NAMES
from assistant.phrasing import yuan
from assistant.reports.model import Block, Paragraph, Subheading, Table
from assistant.reports.wording import months

HOLDS = {True: "是", False: "否", None: "未判断"}


def sentencing_blocks(opinions: list[dict[str, Any]] | None) -> list[Block]:
    """One table of steps a person and charge."""
    if not opinions:
        return [Paragraph("本次未作量刑测算。")]
    blocks: list[Block] = [
        Paragraph("以下按法律和量刑指导意见逐步测算，只供核对，不代替量刑意见。", "note")
    ]
    for opinion in opinions:
        blocks += _opinion(opinion)
    return blocks


def _opinion(opinion: dict[str, Any]) -> list[Block]:
    blocks: list[Block] = [Subheading(f"{opinion['person']} · {opinion['charge']}")]
    if opinion["steps"]:
        blocks.append(
            Table(
                headers=["步骤", "内容", "结果", "依据"],
                widths=[16, 44, 18, 22],
                rows=[
                    [
                        f"{step['number']}. {step['title']}",
                        step["text"],
                        months(step["range_low"], step["range_high"]),
                        step["rule_source"],
                    ]
                    for step in opinion["steps"]
                ],
            )
        )
    blocks.append(Paragraph(_conclusion(opinion)))
    if verdict := opinion["verdict"]:
        blocks.append(
            Paragraph(
                f"判决：{verdict['text']}。在法定刑幅度内：{HOLDS[verdict['lawful']]}；"
                f"在测算区间内：{HOLDS[verdict['in_guideline']]}。{verdict['reason']}"
            )
        )
    blocks += [Paragraph(f"假定：{text}", "note") for text in opinion["assumptions"]]
    blocks += [Paragraph(f"缺少：{text}", "note") for text in opinion["missing"]]
    return blocks


def _conclusion(opinion: dict[str, Any]) -> str:
    if not opinion["supported"]:
        return "该罪名的量刑幅度尚未收入规则表，未测算。"
    span = months(opinion["range_low"], opinion["range_high"])
    low, high = opinion["fine_low_fen"], opinion["fine_high_fen"]
    fine = ""
    if low is not None and high is not None:
        fine = f"；罚金：{yuan(low)}至{yuan(high)}"
    elif low is not None:
        fine = f"；罚金：{yuan(low)}以上"
    sure = "" if opinion["decided"] else "（幅度未能确定，区间涵盖各种可能）"
    return f"测算区间：{span or '未能得出'}{sure}{fine}。"


def grade_blocks(grade: dict[str, Any] | None) -> list[Block]:
    names: dict[str | None, str] = dict(GRADE_NAMES.items())
    name = names.get((grade or {}).get("suggested"), "暂不建议")
    blocks: list[Block] = [
        Paragraph(f"参考等次：{name}"),
        Paragraph("参考等次只依据经人确认的问题，由评查组织审定，程序不作决定。", "note"),
    ]
    reasons = (grade or {}).get("reasons") or []
    if reasons:
        blocks.append(
            Table(rows=[[str(n), text] for n, text in enumerate(reasons, 1)], widths=[8, 92])
        )
    return blocks
