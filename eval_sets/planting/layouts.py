"""Three ways in which indictments are written, filled from a judgment's parts.

Each layout words its fixed passages differently: what finds defects must not hang on one
generator's phrases. The paragraphs stand one a line.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.checks.place import is_masked
from eval_sets.planting.source import Source
from knowledge_base.numerals import article_label
from knowledge_base.procedure import expected_article

_DAY = re.compile(r"(?:(\d{4})年|同年|(?<![\d年]))(\d{1,2})月(\d{1,2})日")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Days:
    """The dates of the review, in their lawful order before the prosecution."""

    transferred: date
    informed: date
    issued: date


def chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _days(source: Source) -> Days:
    accepted = source.prosecuted - timedelta(days=25)
    told = "".join(_until(p.paragraph, source.prosecuted) for p in source.parties) + source.facts
    for found in _DAY.finditer(told):
        if found[1]:
            day = date(int(found[1]), int(found[2]), min(int(found[3]), 28))
            if accepted < day + timedelta(days=4) <= source.prosecuted:
                accepted = day + timedelta(days=4)
    accepted = min(accepted, source.prosecuted - timedelta(days=2))
    return Days(accepted, accepted + timedelta(days=2), source.prosecuted)


def identity_number(birth: date, female: bool, chance: random.Random) -> str:
    """An invented number of a lawful form (GB 11643): birth date, sex digit, check digit."""
    digits = f"110101{birth:%Y%m%d}{chance.randint(10, 99)}"
    digits += str(chance.choice((2, 4, 6, 8) if female else (1, 3, 5, 7)))
    total = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


def _number(source: Source) -> str:
    """A number of the usual form where the judgment cites none."""
    return f"{source.procuratorate[:1]}检刑诉〔{source.prosecuted.year}〕11号"


def _names(source: Source) -> str:
    return "、".join(party.name for party in source.parties)


def _law(source: Source) -> str:
    """The provision of prosecution by its number of the day."""
    rule = expected_article("prosecute", source.prosecuted)
    label = article_label(rule.article) if rule else "的有关规定"
    return f"《中华人民共和国刑事诉讼法》{label}"


def _provision(source: Source) -> str:
    return "《中华人民共和国刑法》" + "、".join(source.articles)


def _charges(source: Source) -> str:
    return "、".join(source.charges)


def _until(paragraph: str, day: date) -> str:
    """The sentences that tell nothing later than `day`: an indictment cannot know it."""
    kept, year = [], 0
    for sentence in re.split(r"(?<=[。；])", paragraph):
        late = False
        for found in _DAY.finditer(sentence):
            year = int(found[1]) if found[1] else year
            late |= bool(year) and (year, int(found[2])) > (day.year, day.month)
            late |= (year, int(found[2])) == (day.year, day.month) and int(found[3]) > day.day
        if not late:
            kept.append(sentence)
    return "".join(kept).rstrip("；") or paragraph


def _party(source: Source, index: int, chance: random.Random, numbered: bool) -> str:
    party = source.parties[index]
    paragraph = _until(party.paragraph, source.prosecuted)
    if (
        numbered
        and party.birth
        and not is_masked(party.name)
        and "公民身份" not in paragraph
        and "身份证" not in paragraph
    ):
        number = identity_number(party.birth, party.female, chance)
        end = paragraph.find("，", paragraph.find("生", paragraph.find("日")))
        if end > 0:
            paragraph = f"{paragraph[:end]}，公民身份号码{number}{paragraph[end:]}"
    return paragraph if paragraph.endswith("。") else paragraph + "。"


def _both(source: Source) -> str:
    return "均" if len(source.parties) > 1 else ""


def _whereabouts(source: Source) -> str:
    """Where each of the accused is now, as the last measure of the own paragraph has it."""
    return "，".join(
        f"被告人{party.name}"
        + (
            "取保候审于住所"
            if party.paragraph.rfind("取保候审") > party.paragraph.rfind("逮捕")
            else "现羁押于看守所"
        )
        for party in source.parties
    )


def current(source: Source, chance: random.Random) -> str:
    """The form of 2020 with signature of 检察官 and attachments."""
    days, names = _days(source), _names(source)
    lines = [source.procuratorate, "起 诉 书", source.number or _number(source)]
    lines += [_party(source, i, chance, True) for i in range(len(source.parties))]
    lines += [
        f"本案由公安机关侦查终结，以被告人{names}涉嫌{_charges(source)}，于{chinese(days.transferred)}"
        f"向本院移送起诉。本院受理后，于{chinese(days.informed)}已告知被告人依法享有的诉讼权利，"
        "依法讯问了被告人，审查了全部案件材料。",
        "经依法审查查明：",
        source.facts,
        "认定上述事实的证据如下：",
        "1.书证：户籍证明、到案经过等；2.证人证言；3.被告人的供述与辩解。",
        "上述证据收集程序合法，内容客观真实，足以认定指控事实。",
        f"本院认为，被告人{names}的行为{_both(source)}触犯了{_provision(source)}，犯罪事实清楚，"
        f"证据确实、充分，应当以{_charges(source)}追究其刑事责任。根据{_law(source)}的规定，"
        "提起公诉，请依法判处。",
        "此致",
        source.court,
        "检 察 官：钱某某",
        "检察官助理：孙某某",
        chinese(days.issued),
        f"附：1.{_whereabouts(source)}；2.案卷材料和证据三册；3.证人名单一份；4.涉案财物清单一份。",
    ]
    return "\n".join(lines)


def older(source: Source, chance: random.Random) -> str:
    """The form before the reform: 检察员, 移送审查起诉, evidence in one sentence."""
    days, names = _days(source), _names(source)
    lines = [source.procuratorate, "起诉书", source.number or _number(source)]
    lines += [_party(source, i, chance, False) for i in range(len(source.parties))]
    lines += [
        f"被告人{names}涉嫌{_charges(source)}一案，由公安机关侦查终结，于{chinese(days.transferred)}"
        f"移送本院审查起诉。本院于{chinese(days.informed)}告知被告人有权委托辩护人，并依法讯问了"
        "被告人，审查了全部案件材料。",
        f"经依法审查查明：{source.facts}",
        "认定上述事实的证据有：物证、书证、证人证言、被告人供述等。",
        f"本院认为，被告人{names}的行为{_both(source)}已触犯{_provision(source)}之规定，犯罪事实"
        f"清楚，证据确实、充分，应当以{_charges(source)}追究其刑事责任。根据{_law(source)}之规定，"
        "特提起公诉，请依法判处。",
        f"此致\n{source.court}",
        f"代理检察员：周某\n{chinese(days.issued)}",
        "附项：\n一、被告人现在处所见案卷；\n二、侦查卷宗两册；\n三、证人名单一份。",
    ]
    return "\n".join(lines)


def plea(source: Source, chance: random.Random) -> str:
    """Simple form of an admitted case, evidence listed kind by kind."""
    days, names = _days(source), _names(source)
    lines = [source.procuratorate, "起  诉  书", source.number or _number(source)]
    lines += [_party(source, i, chance, True) for i in range(len(source.parties))]
    lines += [
        f"本案由公安局侦查终结，以被告人{names}涉嫌{_charges(source)}，于{chinese(days.transferred)}"
        f"移送起诉。本院受理后，于{chinese(days.informed)}告知被告人有权委托辩护人，依法讯问了被告人，"
        "听取了辩护人的意见，审查了全部案件材料。",
        "经审查查明：",
        source.facts,
        "认定上述事实的证据如下：",
        "（一）书证\n（二）证人证言\n（三）被告人供述和辩解\n（四）鉴定意见",
        "以上证据来源合法，内容真实，相互印证，足以认定。",
        f"本院认为，被告人{names}的行为{_both(source)}触犯{_provision(source)}的规定，事实清楚，"
        f"证据确实、充分，应当以{_charges(source)}追究刑事责任。依照{_law(source)}的规定，"
        "对被告人提起公诉，请依法惩处。",
        "此 致",
        source.court,
        "检察官 冯某",
        chinese(days.issued),
        f"附件：1.被告人{names}羁押或者居住处所详见换押手续；2.卷宗四册；3.光盘一张；4.证人名单。",
    ]
    return "\n".join(lines)


Layout = Callable[[Source, random.Random], str]
LAYOUTS: tuple[Layout, ...] = (current, older, plea)
