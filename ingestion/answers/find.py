"""Which of the court's sentences answer a point of the defence.

A court answers by taking the point up (关于…的意见，经查…，不予采纳), by finding or denying the
circumstance itself (系自首，可从轻处罚), or by following all that was said (辩护意见予以采纳).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingestion.answers import responses, sentences
from ingestion.answers.responses import Response
from ingestion.answers.wording import pairs
from ingestion.model import Answer, Argument, CaseDocument, Span
from knowledge_base.topics import Topic, raised_in, table

_NAMED = 0.5  # share of the shorter one's character pairs that makes two texts one point
_NEAR = 0.25  # the same where no other response is more like it, or both raise a broad topic
_FEWEST = 3  # character pairs without which a text is about nothing
_BROAD = frozenset({"innocence", "evidence", "quantity", "mild"})
_NOT_LENIENCY = frozenset({"innocence", "evidence", "quantity", "probation"})
_PLEAS = ("plea_leniency", "court_plea")  # one question to the court
_OPINION = re.compile(r"意见|理由|辩解|观点")
_DIGITS = "一二三四五六七八九"
_NUMBERS = re.compile(
    rf"第([1-9{_DIGITS}][、和及第1-9{_DIGITS}]*)[点条项节个](?=[^，。；]{{0,6}}(?:意见|理由))"
)
_REST = re.compile(r"其[他余它]")
_LENIENT = re.compile(r"从轻|减轻|从宽")
_COUNSELS = re.compile(r"辩护(?:人|意见)")
_DEFENDANTS = re.compile(r"被告人|上诉人|辩解|辩称")
_ALL_OF_THEM = re.compile(r"[二两三四五各诸]名?(?:被告人|上诉人)|均")
_SUMS_UP = re.compile(
    r"(?:据此|综上|为了?[^，。]{4,60})?[，,]?(?:依照|依据|根据)《"
    r"|(?:本院)?(?:根据|综合|结合|依照)(?:[^。；]{0,80}(?:程度|规定)"
    r"|(?:本案|全案|被告人[^，。；]{0,4}|以上|上述)的?(?:案件|犯罪|具体|量刑)*(?:事实|情节|性质|案情)(?![^。；]*缓刑))"
)


class _Point:
    """An argument as the court may speak of it: its words without names, and what it is about."""

    def __init__(self, doc: CaseDocument, argument: Argument, names: Sequence[str]) -> None:
        topics = [t for t in raised_in(argument.text) if t.key != "leniency"]
        if any(t.key in _PLEAS for t in topics):
            topics += [table()[key] for key in _PLEAS if table()[key] not in topics]
        self.argument = argument
        self.names = names
        self.pairs = self._pairs(argument.text)
        self.topics = topics
        self.person = _spoken_of(doc, argument.span.end, names)

    def likeness(self, words: str) -> float:
        """Share of the character pairs of whichever text is the shorter."""
        other = self._pairs(words)
        shorter = min(len(self.pairs), len(other))
        return len(self.pairs & other) / shorter if shorter >= _FEWEST else 0.0

    def share(self, words: str) -> float:
        """Share of the point's character pairs that stand in the words."""
        return len(self.pairs & self._pairs(words)) / len(self.pairs) if self.pairs else 0.0

    def _pairs(self, words: str) -> set[str]:
        for name in self.names:
            words = words.replace(name, "")
        return pairs(words)


def _spoken_of(doc: CaseDocument, end: int, names: Sequence[str]) -> str | None:
    """The defendant named last before the point ends; None where there is but one."""
    if len(names) < 2:
        return None
    section = next((s.span for s in doc.sections if s.span.start < end <= s.span.end), None)
    start = section.start if section else 0
    found = {name: doc.text.rfind(name, start, end) for name in names}
    latest = max(found, key=lambda name: found[name])
    return latest if found[latest] >= 0 else None


def _of_another(words: str, person: str | None, names: Sequence[str]) -> bool:
    """Whether the words speak of other defendants alone."""
    if person is None or person in words or _ALL_OF_THEM.search(words):
        return False
    return any(name in words for name in names)


