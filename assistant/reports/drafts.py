"""Drafted texts as reports: the paragraphs of the opinion, and the process-monitoring notice."""

from __future__ import annotations

from typing import Any

from assistant.drafting.notice import Notice, Problem, notice
from assistant.drafting.opinion import Passage, passages
from assistant.drafting.sentences import Sentence
from assistant.reports.model import Block, Paragraph, Report, Section, Subheading, Table
from assistant.reports.wording import moment
from knowledge_base.numerals import to_chinese

TITLE = "流程监控通知书"
_BY_NAMES = {"model": "模型", "person": "人"}


def opinion_blocks(result: dict[str, Any]) -> list[Block]:
    """A paragraph for each dimension; drafts apart; then whose words they are."""
    found = passages(result)
    if not found:
        return []
    blocks: list[Block] = []
    for passage in found:
        blocks.append(Subheading(passage.title))
        if passage.draft:
            blocks.append(Paragraph("以下未经人确认，不是评查结论。", "warning"))
        blocks.append(Paragraph(passage.text))
        blocks += [
            Paragraph(f"“{s.text.strip()}”{s.doubt}，请核对。", "warning") for s in _own(passage)
        ]
    sentences = [s for passage in found if passage.was is None for s in passage.sentences]
    rewritten = "、".join(passage.title for passage in found if passage.was is not None)
    own = [Paragraph(f"“{rewritten}”的文字由人改写。", "note")] if rewritten else []
    return [*blocks, *own, *_notes(sentences)]


def _own(passage: Passage) -> list[Sentence]:
    """Sentences of a rewritten paragraph that stand in no source."""
    return [s for s in passage.sentences if s.doubt] if passage.was is not None else []


def _notes(sentences: list[Sentence]) -> list[Block]:
    """Which statements are not the program's template, and what stands in no source."""
    told = []
    for by, name in _BY_NAMES.items():
        numbers = sorted({s.findings[0] for s in sentences if s.by == by and s.findings})
        if numbers:
            told.append(f"问题{'、'.join(map(str, numbers))}的文字由{name}改写")
    told.append("每句末尾的编号为所依据的问题，数字、名称、日期、条文和引文均已与来源核对")
    blocks: list[Block] = [Paragraph("；".join(told) + "。", "note")]
    blocks += [
        Paragraph(f"问题{s.findings[0]}经人改写后，{s.doubt}，请核对。", "warning")
        for s in sentences
        if s.doubt
    ]
    return blocks


def build_notice(result: dict[str, Any]) -> Report:
    """流程监控通知书 of a result; a draft until people fill in and sign what is theirs."""
    drafted = notice(result)
    sections = [("案件情况", _case(result)), ("发现的问题", _problems(drafted))]
    if drafted.problems:
        sections.append(("处理要求", [Paragraph(_request(drafted))]))
    if drafted.spoken:
        sections.append(("另作口头提示", _listed(drafted.spoken)))
    if drafted.waiting:
        warning = Paragraph("下列问题未经人确认，确认前不得发出。", "warning")
        sections.append(("待确认的问题", [warning, *_listed(drafted.waiting)]))
    sections.append(("签发", [Table(rows=_SIGNING, widths=[22, 78])]))
    return Report(
        title=f"{TITLE}（草稿）",
        subtitle=(result.get("case") or {}).get("title") or "",
        draft=True,
        sections=[
            Section(f"{to_chinese(n)}、{title}", blocks)
            for n, (title, blocks) in enumerate(sections, 1)
        ],
        marks=_marks(result),
    )


_SIGNING = [
    ["发往部门", ""],
    ["承办人", ""],
    ["监控人", ""],
    ["审核", ""],
    ["签发", ""],
    ["日期", ""],
]


def _case(result: dict[str, Any]) -> list[Block]:
    case = result.get("case") or {}
    numbers = "；".join(
        f"{name} {number}" for name, number in case.get("numbers", {}).items() if number
    )
    review = result.get("review") or {}
    rows = [
        ["案件", case.get("title") or "未读出"],
        ["文书号", numbers or "未读出"],
        ["发现时间", moment(review.get("analysed_at")) or "以检查当日为准"],
    ]
    return [Table(rows=rows, widths=[22, 78])]


def _problems(drafted: Notice) -> list[Block]:
    if not drafted.problems:
        return [Paragraph("没有经人确认、须书面通知的程序问题。")]
    return _listed(drafted.problems)


def _listed(problems: tuple[Problem, ...]) -> list[Block]:
    blocks: list[Block] = []
    for place, problem in enumerate(problems, 1):
        title = f"{place}. 【{problem.severity_name}】{problem.title}〔问题{problem.number}〕"
        blocks.append(Subheading(title))
        blocks += [Paragraph(sentence.text) for sentence in problem.sentences]
        blocks.append(Paragraph(f"处理方式：{problem.form}。", "note"))
    return blocks


def _request(drafted: Notice) -> str:
    chief = "本通知同时报告检察长。" if drafted.reported else ""
    return (
        f"请就上列问题核查处理，并在收到本通知书后{drafted.reply_days}日内"
        f"书面回复查明的情况、原因和整改结果。{chief}"
    )


def _marks(result: dict[str, Any]) -> list[str]:
    review = result.get("review")
    marks = [f"案件编号 {review['case']}，第 {review['version']} 版"] if review else []
    versions = result["versions"]
    return [*marks, f"程序版本 {versions['program']}，规则版本 {versions['rules']}"]
