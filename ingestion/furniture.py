"""Page furniture: page numbers and the headers and footers that repeat from page to page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from ingestion.offsets import Edit

PAGE_BREAK = "\f"
EDGE = 2
"""Lines at the top and at the bottom of a page where furniture stands."""
_HEAD = EDGE + 5
"""Lines at the top of the first page, among which its title is looked for once more."""
LONGEST = 60
"""Characters beyond which a line is no furniture."""

_B = r"[ \t\u3000]*"
# OCR takes a dash for the numeral one, and the figure one for a letter.
_DASH = r"[—–\-－―─~·一]{1,3}"
_NUMBER = (
    rf"{_B}(?:{_DASH}{_B}[\dlIi]{{1,4}}[.·]?{_B}{_DASH}"
    rf"|第{_B}\d{{1,4}}{_B}页(?:{_B}[,，/／]?{_B}[（(]?共{_B}\d{{1,4}}{_B}页[)）]?)?"
    rf"|共{_B}\d{{1,4}}{_B}页{_B}[,，/／]?{_B}第{_B}\d{{1,4}}{_B}页"
    rf"|\d{{1,4}}{_B}[/／]{_B}\d{{1,4}}){_B}"
)
_NUMBER_LINE = re.compile(rf"[\n\f](?P<number>{_NUMBER})(?=[\n\f]|\Z)")
_NUMBER_AT_FIRST = re.compile(rf"(?P<number>{_NUMBER})(?=[\n\f]|\Z)")
_BARE = re.compile(rf"{_B}\d{{1,4}}{_B}")
_TITLE = re.compile(r"(?:人民法院|人民检察院|公安局|分局|书)$")
# What stands at the end of every copy of a one-page document is no footer.
_CLOSING = re.compile(
    r"年.{1,3}月.{1,3}日|检察官|检察员|检察长|审判|陪审|书记员|法官|院长|此致|人民法院$|。$"
)
_DIGITS = re.compile(r"\d+")
_MARKS = re.compile(r"[^\w#]")

Line = tuple[int, int]


def furniture(text: str) -> Iterator[Edit]:
    """Deletions of page numbers and running heads in a text with form feeds between pages.

    A text without form feeds loses only lines that can be nothing but a page number; a
    bare number goes only where it is the first or last line of a page among several.
    """
    gone = dict(m.span("number") for m in _NUMBER_LINE.finditer(text))
    if first := _NUMBER_AT_FIRST.match(text):
        gone[0] = first.end()
    if PAGE_BREAK in text:
        gone.update(_at_edges(text))
    for start in sorted(gone):
        yield start, gone[start], ""


def _at_edges(text: str) -> Iterator[Line]:
    pages = list(_pages(text))
    keys = [[key_of(text[a:b]) if b - a <= LONGEST else "" for a, b in lines] for lines in pages]
    repeated = _repeated(keys)
    for number, (lines, known) in enumerate(zip(pages, keys, strict=True)):
        seen: set[str] = set()
        for index, ((start, end), key) in enumerate(zip(lines, known, strict=True)):
            if not key or EDGE <= index < len(lines) - EDGE:
                continue
            if index in (0, len(lines) - 1) and _BARE.fullmatch(text, start, end):
                yield start, end
            elif len(lines) > EDGE and key in repeated and key not in seen:
                if index >= EDGE and _CLOSING.search(_words(text[start:end])):
                    continue
                # The first page may bear as its title what the others bear as their head.
                if number == 0 and _TITLE.search(key):
                    below = "".join(key_of(text[a:b]) for a, b in lines[index + 1 : index + 5])
                    if key not in below:
                        continue
                seen.add(key)
                yield start, end


def _pages(text: str) -> Iterator[list[Line]]:
    """Each page's first lines and its last, blank ones apart: the middle is never looked at."""
    at = 0
    for part in text.split(PAGE_BREAK):
        end = at + len(part)
        several = EDGE + 1 if at else _HEAD
        head = list(islice(_down(text, at, end), several))
        if len(head) == several:
            head += reversed(list(islice(_up(text, head[-1][1], end), EDGE)))
        yield head
        at = end + 1


def _down(text: str, at: int, end: int) -> Iterator[Line]:
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if text[at:stop].strip():
            yield at, stop
        at = stop + 1


def _up(text: str, start: int, end: int) -> Iterator[Line]:
    while end > start:
        at = text.rfind("\n", start, end) + 1 or start
        if text[at:end].strip():
            yield at, end
        end = at - 1


def _words(line: str) -> str:
    return _DIGITS.sub("#", "".join(line.split()))


def key_of(line: str) -> str:
    """What two copies of a running head share: OCR differs in marks, a page number may touch it."""
    words = _words(line)
    return _MARKS.sub("", words).strip("#") or words


def _repeated(pages: list[list[str]]) -> set[str]:
    """Edge lines, numbers apart, that stand on most pages."""
    counts: Counter[str] = Counter()
    for keys in pages:
        counts.update(set(keys if len(keys) <= 2 * EDGE else keys[:EDGE] + keys[-EDGE:]))
    del counts[""]
    heads = Counter(keys[0] for keys in pages if keys)
    written = sum(1 for keys in pages if keys)
    if written == 2:
        # Two copies of one page would agree in every line: only a head that is no title goes.
        return {key for key, n in heads.items() if key and n == 2 and not _TITLE.search(key)}
    return {key for key, n in counts.items() if n >= 3 and n > written / 2}
