"""Who issued the document, under what number, when, and by what procedure."""

from __future__ import annotations

import re
from typing import Literal

from ingestion.extract.boxes import ticked
from ingestion.model import CaseDocument, DateValue, Field, Section, SectionKind
from ingestion.numerals import CN, D, DateMention, find_dates

_OPEN, _CLOSE = r"[〔（(［\[﹝【〈]", r"[〕）)］\]﹞】〉]"
_SERIAL = rf"第?\s*[{D}xX×*＊某]+(?:\s*[、,，和至-]\s*[{D}]+)*\s*号?\s*号(?:之[{CN}\d]+)?"
_CASE_NUMBER = re.compile(rf"{_OPEN}\s*[12]\d{{3}}\s*{_CLOSE}\s*[^\s，。；、]{{1,16}}?{_SERIAL}")
_OFFICE_NUMBER = re.compile(
    rf"[^\s，。；：、“《]{{1,20}}?{_OPEN}\s*[12]\d{{3}}\s*{_CLOSE}\s*[^\s，。；、\d]{{0,4}}?{_SERIAL}"
    rf"|{_OPEN}\s*[12]\d{{3}}\s*{_CLOSE}\s*[^\s，。；、]{{1,16}}?{_SERIAL}"
)
_CITED_NUMBER = re.compile(
    r"以\s*[“《]?(?P<number>[^，。；、\s以]{2,32}?[\d\]）)］〕]\s*(?:第)?\d*\s*号(?:\d+号)?(?:之[一二三四]|-\d)?)"
    r"|(?P<bare>[^，。；、\s以于]{1,12}[〔（(［\[﹝]\d{4}[〕）)］\]﹞]\s*第?\d+\s*号)\s*起诉书"
)
_SUBTITLE = re.compile(r"\s*[（(][^）)\d]{2,12}[）)]")
_COURT = re.compile(r"(?<![一-龥])[一-龥]{2,30}?法院(?![一-龥]{0,3}(?:审理|判决认定))")
_ADDRESSED_COURT = re.compile(r"此\s*致\s*(?P<name>[一-龥某×*＊xX]{2,30}?法院)")
_ADDRESSED_OFFICE = re.compile(r"此\s*致\s*(?P<name>[一-龥某×*＊xX]{2,30}?检察院)")
# A form's blank may stand within the name: 青岩区 人民检察院.
_OFFICE = re.compile(r"[一-龥某×*＊xX]{1,30}?(?:[ \u3000]{1,3}人民)?检察院")
_PROSECUTOR = re.compile(
    r"(?:公诉|抗诉|公益诉讼)机?关(?:暨抗诉机关)?\s*[：:]?\s*"
    r"(?P<name>[一-龥某×*＊]{2,30}?(?:[（(][^）)]{1,16}[）)])?[一-龥]{0,8}?检察?院)"
)
_POLICE = re.compile(
    r"[一-龥某×*＊xX]{2,30}?(?:公安(?:厅|分?局|处)(?:[一-龥]{1,12}?(?:分局|支队|大队))?|监察委员会|国家安全局)"
)
_INVESTIGATED = re.compile(
    r"(?:本?案?[，,]?由|本案经)(?P<name>[一-龥某×*＊xX]{2,40}?)(?:立案)?(?:侦查|调查)(?:、调查)?终结"
)
# Courts write the year in round brackets, procuratorates and police in 〔〕.
_COURT_BRACKETS = str.maketrans("〔〕", "（）")
_GENERIC = frozenset({"公安机关", "侦查机关", "监察机关"})

Instance = Literal["first", "second", "retrial", "unknown"]
_COURT_PAPERS = ("judgment", "ruling")
Procedure = Literal["ordinary", "summary", "fast_track"]

_PROCEDURE = re.compile(
    r"(?<!不)(?<!不宜)(?<!不再)(?<!不应)(?:适用|变更为|转为|转换为|改为|以)[^，。；]{0,12}?(?P<kind>速裁|简易|普通)程序"
)
_PROCEDURES: dict[str, Procedure] = {
    "速裁": "fast_track",
    "简易": "summary",
    "普通": "ordinary",
}


def _field(doc: CaseDocument, start: int, end: int, value: str | None = None) -> Field[str]:
    span = doc.span(start, end)
    return Field(value=value if value is not None else re.sub(r"\s", "", span.quote), span=span)


