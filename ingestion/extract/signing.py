"""The foot of a document: to whom it goes, who signed it, what is enclosed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingestion.extract.blocks import field
from ingestion.model import CaseDocument, Field, Section, Signatory
from ingestion.numerals import find_dates

_ADDRESSED = re.compile(
    r"此\s*致\s*(?P<name>[一-龥某×*＊xX]{2,30}?(?:人民法院|法院|检察院|检察分院))"
)
_OFFICES = (
    "审判长|代理审判员|助理审判员|审判员|人民陪审员|陪审员|法官助理|代理书记员|代书记员|书记员"
    "|检察长|主任检察官|代理检察员|助理检察员|检察官助理|检察官|检察员|承办检察官|承办人|报告人"
)
_OFFICE = re.compile(
    r"(?P<title>"
    + "|".join(r"\s{0,3}".join(word) for word in _OFFICES.split("|"))
    + r")\s{0,3}[：:]?\s*"
)
_SIGNERS = r"本人|犯罪嫌疑人|被告人|辩护人|值班律师|法定代理人|合适成年人|翻译人员|翻译"
_SIGNATURE = re.compile(
    rf"(?P<title>(?:{_SIGNERS})(?:[/／、或](?:{_SIGNERS}))*)\s*"
    r"(?:[（(]\s*(?:签名|签字|签章|捺印|签名捺印)[^）)]{0,6}[）)]|(?:签名|签字|签章)(?:捺印|[（(]捺印[）)])?)\s*[：:]?\s*"
)
_NAME = re.compile(
    r"[一-龥某]\s{1,4}[一-龥某](?![一-龥某])|[一-龥]{1,8}[·•．][一-龥·•．]{1,12}|[一-龥某×＊*xX]{2,4}(?![一-龥])"
)
_NO_NAME = re.compile(r"本件|^[年月日]|[年月]\s*日|与原|院印|签|附")
_HAN = "一二三四五六七八九十"
_MOST = 30  # enclosures looked for


def _name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name that stands at `start`, before the date or the next office at `end`."""
    stretch = text[start:end]
    dates = find_dates(stretch)
    if dates:
        stretch = stretch[: dates[0].start]
    match = _NAME.match(stretch.rstrip())
    if match is None or _NO_NAME.search(match[0]):
        return None
    return start, start + match.end()


def _signed(doc: CaseDocument, section: Section, pattern: re.Pattern[str]) -> Iterator[Signatory]:
    text, end = doc.text, section.span.end
    places = list(pattern.finditer(text, section.span.start, end))
    for number, place in enumerate(places):
        stop = places[number + 1].start() if number + 1 < len(places) else end
        name = _name(text, place.end(), stop)
        dates = find_dates(text[place.end() : stop]) if pattern is _SIGNATURE else []
        last = name[1] if name else place.end("title")
        yield Signatory(
            title=re.sub(r"\s", "", place["title"]),
            name=re.sub(r"\s", "", text[slice(*name)]) if name else None,
            span=doc.span(place.start("title"), last),
            date=next((d.value for d in dates if d.value.precision == "day"), None),
        )


def _numbers(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where 1. 2. 3. … or 一、二、… stand in order, in lines or run together."""
    found: list[tuple[int, int]] = []
    for number in range(1, _MOST):
        han = f"|{_HAN[number - 1]}(?=、)" if number <= len(_HAN) else ""
        head = re.compile(rf"(?<!\d)[（(]?(?:{number}{han})[）)]?\s*[.．、，](?!\d)")
        match = head.search(text, found[-1][1] if found else start, end)
        if match is None:
            break
        found.append(match.span())
    return found


def _attachments(doc: CaseDocument, section: Section) -> Iterator[Field[str]]:
    """The enclosures one by one: numbered, else a line or ；-clause each."""
    text, low, high = doc.text, section.span.start, section.span.end
    lead = re.compile(r"附\s*(?:件|项|注)?\s*[：:]?\s*").match(text, low, high)
    low = lead.end() if lead else low
    heads = _numbers(text, low, high)
    if not heads:
        stops = [m.start() for m in re.finditer(r"[\n；;]", text[low:high])]
        bounds = [low, *(low + s + 1 for s in stops), high]
        pieces = list(zip(bounds, [b - 1 for b in bounds[1:-1]] + [high], strict=False))
    else:
        stops = [*(start for start, _ in heads[1:]), high]
        pieces = [(end, stop) for (_, end), stop in zip(heads, stops, strict=True)]
    for start, end in pieces:
        stretch = text[start:end]
        first = start + len(stretch) - len(stretch.lstrip())
        last = start + len(stretch.rstrip().rstrip("。；;，,"))
        if first < last:
            yield field(doc, first, last, text[first:last])


def read(doc: CaseDocument) -> None:
    """Fill `addressee`, `signatories` and `attachments`."""
    closing, enclosed = doc.section("closing"), doc.section("attachments")
    if closing:
        if match := _ADDRESSED.search(doc.text, closing.span.start, closing.span.end):
            value = match["name"]
            doc.addressee = field(doc, *match.span("name"), value)
        pattern = _SIGNATURE if doc.type == "plea" else _OFFICE
        doc.signatories = list(_signed(doc, closing, pattern))
    if enclosed:
        doc.attachments = list(_attachments(doc, enclosed))
