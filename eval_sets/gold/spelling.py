"""One spelling for what labels and documents may write in several: dates, charges, laws, sums."""

from __future__ import annotations

from ingestion.model import DateValue, Term
from knowledge_base import charges, laws

_DATE_LENGTH = {"day": 10, "month": 7, "year": 4}
_SHORT = {"刑法": "中华人民共和国刑法", "刑诉法": "中华人民共和国刑事诉讼法"}
_TITLE_NOISE = str.maketrans("", "", "《》〈〉<>、 ")


def iso(value: DateValue) -> str:
    """The date in ISO form, as exact as the document gives it: 1978, 1978-09, 1978-09-02."""
    return value.date.isoformat()[: _DATE_LENGTH[value.precision]]


def charge(name: str) -> str:
    """One spelling a charge, the chosen part of a selective one kept (贩卖毒品罪)."""
    found = charges.match(name)
    if found is None:
        return name
    return found.written if found.kind == "selective" else found.name


def law(name: str) -> str:
    """One spelling a law: its full title, without brackets and commas."""
    title = _SHORT.get(name) or laws.title(name) or name
    return title.translate(_TITLE_NOISE)


def yuan(fen: int | None) -> float | None:
    return None if fen is None else fen / 100


def months(term: Term | None) -> int | None:
    return term.months if term else None
