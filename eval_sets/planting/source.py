"""Cuts a judgment into the parts from which an indictment can be rebuilt.

It reads with expressions of its own, not with the project's extraction: what plants the
defects must not share the mistakes of what looks for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge_base.check_rules import limit
from knowledge_base.numerals import to_int

_NUMBER = re.compile(
    r"以([\u4e00-\u9fff]{1,12}[检院][\u4e00-\u9fff]{0,8}[（(［\[〔]\d{4}[）)］\]〕][\u4e00-\u9fff]{0,2}\d+号)"
)
_DATE = r"\d{4}年\d{1,2}月\d{1,2}日"
_PROSECUTED = re.compile(
    rf"({_DATE})(?:以[^。]{{0,60}}?|[^。\d]{{0,30}})(?:提起公诉|起诉至本院|移送本院)"
)
_PROCURATORATE = re.compile(r"公诉机关[:：]?\s*([\u4e00-\u9fff]+?检察院)")
_HEAD_END = re.compile(r"检察院[^。]{0,30}?(?:以|指控)|一案[，,]")
_PARTY = re.compile(
    r"(?:^|[\s。])被告人[:：]?\s*([\u4e00-\u9fff×XＸ\d]{2,6}?)\s*(?:（[^）]*）)?[，,、。]"
)
_PARTY_END = re.compile(r"\s(?:指定|委托)?(?:辩护人|被告人|法定代理人|诉讼代理人|附带民事)|\s本案")
_ACCUSATION = re.compile(
    r"(?:公诉机关|检察院)(?:指控|起诉书指控|起诉指控)(?:并经[^，：]{2,12}查明)?(?:称|认定)?\s*[：:，,]\s*"
)
_ACCUSATION_END = re.compile(
    r"\s(?=被告人[^。，]{1,40}?(?:对|辩|在开庭|当庭|承认|供认|表示|无异议)|辩护人|经审理查明|上述事实|以上事实"
    r"|上述指控|针对|为证[实明]|对(?:于)?(?:上述|以上|指控)|公诉机关|本院|就上述|综上|经庭审|该院)"
    r"|(?=公诉机关(?:认为|就|当庭|提交|提供|向法庭|针对|为|对|并)|(?:该院|公诉人|检察院)认为"
    r"|(?:上述|以上|针对|对于|对|就)(?:上述|以上|指控|起诉书?)?(?:的)?(?:犯罪)?(?:事实|指控)[，,]?"
    r"(?:公诉|检察|被告|有|并|的|，|提|向|足)|为证[实明]|该院(?:认为|提|以|就|向)|据此[，,]|认为[，,]?被告人)"
)
_FACTS_HEAD = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,20}(?:公诉机关|检察院)指控[^，：]{0,12}[，：,:]|经[^，：]{0,8}查明[，：,:]?)\s*"
)
_FACTS_END = re.compile(
    r"\s?(?:上述|以上)(?:犯罪)?事实|本院认为|公诉机关|为证[实明]|应当以[^。]*追究|触犯了?《"
)
_CONVICTED = re.compile(r"犯([\u4e00-\u9fff、（）]{2,30}?罪)[，,]")
_ACCUSED = re.compile(r"指控被告人[^。]{2,60}?犯有?([\u4e00-\u9fff、（）]{2,30}?罪)(?:[，。]|一案)")
_PLEA = re.compile(r"[^。]*(?:认罪认罚|具结)[^。]*。")
_MINOR = re.compile(r"(?:不满|未满)(?:十八|18)周?岁|系未成年人")
_ARTICLE = re.compile(
    r"第([一二三四五六七八九十百]+)条(之[一二三四])?(?:第([一二三四五六七八九])款)?"
)
_TERM = re.compile(
    r"判处(有期徒刑|拘役|管制)((?:[一二三四五六七八九十]+年)?零?(?:[一二三四五六七八九十]+个月)?)"
)


@dataclass(frozen=True)
class Party:
    """One accused person and the paragraph in which the judgment introduces him."""

    name: str
    paragraph: str
    birth: date | None
    female: bool


@dataclass(frozen=True)
class Source:
    """What an indictment needs, as the judgment tells it."""

    id: str
    judgment: str
    court: str
    procuratorate: str
    number: str | None
    prosecuted: date
    parties: tuple[Party, ...]
    charges: tuple[str, ...]
    articles: tuple[str, ...]
    facts: str
    operative_at: int
    main: str | None
    months: int

    @property
    def single(self) -> bool:
        return len(self.parties) == 1


def _date(text: str) -> date | None:
    found = re.match(r"(\d{4})年(\d{1,2})月(\d{1,2})日", text)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _parties(text: str) -> tuple[Party, ...]:
    start = text.find("公诉机关")
    stop = _HEAD_END.search(text, start + 20)
    head = text[start : stop.start() if stop else start].rsplit(" ", 1)[0] + " "
    parties: dict[str, Party] = {}
    for found in _PARTY.finditer(head):
        if found[1] in parties:
            continue
        at = head.index("被告人", found.start())
        end = _PARTY_END.search(head, found.end())
        paragraph = head[at : end.start() if end else len(head)].strip()
        born = re.search(rf"({_DATE})(?:出?生)", paragraph)
        parties[found[1]] = Party(
            found[1], paragraph, _date(born[1]) if born else None, "女，" in paragraph[:20]
        )
    return tuple(parties.values())


def _facts(text: str, fallback: str) -> str:
    found = _ACCUSATION.search(text)
    if found:
        rest = text[found.end() :]
        end = _ACCUSATION_END.search(rest)
        facts = rest[: end.start()] if end else ""
        facts = facts[: facts.rfind("。") + 1].strip()
        if len(facts) >= 60:
            return _PLEA.sub("", facts)
    facts = _FACTS_HEAD.sub("", fallback.strip())
    end = _FACTS_END.search(facts)
    facts = facts[: end.start()] if end else facts
    return _PLEA.sub("", facts[: facts.rfind("。") + 1])


def _articles(basis: str, count: int) -> tuple[str, ...]:
    """The provisions of the charges: the first of the special part among those cited."""
    found = [
        f"第{m[1]}条{m[2] or ''}" + (f"第{m[3]}款" if m[3] else "")
        for m in _ARTICLE.finditer(basis)
        if to_int(m[1]) > limit("last_general_article")
    ]
    unique = tuple(dict.fromkeys(found))
    return unique if count > 1 else unique[:1]


def _charges(text: str, operative_at: int) -> tuple[str, ...]:
    """The charges prosecuted, as the judgment opens with them; else those convicted of."""
    notice = text.find("如不服", operative_at)
    end = notice if notice > 0 else len(text)
    convicted = tuple(dict.fromkeys(m[1] for m in _CONVICTED.finditer(text, operative_at, end)))
    accused = _ACCUSED.search(text)
    # A court that changed the charge makes no clean pair.
    return convicted if accused is None or accused[1] in convicted or "、" in accused[1] else ()


def _months(term: str) -> int:
    years = re.match(r"([一二三四五六七八九十]+)年", term)
    months = re.search(r"([一二三四五六七八九十]+)个月", term)
    return 12 * (to_int(years[1]) if years else 0) + (to_int(months[1]) if months else 0)


def read(row: dict[str, str]) -> Source | None:
    """The parts of the judgment in `row`; None where it does not tell enough to rebuild."""
    text = row["fd"]
    operative_at = text.find("判决如下")
    procuratorate = _PROCURATORATE.search(text)
    court = re.search(r"([\u4e00-\u9fff]{2,25}法院)\s*刑\s*事\s*判\s*决", text)
    parties = _parties(text)
    if operative_at < 0 or not procuratorate or not court or not parties:
        return None
    if "刑事附带民事" in text[:200] or "上诉人" in text[:800] or "被告单位" in text[:800]:
        return None
    charges = _charges(text, operative_at)
    basis = text[max(text.rfind("本院认为", 0, operative_at), 0) : operative_at]
    if _MINOR.search(basis):  # the rebuilt reasoning would have to speak of it
        return None
    articles = _articles(basis[max(basis.rfind("依照"), 0) :], len(charges))
    if not charges or not articles or (len(charges) != 1 and len(parties) > 1):
        return None
    dates = [d for d in (_date(m) for m in re.findall(_DATE, text[:operative_at])) if d]
    prosecuted = _PROSECUTED.search(text, text.find("检察院"), operative_at)
    day = _date(prosecuted[1]) if prosecuted else None
    if day is None and dates and "提起公诉" not in text[:operative_at]:
        day = max(dates) + timedelta(days=30)
    if day is None:
        return None
    facts = _facts(text, row.get("text", ""))
    if len(facts) < 50:
        return None
    number = _NUMBER.search(text)
    term = _TERM.search(text, operative_at)
    return Source(
        id=row["text_id"],
        judgment=text,
        court=court[1],
        procuratorate=procuratorate[1],
        number=number[1] if number else None,
        prosecuted=day,
        parties=parties,
        charges=charges,
        articles=articles,
        facts=facts,
        operative_at=operative_at,
        main=term[1] if term else None,
        months=_months(term[2]) if term else 0,
    )
