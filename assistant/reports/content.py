"""From a result of contract `findings/1` to the report's sections (评查意见书)."""

from __future__ import annotations

from typing import Any

from assistant.findings import STATUS_NAMES
from assistant.reports.drafts import opinion_blocks
from assistant.reports.findings import findings_blocks, rejected_blocks, undecidable_blocks
from assistant.reports.judgement import grade_blocks, objection_blocks, sentencing_blocks
from assistant.reports.model import Block, Paragraph, Report, Section, Subheading, Table
from assistant.reports.reasoning import reasoning_blocks
from assistant.reports.similar import similar_blocks
from assistant.reports.wording import moment, role_name
from knowledge_base.numerals import to_chinese

TITLE = "案件质量评查意见书"
NOT_SIGNED = "本稿未经签署。标为“待确认”的内容是程序提出的草稿，不是评查结论。"


def build(result: dict[str, Any]) -> Report:
    """The report of a result, with or without decisions in it."""
    signature = result.get("signature")
    sections = [
        ("案件基本情况", _case(result)),
        ("评查工作开展情况", _work(result)),
        ("诉判比对", _comparison(result.get("comparison"))),
        ("发现的问题", findings_blocks(result)),
        ("量刑测算", sentencing_blocks(result.get("sentencing"))),
        ("类案", similar_blocks(result.get("similar"))),
        ("释法说理", reasoning_blocks(result.get("reasoning"))),
        ("反馈与异议", objection_blocks(result.get("objections"))),
        ("结果等次建议及评定依据", grade_blocks(result.get("grade"))),
        ("其他需说明的问题", _other(result)),
    ]
    given = [Section(title, blocks) for title, blocks in sections if blocks]
    named = [
        Section(f"{to_chinese(n)}、{section.title}", section.blocks)
        for n, section in enumerate(given, 1)
    ]
    if opinion := opinion_blocks(result):
        named.append(Section("附件：评查意见（代拟稿）", opinion))
    if rejected := rejected_blocks(result):
        named.append(Section("附件：经人驳回的问题", rejected))
    return Report(
        title=TITLE if signature else f"{TITLE}（草稿）",
        subtitle=(result.get("case") or {}).get("title") or "",
        draft=not signature,
        sections=named,
        marks=_marks(result),
    )


def build_sentencing(opinions: list[dict[str, Any]], file: str, rules: str) -> Report:
    """Opinions on one document as a report of their own."""
    return Report(
        title="量刑测算",
        subtitle=file,
        draft=True,
        sections=[Section("逐步测算", sentencing_blocks(opinions))],
        marks=[f"规则版本 {rules}；由规则得出，未使用模型；供承办人核对，不是量刑建议"],
    )


def _marks(result: dict[str, Any]) -> list[str]:
    marks = [note] if (note := result.get("masked")) else []
    review, signature = result.get("review"), result.get("signature")
    if review:
        marks.append(f"案件编号 {review['case']}，第 {review['version']} 版")
    if signature:
        marks.append(f"签署：{signature['actor']}，{moment(signature['at'])}")
        marks.append(f"签署内容 SHA-256：{signature['result_sha256']}")
    if audit := result.get("audit"):
        marks.append(f"审计记录 {audit['events']} 条，末条哈希：{audit['head']}")
    return marks


def _case(result: dict[str, Any]) -> list[Block]:
    case = result.get("case") or {}
    numbers = "；".join(
        f"{name}：{number}" for name, number in case.get("numbers", {}).items() if number
    )
    rows = [
        ["案件名称", case.get("title") or "未读出"],
        ["被告人", "、".join(case.get("defendants") or []) or "未读出"],
        ["罪名", "、".join(case.get("charges") or []) or "未读出"],
        ["公诉机关", case.get("procuratorate") or "未读出"],
        ["审理法院", case.get("court") or "未读出"],
        ["文书号", numbers or "未读出"],
    ]
    return [Table(rows=rows, widths=[22, 78])]


