"""From a result of contract `findings/1` to the self-check record (自查记录) for the file.

Says what was checked, by which versions, what was found and what was done about it. Holds no
time of day and nothing of the machine: the same result gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from assistant.findings import DIMENSION_NAMES, SEVERITY_NAMES
from assistant.reports.findings import card, numbered
from assistant.reports.model import Block, Paragraph, Report, Section, Subheading, Table
from assistant.reports.wording import moment, place, role_name, shorten
from assistant.unchecked import nothing_found
from knowledge_base.catalogue import entries
from knowledge_base.numerals import to_chinese

TITLE = "文书自查记录"
HANDLING = {
    "draft": "待处理",
    "confirmed": "确认属实",
    "edited": "修改后确认",
    "rejected": "不采纳",
    "undecidable": "无法判断",
}
_HASH_SHOWN = 16


def build_selfcheck(result: dict[str, Any], earlier: dict[str, Any] | None = None) -> Report:
    """The record of a result; `earlier` is the result of a draft before it."""
    sections = [
        ("受检文书", _documents(result)),
        ("检查范围", _scope(result)),
        ("前稿问题的改正", _mended(result, earlier) if earlier else []),
        ("发现的问题及处理", _findings(result)),
        ("未能检查的事项", _open(result)),
        ("版本", _versions(result)),
        ("承办人确认", _signing(result.get("signature"))),
    ]
    given = [(title, blocks) for title, blocks in sections if blocks]
    return Report(
        title=TITLE,
        subtitle=(result.get("case") or {}).get("title") or "",
        draft=any(f["status"] == "draft" for f in result["findings"]),
        sections=[
            Section(f"{to_chinese(n)}、{title}", blocks)
            for n, (title, blocks) in enumerate(given, 1)
        ],
        marks=[f"规则版本 {result['versions']['rules']}，程序版本 {result['versions']['program']}"],
    )


def _documents(result: dict[str, Any]) -> list[Block]:
    rows = []
    for document in result["documents"]:
        lost = document["pages_failed"]
        pages = f"{document['pages']} 页" if document["pages"] else "无页码"
        rows.append(
            [
                role_name(document["role"]),
                document["number"] or "无文号",
                document["file"],
                f"{pages}，第 {'、'.join(map(str, lost))} 页未能读取" if lost else pages,
                document["sha256"][:_HASH_SHOWN],
            ]
        )
    return [
        Table(
            headers=["文书", "文号", "文件", "页数", "SHA-256（前16位）"],
            rows=rows,
            widths=[12, 24, 22, 12, 30],
        )
    ]


def _scope(result: dict[str, Any]) -> list[Block]:
    """How many checks of each dimension were put to the document, and what came of them."""
    checked = result.get("checked") or []
    known = [entries()[code] for code in checked if code in entries()]
    found = Counter(f["dimension"] for f in result["findings"])
    open_codes = {row["code"] for row in result["not_checked"]}
    rows = []
    for dimension, name in DIMENSION_NAMES.items():
        of_it = [entry for entry in known if entry.dimension == dimension]
        if of_it or found[dimension]:
            undecided = sum(entry.code in open_codes for entry in of_it)
            rows.append([name, str(len(of_it)), str(found[dimension]), str(undecided)])
    table = Table(
        headers=["维度", "检查项", "发现问题", "未能判断"], rows=rows, widths=[40, 20, 20, 20]
    )
    with_card = any(entry.category == "card" for entry in known)
    compared = "，案卡已一并比对" if with_card else ""
    return [Paragraph(f"本次共检查 {len(checked)} 项{compared}。"), table] if rows else []


def _key(finding: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """What makes a finding of two drafts the same: its code and the words it points at."""
    return finding["code"], tuple(sorted(e["quote"] for e in finding["evidence"]))


def _mended(result: dict[str, Any], earlier: dict[str, Any]) -> list[Block]:
    """Each finding of the draft before: mended in this one, or still there."""
    still = {_key(f) for f in result["findings"]}
    rows = []
    for finding in numbered(earlier):
        left = "本稿仍有，见下" if _key(finding) in still else "本稿已无"
        if finding["status"] == "rejected" and _key(finding) in still:
            left = "经人驳回，未改"
        rows.append(
            [
                str(finding["number"]),
                SEVERITY_NAMES[finding["severity"]],
                finding["message"],
                left,
            ]
        )
    before = "、".join(f"{d['file']}（{d['sha256'][:_HASH_SHOWN]}）" for d in earlier["documents"])
    if not rows:
        return [Paragraph(f"前稿 {before} 未发现问题。")]
    return [
        Paragraph(f"前稿 {before} 曾提出下列问题："),
        Table(headers=["序号", "轻重", "问题", "本稿情况"], rows=rows, widths=[8, 10, 62, 20]),
    ]


def _findings(result: dict[str, Any]) -> list[Block]:
    """By dimension, worst first, each with its place, suggestion and handling."""
    findings = numbered(result)
    if not findings:
        return [Paragraph(nothing_found(result))]
    blocks: list[Block] = []
    for dimension, name in DIMENSION_NAMES.items():
        of_it = [f for f in findings if f["dimension"] == dimension]
        if not of_it:
            continue
        blocks.append(Subheading(f"{name}（{len(of_it)} 项）"))
        blocks.append(
            Table(
                headers=["序号", "轻重", "问题和原文", "建议", "处理"],
                rows=[_row(f) for f in of_it],
                widths=[7, 9, 44, 24, 16],
            )
        )
    return blocks


def _row(finding: dict[str, Any]) -> list[str]:
    quote = finding["message"]
    for first in finding["evidence"][:1]:
        quote += f"（{place(first)}：“{shorten(first['quote'], 40)}”）"
    handled = HANDLING[finding["status"]]
    if decision := card(finding).decision:
        handled = f"{handled}：{decision}"
    return [
        str(finding["number"]),
        SEVERITY_NAMES[finding["severity"]],
        f"{finding['code']} {quote}",
        finding["suggestion"],
        handled,
    ]


def _open(result: dict[str, Any]) -> list[Block]:
    rows = [[row["code"], row["reason"]] for row in result["not_checked"]]
    if not rows:
        return [Paragraph("各项检查均已作出判断。")]
    return [Table(headers=["检查项", "原因"], rows=rows, widths=[16, 84])]


def _versions(result: dict[str, Any]) -> list[Block]:
    versions = result["versions"]
    rows = [
        ["程序", versions["program"]],
        ["规则", versions["rules"]],
        ["检查目录", versions.get("checks") or "—"],
        ["提示词", versions["prompts"]],
        ["模型", versions["model"] or "未使用"],
    ]
    return [Table(rows=rows, widths=[22, 78])]


def _signing(signature: dict[str, Any] | None) -> list[Block]:
    """Lines to sign on paper; on a copy that the officer signed here, who and when."""
    name = day = ""
    if signature and signature["stage"] == "selfcheck":
        name, day = signature["actor"], moment(signature["at"])
    return [
        Paragraph(
            "本记录由程序生成，供承办人自查附卷；所列为疑点，是否属实、如何处理由承办人决定。"
        ),
        Table(rows=[["承办检察官", name], ["检察官助理", ""], ["日期", day]], widths=[22, 78]),
    ]
