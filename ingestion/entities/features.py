"""What the tagger sees of each character: its neighbours, and marks set by word lists and rules.

No name and no sentence of any training text is in here; the word lists are our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from zlib import crc32

import yaml

from ingestion.numerals import find_dates, find_money
from ingestion.totals.roles import part

_NUMERALS = "零〇一二两三四五六七八九十百千万亿半数多余几"
_WORDS = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))


def _any_of(words: Sequence[str]) -> str:
    """Longer words first: 电动车, not 电."""
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


_MARK_PATTERNS = {
    name: re.compile(pattern)
    for name, pattern in {
        "measures": rf"[\d{_NUMERALS}]+余?(?:{_any_of(_WORDS['measures'])})",
        "masks": r"某某|\*+|×+|X{1,4}",
        **{name: _any_of(words) for name, words in _WORDS["marks"].items()},
    }.items()
}
_CUE_PATTERN = re.compile(
    "|".join(f"(?P<{name}>{_any_of(words)})" for name, words in _WORDS["cues"].items())
)
_TIME = re.compile(
    rf"(?:(?:19|20)\d{{2}}年)?(?:\d{{1,2}}月)?(?:份|期间|间|初|底|中旬|上旬|下旬|末)?(?:\d{{1,2}}日)?(?:左右)?(?:的?(?:一|某)天)?"
    rf"(?:凌晨|清晨|早上|早晨|上午|中午|午后|下午|傍晚|晚上|晚间|深夜|夜间|夜里|夜|晚|早)?(?:约)?(?:[\d{_NUMERALS}]{{1,3}}(?:时|点))?(?:\d{{1,2}}分)?(?:许|左右|多)?"
)
_NAME = re.compile(
    r"(?P<masked>[\u4e00-\u9fff](?:某某?|[×*xXＸ]{1,2})[甲乙丙丁戊己庚辛壬癸\d]?)"
    r"|(?<=被告人)[\u4e00-\u9fff]{2,3}|(?<=被害人)[\u4e00-\u9fff]{2,3}|(?<=受害人)[\u4e00-\u9fff]{2,3}"
)
_OFFICE = re.compile(
    r"[\u4e00-\u9fff*×（）]{0,16}?(?:公安局|派出所|公安分局|认证中心|鉴定中心|认证和信息检测中心|评估事务所|检察院|法院)(?:[\u4e00-\u9fff*×]{1,6}(?:分局|派出所|大队|支队))?"
    r"|公安机关|侦查机关|检察机关"
)
_CLAUSE = "，。；、：（）()"
_WINDOW = 3


def _kind(char: str) -> str:
    if char.isdigit():
        return "0"
    if char in _NUMERALS:
        return "n"
    if "\u4e00" <= char <= "\u9fff":
        return "某" if char == "某" else "c"
    if char.isalpha():
        return "a"
    return char


def _paint(length: int, spans: Iterator[tuple[int, int]]) -> list[str]:
    marks = ["-"] * length
    for start, end in spans:
        for at in range(start, end):
            marks[at] = "B" if at == start else "E" if at == end - 1 else "I"
    return marks


def _names(text: str) -> list[str]:
    """For each character the role that the words before a name give it, anywhere in the text."""
    found = [(m.start(), m.end(), m[0]) for m in _NAME.finditer(text)]
    roles: dict[str, str] = {}
    for start, _, name in found:
        before = text[max(0, start - 4) : start]
        if before.endswith(("被告人", "嫌疑人")):
            roles[name] = "A"
        elif before.endswith(("被害人", "受害人", "失主")):
            roles.setdefault(name, "V")
    marks = ["-"] * len(text)
    for start, end, name in found:
        order = next(i for i, f in enumerate(found) if f[2] == name)
        for at in range(start, end):
            part = "B" if at == start else "I"
            marks[at] = f"{part}{roles.get(name, 'N')}{min(order, 2)}"
    return marks


def _cues(text: str) -> tuple[list[str], list[str]]:
    """The nearest cue to the left and to the right of each character, with its distance."""
    found = [(m.start(), m.end(), str(m.lastgroup)) for m in _CUE_PATTERN.finditer(text)]
    left, right = ["-"] * len(text), ["-"] * len(text)
    for _, end, name in found:
        for at in range(end, len(text)):
            left[at] = name
    for start, _, name in reversed(found):
        for at in range(start):
            right[at] = name
    return left, right


def _sums(text: str) -> list[str]:
    """What part each sum of money plays in the sum of the crime."""
    marks = ["-"] * len(text)
    for mention in find_money(text):
        start, end = mention.start, mention.end
        role = part(text[:start], mention, text[start:end], text[end:])
        marks[start:end] = [role] * (end - start)
    return marks


def _in_cue(text: str) -> list[str]:
    marks = ["-"] * len(text)
    for match in _CUE_PATTERN.finditer(text):
        for at in range(match.start(), match.end()):
            marks[at] = str(match.lastgroup)
    return marks


def features(text: str) -> list[list[str]]:
    """The features of each character of `text`."""
    size = len(text)
    kinds = [_kind(c) for c in text]
    money = _paint(size, ((m.start, m.end) for m in find_money(text)))
    dates = _paint(size, ((d.start, d.end) for d in find_dates(text)))
    times = _paint(size, (m.span() for m in _TIME.finditer(text) if m.end() - m.start() > 2))
    marks = {
        name: _paint(size, (m.span() for m in p.finditer(text)))
        for name, p in _MARK_PATTERNS.items()
    }
    names = _names(text)
    sums = _sums(text)
    offices = _paint(size, (m.span() for m in _OFFICE.finditer(text)))
    left, right = _cues(text)
    inside = _in_cue(text)
    clause_start = [0] * size
    for at in range(1, size):
        clause_start[at] = at if text[at - 1] in _CLAUSE else clause_start[at - 1]

    def char(at: int) -> str:
        return text[at] if 0 <= at < size else "^" if at < 0 else "$"

    def mark(row: list[str], at: int) -> str:
        return row[at] if 0 <= at < size else "."

    rows = []
    for i in range(size):
        row = ["bias"]
        for k in range(-_WINDOW, _WINDOW + 1):
            row.append(f"c{k}{char(i + k)}")
            row.append(f"k{k}{mark(kinds, i + k)}")
        for k in range(-2, 2):
            row.append(f"d{k}{char(i + k)}{char(i + k + 1)}")
        for k in (-2, -1, 0):
            row.append(f"t{k}{char(i + k)}{char(i + k + 1)}{char(i + k + 2)}")
        row.append("s" + "".join(mark(kinds, i + k) for k in (-1, 0, 1)))
        for k in (-1, 0, 1):
            row.append(f"m{k}{mark(money, i + k)}")
            row.append(f"y{k}{mark(dates, i + k)}{mark(times, i + k)}")
            row.append(f"n{k}{mark(names, i + k)}")
            row.append(f"u{k}{mark(sums, i + k)}")
            row.append(f"o{k}{mark(offices, i + k)}")
            row.append(f"q{k}{mark(inside, i + k)}")
            for name, painted in marks.items():
                value = mark(painted, i + k)
                if value != "-":
                    row.append(f"{name}{k}{value}")
        row.append(f"l{left[i]}")
        row.append(f"r{right[i]}")
        row.append(f"lr{left[i]}{right[i]}")
        row.append(f"lm{left[i]}{money[i]}")
        row.append(f"ln{left[i]}{names[i]}")
        row.append(f"rn{right[i]}{names[i]}")
        start = clause_start[i]
        row.append(f"p{min(i - start, 6)}")
        row.append(f"f{text[start : start + 1]}")
        row.append(f"F{text[start : start + 2]}")
        row.append("lG" + left[i] + marks["goods"][i])
        row.append("lW" + left[i] + marks["tools"][i])
        row.append("lP" + left[i] + marks["places"][i])
        rows.append(row)
    return rows


def hashed(rows: list[list[str]]) -> list[list[int]]:
    """The same as 32-bit numbers, which is all that the weights know."""
    return [[crc32(f.encode()) for f in row] for row in rows]
