"""Similar cases in sentences, put together from the fields of a result's key `similar`."""

from __future__ import annotations

from typing import Any

from assistant.phrasing import term
from ingestion.model import Term

_MOST_CITED = 3


def months(low: float, high: float) -> str:
    """Whole months in words: 一年二个月, or a range of them."""
    ends = dict.fromkeys(term(Term(months=round(value))) for value in (low, high))
    return "至".join(ends)


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
        low, middle, high = (found["months"][level] for level in ("10", "50", "90"))
        parts.append(f"中位{months(middle, middle)}，五分之四在{months(low, high)}之间")
        parts += [_place(place) for place in found["places"]]
    elif found["n"]:
        parts.append("件数太少，不给出分位")
    return "；".join([*parts, *found["notes"]]) + "。"


def _place(place: dict[str, Any]) -> str:
    words = f"本案{place['what']}（{place['text']}）{_among(place['percentile'])}"
    return f"{words}，按情节换算后{_among(place['adjusted'])}"


def _among(percentile: int) -> str:
    if percentile in (0, 100):
        return "低于其中全部案件" if percentile == 0 else "高于其中全部案件"
    return f"高于其中约{percentile}%的案件"


def citations(similar: dict[str, Any] | None) -> list[str]:
    """Sentences for a draft: the first cases of the same charge by number, then the terms.

    None where no case of the charge was found: an empty search is no statement.
    """
    if not similar:
        return []
    charge = similar["query"]["compared_by"]
    like = [case for case in similar["cases"] if charge in case["charges"]][:_MOST_CITED]
    if not like:
        return []
    told = [
        f"{case['court'] or ''}{case['title']}：{case['sentence'] or '判决结果未读出'}；"
        f"{case['reason']}。{case['difference']}"
        for case in like
    ]
    spread = similar["distribution"]
    first = f"经检索本单位案例库，与本案相似的案件有{len(like)}件，只供参照。"
    return [first, *told, *([distribution_text(spread)] if spread else [])]
