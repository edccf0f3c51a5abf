"""Every provision that the document cites: law, article, 之一, paragraph, item.

A law's name carries over to the articles behind it up to the end of the sentence, and beyond
it by 该法, 本法, 上述解释; 第七十二条第一、三款 gives one citation a paragraph. Titles in
brackets are read as a whole, so that an article inside a title (《关于刑法第三百条的解释》) is not
taken for a citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingestion.extract.opinions import repeated, speaker_at
from ingestion.model import CaseDocument, Section, Statute
from ingestion.numerals import CN, D, chinese_number

_N = rf"(?:[{D}]{{1,4}}|[{CN}]{{1,8}})"
_NTH = r"[第笫弟]"
_SEP = r"\s*(?:、|，|,|和|及|以及|与|或者?|；)\s*"

# Nested one deep, as in 《最高人民法院〈关于…〉的解释》; an unclosed one ends with the sentence.
_TITLE = r"《(?:[^《》。]|《[^《》。]{1,90}》){1,120}》"
_KIND = r"(?:解释|规定|意见|批复|办法|通知|纪要|决定|答复|标准)"
_TOKEN = re.compile(
    # The first characters of all that follows: elsewhere nothing needs to be tried.
    rf"(?=[《中刑最该本此同上前{_NTH[1:-1]}{D}{CN}。\n])(?:(?P<title>{_TITLE})"
    rf"|(?P<bare>(?:中[华国]人民共?和国)?(?:刑事诉讼法|刑诉法|刑法(?!学|典|上|理论|意义)))"
    rf"|(?P<named>中华人民共和国[一-龥]{{2,18}}?法(?=》?\s*{_NTH}))"
    rf"|(?P<judicial>最高人民(?:法院|检察院)[^《》。；]{{4,80}}?{_KIND}(?=》?\s*{_NTH}))"
    rf"|(?P<back>(?:该|本|此|同|上述|前述)(?P<kind>法|{_KIND})(?=》?\s*{_NTH}))"
    rf"|(?P<several>{_NTH}\s*(?P<all>{_N}(?:\s*[、，,和及与]\s*{_N}){{1,8}})\s*条(?!\s*之))"
    rf"|(?P<range>{_NTH}\s*(?P<first>{_N})\s*条?\s*(?:至|到|—|-|～|~)\s*{_NTH}?\s*(?P<last>{_N})\s*条)"
    rf"|(?P<article>(?:{_NTH}\s*|(?<=[、，,和及》]))(?P<number>{_N})\s*(?:条|(?={_NTH}{_N}款))"
    rf"(?:\s*之\s*(?P<sub>[{CN}\d]{{1,2}})(?![{CN}款]))?)"
    rf"|(?P<stop>[。\n]))"
)
_NAMES_LAW = re.compile(
    rf"(?=[《中刑最该本此同上前])(?:《|中[华国]人民|刑诉?法|刑事诉讼法|最高人民|(?:[该本此同]|[上前]述)(?:法|{_KIND}))"
)
# 适用《刑法》第二十六条。乙系从犯，适用第二十七条: the law of the sentence before is meant.
_APPLIES = re.compile(rf"(?:适用|依照|依据|根据|按照){_NTH}\s?{_N}\s?条")
_GOES_ON = re.compile(rf"\s{{0,3}}{_NTH}\s?{_N}\s?条")
_PARAGRAPHS = re.compile(
    rf"(?:{_SEP})?(?:的)?{_NTH}?\s*(?P<list>{_N}(?:{_SEP}{_NTH}?\s*{_N})*)\s*款(?!\s*[{D}{CN}])"
)
_ITEM = rf"(?:{_NTH}\s*)?[（(]\s*{_N}\s*[）)]|{_NTH}\s*{_N}|[①-⑳]"
_ITEMS = re.compile(rf"(?:{_SEP})?(?P<list>(?:{_ITEM})(?:{_SEP}(?:{_ITEM}|{_N}))*)\s*项")
_NUMBER = re.compile(_N + "|[①-⑳]")
_ORGANS = re.compile(
    r"(?:(?:最高人民法院|最高人民检察院|公安部|国家安全部|司法部|国家发展改革委|全国人民代表大会常务委员会"
    r"|全国人大常委会|[一-龥]{2,8}?高级人民法院)\s*(?:、|和|及|，)?\s*)+$"
)
_ABBREVIATED = re.compile(
    r"\s*[（(]\s*(?:以下|下)(?:统)?(?:简称|称)[：:]?\s*(?:为)?[“《]?(?P<name>[^”》）)]{2,20})[”》]?\s*[）)]"
)
_LAW_LIKE = re.compile(
    r"(?:法|法典|条例|解释|规定|意见|办法|规则|决定|批复|通知|纪要|细则|标准|公约|答复|修正案)"
    r"(?:[（(〔].{1,12}[）)〕])?$"
)
# 《关于…若干问题》的规定第七条: the bracket closed too early.
_KIND_OUTSIDE = re.compile(rf"(?<=问题》)的(?:若干)?{_KIND}(?=\s*{_NTH})")
_BRACKETS = re.compile(r"[《》〈〉<>＜＞﹤﹥\s]")
_FULL_PREFIX = "中华人民共和国"
_LONGEST_RANGE = 40


@dataclass(frozen=True)
class Citation:
    """One cited provision at `start:end` of the text."""

    law: str
    article: int
    sub: int | None
    paragraph: int | None
    item: int | None
    start: int
    end: int


def law_title(raw: str) -> str:
    """The full title of a law as it is written: 刑法, 《刑法》, 刑诉法 get their full names.

    >>> law_title("《刑法》")
    '中华人民共和国刑法'
    """
    title = _BRACKETS.sub("", raw)
    if title in ("刑诉法", "刑事诉讼法") or re.fullmatch(r"中.{0,6}国?刑事诉讼法", title):
        return _FULL_PREFIX + "刑事诉讼法"
    if title == "刑法" or re.fullmatch(r"中[华国]?人?民?共?和?国?刑法典?", title):
        return _FULL_PREFIX + "刑法"
    if re.fullmatch(r"(?!关于|最高|中华)[一-龥]{2,14}法", title):
        return _FULL_PREFIX + title
    return re.sub(r"(最高人民法院)(最高人民检察院)", r"\1、\2", title)


def _numbers(text: str) -> list[int]:
    found = []
    for match in _NUMBER.finditer(text):
        mark = match[0]
        found.append(ord(mark) - ord("①") + 1 if "①" <= mark <= "⑳" else chinese_number(mark))
    return found


def _parts(text: str, at: int, end: int) -> Iterator[tuple[int | None, int | None, int]]:
    """Paragraph, item and end offset of each part named behind an article; one bare if none."""
    paragraph: int | None = None
    found = False
    pending = False
    while True:
        match = _PARAGRAPHS.match(text, at, end)
        if match:
            numbers = _numbers(match["list"])
            at = match.end()
            if pending:
                yield paragraph, None, match.start()
            for number in numbers[:-1]:
                yield number, None, at
            paragraph, pending, found = numbers[-1], True, True
            continue
        match = _ITEMS.match(text, at, end)
        if not match:
            break
        at = match.end()
        for number in _numbers(match["list"]):
            yield paragraph, number, at
        pending, found = False, True
    if pending:
        yield paragraph, None, at
    if not found:
        yield None, None, at


def _spoken_title(text: str, match: re.Match[str], aliases: dict[str, str]) -> str | None:
    """The law that a matched title names, or None where it is no law (《价格鉴定书》)."""
    raw = match["title"] or match["bare"] or match["named"] or match["judicial"]
    inner = _BRACKETS.sub("", raw)
    if inner in aliases:
        return aliases[inner]
    if match["title"]:
        if not _LAW_LIKE.search(inner):
            kind = _KIND_OUTSIDE.match(text, match.end())
            if not kind:
                return None
            raw = inner + kind[0]
        organs = _ORGANS.search(text[max(match.start() - 60, 0) : match.start()])
        if organs and not inner.startswith("最高"):
            raw = organs[0].strip("和及、， ") + raw
    title = law_title(raw)
    short = _ABBREVIATED.match(text, match.end())
    if short:
        aliases[short["name"]] = title
    return title


def find_citations(text: str, start: int = 0, end: int | None = None) -> Iterator[Citation]:
    """The provisions cited in `text[start:end]`, in reading order.

    An article without any law before it in its sentence is not a citation.
    """
    end = len(text) if end is None else end
    law: str | None = None
    before: str | None = None
    aliases: dict[str, str] = {}
    spoken: list[str] = []
    at = start
    while True:
        if law is None:
            # Nothing counts before a law is named.
            named = _NAMES_LAW.search(text, at, end)
            stop = named.start() if named else end
            applied = _APPLIES.search(text, at, stop) if before else None
            if applied and "\n" not in text[at : applied.start()]:
                law, at = before, applied.start()
            elif named is None:
                return
            else:
                at = named.start()
        match = _TOKEN.search(text, at, end)
        if match is None:
            return
        at = match.end()
        if match["stop"]:
            # A list that goes on in the next sentence is a slip of the pen: 第五十二条。第五十三条
            before = law if match[0] == "。" else None
            law = law if _GOES_ON.match(text, at, end) else None
        elif match["back"]:
            law = next((t for t in reversed(spoken) if match["kind"] in t[-8:]), None)
        elif match["several"]:
            if law is None:
                continue
            *earlier, article = _numbers(match["all"])
            for number in earlier:
                yield Citation(law, number, None, None, None, match.start(), match.end())
            for paragraph, item, stop in _parts(text, match.end(), end):
                yield Citation(law, article, None, paragraph, item, match.start(), stop)
                at = max(at, stop)
        elif match["range"]:
            first, last = chinese_number(match["first"]), chinese_number(match["last"])
            if law and first < last <= first + _LONGEST_RANGE:
                for article in range(first, last + 1):
                    yield Citation(law, article, None, None, None, match.start(), match.end())
        elif match["article"]:
            if law is None:
                continue
            article = chinese_number(match["number"])
            sub = chinese_number(match["sub"]) if match["sub"] else None
            for paragraph, item, stop in _parts(text, match.end(), end):
                yield Citation(law, article, sub, paragraph, item, match.start(), stop)
                at = max(at, stop)
        else:
            title = _spoken_title(text, match, aliases)
            if title:
                spoken.append(title)
            law = title or law


def _of_section(doc: CaseDocument, section: Section) -> Iterator[Statute]:
    said = repeated(doc, section)
    for c in find_citations(doc.text, section.span.start, section.span.end):
        if c.article == 0:
            continue
        yield Statute(
            law=c.law,
            article=c.article,
            sub=c.sub,
            paragraph=c.paragraph,
            item=c.item,
            span=doc.span(c.start, c.end),
            speaker=speaker_at(said, c.start, c.end, section.speaker),
            section=section.kind,
        )


def read(doc: CaseDocument) -> list[Statute]:
    """All citations outside the appendix, where judgments only reprint what they applied."""
    return [
        statute
        for section in doc.sections
        if section.kind != "appendix"
        for statute in _of_section(doc, section)
    ]
