"""Certain repairs of what OCR confuses, only where the neighbourhood leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingestion.model import Repair
from ingestion.offsets import Edit

_HAN_YEAR = re.compile(r"[一二][〇○零一二三四五六七八九OoＯ0Q]{3}(?=年)")
_HAN_ZERO = str.maketrans(dict.fromkeys("○零OoＯ0Q", "〇"))
_YUE = re.compile(
    r"(?<=月\d)曰|(?<=月\d{2})曰|(?<=月[一二三四五六七八九十])曰"
    r"|(?<=月[一二三四五六七八九十]{2})曰|(?<=月[一二三四五六七八九十]{3})曰"
)
# What OCR makes of a word is no word itself.
_NO_WORDS = {"夭津": ("天津", "地名“天津”误识为“夭津”"), "推操": ("推搡", "“推搡”误识为“推操”")}
_NO_WORD = re.compile("|".join(_NO_WORDS))
_DIGIT_LIKE = str.maketrans("lIi|OoQ", "1111000")
_DIGIT_RUN = re.compile(
    r"(?<![A-Za-z\d])(?P<year>[12lI][\dlIOo]{3})(?=年)"
    r"|(?<=[年月])(?P<day>[\dlIOo]{1,2})(?=[月日曰])"
    r"|(?<![A-Za-z\d])(?P<sum>[\dlIOo]{1,12}(?:\.[\dlIOo]{1,2})?)(?=(?:余)?[万亿]?元)"
    r"|(?<![A-Za-z\d])(?P<id>[1-9lI][\dlIOo]{16}[\dlIOoXx])(?![A-Za-z\d])"
)
_HALF_MARK = re.compile(
    r"(?<=[一-鿿])[:;,]|[,;](?=[一-鿿])|\((?=[一-鿿]|\d{4}\s*[)）]\s*[一-鿿])"
    r"|(?<=[一-鿿])[)(]|(?<=[(（]\d{4})\)|(?<=[。；])\)"
    r"|(?<=[一-鿿])[<>](?=[一-鿿])|(?<=《)<|>(?=》)"
)
# One bracket of a document number's pair, the other being 〔 or 〕.
_YEAR_BRACKET = re.compile(r"(?<=〔\d{4})[\])）］】]|[\[(（［【](?=\d{4}〕)")
_YEAR_BRACKETS = str.maketrans("[(（［【])）］】", "〔〔〔〔〔〕〕〕〕〕")
_FULL_MARK = str.maketrans(":;,()<>", "：；，（）〈〉")


def lookalikes(text: str, start: int, end: int) -> Iterator[tuple[Edit, str]]:
    """One-for-one edits of the OCRed `text[start:end]`, each with its reason in Chinese."""
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for m in _HAN_YEAR.finditer(text, start, end):
        found[m.span()] = (m.group().translate(_HAN_ZERO), "日期中的〇")
    for m in _YUE.finditer(text, start, end):
        found[m.span()] = ("日", "日期中的“日”误识为“曰”")
    for m in _NO_WORD.finditer(text, start, end):
        found[m.span()] = _NO_WORDS[m.group()]
    for m in _DIGIT_RUN.finditer(text, start, end):
        if any(c.isdigit() for c in m.group()):
            found.setdefault(m.span(), (m.group().translate(_DIGIT_LIKE), "数字误识为字母"))
    for m in _YEAR_BRACKET.finditer(text, start, end):
        found[m.span()] = (m.group().translate(_YEAR_BRACKETS), "文号的括号不成对")
    for m in _HALF_MARK.finditer(text, start, end):
        found.setdefault(m.span(), (m.group().translate(_FULL_MARK), "标点误识为半角"))
    done = start
    for (a, b), (to, reason) in sorted(found.items()):
        if a >= done and text[a:b] != to:
            yield (a, b, to), reason
            done = b


def as_repair(edit: Edit, was: str, reason: str) -> Repair:
    """The record of a one-for-one edit made at its own offsets."""
    return Repair(start=edit[0], end=edit[1], was=was, reason=reason)
