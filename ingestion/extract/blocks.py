"""Where the parties stand, and the block of text that belongs to each of them.

Texts come in lines, or as one line with single spaces, or run together; a block
therefore begins at a party's title (被告人, 辩护人 …) wherever a sentence begins,
and ends where the next one begins or the story of the procedure starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Literal, TypeVar

from ingestion.model import CaseDocument, Field

T = TypeVar("T")
Kind = Literal["defendant", "unit", "counsel", "other"]

_PARTIES_END = re.compile(
    r"[^。；;，,\s]{2,40}(?:检察院|检院|检察分院)(?:于[^，。]{4,20}日)?[，,]?\s*以[^。]{2,80}?"
    r"(?:指控|提起公诉|起诉书)"
    r"|[^。；;，,\s]{2,40}检察院(?:于[^，。]{4,20}日)?[，,]?\s*(?:指控|起诉指控)"
    r"|公诉机关(?:于[^，。]{4,20}日)?[，,]?\s*(?:以|指控)"
    r"|(?:原审)?被告人[^，。；\s]{2,60}(?:被控|涉嫌)[^，。；\s]{0,60}一案"
    r"|(?:被告人|犯罪嫌疑人)[^，。；\s]{2,60}一案"
    r"|(?:犯罪嫌疑人|被告人)[^，。；]{2,40}涉嫌[^，。；]{1,40}案[，,]"
    r"|[^。；，\s]{2,30}法院[^。；，]{0,6}(?:审理|受理)"
    r"|本案[，,]?(?:系|是)?由"
    r"|经(?:本院)?依法(?:审查|侦查)查明|经(?:本院)?审理查明|经审查查明|公诉机关指控|本院认为"
    r"|现已侦查终结"
)
_PROSECUTOR = re.compile(r"原?公诉机关(?=[:：\s]?[^，。指以]{4,30}检)")
_HEAD = re.compile(
    r"(?:^|(?<=[\s。；;！号院书）)况息]))"
    r"(?P<title>(?P<other>(?:刑事)?附带民事(?:公益)?诉讼(?:原告|被告)(?:人|单位)?"
    r"|上诉人[（(]原审附带民事诉讼[^）)]{2,10}[）)]|原审附带民事诉讼[原被]告人?|原公诉机关|公诉机关|抗诉机关"
    r"|被害(?:人|单位)|(?:诉讼|委托|法定|诉讼)代理人|诉讼代表人|法定代表人(?!、)|近亲属|合适成年人|翻译(?:人员)?"
    r"|自诉人|证人|鉴定人|合适保护人|案由(?=[:：]))"
    r"|(?P<counsel>(?:被告人|上诉人)?(?P<client>[^，。；\s]{2,8})?的?(?:指定|委托)?辩护(?:人|律师)|值班律师)"
    r"|(?P<unit>(?:上诉人|上诉单位)?[（(]?原审被告单位[^）)]{0,12}[）)]?|被告单位|犯罪嫌疑单位|被不起诉单位)"
    r"|(?P<defendant>(?:原审)?(?:上诉人|抗诉人|申诉人)[（(]原审被告人[^）)]{0,20}[）)]|原审被告人(?:[（(]上诉人[）)])?"
    r"|(?:第[一二三四五六七八九十]{1,2})?被\s?告\s?人(?:暨附带民事诉讼被告人|[（(][^）)]{0,4}附带民事诉讼被告人[）)])?"
    r"|犯罪嫌疑人|被调查人|被(?:附条件)?不起诉人|罪犯(?=[^，。；\s]{2,8}[，,（(])|(?:本人|犯罪嫌疑人|被告人)?姓名(?=[:：\s]|[^，。；：\s]{2,4}[，,])|被告(?=[^，。；\s]{2,4}[，,][男女])))"
    # 犯罪嫌疑人基本情况 is a heading, not a man's name.
    r"(?!的?[^，。；：\s]{0,12}(?:基本情况|身份信息|基本信息|自然情况))"
    r"(?P<gap>[:：\s]{0,3})"
)


@dataclass(frozen=True)
class Block:
    """A party's stretch `start:end`; its name begins at `body`."""

    kind: Kind
    start: int
    body: int
    end: int
    title: str
    client: str | None = None


def field(doc: CaseDocument, start: int, end: int, value: T) -> Field[T]:
    """A value read at `start:end`, marked where the page came from OCR."""
    span = doc.span(start, end)
    pages = doc.source.pages or []
    scanned = any(p.number == span.page and p.method == "ocr" for p in pages)
    return Field(value=value, span=span, source="ocr" if scanned else "text")


def _parties(text: str) -> tuple[int, int]:
    """Where the parties begin (a title may name them before) and the procedure's story begins."""
    first = _PROSECUTOR.search(text, 0, 600)
    start = first.start() if first else 0
    match = _PARTIES_END.search(text, start)
    return start, match.start() if match else min(len(text), 4000)


def blocks(text: str, within: tuple[int, int] | None = None) -> Iterator[Block]:
    """The parties' blocks in order; `within` where the document says itself where they stand."""
    start, end = within or _parties(text)
    heads = list(_HEAD.finditer(text, start, end))
    for head, following in zip_longest(heads, heads[1:]):
        kind: Kind = "other"
        if head["defendant"]:
            kind = "defendant"
        elif head["unit"]:
            kind = "unit"
        elif head["counsel"]:
            kind = "counsel"
        stop = following.start() if following else end
        yield Block(kind, head.start(), head.end(), stop, head["title"], head["client"])


def clauses(
    text: str, start: int, end: int, marks: str = "，,。；;\n"
) -> Iterator[tuple[int, int]]:
    """Stretches between punctuation `marks`, brackets kept whole, blanks trimmed."""
    depth, begin = 0, start
    for match in _stops(marks).finditer(text, start, end):
        character = match[0]
        if character in "（(“《〔":
            depth += 1
        elif character in "）)”》〕":
            depth = max(depth - 1, 0)
        elif depth == 0 or character == "。":
            if whole := _trimmed(text, begin, match.start()):
                yield whole
            begin, depth = match.end(), 0
    if whole := _trimmed(text, begin, end):
        yield whole


@cache
def _stops(marks: str) -> re.Pattern[str]:
    return re.compile(f"[（(“《〔）)”》〕{re.escape(marks)}]")


def _trimmed(text: str, low: int, high: int) -> tuple[int, int] | None:
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    return (low, high) if low < high else None
