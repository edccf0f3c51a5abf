"""The sections of sentencing, reasoning and grade."""

from __future__ import annotations

from typing import Any, Literal

from assistant.grading import GRADE_NAMES
from assistant.phrasing import yuan
from assistant.reports.model import Bar, Block, Chart, Paragraph, Subheading, Table
from assistant.reports.wording import months
from assistant.sentencing.distribution import percentile_text

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
    if (chart := waterfall(opinion)) is not None:
        blocks.append(chart)
    blocks.append(Paragraph(conclusion(opinion)))
    if verdict := opinion["verdict"]:
        blocks.append(
            Paragraph(
                f"判决：{verdict['text']}。在法定刑幅度内：{HOLDS[verdict['lawful']]}；"
                f"在指导意见结果内：{HOLDS[verdict['in_guideline']]}；"
                f"在宣告刑范围内：{HOLDS[verdict.get('within_discretion')]}。{verdict['reason']}。"
            )
        )
    # Results stored by an earlier version have neither.
    if advice := opinion.get("recommendation"):
        blocks.append(Paragraph(f"量刑建议：{advice['text']}，{advice['reason']}。"))
    if departure := opinion.get("departure"):
        blocks.append(Paragraph(f"建议与判决：{departure['text']}。"))
    blocks += _like_cases(opinion)
    blocks += [Paragraph(f"假定：{text}", "note") for text in opinion["assumptions"]]
    blocks += [Paragraph(f"缺少：{text}", "note") for text in opinion["missing"]]
    return blocks


# Steps that a chart shows, with what they are there: a range of the law, or of the working out.
_SHOWN: tuple[tuple[int, str, Literal["law", "step"]], ...] = (
    (2, "法定刑幅度", "law"),
    (3, "量刑起点", "step"),
    (4, "基准刑", "step"),
    (5, "第一层情节后", "step"),
    (6, "第二层情节后", "step"),
)


def waterfall(opinion: dict[str, Any]) -> Chart | None:
    """The steps that give a range of months; None where there are fewer than two."""
    steps = {step["number"]: step for step in opinion["steps"]}
    rows: list[tuple[str, int | None, int | None, Literal["law", "step", "result"]]] = []
    if opinion["tiers"]:
        rows = [
            (label, steps[n]["range_low"], steps[n]["range_high"], kind)
            for n, label, kind in _SHOWN
            if n in steps
        ]
        rows.append(
            ("指导意见结果", opinion.get("guideline_low"), opinion.get("guideline_high"), "result")
        )
    else:
        rows = [(s["title"], s["range_low"], s["range_high"], "step") for s in opinion["steps"]]
    rows.append(("宣告刑范围", opinion["range_low"], opinion["range_high"], "result"))
    bars = [
        Bar(label, low, high, months(low, high), kind)
        for label, low, high, kind in rows
        if low is not None and high is not None
    ]
    if len(bars) < 2:
        return None
    verdict = opinion["verdict"] or {}
    mark = verdict.get("months")
    title = f"{opinion['person']} · {opinion['charge']}：量刑步骤（月）"
    return Chart(title, bars, mark, f"判决：{verdict['text']}" if mark is not None else "")


# Shares of like cases that a bar holds: its label, from which percent to which, its colour.
_SHARES: tuple[tuple[str, int, int, Literal["law", "step", "result"]], ...] = (
    ("十分之九的案件", 5, 95, "law"),
    ("五分之四的案件", 10, 90, "step"),
    ("居中的一半案件", 25, 75, "result"),
)


def _like_cases(opinion: dict[str, Any]) -> list[Block]:
    """What courts did in such cases, told apart from the working out; older results have none."""
    found = opinion.get("distribution")
    if not found:
        return []
    terms = {int(level): value for level, value in found["months"].items()}
    bars = [
        Bar(label, round(terms[a]), round(terms[b]), months(round(terms[a]), round(terms[b])), kind)
        for label, a, b, kind in _SHARES
    ]
    verdict = opinion["verdict"] or {}
    mark = verdict.get("months")
    title = f"{opinion['person']} · {opinion['charge']}：同类案件的实际刑期（月）"
    text = f"同类案件：{found['note']}，中位{round(terms[50])}个月。"
    if found["percentile"] is not None:
        text += f"{percentile_text(found['percentile'])}。"
    return [
        Paragraph(f"{text}以下分布只供参照，不是法律幅度，也不影响上面的测算。", "note"),
        Chart(title, bars, mark, f"判决：{verdict['text']}" if mark is not None else ""),
    ]


def conclusion(opinion: dict[str, Any]) -> str:
    """What the working out comes to, in one sentence."""
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
    # Stored results of an earlier version lack the guideline's own range.
    guided = months(opinion.get("guideline_low"), opinion.get("guideline_high"))
    result = f"指导意见结果：{guided}；" if guided else ""
    return f"{result}宣告刑范围：{span or '未能得出'}{sure}{fine}。"


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
    if given := (grade or {}).get("given"):
        blocks.append(
            Table(
                headers=["环节", "等次", "评定人", "时间", "理由"],
                rows=[
                    [g["step"], g["grade"], g["name"], g["at"], g["reason"] or "与参考等次相同"]
                    for g in given
                ],
                widths=[10, 14, 14, 24, 38],
            )
        )
    return blocks


def objection_blocks(objections: list[dict[str, Any]] | None) -> list[Block]:
    """Each objection of the officer beside its answers; nothing where none was asked for."""
    if objections is None:
        return []
    if not objections:
        return [Paragraph("承办人没有提出异议。")]
    return [
        Table(
            headers=["问题", "承办人异议", "答复"],
            rows=[
                [
                    f"问题{o['number']}",
                    f"{o['text']}（{o['name']}，{o['at']}）",
                    "；".join(o["answers"]) or "尚未答复",
                ]
                for o in objections
            ],
            widths=[12, 44, 44],
        )
    ]
