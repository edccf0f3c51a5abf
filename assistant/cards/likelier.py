"""Which of two differing entries is likelier wrong, and why (Chinese)."""

from __future__ import annotations

from datetime import date

from assistant.cards.model import Entry
from ingestion.model import CaseDocument, DateValue

BY_HAND = "案卡由人工录入，以文书为准的可能大"
"""The reason where nothing else speaks for either side."""


def near(one: str, other: str) -> bool:
    """Whether one could be a slip of the keyboard for the other: one character, or two turned."""
    if len(one) != len(other):
        return False
    apart = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(apart) == 1:
        return True
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and (one[apart[0]], one[apart[1]]) == (other[apart[1]], other[apart[0]])
    )


def told_often(document: CaseDocument, words: str) -> str | None:
    """That the document says the same elsewhere, where it does."""
    times = document.text.count(words)
    return f"文书中有{times}处作“{words}”，案卡有误的可能大" if words and times > 1 else None


def of_text(entry: Entry, written: str, document: CaseDocument) -> str:
    """The reason for a name, a number, a charge."""
    own = entry.text.strip()
    if own and own in document.text and own != written:
        return f"文书他处也作“{own}”，文书前后不一，应先核对文书"
    if often := told_often(document, written):
        return often
    if near(own, written):
        return "二者仅一两个字符之差，疑为录入之误；" + BY_HAND
    return BY_HAND


def of_birth(entry: Entry, written: DateValue, number: str | None) -> str:
    """The reason for a birth date: what the number of the identity card says."""
    own = entry.day
    inside = number[6:14] if number and len(number) == 18 else ""
    if own is not None and inside == f"{own:%Y%m%d}":
        return "案卡与文书所写公民身份号码一致，文书有误的可能大"
    if inside == f"{written.date:%Y%m%d}":
        return "文书与其所写公民身份号码一致，案卡有误的可能大"
    return BY_HAND


def of_day(key: str, entry: Entry, written: date, document: CaseDocument) -> str:
    """The reason for a day of the procedure: the order in which the steps must follow."""
    steps = ("transferred", "accepted", "informed", "issued")
    known = {step: document.dates[step].value.date for step in steps if step in document.dates}
    own = entry.day
    if key in steps and own is not None:
        card_fits = _in_order({**known, key: own}, steps)
        document_fits = _in_order({**known, key: written}, steps)
        if document_fits and not card_fits:
            return "案卡日期与文书所写前后步骤的先后不合，案卡有误的可能大"
        if card_fits and not document_fits:
            return "文书日期与其所写前后步骤的先后不合，文书有误的可能大"
    if own is not None and near(f"{own:%Y%m%d}", f"{written:%Y%m%d}"):
        return "二者仅一两个数字之差，疑为录入之误；" + BY_HAND
    return BY_HAND


def _in_order(days: dict[str, date], steps: tuple[str, ...]) -> bool:
    given = [days[step] for step in steps if step in days]
    return given == sorted(given)