def _work(result: dict[str, Any]) -> list[Block]:
    blocks: list[Block] = []
    if not result.get("signature"):
        blocks.append(Paragraph(NOT_SIGNED, "warning"))
    blocks.append(Paragraph(_progress(result)))
    rows = []
    for document in result["documents"]:
        lost = document["pages_failed"]
        pages = f"{document['pages']} 页" if document["pages"] else "无页码"
        read = f"第 {'、'.join(map(str, lost))} 页未能读取" if lost else "全部读取"
        rows.append(
            [
                role_name(document["role"]),
                document["number"] or "无文号",
                document["file"],
                pages,
                read,
            ]
        )
    blocks.append(
        Table(
            headers=["文书", "文号", "文件", "页数", "读取情况"],
            rows=rows,
            widths=[16, 28, 26, 12, 18],
        )
    )
    open_checks = result["not_checked"]
    if open_checks:
        blocks.append(Paragraph(f"下列 {len(open_checks)} 项检查缺少条件，未能作出判断："))
        blocks.append(
            Table(
                headers=["检查项", "未查原因"],
                rows=[[row["code"], row["reason"]] for row in open_checks],
                widths=[20, 80],
            )
        )
    return blocks


def _progress(result: dict[str, Any]) -> str:
    counts = dict.fromkeys(STATUS_NAMES, 0)
    for finding in result["findings"]:
        counts[finding["status"]] += 1
    told = "，".join(f"{STATUS_NAMES[s]} {n} 项" for s, n in counts.items() if n)
    total = len(result["findings"])
    added = sum(finding["source"] == "person" for finding in result["findings"])
    if result.get("confirmed_only"):
        return f"经人确认的问题 {total} 项" + (f"：{told}。" if total else "。")
    by_people = f"，人工添加 {added} 项" if added else ""
    return f"程序共提出 {total - added} 项问题{by_people}" + (f"：{told}。" if total else "。")


def _comparison(rows: list[dict[str, Any]] | None) -> list[Block]:
    if not rows:
        return []
    table = Table(
        headers=["被告人", "起诉罪名", "量刑建议", "判决罪名", "判决结果"],
        widths=[13, 17, 26, 17, 27],
        rows=[
            [
                row["defendant"],
                "、".join(row["accused"]) or "—",
                "；".join(row["recommended"]) or "未见",
                "、".join(row["convicted"]) or "—",
                _sentences(row),
            ]
            for row in rows
        ],
    )
    return [table]


def _sentences(row: dict[str, Any]) -> str:
    parts = [f"{charge}：{text}" for charge, text in row["sentences"].items()]
    if row["combined"]:
        parts.append(f"决定执行：{row['combined']}")
    return "；".join(parts) or "—"


def _other(result: dict[str, Any]) -> list[Block]:
    blocks: list[Block] = []
    if unclear := undecidable_blocks(result):
        blocks += [Subheading("无法判断的事项"), *unclear]
    hidden = [
        [role_name(d["role"]), h["reason"], str(h["page"] or "—"), h["text"]]
        for d in result["documents"]
        for h in d.get("hidden", [])
    ]
    if hidden:
        blocks.append(Paragraph("文书中有一般读者看不到的文字，未作为文书内容使用，请核对来源："))
        blocks.append(
            Table(headers=["文书", "情形", "页", "文字"], rows=hidden, widths=[18, 20, 8, 54])
        )
    blocks.append(Paragraph(_model_use(result)))
    versions = result["versions"]
    blocks.append(
        Paragraph(
            f"程序版本 {versions['program']}，规则版本 {versions['rules']}，"
            f"提示词版本 {versions['prompts']}。"
        )
    )
    blocks += [Paragraph(f"{mark}。") for mark in _marks(result)]
    return blocks


def _model_use(result: dict[str, Any]) -> str:
    used = result.get("model")
    if not used or not used.get("calls"):
        return "本次未使用模型，全部问题由规则得出。"
    name = result["versions"].get("model") or "未具名"
    return (
        f"使用模型“{name}”，共提问 {used['calls']} 次；回答中有 {used.get('dropped', 0)} 处"
        "因引文或法条无法核实而弃用。"
    )
