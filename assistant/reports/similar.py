"""The section on similar cases: why each is similar, how it compares, how like ones ended."""

from __future__ import annotations

from typing import Any

from assistant.reports.model import Bar, Block, Chart, Paragraph, Report, Section, Subheading, Table
from assistant.reports.wording import months
from assistant.similar.table import MARK_NAMES

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


def distribution_text(found: dict[str, Any]) -> str:
    """How many like cases there are, where they come from, and where this case lies."""
    tier = f"、第{found['tier']}档幅度" if found["tier"] else ""
    told = f"案例库中同罪名（{found['charge']}）{tier}、判处有期徒刑或者拘役的案件{found['n']}件"
    if found["years"]:
        first, last = found["years"]
        told += f"（{first}年）" if first == last else f"（{first}年至{last}年）"
    if found["n"]:
        told += f"，其中缓刑{found['probation']}件"
    if found["without_fixed_term"]:
        told += f"；另有{found['without_fixed_term']}件未判处有期徒刑、拘役"
    parts = [told]
    if found["months"]:
        low, middle, high = (round(found["months"][level]) for level in ("10", "50", "90"))
        parts.append(f"中位{months(middle, middle)}，五分之四在{months(low, high)}之间")
        parts += [_place(place) for place in found["places"]]
    elif found["n"]:
        parts.append("件数太少，不给出分位")
    return "；".join([*parts, *found["notes"]]) + "。"


def _place(place: dict[str, Any]) -> str:
    words = f"本案{place['what']}（{place['text']}）高于其中约{place['percentile']}%"
    return words + f"，按情节换算后高于约{place['adjusted']}%"


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
        Bar(name, low, high, months(round(low), round(high)), "law" if n == 0 else "step")
        for n, (name, low, high) in enumerate(rows)
    ]
    mark, mark_text = None, ""
    for place in found["places"]:
        if place["what"] == "判决":
            mark, mark_text = place["low"], f"本案判决：{place['text']}"
        else:
            text = months(round(place["low"]), round(place["high"]))
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
