"""Which of the document's defendants a stretch of text names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingestion.model import CaseDocument
from ingestion.numerals import chinese_number

# A masked name must not be found inside a longer one: 张某 is neither 张某某 nor 张某1.
_LONGER = re.compile(r"[某甲乙丙丁戊己庚×\dXx]")
_ALL = re.compile(
    r"(?=[上以本二两三四五六七八九十\d各诸全])(?:(?:上述|以上|本案)?(?:[二两三四五六七八九十\d]{1,3}|各|诸|全体)(?:名)?被告(?:人|单位)|上述被告人)"
)

# 二人均自愿认罪: whoever was named last, they are as many as the case has accused.
_AS_MANY = re.compile(
    r"(?<=[。；，、\s])(?:上述|以上|该)?(?P<number>[二两三四五六七八九]|十[一二三四五六七八九]?|\d{1,2})"
    r"(?:名?(?:犯罪嫌疑人|被不起诉人)|人)(?=[均都亦也又已系到归共自积主能愿经在])"
)

_UNIT = re.compile(r"被告单位(?![\u4e00-\u9fff]{2,30}?(?:公司|厂|社|店|院|中心|集团|局|所))")


def _units(doc: CaseDocument, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Where the only accused unit is called 被告单位 without its name."""
    units = [d.name.value for d in doc.defendants if d.unit]
    if len(units) == 1:
        for match in _UNIT.finditer(doc.text, start, end):
            if not doc.text.startswith(units[0], match.end()):
                yield match.start(), match.end(), units[0]


def places(text: str, name: str, start: int, end: int) -> Iterator[int]:
    """Where `name` stands in `text[start:end]`, and no longer name that begins with it."""
    at = text.find(name, start, end)
    while at >= 0:
        if not _LONGER.match(text, at + len(name), end):
            yield at
        at = text.find(name, at + 1, end)


def mentions(doc: CaseDocument, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Offsets and names of the defendants named in `start:end`, in order."""
    text = doc.text
    names = {d.name.value for d in doc.defendants}
    # Of two names that begin at one place the longer one is meant.
    found = sorted(
        (at, -len(name), name) for name in names for at in places(text, name, start, end)
    )
    last = start
    for at, _, name in found:
        if at >= last:
            yield at, name
            last = at + len(name)


def named(doc: CaseDocument, start: int, end: int) -> tuple[str, ...]:
    """The defendants named in `start:end`; all of them where it says 二被告人, 各被告人."""
    found = dict.fromkeys(name for _, name in mentions(doc, start, end))
    if not found and _ALL.search(doc.text, start, end):
        return tuple(d.name.value for d in doc.defendants)
    return tuple(found)


_BETWEEN = re.compile(r"(?:[、，,和及与]|以及|被告人|上诉人|原审|被告单位|（[^）]{0,10}）|\s)*")


# 协助抓获同案被告人乙，系立功: the one who was caught is not the one spoken of, nor is he at
# whose place or from whom something was got.
_OBJECT = re.compile(
    r"(?:抓获|抓捕|检举|揭发|举报|指认|劝说|规劝|供出|伙同|受|(?<!现)在|向|从)(?:了)?(?:同案(?:犯|人)?)?(?:的)?"
    r"(?:犯罪嫌疑人|原审被告人|被告人)?$"
)


def clusters(doc: CaseDocument, start: int, end: int) -> Iterator[tuple[str, ...]]:
    """Groups of defendants named one after another in `start:end` (甲、乙和丙)."""
    group: list[str] = []
    last = start
    marks: list[tuple[int, int, tuple[str, ...]]] = [
        (offset, offset + len(name), (name,))
        for offset, name in mentions(doc, start, end)
        if not _OBJECT.search(doc.text[max(start, offset - 16) : offset])
    ]
    marks += [(low, high, (name,)) for low, high, name in _units(doc, start, end)]
    everyone = tuple(d.name.value for d in doc.defendants)
    if doc.text.find("被告", start, end) >= 0:
        marks += [(m.start(), m.end(), everyone) for m in _ALL.finditer(doc.text, start, end)]
    if len(everyone) > 1:
        marks += [
            (m.start(), m.end(), everyone)
            for m in _AS_MANY.finditer(doc.text, start, end)
            if chinese_number(m["number"]) == len(everyone)
        ]
    for low, high, names in sorted(marks):
        if group and not _BETWEEN.fullmatch(doc.text, last, low):
            yield tuple(dict.fromkeys(group))
            group = []
        group.extend(names)
        last = high
    if group:
        yield tuple(dict.fromkeys(group))
