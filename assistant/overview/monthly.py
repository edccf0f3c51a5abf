"""The draft of a month's analysis report (质效分析月报): numbers of confirmed findings in words.

It ranks nobody: departments stand in the order of their names. What the numbers mean is for
people to write, and the report leaves them the place.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from assistant.accounts import Person
from assistant.findings import DIMENSION_NAMES, SEVERITY_NAMES, SOURCE_NAMES
from assistant.overview.counts import Counts, counts
from assistant.overview.outcomes import Adoption, adoptions, inconsistencies
from assistant.overview.precision import Precision, precisions
from assistant.overview.scope import of_month
from assistant.quality.notices import repeats
from assistant.reports.model import Block, Paragraph, Report, Section, Table
from assistant.review.added import OTHER, OTHER_NAME
from assistant.storage import Store
from knowledge_base.catalogue import planned
from knowledge_base.numerals import to_chinese

TITLE = "案件质量分析月报"
_SHOWN = 10
_SCOPE = (
    "本报告只统计经人确认或修改后确认的问题；待确认、被驳回和无法判断的不计。"
    "同一案件涉及多个罪名或者部门的，在各项下分别计数。"
)


def build_monthly(store: Store, person: Person, month: str) -> Report:
    """The report of `month` (YYYY-MM) for the person's unit. Raises ValueError for no month."""
    scope = of_month(month)
    now, before = counts(store, person, scope), counts(store, person, of_month(_before(month)))
    unlike = inconsistencies(store, person, scope)
    sections: list[tuple[str, list[Block]]] = [
        ("总体情况", [Paragraph(_whole(now, before)), Paragraph(_SCOPE, "note")]),
        ("问题分布", _distribution(now)),
        ("诉判不一", _unlike(unlike.counts)),
        ("量刑建议采纳", _adopted(adoptions(store, person, scope))),
        ("通报后再次出现的问题", _repeats(store, person)),
        ("检查项和模型的准确情况", _precise(precisions(store, person, scope))),
        ("原因分析和工作建议（由撰写人填写）", _to_write()),
    ]
    year, number = month.split("-")
    return Report(
        title=f"{TITLE}（草稿）",
        subtitle=f"{person.unit or '本院'}　{year}年{int(number)}月",
        draft=True,
        sections=[
            Section(f"{to_chinese(n)}、{title}", blocks)
            for n, (title, blocks) in enumerate(sections, 1)
        ],
        marks=[f"统计范围：{month} 作出的决定；由程序汇总，供撰写人核对修改"],
    )


def _before(month: str) -> str:
    return (date.fromisoformat(f"{month}-01") - timedelta(days=1)).isoformat()[:7]


def _whole(now: Counts, before: Counts) -> str:
    if not now.total:
        return f"本月没有经人确认的问题（上月 {before.total} 项）。"
    change = now.total - before.total
    told = f"较上月{'增加' if change > 0 else '减少'} {abs(change)} 项" if change else "与上月持平"
    weights = "、".join(
        f"{name} {now.severity.get(key, 0)} 项" for key, name in reversed(SEVERITY_NAMES.items())
    )
    return f"本月经人确认的问题 {now.total} 项，涉及 {now.cases} 件案件，{told}。其中{weights}。"


def _distribution(now: Counts) -> list[Block]:
    if not now.total:
        return [Paragraph("本月没有可以统计的问题。")]
    dimensions = {DIMENSION_NAMES[key]: n for key, n in now.dimension.items()}  # type: ignore[index]
    codes = {f"{code} {check_name(code)}": n for code, n in list(now.code.items())[:_SHOWN]}
    by_name = dict(sorted(now.department.items()))
    return [
        _table("评查维度", dimensions, now.total),
        _table("检查项（最多十项）", codes, now.total),
        _table("罪名（最多十项）", dict(list(now.charge.items())[:_SHOWN]), now.total),
        _table("部门（按名称排列）", {k or "未登记": n for k, n in by_name.items()}, now.total),
    ]


def check_name(code: str) -> str:
    """The name of a check in the catalogue; empty where it is of no such check."""
    if code == OTHER:
        return OTHER_NAME
    plan = planned().get(code)
    return plan.name if plan else ""


def _table(label: str, numbers: Mapping[str, int], total: int) -> Table:
    return Table(
        headers=[label, "问题数", "占比"],
        rows=[[name, str(n), f"{n / total:.0%}"] for name, n in numbers.items()],
        widths=[64, 18, 18],
    )


def _unlike(numbers: Mapping[str, int]) -> list[Block]:
    if not numbers:
        return [Paragraph("本月没有经人确认的诉判不一。")]
    told = "、".join(f"{name} {n} 项" for name, n in numbers.items())
    return [
        Paragraph(f"经人确认的诉判不一 {sum(numbers.values())} 项：{told}。"),
        Paragraph("诉判不一不等于错案，原因须逐案分析。", "note"),
    ]


def _adopted(rows: list[Adoption]) -> list[Block]:
    whole, by_charge = rows[0], rows[1:]
    if not whole.recommended:
        return [Paragraph("本月签署的案件中没有可以比较的量刑建议。")]
    table = Table(
        headers=["罪名", "建议", "主刑采纳", "低于建议", "高于建议", "平均偏离"],
        rows=[
            [
                row.charge or "合计",
                str(row.recommended),
                f"{row.adopted}（{row.rate:.0%}）",
                str(row.below),
                str(row.above),
                deviation_text(row),
            ]
            for row in [whole, *by_charge[:_SHOWN]]
        ],
        widths=[28, 10, 20, 14, 14, 14],
    )
    return [Paragraph("只统计本月签署的案件；采纳与否以主刑计。", "note"), table]


def deviation_text(row: Adoption) -> str:
    """The mean deviation as it is read."""
    return f"{row.deviation:.1f}个月" if row.deviation is not None else "—"


def _repeats(store: Store, person: Person) -> list[Block]:
    found = repeats(store, person.unit)
    if not found:
        return [Paragraph("没有通知书登记发出后在同一部门再次确认的同类问题。")]
    return [
        Table(
            headers=["部门", "检查项", "首次通知", "此后确认", "涉及案件"],
            rows=[
                [
                    row.department or "未登记",
                    f"{row.code} {check_name(row.code)}",
                    row.sent_on,
                    f"{row.times} 项",
                    f"{row.cases} 件",
                ]
                for row in found
            ],
            widths=[20, 36, 16, 14, 14],
        )
    ]


def _precise(rows: list[Precision]) -> list[Block]:
    if not rows:
        return [Paragraph("本月没有对程序所提问题作出决定。")]
    wrong = [row for row in rows if row.code and row.rejected]
    shown = [row for row in rows if not row.code] + wrong[:_SHOWN]
    return [
        Table(
            headers=["来源", "检查项", "决定", "驳回", "属实比例"],
            rows=[
                [
                    SOURCE_NAMES[row.source],
                    f"{row.code} {check_name(row.code)}" if row.code else "合计",
                    str(row.decided),
                    str(row.rejected),
                    f"{row.right:.0%}",
                ]
                for row in shown
            ],
            widths=[12, 46, 14, 14, 14],
        )
    ]


def _to_write() -> list[Block]:
    return [Table(rows=[["原因分析", ""], ["工作建议", ""], ["撰写人", ""]], widths=[22, 78])]
