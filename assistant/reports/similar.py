"""The section on similar cases: why each is similar, how it compares, how like ones ended."""

from __future__ import annotations

from typing import Any

from assistant.reports.model import Bar, Block, Chart, Paragraph, Report, Section, Subheading, Table
from assistant.similar.table import MARK_NAMES
from assistant.similar.telling import distribution_text, months

_SHARES = (("五分之四的案件", "10", "90"), ("居中的一半案件", "25", "75"))


def similar_blocks(similar: dict[str, Any] | None) -> list[Block]:
    """Nothing where no bank was asked; results of earlier versions have none either."""
    if not similar:
        return []
    blocks: list[Block] = [Paragraph(note, "note") for note in similar["notes"]]
    if not similar["cases"]:
        return blocks
    blocks.append(
        Table(
            headers=["序号", "案号、法院", "判决", "相似之处"],
            widths=[7, 28, 25, 40],
            rows=[
                [
                    str(case["rank"]),
                    "\n".join(part for part in (case["title"], case["court"]) if part),
                    case["sentence"] or "—",
                    case["reason"],
                ]
                for case in similar["cases"]
            ],
        )
    )
    blocks += distribution_blocks(similar["distribution"])
    for at, case in enumerate(similar["cases"]):
        blocks += _compared(similar["table"], at, case)
    return blocks


def _compared(table: list[dict[str, Any]], at: int, case: dict[str, Any]) -> list[Block]:
    rows = [
        [
            row["name"],
            row["own"],
            row["cells"][at]["text"],
            MARK_NAMES[row["cells"][at]["mark"]],
        ]
        for row in table
    ]
    blocks: list[Block] = [
        Subheading(f"与{case['title']}比较"),
        Table(headers=["项目", "本案", "该案", "比较"], widths=[14, 38, 38, 10], rows=rows),
    ]
    return blocks + ([Paragraph(case["difference"])] if case["difference"] else [])


def distribution_blocks(found: dict[str, Any] | None) -> list[Block]:
    """The terms of like cases as a chart, with this case's recommendation and verdict."""
    if not found:
        return []
    blocks: list[Block] = [Subheading("同类案件的刑期"), Paragraph(distribution_text(found))]
    chart = distribution_chart(found)
    return [*blocks, chart] if chart else blocks


def distribution_chart(found: dict[str, Any]) -> Chart | None:
    """None where there are too few cases for quantiles."""
    quantiles = found["months"]
    if not quantiles:
        return None
    terms = found["terms"]
    rows = [(f"全部{found['n']}件", terms[0], terms[-1])]
    rows += [(name, quantiles[low], quantiles[high]) for name, low, high in _SHARES]
    bars = [
        Bar(name, low, high, months(low, high), "law" if n == 0 else "step")
        for n, (name, low, high) in enumerate(rows)
    ]
    mark, mark_text = None, ""
    for place in found["places"]:
        if place["what"] == "判决":
            mark, mark_text = place["low"], f"本案判决：{place['text']}"
        else:
            text = months(place["low"], place["high"])
            bars.append(Bar("本案量刑建议", place["low"], place["high"], text, "result"))
    return Chart(f"{found['charge']}：案例库中同类案件的刑期（月）", bars, mark, mark_text)


def build_similar(similar: dict[str, Any], rules: str) -> Report:
    """Similar cases as a report of their own."""
    return Report(
        title="类案检索报告",
        subtitle=similar["query"]["number"] or similar["query"]["source"],
        draft=True,
        sections=[Section("类案", similar_blocks(similar))],
        marks=[f"规则版本 {rules}；由规则得出，未使用模型；案例库中的内容只供本单位内部参照"],
    )
