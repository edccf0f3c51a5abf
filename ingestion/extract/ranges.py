"""A recommended penalty as a range: 拘役五个月至有期徒刑八个月，并处罚金一万至二万元.

Kinds may stand before or behind the terms, bounds may share a unit or be open on one side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingestion.extract.boxes import ticked
from ingestion.model import MainPenalty, Term
from ingestion.numerals import CN, D, find_money, find_terms, money_fen

_KINDS: list[tuple[str, MainPenalty]] = [
    ("管制", "control"),
    ("拘役", "detention"),
    ("有期徒刑", "imprisonment"),
    ("无期徒刑", "life"),
    ("死刑", "death"),
]
_ORDER = [word for word, _ in _KINDS]
_KIND = re.compile("|".join(_ORDER))
_MAIN_ENDS = re.compile(
    r"缓刑|(?:并处|并科|单处|附加|[，,；;]\s*处)罚?|罚金|剥夺政治|可以?(?:依法)?适用|没收"
)
_FILLING = re.compile(r"(?<=[以上下至到])\s*[，,]|刑期|幅度|范围|左右")
_BARE_MONTHS = re.compile(rf"(?<![{D}{CN}个])([{D}]{{1,2}}|[{CN}]{{1,3}})月(?![{D}{CN}])")
_PROBATION = re.compile(r"(?<!是否)(?<!是否适用)(?<!是否宣告)缓刑")
_PERIOD = re.compile(rf"(?:缓刑(?:考验期限?)?|考验期限?)(?:为|是)?[：:]?\s*(?=[{D}{CN}])")
_NO_PROBATION = re.compile(r"不(?:宜|应|得|予|建议|能|可)?(?:宣告|适用|判处)?$")
_FINE = re.compile(r"罚金\s*(?:各|分别|共计)?(?:人民币)?\s*")
_FINE_BEHIND = re.compile(rf"(?:并处|单处|处)(?:人民币)?(?P<sum>[{D}{CN}.．，,]+元)(?:的)?罚金")
_JOINED = re.compile(r"(?:以上)?\s*(?:至|到|—+|－|-|～|~|[，,])?\s*(?:人民币)?\s*")
_SHARED_UNIT = re.compile(
    rf"(?P<low>[{D}{CN}.．]+)\s*(?:至|到|—|－|-|～|~)\s*(?:人民币)?(?P<high>[{D}{CN}.．，,]+?元)"
)

_UNIT = re.compile(r"[百千万]*元")


@dataclass(frozen=True)
class Range:
    """What is recommended; a bound that is not stated is None, money in fen."""

    main: MainPenalty | None
    high_main: MainPenalty | None
    low: Term | None
    high: Term | None
    probation: bool | None
    probation_low: Term | None
    probation_high: Term | None
    fine: bool
    fine_low_fen: int | None
    fine_high_fen: int | None


def _mains(text: str) -> tuple[MainPenalty | None, MainPenalty | None]:
    """The mildest main penalty named, and the severest where it is another."""
    ranks = sorted({_ORDER.index(m[0]) for m in _KIND.finditer(text)})
    if not ranks:
        return None, None
    low, high = _KINDS[ranks[0]][1], _KINDS[ranks[-1]][1]
    return low, high if high != low else None


def _terms(text: str) -> tuple[Term | None, Term | None]:
    """The bounds of the first range of terms in `text`."""
    plain = _FILLING.sub("", _KIND.sub("", text))
    terms = find_terms(_BARE_MONTHS.sub(r"\1个月", plain))
    if not terms:
        return None, None
    first = terms[0]
    if first.high is None and len(terms) > 1 and terms[1].low is None:
        return first.low, terms[1].high
    return first.low, first.high


def _fine(text: str) -> tuple[int | None, int | None]:
    """The bounds of the sum that stands at the head of `text`, in fen."""
    shared = _SHARED_UNIT.match(text)
    if shared:
        low = shared["low"]
        # 一至二万元 shares its 万, 五千至一万元 does not.
        unit = (
            "元"
            if re.search("[百千万]", low)
            else re.sub(r"^.*?(?=[百千万]*元$)", "", shared["high"])
        )
        return money_fen(low + unit), money_fen(shared["high"])
    sums = find_money(text[:40])
    if not sums or sums[0].start:
        return None, None
    first = sums[0]
    if len(sums) > 1 and _JOINED.fullmatch(text[first.end : sums[1].start]):
        return first.fen, sums[1].fen
    after = text[first.end : first.end + 2]
    if after == "以上":
        return first.fen, None
    return (None if after == "以下" else first.fen), first.fen


def read_range(text: str) -> Range | None:
    """The recommended penalty in `text`, or None where none is named.

    Of a form's options only the ticked ones count; its blanks (六 个月) are no part of a number.
    """
    text = re.sub(r"[ \t\u3000]+", "", ticked(text))
    ends = _MAIN_ENDS.search(text)
    main_text = text[: ends.start()] if ends else text
    main, high_main = _mains(main_text)
    low, high = _terms(main_text) if main else (None, None)
    probation = _PROBATION.search(text)
    granted = None if probation is None else not _NO_PROBATION.search(text[: probation.start()])
    period = _PERIOD.search(text, probation.start()) if probation else None
    probation_low, probation_high = (
        _terms(text[period.end() : period.end() + 16]) if period else (None, None)
    )
    fine = _FINE.search(text)
    behind = _FINE_BEHIND.search(text)  # 并处2000元罚金
    fine_low, fine_high = _fine(text[fine.end() :]) if fine else (None, None)
    if behind and fine_low is None and fine_high is None:
        fine_low, fine_high = _fine(behind["sum"])
    if main is None and not fine and granted is None:
        return None
    return Range(
        main=main,
        high_main=high_main,
        low=low,
        high=high,
        probation=granted,
        probation_low=probation_low,
        probation_high=probation_high,
        fine=fine is not None,
        fine_low_fen=fine_low,
        fine_high_fen=fine_high,
    )
