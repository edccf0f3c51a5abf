"""Sentencing recommendations of the prosecution: who is to get what, for which charge.

Who speaks is told by the section, and where the court or the defence reports others' words by
the last organ or person named before 建议: 辩护人…建议 is never the prosecution's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingestion.extract.penalties import distributed
from ingestion.extract.ranges import read_range
from ingestion.extract.sentenced import persons_in
from ingestion.model import CaseDocument, Defendant, Recommendation, SectionKind, Speaker
from knowledge_base import charges as known_charges

_ADVICE = re.compile(
    r"(?=[建量调提所关])(?:(?<!量刑)建议(?!书|适用(?:简易|速裁|普通|认罪))|量刑(?:建议|幅度|意见)(?:为|是|系|：|:)"
    r"|调整(?:量刑建议)?为|(?:提出|所提|(?<=机关)关于)(?=[^。]{0,160}?的(?:量刑)?(?:建议|意见)))"
)
_PENALTY = re.compile(r"有期徒刑|拘役|管制|无期徒刑|死刑|罚金|缓刑")
_ENDS = re.compile(
    # A list of penalties may stand in lines of its own: ；, ： and ， lead on to the next.
    r"。|(?<![：:；;，,、])\n|的?量刑(?:建议|意见)|的(?:建议|意见|理由)"
    r"|[，,](?:该|诉请|提请|根据|鉴于|综合|公诉机关|本院|经查)"
)
# 建议：⏎以抢夺罪判处甲…。⏎判处乙…。: the list goes on in the next line.
_LIST = re.compile(r"[^。\n]{0,6}[：:]")
_ITEM = re.compile(
    r"。\s*(?:[（(]?[\d一二三四五六七八九十]{1,2}[）)、.．]\s*)?"
    r"(?:建议)?(?:判处|对|以[^。\n]{2,20}罪|(?<=\n)被告(?:人|单位))"
    rf"[^。\n]*?(?:{_PENALTY.pattern})"
)
_ACTOR = re.compile(
    r"(?P<prosecution>公诉机关|检察院|检察机关|公诉人|检察员|起诉书)|(?P<defence>辩护人|辩称|(?<!供述[和与及、])辩解|辩护意见)"
)
_PERSON = re.compile(r"(?:上述)?[二两三四五六七八九十各\d]{0,3}(?:名)?被告(?:人|单位)")
_CHARGE = re.compile(
    r"(?:所?犯有?|以|就|对其|对)(?P<charge>[^。；;，,：:（(对以犯被]{1,40}?罪)(?=[，,；;：:\s判处在建部有拘并一二三四五六七八九十\d对单])"
)
_ALL_CHARGES = re.compile(r"数罪并罚|合并执行|决定执行")
_LOOSE_END = re.compile(r"(?:[，,；;、。\s”]|判处|对|和|以及|建议)+$")
# The defence section is left out: what it says of the prosecution's advice is hearsay.
_SECTIONS: tuple[SectionKind, ...] = (
    "procedure",
    "accusation",
    "facts",
    "evidence",
    "reasoning",
)


@dataclass(frozen=True)
class _Advice:
    """One recommendation's words `start:end`; its sentence begins at `context`."""

    start: int
    end: int
    context: int
    speaker: Speaker


def _speaker(text: str, of_section: Speaker, context: int, start: int) -> Speaker | None:
    actors = list(_ACTOR.finditer(text, context, start))
    if actors:
        return "prosecution" if actors[-1]["prosecution"] else "defence"
    return None if of_section == "court" else of_section