def normal_number(number: str) -> str:
    """A document number with its year in 〔〕, without spaces and dust, for comparing two of them.

    >>> normal_number("浦检刑诉［2019］ 21号")
    '浦检刑诉〔2019〕21号'
    """
    number = re.sub(rf"\s|[._·](?={_OPEN})|(?<={_CLOSE})[._·]", "", number)
    return re.sub(rf"{_OPEN}(\d{{4}}){_CLOSE}", r"〔\1〕", number)


def _search(
    doc: CaseDocument, pattern: re.Pattern[str], section: Section | None, group: str | int = 0
) -> Field[str] | None:
    if section is None:
        return None
    match = pattern.search(doc.text, section.span.start, section.span.end)
    return _field(doc, match.start(group), match.end(group)) if match else None


def _number(doc: CaseDocument, heading: Section | None) -> Field[str] | None:
    if heading is None:
        return None
    pattern = _CASE_NUMBER if doc.type in _COURT_PAPERS else _OFFICE_NUMBER
    start = doc.title.span.end if doc.title else heading.span.start
    if subtitle := _SUBTITLE.match(doc.text, start):
        start = subtitle.end()
    match = pattern.search(doc.text, start, heading.span.end) or pattern.search(
        doc.text, heading.span.start, heading.span.end
    )
    if match is None:
        return None
    value = normal_number(match[0])
    if doc.type in _COURT_PAPERS:
        value = value.translate(_COURT_BRACKETS)
    return _field(doc, match.start(), match.end(), value)


def _cited_number(doc: CaseDocument) -> Field[str] | None:
    for section in doc.sections_of("procedure", "accusation"):
        for match in _CITED_NUMBER.finditer(doc.text, section.span.start, section.span.end):
            group = "number" if match["number"] else "bare"
            if re.search(r"\d", match[group]) and ("诉" in match[group] or "检" in match[group]):
                value = normal_number(match[group])
                return _field(doc, match.start(group), match.end(group), value)
    return None


# --------------------------------------------------------------------------- dates


def _mentions(doc: CaseDocument, section: Section) -> list[DateMention]:
    start = section.span.start
    return [
        DateMention(m.start + start, m.end + start, m.value, m.derived)
        for m in find_dates(section.span.quote)
    ]


def _keep(doc: CaseDocument, name: str, mention: DateMention) -> None:
    doc.dates.setdefault(
        name,
        Field[DateValue](
            value=mention.value,
            span=doc.span(mention.start, mention.end),
            source="derived" if mention.derived else "text",
        ),
    )


# Date name, what must follow the date in its sentence, and what must not stand between.
_AFTER_DATE: dict[str, tuple[re.Pattern[str], re.Pattern[str] | None]] = {
    "prosecuted": (
        re.compile(r"[^。；]{0,60}?提起公诉"),
        re.compile(r"受理|立案|延期|补充侦查|指派|变更起诉|追加起诉"),
    ),
    "trial": (
        re.compile(r"[^。；]{0,60}?开庭"),
        re.compile(r"受理|立案|提起公诉|指控|移送|作出|裁定|指派"),
    ),
    "transferred": (
        re.compile(r"[^。；]{0,30}?移送(?!单位|案由|机关|部门)"),
        re.compile(r"告知|退回|讯问|受理"),
    ),
    "accepted": (re.compile(r"[^，。；]{0,8}?(?:受理|收案)"), None),
    "filed": (re.compile(r"[^，。；]{0,8}?立案"), None),
    "informed": (
        re.compile(
            r"[，,]?(?:(?:立案)?受理[，,]?并?)?(?:分别)?(?:依法)?(?:已|均)?[，,]?告知(?:了)?(?:[二三四五六七八九十各]|\d{1,2}名)?(?:被告|犯罪嫌疑|被(?:附条件)?不起诉)"
        ),
        None,
    ),
}
_DATE_NAMES: dict[str, tuple[str, ...]] = {
    "judgment": ("prosecuted", "accepted", "filed", "trial"),
    "indictment": ("transferred", "informed", "accepted"),
    "indictment_change": ("prosecuted", "transferred", "informed", "accepted"),
    "non_prosecution": ("transferred", "informed", "accepted"),
    "report": ("transferred", "informed", "accepted"),
    "ruling": ("prosecuted", "accepted", "filed", "trial"),
    "opinion": ("accepted", "filed"),
}


# 收案时间：2024年3月18日, the head of a report.
_TITLED = re.compile(r"(?:收案|受理|受案)(?:时间|日期)[：:]\s*$")
_COUNTED = re.compile(
    rf"(?:[（(]?[\d{CN}]{{1,2}}[）)、.．]|第[\d{CN}]{{1,3}}[起笔次节][：:，,、]?)\s*$"
)
_BEGINS = re.compile(rf"[\n：:]\s*$|{_COUNTED.pattern}")


