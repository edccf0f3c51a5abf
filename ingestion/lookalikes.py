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
# One character within what is no word, or no word there, and what it must have been.
_NO_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"夭(?=津)", "天"),
        (r"(?<=推)操(?![作场])", "搡"),
        (r"(?<=自)(?<![来出取源]自)已(?=[的身家]|名下|所有|一人)", "己"),
        (r"(?<![自知])己(?=经|构成|满[十\d]|发还|取得[^，。；]{0,12}谅解|赔偿|退[赔缴还])", "已"),
        (r"(?<![周月年期])末(?=成年|遂|婚|满[十\d])", "未"),
        (
            r"(?:(?<=被告)|(?<=被害)|(?<=嫌疑)|(?<=辩护))入(?![股伙职学院住狱户室境场库账])|入(?=民(?:法院|检察院|币|共和国|警察))",
            "人",
        ),
        (r"元(?=期徒刑)", "无"),
        (r"(?<=[一二三四五六七八九])干(?=元|余元|[一二三四五六七八九]百)", "千"),
        (r"(?<=[，。；])[干千](?=[12]\d{3}年)", "于"),
        (r"(?<=月\d)目|(?<=月\d{2})目", "日"),
    )
)
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
    for pattern, to in _NO_WORDS:
        for m in pattern.finditer(text, start, end):
            found[m.span()] = (to, f"“{to}”误识为“{m.group()}”")
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
