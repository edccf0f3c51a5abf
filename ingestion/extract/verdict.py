"""The operative part: for every defendant and charge the sentence, and what else is ordered.

An item of the operative part is cut into counts (犯…罪), earlier sentences that are merged
into this one (与前罪…并罚), acquittals and the combined sentence (决定执行). Only what this
judgment imposes is kept: what an appeal court quotes in order to undo it is not.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ingestion.extract.custody import read_custody
from ingestion.extract.orders import read_orders
from ingestion.extract.penalties import distributed, find_sentence, without_remarks
from ingestion.extract.people import clusters
from ingestion.extract.sentenced import persons_in
from ingestion.model import CaseDocument, Defendant, Field, Sentence, Span
from knowledge_base import charges as known_charges

_ITEM = re.compile(
    r"(?:^|(?<=[。；;：:\s）)，,]))(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[、．.](?![\d一二三四五六七八九十])"
)
_REVOKED = re.compile(r"\s*(?:撤销|变更)")
_QUOTES = re.compile(r"即[：:，,；;]?\s*(?=原审|被告|上诉|判处)")
_BECOMES = re.compile(r"\s*(?:变更|改判)[^。；;]{0,80}?为[：:，]?\s*(?=原审|被告|上诉|判处)")
_GOES_ON = re.compile(
    r"[；;。]\s*(?:改判)?(?=(?:原审)?(?:被告人|被告单位|上诉人|上诉单位)|判处|改判)"
)

_COUNT = re.compile(
    r"(?<![主从罪累重初偶惯共])犯(?!罪分子)(?:有)?\s*(?P<charge>[^。；;，,：:（(]{1,60}?罪)"
    r"(?=[，,。；;、：:（(\s！]|并|判|免|处|定|数罪|与|和|及|有期|拘役|$)"
    r"|以(?P<by>[^。；;，,：:（(]{2,50}?罪)[，,]?(?:分别)?(?=判处|对|免)"
)
_PRIOR = re.compile(
    r"(?:与|连同|加上|和)[^。；;，,]{0,60}?(?:前罪|原判|原犯|前判|余刑|残刑|刑事判决|未执行|剩余)"
    r"|(?:原|前罪|前次?|前案)(?:因)?(?:所)?(?:犯|判)|没有执行的|尚未执行|余刑"
)
_PRIOR_LEAD = re.compile(r"(?:与|原|前|刑事判决[^。；;]{0,12}|裁定[^。；;]{0,12})(?:所)?$")
_COMBINED = re.compile(r"(?:决定|合并|应当?)\s*(?:合并)?执行|决定判处|并罚[，,]\s*(?:判处|执行)")
_ACQUITS = re.compile(
    r"(?:宣告)?(?:原审)?(?:被告人|被告单位|上诉人)"
    r"(?:(?!被告人|上诉人|判处|犯(?!罪))[^。；;]){1,40}?(?:无罪|不负刑事责任)"
)

_PARTY = re.compile(r"被告(?:人|单位)|上诉(?:人|单位)")

Kind = Literal["count", "prior", "combined", "acquittal"]


@dataclass(frozen=True)
class _Part:
    """A stretch of an item; what it imposes stands in `body:end`."""

    kind: Kind
    start: int
    body: int
    end: int
    charges: tuple[str, ...] = ()


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The numbered items of an operative part, without their numbers; else the whole."""
    heads = [m.span() for m in _ITEM.finditer(text, start, end)]
    first = heads[0][0] if heads else end
    if text[start:first].strip():
        yield start, first
    for number, (_, low) in enumerate(heads, start=1):
        yield low, heads[number][0] if number < len(heads) else end


def _standing(text: str, start: int, end: int) -> int | None:
    """Where in an item the court's own sentence begins; None where all of it is undone.

    撤销…判决，即…: what is quoted there no longer stands. 维持…，即… and 变更…为… do stand.
    """
    if not _REVOKED.match(text, start, end):
        return start
    becomes = _BECOMES.match(text, start, end)
    if becomes:
        return becomes.end()
    goes_on = _GOES_ON.search(text, start, end)
    quotes = _QUOTES.search(text, start, end)
    if goes_on is None or (quotes and quotes.start() < goes_on.start()):
        return None
    return goes_on.end()


