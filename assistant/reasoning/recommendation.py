"""Whether the court says why it does not follow the sentencing recommendation."""

from __future__ import annotations

import re

from assistant.reasoning.items import Item, Verdict
from assistant.sentencing import recommendation_vs_verdict
from ingestion.answers.sentences import split
from ingestion.model import CaseDocument

_OF_IT = re.compile(r"量刑的?(?:建议|意见)|(?:原|该|上述)建议|(?:公诉机关|检察院)[^。；]{0,60}建议")
_REFUSES = re.compile(
    r"不(?:予|能|应)?(?:采纳|支持)|量刑(?:建议|意见)[^，。；]{0,6}(?:不当|偏[轻重]|过[轻重]|畸[轻重])|(?:明显)?不当"
)
_ADOPTS = re.compile(
    r"(?<!不)(?:予以|可予|应予|可以|应当|酌情予以|酌予)(?:采纳|支持)|适当|恰当|得当|并无不当"
)
_WHY = re.compile(
    r"因|鉴于|经查|由于|考虑|根据|主动|退赔|赔偿|谅解|情节|变更|调整|超出|低于|高于|法定刑|累犯|不具有|未签署|反悔"
)
_FORMULA = re.compile(r"量刑(?:建议|意见)|公诉机关|检察院|本院|不当|偏[轻重]|过[轻重]|不予采纳")
_CLAUSE = re.compile(r"[，,；;。]")


def assess(doc: CaseDocument) -> list[Item]:
    """One item for each refusal or acceptance of the recommendation in the reasoning.

    Where the court says nothing of it and the main penalty lies outside it: that it is ignored.
    """
    found: list[Item] = []
    for section in doc.sections_of("reasoning"):
        sentences = list(split(doc, section.span.start, section.span.end))
        for sentence in sentences:
            quote = sentence.quote
            place = _OF_IT.search(quote)
            if place is None or re.search(r"辩护", quote):
                continue
            tail = quote[place.start() :]
            verdict: Verdict
            if _REFUSES.search(tail) and "并无不当" not in tail:
                verdict = "refused_with_reason" if _says_why(quote) else "refused_without_reason"
            elif _ADOPTS.search(tail):
                verdict = "adopted"
            else:
                continue
            found.append(
                Item(
                    kind="recommendation",
                    text="量刑建议",
                    subject=sentence,
                    verdict=verdict,
                    answer=sentence,
                    decided_by="rule",
                )
            )
    return found or _ignored(doc)


def _ignored(doc: CaseDocument) -> list[Item]:
    """The first recommendation that the sentence does not follow, in a reasoning silent on it."""
    reasoning = [s.span for s in doc.sections_of("reasoning")]
    if not reasoning or any(_OF_IT.search(span.quote) for span in reasoning):
        return []
    for person in doc.defendants:
        if len(person.sentences) != 1:
            continue
        for told in person.recommendations:
            compared = recommendation_vs_verdict(told, person.sentences[0])
            if told.speaker == "prosecution" and compared.main == "not_adopted":
                return [
                    Item(
                        kind="recommendation",
                        text="量刑建议",
                        subject=told.span,
                        verdict="ignored",
                        answer=person.sentences[0].span,
                        decided_by="rule",
                    )
                ]
    return []


def _says_why(sentence: str) -> bool:
    """A clause with a ground in it, beside the bare judgement that it is too much or too little."""
    return any(
        _WHY.search(clause) and len(_FORMULA.sub("", clause)) > 5
        for clause in _CLAUSE.split(sentence)
    )
