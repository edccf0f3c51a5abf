"""Calendar dates as written: exact, masked, relative to the one before, and impossible ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from ingestion.model import DateValue
from ingestion.numerals.numbers import CN, DIGITS, FULL_WIDTH, D, chinese_number

_MASK = r"[*＊×xXｘ某Ｘ]{1,4}"
# The letter O for a zero is a common slip of typists and scanners alike.
_YEAR = rf"(?P<y>[12１２][{D}OＯ]{{3}}|[一二][零〇○ＯOo0０九一二三四五六七八]{{3}})"
_MONTH = rf"(?P<m>[{D}][{D}OＯ]?|[{CN}]{{1,2}}|{_MASK})"
_DAY = rf"(?P<d>[{D}][{D}OＯ]?|[{CN}]{{1,3}}|{_MASK})"
_M = rf"[{D}][{D}OＯ]?|[{CN}]{{1,2}}"
_N = rf"[{D}][{D}OＯ]?|[{CN}]{{1,3}}"
_PART = "底|初|末|中旬|上旬|下旬|中"
_DATE = re.compile(
    # How all that follows begins, and a word near it: elsewhere nothing needs to be tried.
    rf"(?=[{D}{CN}同当次翌第去上前下是隔半](?s:.{{0,4}}?)[年月日号天周个晚夜./-])(?:"
    rf"(?<![{D}第]){_YEAR}\s?年(?:度)?(?:\s?{_MONTH}\s?月(?:份)?(?:\s?{_DAY}\s?[日号])?)?"
    rf"|(?<![{D}])(?P<y2>[12]\d{{3}})(?P<sep>[-./])(?P<m2>\d{{1,2}})(?P=sep)(?P<d2>\d{{1,2}})(?![{D}])"
    rf"|(?P<rel>同年|当年|次年|翌年|第二年|去年|上年|前一年)(?:{_PART})?(?:(?P<m3>{_M}|同|当)月(?:份)?"
    rf"(?:(?P<d3>{_N})[日号])?)?"
    rf"|(?P<relm>同月|当月|次月|翌月|上月|上个月|下个?月)(?P<d4>{_N})[日号]"
    rf"|(?P<relmonth>同月|当月|次月|翌月)(?:{_PART})?"
    r"|(?P<relday>同日|当日|当天|当晚|当夜|是日|次日|翌日|隔日|第二天|前一日|前一天|前日|前一晚)"
    rf"|(?<![{D}{CN}拘留禁罚刑满月])(?P<count>{_N}|半)(?P<unit>日|天|周|个星期|个月|年)(?:之|以)?后(?!的?{_M}[年个月日天])"
    rf"|(?<![{D}{CN}年])(?P<m5>{_M})月(?P<d5>{_N})[日号]"
    rf"|(?<=[日号][至到、和与及—－-])(?P<d6>{_N})[日号]"
    rf"|(?<![{D}{CN}年])(?P<m7>{_M})月(?:份(?:{_PART})?|{_PART}|(?=的一天|某|期间|间))"
    rf"|(?<=[月份][至到、和与])(?P<m8>{_M})月(?![{D}{CN}]))"
)
# Dates that nothing later leans on, and days of another calendar.
_BIRTH = re.compile(r"\s?(?:出生|生[，。；）)]|生于)")
_TWO = re.compile("[一二三四五六七八九]{2}")
_LUNAR = re.compile(r"(?:农历|阴历|旧历)[^，。；]{0,6}$")
_STEP = {"次": 1, "翌": 1, "第": 1, "隔": 1, "前": -1, "去": -1, "上": -1, "下": 1}


@dataclass(frozen=True)
class DateMention:
    """A date at `start:end`; `derived` where it leans on the one before (同年, 次日, 7月9日)."""

    start: int
    end: int
    value: DateValue
    derived: bool = False


@dataclass(frozen=True)
class NoSuchDay:
    """A day at `start:end` that the calendar does not have (2015年2月30日)."""

    start: int
    end: int


Precision = Literal["day", "month", "year"]


def _part(text: str | None) -> int | None:
    """A month or day number, or None for a mask (**) and for two at once (七八月)."""
    if text is None or (len(text) == 2 and _TWO.fullmatch(text)):
        return None
    try:
        return chinese_number(text)
    except ValueError:
        return None


@lru_cache(maxsize=256)
def _year(text: str) -> int:
    plain = text.translate(FULL_WIDTH)
    return int("".join(c if c.isdecimal() else str(DIGITS[c]) for c in plain))


@lru_cache(maxsize=1024)
def _value(year: int, month: int | None, day: int | None, derived: bool = False) -> DateValue:
    """The date as exact as given. Raises ValueError where the calendar has no such day."""
    precision: Precision = "year" if month is None else "month" if day is None else "day"
    on = date(year, month or 1, (day or 1) if month else 1)
    return DateValue(date=on, precision=precision, derived=derived)


def _shift(before: DateValue, months: int) -> tuple[int, int]:
    at = before.date.year * 12 + before.date.month - 1 + months
    return at // 12, at % 12 + 1


def _later(match: re.Match[str], before: DateValue) -> DateValue | None:
    """三日后, 两个月后, 半年后: as exact as its unit and the date before allow."""
    unit = match["unit"]
    half = match["count"] == "半"
    count = 0 if half else chinese_number(match["count"])
    if unit in ("日", "天", "周", "个星期"):
        if before.precision != "day" or half:
            return None
        days = count * (1 if unit in ("日", "天") else 7)
        return DateValue(date=before.date + timedelta(days=days), derived=True)
    if before.precision == "year" and unit == "个月":
        return None
    months = count * 12 if unit == "年" else count
    year, month = _shift(before, 6 if half and unit == "年" else months)
    exact = before.precision != "year" and (unit == "个月" or half)
    return _value(year, month if exact else None, None, True)


def _relative(match: re.Match[str], before: DateValue) -> DateValue | None:
    """The date that a relative form names; None where `before` is not exact enough for it."""
    year, month = before.date.year, before.date.month
    if match["rel"]:
        months = _part(match["m3"])
        if match["m3"] in ("同", "当"):
            months = month if before.precision != "year" else None
        return _value(year + _STEP.get(match["rel"][0], 0), months, _part(match["d3"]), True)
    if before.precision != "year" and (name := match["relm"] or match["relmonth"]):
        return _value(*_shift(before, _STEP.get(name[0], 0)), _part(match["d4"]), True)
    if match["relday"]:
        if before.precision == "year":
            return None
        if before.precision == "month":
            return before.model_copy(update={"derived": True})
        step = timedelta(days=_STEP.get(match["relday"][0], 0))
        return DateValue(date=before.date + step, derived=True)
    if match["count"]:
        return _later(match, before)
    if match["d6"]:
        return _value(year, month, _part(match["d6"]), True) if before.precision == "day" else None
    named = match["m5"] or match["m7"] or match["m8"]
    return _value(year, _part(named), _part(match["d5"]), True) if named else None


def _read(match: re.Match[str], before: DateValue | None) -> DateValue | None:
    if match["y"]:
        return _value(_year(match["y"]), _part(match["m"]), _part(match["d"]))
    if match["y2"]:
        return _value(int(match["y2"]), int(match["m2"]), int(match["d2"]))
    return _relative(match, before) if before else None


def scan_dates(
    text: str, previous: DateValue | date | None = None
) -> tuple[DateMention | NoSuchDay, ...]:
    """Every date, exact or relative, and every day that does not exist, in reading order.

    `previous` is what a leading 同年 or 次日 leans on. A relative date without anything to
    lean on is left out, and what follows an impossible day knows its year only. Nothing
    leans on a date of birth.
    """
    return _scan(text, DateValue(date=previous) if isinstance(previous, date) else previous)


# Several readers look at the same part of a document, one after the other.
@lru_cache(maxsize=32)
def _scan(text: str, previous: DateValue | None) -> tuple[DateMention | NoSuchDay, ...]:
    return tuple(_mentions(text, previous))


def _mentions(text: str, before: DateValue | None) -> Iterator[DateMention | NoSuchDay]:
    for match in _DATE.finditer(text):
        start, end = match.span()
        try:
            value = _read(match, before)
        except ValueError:
            yield NoSuchDay(start, end)
            if match["y"] or match["y2"]:
                year = _year(match["y"]) if match["y"] else int(match["y2"])
                before = DateValue(date=date(year, 1, 1), precision="year")
            elif before:
                before = DateValue(date=before.date.replace(month=1, day=1), precision="year")
            continue
        except OverflowError:
            continue
        if value is None:
            continue
        lead = text[max(start - 10, 0) : start]
        if value.precision != "year" and "历" in lead and _LUNAR.search(lead):
            value = value.model_copy(
                update={"date": value.date.replace(month=1, day=1), "precision": "year"}
            )
        yield DateMention(start, end, value, value.derived)
        if not _BIRTH.match(text, end):
            before = value


def find_dates(text: str, previous: DateValue | date | None = None) -> list[DateMention]:
    """The dates of `scan_dates`; a day that does not exist (2月30日) is left out."""
    return [d for d in scan_dates(text, previous) if isinstance(d, DateMention)]
