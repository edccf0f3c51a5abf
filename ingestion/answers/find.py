"""Which of the court's sentences answer a point of the defence.

A court answers by taking the point up (关于…的意见，经查…，不予采纳), by finding or denying the
circumstance itself (系自首，可从轻处罚), or by following all that was said (辩护意见予以采纳).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingestion.answers import responses, sentences
from ingestion.answers.responses import Response
from ingestion.answers.wording import pairs
from ingestion.model import Answer, Argument, CaseDocument, Span
from knowledge_base import charges as known_charges
from knowledge_base.topics import Topic, raised_in, table

_NAMED = 0.5  # share of the shorter one's character pairs that makes two texts one point
_NEAR = 0.25  # the same where no other response is more like it, or both raise a broad topic
_FEWEST = 3  # character pairs without which a text is about nothing
_MOST = 12  # sentences that answer one point
_BROAD = frozenset({"innocence", "evidence", "quantity", "mild"})
_NOT_LENIENCY = frozenset({"innocence", "evidence", "quantity", "probation"})
_PLEAS = ("plea_leniency", "court_plea")  # one question to the court
_OPINION = re.compile(r"意见|理由|辩解|观点")
_DIGITS = "一二三四五六七八九"
_NUMBERS = re.compile(
    rf"第([1-9{_DIGITS}][、和及第1-9{_DIGITS}]*)[点条项节个](?=[^，。；]{{0,6}}(?:意见|理由))"
)
_REST = re.compile(r"其[他余它]")
# A charge denied by its name: an answer to one denial is none to another.
_CHARGE = re.compile(r"(?:^|不构成)(?P<name>(?:(?!构成)[\u4e00-\u9fff]){2,16}?罪)(?![名行责])")
_LENIENT = re.compile(r"从轻|减轻|从宽")
_COUNSELS = re.compile(r"辩护(?:人|意见)")
_DEFENDANTS = re.compile(r"被告人|上诉人|辩解|辩称")
_ALL_OF_THEM = re.compile(r"[二两三四五各诸]名?(?:被告人|上诉人)|均")
_SUMS_UP = re.compile(
    r"(?:据此|综上|为了?[^，。]{4,60})?[，,]?(?:依照|依据|根据)《"
    r"|(?:本院)?(?:根据|综合|结合|依照)(?:[^。；]{0,80}(?:程度|规定)"
    r"|(?:本案|全案|被告人[^，。；]{0,4}|以上|上述)的?(?:案件|犯罪|具体|量刑)*(?:事实|情节|性质|案情)(?![^。；]*缓刑))"
)


@dataclass(frozen=True)
class _Point:
    """An argument as the court may speak of it: its words without names, and what it is about."""

    argument: Argument
    pairs: frozenset[str]
    topics: tuple[Topic, ...]
    person: str | None

    @property
    def circumstances(self) -> list[Topic]:
        return [t for t in self.topics if t.key not in _BROAD]


@dataclass(frozen=True)
class _Heard:
    """A response with what it takes up (`told`, the first sentence up to 意见), without names."""

    response: Response
    told: str
    told_pairs: frozenset[str]
    pairs: frozenset[str]
    numbers: frozenset[int]
    charges: frozenset[str]

    def likeness(self, point: _Point) -> float:
        """How much of the shorter one, point or what is told, stands in the other."""
        shorter = min(len(point.pairs), len(self.told_pairs))
        of_told = len(point.pairs & self.told_pairs) / shorter if shorter >= _FEWEST else 0.0
        of_all = len(point.pairs & self.pairs) / len(point.pairs) if point.pairs else 0.0
        return max(of_told, of_all)

    def covers(self, point: _Point) -> bool:
        """Whether what is said of all the defence's points is said of this one."""
        words = self.response.text
        if _LENIENT.search(words) and all(t.key in _NOT_LENIENCY for t in point.topics):
            return False
        by_counsel = point.argument.by == "counsel"
        return by_counsel or not _COUNSELS.search(words) or bool(_DEFENDANTS.search(words))


def _numbers(words: str) -> frozenset[int]:
    """Which of the speaker's points the words name: 第二、三条辩护意见."""
    found = _NUMBERS.search(words)
    marks = [c for c in found[1] if c in _DIGITS or c.isdecimal()] if found else []
    return frozenset(int(c) if c.isdecimal() else _DIGITS.index(c) + 1 for c in marks)


def _charges(words: str) -> frozenset[str]:
    """The charges that the words deny: 其不构成贪污罪、受贿罪."""
    return frozenset(m["name"] for m in _CHARGE.finditer(words) if known_charges.match(m["name"]))