def _advices(doc: CaseDocument) -> Iterator[_Advice]:
    """The stretches in which somebody recommends a penalty."""
    for section in doc.sections_of(*_SECTIONS):
        low, high = section.span.start, section.span.end
        at = low
        while word := _ADVICE.search(doc.text, at, high):
            stop = _ENDS.search(doc.text, word.end(), high)
            listed = _LIST.match(doc.text, word.end(), high)
            while listed and stop and (item := _ITEM.match(doc.text, stop.start(), high)):
                stop = _ENDS.search(doc.text, item.end(), high)
            end = stop.start() if stop else high
            at = max(word.end(), end)
            context = max(max(doc.text.rfind(m, low, word.start()) for m in "。\n") + 1, low)
            speaker = _speaker(doc.text, section.speaker, context, word.start())
            if speaker and _PENALTY.search(doc.text, word.end(), end):
                yield _Advice(word.start(), end, context, speaker)


def _cuts(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """`start:end` cut before each match that has a penalty between it and the one before."""
    starts = [start]
    for match in pattern.finditer(text, start, end):
        if _PENALTY.search(text, starts[-1], match.start()):
            starts.append(match.start())
    return list(zip(starts, [*starts[1:], end], strict=True))


def _people(doc: CaseDocument, advice: _Advice, start: int, end: int) -> list[Defendant]:
    """Named in the stretch itself, else the last named before 建议对其, else the only one."""
    named = persons_in(doc, doc.text, start, end, guess=False)
    if named:
        return named
    if _PERSON.search(doc.text, start, end):
        return persons_in(doc, doc.text, start, end) or list(doc.defendants)
    before = persons_in(doc, doc.text, advice.context, start, guess=False)
    if before:
        plural = re.search(r"[二两三四五六七八九十各]被告|分别|均", doc.text[start:end])
        return before if plural or len(before) == 1 else before[-1:]
    return list(doc.defendants) if len(doc.defendants) == 1 else []


def _charge(text: str, start: int, end: int) -> str | None:
    if _ALL_CHARGES.search(text, start, end):
        return None
    match = _CHARGE.search(text, start, end)
    if match is None:
        return None
    names = known_charges.split(re.sub(r"\s", "", match["charge"]))
    known = [n for n in names if known_charges.match(n)]
    return known[0] if len(known) == 1 else None


def _recommendations(doc: CaseDocument, advice: _Advice) -> Iterator[Recommendation]:
    text = doc.text
    people: list[Defendant] = []
    names = "|".join(re.escape(d.name.value) for d in doc.defendants)
    persons = re.compile(f"{_PERSON.pattern}|{names}") if names else _PERSON
    for low, high in _cuts(text, advice.start, advice.end, persons):
        people = _people(doc, advice, low, high) or people
        joints = re.compile(f"{_CHARGE.pattern}|{_ALL_CHARGES.pattern}")
        for start, end in _cuts(text, low, high, joints):
            span = doc.span(start, start + len(_LOOSE_END.sub("", text[start:end])))
            own = distributed(text, start, end, len(people))
            for person, words in zip(people, own, strict=True):
                found = read_range(words[start:end])
                if found is None:
                    continue
                yield Recommendation(
                    person=person.name.value,
                    charge=_charge(text, start, end),
                    span=span,
                    speaker=advice.speaker,
                    **vars(found),
                )


def _added(given: list[Recommendation], item: Recommendation) -> bool:
    """Whether the item is but the probation of what was asked for before (…，对乙适用缓刑)."""
    if not (given and item.probation and item.main is None and not item.fine):
        return False
    if given[-1].probation is None:
        told = ("probation", "probation_low", "probation_high")
        given[-1] = given[-1].model_copy(update={name: getattr(item, name) for name in told})
    return True


def read(doc: CaseDocument) -> None:
    """Give each defendant the prosecution's recommendations; one told twice is kept once."""
    for advice in _advices(doc):
        if advice.speaker != "prosecution":
            continue
        for item in _recommendations(doc, advice):
            person = doc.defendant(item.person or "")
            same = item.model_dump(exclude={"span"})
            if person and _added(person.recommendations, item):
                continue
            if person and all(
                same != r.model_dump(exclude={"span"}) for r in person.recommendations
            ):
                person.recommendations.append(item)
