"""Sums, figures in words and units of one document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from assistant.casefile import CaseFile
from assistant.checks.amount_tiers import total_decides
from assistant.checks.counts import Count, counts, reachable, stories, sums_up
from assistant.checks.place import part, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import CaseDocument, Span
from ingestion.numerals import MoneyMention, find_money, money_fen
from knowledge_base.check_rules import limit

_TOTAL = re.compile(r"(?:共计|合计|总计|总价值|总额|总金额|累计|价值共|共价值)[^\d，。；]{0,16}$")
_PAIRS = re.compile(
    r"(?:人民币)?([零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]+元)整?[（(]\s*(?:人民币|即|￥)?\s*([\d,，.]+万?元)"
    r"|([\d,，.]+万?元)[（(]\s*(?:人民币|大写：?)?\s*([零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]+元)"
)
_ALCOHOL = re.compile(
    r"(?:乙醇|酒精)[^。；，]{0,14}?(?<![±\d.．])(\d+(?:[.．]\d+)?)\s*(毫克|mg|ｍｇ|克|g)\s*[/／每]\s*(\d{0,3})\s*(毫升|ml|mL|ML|ｍｌ|m1|升|L)"
)
_PROPERTY = re.compile(r"盗窃|诈骗|职务侵占|挪用|贪污|受贿|合同诈骗|敲诈勒索")
# What was paid in several times adds up payments that are not told one by one.
_INSTALMENTS = re.compile(
    r"(?:先后|分)[两二三四五六七八九十多数\d]{1,3}次[^，。；]{0,16}$"
    r"|(?:取现|取款|提现|支取)[^，。；]{0,2}(?:共计|合计|总计|累计)[^，。；]{0,16}$"
)
_NOTHING_GOT = re.compile(r"未窃得|未得逞|未能得逞|未遂|未骗得")
_MAX_PARTS = 10
_MAX_SPANS = 7


def _paragraph(text: str, at: int, low: int) -> int:
    """Where the sentence or numbered paragraph before `at` begins."""
    return max(low, *(text.rfind(mark, low, at) + 1 for mark in "。\n"))


def _adds_up(parts: list[int], total: int) -> bool:
    """Whether some of the parts make up the total (others may be of another kind)."""
    if total in parts or sum(parts) == total:
        return True
    return any(
        sum(chosen) == total
        for size in range(2, len(parts) + 1)
        for chosen in combinations(parts, size)
    )


@check("AMT-001")
def sums(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for story in stories(doc):
        mentions = find_money(story.quote)
        told = counts(story.quote)
        for index, mention in enumerate(mentions):
            before = story.quote[max(mention.start - 24, 0) : mention.start]
            if not _closes_a_list(before) or mention.fuzzy:
                continue
            low = _paragraph(story.quote, mention.start, 0)
            listed = [m for m in mentions[:index] if m.start >= low]
            if not listed and sums_up(story.quote, mention.start, told):
                yield from _of_counts(doc, story, mention, told)
                continue
            if not _plain_list(listed, mention):
                continue
            parts = [m.fen for m in listed]
            wide = [m.fen for m in mentions[max(index - _MAX_PARTS, 0) : index]]
            if not _adds_up(parts, mention.fen) and not _adds_up(wide, mention.fen):
                first = listed[0]
                yield hit(
                    doc.span(story.start + mention.start, story.start + mention.end),
                    doc.span(story.start + first.start, story.start + listed[-1].end),
                    values={doc.role or "": mention.fen},
                    total=_yuan(mention.fen),
                    summed=_yuan(sum(parts)),
                )


def _of_counts(
    doc: CaseDocument, story: Span, total: MoneyMention, told: list[Count]
) -> Iterator[Hit]:
    """A total after numbered counts that no choice of their sums makes up."""
    possible = reachable(story.quote, told)
    last = [find_money(story.quote[c.start : c.end]) for c in told]
    if possible is None or total.fen in possible or sum(map(bool, last)) < 2:
        return
    places = [
        doc.span(story.start + c.start + found[-1].start, story.start + c.start + found[-1].end)
        for c, found in zip(told, last, strict=True)
        if found
    ]
    yield hit(
        doc.span(story.start + total.start, story.start + total.end),
        *places[:_MAX_SPANS],
        values={doc.role or "": total.fen},
        confidence=0.85 if all(len(found) <= 1 for found in last) else None,
        total=_yuan(total.fen),
        summed=_yuan(sum(m.fen for found in last for m in found)),
    )


def _closes_a_list(before: str) -> bool:
    """Whether the words before a sum call it a total, and not that of one item in brackets."""
    found = _TOTAL.search(before)
    if found is None or _INSTALMENTS.search(before):
        return False
    return before.rfind("（") <= before.rfind("）")


def _plain_list(listed: list[MoneyMention], total: MoneyMention) -> bool:
    """Whether the sums before a total look like its parts: several, exact, none larger."""
    return 2 <= len(listed) <= _MAX_PARTS and all(
        not m.fuzzy and m.fen < total.fen * 10 for m in listed
    )


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}".rstrip("0").rstrip(".") + "元"


@check("AMT-002")
def words_and_figures(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for found in _PAIRS.finditer(doc.text):
        first, second = (found[1], found[2]) if found[1] else (found[3], found[4])
        try:
            one, other = money_fen(first), money_fen(second)
        except ValueError:
            continue
        if one != other:
            yield hit(
                doc.span(found.start(), found.end()),
                values={doc.role or "": found[0]},
                first=first,
                second=second,
            )


@check("AMT-005")
def no_total(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    facts = part(doc, "facts")
    charges = {c.value for d in doc.defendants for c in d.charges}
    counts = [f for f in doc.facts if f.speaker == "prosecution"]
    # Of counts of different kinds nobody asks the sum.
    if facts is None or len(counts) < 2 or not all(_PROPERTY.search(c) for c in charges):
        return
    with_money = [
        f for f in counts if find_money(f.span.quote) and not _NOTHING_GOT.search(f.span.quote)
    ]
    if len(with_money) < 2 or re.search(r"共计|合计|总计|累计|总额|共(?:价值|人民币)", doc.text):
        return
    yield hit(
        doc.span(
            counts[-1].span.start, counts[-1].span.start + min(12, len(counts[-1].span.quote))
        ),
        severity=None
        if total_decides(doc, [_largest(f.span.quote) for f in with_money])
        else "minor",
        values={"indictment": len(with_money)},
        count=len(with_money),
    )


def _largest(words: str) -> int:
    return max(m.fen for m in find_money(words))


@check("AMT-011")
def alcohol_units(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    appendix = part(doc, "appendix")
    end = appendix.start if appendix else len(doc.text)
    for found in _ALCOHOL.finditer(doc.text, 0, end):
        number = float(found[1].replace("．", "."))
        grams = found[2] in ("克", "g")
        litre = found[4] in ("升", "L")
        per = float(found[3]) if found[3] else 1.0
        milligrams = number * (1000 if grams else 1) * 100 / (per * (1000 if litre else 1))
        if not limit("blood_alcohol_least") <= milligrams <= limit("blood_alcohol_most"):
            yield hit(
                doc.span(found.start(1), found.end()),
                values={doc.role or "": doc.text[found.start(1) : found.end()]},
                written=doc.text[found.start(1) : found.end()],
                converted=f"{milligrams:g}",
            )
