"""The order of a document: its parts and its numbered items."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.place import part, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import CaseDocument
from knowledge_base.numerals import to_int
from knowledge_base.word_lists import nationalities

_LANDMARKS = (
    (
        "被告人基本情况",
        re.compile(r"^[ 　]*被告人[^，。：:\n]{2,30}[，,][^。\n]{0,30}?[男女][，,]", re.M),
    ),
    (
        "案由和审查过程",
        re.compile(r"^[ 　]*(?:本案|被告人[^。\n]{2,40}一案)[^。\n]{0,60}(?:侦查|调查)终结", re.M),
    ),
    ("案件事实", re.compile(r"^[ 　]*经(?:本院)?依?法?审查查明", re.M)),
    ("证据", re.compile(r"^[ 　]*认定(?:上述|以上)[^。：:\n]{0,12}证据", re.M)),
    ("起诉的理由和根据", re.compile(r"^[ 　]*本院认为[，,：:]", re.M)),
    ("致送法院", re.compile(r"^[ 　]*此[ 　]*致", re.M)),
    ("附件", re.compile(r"^[ 　]*附(?:件|项)?[：:]", re.M)),
)
_ITEM = r"(?:^|(?<=[。；;：:\n])|(?<=[）)](?=[ 　])))[ 　]*"
# 1、2016年… opens an item, 1、2号 does not.
_ARABIC = r"(\d{1,2})(?:[.．](?![\d\-])|、(?!\d(?!\d{3}年)|\-))"
_STYLES = (
    (
        "阿拉伯数字",
        re.compile(_ITEM + r"(\d{1,2})(?:[.．](?![\d\-])|、(?!\d(?!\d{3}年)|\-))", re.M),
    ),
    ("带括号的阿拉伯数字", re.compile(_ITEM + r"[（(](\d{1,2})[）)](?!\d)", re.M)),
    ("汉字", re.compile(_ITEM + r"([一二三四五六七八九十]{1,3})、", re.M)),
    ("带括号的汉字", re.compile(_ITEM + r"[（(]([一二三四五六七八九十]{1,3})[）)]", re.M)),
)
_LEAD = 2
_LARGEST_GAP = 3
_NUMERALS = ("", *"一二三四五六七八九十", *(f"十{n}" for n in "一二三四五六七八九"))
_FOREIGN = re.compile(
    rf"(?:{'|'.join(nationalities())})(?:国?籍|公民|国人)|无国籍|国籍[为系：:]?(?:{'|'.join(nationalities())})"
)


@check("FMT-003")
def nation_in_heading(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    organ = doc.procuratorate
    for person in doc.defendants:
        where = person.paragraph
        found = _FOREIGN.search(doc.text, where.start, where.end) if where else None
        if found is None:
            continue
        if organ is None:
            yield Undecided("无法判断：未能读出首部的机关名称")
        elif "中华人民共和国" not in doc.text[: where.start if where else 0]:
            yield hit(
                organ.span,
                doc.span(found.start(), found.end()),
                values={doc.role or "": organ.value},
                name=person.name.value,
                organ=organ.value,
            )
        return


@check("FMT-007")
def order_of_parts(case: CaseFile) -> Iterator[Hit | Undecided]:
    """Parts are told by the words that open them, and only where these open a line."""
    doc = sole(case)
    before: tuple[str, int] | None = None
    for name, pattern in _LANDMARKS:
        found = pattern.search(doc.text)
        if found is None:
            continue
        if before is not None and found.start() < before[1]:
            place = found.end() - len(found[0].lstrip())
            yield hit(
                doc.span(place, found.end()),
                values={doc.role or "": name},
                part=name,
                other=before[0],
            )
            return
        before = (name, found.start())


def _broken(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Positions at which a list of numbers breaks, with the number that should stand there.

    A list may stand within another and the outer one goes on after it.
    """
    open_lists: list[list[int]] = []
    for at, number in enumerate(numbers):
        going_on = next((k for k in reversed(open_lists) if number == k[0] + 1), None)
        if number == 1 and not (open_lists and open_lists[-1] == [1]):
            open_lists.append([1])
        elif going_on is not None:
            while open_lists[-1] is not going_on:
                open_lists.pop()
            going_on[0] = number
        elif open_lists:
            last = open_lists[-1]
            if last[0] <= number <= last[0] + _LARGEST_GAP:
                yield at, last[0] + 1
            last[0] = number


def _written(number: int, style: str) -> str:
    return str(number) if "阿拉伯" in style else _NUMERALS[number]


def _numbered(doc: CaseDocument) -> Iterator[Hit]:
    appendix = part(doc, "appendix")
    end = appendix.start if appendix else len(doc.text)
    for style, pattern in _STYLES:
        for section in doc.sections:
            stop = min(section.span.end, end)
            # The mark after which the first item stands may close the section before.
            start = max(section.span.start - _LEAD, 0)
            places = list(pattern.finditer(doc.text, start, stop))
            numbers = [int(p[1]) if p[1].isdigit() else to_int(p[1]) for p in places]
            for at, due in _broken(numbers):
                if due >= len(_NUMERALS):
                    continue
                place = places[at]
                skipped = re.compile(rf"{_written(due, style)}[）).．、]")
                if numbers[at] > due and skipped.search(
                    doc.text, places[at - 1].end(), place.start()
                ):
                    continue
                yield hit(
                    doc.span(place.start(1), min(place.end() + 8, stop)),
                    doc.span(places[at - 1].start(1), min(places[at - 1].end() + 8, stop)),
                    values={doc.role or "": numbers[at]},
                    style=style,
                    written=place[1],
                    problem="与上一项重号" if numbers[at] < due else f"缺第{due}项",
                )


@check("FMT-016")
def numbers_in_order(case: CaseFile) -> Iterator[Hit | Undecided]:
    yield from _numbered(sole(case))
