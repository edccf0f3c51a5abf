"""Which spaces inside a line are typography and which separate words: the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingestion.offsets import Edit

S = r"[ \t\u3000]"
B = r"[ \u3000]"
C = r"[㐀-䶿一-鿿〇○]"
CLOSING = r"[，。、；：？！）】》”’〉」』〕］]"
OPENING = r"[（【《“‘〈「『〔［]"
_NUMERAL = r"[〇○零一二三四五六七八九十Oo0]"

# Each rule begins with the blank itself and looks back over it: the engine then jumps from
# blank to blank, and a text without any costs nothing.
# 起 诉 书: single characters, each set off by blanks.
_LETTERING = re.compile(rf"{S}(?<=(?<!{C}){C}{S}){S}*{C}(?!{C})(?:{S}+{C}(?!{C}))*")
_GAP = re.compile(rf"{S}+")
# Inside dates, sums and identity numbers a blank never separates; a tab always does.
_ALWAYS = re.compile(
    rf"{B}(?:(?<=[\d*＊xX]{B}){B}*(?=[年月日时元万亿岁克])"
    rf"|(?<=(?:\d|{_NUMERAL})[年月]{B}){B}*(?=(?:\d{{1,2}}|{_NUMERAL}{{1,3}}){B}*[月日])"
    rf"|(?<=\d日{B}){B}*(?=\d{{1,2}}{B}*时)"
    rf"|(?<={_NUMERAL}{B}){B}*(?=[年月日])"
    rf"|(?<=[年月]{B}){B}*(?=\d{{1,2}}{B}+[月日]))"
)
_DIGITS_APART = re.compile(rf"{B}(?<=\d{B}){B}*(?=\d)")
_SPLIT_NUMBER = re.compile(
    rf"(?<![\d.])(?:[12](?:{B}?\d){{3}})(?={B}*年)"
    rf"|(?<=[年月])(?:{B}*\d{B}\d)(?={B}*[月日])"
    rf"|(?<![\d.])(?:\d{{1,3}}(?:{B}\d{{3}})+)(?=(?:\.\d+)?{B}*[元万余])"
    rf"|(?<!\d)(?:\d{{6}}{B}?(?:19|20)\d{{2}}{B}?\d{{4}}{B}?\d{{3}}[\dXx])(?!\d)"
)
_AROUND_DIGITS = re.compile(rf"(?P<l>{B}(?<={C}{B}){B}*)\d[\d.,%％]*(?P<r>{B}+)(?={C})")
# In a text with real lines a blank beside a digit or a mark is typography; an enumerator is not.
_LOOSE = re.compile(
    rf"{S}(?:(?<={C}{S}){S}*(?=\d)(?!\d+[、.．)）](?!\d))"
    rf"|(?<=\d{S}){S}*(?={C})"
    rf"|(?<=(?:{C}|\d){S}){S}*(?={CLOSING})"
    rf"|(?<=[，、：；（《“]{S}){S}*(?={C}|\d|{OPENING}))"
)
_SOLID = rf"(?:{C}|\d|{CLOSING}|{OPENING})"
_OCR = re.compile(rf"{S}(?<={_SOLID}{S}){S}*(?={_SOLID})")
_BLANKS = re.compile(rf"{S}+")


# What stands behind a character of a line; an indent or a blank line has no such character.
_WITHIN = re.compile(rf"{S}(?<=[^ \t\u3000\n\f]{S})")
_RUNS = ("\u3000", "  ", " \t", "\t ", "\t\t")


def within_lines(text: str) -> bool:
    """Whether any blank stands behind a character of its line: the rules touch no others."""
    return _WITHIN.search(text) is not None


def _width(blanks: str) -> int:
    return sum(2 if b in "\u3000\t" else 1 for b in blanks)


def lettering(text: str) -> Iterator[Edit]:
    """Join spaced lettering; a gap much wider than the others still parts two words.

    >>> list(lettering("起 诉 书"))
    [(1, 2, ''), (3, 4, '')]
    """
    for run in _LETTERING.finditer(text):
        gaps = [(m.start(), m.end()) for m in _GAP.finditer(text, run.start(), run.end())]
        if "\t" in run.group():
            continue
        narrow = min(_width(text[a:b]) for a, b in gaps)
        for a, b in gaps:
            if _width(text[a:b]) <= 2 * narrow + 1:
                yield a, b, ""


def numbers(text: str) -> Iterator[Edit]:
    """Blanks inside dates, sums and identity numbers: never a separator."""
    found: list[Edit] = []
    for m in _ALWAYS.finditer(text):
        found.append((m.start(), m.end(), ""))
    for m in _SPLIT_NUMBER.finditer(text) if _DIGITS_APART.search(text) else ():
        found += [(g.start(), g.end(), "") for g in _GAP.finditer(text, m.start(), m.end())]
    for m in _AROUND_DIGITS.finditer(text):
        found += [(m.start("l"), m.end("l"), ""), (m.start("r"), m.end("r"), "")]
    yield from _disjoint(found)


def loose(text: str) -> Iterator[Edit]:
    """Blanks beside digits and marks in a text whose paragraphs are lines."""
    for m in _LOOSE.finditer(text):
        if "\t" not in m.group():
            yield m.start(), m.end(), ""


def recognised(text: str, start: int, end: int) -> Iterator[Edit]:
    """All blanks between Chinese characters, digits and marks in the OCRed `start:end`."""
    for m in _OCR.finditer(text, start, end):
        if "\t" not in m.group():
            yield m.start(), m.end(), ""


def collapse(text: str) -> Iterator[Edit]:
    """Every remaining run of blanks becomes one: a tab where it had one, else a space."""
    if not any(run in text for run in _RUNS):
        return
    for m in _BLANKS.finditer(text):
        to = "\t" if "\t" in m.group() else " "
        if m.group() != to:
            yield m.start(), m.end(), to


def _disjoint(edits: list[Edit]) -> Iterator[Edit]:
    done = -1
    for edit in sorted(set(edits)):
        if edit[0] >= done:
            yield edit
            done = edit[1]
