"""Sums of money: of renminbi in fen, of other currencies with their currency.

A sum of another currency is a mention of its own kind (`currency`), so that nothing adds it
to yuan by mistake. 几百元 and 数万元 name no sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingestion.numerals.numbers import CN, D, decimal_value

RENMINBI = "CNY"
_CURRENCIES = {
    "USD": ("美元", "美金", "美钞", "USD", "US$"),
    "HKD": ("港币", "港元", "HKD", "HK$"),
    "EUR": ("欧元", "EUR", "€"),
    "JPY": ("日元", "日币", "日圆", "JPY"),
    "TWD": ("新台币", "台币", "台湾币"),
    "MOP": ("澳门币", "澳门元"),
    "GBP": ("英镑", "GBP"),
    "KRW": ("韩元", "韩币", "韩圆"),
    "VND": ("越南盾", "越盾"),
    "THB": ("泰铢", "泰币"),
    "MMK": ("缅币", "缅元"),
    "RUB": ("卢布",),
    "AUD": ("澳元", "澳大利亚元"),
    "CAD": ("加拿大元", "加元", "加币"),
    "SGD": ("新加坡元", "新加坡币"),
    "CHF": ("瑞士法郎",),
    "KHR": ("瑞尔",),
    "PHP": ("菲律宾比索",),
    "MYR": ("林吉特", "马来西亚币"),
}
_CODE = {name: code for code, names in _CURRENCIES.items() for name in names}
_FOREIGN = "|".join(re.escape(name) for name in sorted(_CODE, key=len, reverse=True))
_FIRST = re.escape("".join(sorted({name[0] for name in _CODE})))
# Points of a game are no money at all.
_POINTS = re.compile(r"(?:虚拟币|Q币|[Ee]币|游戏币|比特币|积分)\s{0,2}$")

# Bounded and possessive repeats: a long run of digits or numerals costs no retries.
_RUN = rf"[{CN}]{{1,20}}+"
_AMOUNT = (
    rf"(?:(?:[{D}]{{1,3}}(?:[,，][{D}]{{3}}){{1,5}}+(?![{D}])|[{D}]{{1,15}}+)(?:[.．][{D}]{{1,6}}+)?"
    rf"[余多]?(?:{_RUN})?+){{1,4}}+|(?<![数几好上成]){_RUN}[余多]?(?:{_RUN})?+"
)
_ABOUT = r"(?:大约|大概|约合?|将近|(?<![附最])近)"
_SIGN = rf"{_FOREIGN}|人民币|￥|¥|RMB"
_STOPS = r"(?=[，,。；;：:、）)（(\s]|$|左右|上下|许|不等)"
_MONEY = re.compile(
    # The first characters of all that follows: elsewhere nothing needs to be tried.
    rf"(?=[{D}{CN}\s大约将近人￥¥R{_FIRST}])"
    rf"(?P<about>{_ABOUT})?(?P<sign>{_SIGN})?(?P<about2>{_ABOUT})?\s{{0,2}}"
    rf"(?<![{D}.．])(?P<number>{_AMOUNT})(?P<more>余|多)?\s{{0,2}}"
    rf"(?:(?P<unit>[元圆块]|(?<=[{D}余多]万)某)(?!月|旦|宵|[^，。；、（(\s]{{0,1}}币[^值])"
    rf"(?:(?P<jiao>[{D}{CN}])角)?(?:(?P<fen>[{D}{CN}])分)?(?P<whole>整|钱)?(?P<back>{_FOREIGN})?"
    rf"|(?P<abroad>{_FOREIGN})|(?P<dime>角)(?:(?P<cent>[{D}{CN}])分)?(?=[钱，。；、）)])"
    # 人民币5440，: the unit is left out.
    rf"|(?(sign){_STOPS}|(?!)))(?P<after>左右|上下|许|不等)?"
)
# 一元云购 is the name of a lottery.
_NAME = re.compile(r"一元(?:云购|夺宝|抢购|秒杀|购|店)")
_SPREAD = re.compile(r"(?:一二|[一两二]三|三四|三五|四五|五六|六七|七八|八九)(?=[十百千万])")
# What is counted by the piece.
_PIECES = re.compile(r"(?:表|砖|板|玉|石|电池|电瓶|硬盘|田|地|布|玻璃|\d[箱件捆车垛])$")
_COUNTED = re.compile("(?:玻璃|砖|板|电池|电瓶|硬盘)[^。；]{0,14}(?:共计|合计|总计|共)$")
_SPOKEN = re.compile(r"左右|上下|多|余|现金|人民币")


# 车价为16.5万, 工资128550，: a figure behind a word for money, without any unit.
_UNITLESS = re.compile(
    rf"(?=[价额款工本资奖货保租])(?:[价额款]|工资|本金|资金|奖金|货款|保证金|租金)(?:为|是|达|共|计|合计|共计)?(?P<about>{_ABOUT})?"
    rf"(?P<number>[{D}]{{1,9}}(?:[.．][{D}]{{1,4}})?[余多]?万[余多]?(?=[，。、；）)以作的用]|$)"
    rf"|[{D}]{{3,9}}(?:[.．][{D}]{{1,2}})?(?=[，。、；）)])(?![，,]\d{{3}}))"
)


@dataclass(frozen=True)
class MoneyMention:
    """A sum in hundredths (fen) at `start:end`; `fuzzy` marks 余, 约, 左右, 许 and 两三千."""

    start: int
    end: int
    fen: int
    fuzzy: bool
    currency: str = RENMINBI


def _number(written: str) -> tuple[str, bool]:
    """The figure without its marks of vagueness; of 两三千 the lower one, which is vague."""
    plain = re.sub("[余多]", "", written)
    spread = _SPREAD.search(plain)
    if spread:
        plain = plain[: spread.start() + 1] + plain[spread.end() :]
    return plain, spread is not None or plain != written


def _fen(match: re.Match[str], number: str) -> int:
    value = decimal_value(number)
    if match["dime"]:
        return int(value * 10 + decimal_value(match["cent"] or "0"))
    fen = value * 100
    for name, worth in (("jiao", 10), ("fen", 1)):
        if match[name]:
            fen += decimal_value(match[name]) * worth
    return int(fen.to_integral_value())


def _is_money(text: str, match: re.Match[str], number: str) -> bool:
    if match["unit"] == "块":
        if _COUNTED.search(text, max(match.start() - 24, 0), match.start()):
            return False
        if _PIECES.search(text, max(match.start() - 4, 0), match.start()):
            return False
        # 一块山地, 手表2块: a piece; from ten on, and before 钱, a spoken yuan.
        after = match.end("unit")
        return bool(match["whole"] or _SPOKEN.match(text, after)) or (
            decimal_value(number) >= 10 and not "\u4e00" <= text[after : after + 1] <= "\u9fff"
        )
    if match["dime"] and text.endswith("息", 0, match.start()):
        return False
    return not _NAME.match(text, match.start("number"))


def _unitless(text: str) -> Iterator[MoneyMention]:
    for match in _UNITLESS.finditer(text):
        number, vague = _number(match["number"])
        fen = int((decimal_value(number) * 100).to_integral_value())
        start = match.start("about") if match["about"] else match.start("number")
        yield MoneyMention(start, match.end(), fen, vague or bool(match["about"]))


def find_sums(text: str) -> list[MoneyMention]:
    """Every sum of any currency: 3000美元, 港币5262元, 人民币三千元."""
    found = []
    for match in _MONEY.finditer(text):
        if _POINTS.search(text, max(match.start() - 5, 0), match.start()):
            continue
        number, vague = _number(match["number"])
        try:
            if not _is_money(text, match, number):
                continue
            fen = _fen(match, number)
        except ValueError:
            continue
        fuzzy = vague or any(match[name] for name in ("about", "about2", "more", "after"))
        abroad = match["back"] or match["abroad"] or match["sign"]
        code = _CODE.get(abroad or "", RENMINBI)
        found.append(MoneyMention(match.start(), match.end(), fen, fuzzy, code))
    taken = {m.end for m in found}
    bare = [m for m in _unitless(text) if m.end not in taken]
    return sorted([*found, *bare], key=lambda m: m.start) if bare else found


def find_money(text: str) -> list[MoneyMention]:
    """Every sum of renminbi written with its unit: 3，000元, 15000余元, 1.2万元, 三千元."""
    return [m for m in find_sums(text) if m.currency == RENMINBI]


def money_fen(text: str) -> int:
    """The one sum in `text`, in fen; a bare number is taken as yuan.

    Raises ValueError where there is none.
    """
    mentions = find_money(text)
    if mentions:
        return mentions[0].fen
    bare = re.sub(r"人民币|[余多约￥¥整\s]", "", text)
    return int((decimal_value(bare) * 100).to_integral_value())
