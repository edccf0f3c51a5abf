"""How the review went: returns for more investigation, more time, who was told and heard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingestion.model import CaseDocument, Contact, DateValue, Interval, Section
from ingestion.numerals import CN, D, DateMention, chinese_number, find_dates

_EVENT = re.compile(
    r"(?P<returned>退回[^。；，,]{0,20}?(?:补充)?(?:侦查|调查)(?!机关|部门|人员)|退查|退补)"
    r"|(?P<extended>(?:依法)?延长(?:了)?[^。；，,]{0,12}?期限|期限[^。；，,]{0,6}延长)"
)
_TIMES = rf"(?:共|各)?(?P<times>[{CN}{D}]{{1,2}})次"
_TIMES_AFTER = re.compile(_TIMES)
_TIMES_BEFORE = re.compile(rf"(?<!第){_TIMES}(?:将[^，。；]{{0,8}})?(?:依法)?$")
_BRACKET = re.compile(r"[^。；，,（(]{0,8}[，,]?\s*[（(](?P<inside>[^）)]*)[）)]")
_AND = re.compile(r"\s*[、和及与]\s*")
_UNTIL = re.compile(r"\s*起?\s*(?:至|到|—+|－|-|～|~)\s*")
_BACK = re.compile(
    r"[^。；，,]{0,10}[，,]?[^。；，,]{0,16}?(?:重报|补查|再次移送|重新移送|移送审查|补充侦查(?:完毕|终结)|补充调查完毕)"
)

_WHO = (
    r"(?:被告(?:人|单位)|犯罪嫌疑(?:人|单位)|被(?:附条件)?不起诉(?:人|单位)|被害(?:人|单位)(?:近亲属|家属)?"
    r"|法定代理人|诉讼代理人|诉讼代表人|附带民事诉讼(?:当事人|原告人)|近亲属|辩护人|值班律师)"
)
_CAPACITY = re.compile(_WHO)
_TOLD = re.compile(
    rf"告知(?:了)?(?:[二两三四五六七八九十各]|\d{{1,2}}名)?(?P<whom>{_WHO}[^。；，]{{0,40}}?)(?=依法|有权|享有|其|诉讼权利|认罪|可以|委托|，|。|；)"
)
_HEARD = re.compile(rf"听取(?:了)?(?P<whom>{_WHO}[^。；]{{0,60}}?)的?意见")


@dataclass(frozen=True)
class _Period:
    start: DateValue | None
    end: DateValue | None
    low: int
    high: int


def _periods(dates: list[DateMention], text: str, start: int, end: int) -> list[_Period]:
    """The ranges in `start:end` (自…至…), and single dates as ranges without an end."""
    inside = [d for d in dates if start <= d.start and d.end <= end]
    found: list[_Period] = []
    index = 0
    while index < len(inside):
        first = inside[index]
        following = inside[index + 1] if index + 1 < len(inside) else None
        if following and _UNTIL.fullmatch(text, first.end, following.start):
            found.append(_Period(first.value, following.value, first.start, following.end))
            index += 2
        else:
            found.append(_Period(first.value, None, first.start, first.end))
            index += 1
    return found


def _times(text: str, event: re.Match[str], start: int, end: int) -> int:
    after = _TIMES_AFTER.match(text, event.end(), end)
    before = _TIMES_BEFORE.search(text[start : event.start()])
    match = after or before
    if match is None:
        return 1
    try:
        return max(chinese_number(match["times"]), 1)
    except ValueError:
        return 1


def _sent_back(
    dates: list[DateMention], text: str, start: int, end: int
) -> tuple[DateValue | None, int]:
    """The date in `start:end` on which the case came back, and where its words end."""
    for mention in dates:
        if start <= mention.start < end and (back := _BACK.match(text, mention.end, end)):
            return mention.value, back.end()
    return None, start


def _joined(dates: list[DateMention], text: str, start: int, end: int) -> list[DateMention]:
    """The last dates in `start:end` that one 、 or 和 joins to each other."""
    chain: list[DateMention] = []
    for mention in reversed([d for d in dates if start <= d.start and d.end <= end]):
        if chain and not _AND.fullmatch(text, mention.end, chain[0].start):
            break
        chain.insert(0, mention)
    return chain


def _repeated(
    doc: CaseDocument, dates: list[DateMention], event: re.Match[str], start: int, end: int
) -> Iterator[Interval]:
    """Several returns told at once: 于5月2日、8月9日两次退回，…于6月1日、9月6日补查重报."""
    went = _joined(dates, doc.text, start, event.start())
    if len(went) < 2:
        return
    back = [d.end for d in dates if start <= d.start and d.end <= end]
    back = [stop for stop in back if stop > event.end() and _BACK.match(doc.text, stop, end)]
    came = _joined(dates, doc.text, event.end(), max(back, default=end))
    ends = [d.value for d in came] if len(came) == len(went) else [None] * len(went)
    for mention, sent_back in zip(went, ends, strict=True):
        span = doc.span(mention.start, event.end())
        yield Interval(start=mention.value, end=sent_back, span=span)


def _events(
    doc: CaseDocument, section: Section, dates: list[DateMention]
) -> Iterator[tuple[str, Interval]]:
    """Each return or extension with its dates: before it, in brackets behind it, or 重报."""
    text, low, high = doc.text, section.span.start, section.span.end
    events = list(_EVENT.finditer(text, low, high))
    used = low
    for number, event in enumerate(events):
        kind = "returned" if event["returned"] else "extended"
        sentence = max(text.rfind("。", used, event.start()) + 1, used)
        limit = events[number + 1].start() if number + 1 < len(events) else high
        stop = text.find("。", event.end(), limit)
        limit = stop if stop >= 0 else limit
        times = _times(text, event, sentence, limit)
        bracket = _BRACKET.match(text, event.end(), limit)
        before = _periods(dates, text, sentence, event.start())
        inside = _periods(dates, text, *bracket.span("inside")) if bracket else []
        several = list(_repeated(doc, dates, event, sentence, limit)) if not inside else []
        if several:
            used = event.end()
            yield from ((kind, one) for one in several)
            continue
        if inside:
            used = bracket.end() if bracket else event.end()
            for one in inside:
                yield (
                    kind,
                    Interval(
                        start=one.start,
                        end=one.end,
                        span=doc.span(event.start(), one.high),
                    ),
                )
            continue
        period = before[-1] if before else None
        end, used = (
            _sent_back(dates, text, event.end(), limit)
            if kind == "returned"
            else (None, event.end())
        )
        yield (
            kind,
            Interval(
                start=period.start if period else None,
                end=(period.end if period else None) or end,
                times=times if not period else 1,
                span=doc.span(period.low if period else event.start(), max(used, event.end())),
            ),
        )


def _contacts(
    doc: CaseDocument, section: Section, dates: list[DateMention], pattern: re.Pattern[str]
) -> Iterator[Contact]:
    for match in pattern.finditer(doc.text, section.span.start, section.span.end):
        sentence = doc.text.rfind("。", section.span.start, match.start()) + 1
        before = [d for d in dates if sentence <= d.start and d.end <= match.start()]
        for who in _CAPACITY.finditer(doc.text, *match.span("whom")):
            yield Contact(
                whom=who[0],
                span=doc.span(*who.span()),
                date=before[-1].value if before and pattern is _TOLD else None,
            )


def read(doc: CaseDocument) -> None:
    """Fill `returns`, `extensions`, `informed` and `heard` of a prosecutors' document.

    Where the story of the procedure tells of no return, a count in the reasons stands for it
    (经二次退回补充侦查，仍然认为…).
    """
    if doc.type not in ("indictment", "indictment_change", "non_prosecution", "report"):
        return
    for section in doc.sections_of("procedure"):
        offset = section.span.start
        dates = [
            DateMention(m.start + offset, m.end + offset, m.value, m.derived)
            for m in find_dates(section.span.quote)
        ]
        for kind, interval in _events(doc, section, dates):
            (doc.returns if kind == "returned" else doc.extensions).append(interval)
        doc.informed.extend(_contacts(doc, section, dates, _TOLD))
        doc.heard.extend(_contacts(doc, section, dates, _HEARD))
    reasons = doc.section("reasoning")
    if not doc.returns and reasons and doc.type == "non_prosecution":
        doc.returns.extend(i for kind, i in _events(doc, reasons, []) if kind == "returned")
