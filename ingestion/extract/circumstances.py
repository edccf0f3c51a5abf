"""Circumstances of sentencing: which one, affirmed or denied, by whom, of whom.

The words come from the phrase table. Who speaks follows from the section, and inside a
court's reasoning from the sentence: a point of the defence that the court repeats stays the
defence's; the court's answer to it is a circumstance of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from ingestion.extract.blocks import clauses, field
from ingestion.extract.circumstance_words import (
    ASIDE,
    VOICED,
    Hit,
    Polarity,
    clause_at,
    cue_places,
    cued,
    sentence_hits,
)
from ingestion.extract.opinions import Opinion, opinion_at, repeated
from ingestion.extract.people import clusters
from ingestion.model import CaseDocument, Circumstance, Field, Section, Speaker
from knowledge_base.loader import raw

_ANSWERED = 2000  # how far back a point may stand that a sentence still answers
_PLEAS = ("plea_leniency", "court_plea")
_AGREED = re.compile(r"[^。]*被告人[^。；]{0,60}?[无没不][^，。；]{0,6}异议")
_CHARGED_AND_FOUND = re.compile(
    r"[^。；：]{2,60}?指控[，,]?并?[，,]?经(?:本院)?(?:依法)?(?:公开)?(?:开庭)?审理(?:后)?查明"
)
_NEGLIGENT = re.compile(r"过失|交通肇事|失火|责任事故")
_CROWD = re.compile(r"聚众")
_CONCLUDED = {"surrender": ("surrender", "denied"), "confession": ("surrender", "affirmed")}
_MADE_GOOD = re.compile(r"退[赔赃还出缴]|归还|返还|偿还")
_AT_TRIAL = re.compile(
    r"(?<![及和与、])(?<![及和与、]在)(?:当庭|庭审|法庭|开庭|审理)[^，。；及和与、]{0,8}如实"
)
_ARGUES = re.compile(
    r"认为|建议|提请|应当|可以|系|构成|情节|是[^，。；]{0,6}犯|适用《|可(?:适当|酌情|依法|从)"
)


def _segments(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    yield from clauses(text, low, high, "；;")


class _Reader:
    """Collects the circumstances of one section."""

    def __init__(self, doc: CaseDocument, section: Section) -> None:
        self.doc = doc
        self.section = section
        self.found: list[Circumstance] = []
        self.cues = cue_places(doc.text, section.span.start, section.span.end, section.kind)
        self.passed: list[tuple[int, int]] = []  # segments whose persons nobody has asked for
        self.carried: tuple[str, ...] = ()
        self.seen: set[tuple[object, ...]] = set()
        self.grounds: list[Circumstance] = []  # affirmed by a ground alone, not by its name

    def add(
        self,
        hit: Hit,
        speaker: Speaker,
        polarity: Polarity,
        persons: tuple[str, ...],
        end: int | None = None,
    ) -> None:
        identity = (hit.key, polarity, speaker, persons, hit.weak)
        if identity in self.seen:
            return
        self.seen.add(identity)
        low, high = clause_at(
            self.doc.text, hit.start, self.section.span.start, self.section.span.end
        )
        span = self.doc.span(low, max(high, hit.end, end or 0))
        circumstance = Circumstance(
            key=hit.key,
            polarity=polarity,
            speaker=speaker,
            section=self.section.kind,
            persons=persons,
            span=span,
        )
        self.found.append(circumstance)
        if hit.weak and polarity == "affirmed":
            self.grounds.append(circumstance)

    def read(self) -> list[Circumstance]:
        doc, section = self.doc, self.section
        start, end = section.span.start, section.span.end
        said = repeated(doc, section)
        for low, high in clauses(doc.text, start, end, "。\n"):
            argues = VOICED[section.kind] or (
                section.kind == "accusation" and bool(_ARGUES.search(doc.text, low, high))
            )
            for seg_low, seg_high in _segments(doc.text, low, high):
                for hit in self._hits(seg_low, seg_high, argues, said):
                    self._voice(hit, self._persons(seg_low, hit.end), said)
                self.passed.append((seg_low, seg_high))
        return [c for c in self.found if not self._overruled(c)]

    def _persons(self, low: int, at: int) -> tuple[str, ...]:
        """The persons a hit at `at` speaks of: the last group named before it.

        In its own segment, else in the nearest one before.
        """
        if groups := list(clusters(self.doc, low, at)):
            return groups[-1]
        while self.passed:
            if groups := list(clusters(self.doc, *self.passed.pop())):
                self.carried = groups[-1]
                self.passed.clear()
        people = self.doc.defendants
        return self.carried or ((people[0].name.value,) if len(people) == 1 else ())

    def _overruled(self, ground: Circumstance) -> bool:
        """Whether the conclusion leaves nothing of a ground.

        虽主动投案 … 不能认定为自首 outweighs the ground it concedes; 系自首 includes its 如实供述.
        """
        if not any(ground is g for g in self.grounds):
            return False
        concluded = [
            c
            for c in self.found
            if (c.key, c.polarity) == _CONCLUDED.get(ground.key) and c.speaker == ground.speaker
        ]
        if ground.key == "confession" and any(
            c.key == "confession" and c.polarity == "denied" and "坦白" in c.span.quote
            for c in self.found
            if c.speaker == ground.speaker and _overlap(c.persons, ground.persons)
        ):
            return True  # 曾如实供述，但当庭翻供，不能认定为坦白
        if ground.key == "surrender":
            return any(_overlap(c.persons, ground.persons) for c in concluded)
        if _cited(self.doc, ground.speaker) & _paragraphs("confession"):
            return False  # 自首 for one charge, 如实供述 for another
        return any(not c.persons or set(ground.persons) <= set(c.persons) for c in concluded)

    def _hits(self, low: int, high: int, argues: bool, said: list[Opinion]) -> Iterator[Hit]:
        """The hits of a segment, voice by voice: what one says excludes nothing of another's.

        Only the court's agreement with a point of surrender covers the confession it tells.
        """
        if not cued(self.cues, low, high):
            return
        text = self.doc.text
        first = bisect_left(said, low - _ANSWERED, key=lambda o: o.start)
        said = said[first : bisect_left(said, high, key=lambda o: o.start)]
        asides = [m.span() for m in ASIDE.finditer(text, low, high)]
        bounds = {
            b
            for o in said
            for b in (o.start, o.end)
            if low < b < high and not any(a < b < z for a, z in asides)
        }
        agreements = [o for o in said if o.answer == "accepted" and "自首" in text[o.start : o.end]]
        for start, end in pairwise([low, *sorted(bounds), high]):
            agreed = any(o.end <= start < o.answer_end for o in agreements)
            rows = cued(self.cues, start, end)
            for hit in sentence_hits(text, start, end, argues, rows):
                if not (agreed and hit.weak and hit.key == "confession"):
                    yield hit

    def _speakers(self, hit: Hit) -> tuple[Speaker, ...]:
        """Who says what no opinion holds: the author, or whom the facts tell it of.

        A story that the indictment charges and the court finds in one sentence is told by both.
        """
        if self.section.kind != "facts":
            return (self.section.speaker,)
        sentence = max(self.doc.text.rfind("。", 0, hit.start) + 1, self.section.span.start)
        if hit.key in _PLEAS and _AGREED.match(self.doc.text, sentence, hit.start):
            return ("defence",)
        if _CHARGED_AND_FOUND.match(self.doc.text, self.section.span.start):
            return ("prosecution", self.section.speaker)
        return (self.section.speaker,)

    def _voice(self, hit: Hit, persons: tuple[str, ...], said: list[Opinion]) -> None:
        opinion = opinion_at(said, hit.end - 1, hit.end)
        if opinion is None:
            for speaker in self._speakers(hit):
                self.add(hit, speaker, hit.polarity, persons)
            return
        if opinion.speaker is None:
            return
        self.add(hit, opinion.speaker, hit.polarity, persons)
        if opinion.also:
            self.add(hit, opinion.also, hit.polarity, persons)
        if opinion.answer is None:
            return
        opposite: Polarity = "denied" if hit.polarity == "affirmed" else "affirmed"
        polarity = hit.polarity if opinion.answer == "accepted" else opposite
        near = opinion.answer_end if opinion.answer_end - hit.start <= 160 else None
        self.add(hit, self.section.speaker, polarity, persons, near)


def _overlap(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or bool(set(one) & set(other))


def _merge_compensation(found: list[Circumstance]) -> list[Circumstance]:
    """赔偿 and 谅解 of the same persons by the same speaker are one circumstance."""
    result: list[Circumstance] = []
    told: dict[tuple[str, Polarity, Speaker], set[tuple[str, ...]]] = defaultdict(set)
    for c in found:
        repaid = c.key == "restitution" and _MADE_GOOD.search(c.span.quote)  # 退赔并取得谅解
        told["compensation" if repaid else c.key, c.polarity, c.speaker].add(c.persons)
    for circumstance in found:
        if circumstance.key not in ("compensation", "forgiveness"):
            result.append(circumstance)
            continue
        other = "forgiveness" if circumstance.key == "compensation" else "compensation"
        others = told[other, circumstance.polarity, circumstance.speaker]
        partner = any(_overlap(persons, circumstance.persons) for persons in others)
        alone = "comp_only" if circumstance.key == "compensation" else "forgive_only"
        key = "comp_forgive" if partner else alone
        result.append(circumstance.model_copy(update={"key": key}))
    return result


@cache
def _paragraphs(key: str) -> frozenset[tuple[str, int, int | None]]:
    """Law, article and paragraph of the provisions that the table gives for `key`."""
    row = next(r for r in raw("circumstances")["rows"] if r["key"] == key)
    return frozenset(
        (s.get("law", "中华人民共和国刑法"), s["article"], s.get("paragraph"))
        for s in row["statute"]
    )


def _cited(doc: CaseDocument, speaker: Speaker) -> set[tuple[str, int, int | None]]:
    return {(s.law, s.article, s.paragraph) for s in doc.statutes if s.speaker == speaker}


def _by_citation(doc: CaseDocument, found: list[Circumstance]) -> list[Circumstance]:
    """Which circumstance of two that share their words: the one whose paragraph its author cites.

    自首 is the special one where that paragraph is cited and the general one is not; 庭审中如实供述
    is a plea in court where no paragraph on confessions is.
    """
    result = []
    for c in found:
        if c.key in ("surrender", "confession") and c.polarity == "affirmed":
            cited = _cited(doc, c.speaker)
            named = cited or _cited(doc, "court")  # a party's 系自首 is the one the court finds
            if c.key == "confession":
                told = _AT_TRIAL.search(c.span.quote)
                if told and not cited & _paragraphs("confession"):
                    c = c.model_copy(update={"key": "court_plea"})
            elif named & _paragraphs("surrender_special") and not named & _paragraphs("surrender"):
                c = c.model_copy(update={"key": "surrender_special"})
        result.append(c)
    return result


def _unique(found: list[Circumstance]) -> list[Circumstance]:
    """First of each saying; a derived refusal yields to what the court itself affirms."""
    affirmed = {
        (c.key, p)
        for c in found
        if c.speaker == "court" and c.polarity == "affirmed" and c.section == "reasoning"
        for p in c.persons or ("",)
    }
    seen: set[tuple[object, ...]] = set()
    result = []
    for c in found:
        identity = (c.key, c.polarity, c.speaker, c.section, c.persons)
        contradicted = (
            c.speaker == "court"
            and c.polarity == "denied"
            and any((c.key, p) in affirmed for p in c.persons or ("",))
        )
        if identity in seen or contradicted:
            continue
        seen.add(identity)
        result.append(c)
    return result


def read(doc: CaseDocument) -> list[Circumstance]:
    """All circumstances spoken of in `doc`, in the order of the text."""
    found: list[Circumstance] = []
    for section in doc.sections:
        if section.kind in VOICED:
            found.extend(_Reader(doc, section).read())
    found = _unique(_by_citation(doc, _merge_compensation(found)))
    negligent = any(
        _NEGLIGENT.search(c.value) for d in doc.defendants for c in d.charges or d.accused_of
    )
    # Whose suspension did no harm is asked about the one that did.
    spared = {c.speaker for c in found if c.key == "suspension_no_harm"}
    # The head of a crowd (聚众斗殴) is no head of a criminal group.
    crowd = any(_CROWD.search(c.value) for d in doc.defendants for c in d.charges or d.accused_of)
    return [
        c.model_copy(update={"key": "elderly_negligent"})
        if negligent and c.key == "elderly_intent"
        else c
        for c in found
        if not (crowd and c.key == "ring_leader")
        and not (c.key == "suspension_harm" and c.speaker in spared)
    ]


_PLEA = re.compile(r"认罪认罚|认罪、认罚|(?:签字|签署)[^，。；]{0,10}具结|具结悔过")
_PLEA_DENIED = re.compile(
    r"(?:不|未|拒绝|拒不|没有)(?:愿意?|同意|自愿|能|予)?(?:适用)?(?:认罪认罚|认罪、认罚|签署|签字)"
)
_PLEA_TOLD = re.compile(r"可能导致|法律(?:后果|规定)|权利义务|告知|相关规定")


def plea(doc: CaseDocument) -> Field[bool] | None:
    """Whether the document says that the plea of leniency applies; None where it is silent."""
    for section in doc.sections:
        if section.kind != "procedure" and section.kind not in VOICED:
            continue
        for match in _PLEA.finditer(doc.text, section.span.start, section.span.end):
            low, high = clause_at(doc.text, match.start(), section.span.start, section.span.end)
            if _PLEA_TOLD.search(doc.text, low, max(high, match.end())):
                continue
            denied = bool(_PLEA_DENIED.search(doc.text, low, match.end()))
            return field(doc, low, max(high, match.end()), not denied)
    return None


def keys_in(text: str) -> frozenset[str]:
    """The keys of the circumstances that a few words name, whatever they say of them."""
    rows = cued(cue_places(text, 0, len(text), "reasoning"), 0, len(text))
    return frozenset(hit.key for hit in sentence_hits(text, 0, len(text), True, rows))