def _told(response: Response) -> str:
    """The response up to the end of the point that it takes up."""
    first = response.sentences[0].quote
    mark = _OPINION.search(first)
    return first[: mark.end()] if mark else first


def _numbers(response: Response) -> set[int]:
    """Which of the speaker's points the response names: 第二、三条辩护意见."""
    found = _NUMBERS.search(response.text)
    marks = [c for c in found[1] if c in _DIGITS or c.isdigit()] if found else []
    return {int(c) if c.isdecimal() else _DIGITS.index(c) + 1 for c in marks}


def _taking_up(point: _Point, given: list[Response]) -> list[Response]:
    """The responses about the point: by its words, by its topic, else the one most like it."""
    alike = [max(point.likeness(_told(r)), point.share(_told(r) + r.decisive.quote)) for r in given]
    found = []
    for response, near in zip(given, alike, strict=True):
        raised = [t for t in point.topics if t.raised.search(_told(response))]
        on_topic = any(t.key not in _BROAD for t in raised) or (bool(raised) and near >= _NEAR)
        if near >= _NAMED or on_topic:
            found.append(response)
    if not found and alike and max(alike) >= _NEAR:
        return [given[alike.index(max(alike))]]
    return found


def _covers(response: Response, point: _Point) -> bool:
    """Whether what is said of all the defence's points is said of this one."""
    if _LENIENT.search(response.text) and all(t.key in _NOT_LENIENCY for t in point.topics):
        return False
    by_counsel = point.argument.by == "counsel"
    return by_counsel or not _COUNSELS.search(response.text) or _for_both(response)


def _for_both(response: Response) -> bool:
    return bool(_DEFENDANTS.search(response.text))


def _circumstances(point: _Point) -> list[Topic]:
    return [t for t in point.topics if t.key not in _BROAD]


def _finds(sentence: Span, point: _Point) -> bool:
    """Whether the court itself finds or denies there what the point is about."""
    span = point.argument.span
    if (sentence.start < span.end and span.start < sentence.end) or _SUMS_UP.match(sentence.quote):
        return False
    return any(
        t.affirmed.search(sentence.quote) or t.denied.search(sentence.quote)
        for t in _circumstances(point)
    )


def _of(point: _Point, own: list[Span], given: list[Response]) -> Iterator[Span]:
    numbered = [r for r in given if point.argument.number in _numbers(r)]
    found = [s for s in own if _finds(s, point)]
    if numbered:
        yield from found
        yield from (s for r in numbered for s in r.sentences)
        return
    given = [r for r in given if not _numbers(r)]
    named = _taking_up(point, [r for r in given if not r.general])
    general = [r for r in given if r.general == "all" and _covers(r, point)]
    rest = [r for r in general if _REST.search(r.decisive.quote)]
    yield from found
    for response in named or ([] if found else rest or general):
        yield from response.sentences


def _tells(sentence: Span, arguments: Sequence[Argument]) -> bool:
    """Whether points of the defence stand in the sentence."""
    return any(sentence.start < a.span.end and a.span.start < sentence.end for a in arguments)


def read(doc: CaseDocument) -> list[Answer]:
    """The court's answers to the points of `doc.arguments`, in the order of the text."""
    if not doc.arguments:
        return []
    court = sentences.of_court(doc)
    reasoning = [s.span for s in doc.sections_of("reasoning", "statutes")]
    own = [s for s in court if any(r.start <= s.start < r.end for r in reasoning)]
    given = responses.find(court)
    names = [person.name.value for person in doc.defendants]
    telling = {s for s in court if _tells(s, doc.arguments) and responses.only_tells(s.quote)}
    found: list[Answer] = []
    for index, argument in enumerate(doc.arguments):
        point = _Point(doc, argument, names)
        mine = [s for s in own if not _of_another(s.quote, point.person, names)]
        answers = [r for r in given if not _of_another(r.text, point.person, names)]
        spans = {s.start: s for s in _of(point, mine, answers) if s not in telling}
        found.extend(Answer(argument=index, span=spans[at]) for at in sorted(spans))
    return found
