"""Coercive measures and custody: what was done to a person, when, by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, get_args

from ingestion.extract.blocks import clauses, field
from ingestion.model import CaseDocument, DateValue, Field, Measure
from ingestion.numerals import DateMention, scan_dates

Kind = Literal[
    "seized", "summoned", "detention", "arrest", "bail", "residence", "liuzhi", "release"
]
_KINDS: dict[Kind, str] = {
    "release": r"释放|解除(?:对其)?(?:的)?(?:取保候审|监视居住|留置|强制措施)(?:强制措施|措施)?",
    "liuzhi": r"(?<!延长)留置(?!室|针)",
    "bail": r"(?<!违反)取保候审(?!的?规定|义务)|取保(?!候)",
    "residence": r"(?:指定居所)?(?<!违反)监视居住(?!的?规定|义务)",
    "arrest": r"逮捕(?!证)",
    "detention": r"刑事拘留|刑拘|(?<!行政)(?<!治安)(?<!司法)(?<!延长)拘留(?!所"
    r"|[一二三四五六七八九十\d]{1,3}[日天])",
    "seized": r"抓获|捉获|抓捕归案|抓捕|查获|归案|羁押(?!期|必要)|到案|投案(?:自首)?|扭送"
    r"|押解回?|解回再审|押回",
    "summoned": r"(?:口头|电话|书面)?传唤|拘传",
}
_EVENT = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()))
_EXECUTED = re.compile(
    r"由(?P<by>[^，。；]{2,30}?)(?:依法)?执行(?![^，。；]{0,4}(?:逮捕|拘留|取保|监视|完毕))"
)
# 4月4日经本院决定，次日由公安局执行逮捕: the decision is told without its word.
_ARRESTED_LATER = re.compile(
    r"[，,](?:由[^，。；]{2,24}?(?=[于次同\d]))?(?:于?\d|次日|同[年月])[^，。；]{0,40}执行逮捕"
)
# Words around an event that make it no event: a wish, a state, a charge of the past.
_NO_EVENT = re.compile(
    r"未能?归案|追逃|另案|现(?:在)?(?:被)?羁押|先行羁押|现押|仍|未到案|期间|脱管|不能|未予|不予|无法|不批准|不到案"
    r"|现(?:已)?(?:被)?(?:取保候审|监视居住)|(?:取保候审|监视居住)(?:在家|于家|于住)"
)
# 因不批准逮捕被取保候审: the reason is no event, what follows from it is.
_REFUSED = re.compile(
    r"(?:因|由于|经)[^，。；]{0,30}?不(?:予)?批准逮捕(?=[^，。；]{0,16}(?:取保候审|监视居住|释放))"
)
_EARLIER = re.compile(
    r"被判|判处|判刑|刑满|减刑|假释|劳动教养|强制隔离戒毒|强制戒毒|收容|行政拘留|行政处罚"
)
# 因涉嫌…被拘留；…；因犯聚众斗殴罪被判处…。因涉嫌…: an earlier case told to its end.
_CONVICTED = re.compile(r"因犯[^，。；]{2,24}罪[^。；]{0,60}法院[^。；]{0,8}判处")
_THIS_CASE = re.compile(r"因(?:本案|涉嫌)")
_SENTENCED = re.compile(r"被判|判处|判刑")
_FORMERLY = re.compile(r"曾[因于经]")
_BRACKET = re.compile(r"[（(][^）)]*[）)]")
_ORGAN = (
    r"公安局|分局|派出所|支队|大队|公安处|公安机关|侦查队|检察院|检院|法院|监察委员会"
    r"|监察委|监委|国家安全局|海关缉私局|管理局"
)
_AUTHORITY = re.compile(
    rf"(?P<name>(?!该分?[局院])(?:[^，,。；;：:\s由经被于日对因到向（）()以]|经(?=济|贸|开[发区])){{0,38}}(?:{_ORGAN}))(?P<decides>[^，。；由]{{0,4}}(?:决定|批准))?"
    r"|(?P<own>[本我][院局])(?P<own_decides>[^，。；由]{0,2}(?:决定|批准))?|(?P<same>该分?[局院])"
)
_NAMES_ORGAN = re.compile(rf"{_ORGAN}|[本我][院局]|该[局院]")
_AND = re.compile(r"\s*[、和及与，]\s*")
_CUSTODY = re.compile(
    r"(?:现|于)?(?:被)?(?:羁|在|寄|关)?(?:羁押|押|寄押|关押)(?:于|在)(?P<place>[^，,。；;（(\s]{2,40}?(?:看守所|监狱|拘役所|戒毒所|医院))"
)


def _own(doc: CaseDocument) -> Field[str] | None:
    """The organ that writes and calls itself 本院, 我院, 我局."""
    if doc.type == "opinion":
        return doc.police
    return doc.court if doc.type == "judgment" else doc.procuratorate


def _authority(
    doc: CaseDocument, start: int, end: int, since: int, decider: bool = False
) -> str | None:
    """The organ named before the event, the last one, or with `decider` the deciding one.

    该局 is the organ named last from `since` on.
    """
    found: str | None = None
    if not _NAMES_ORGAN.search(doc.text, start, end):
        return None
    for match in _AUTHORITY.finditer(doc.text, start, end):
        name = match["name"]
        if match["own"]:
            own = _own(doc)
            name = own.value if own else match["own"]
        elif match["same"]:
            earlier = [m["name"] for m in _AUTHORITY.finditer(doc.text, since, match.start())]
            name = next((n for n in reversed(earlier) if n), match["same"])
        found = re.sub(r"^(?:.*[年月]|同|次|[并且后又])", "", name)
        if decider and (match["decides"] or match["own_decides"]):
            return found
    return found


def _date_before(
    dates: list[DateMention], low: int, event: int, carried: DateValue | None
) -> DateValue | None:
    """The date nearest before the event within its sentence, else the one carried on."""
    near = [d for d in dates if low <= d.start < event]
    return near[-1].value if near else carried


def _earlier(
    doc: CaseDocument, here: list[DateMention], event: int
) -> Iterator[tuple[DateValue, str | None]]:
    """All but the last of 于1月2日、3月4日先后被甲院和乙院取保候审, each with its organ."""
    days = [d for d in here if d.end <= event]
    chain = days[-1:]
    for day in reversed(days[:-1]):
        if not _AND.fullmatch(doc.text, day.end, chain[0].start):
            break
        chain.insert(0, day)
    if len(chain) < 2:
        return
    organs = [
        _authority(doc, m.start(), m.end(), m.start())
        for m in _AUTHORITY.finditer(doc.text, chain[-1].end, event)
    ]
    for day, organ in zip(
        chain[:-1], organs if len(organs) == len(chain) else [None] * len(chain), strict=False
    ):
        yield day.value, organ


def _kind(match: re.Match[str]) -> Kind:
    return next(kind for kind in get_args(Kind) if match[kind])


def _sentence(
    doc: CaseDocument,
    low: int,
    high: int,
    since: int,
    dates: list[DateMention],
    impossible: list[int],
) -> Iterator[Measure]:
    """The events of one sentence; a clause without a date takes the date before it.

    A clause whose day does not exist (2月30日) has no date, and takes none from before.
    """
    text = doc.text
    carried: DateValue | None = None
    authority: str | None = None
    spent = approved = earlier = sentenced = False
    for start, end in clauses(text, low, high, "，,；;"):
        here = [d for d in dates if start <= d.start < end]
        brackets = [m.span() for m in _BRACKET.finditer(text, start, end)]
        plain = _BRACKET.sub("", text[start:end])
        if here:
            carried, spent = here[-1].value, False
        elif any(start <= at < end for at in impossible):
            carried = None
        skip, earlier = earlier or _FORMERLY.match(plain), earlier or bool(_FORMERLY.match(plain))
        earlier = earlier and text[end : end + 1] not in "；;"
        sentenced = sentenced or bool(_SENTENCED.search(plain))
        if skip or _EARLIER.search(plain) or _NO_EVENT.search(_REFUSED.sub("", plain)):
            continue
        refused = _REFUSED.search(text, start, end)
        first = cursor = refused.end() if refused else start
        for match in _EVENT.finditer(text, first, end):
            if any(
                a <= match.start() < b and not any(a <= d.start < match.start() for d in here)
                for a, b in brackets
            ):
                continue  # 已羁押24日: a state; but （11月14日被羁押） is an event of its own
            kind = _kind(match)
            if sentenced and match[0] == "释放":
                continue  # 判处有期徒刑十个月，2013年6月5日释放: from prison
            if kind == "seized" and text.endswith(("传唤", "拘传"), start, match.start()):
                continue  # 传唤到案 is one event
            when = _date_before(here, start, match.start(), carried)
            if "羁押" in match[0] and (when is None or (not here and text[match.end()] in "于在")):
                continue  # 现羁押于, 羁押于看守所: a state, unless the clause dates it
            if spent and not here and text.endswith("批准", start, match.start()):
                when = None  # 经批准逮捕，同年5月16日被执行逮捕: the approval's day is not told
            who = _authority(doc, cursor, match.start(), since, kind in ("bail", "residence"))
            for day, organ in _earlier(doc, here, match.start()):
                yield Measure(
                    kind=kind, date=day, authority=organ, span=doc.span(start, match.end())
                )
            yield Measure(
                kind=kind, date=when, authority=who or authority, span=doc.span(start, match.end())
            )
            approved = kind == "arrest"
            cursor, authority, spent = match.end(), None, True
        executed = _EXECUTED.search(text, start, end) if approved and here else None
        if executed:
            yield Measure(
                kind="arrest",
                date=here[-1].value,
                authority=executed["by"],
                span=doc.span(start, executed.end()),
            )
            approved = False
        if cursor == first:
            authority = _authority(doc, start, end, since) or authority
            if (
                here
                and text.endswith(("决定", "批准"), start, end)
                and _ARRESTED_LATER.match(text, end)
            ):
                span = doc.span(start, end)
                yield Measure(kind="arrest", date=carried, authority=authority, span=span)


def read_measures(doc: CaseDocument, start: int, end: int) -> list[Measure]:
    """The measures told in `start:end`, in the order of the text, without repetitions."""
    text = doc.text
    mentions, impossible = [], []
    for d in scan_dates(text[start:end]):
        if isinstance(d, DateMention):
            mentions.append(replace(d, start=d.start + start, end=d.end + start))
        else:
            impossible.append(d.start + start)
    found: list[Measure] = []
    for low, high in clauses(text, start, end, "。"):
        convicted = _CONVICTED.search(text, low, high)
        if convicted and _THIS_CASE.search(text, high, end):
            low = convicted.end()
        for measure in _sentence(doc, low, high, start, mentions, impossible):
            if not any(
                m.kind == measure.kind
                and m.date == measure.date
                and m.authority == measure.authority
                for m in found
            ):
                found.append(measure)
    return found


def read_custody_place(doc: CaseDocument, start: int, end: int) -> Field[str] | None:
    """Where the person is held now (现羁押于…看守所)."""
    last: re.Match[str] | None = None
    for match in _CUSTODY.finditer(doc.text, start, end):
        last = match
    return field(doc, *last.span("place"), last["place"]) if last else None
