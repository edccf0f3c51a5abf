"""Numbers, money, dates and terms as Chinese court documents write them.

Pure functions over text: no document, no spans, no law. A finder returns its mentions in
reading order, never overlapping. Money in fen, terms in months plus days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from ingestion.model import DateValue, Term

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_DIGITS |= {c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")}
_DIGITS |= {"○": 0, "Ｏ": 0, "O": 0, "o": 0, "两": 2, "弍": 2, "貮": 2}
_UNITS = {
    "十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10**4, "萬": 10**4,
    "亿": 10**8, "億": 10**8,
}  # fmt: skip
_TENS = {"廿": 20, "卅": 30}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９，．", "0123456789,.")

# Character classes of a number, for other modules' patterns as well.
CN = "零〇○一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億"
D = "0-9０-９"
NUMBER = rf"(?:[{D}]+|[{CN}]+)"

_TOKEN = re.compile(r"\d+(?:\.\d+)?|.")


def _decimal(text: str) -> Decimal:
    """The value of digits, Chinese numerals or both (1.2万, 3千五百). ValueError otherwise."""
    clean = re.sub(r"[\s,]", "", text.translate(_FULL_WIDTH))
    if not clean:
        raise ValueError("no number")
    total = section = Decimal(0)
    number: Decimal | None = None
    last_unit, after_zero = Decimal(0), False
    for token in _TOKEN.findall(clean):
        if token[0].isdecimal() and token[0].isascii():
            # 二0一六: a typed digit goes on with the written ones before it.
            number = Decimal(token) + (number or 0) * 10 ** len(token.partition(".")[0])
        elif token in _DIGITS:
            digit = _DIGITS[token]
            after_zero = after_zero or (digit == 0 and number is None)
            number = Decimal(digit) if number is None else number * 10 + digit
        elif token in _TENS:
            section += _TENS[token]
            last_unit = Decimal(10)
        elif token in _UNITS:
            unit = Decimal(_UNITS[token])
            if unit < 10**4:
                section += unit * (Decimal(1) if number in (None, 0) else number or 0)
            elif section or number or total:
                total = (
                    (total + section + (number or 0)) * unit
                    if unit > 10**4
                    else (total + (section + (number or 0)) * unit)
                )
                section = Decimal(0)
            else:
                raise ValueError(f"not a number: {text}")
            number, last_unit, after_zero = None, unit, False
        else:
            raise ValueError(f"not a number: {text}")
    rest = number or Decimal(0)
    # 一万二 is 12000: a last digit right after a unit counts the next lower unit.
    if 0 < rest < 10 and last_unit >= 100 and not after_zero and clean[-1] in _DIGITS:
        rest *= last_unit / 10
    return total + section + rest


def chinese_number(text: str) -> int:
    """The integer written in `text`: 二百六十六, 两千, 廿三, 二〇一六, 266, 3千, 1.2万.

    Raises ValueError where the text is no number, or no whole one.
    """
    value = _decimal(text)
    if value != value.to_integral_value():
        raise ValueError(f"not a whole number: {text}")
    return int(value)


# --------------------------------------------------------------------------- money

# Bounded and possessive repeats: a long run of digits or numerals costs no retries.
_RUN = rf"[{CN}]{{1,20}}+"
_AMOUNT = (
    rf"(?:(?:[{D}]{{1,3}}(?:[,，][{D}]{{3}}){{1,5}}+(?![{D}])|[{D}]{{1,15}}+)(?:[.．][{D}]{{1,6}}+)?"
    rf"[余多]?(?:{_RUN})?+){{1,4}}+|{_RUN}[余多]?(?:{_RUN})?+"
)
_MONEY = re.compile(
    rf"(?P<about>约合?|近|大约|大概)?(?:人民币|￥|¥)?(?P<about2>约|近)?\s{{0,2}}"
    rf"(?<![{D}.．])(?P<number>{_AMOUNT})(?P<more>余|多)?"
    rf"\s{{0,2}}[元圆块](?!月|旦|宵|[^，。；、（(\s]{{0,1}}币)"
    rf"(?:(?P<jiao>[{D}{CN}])角)?(?:(?P<fen>[{D}{CN}])分)?(?:整|钱)?(?P<after>左右|上下|许|不等)?"
)
_FOREIGN = re.compile(
    r"(?:港币|港元|美元|美金|日元|欧元|台币|澳门币|越南盾|英镑|虚拟币|Q币)\s{0,2}$"
)


@dataclass(frozen=True)
class MoneyMention:
    """A sum in fen at `start:end`; `fuzzy` marks 余, 约, 左右, 许."""

    start: int
    end: int
    fen: int
    fuzzy: bool


def _fen(match: re.Match[str]) -> int:
    yuan = _decimal(re.sub("[余多]", "", match["number"]))
    fen = yuan * 100
    for name, worth in (("jiao", 10), ("fen", 1)):
        if match[name]:
            fen += _decimal(match[name]) * worth
    return int(fen.to_integral_value())


def find_money(text: str) -> list[MoneyMention]:
    """Every sum of renminbi written with its unit: 3，000元, 15000余元, 1.2万元, 三千元."""
    found = []
    for match in _MONEY.finditer(text):
        if _FOREIGN.search(text, max(match.start() - 5, 0), match.start()):
            continue
        try:
            fen = _fen(match)
        except ValueError:
            continue
        number = match["number"]
        fuzzy = any((match["about"], match["about2"], match["more"], match["after"])) or (
            "余" in number or "多" in number
        )
        found.append(MoneyMention(match.start(), match.end(), fen, fuzzy))
    return found


def money_fen(text: str) -> int:
    """The one sum in `text`, in fen; a bare number is taken as yuan.

    Raises ValueError where there is none.
    """
    mentions = find_money(text)
    if mentions:
        return mentions[0].fen
    bare = re.sub(r"人民币|[余多约￥¥整\s]", "", text)
    return int((_decimal(bare) * 100).to_integral_value())


# --------------------------------------------------------------------------- dates

_MASK = r"[*＊×xXｘ某Ｘ]{1,4}"
# The letter O for a zero is a common slip of typists and scanners alike.
_YEAR = rf"(?P<y>[12１２][{D}OＯ]{{3}}|[一二][零〇○ＯOo0０九一二三四五六七八]{{3}})"
_MONTH = rf"(?P<m>[{D}]{{1,2}}|[{CN}]{{1,2}}|{_MASK})"
_DAY = rf"(?P<d>[{D}]{{1,2}}|[{CN}]{{1,3}}|{_MASK})"
_DATE = re.compile(
    rf"(?<![{D}第]){_YEAR}\s?年(?:度)?(?:\s?{_MONTH}\s?月(?:份)?(?:\s?{_DAY}\s?[日号])?)?"
    rf"|(?<![{D}])(?P<y2>[12]\d{{3}})(?P<sep>[-./])(?P<m2>\d{{1,2}})(?P=sep)(?P<d2>\d{{1,2}})(?![{D}])"
    rf"|(?P<rel>同年|当年|次年|翌年)(?:底|初)?(?:(?P<m3>[{D}]{{1,2}}|[{CN}]{{1,2}})月(?:份)?"
    rf"(?:(?P<d3>[{D}]{{1,2}}|[{CN}]{{1,3}})[日号])?)?"
    rf"|(?P<relm>同月|当月|次月)(?P<d4>[{D}]{{1,2}}|[{CN}]{{1,3}})[日号]"
    rf"|(?P<relday>同日|当日|当天|次日|翌日)"
    rf"|(?<![{D}{CN}年])(?P<m5>[{D}]{{1,2}}|[{CN}]{{1,2}})月(?P<d5>[{D}]{{1,2}}|[{CN}]{{1,3}})[日号]"
)


@dataclass(frozen=True)
class DateMention:
    """A date at `start:end`; `derived` where it leans on the one before (同年, 次日, 7月9日)."""

    start: int
    end: int
    value: DateValue
    derived: bool = False


Precision = Literal["day", "month", "year"]


def _part(text: str | None) -> int | None:
    """A month or day number, or None for a mask (**)."""
    if text is None:
        return None
    try:
        return chinese_number(text)
    except ValueError:
        return None


def _year(text: str) -> int:
    plain = text.translate(_FULL_WIDTH)
    return int("".join(c if c.isdecimal() else str(_DIGITS[c]) for c in plain))


def _value(year: int, month: int | None, day: int | None) -> DateValue | None:
    """The date, or None where the calendar has no such day (2月30日)."""
    precision: Precision = "year" if month is None else "month" if day is None else "day"
    try:
        return DateValue(
            date=date(year, month or 1, (day or 1) if month else 1), precision=precision
        )
    except ValueError:
        return None


def _relative(match: re.Match[str], before: date) -> DateValue | None:
    if match["rel"]:
        year = before.year + (match["rel"] in ("次年", "翌年"))
        return _value(year, _part(match["m3"]), _part(match["d3"]))
    if match["relm"]:
        year, month = before.year, before.month + (match["relm"] == "次月")
        return _value(year + (month > 12), (month - 1) % 12 + 1, _part(match["d4"]))
    if match["relday"]:
        return DateValue(date=before + timedelta(days=match["relday"] in ("次日", "翌日")))
    return _value(before.year, _part(match["m5"]), _part(match["d5"]))


def find_dates(text: str, previous: date | None = None) -> list[DateMention]:
    """Every date, exact or relative; `previous` is what a leading 同年 or 次日 leans on.

    A relative date without anything to lean on is left out, and so is 2月30日.
    """
    found: list[DateMention] = []
    for match in _DATE.finditer(text):
        derived = not (match["y"] or match["y2"])
        value: DateValue | None
        if match["y"]:
            value = _value(_year(match["y"]), _part(match["m"]), _part(match["d"]))
        elif match["y2"]:
            value = _value(int(match["y2"]), int(match["m2"]), int(match["d2"]))
        else:
            try:
                value = _relative(match, previous) if previous else None
            except OverflowError:
                value = None
        if value is None:
            continue
        found.append(DateMention(match.start(), match.end(), value, derived))
        previous = value.date
    return found


# --------------------------------------------------------------------------- terms

# A year of a calendar date (6年5月3日) is no term.
_YEARS = (
    rf"(?:(?<![{D}])[{D}]{{1,2}}|(?<![{CN}])[{CN}]{{1,3}})"
    rf"年(?!度|龄|底|初|[{D}{CN}]{{1,3}}月[{D}{CN}]{{1,3}}[日号])"
)
_MONTHS = rf"(?:[{D}]{{1,3}}|[{CN}]{{1,3}})个月"
_DAYS = rf"(?:[{D}]{{1,3}}|[{CN}]{{1,4}})(?:日|天)"
_TERM = (
    rf"(?:{_YEARS}(?:半|[零又]?{_MONTHS}(?:[零又]?{_DAYS})?|[零又]{_DAYS})?"
    rf"|{_MONTHS}(?:半)?(?:[零又]?{_DAYS})?|(?<![月年{D}{CN}])(?<!同月)(?<!当月){_DAYS})"
)
_TO = r"\s*(?:至|到|—+|－|-|~|～|–|以上[，,、]?\s*(?:至)?)\s*"
_TERMS = re.compile(
    rf"(?P<short>(?<![{D}])[{D}]{{1,3}}+|[{CN}]{{1,3}}+)(?:至|到|—|－|-|~|～)(?P<shared>{_TERM})(?:以下)?(?:之间)?"
    rf"|(?P<low>{_TERM}){_TO}(?P<high>{_TERM})(?:以下|之间|以内)?"
    rf"|(?P<one>{_TERM})(?P<bound>以上|以下|以内)?"
)
_TERM_PARTS = re.compile(rf"({NUMBER})(年|个月|月|日|天)(半)?")


@dataclass(frozen=True)
class TermMention:
    """A term or range at `start:end`: fixed where low == high, None for an open bound."""

    start: int
    end: int
    low: Term | None
    high: Term | None


def read_term(text: str) -> Term:
    """The term in `text`: 一年六个月, 1年零6个月, 两年半, 八月, 十五日. ValueError for none."""
    months, days, seen = 0, 0, False
    for number, unit, half in _TERM_PARTS.findall(text):
        seen = True
        value = chinese_number(number)
        if unit == "年":
            months += value * 12 + (6 if half else 0)
        elif unit in ("月", "个月"):
            months, days = months + value, days + (15 if half else 0)
        else:
            days += value
    if not seen:
        raise ValueError(f"no term: {text}")
    return Term(months=months, days=days)


def _range(match: re.Match[str]) -> tuple[Term | None, Term | None]:
    if match["short"]:
        unit = _TERM_PARTS.search(match["shared"])
        assert unit is not None
        return read_term(match["short"] + unit[2]), read_term(match["shared"])
    if match["low"]:
        return read_term(match["low"]), read_term(match["high"])
    term = read_term(match["one"])
    if match["bound"] == "以上":
        return term, None
    return (None, term) if match["bound"] else (term, term)


def find_terms(text: str) -> list[TermMention]:
    """Every length of time as a sentence states it: 一年六个月, 三至四个月, 六个月以上一年以下.

    Calendar dates are no terms. 个月 must be written out (`read_term` is laxer).
    """
    found = []
    for match in _TERMS.finditer(text):
        try:
            low, high = _range(match)
        except ValueError:
            continue
        found.append(TermMention(match.start(), match.end(), low, high))
    return found
