"""Time, place, actors and counts of the story, and words that stand in for facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from assistant.casefile import CaseFile
from assistant.checks.citations import own_charges
from assistant.checks.counts import counts
from assistant.checks.place import opening, part, people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.telling import ABRIDGED, abridged, all_told, reasons, story
from ingestion.model import CaseDocument, Span
from ingestion.numerals import find_dates
from knowledge_base import aggravating_facts

_NO_STORY = Undecided("无法判断：未能读出事实部分")
_YEAR = re.compile(
    r"\d{4}\s*年|[一二][〇○零九][〇○零一二三四五六七八九]{2}年|同年|同月|同日|当日|次日|当晚|上述期间|[天日周月]后|[次起][^，。；]{0,12}后|随后|之后|\d{1,2}月\d{1,2}日"
)
_LOOSE = re.compile(r"(?:近日|近期|最近|日前|前段时间|前一段时间|某日|一天|某天)")
_PLACE = re.compile(
    r"[省市县区镇乡村屯组庄街路巷弄道桥站港湾岛河湖山沟厂店馆场院校园寺]|小区|号|楼|栋|单元|室|房|家中|家里|住处|工地"
    r"|高速|国道|附近|门口|境内|公司|酒店|宾馆|超市|网吧|KTV|网络|网上|微信|QQ|手机|电话|平台|网站|直播|APP|×|\*"
)
_TOGETHER = re.compile(
    r"[二两三四五六七八九十]被告人|[二两三四五六七八九十]人|各被告人|上述(?:被告人|人员)|共同|伙同|均|分别|等人|被告单位|双方|被告人|证实|证明"
)
_MANY = re.compile(r"多次|数次|[三四五六七八九十]\s*余?次|\d{1,2}\s*余?次")
_ACT = re.compile(r"盗窃|窃取|窃得|诈骗|骗取|抢劫|抢夺|贩卖|敲诈|容留|受贿|收受|殴打")
_VAGUE = re.compile(
    r"[\u4e00-\u9fff]{2,5}(?<![及和])等(?:物品|物|财物)(?=[，。、；（])|(?:财物|物品|现金|钱款|衣物|烟酒)若干|若干(?:元|财物|物品|现金)|一些(?:财物|物品|现金|钱)"
)
_ITEMS = re.compile(
    r"[、及和\d]|[一二两三四五六七八九十](?:部|台|辆|只|条|枚|块|件|个|把|张|份|包|袋|瓶|本)"
)
_CAUSE = re.compile(r"因(?:生活|家庭|工作|一些|某些)?(?:琐事|小事)(?:与|和|同|发生|产生|，)")
_WEIGHING = re.compile(
    r"(?:其行为|行为)(?:已)?(?:触犯|构成)|触犯(?:了)?《|情节(?:特别)?(?:严重|恶劣)|依照《|根据《中华人民共和国刑法》|应当(?:以|依法)[^，。]{0,12}追究"
)
_INTERVAL = re.compile(
    r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?(?:至|到|—|-|－|～|~)(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?"
)
_AT = re.compile(r"(\d{4}年\d{1,2}月\d{1,2}日)[^，。；\d]{0,4}(\d{1,2})时(?:许|\d{1,2}分(?:许)?)?")
_TOWN = re.compile(r"([\u4e00-\u9fff]{2,4}?(?:市|县|区))")
_MOST = 6
_SEARCH = 400  # characters of a count in which its time and place are told


class _Piece(NamedTuple):
    """A numbered count, or the whole story where it is not numbered."""

    span: Span
    number: int


def _pieces(doc: CaseDocument, told: Span) -> list[_Piece]:
    numbered = counts(told.quote)
    if not numbered:
        return [_Piece(told, 0)]
    return [
        _Piece(doc.span(told.start + c.start, told.start + c.end), n)
        for n, c in enumerate(numbered, 1)
    ]


def _tells_an_act(doc: CaseDocument, text: str) -> bool:
    """Whether an accused person does something in the text at all (not a fragment)."""
    return "被告" in text or any(d.name.value in text for d in doc.defendants)


def _lead(told: Span, pieces: list[_Piece]) -> str:
    """What stands before the first count: it may give time and place for all."""
    return told.quote[: pieces[0].span.start - told.start] if pieces[0].number else ""


def _of_pieces(doc: CaseDocument, pieces: list[_Piece], problem: str = "") -> Iterator[Hit]:
    """One hit for all the counts that lack the same."""
    if pieces:
        numbers = "、".join(str(p.number) for p in pieces)
        yield hit(
            *(opening(doc, p.span, 20) for p in pieces[:_MOST]),
            values={doc.role or "": None},
            which=f"第{numbers}起事实" if pieces[0].number else "事实部分",
            problem=problem,
        )


@check("FACT-001")
def time_left_out(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = story(doc)
    if told is None:
        yield _NO_STORY
        return
    if abridged(doc, told):
        yield ABRIDGED
        return
    pieces = _pieces(doc, told)
    if _YEAR.search(_lead(told, pieces)):
        return
    lacking = [
        p
        for p in pieces
        if _tells_an_act(doc, p.span.quote) and not _YEAR.search(p.span.quote[:_SEARCH])
    ]
    loose = next((m[0] for p in lacking if (m := _LOOSE.search(p.span.quote))), None)
    yield from _of_pieces(doc, lacking, problem=f"只写“{loose}”" if loose else "没有写明时间")


@check("FACT-002")
def place_left_out(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = story(doc)
    if told is None or abridged(doc, told):
        return
    pieces = _pieces(doc, told)
    if _PLACE.search(_lead(told, pieces)):
        return
    yield from _of_pieces(
        doc,
        [p for p in pieces if _tells_an_act(doc, p.span.quote) and not _PLACE.search(p.span.quote)],
    )


@check("FACT-007")
def aggravation_without_facts(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = story(doc)
    reasoning = part(doc, "reasoning")
    if told is None or reasoning is None:
        yield _NO_STORY
        return
    charged = own_charges(doc)
    for row in aggravating_facts.all():
        at = reasoning.quote.find(row.word)
        if at < 0 or row.told(all_told(doc)) or not any(row.concerns(c) for c in charged):
            continue
        if re.search(r"[不未非无]", reasoning.quote[max(0, at - 4) : at]):
            continue
        start = reasoning.start + at
        yield hit(
            doc.span(start, start + len(row.word)),
            values={doc.role or "": row.word},
            cause=f"aggravation:{row.word}",
            word=row.word,
        )


@check("FACT-009")
def acts_not_listed(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = story(doc)
    if told is None or counts(told.quote):
        return
    many = _MANY.search(told.quote)
    if many is None or not _ACT.search(told.quote[many.start() : many.end() + 20]):
        return
    days = {m.value.date for m in find_dates(told.quote) if m.value.precision == "day"}
    if len(days) <= 1:
        start = told.start + many.start()
        yield hit(
            doc.span(start, told.start + many.end()),
            values={doc.role or "": many[0]},
            written=many[0],
        )


@check("FACT-011")
def actor_left_out(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = story(doc)
    if told is None or len(doc.defendants) < 2:
        return
    names = [name.value for d in doc.defendants for name in (d.name, *d.aliases)]
    lacking = [
        p
        for p in _pieces(doc, told)
        if p.number
        and not any(name in p.span.quote for name in names)
        and not _TOGETHER.search(p.span.quote)
    ]
    yield from _of_pieces(doc, lacking)


def _day(year: str, month: str, day: str | None) -> date | None:
    try:
        return date(int(year), int(month), int(day or 1))
    except ValueError:
        return None


@check("FACT-012")
def time_against_itself(case: CaseFile) -> Iterator[Hit | Undecided]:
    """An interval that ends before it begins; the same hour of one day told with two places is
    FACT-013.
    """
    doc = sole(case)
    told = story(doc)
    if told is None:
        return
    for found in _INTERVAL.finditer(told.quote):
        first, last = _day(*found.group(1, 2, 3)), _day(*found.group(4, 5, 6))
        whole_month = found[6] is None or found[3] is None
        if first is None or last is None:
            continue
        early = (last.year, last.month) < (first.year, first.month) if whole_month else last < first
        if early:
            start = told.start + found.start()
            yield hit(
                doc.span(start, told.start + found.end()),
                values={doc.role or "": found[0]},
                written=found[0],
            )


@check("FACT-013")
def two_places_at_once(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = story(doc)
    pieces = _pieces(doc, told) if told is not None else []
    if len(pieces) < 2 or len(people(doc)) != 1:
        return
    seen: dict[tuple[str, str], tuple[Span, set[str]]] = {}
    for piece in pieces:
        head = piece.span.quote[:_SEARCH].split("。")[0]
        at = _AT.search(head)
        towns = set(_TOWN.findall(head[at.end() :])) if at else set()
        if at is None or not towns:
            continue
        start = piece.span.start + at.start()
        place = doc.span(start, start + at.end() - at.start())
        before = seen.setdefault((at[1], at[2]), (place, towns))
        if before[0] != place and not before[1] & towns:
            yield hit(
                place,
                before[0],
                values={doc.role or "": at[0]},
                when=at[0],
                places="、".join(sorted(before[1] | towns)),
            )


def _listed(told: Span, at: int) -> bool:
    """Whether the words end a list that names things one by one."""
    clause = re.split(r"[，。；\n]", told.quote[max(0, at - 40) : at])[-1]
    return bool(_ITEMS.search(clause))


@check("FACT-014")
def vague_words(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = story(doc)
    if told is None:
        return
    for pattern in (_VAGUE, _CAUSE):
        found = next(
            (m for m in pattern.finditer(told.quote) if not _listed(told, m.start())), None
        )
        if found is not None:
            start = told.start + found.start()
            yield hit(
                doc.span(start, told.start + found.end()),
                values={doc.role or "": found[0]},
                written=found[0],
            )


@check("FACT-018")
def weighing_in_the_story(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = story(doc)
    found = _WEIGHING.search(told.quote) if told is not None else None
    if told is not None and found is not None and reasons(doc):
        start = told.start + found.start()
        yield hit(
            doc.span(start, told.start + found.end()),
            values={doc.role or "": found[0]},
            written=found[0],
        )
