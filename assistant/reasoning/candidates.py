"""Which of the court's sentences could answer an argument: what the model gets to read.

The model is small and slow: a conviction formula or a sentence about another circumstance
only misleads it, so code takes them out first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingestion.answers.responses import Response, decides_on_defence
from ingestion.answers.wording import closeness
from ingestion.model import Span
from knowledge_base.topics import raised_in, table

MOST = 4
LONGEST = 130  # characters of one sentence as shown to the model

_FORMULA = re.compile(
    r"行为(?:均|已|都|分别|确)*(?:触犯|构成)|构成[^，。；]{1,20}罪[，。；]?$|罪名(?:均)?成立|指控[^，。；]{0,30}(?:成立|清楚)"
    r"|量刑(?:建议|意见)|^(?:综上|综合|结合|据此|为了?|依照|根据被告人)[^。]*[，。]$|本院认为[，：]?$|判决如下"
    r"|(?:上述|该份?|以上)[^，。]{0,8}(?:证据|事实)|证据[^。]{0,20}采信|^本院认为，(?:被告人|上诉人)[^。]{0,30}(?:以非法占有|违反|无视|明知|持|向|为)"
)
_WEIGHS = re.compile(r"辩|意见|经查|异议")
_OWN_WORDS = 0.3  # share of the argument's character pairs that keep a sentence in any case
_SAME = 0.1
_NAMED = 0.5


def _formula(sentence: str) -> bool:
    return bool(_FORMULA.search(sentence)) and not _WEIGHS.search(sentence)


def _about_another(argument: str, sentence: str) -> bool:
    """The sentence takes a stand on circumstances, none of them the argument's."""
    raised = {t.key for t in raised_in(argument)}
    stands = {
        t.key
        for t in table().values()
        if t.kind == "circumstance" and (t.affirmed.search(sentence) or t.denied.search(sentence))
    }
    return bool(stands) and not stands & raised and closeness(argument, sentence) < _SAME


def answers_another(argument: str, others: Sequence[str], response: Response) -> bool:
    """Whether the response names another point of the defence, and not this one."""
    topics = {t.key for t in raised_in(argument)} - {"leniency"}
    shared = topics & {t.key for t in raised_in(response.text)}
    return (
        not shared
        and closeness(argument, response.text) < _OWN_WORDS
        and any(closeness(other, response.text) >= _NAMED for other in others)
    )


def select(argument: str, sentences: list[Span], responses: list[Response]) -> list[Span]:
    """At most `MOST` sentences in the order of the text; empty: nothing there could answer."""
    taken = {
        s
        for r in responses
        for s in r.sentences
        if r.general or closeness(argument, r.text) < _SAME
    }
    topics = [t for t in raised_in(argument) if t.key != "leniency"]
    scored: list[tuple[float, Span]] = []
    for sentence in sentences:
        quote = sentence.quote
        near = closeness(argument, quote)
        if near < _OWN_WORDS and (_formula(quote) or _about_another(argument, quote)):
            continue
        if len(quote) < 6 or (sentence in taken and near < _OWN_WORDS):
            continue
        on_topic = any(t.raised.search(quote) or t.affirmed.search(quote) for t in topics)
        scored.append((near + 0.4 * on_topic + 0.2 * decides_on_defence(quote), sentence))
    best = sorted(scored, key=lambda pair: pair[0], reverse=True)[:MOST]
    return sorted((s for _, s in best), key=lambda s: s.start)


def shown(sentence: Span) -> str:
    """The sentence for the model: a long one loses its middle, never its decision."""
    quote = sentence.quote
    if len(quote) <= LONGEST:
        return quote
    head = LONGEST * 2 // 5
    return f"{quote[:head]}……{quote[-(LONGEST - head) :]}"
