"""The case card against what was recommended and what was pronounced."""

from __future__ import annotations

from collections.abc import Iterator

from assistant import phrasing
from assistant.cards import likelier
from assistant.cards.model import Entry
from assistant.casefile import CaseFile
from assistant.checks.card import card, who
from assistant.checks.place import sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.comparison.card_facts import differ, persons
from assistant.sentencing import recommendation_vs_verdict
from ingestion.extract.penalties import find_sentence
from ingestion.extract.ranges import read_range
from ingestion.model import CaseDocument, Defendant, Recommendation, Sentence
from knowledge_base.charges import same_charge


def _advice(entry: Entry) -> Recommendation | None:
    """The card's recommendation as one that can be held against others."""
    found = read_range(entry.text)
    if found is None:
        return None
    return Recommendation(
        person=None, charge=None, span=entry.span, speaker="prosecution", **vars(found)
    )


def _of_all(defendant: Defendant) -> Recommendation | None:
    """The only recommendation for a person; None where there are several, charge by charge."""
    return defendant.recommendations[0] if len(defendant.recommendations) == 1 else None


def _fixed(item: Recommendation) -> bool | None:
    if item.main is None or item.low is None:
        return None
    return item.low == item.high and item.high_main is None


def _unlike(one: Recommendation, other: Recommendation) -> bool:
    """Whether two recommendations differ in what both of them say."""
    if one.main and other.main:
        bounds = ("main", "high_main", "low", "high")
        if any(getattr(one, b) != getattr(other, b) for b in bounds):
            return True
    if (one.probation or False) != (other.probation or False):
        return True
    sums = (one.fine_low_fen, one.fine_high_fen), (other.fine_low_fen, other.fine_high_fen)
    return any(sums[0]) and any(sums[1]) and sums[0] != sums[1]


@check("CARD-006")
def recommendation(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc, held = sole(case), card(case)
    for person, defendant in persons(held, doc):
        entry, kind = person.get("recommendation"), person.get("recommendation_kind")
        told = _of_all(defendant)
        if told is None or (entry is None and kind is None):
            continue
        own = _advice(entry) if entry else None
        if entry is not None and own is None:
            yield Undecided(f"无法判断：案卡所填{who(person)}的量刑建议“{entry.text}”未能读出")
        if entry is not None and own is not None and _unlike(own, told):
            yield differ(
                entry, told.span, doc, written=phrasing.recommendation(told),
                why=likelier.BY_HAND, name=who(person),
            )  # fmt: skip
        elif kind is not None and _other_kind(kind.text, _fixed(told)):
            yield differ(
                kind, told.span, doc, written=phrasing.recommendation(told),
                why=likelier.BY_HAND, name=who(person),
            )  # fmt: skip


def _other_kind(kind: str, fixed: bool | None) -> bool:
    """Whether the kind entered (确定刑, 幅度刑) is not the one recommended."""
    return (fixed is True and "幅度" in kind) or (fixed is False and "确定" in kind)


_ADOPTION = {"adopted": "采纳", "partly": "部分采纳", "not_adopted": "未采纳"}


def _adoption(text: str) -> str | None:
    if "部分" in text:
        return "partly"
    if any(word in text for word in ("未", "不", "否")):
        return "not_adopted"
    return "adopted" if "采纳" in text or text == "是" else None


@check("CARD-007")
def adoption(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc, held = sole(case), card(case)
    for person, defendant in persons(held, doc):
        entry, advised = person.get("adoption"), person.get("recommendation")
        if entry is None:
            continue
        own = _advice(advised) if advised else _of_all(defendant)
        if own is None or defendant.sentence is None:
            yield Undecided(f"无法判断：{who(person)}的量刑建议或者所判刑罚未能读出")
            continue
        is_so, said = (
            recommendation_vs_verdict(own, defendant.sentence).overall,
            _adoption(entry.text),
        )
        if said is None or is_so == "not_mentioned" or said == is_so:
            continue
        yield differ(
            entry, defendant.sentence.span, doc, name=who(person), why=likelier.BY_HAND,
            written=f"按建议“{phrasing.recommendation(own)}”与判决"
            f"“{phrasing.sentence(defendant.sentence)}”比对为“{_ADOPTION[is_so]}”",
        )  # fmt: skip


def _pronounced(document: CaseDocument, entry: Entry) -> Sentence | None:
    """What the card says was pronounced."""
    start = entry.span.end - len(entry.text)
    return find_sentence(document, document.text, start, start, entry.span.end)


def _apart(one: Sentence, other: Sentence) -> bool:
    if (one.acquitted, one.exempt) != (other.acquitted, other.exempt):
        return True
    if one.main and (one.main, one.term) != (other.main, other.term):
        return True
    if one.probation != other.probation:
        return True
    return one.fine_fen is not None and one.fine_fen != other.fine_fen


@check("CARD-008")
def verdict(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc, held = sole(case), card(case)
    for person, defendant in persons(held, doc):
        entry, pronounced = person.get("verdict"), defendant.sentence
        if entry is None:
            continue
        own = _pronounced(held.document, entry)
        if own is None or pronounced is None:
            yield Undecided(f"无法判断：{who(person)}的判决结果在案卡或者判决书中未能读出")
        elif _apart(own, pronounced):
            yield differ(
                entry, pronounced.span, doc, written=phrasing.sentence(pronounced),
                why=likelier.of_text(entry, phrasing.sentence(pronounced), doc), name=who(person),
            )  # fmt: skip


def _differences(defendant: Defendant) -> Iterator[tuple[str, Sentence | None]]:
    """In what the judgment departs from what was prosecuted and recommended."""
    accused, found = defendant.accused_of, defendant.charges
    if defendant.sentence is not None and defendant.sentence.acquitted:
        yield "判决无罪", defendant.sentence
    elif (
        accused
        and found
        and not all(any(same_charge(a.value, b.value) for a in accused) for b in found)
    ):
        told = "、".join(a.value for a in accused), "、".join(b.value for b in found)
        yield f"指控{told[0]}、判决{told[1]}", defendant.sentence
    advice, sentence = _of_all(defendant), defendant.sentence
    if advice is None or sentence is None:
        return
    if recommendation_vs_verdict(advice, sentence).main == "not_adopted":
        told = phrasing.recommendation(advice), phrasing.sentence(sentence)
        yield f"建议{told[0]}、判决{told[1]}", sentence


@check("CARD-009")
def mark_of_difference(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc, held = sole(case), card(case)
    mark = held.case.get("differs")
    if mark is None or mark.flag is None:
        yield Undecided("无法判断：案卡未填诉判不一标识")
        return
    for person, defendant in persons(held, doc):
        for what, sentence in _differences(defendant):
            if mark.flag is False and sentence is not None:
                yield hit(
                    mark.span,
                    sentence.span,
                    values={"card": mark.text, "judgment": what},
                    card=mark.text,
                    written=f"{who(person)}{what}",
                )
                return