def _marks(text: str, start: int, end: int) -> Iterator[_Part]:
    """Where counts, merged earlier sentences, acquittals and the combined sentence begin."""
    for match in _COUNT.finditer(text, start, end):
        clause = max(text.rfind(mark, start, match.start()) for mark in "。；;，,\n")
        lead = text[max(clause + 1, start) : match.start()]
        if _PRIOR.search(lead) or _PRIOR_LEAD.search(lead.rstrip()):
            yield _Part("prior", match.start(), match.end(), end)
        else:
            written = re.sub(r"\s", "", match["charge"] or match["by"])
            names = tuple(known_charges.split(written))
            yield _Part("count", match.start(), match.end(), end, names)
    for match in _PRIOR.finditer(text, start, end):
        yield _Part("prior", match.start(), match.end(), end)
    for match in _COMBINED.finditer(text, start, end):
        yield _Part("combined", match.start(), match.start(), end)
    for match in _ACQUITS.finditer(text, start, end):
        yield _Part("acquittal", match.start(), match.start(), end)


def _parts(text: str, start: int, end: int) -> Iterator[_Part]:
    marks = sorted(_marks(text, start, end), key=lambda part: part.start)
    for number, part in enumerate(marks, start=1):
        stop = marks[number].start if number < len(marks) else end
        yield _Part(part.kind, part.start, part.body, max(stop, part.body), part.charges)


class _Reader:
    """Reads items in order; an item that names nobody goes on about the people before."""

    def __init__(self, doc: CaseDocument, text: str) -> None:
        self.doc = doc
        self.text = text
        self.people: list[Defendant] = []

    def read(self, start: int, end: int) -> bool:
        """Give the sentences of `start:end` to their people; False where there are none."""
        sentenced = False
        named_from = start
        for part in _parts(self.text, start, end):
            if part.kind == "prior":
                continue
            if part.kind != "combined":
                named = self._named(named_from, part)
                self.people = self.people if named is None else named
                named_from = part.body
            lead = self._lead(start, part)
            copies = distributed(self.text, part.body, part.end, len(self.people)) or [self.text]
            found = [find_sentence(self.doc, c, lead, part.body, part.end) for c in copies]
            sentenced = sentenced or any(found)
            for person, sentence in zip(self.people, found, strict=False):
                if sentence:
                    self._give(person, part, sentence)
        return sentenced

    def _named(self, start: int, part: _Part) -> list[Defendant] | None:
        """Who is meant: named before 犯 in its sentence, or behind it (以…罪判处被告人…).

        None where no party is spoken of; empty where the one spoken of is not known.
        """
        if part.kind == "acquittal":
            return persons_in(self.doc, self.text, part.start, part.end)
        boundary = max(self.text.rfind(mark, start, part.start) for mark in "。；;\n")
        places = [(max(boundary + 1, start), part.start)]
        if not self.text.startswith("犯", part.start):
            places.append((part.body, part.end))
        for low, high in places:
            named = persons_in(self.doc, self.text, low, high)
            if named or _PARTY.search(self.text, low, high):
                return named
        return None

    def _lead(self, start: int, part: _Part) -> int:
        """The start of the clause that holds the count, with the person's name if it is there."""
        low = max(max(self.text.rfind(m, start, part.start) for m in "。；;，,\n"), start - 1) + 1
        clause = self.text[low : part.start]
        return low + len(clause) - len(clause.lstrip())

    def _give(self, person: Defendant, part: _Part, sentence: Sentence) -> None:
        if part.kind == "combined":
            person.combined = sentence
            return
        # An acquittal seldom repeats the charge: it answers what was prosecuted.
        names = part.charges or tuple(c.value for c in person.accused_of) or ("无罪",)
        for name in names:
            if part.kind == "count" and name in person.verdicts:
                person.further.setdefault(name, []).append(sentence)
                continue
            person.verdicts[name] = sentence
            known = any(name == c.value for c in person.charges)
            if part.kind == "count" and not sentence.acquitted and not known:
                person.charges.append(Field(value=name, span=self._charge_span(part, name)))

    def _charge_span(self, part: _Part, name: str) -> Span:
        stem = name.removesuffix("罪")
        at = self.doc.text.find(stem, part.start, part.body)
        if at < 0:
            return self.doc.span(part.start, part.body)
        end = at + len(stem)
        return self.doc.span(at, end + self.doc.text.startswith("罪", end))


