"""Where a judgment departs from the accusation: whether it says why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.reasoning.items import Item, Verdict
from ingestion.answers.sentences import split
from ingestion.model import CaseDocument, Defendant, Field, Span
from knowledge_base.charges import match, same_charge

_OF_THE_CHARGE = re.compile(
    r"公诉机关|检察院|检察机关|起诉书|抗诉机关|(?<!被)指控|起诉|原判|一审(?:法院|判决)?认定"
)
_DEPARTS = re.compile(
    r"有误|不准确?|欠准|不予?(?:认定|支持|采纳)|(?:予以|应予|本院)(?:纠正|更正|变更)|纠正为|错误|(?:不能?|难以)成立"
    r"|(?:证据|事实)不(?:足|清)|不足以(?:证实|认定|证明)|不属于|不构成|(?:应|应当)(?:改?以|认定为|变更为)"
)
_NOT_THE_CHARGE = re.compile(r"量刑(?:建议|意见)|辩护|辩解|辩称|上诉(?:理由|意见)")
_FORMULA = re.compile(
    r"公诉机关|人民检察院|检察机关|起诉书|指控|认定|起诉|被告人|上诉人|原审|原判|有误|不当|不准确?|错误|予以|应予|纠正|更正|变更|不予"
    r"|支持|采纳|本院|认为|对此|故|但|关于|的|犯罪?|罪名?|事实|清楚|证据|确实|充分|成立|部分|数额|特别|巨大|较大|严重|[，。、；：（）“”\s]"
)
_CONVICTS = re.compile(r"构成[^，。；]{1,30}罪")
_REASON = 10  # characters beside charge, names and formula that make a reason


def assess(doc: CaseDocument) -> list[Item]:
    """One item for each charge dropped or changed, and each departure that the court names."""
    court = [
        sentence
        for section in doc.sections
        if section.speaker == "court" and section.kind in ("facts", "evidence", "reasoning")
        for sentence in split(doc, section.span.start, section.span.end)
    ]
    named = [s for s in court if _names_departure(s.quote)]
    charges = list(_changed(doc))
    if not charges:
        return [_item("指控的内容", s, _with_grounds(court, [s]), doc) for s in named[:1]]
    return [
        _item(
            charge.value,
            charge.span,
            _with_grounds(court, named or _denials(court, charge.value)),
            doc,
        )
        for charge in charges
    ]


def _with_grounds(court: list[Span], named: list[Span]) -> list[Span]:
    """Each with the sentence before it, where that is no conviction: the ground comes first."""
    places = [court.index(s) for s in named]
    before = [court[at - 1] for at in places if at and not _CONVICTS.search(court[at - 1].quote)]
    return [*named, *before]


def _names_departure(sentence: str) -> bool:
    claim = _OF_THE_CHARGE.search(sentence)
    if claim is None or _NOT_THE_CHARGE.search(sentence):
        return False
    return _DEPARTS.search(sentence, claim.end()) is not None


def _denials(court: list[Span], charge: str) -> list[Span]:
    """Sentences that deny the charge without naming who brought it."""
    name = charge.removesuffix("罪")
    return [s for s in court if name in s.quote and _DEPARTS.search(s.quote)]


def _changed(doc: CaseDocument) -> Iterator[Field[str]]:
    for person in doc.defendants:
        if person.verdicts and all(match(c.value) for c in person.accused_of):
            yield from _dropped(person)


def _dropped(person: Defendant) -> list[Field[str]]:
    return [
        charge
        for charge in person.accused_of
        if not any(same_charge(charge.value, name) for name in person.verdicts)
    ]


def _item(text: str, subject: Span, shown: list[Span], doc: CaseDocument) -> Item:
    reasons = [s for s in shown if _has_reason(s.quote, doc)]
    answer = reasons[0] if reasons else shown[0] if shown else None
    verdict: Verdict = "explained" if reasons else "unexplained"
    return Item(
        kind="change",
        text=text,
        subject=subject,
        verdict=verdict,
        answer=answer,
        decided_by="rule",
    )


def _has_reason(sentence: str, doc: CaseDocument) -> bool:
    plain = sentence
    for person in doc.defendants:
        plain = plain.replace(person.name.value, "")
        for charge in (*person.accused_of,):
            plain = plain.replace(charge.value.removesuffix("罪"), "")
    return len(_FORMULA.sub("", plain)) >= _REASON
