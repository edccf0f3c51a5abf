"""刑期起止: from when to when a sentence runs, and the days of custody credited to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingestion.model import CaseDocument, CustodyDates
from ingestion.numerals import CN, D, chinese_number, find_dates

_RANGE_END = re.compile(r"\s*起?\s*(?:开始)?(?:执行)?\s*[，,]?\s*(?:计算)?\s*(?:至|到|—|－)\s*")
_CONVERSION = re.compile(
    r"(?:羁押|拘留|留置)一[日天][，,]?\s*(?:折抵|抵)(?:刑期)?(?:[一二两][日天])?"
    r"|监视居住[二两]日[，,]?\s*折抵[^，。；]{0,6}?一日"
)
_CREDIT = re.compile(
    rf"(?:折抵(?:刑期)?|羁押(?:时间|期间|的)?|扣除|先行羁押)(?:共计|共|合计|已)?\s*(?P<days>[{D}{CN}]{{1,5}})\s*[日天]"
    rf"|共(?:计)?(?:折抵)?(?P<sum>[{D}{CN}]{{1,5}})\s*[日天]"
)


def _credited(text: str) -> int | None:
    plain = _CONVERSION.sub("", text)
    match = _CREDIT.search(plain)
    return chinese_number(match["days"] or match["sum"]) if match else None


def read_custody(doc: CaseDocument, start: int, end: int) -> Iterator[CustodyDates]:
    """Each 自…起至…止 in `start:end`; where a remark also dates the days credited, only the
    range of the sentence itself (marked by 起 or 止) counts."""
    text = doc.text
    mentions = find_dates(text[start:end])
    for first, second in pairwise(mentions):
        low, high = start + first.start, start + second.end
        between = text[start + first.end : start + second.start]
        if not _RANGE_END.fullmatch(between) or first.value.precision != "day":
            continue
        if second.value.precision != "day":
            continue
        marked = "起" in between or text.startswith("止", high)
        lead = text[max(low - 12, start) : low]
        if not marked and not re.search(r"刑期|即|自|从", lead):
            continue
        if not marked and lead.endswith("折抵"):
            continue
        lead_from = max(text.rfind(mark, start, low) for mark in "（(\n")
        line_end = text.find("）", high, end)
        around = text[max(lead_from, start) : line_end if line_end >= 0 else min(high + 40, end)]
        yield CustodyDates(
            start=first.value,
            end=second.value,
            span=doc.span(low, high + text.startswith("止", high)),
            credited_days=_credited(around),
        )