class _Court:
    """The court's sentences and responses, and what is asked of them again and again."""

    def __init__(self, doc: CaseDocument) -> None:
        self._doc = doc
        self._names = [person.name.value for person in doc.defendants]
        court = sentences.of_court(doc)
        parts = [s.span for s in doc.sections_of("reasoning", "statutes")]
        self._own = [
            s
            for s in court
            if any(p.start <= s.start < p.end for p in parts) and not _SUMS_UP.match(s.quote)
        ]
        self._heard = [self._hear(response) for response in responses.find(court)]
        self._found: dict[str, list[Span]] = {}
        starts = [s.start for s in court]
        places = [(bisect_right(starts, a.span.start) - 1, a.span.start) for a in doc.arguments]
        told = [court[i] for i, at in places if i >= 0 and at < court[i].end]
        self._telling = {s for s in told if responses.only_tells(s.quote)}

    def _pairs(self, words: str) -> frozenset[str]:
        """A name in common makes no two texts about the same thing."""
        for name in self._names:
            words = words.replace(name, "")
        return frozenset(pairs(words))

    def _hear(self, response: Response) -> _Heard:
        first = response.sentences[0].quote
        mark = _OPINION.search(first)
        told = first[: mark.end()] if mark else first
        both = self._pairs(told + response.decisive.quote)
        charges = _charges(told) if mark else frozenset[str]()
        return _Heard(response, told, self._pairs(told), both, _numbers(response.text), charges)

    def point(self, argument: Argument) -> _Point:
        topics = [t for t in raised_in(argument.text) if t.key != "leniency"]
        if any(t.key in _PLEAS for t in topics):
            topics += [table()[key] for key in _PLEAS if table()[key] not in topics]
        person = self._spoken_of(argument.span.end)
        return _Point(argument, self._pairs(argument.text), tuple(topics), person)

    def _spoken_of(self, end: int) -> str | None:
        """The defendant named last before the point ends; None where there is but one."""
        if len(self._names) < 2:
            return None
        section = next(
            (s.span for s in self._doc.sections if s.span.start < end <= s.span.end), None
        )
        start = section.start if section else 0
        found = {name: self._doc.text.rfind(name, start, end) for name in self._names}
        latest = max(found, key=lambda name: found[name])
        return latest if found[latest] >= 0 else None

    def _of_another(self, words: str, person: str | None) -> bool:
        """Whether the words speak of other defendants alone."""
        if person is None or person in words or _ALL_OF_THEM.search(words):
            return False
        return any(name in words for name in self._names)

    def _finding(self, topic: Topic) -> list[Span]:
        """The sentences in which the court itself finds or denies what the topic is about."""
        if topic.key not in self._found:
            self._found[topic.key] = [
                s
                for s in self._own
                if topic.affirmed.search(s.quote) or topic.denied.search(s.quote)
            ]
        return self._found[topic.key]

    def _taking_up(self, point: _Point, given: Sequence[_Heard]) -> list[_Heard]:
        """The responses about the point: by its words, by its topic, else the one most like it."""
        alike = [heard.likeness(point) for heard in given]
        found = []
        for heard, near in zip(given, alike, strict=True):
            raised = [t for t in point.topics if t.raised.search(heard.told)]
            on_topic = any(t.key not in _BROAD for t in raised) or (bool(raised) and near >= _NEAR)
            if near >= _NAMED or on_topic:
                found.append(heard)
        if not found and alike and max(alike) >= _NEAR:
            return [given[alike.index(max(alike))]]
        return found

    def answers(self, point: _Point) -> list[Span]:
        """At most `_MOST` sentences that answer the point, in the order of the text."""
        spans = {s.start: s for s in self._answers(point) if s not in self._telling}
        return [spans[at] for at in sorted(spans)][:_MOST]

    def _answers(self, point: _Point) -> Iterator[Span]:
        given = [h for h in self._heard if not self._of_another(h.response.text, point.person)]
        charges = _charges(point.argument.text)
        given = [h for h in given if not (charges and h.charges) or charges & h.charges]
        found = [
            s
            for topic in point.circumstances
            for s in self._finding(topic)
            if not self._of_another(s.quote, point.person)
            and (s.end <= point.argument.span.start or point.argument.span.end <= s.start)
        ]
        yield from found
        named = [h for h in given if point.argument.number in h.numbers]
        if not named:
            given = [h for h in given if not h.numbers]
            named = self._taking_up(point, [h for h in given if not h.response.general])
        if not named and not found:
            general = [h for h in given if h.response.general == "all" and h.covers(point)]
            named = [h for h in general if _REST.search(h.response.decisive.quote)] or general
        for heard in named:
            yield from heard.response.sentences


def read(doc: CaseDocument) -> list[Answer]:
    """The court's answers to the points of `doc.arguments`, in the order of the text."""
    if not doc.arguments:
        return []
    court = _Court(doc)
    return [
        Answer(argument=index, span=span)
        for index, argument in enumerate(doc.arguments)
        for span in court.answers(court.point(argument))
    ]
