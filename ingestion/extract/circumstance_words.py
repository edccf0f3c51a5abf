"""The words of a circumstance in a sentence: what the phrase table finds there.

Nothing here knows who speaks; `circumstances` asks for the hits and gives them a voice.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Literal

from ingestion.model import SectionKind
from knowledge_base.phrases import CircumstancePhrases, circumstance_phrases

Polarity = Literal["affirmed", "denied"]

_NOT_BEFORE = re.compile(
    r"(?:不(?:构成|属于?|是|系|具有?|具备|符合|成立|存在|应|能|宜|予|认定|适用)|并?非(?!法)|没有|无|未|难以|排除|尚未|拒不|否认|不(?!影响))"
    r"(?:(?!和具?有|及具有)[^，。；、且但]){0,10}$"  # 没有异议且认罪认罚 denies nothing
)
_NOT_HELD = re.compile(r"(?:不(?:能|予|应|足以)?认定|不具有|不具备|不存在)[^，。；]{0,14}$")
_NOT_AFTER = re.compile(
    r"^[^，。；、系是]{0,12}(?:不(?:能)?(?:成立|构成|予认定|足)|不予(?:认定|支持|采纳)|无(?:事实|法律|证据)|错误|有误|不当|(?:缺乏|没有)(?:事实|法律|证据|依据))"
)
# A law's title or quoted text, and a remark on somebody else (系未成年人，另案处理).
ASIDE = re.compile(r"《[^》]*》|（[^）]*）|(?<=[》条款项])[：:]“[^”]*”")
VOICED: dict[SectionKind, bool] = {
    # Whether a section argues (every phrase counts) or tells (narrative phrases only).
    "reasoning": True,
    "defence": True,
    "accusation": False,
    "facts": False,
    "evidence": False,
}
_EXHIBITED = "plea_leniency"
"""All that evidence tells: lists of exhibits (谅解书, 退赃笔录) say nothing themselves."""
_CLAUSE = 240  # characters to either side within which a clause ends, whatever the text
_MOST = 40  # hits of one kind in one sentence: more are a repetition


@dataclass(frozen=True)
class Row:
    """A row of the phrase table with its patterns compiled."""

    phrases: CircumstancePhrases
    nouns: re.Pattern[str] | None
    affirmed: re.Pattern[str] | None
    denied: re.Pattern[str] | None
    basis: re.Pattern[str] | None
    with_: re.Pattern[str] | None
    unless: re.Pattern[str] | None


@dataclass(frozen=True)
class Hit:
    """Where the words of a circumstance stand; `weak`: a ground alone, not the name."""

    key: str
    polarity: Polarity
    start: int
    end: int
    weak: bool = False


def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{p})" for p in patterns)) if patterns else None


@cache
def _table() -> tuple[Row, ...]:
    return tuple(
        Row(
            p,
            _compiled(p.nouns),
            _compiled(p.affirmed),
            _compiled(p.denied),
            _compiled(p.basis),
            _compiled(p.with_),
            _compiled(p.unless),
        )
        for p in circumstance_phrases()
    )


def clause_at(
    text: str, at: int, low: int, high: int, marks: str = "，,。；;\n"
) -> tuple[int, int]:
    """Start and end of the clause between `marks` that `at` stands in, within `low:high`."""
    low, high = max(low, at - _CLAUSE), min(high, at + _CLAUSE)
    last, first = _marks(marks)
    before, after = last.match(text, low, at), first.search(text, at, high)
    return before.end() if before else low, after.start() if after else high


@cache
def _marks(marks: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Everything up to the last of the marks, and the first of them."""
    return re.compile(f"(?s:.*)[{marks}]"), re.compile(f"[{marks}]")


