"""Slips of the pen that a pattern tells: no list could hold every place or direction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.lexicon import Slip, one_apart
from knowledge_base.word_lists import provinces

_TWICE_TOWARDS = re.compile(
    r"(?:自|由|从)[东南西北]{1,2}(?:向|往)[东南西北]{1,2}(向)(?=行驶|驶|骑行|行走|步行|逆行)"
)
_BORN_AT = re.compile(r"日(?:出)?生(?=[\u4e00-\u9fff]{2,8}?[省市县区][\u4e00-\u9fff]{0,8}[，,])")
_NOT_A_PLACE = re.compile(r"[于在地，,。汉]|[\u4e00-\u9fff]{0,2}族")
_PROVINCE = re.compile(
    r"(?:出生于|出生地|生于|户籍(?:所在)?地(?:为)?|籍贯|现?住(?:址)?|暂住)[：:]?(?P<name>[\u4e00-\u9fff]{2,3}省)"
)
_DAMAGE = re.compile(
    r"(?P<wrong>损失)(?:程度)?(?:均)?(?:已)?(?:为|构成|属于?|系)(?:轻微伤|轻伤|重伤)"
)
_SUMS_UP = re.compile(
    r"(?P<lead>综上|据此|因此)，(?P<one>[^。]{4,40})。(?P=lead)，(?P<two>[^。]{4,40})。"
)
_CITED_TWICE = re.compile(
    r"(第[一二三四五六七八九十百零]+条(?:之[一二三四])?(?:第[一二三四五六七八九十]+款)?)[、，]\1(?![第之（(])"
)
_SHORT_YEAR = re.compile(
    r"(?<![一二三四五六七八九十百千万〇○零])二[〇○零ＯO0О][一二三四五六七八九]年(?=[元一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)"
)
_NO_UNIT = re.compile(r"人民币(?:共计|合计|约)?\d[\d,]*(?:\.\d+)?(?=[，。；）](?!\d))")
_ALIKE = 0.6


def odd(body: str) -> Iterator[Slip]:
    """One letter too many, too few or wrong in words that follow a pattern."""
    for found in _TWICE_TOWARDS.finditer(body):
        right = found[0][: found.start(1) - found.start()]
        yield Slip(found.start(), found.end(1), right)
    for found in _BORN_AT.finditer(body):
        if not _NOT_A_PLACE.match(body, found.end()):
            yield Slip(found.start(), found.end() + 2, f"{found[0]}于{body[found.end() :][:2]}")
    for found in _PROVINCE.finditer(body):
        province = _province(found["name"])
        if province is not None:
            yield Slip(found.start("name"), found.end("name"), province)
    for found in _SHORT_YEAR.finditer(body):
        yield Slip(found.start(), found.end(), "四位数的年份")
    for found in _NO_UNIT.finditer(body):
        yield Slip(found.start(), found.end(), found[0] + "元")
    for found in _CITED_TWICE.finditer(body):
        yield Slip(found.start(), found.end(), found[1])
    for found in _DAMAGE.finditer(body):
        yield Slip(found.start("wrong"), found.end("wrong"), "损伤")
    for found in _SUMS_UP.finditer(body):
        if _overlap(found["one"], found["two"]) >= _ALIKE:
            yield Slip(found.start("one"), found.end(), found["two"] + "。")


def _province(written: str) -> str | None:
    """The one province that the written name is a single character away from."""
    if written in provinces():
        return None
    near = [name for name in provinces() if one_apart(name, written)]
    return near[0] if len(near) == 1 else None


def _overlap(one: str, two: str) -> float:
    """Share of the shorter clause's characters that the other has too."""
    shorter, longer = sorted((set(one), set(two)), key=len)
    return len(shorter & longer) / len(shorter)
