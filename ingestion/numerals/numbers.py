"""The value of a number as Chinese documents write it: digits, Chinese numerals, or both."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
DIGITS |= {c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")}
DIGITS |= {"○": 0, "Ｏ": 0, "O": 0, "o": 0, "两": 2, "弍": 2, "貮": 2}
_UNITS = {
    "十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10**4, "萬": 10**4,
    "亿": 10**8, "億": 10**8,
}  # fmt: skip
_TENS = {"廿": 20, "卅": 30}
FULL_WIDTH = str.maketrans("０１２３４５６７８９，．", "0123456789,.")

# Character classes of a number, for other modules' patterns as well.
CN = "零〇○一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億"
D = "0-9０-９"
NUMBER = rf"(?:[{D}]+|[{CN}]+)"

_BLANKS = re.compile(r"[\s,]")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|.")


@lru_cache(maxsize=4096)
def decimal_value(text: str) -> Decimal:
    """The value of digits, Chinese numerals or both (1.2万, 3千五百). ValueError otherwise."""
    if text.isascii() and text.isdigit():
        return Decimal(text)
    clean = _BLANKS.sub("", text.translate(FULL_WIDTH))
    if not clean:
        raise ValueError("no number")
    total = section = Decimal(0)
    number: Decimal | None = None
    last_unit, after_zero = Decimal(0), False
    for token in _TOKEN.findall(clean):
        if token[0].isdecimal() and token[0].isascii():
            # 二0一六: a typed digit goes on with the written ones before it.
            number = Decimal(token) + (number or 0) * 10 ** len(token.partition(".")[0])
        elif token in DIGITS:
            digit = DIGITS[token]
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
    if 0 < rest < 10 and last_unit >= 100 and not after_zero and clean[-1] in DIGITS:
        rest *= last_unit / 10
    return total + section + rest


@lru_cache(maxsize=4096)
def chinese_number(text: str) -> int:
    """The integer written in `text`: 二百六十六, 两千, 廿三, 二〇一六, 266, 3千, 1.2万.

    Raises ValueError where the text is no number, or no whole one.
    """
    value = decimal_value(text)
    if value != value.to_integral_value():
        raise ValueError(f"not a whole number: {text}")
    return int(value)