def _read_dates(doc: CaseDocument) -> None:
    closing = doc.section("closing")
    if closing:
        days = [m for m in _mentions(doc, closing) if m.value.precision == "day"]
        if days:
            _keep(doc, "issued", days[0])
    names = _DATE_NAMES.get(doc.type, ())
    kinds: tuple[SectionKind, ...] = ("procedure", "accusation") if names else ()
    for section in doc.sections_of(*kinds):
        if section.kind == "accusation" and "prosecuted" in doc.dates:
            continue
        for mention in _mentions(doc, section):
            if mention.value.precision != "day":
                continue
            for name in names:
                after, not_between = _AFTER_DATE[name]
                match = after.match(doc.text, mention.end, section.span.end)
                titled = name == "accepted" and _TITLED.search(_lead(doc, mention))
                if titled or (match and not (not_between and not_between.search(match[0]))):
                    # A court's or the police's 立案 takes the case up; prosecutors only tell of it.
                    _keep(doc, "accepted" if name == "filed" else name, mention)
    facts = doc.section("facts") or doc.section("accusation")
    if facts and (first := _first_act(doc, facts)):
        _keep(doc, "offence", first)


def _lead(doc: CaseDocument, mention: DateMention) -> str:
    """The few characters before a date."""
    return doc.text[max(mention.start - 8, 0) : mention.start]


def _first_act(doc: CaseDocument, facts: Section) -> DateMention | None:
    """The first date told; of a month, the first day in it with which a count begins.

    A year counts only where it begins the story: elsewhere it tells of the past.
    """
    mentions = _mentions(doc, facts)
    told = [m for m in mentions if m.value.precision != "year" or _BEGINS.search(_lead(doc, m))]
    if not told or told[0].value.precision != "month":
        return told[0] if told else None
    month = told[0].value.date
    days = (m for m in told if m.value.precision == "day" and _COUNTED.search(_lead(doc, m)))
    return next((m for m in days if m.value.date.replace(day=1) == month), told[0])


# --------------------------------------------------------------------------- the rest


def _instance(doc: CaseDocument) -> Instance:
    number = doc.number.value if doc.number else ""
    head = doc.text[:600]
    if re.search(r"刑[^\d]{0,3}再|再[^\d]{0,2}字", number):
        return "retrial"
    if re.search(r"刑[^\d]{0,3}[终]", number) or re.search(r"原公诉机关|原审被告人", head):
        return "second"
    return "first" if "初" in number or re.search("不服本(?:判决|裁定)", doc.text) else "unknown"


def _procedure(doc: CaseDocument) -> Procedure | None:
    section = doc.section("reasoning" if doc.type == "plea" else "procedure")
    if doc.type not in (*_COURT_PAPERS, "plea") or section is None:
        return None
    text = ticked(section.span.quote)
    kinds = [m["kind"] for m in _PROCEDURE.finditer(text) if "建议" not in m[0]]
    if kinds:
        return _PROCEDURES[kinds[-1]]
    return "ordinary" if "合议庭" in text else None


def _investigator(doc: CaseDocument) -> Field[str] | None:
    found = _search(doc, _INVESTIGATED, doc.section("procedure"), "name")
    return None if found is None or found.value in _GENERIC else found


def read(doc: CaseDocument) -> None:
    """Fill number, organs, dates, instance and procedure of a document with sections."""
    heading, parties = doc.section("heading"), doc.section("parties")
    doc.number = _number(doc, heading)
    if doc.type in _COURT_PAPERS:
        doc.court = _search(doc, _COURT, heading)
        doc.procuratorate = _search(doc, _PROSECUTOR, parties, "name")
        doc.cited_number = _cited_number(doc)
        doc.instance = _instance(doc)
        doc.procedure = _procedure(doc)
    elif doc.type == "plea":
        doc.procuratorate = next(
            (
                found
                for section in doc.sections_of("heading", "facts", "reasoning")
                if (found := _search(doc, _OFFICE, section))
            ),
            None,
        )
        doc.procedure = _procedure(doc)
    elif doc.type == "opinion":
        doc.police = _search(doc, _POLICE, heading)
        doc.procuratorate = _search(doc, _ADDRESSED_OFFICE, doc.section("closing"), "name")
    else:
        doc.procuratorate = _search(doc, _OFFICE, heading)
        doc.court = _search(doc, _ADDRESSED_COURT, doc.section("closing"), "name")
        doc.police = _investigator(doc)
        doc.cited_number = _cited_number(doc) if doc.type == "indictment_change" else None
    _read_dates(doc)
