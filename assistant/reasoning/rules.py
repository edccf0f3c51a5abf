"""What rules can say of an argument: answered how, in which sentence, and whether that is sure.

Sure means: the court names the argument's subject and says whether it follows it, or takes a
stand on the circumstance itself, or has no sentence left that could be about it. The rest is
for the model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.reasoning.candidates import select
from ingestion.answers.responses import Response
from ingestion.answers.wording import WORDS_OF_FORM, closeness, pairs
from ingestion.model import Span
from knowledge_base.topics import Topic, raised_in

Answered = Literal["adopted", "refused_with_reason", "refused_without_reason", "ignored"]

_NAMED = 0.5  # share of an argument's character pairs that make it the subject of a response
_CONTRADICTS = re.compile(
    r"不(?!足|法|致|良|大|再)|并非|未(?!造成|成年|得逞|遂|满)|没有(?!重大|再|社会)|足以(?:推定|认定|证明)"
)
_REPEATED = 0.5  # share of a clause that makes it the argument said again
_REASON_LENGTH = 9  # characters beside argument and formula that make a reason
_FORMULA = re.compile(
    r"(?:与|同)(?:本案)?(?:查明|查证|审理查明|庭审查明)?的?(?:本案)?(?:查明|查证)?的?(?:案件)?事实(?:和|及|与)?(?:相关)?(?:证据|法律)?(?:规定)?(?:不符|相悖|不一致)"
    r"|(?:缺乏|没有|无|于)?(?:事实)?(?:和|及|与)?(?:法律)?(?:依据|法)(?:不足|无据)?|理由不(?:成立|充分|足)|不能?成立|(?:不予|不)(?:采纳|采信|支持)"
    r"|经查|本院|对此|故|因此|均|亦|也|但|该|此|上述|相应|相关|其他|其余"
)
_RETELLS = re.compile(r"辩护人|辩称|辩解|(?:辩护|上诉)(?:意见|理由)")
_BROAD = frozenset({"innocence", "evidence", "quantity", "mild"})
_RESTATES = re.compile(r"(?:意见|辩解|理由|观点|辩称|异议)[”\"]?$|^(?:关于|对于?|针对)")


@dataclass(frozen=True)
class Decision:
    """`span` is the sentence that shows it, None where nothing answers."""

    answered: Answered
    span: Span | None
    sure: bool


def has_reason(response: Response, argument: str) -> bool:
    """Whether a refusal says more than the argument again and a formula."""
    wanted = pairs(argument)
    rest = []
    for clause in re.split(r"[，,。；：:]", response.text):
        own = pairs(clause)
        repeated = len(own & wanted) / len(own) if own else 1.0
        if repeated < _REPEATED and not _RESTATES.search(clause):
            rest.append(WORDS_OF_FORM.sub("", _FORMULA.sub("", clause)))
    return len("".join(rest)) > _REASON_LENGTH


def decide(argument: str, sentences: list[Span], responses: list[Response]) -> Decision:
    """What the court made of the argument, by rules alone; see the module's words on `sure`."""
    topics = raised_in(argument)
    specific = [t for t in topics if t.key != "leniency"] or topics
    named, sure = _naming(argument, specific, responses)
    if named is not None:
        return _as_answered(named, argument, sure)
    stand = _stand(specific, sentences)
    if stand is not None:
        return stand
    general = next((r for r in responses if r.general == "all"), None)
    if general is not None:
        if general.polarity == "adopts":
            return Decision("adopted", general.decisive, False)
        return Decision("refused_without_reason", general.decisive, True)
    return Decision("ignored", None, not select(argument, sentences, responses))


def _as_answered(response: Response, argument: str, sure: bool) -> Decision:
    if response.polarity == "adopts":
        return Decision("adopted", response.decisive, sure)
    if has_reason(response, argument):
        return Decision("refused_with_reason", response.decisive, sure)
    return Decision("refused_without_reason", response.decisive, sure)


def stance(argument: str, sentence: Span, responses: list[Response]) -> Answered:
    """How a sentence that answers the argument answers it: its words decide, not the model."""
    for response in responses:
        if sentence in response.sentences:
            return _as_answered(response, argument, False).answered
    return "refused_with_reason" if _CONTRADICTS.search(sentence.quote) else "adopted"


def _naming(
    argument: str, topics: list[Topic], responses: list[Response]
) -> tuple[Response | None, bool]:
    """The response whose words name the argument: by its own words, else by its topic.

    Broad topics (that it is no crime, that evidence is bad) do not make a response sure.
    """
    specific = [r for r in responses if not r.general]
    best = max(specific, key=lambda r: closeness(argument, r.text), default=None)
    if best is not None and closeness(argument, best.text) >= _NAMED:
        return best, True
    main = [t for t in topics if t.kind == topics[0].kind]
    for topic in main:
        for response in specific:
            if topic.raised.search(response.text):
                return response, topic.key not in _BROAD
    return None, False


def _stand(topics: list[Topic], sentences: list[Span]) -> Decision | None:
    """The court denies or affirms the circumstance itself, without naming the defence."""
    for topic in topics:
        if topic.key in _BROAD:
            continue
        for sentence in sentences:
            if topic.denied.search(sentence.quote):
                return Decision("refused_with_reason", sentence, topic.kind == "circumstance")
        for sentence in sentences:
            if topic.affirmed.search(sentence.quote) and not _RETELLS.search(sentence.quote):
                return Decision("adopted", sentence, topic.kind != "dispute")
    return None
