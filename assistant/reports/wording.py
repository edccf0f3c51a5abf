"""Small wordings of reports: places, moments, money; and text made safe for every format."""

from __future__ import annotations

import re
from datetime import datetime

from assistant.phrasing import place as place
from assistant.phrasing import role_name as role_name
from assistant.phrasing import term
from ingestion.model import Term

QUOTE_LENGTH = 160
# Not allowed in XML, or able to turn the direction of what a reader sees.
UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


def clean(text: str) -> str:
    """
    >>> clean("a\\x00b\\u202ec")
    'a\ufffdb\ufffdc'
    """
    return UNSAFE.sub("\ufffd", text)


def shorten(text: str, length: int = QUOTE_LENGTH) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def moment(stamp: str | None) -> str:
    """A stored UTC time as local time, to the minute."""
    if not stamp:
        return ""
    local = datetime.fromisoformat(stamp).astimezone()
    return f"{local.year}年{local.month}月{local.day}日{local:%H:%M}"


def months(low: int | None, high: int | None) -> str:
    """A range of months as a lawyer writes it; empty where there is none."""
    if low is None or high is None:
        return ""
    ends = [term(Term(months=m)) if m else "零" for m in (low, high)]
    return ends[0] if low == high else f"{ends[0]}至{ends[1]}"
