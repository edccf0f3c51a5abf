"""Drunk driving: no starting point, but a blood alcohol level and listed circumstances."""

from __future__ import annotations

import re
from datetime import date

from assistant.sentencing.facts import Facts
from assistant.sentencing.model import Step
from ingestion.model import CaseDocument
from knowledge_base import drunk_driving, penalties

CHARGE = "危险驾驶罪"
_DRUNK = re.compile("酒精|乙醇|醉酒|醉驾")
_LEVEL = re.compile(
    r"(\d{2,3}(?:\.\d+)?)\s*(?:mg|毫克|㎎)\s*[/／每]?\s*(?:100)?\s*(?:ml|毫升|㎖)", re.IGNORECASE
)


def step(doc: CaseDocument, facts: Facts, number: int, missing: list[str]) -> Step | None:
    """What level and circumstances mean for the sentence; None where alcohol is not the matter.

    Adds to `missing` where no level can be read.
    """
    text = facts.story.text
    on = facts.decided or facts.offence
    if not _DRUNK.search(text):
        return None
    level = max(_LEVEL.finditer(text), key=lambda m: float(m[1]), default=None)
    found = list(drunk_driving.told(text, on))
    heavier = [(row, m) for row, m in found if row.kind == "heavier"]
    barred = [row.name for row, _ in found if row.kind == "no_probation"]
    parts = []
    matches = [m for _, m in heavier]
    if level is None:
        missing.append("血液酒精含量")
    else:
        matches.append(level)
        parts.append(_of_level(float(level[1]), bool(heavier), on, barred))
    names = "、".join(dict.fromkeys(row.name for row, _ in heavier))
    parts.append(f"从重情形：{names}" if names else "文书未载明从重情形")
    if barred:
        parts.append("一般不适用缓刑：" + "、".join(dict.fromkeys(barred)))
    low, high = (penalties.find(f"drunk_fine_month_{end}", on) for end in ("low", "high"))
    if low is not None and high is not None:
        parts.append(f"每增加一个月拘役，罚金增加{low.value}元至{high.value}元")
    spans = [(facts.story.place(m.start()), len(m[0])) for m in matches]
    return Step(
        number,
        "醉驾的数值与情形",
        "；".join(parts) + "（条文待核对原文）。",
        penalties.cited("drunk_driving"),
        spans=tuple(doc.span(at, at + length) for at, length in spans),
    )


def _of_level(value: float, heavier: bool, on: date | None, barred: list[str]) -> str:
    said = f"血液酒精含量{value:g}毫克/100毫升"
    if value < penalties.limit("alcohol_crime", on):
        return f"{said}，未达到醉酒标准"
    lenient, strict = (penalties.find(f"alcohol_{key}", on) for key in ("lenient", "no_probation"))
    if lenient is not None and value < lenient.value and not heavier:
        return f"{said}，不满{lenient.value}且无从重情形的，可以认定为情节显著轻微"
    if strict is not None and value > strict.value:
        barred.insert(0, f"血液酒精含量超过{strict.value}毫克/100毫升")
    old = penalties.find("alcohol_heavier", on)
    if old is not None and value >= old.value:
        return f"{said}，达到{old.value}，从重处罚"
    return said
