"""Why this charge and this range: whether the conviction says the act's elements and its degree."""

from __future__ import annotations

import re

from assistant.reasoning.items import Item, Verdict
from ingestion.answers.sentences import split
from ingestion.model import CaseDocument, Span
from knowledge_base import crime_elements, law_tiers
from knowledge_base.charges import same_charge

_CONVICTS = re.compile(r"构成|触犯|应当?以[^，。；]{2,30}罪|罪名成立")
_CLAIMS = re.compile(
    r"(?:公诉机关|检察院|检察机关|起诉书|原判|一审)[^，。；]{0,30}(?:指控|认定|起诉)"
)
# What says nothing of this act: who it was, and the formulas of every conviction.
_FORMULA = re.compile(
    r"本院(?:经审查)?认为|(?:原审)?(?:被告人|被告单位|上诉人)|无视国法|无视国家法律|目无国法|其?行为|之行为|均?已|显|分别|触犯(?:了)?刑律|依法|应予?惩处"
    r"|应(?:当)?(?:追究)?(?:其)?刑事责任|[，。、；：（）\s的而且又及与和并其予以]"
)
_OWN = 4  # characters beside formula, name and the charge's own that make an element
# A range that the law ties to amount, quantity, gravity or result.
_BY_DEGREE = re.compile(
    r"数额|数量|情节|后果|损失|次数|[零一二三四五六七八九十百千]+(?:克|人|次|元)|严重|巨大"
)
_DEGREE = re.compile(
    r"数额|数量|情节(?:特别)?(?:严重|恶劣|较重|轻微|较轻)|死亡|重伤|轻伤|轻微伤|多次|多人|少量|入户|携带|扒窃|凶器|轮流|未满|不满|后果|损失"
    r"|醉|追逐|超员|超速|逃逸|严重|重大|巨大|较大|恶劣"
    r"|\d[\d.,，]*余?(?:元|克|千克|公斤|吨|立方米|亩|株|棵|支|发|张|枚|条|万|毫克|mg|人|次|起|名)"
    r"|[一二两三四五六七八九十百]+余?(?:克|吨|亩|株|棵|支|发|张|枚|人|次|起|名)"
)


def assess(doc: CaseDocument) -> list[Item]:
    """One item for each charge that somebody is convicted of, in the order of the verdict."""
    reasons = [
        sentence
        for section in doc.sections_of("reasoning")
        for sentence in split(doc, section.span.start, section.span.end)
    ]
    if not reasons:
        return []
    names = [d.name.value for d in doc.defendants]
    found: dict[str, Span] = {}
    for defendant in doc.defendants:
        for charge, sentence in defendant.verdicts.items():
            if not any(same_charge(charge, known) for known in found):
                found[charge] = sentence.span
    return [_item(charge, span, reasons, names) for charge, span in found.items()]


def _item(charge: str, subject: Span, reasons: list[Span], names: list[str]) -> Item:
    verdict, answer = _judge(charge, reasons, names)
    return Item(
        kind="statute",
        text=charge,
        subject=subject,
        verdict=verdict,
        answer=answer,
        decided_by="rule",
    )


def _judge(charge: str, reasons: list[Span], names: list[str]) -> tuple[Verdict, Span | None]:
    convicting = [s for s in reasons if _convicts(s.quote, charge)]
    telling = next((s for s in convicting if _tells_act(s.quote, charge, names)), None)
    if telling is None:
        telling = next((s for s in reasons if _tells_element(s.quote, charge)), None)
    if telling is None:
        return "bare", convicting[0] if convicting else None
    lowest = min(law_tiers.of_charge(charge), key=lambda t: (t.high, t.low), default=None)
    needed = lowest is not None and bool(_BY_DEGREE.search(lowest.condition))
    said = [telling, *convicting, *(s for s in reasons if _tells_element(s.quote, charge))]
    if needed and not any(_DEGREE.search(_without(s.quote, charge)) for s in said):
        return "partial", telling
    return "explained", telling


def _convicts(sentence: str, charge: str) -> bool:
    return bool(_CONVICTS.search(sentence)) and _without(sentence, charge) != sentence


def _without(sentence: str, charge: str) -> str:
    """The sentence without the charge's name: it states a conclusion, not the act."""
    return sentence.replace(charge, "").replace(charge.removesuffix("罪"), "")


def _tells_act(sentence: str, charge: str, names: list[str]) -> bool:
    """Whether the words before the conviction say more than who and the charge's own words."""
    found = _CONVICTS.search(sentence)
    words = sentence[: found.start()] if found else sentence
    claim = _CLAIMS.search(words)
    words = words[: claim.start()] if claim else words
    for name in names:
        words = words.replace(name, "")
    plain = _FORMULA.sub("", words)
    return len([c for c in plain if c not in charge]) >= _OWN


def _tells_element(sentence: str, charge: str) -> bool:
    """Whether a sentence that weighs the case names an element, beside the charge's name."""
    if _CLAIMS.search(sentence) and "罪" in sentence:
        return False
    words = _without(sentence, charge)
    return any(e.told(words) for e in crime_elements.of(charge, "reasoning"))