def _row_hits(row: Row, text: str, low: int, high: int) -> Iterator[Hit]:
    key = row.phrases.key

    def excused(match: re.Match[str]) -> bool:
        start, end = clause_at(text, match.start(), low, high)
        return bool(row.unless and row.unless.search(text, start, max(end, match.end())))

    denied = list(row.denied.finditer(text, low, high)) if row.denied else []

    def within_denied(match: re.Match[str]) -> bool:
        return any(m.start() < match.end() and match.start() < m.end() for m in denied)

    for match in denied:
        yield Hit(key, "denied", match.start(), match.end())
    named = False
    if row.nouns:
        for match in row.nouns.finditer(text, low, high):
            if excused(match) or within_denied(match):
                continue
            named = True
            start, end = clause_at(text, match.start(), low, high, "，,。；;、\n")
            refused = _NOT_BEFORE.search(text[start : match.start()]) or _NOT_AFTER.search(
                text[match.end() : end]
            )
            yield Hit(key, "denied" if refused else "affirmed", match.start(), match.end())
    if row.affirmed:
        for match in row.affirmed.finditer(text, low, high):
            if not excused(match) and not within_denied(match):
                start, _ = clause_at(text, match.start(), low, high)
                refused = _NOT_HELD.search(text[start : match.start()])
                yield Hit(
                    key, "denied" if refused else "affirmed", match.start(), match.end(), weak=True
                )
    # 虽主动投案并如实供述，不能认定为自首: grounds say nothing where the name itself stands.
    if row.basis and row.with_ and not denied and not named:
        match_ = row.basis.search(text, low, high)
        if match_ and row.with_.search(text, low, high) and not excused(match_):
            yield Hit(key, "affirmed", match_.start(), match_.end(), weak=True)


@cache
def _cues(kind: SectionKind) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Each cue with the numbers of its rows, of the rows that are read in such a section."""
    rows: dict[str, list[int]] = {}
    for number, row in enumerate(_table()):
        if row.phrases.parts and kind not in row.phrases.parts:
            continue
        told = row.phrases.key == _EXHIBITED if kind == "evidence" else row.phrases.narrative
        if told or VOICED[kind] or kind == "accusation":
            for cue in row.phrases.cues:
                rows.setdefault(cue, []).append(number)
    return tuple((cue, tuple(numbers)) for cue, numbers in rows.items())


def cue_places(text: str, low: int, high: int, kind: SectionKind) -> list[tuple[int, int]]:
    """Where a cue stands, and the number of the row it belongs to, in the order of the text."""
    found = []
    for cue, numbers in _cues(kind):
        at = text.find(cue, low, high)
        while at >= 0:
            found += [(at, number) for number in numbers]
            at = text.find(cue, at + 1, high)
    return sorted(found)


def cued(cues: list[tuple[int, int]], low: int, high: int) -> list[Row]:
    """The rows that may have a match in `low:high` at all."""
    first, last = bisect_left(cues, (low, -1)), bisect_left(cues, (high, -1))
    return [_table()[number] for number in sorted({number for _, number in cues[first:last]})]


def sentence_hits(text: str, low: int, high: int, argues: bool, rows: list[Row]) -> list[Hit]:
    """The hits of one sentence after the table's mutual exclusions."""
    if not rows:
        return []
    asides = [m.span() for m in ASIDE.finditer(text, low, high)]
    hits = [
        hit
        for row in rows
        if argues or row.phrases.narrative
        for hit in islice(_row_hits(row, text, low, high), _MOST)
        if not any(a <= hit.start < b for a, b in asides)
    ]
    if not hits:
        return hits
    keys = {h.key for h in hits if h.polarity == "affirmed"}
    # 如实供述 belongs to the surrender, 当庭认罪 to the plea, the earlier term to the recidivism.
    absorbed = set()
    if "surrender" in keys:
        absorbed.add("confession")
    if keys & {"recidivist", "drug_recidivist"}:
        absorbed.add("prior")
    if "plea_leniency" in keys:
        absorbed.add("court_plea")
    return [h for h in hits if not (h.weak and h.key in absorbed)]
