"""Quantities with a unit of measure: weights, concentrations, pieces, areas, volumes.

Weights up to the kilogram come in grams, concentrations of alcohol in milligrams per
100 millilitres, everything else in its own unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ingestion.numerals.numbers import CN, D, decimal_value

GRAM, PER_100_ML = "克", "毫克/100毫升"
_GRAMS = {"毫克": "0.001", "克": "1", "斤": "500", "千克": "1000"}
_MILLIGRAM, _KILO = "毫克|mg|MG|Mg|㎎|ｍｇ", "千克|公斤|kg|KG|Kg|㎏"
_GRAM = "克(?![隆服拉山])|g(?![a-zA-Z])"
_MASS = rf"(?P<mg>{_MILLIGRAM})|(?P<kilo>{_KILO})|(?P<jin>市?斤)|(?P<gram>{_GRAM})"
_MILLILITRE = "毫升|ml|mL|ML|Ml|㎖|ｍｌ|m1"
# 毫克／l00毫升: a scanned l for the 1.
_VOLUME = (
    rf"(?P<per>[1lI１][0０][0０]|百|一百)?\s?(?:(?P<ml>{_MILLILITRE})|(?P<litre>升|L|l(?!\w)))|dl"
)
# Unit as written and as it is called here; words that go on (支队, 发现) are no units.
_OTHERS = {
    r"立方米|立方|m³|m3|㎥": "立方米",
    r"平方米|㎡|m²": "平方米",
    r"公顷": "公顷",
    r"亩(?!产)": "亩",
    r"吨(?!位)": "吨",
    r"升(?![级值降起职任学旗空华温])": "升",
    r"人次": "人次",
    r"粒": "粒",
    r"颗": "颗",
    r"片(?![面段区刻名])": "片",
    r"丸": "丸",
    r"株(?!洲|式)": "株",
    r"棵": "棵",
    r"支(?![队行付持撑出援架部委配票取流])": "支",
    r"把(?=[，。、；）)（(的枪刀匕猎气手砍水火改左\s]|$)": "把",
    r"枚": "枚",
    r"发(?=[，。、；）)（(的子弹铅及和火猎步手军\s]|$)": "发",
}
_NUMBER = (
    rf"(?:[{D}]{{1,3}}(?:[,，][{D}]{{3}})++(?![{D}])|[{D}]{{1,12}}+)(?:[.．][{D}]{{1,6}}+)?[百千万亿]{{0,2}}"
    rf"|(?<!第)[{CN}]{{1,12}}+(?:点[{CN}]{{1,6}}+)?"
)
_QUANTITY = re.compile(
    # The first characters of all that follows: elsewhere nothing needs to be tried.
    rf"(?=[{D}{CN}\s大约将近])(?P<about>大约|大概|约|将近|近)?\s?(?<![{D}.．])(?P<number>{_NUMBER})(?P<more>余|多)?\s?"
    rf"(?:(?P<mass>{_MASS})(?:\s?(?P<over>[/／∕每％%])\s?(?:{_VOLUME})?)?"
    + "".join(f"|(?P<u{n}>{unit})" for n, unit in enumerate(_OTHERS))
    + r")(?P<after>左右|上下|许|以上|多|余)?"
)
_NAMES = tuple(_OTHERS.values())


@dataclass(frozen=True)
class QuantityMention:
    """`value` of `unit` at `start:end`; `fuzzy` marks 约, 余, 左右."""

    start: int
    end: int
    value: float
    unit: str
    fuzzy: bool


def _digits(text: str) -> Decimal:
    whole, point, rest = text.partition("点")
    if not point:
        return decimal_value(text)
    places = "".join(str(decimal_value(c)) for c in rest)
    return decimal_value(whole) + Decimal(f"0.{places}")


def _measured(match: re.Match[str], number: Decimal) -> tuple[Decimal, str] | None:
    if match["mass"] is None:
        index = next(n for n in range(len(_NAMES)) if match[f"u{n}"])
        return number, _NAMES[index]
    name = "毫克" if match["mg"] else "千克" if match["kilo"] else "斤" if match["jin"] else "克"
    grams = number * Decimal(_GRAMS[name])
    if match["over"] is None:
        return grams, GRAM
    if match["over"] in "%％" or match[0].rstrip().endswith("dl"):
        return grams * 1000, PER_100_ML
    if not (match["ml"] or match["litre"]):
        return None  # 每克300元 and other rates
    volume = Decimal(100 if match["per"] else 1) * (1000 if match["litre"] else 1)
    return grams * 1000 * 100 / volume, PER_100_ML


def find_quantities(text: str) -> list[QuantityMention]:
    """Every quantity: 0.36克, 三克, 114.8毫克／100毫升, 枪支2支, 12.5立方米, 86人次."""
    found = []
    for match in _QUANTITY.finditer(text):
        try:
            measured = _measured(match, _digits(match["number"]))
        except ValueError:
            continue
        if measured is None:
            continue
        value, unit = measured
        fuzzy = any(match[name] for name in ("about", "more", "after"))
        found.append(QuantityMention(match.start(), match.end(), float(value), unit, fuzzy))
    return found
