"""The facts, count by count where they are numbered, else as one story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingestion.model import CaseDocument, DateValue, FactCount, Section, Speaker
from ingestion.numerals import chinese_number, find_dates

_HAN = "一二三四五六七八九十"
# Ways of numbering, each with the number in its group; a number opens a sentence.
_AT = r"(?:^|(?<=[。；：:\s，]))"
# Each looks at its first character before anything else.
_STYLES = [
    re.compile(rf"(?=第){_AT}第([{_HAN}\d]{{1,3}})(?:起|笔|次|宗|节)(?:事实)?[，,：:、]?"),
    re.compile(rf"(?=[{_HAN}]){_AT}([{_HAN}]{{1,3}})、"),
    re.compile(rf"(?=[（(]){_AT}[（(]([{_HAN}]{{1,3}})[）)]"),
    # A digit after the point is a decimal, unless it is a year: 1.2024年3月9日…
    re.compile(rf"(?=\d){_AT}(\d{{1,2}})\s?(?:[、．]|[.，,](?!\d)|\.(?=(?:19|20)\d\d年))"),
    re.compile(rf"(?=[（(]){_AT}[（(](\d{{1,2}})[）)]"),
    re.compile(rf"(?=[①-⑩]){_AT}([①②③④⑤⑥⑦⑧⑨⑩])"),
]
_ADDED = re.compile(r"(?:另|又|再|还|同时)(?:还)?(?:经)?(?:本院)?(?:审理)?查")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_LEAD = re.compile(
    r"[^。；]{0,60}?(?:查明|指控|起诉认定|诉称|认定|如下|事实)[^。；，：:]{0,10}[：:，,]\s*"
)
_ACCUSER = (
    r"(?:公诉机关|公诉人|检察机关|(?:[^，。；\s]{2,20}检察院)?(?:出庭)?检察员|该院"
    r"|[^，。；\s]{2,20}检察院)"
)
_ACCUSERS_VIEW = re.compile(rf"{_ACCUSER}[^。，]{{0,16}}?认为")
# Where the story ends and the accuser's or the court's view of it begins.
_VIEW = re.compile(
    rf"{_ACCUSER}[^。，]{{0,16}}?(?:认为|建议|提请|当庭|就上述|为证|向法庭|提供|出示)"
    r"|[^。；]{0,120}(?:追究[^。；]{0,12}刑事责任|提请本院|提起公诉)"
    r"|[^。；]{0,80}(?:证据|笔录)[^。；]{0,40}(?:证实|佐证|为证|足以认定)|为了?证[实明]|原判认定"
    r"|(?:针对|为证实|证明|认定)(?:上述|以上|前述)|(?:上述|以上)(?:犯罪)?事实[，,]|据此[，,]|综上(?:所述)?[，,]?"
    r"|认为[，,：]?(?:被告人|应)|(?:另|又|还|再)(?:经)?(?:审理)?查明"
)


def _number(text: str) -> int:
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    try:
        return chinese_number(text)
    except ValueError:
        return 0


def _run(style: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The matches numbered 1, 2, 3 … in order; strays between them are passed over."""
    run: list[re.Match[str]] = []
    for match in style.finditer(text):
        if _number(match[1]) == len(run) + 1:
            run.append(match)
    return run if len(run) > 1 else []


def _counts(text: str) -> list[tuple[int, int]]:
    """Stretches of the numbered counts, by the numbering that opens first; none: []."""
    runs = [run for run in (_run(style, text) for style in _STYLES) if run]
    if not runs:
        return []
    best = min(runs, key=lambda run: run[0].start())
    starts = [m.start() for m in best]
    # 另查明：1、… numbers what is added; the story stands before it.
    if _ADDED.search(text, max(starts[0] - 12, 0), starts[0]):
        return []
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _story_end(text: str, start: int, end: int) -> int:
    """End of the story in `start:end`: before the first sentence that is a view of it."""
    for match in re.finditer(r"[。；]\s*|\n+", text[start:end]):
        at = start + match.end()
        if at < end and _VIEW.match(text, at, end):
            return start + match.start() + 1
    return end


def _first_date(text: str, previous: DateValue | None) -> DateValue | None:
    return next((d.value for d in find_dates(text, previous)), None)


def _section(doc: CaseDocument, section: Section) -> Iterator[FactCount]:
    text, offset = section.span.quote, section.span.start
    if _ACCUSERS_VIEW.match(text):
        return  # 出庭检察员认为…: a view of the story, not the story
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    stretches = _counts(text) or [(start, len(text))]
    previous: DateValue | None = None
    for number, (low, high) in enumerate(stretches, 1):
        if number == len(stretches):
            high = _story_end(text, low, high)
        while high > low and text[high - 1].isspace():
            high -= 1
        while low < high and text[low].isspace():
            low += 1
        if low >= high:
            continue
        if number == 1 and _VIEW.match(text, low, high):
            continue
        when = _first_date(text[low:high], previous)
        previous = when or previous
        yield FactCount(
            number=number,
            span=doc.span(offset + low, offset + high),
            date=when,
            speaker=section.speaker,
        )


_AGREES = re.compile(
    r"[^。]{0,60}?(?:事实|指控)[^。]{0,40}?(?:一致|相同|无异|属实|予以确认|清楚[，,]证据)|[^。]{0,20}与[^。]{0,20}指控[^。]{0,10}(?:一致|相同)"
)
_HELD = re.compile(
    r"足以认定|予以(?:确认|认定|采信|支持)|证据(?:均)?(?:确实|充分)|事实清楚|指控[^。；]{0,40}成立"
)
_NOT_HELD = re.compile(
    r"指控[^。；]{0,40}(?:不成立|不能成立|证据不足|不予(?:支持|认定|确认)|事实不清)"
)


def _adopts(doc: CaseDocument) -> bool:
    """Whether the court finds what is charged: 上述事实 … 足以认定, 与指控一致, 事实清楚."""
    said = doc.sections_of("facts", "evidence", "reasoning")
    own = [s.span.quote for s in said if s.speaker == "court"]
    return any(_HELD.search(t) or _AGREES.match(t) for t in own) and not any(
        _NOT_HELD.search(t) for t in own
    )


def read(doc: CaseDocument) -> list[FactCount]:
    """The counts of the accusation and of the findings, each with its speaker.

    A section in several pieces is read as one story: a later piece without a date is the
    speaker's view, and no count. Where the court has no story of its own (与指控一致, or only
    what it adds), the prosecution's counts that it holds proven are marked as adopted.
    """
    found: list[FactCount] = []
    told_itself = False
    for section in doc.sections_of("accusation", "facts"):
        court = section.speaker == "court"
        told = list(_section(doc, section))
        if court and told and len(section.span.quote) < 200 and _AGREES.match(section.span.quote):
            told = [c for c in told if c.date is not None]
        earlier = [c for c in found if c.speaker == section.speaker]
        if earlier and (len(told) == 1 and told[0].date is None):
            continue
        told_itself = told_itself or (court and bool(told) and not _ADDED.match(section.span.quote))
        found.extend(c.model_copy(update={"number": len(earlier) + c.number}) for c in told)
    if doc.type == "judgment" and not told_itself and _adopts(doc):
        return [
            c.model_copy(update={"adopted": True}) if c.speaker == "prosecution" else c
            for c in found
        ]
    return found


def count_at(counts: Sequence[FactCount], at: int, speaker: Speaker) -> int | None:
    """The number of the count, of that speaker, in which the character at `at` stands."""
    return next(
        (c.number for c in counts if c.speaker == speaker and c.span.start <= at < c.span.end),
        None,
    )
