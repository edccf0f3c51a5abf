"""Chinese numerals of article and item numbers (第一百三十三条之一, （三）) as integers."""

from __future__ import annotations

import re

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "[零〇一二三四五六七八九十百千两]+"
_ARTICLE = re.compile(rf"第({NUMERAL}|\d+)条(?:之({NUMERAL}|\d+))?")


def to_int(text: str) -> int:
    """The value of a numeral below ten thousand, Chinese or Arabic.

    >>> to_int("一百三十三"), to_int("十"), to_int("27")
    (133, 10, 27)

    Raises ValueError for anything else.
    """
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        elif character in _DIGITS:
            digit = _DIGITS[character]
        else:
            raise ValueError(f"not a numeral: {text}")
    return total + digit


def to_chinese(value: int) -> str:
    """The usual Chinese form of 1…9999, as article numbers are written.

    >>> to_chinese(110), to_chinese(205), to_chinese(12)
    ('一百一十', '二百零五', '十二')
    """
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = bool(text)
    return text.removeprefix("一") if text.startswith("一十") else text


def article_number(text: str) -> tuple[int, int | None] | None:
    """The (article, sub) at the start of `text`, or None.

    >>> article_number("第一百三十三条之一"), article_number("第7条")
    ((133, 1), (7, None))
    """
    found = _ARTICLE.match(text)
    if found is None:
        return None
    return to_int(found[1]), to_int(found[2]) if found[2] else None


def article_label(number: int, sub: int | None = None, paragraph: int | None = None) -> str:
    """第一百三十三条之一第二款, the way a document writes it."""
    label = f"第{to_chinese(number)}条"
    if sub is not None:
        label += f"之{to_chinese(sub)}"
    if paragraph is not None:
        label += f"第{to_chinese(paragraph)}款"
    return label
