"""The facts as counts: numbered passages, and the sentence that sums them up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.casefile import CaseFile
from assistant.checks.place import sole
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import CaseDocument, Span
from ingestion.numerals import chinese_number, find_money

_FIGURE = re.compile(r"(?:^|(?<=[。；：\n]))[ \t]*(\d{1,2})[.．、](?!\d{1,3}(?:[^\d年]|$))")
_WORDS = re.compile(
    r"(?:^|(?<=[。；：\n]))[ \t]*"
    r"(?:[（(]([一二三四五六七八九十]{1,3})[）)]|([一二三四五六七八九十]{1,3})、"
    r"|第([一二三四五六七八九十]{1,3})[起笔宗节次][：:，、\n])"
)
_SUMS_UP = re.compile(r"^\s*(?:综上|上述|以上|经统计|据此|至案发|案发时|合计|共计)|[^，]{0,20}作案")
_STATED = re.compile(
    r"(?:盗窃|诈骗|抢劫|抢夺|贩卖毒品|贩毒|作案|敲诈勒索|寻衅滋事|行贿|受贿|容留他人吸毒|犯罪)"
    r"(?:作案)?(?:共计|共)?(\d{1,2}|[一二三四五六七八九十两]{1,3})(?:起|次|笔|宗)(?!以上)"
)
_SEVERAL = re.compile(r"先后|多次|分别|[二两三四五六七八九十\d]\s*(?:余)?次")
_MOST = 40


class Count(NamedTuple):
    """One numbered passage of a story, in offsets of that story."""

    start: int
    end: int


def counts(story: str) -> list[Count]:
    """The numbered passages of a story, where they are numbered from one without a gap.

    The last ends with its line; what follows it in the same line and sums up is not of it.
    """
    for pattern in (_FIGURE, _WORDS):
        starts: list[int] = []
        for found in pattern.finditer(story):
            written = next(group for group in found.groups() if group)
            number = int(written) if written.isdigit() else chinese_number(written)
            if number == len(starts) + 1:
                starts.append(found.start())
        if len(starts) < 2:
            continue
        last = _last_end(story, starts[-1])
        return [Count(a, b) for a, b in zip(starts, [*starts[1:], last], strict=True)]
    return []


def _last_end(story: str, start: int) -> int:
    line = story.find("\n", start)
    end = len(story) if line < 0 else line
    for found in re.finditer(r"。", story[start:end]):
        at = start + found.end()
        if _SUMS_UP.match(story[at : at + 30]):
            return at
    return end


def sums_up(story: str, at: int, told: list[Count]) -> bool:
    """Whether the sentence at `at` stands after all counts and speaks of them together."""
    return bool(told) and at >= told[-1].end


def reachable(story: str, told: list[Count]) -> set[int] | None:
    """Every total (fen) that the counts can make up; None where one of them is not exact.

    A count gives the sum of its items, one of them (the sum it is charged with), or nothing
    (attempted, or of another person).
    """
    totals = {0}
    for count in told:
        mentions = find_money(story[count.start : count.end])
        if any(m.fuzzy for m in mentions):
            return None
        values = [m.fen for m in mentions]
        choices = {0, sum(values), *values}
        totals = {total + choice for total in totals for choice in choices}
        if len(totals) > 5000:
            return None
    return totals


def stories(doc: CaseDocument) -> list[Span]:
    """The passages that tell facts."""
    return [s.span for s in doc.sections if s.kind in ("facts", "accusation")]


@check("FACT-010")
def number_of_acts(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for story in stories(doc):
        told = counts(story.quote)
        if not 2 <= len(told) <= _MOST:
            continue
        several = any(_SEVERAL.search(story.quote[c.start : c.end]) for c in told)
        for found in _STATED.finditer(story.quote):
            if several or not sums_up(story.quote, found.start(), told):
                continue
            stated = int(found[1]) if found[1].isdigit() else chinese_number(found[1])
            # Of several persons each may have taken part in some only.
            if stated > len(told) or (stated < len(told) and len(doc.defendants) == 1):
                start = story.start + told[-1].start
                yield hit(
                    doc.span(story.start + found.start(), story.start + found.end()),
                    doc.span(start, start + 12),
                    values={doc.role or "": stated},
                    stated=found[0],
                    count=len(told),
                )
