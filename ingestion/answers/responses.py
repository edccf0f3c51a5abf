"""Where a court answers the defence: stretches of sentences that end in 采纳 or 不予采纳."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ingestion.answers.wording import pairs
from ingestion.model import Span
from knowledge_base.topics import raised_in

Polarity = Literal["adopts", "refuses"]

_DEFENCE = re.compile(
    r"辩护|辩解|辩称|上诉(?:人|理由|意见)|(?:该|此|上述|其他|其余)(?:点|节|项)?(?:意见|观点|理由)|的意见"
)
_PROSECUTION_ONLY = re.compile(r"(?:公诉机关|检察院|公诉意见|量刑建议|量刑意见|指控)")
_REFUSES = re.compile(
    r"不(?:予|能|应|足)?(?:采纳|采信|支持)|不予以(?:采纳|采信|支持)|(?:意见|理由|观点|辩解|辩称)[^，。；]{0,8}(?:不能?成立|不足采信)"
    r"|理由不(?:充分|足)|不能成为|不能?以[^，。；]{1,6}论|不属于[^，。；]{0,16}理由"
)
_ADOPTS = re.compile(
    r"(?<!不)(?<!不能)(?:予以|可予|酌予|可以|酌情予以|应予|亦予以?|也予以)(?:采纳|采信|支持|考虑|认可)"
    r"|予以支持采纳|(?:意见|理由|观点|辩解)[^，。；不]{0,8}(?:成立|有理|属实)|^可以?酌情(?:予以)?考虑"
)
_OPENS = re.compile(
    r"^\s*(?:(?:关于|对于?|针对|至于|对)[^。；]{0,260}(?:意见|辩解|理由|异议|辩称|提出)"
    r"|[^，。；]{0,20}辩护人[^，。；]{0,12}(?:提出|所提|认为|关于|辩称|辩护称)(?!的?(?:上述|该|此|前述))"
    r"|(?:被告人|上诉人)[^，。；]{0,8}(?:辩称|辩解))"
)
_AGREES = re.compile(r"[无没不未][^，。；]{0,4}异议")
_LOOKS_BACK = re.compile(
    r"^(?:故|因此|据此)(?!意)|上述|前述|以上|[该此](?:点|项|节|条)?(?:辩|意见|理由|观点|请求)"
)
_REST = re.compile(r"其他|其余|其它")
_SOME = re.compile(r"相关|相应|部分|合理|正确|据此|与此相同")
_POINT = re.compile(r"意见|理由|辩解|观点")
# 相符的采信，相悖的不采信 says of no point which it is.
_EVADES = re.compile(r"相符的[^。]{0,20}(?:相悖|不符|不一致)的")
_LONGEST = 14  # sentences from 关于…的意见 to its 采纳
_GENERAL_PAIRS = 6  # character pairs beside words of form; more say what is answered
_OF_WHOM = re.compile(r"^(?:被告人|上诉人)[^，。；]{1,4}?(?:的|及其?)(?:指定|委托)?(?=辩护人)")
_SAME_AS_FOUND = re.compile(r"以上述(?:理由)?为由")
_MATCHES_FACTS = re.compile(
    r"(?:与|和)[^，。；]{0,24}(?:相符|一致)|经查属实|合法有据|有理|成立|的|不?予以?采[纳信]|部分|基本正确"
)
# A stretch that takes up a point and refuses it without the word 采纳.
_WEIGHED = re.compile(r"经查|经审[理查]|本院认为")
_DENIES = re.compile(r"不(?:宜|具有|能认定|构成|属于?|符合|具备)|并非|没有(?:事实|法律)")


@dataclass(frozen=True)
class Response:
    """Consecutive sentences of the court that take a stand on something the defence said.

    `general` means it names no subject: "all" answers everything not answered otherwise,
    "some" (相关意见) only what the court has itself affirmed.
    """

    sentences: tuple[Span, ...]
    polarity: Polarity
    general: Literal["all", "some"] | None

    @property
    def text(self) -> str:
        return "".join(s.quote for s in self.sentences)

    @property
    def decisive(self) -> Span:
        return self.sentences[-1]


def polarity(sentence: str) -> Polarity | None:
    """What a sentence that speaks of the defence decides; None where it decides nothing."""
    if _EVADES.search(sentence):
        return None
    clauses = re.split(r"[，,]", sentence)
    for index in range(len(clauses) - 1, -1, -1):
        clause = "，".join(clauses[max(index - 1, 0) : index + 1])
        if _REFUSES.search(clauses[index]):
            return "refuses"
        if _ADOPTS.search(clauses[index]):
            if _PROSECUTION_ONLY.search(clause) and not _DEFENCE.search(clause):
                continue
            return "adopts"
    return None


def find(sentences: list[Span]) -> list[Response]:
    """All responses among the court's sentences, in order."""
    found: list[Response] = []
    opened = took_up = -_LONGEST
    for index, sentence in enumerate(sentences):
        quote = sentence.quote
        if _OPENS.search(quote) and _DEFENCE.search(quote) and not _AGREES.search(quote[:60]):
            told = took_up == index - 1 and not _WEIGHED.search(sentences[took_up].quote)
            opened = opened if told else index
            took_up = index
        decided = polarity(quote)
        if decided is None and took_up == index and _weighed_and_denied(quote):
            decided = "refuses"
        within = index - opened < _LONGEST
        of_defence = bool(_DEFENCE.search(quote))
        if decided is None or not (of_defence or (within and not _PROSECUTION_ONLY.search(quote))):
            continue
        start = opened if within else index
        if not within and _LOOKS_BACK.search(quote) and not _is_general(quote) and index > 0:
            start = index - 1
        answered = tuple(sentences[start : index + 1])
        found.append(Response(answered, decided, _general(_head(answered))))
        opened = took_up = -_LONGEST
    return found


def _head(sentences: tuple[Span, ...]) -> str:
    """What tells the subject: of several sentences the first up to 意见, else the decision."""
    if len(sentences) == 1:
        return sentences[0].quote
    first = sentences[0].quote
    point = _POINT.search(first)
    return first[: point.end()] if point else first


def only_tells(sentence: str) -> bool:
    """Whether the sentence takes no stand and weighs nothing."""
    return polarity(sentence) is None and not _WEIGHED.search(sentence)


def _weighed_and_denied(quote: str) -> bool:
    parts = _WEIGHED.split(quote, maxsplit=1)
    return len(parts) == 2 and bool(_DENIES.search(parts[1]))


def _is_general(quote: str) -> bool:
    """Whether a decision names no subject (辩护人的相关辩护意见，予以采纳)."""
    if _SAME_AS_FOUND.search(quote):
        return True
    plain = _MATCHES_FACTS.sub("", _SOME.sub("", _REST.sub("", _OF_WHOM.sub("", quote))))
    named = any(t.key != "leniency" for t in raised_in(quote))
    return not named and bool(_POINT.search(quote)) and len(pairs(plain)) <= _GENERAL_PAIRS


def _general(quote: str) -> Literal["all", "some"] | None:
    if not _is_general(quote):
        return None
    return "some" if _SOME.search(quote) and not _REST.search(quote) else "all"


def decides_on_defence(sentence: str) -> bool:
    """Whether one sentence alone speaks of the defence and takes a stand."""
    return bool(_DEFENCE.search(sentence)) and polarity(sentence) is not None
