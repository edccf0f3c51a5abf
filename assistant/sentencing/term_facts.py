"""What the bare facts of a case say about its weight: figures, injuries, circumstances.

Unlike `facts`, which reads a parsed document and one person's part in it, this reads a
paragraph of unknown origin: an estimate may use every hint, a finding may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from assistant.sentencing.weights import GRAMS
from knowledge_base import term_tables
from knowledge_base.crimes import drug_near
from knowledge_base.numerals import NUMERAL, to_int

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，：；（）％", "0123456789.,:;()%")
_GROUPED = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_SCALES = {"亿": 1e8, "万": 1e4, "千": 1e3, "百": 1e2, "": 1.0}
_NUMBER = rf"(\d+(?:\.\d+)?|{NUMERAL}万{NUMERAL}|{NUMERAL})"
_MONEY = re.compile(
    rf"{_NUMBER}\s*(?:余|多|几)?\s*(亿|万|千|百)?\s*(?:余|多)?(?:元|某(?=[元人的，。、；现用给转购借货存]))"
)
_FOREIGN = re.compile(
    r"(?:赔偿|罚金|医疗费|误工费|护理费|抚慰金|伤残|丧葬|鉴定费|补助费|交通费|营养费|"
    r"律师费|保证金|注册资本|诉讼|谅解|月工资|每月|单价|罚款|房租|年薪)[^，。；]{0,14}$"
)
_TOTAL = re.compile(
    r"(?:共计|合计|总计|累计|总价值|总额|总金额|共(?:价值|骗取|盗窃|得|获|收受|侵占|贪污)?|金额(?:为|达|计)?)"
    r"[^，。；\d]{0,14}$"
)
_WEIGHT = re.compile(
    rf"(?<![\d.]){_NUMBER}\s*(?:余|多)?(毫克|千克|公斤|克|mg|kg|g)(?!/|／|每|\d)", re.IGNORECASE
)
_ALCOHOL = re.compile(
    r"(\d{2,3}(?:\.\d+)?)\s*(?:mg|毫克|㎎|ｍｇ)\s*[/／每]?\s*(?:100)?\s*(?:ml|毫升|ｍｌ)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"((?:19|20)\d\d)年(?:(\d{1,2})月)?(?:(\d{1,2})日)?")
_DAY = re.compile(r"(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日")
_ADDED_UP = re.compile(r"[共总合]")
_ITEM = re.compile(
    r"(?:^|[\s。；;:：])(?:\(?\d{1,2}[、.．)](?!\d)|[（(]?[一二三四五六七八九十]{1,3}[）)、])"
)
_INJURY = re.compile(r"轻微伤|轻伤|重伤")
_DEAD = re.compile(r"(?:(?<!伤)死亡(?!证明|医学)|身亡|死者|尸体|尸检|致死)")
_DEATHS = re.compile(
    rf"({NUMERAL}|\d)(?:人|名)(?:被害人|学生|工人|乘客)?(?:当场)?(?:死亡|身亡)|(?:致|造成)({NUMERAL}|\d)死|死亡({NUMERAL}|\d)人"
)
_VICTIM = re.compile(r"被害人([\u4e00-\u9fff]{1,2}[某甲乙丙丁×xX0-9一二三四五六七八九十]{0,3})")
_ADVICE = re.compile(r"(?:建议|提请|量刑)[^。]{0,60}?(?:判处|处|在|量刑|以)([^。]{2,60})")
_ADVISED = re.compile(rf"({NUMERAL}|\d{{1,2}})(年|个月)(?:({NUMERAL}|\d{{1,2}})个月)?(以[上下])?")


@dataclass(frozen=True)
class Figure:
    """A number of the facts: `value` in yuan, grams or pieces; where it stands."""

    value: float
    start: int
    total: bool = False


@dataclass(frozen=True)
class TermFacts:
    """The facts as the estimate sees them. `drug_share`: quantity over 数量大.

    `advised`: (low, high) in months where the prosecution's proposal is legible.
    """

    text: str
    money: tuple[Figure, ...]
    drug_share: float | None
    fairly: float | None
    alcohol: float | None
    minor_injuries: int
    light_injuries: int
    serious_injuries: int
    deaths: int
    acts: int
    days: int
    victims: int
    advised: tuple[float, float] | None
    last_day: date | None
    cues: frozenset[str]


def normal(text: str) -> str:
    """Full-width digits and grouped thousands made plain; lengths may shrink."""
    return _GROUPED.sub("", text.translate(_FULL_WIDTH))


def _value(text: str) -> float:
    """The number, Arabic or Chinese (up to 万); 0 for what is none."""
    try:
        if text.isascii():
            return float(text)
        thousands, separator, rest = text.rpartition("万")
        return (to_int(thousands) * 1e4 if separator else 0.0) + to_int(rest)
    except ValueError:
        return 0.0


def _figures(text: str) -> Iterator[Figure]:
    for match in _MONEY.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        if _FOREIGN.search(before):
            continue
        value = _value(match[1]) * _SCALES[match[2] or ""]
        if value >= 1:
            yield Figure(value, match.start(), bool(_TOTAL.search(before)))


def amount(facts: TermFacts, near: Sequence[str], added: bool) -> float | None:
    """The sum of the crime in yuan: the greatest total, else the greatest or the added figures."""
    found = [f for f in facts.money if _near(facts.text, f.start, near)]
    if not found:
        found = [] if near else list(facts.money)
    if not found:
        return None
    totals = [f.value for f in found if f.total]
    largest = max(f.value for f in found)
    if totals:
        return max(max(totals), largest)
    if added and facts.acts > 1:
        return sum({f.value for f in found})
    return largest


def _near(text: str, at: int, near: Sequence[str], reach: int = 24) -> bool:
    before = text[max(0, at - reach) : at]
    return not near or any(word in before for word in near)


@cache
def _counter(unit: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.年月第]){_NUMBER}\s*(?:余|多)?(万)?\s*(?:余)?(?:{unit})")


def quantity(facts: TermFacts, unit: str, near: Sequence[str], added: bool) -> float | None:
    """The greatest (or added) number of a unit in the facts; None where there is none."""
    values = [
        _value(m[1]) * (1e4 if m[2] else 1.0)
        for m in _counter(unit).finditer(facts.text)
        if _near(facts.text, m.start(), near)
    ]
    values = [v for v in values if v > 0]
    if not values:
        return None
    return sum(values) if added else max(values)


def _drug_share(text: str) -> tuple[float | None, float | None]:
    """Added quantity as a share of 数量大, and where 数量较大 begins on that scale."""
    seen: dict[tuple[str, float], float] = {}
    fairly = None
    total = 0.0
    for match in _WEIGHT.finditer(text):
        grams = _value(match[1]) * GRAMS[match[2].lower()]
        drug = drug_near(text, match.start()) if grams > 0 else None
        if drug is None:
            continue
        fairly = drug.fairly / drug.large
        share = grams / drug.large
        if _ADDED_UP.search(text[max(0, match.start() - 8) : match.start()]):
            total = max(total, share)
        seen[(drug.name, grams)] = share
    if not seen:
        return None, None
    return max(total, sum(seen.values()) if not total else max(seen.values())), fairly


def _advised(text: str) -> tuple[float, float] | None:
    proposals = (m[1] for m in _ADVICE.finditer(text) if "年" in m[1] or "个月" in m[1])
    proposal = next(proposals, None)
    if proposal is None:
        return None
    values: list[float] = []
    above = below = False
    for found in _ADVISED.finditer(proposal):
        months = _value(found[1]) * (12 if found[2] == "年" else 1) + _value(found[3] or "0")
        if 0 < months <= 300:
            values.append(months)
            above, below = above or found[4] == "以上", below or found[4] == "以下"
    if not values:
        return None
    if len(values) == 1:
        return (values[0], values[0] * 1.5) if above else (values[0] * 0.5, values[0])
    return min(values), max(values)


def _last_day(text: str) -> date | None:
    found = [(int(m[1]), int(m[2] or 12), int(m[3] or 28)) for m in _YEAR.finditer(text)]
    days = []
    for year, month, day in found:
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return max(days, default=None)


def _deaths(text: str) -> int:
    if not _DEAD.search(text):
        return 0
    counted = [int(_value(next(g for g in m.groups() if g))) for m in _DEATHS.finditer(text)]
    return max(1, min(max(counted, default=1), 30))


def read(facts: str) -> TermFacts:
    """Read a statement of facts once."""
    text = normal(facts)
    share, fairly = _drug_share(text)
    levels = [m[0] for m in _INJURY.finditer(text)]
    alcohol = [float(m[1]) for m in _ALCOHOL.finditer(text) if "醇" in text or "酒精" in text]
    return TermFacts(
        text=text,
        money=tuple(_figures(text)),
        drug_share=share,
        fairly=fairly,
        alcohol=max(alcohol, default=None),
        minor_injuries=levels.count("轻微伤"),
        light_injuries=levels.count("轻伤"),
        serious_injuries=levels.count("重伤"),
        deaths=_deaths(text),
        acts=max(1, len(_ITEM.findall(text))),
        days=len(set(_DAY.findall(text))),
        victims=len(set(_VICTIM.findall(text))),
        advised=_advised(text),
        last_day=_last_day(text),
        cues=frozenset(k for k, (_, p) in term_tables.cues().items() if p.search(text)),
    )