def _give_custody(doc: CaseDocument, start: int, end: int, people: list[Defendant]) -> None:
    """Dates belong to those named beside them, else to those named last before them."""
    for dates in read_custody(doc, start, end):
        bracket = max(doc.text.rfind(m, start, dates.span.start) for m in "（(。；;")
        named = persons_in(doc, doc.text, max(bracket, start), dates.span.start, guess=False)
        last = deque(clusters(doc, start, dates.span.start), maxlen=1)
        before = [d for d in doc.defendants if last and d.name.value in last[0]]
        for person in named or before or people:
            person.custody_dates = dates


_VOID = frozenset({"remanded", "prosecution_withdrawn", "terminated", "suspended"})
_ORIGINAL = re.compile(
    r"(?:原审|原判|一审|人民法院)[^。；]{0,60}?(?:判决|判处)|判决(?:如下)?[：:，,]|据此"
)


def _read_original(doc: CaseDocument) -> None:
    """What an appeal recites of the judgment before; where it upholds, that is the verdict.

    Whoever gets a sentence of his own here keeps only that one; nobody has a verdict where
    the case is sent back, withdrawn or ended.
    """
    if doc.instance not in ("second", "retrial"):
        return
    own = [d.model_copy(deep=True) for d in doc.defendants]
    for person in doc.defendants:
        person.verdicts, person.further, person.combined, person.charges = {}, {}, None, []
    for section in doc.sections_of("procedure", "facts", "evidence"):
        quoted = _ORIGINAL.search(doc.text, section.span.start, section.span.end)
        if quoted:
            reader = _Reader(doc, without_remarks(doc.text, quoted.start(), section.span.end))
            for start, end in _items(reader.text, quoted.start(), section.span.end):
                reader.read(start, end)
    stands = doc.disposition is None or doc.disposition.value not in _VOID
    for person, now in zip(doc.defendants, own, strict=True):
        person.original, person.original_combined = person.verdicts, person.combined
        person.further = now.further  # what is quoted twice stands but once
        if now.verdicts or now.combined or not stands:
            kept = _kept(doc, person.original, now) if stands else {}
            named = [c for c in person.charges if c.value in kept]
            person.verdicts, person.combined = {**kept, **now.verdicts}, now.combined
            person.charges = [*named, *now.charges]
        else:
            person.verdicts = dict(person.original)


def _kept(doc: CaseDocument, before: dict[str, Sentence], now: Defendant) -> dict[str, Sentence]:
    """Counts of the judgment before that stand beside a new one: a combined sentence has two.

    They are those the operative part names outside of what it quashes, or, where it names
    none, those that are left when each new count takes the place of one.
    """
    operative = doc.section("operative")
    if now.combined is None or operative is None or len(now.sentences) > 1:
        return {}
    left = {name: s for name, s in before.items() if name not in now.verdicts}
    standing = "".join(
        doc.text[own:end]
        for start, end in _items(doc.text, operative.span.start, operative.span.end)
        if (own := _standing(doc.text, start, end)) is not None
    )
    named = {name: s for name, s in left.items() if name.removesuffix("罪") in standing}
    if named:
        return named
    return left if len(left) + len(now.verdicts) == len(before) else {}


def read(doc: CaseDocument) -> None:
    """Fill verdicts, combined sentence, custody dates and charges of a judgment's defendants.

    Whoever the operative part names is matched to a known defendant or left out; no
    defendant is made here. Everything ordered besides goes to `doc.orders`.
    """
    section = doc.section("operative")
    if doc.type not in ("judgment", "ruling") or section is None:
        return
    low, high = section.span.start, section.span.end
    reader = _Reader(doc, without_remarks(doc.text, low, high))
    for start, end in _items(reader.text, low, high):
        own = _standing(reader.text, start, end)
        if own is None:
            continue
        if reader.read(own, end):
            _give_custody(doc, own, end, reader.people)
        doc.orders.extend(read_orders(doc, reader.text, own, end))
    _read_original(doc)
