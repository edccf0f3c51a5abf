"""Which of the document's defendants a stretch of text names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingestion.model import CaseDocument

# A masked name must not be found inside a longer one: 张某 is neither 张某某 nor 张某1.
_LONGER = r"(?![某甲乙丙丁戊己庚×\dXx])"
_ALL = re.compile(
    r"(?:上述|以上|本案)?(?:[二两三四五六七八九十\d]{1,3}|各|诸|全体)(?:名)?被告(?:人|单位)|上述被告人"
)


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(names, key=len, reverse=True)
    return re.compile("|".join(re.escape(name) + _LONGER for name in ordered))


def mentions(doc: CaseDocument, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Offsets and names of the defendants named in `start:end`, in order."""
    names = tuple(d.name.value for d in doc.defendants)
    if names:
        for match in _pattern(names).finditer(doc.text, start, end):
            yield match.start(), match[0]


def named(doc: CaseDocument, start: int, end: int) -> tuple[str, ...]:
    """The defendants named in `start:end`; all of them where it says 二被告人, 各被告人."""
    found = dict.fromkeys(name for _, name in mentions(doc, start, end))
    if not found and _ALL.search(doc.text, start, end):
        return tuple(d.name.value for d in doc.defendants)
    return tuple(found)


_BETWEEN = re.compile(r"(?:[、，,和及与]|以及|被告人|上诉人|原审|被告单位|（[^）]{0,10}）|\s)*")


def clusters(doc: CaseDocument, start: int, end: int) -> Iterator[tuple[str, ...]]:
    """Groups of defendants named one after another in `start:end` (甲、乙和丙)."""
    group: list[str] = []
    last = start
    marks: list[tuple[int, int, tuple[str, ...]]] = [
        (offset, offset + len(name), (name,)) for offset, name in mentions(doc, start, end)
    ]
    everyone = tuple(d.name.value for d in doc.defendants)
    marks += [(m.start(), m.end(), everyone) for m in _ALL.finditer(doc.text, start, end)]
    for low, high, names in sorted(marks):
        if group and not _BETWEEN.fullmatch(doc.text, last, low):
            yield tuple(dict.fromkeys(group))
            group = []
        group.extend(names)
        last = high
    if group:
        yield tuple(dict.fromkeys(group))
