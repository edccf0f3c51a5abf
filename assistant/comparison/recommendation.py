"""The recommendation against the sentence: main penalty, probation, fine, each by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.casefile import ROLE_NAMES, CaseFile
from assistant.checks.place import issued
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.sentence import NAMES, recommendations
from assistant.comparison.matching import pairs, two
from assistant.findings import Severity
from assistant.sentencing import Comparison, illegal_terms, recommendation_vs_verdict
from assistant.sentencing.dates import term_text
from assistant.sentencing.recommend import Part
from ingestion.model import CaseDocument, Defendant, Recommendation, Sentence, Span
from knowledge_base.charges import same_charge

_MERELY_TOLD = 0.5
_REFUSED = re.compile(
    r"量刑(?:建议|意见)[^。；]{0,16}(?:不当|不予(?:采纳|支持)|不宜采纳|未予采纳|偏[重轻]|[过畸][重轻]|予以(?:调整|纠正))"
)
_NO_PROBATION = re.compile(
    r"不(?:宜|适宜|适合|符合|具备|应|能|予|足以)[^。；]{0,10}(?:缓刑|非监禁)"
)
_PARTS: dict[Part, str] = {"adopted": "采纳", "not_adopted": "未采纳", "not_mentioned": "未提出"}


@dataclass(frozen=True)
class Held:
    """A recommendation and the sentence it is to be held against."""

    name: str
    item: Recommendation
    sentence: Sentence
    source: CaseDocument

    @property
    def adopted(self) -> Comparison:
        return recommendation_vs_verdict(self.item, self.sentence)

    @property
    def follows(self) -> bool:
        """Whether the main penalty was not adopted either: the rest then changes with it."""
        return self.adopted.main == "not_adopted"


def _sentence_for(person: Defendant, item: Recommendation, alone: bool) -> Sentence | None:
    """The sentence for the charge it names; for all charges, the one to be served."""
    if item.charge is not None:
        for charge, sentence in person.verdicts.items():
            if same_charge(charge, item.charge):
                return sentence
    if item.charge is None or alone:
        # What is decided together with an earlier sentence was never recommended.
        return person.sentences[0] if len(person.sentences) == 1 else person.sentence
    return None


def _source(case: CaseFile) -> tuple[CaseDocument, CaseDocument]:
    judgment = case.judgment
    assert judgment is not None
    if len(case.documents) == 1:
        return judgment, judgment
    source, _ = two(case)
    silent = source.role == "indictment" and not any(recommendations(source))
    return (judgment if silent else source), judgment


def held_against(case: CaseFile) -> Iterator[Held]:
    """Each recommendation with its sentence; the judgment tells it where no other document does."""
    source, judgment = _source(case)
    matched, _, _ = pairs(source, judgment)
    for person, item in recommendations(source):
        other = next((b for a, b in matched if a is person), None)
        if other is None:
            continue
        alone = len([r for _, r in recommendations(source)]) == 1
        sentence = _sentence_for(other, item, alone)
        if sentence is not None and not sentence.acquitted:
            yield Held(other.name.value, item, sentence, source)


def _undecided(case: CaseFile) -> Iterator[Undecided]:
    source, _ = _source(case)
    if source.role == "recommendation" and not any(recommendations(source)):
        yield Undecided("无法判断：量刑建议书中的建议未能读出")


def _range(item: Recommendation) -> str:
    kind = NAMES[item.main] if item.main else ""
    if item.low is not None and item.low == item.high:
        return f"{kind}{term_text(item.low)}"
    low = f"{kind}{term_text(item.low)}" if item.low else ""
    last = item.high_main or item.main
    high = (
        f"{NAMES[last] if last and last != item.main else ''}{term_text(item.high)}"
        if item.high
        else ""
    )
    if low and high:
        return f"{low}至{high}"
    return f"{low}以上" if low else f"{kind}{high}以下"


def _told(held: Held) -> str:
    """Each part of the recommendation, with what became of it."""
    sentence, adopted = held.sentence, held.adopted
    given = []
    if sentence.main is not None:
        given.append(f"{NAMES[sentence.main]}{term_text(sentence.term)}")
    if sentence.probation is not None:
        given.append(f"缓刑{term_text(sentence.probation)}")
    if sentence.fine_fen is not None:
        given.append(f"罚金{sentence.fine_fen / 100:g}元")
    ways = (
        ("刑种", _of_kind(held)),
        ("刑期", adopted.main),
        ("缓刑", adopted.execution),
        ("罚金", adopted.accessory),
    )
    parts = "、".join(f"{way}{_PARTS[part]}" for way, part in ways)
    return f"{'、'.join(given) or '未判主刑'}（{parts}）"


def _of_kind(held: Held) -> Part:
    if held.item.main is None:
        return "not_mentioned"
    kinds = (held.item.main, held.item.high_main)
    return "adopted" if held.sentence.main in kinds else "not_adopted"


def _asked(item: Recommendation) -> str:
    """What was recommended, all parts."""
    asked = [_range(item)] if item.main else []
    if item.probation is not None:
        asked.append("缓刑" if item.probation else "不适用缓刑")
        if item.probation_low is not None:
            asked[-1] += term_text(item.probation_low)
    low, high = item.fine_low_fen, item.fine_high_fen
    bounds = dict.fromkeys(f"{fen / 100:g}元" for fen in (low, high) if fen is not None)
    if bounds or item.fine:
        asked.append(f"罚金{'至'.join(bounds)}" if bounds else "并处罚金")
    return "、".join(asked)


def pleaded(case: CaseFile) -> bool:
    """Whether a plea was agreed with the prosecution; one made in court alone binds nobody."""
    return any(
        doc.role == "plea"
        or "具结" in doc.text
        or any(c.key == "plea_leniency" and c.speaker == "prosecution" for c in doc.circumstances)
        for doc in case.documents.values()
    )


def _spoken_of(judgment: CaseDocument, held: Held) -> bool:
    """Whether the court itself says that it departs: refuses the proposal, or the probation."""
    refused = [_REFUSED]
    if held.adopted.execution == "not_adopted":
        refused.append(_NO_PROBATION)
    return any(
        pattern.search(judgment.text, s.span.start, s.span.end)
        for s in judgment.sections_of("reasoning")
        for pattern in refused
    )


def _unlawful(held: Held, judgment: CaseDocument) -> bool:
    """Whether the proposal could not be followed: no such penalty has such a term."""
    item = held.item
    if item.main is None or item.low is None:
        return False
    asked = Sentence(span=item.span, main=item.main, term=item.low)
    return bool(illegal_terms(asked, issued(judgment)))


def _weight(case: CaseFile, held: Held) -> Severity | None:
    """How grave it is that the proposed penalty was not pronounced; None as the catalogue says.

    A proposal binds only after a plea (刑事诉讼法 on 认罪认罚: 一般应当采纳); a departure that
    the court speaks of is no defect in itself. A mere upper limit is kept by less.
    """
    judgment = case.judgment
    assert judgment is not None
    below = held.item.low is None and held.item.high is not None
    lighter = below and held.item.high is not None and held.sentence.term <= held.item.high
    if lighter or _unlawful(held, judgment) or _spoken_of(judgment, held):
        return "minor"
    return None if pleaded(case) else "moderate"


def _hit(held: Held, *, problem: str, severity: Severity | None = None) -> Hit:
    role = held.source.role or "indictment"
    first, second = _asked(held.item), _told(held)
    return hit(
        held.item.span,
        held.sentence.span,
        severity=severity,
        values={"judgment": second} if role == "judgment" else {role: first, "judgment": second},
        cause=f"recommendation:{held.name}:{held.item.charge or ''}",
        name=held.name,
        problem=problem,
        first=first,
        second=second,
        one="公诉机关" if role == "judgment" else ROLE_NAMES[role],
    )


def told_of(held: Held) -> bool:
    """Whether it names a figure to break; one only near a figure (一年左右) does not."""
    end = held.item.span.end
    return "左右" not in held.item.span.quote and "左右" not in held.source.text[end : end + 4]


@check("CMP-015")
def main_penalty(case: CaseFile) -> Iterator[Hit | Undecided]:
    yield from _undecided(case)
    told: list[Hit] = []
    for held in held_against(case):
        if held.adopted.main == "not_adopted" and told_of(held):
            other_kind = _of_kind(held) == "not_adopted"
            problem = "刑种与建议不同" if other_kind else "刑期在建议幅度之外"
            told.append(_hit(held, problem=problem, severity=_weight(case, held)))
    yield from _of_all(told)


def _of_all(told: list[Hit]) -> Iterator[Hit]:
    """One proposal made for several persons at once, and left by one sentence: told once."""
    groups: dict[tuple[Span, str, str], list[Hit]] = {}
    for found in told:
        key = (found.evidence[0], found.fields["problem"], found.fields["second"])
        groups.setdefault(key, []).append(found)
    for same in groups.values():
        names = "、".join(found.fields["name"] for found in same)
        evidence = tuple(dict.fromkeys(span for found in same for span in found.evidence))
        yield replace(same[0], evidence=evidence, fields={**same[0].fields, "name": names})


def _after(held: Held) -> Severity | None:
    """What changes with the main penalty weighs little by itself."""
    return "minor" if held.follows else None


@check("CMP-016")
def probation(case: CaseFile) -> Iterator[Hit | Undecided]:
    for held in held_against(case):
        unasked = held.adopted.execution == "not_mentioned" and held.sentence.probation is not None
        if held.adopted.execution == "not_adopted" or (unasked and held.follows):
            yield _hit(held, problem="缓刑与建议不一", severity=_after(held))
        elif unasked and len(case.documents) > 1 and held.item.low == held.item.high:
            # A fixed term was asked, to be served as it seems: worth knowing, no more.
            told = _hit(held, problem="建议未提缓刑，判决宣告缓刑", severity="minor")
            yield replace(told, confidence=_MERELY_TOLD)


@check("CMP-017")
def fine(case: CaseFile) -> Iterator[Hit | Undecided]:
    for held in held_against(case):
        if held.adopted.accessory == "not_adopted":
            yield _hit(held, problem="罚金与建议不一", severity=_after(held))


@check("CMP-018")
def partly_adopted(case: CaseFile) -> Iterator[Hit | Undecided]:
    for held in held_against(case):
        ways = {held.adopted.main, held.adopted.execution, held.adopted.accessory}
        if {"adopted", "not_adopted"} <= ways:
            yield _hit(held, problem="量刑建议部分采纳", severity="minor")
