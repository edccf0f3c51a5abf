"""Disputed facts, evidence and charges: whether the court settles the dispute, by evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reasoning.items import Item, Verdict
from ingestion.answers.responses import Response
from knowledge_base.topics import raised_in

# Topics of knowledge_base/tables/topics.yaml that contest the accusation itself.
_CONTESTED = frozenset({"innocence", "evidence", "quantity"})
_ACT = (
    r"(?:实施|参与|使用|动手|携?带|持|拿|打|殴|推|踢|砍|刺|捅|威胁|强迫|指使|预谋"
    r"|盗|偷|抢|骗|卖|贩|收|索要|占有|侵吞|挪用)"
)
_DENIES = re.compile(rf"(?:没有?|未)(?:曾|用|对其|主动)?{_ACT}")
_CONTRADICTS = re.compile(
    r"不在(?:现场|场)|不是[^，。；]{0,10}所?(?:直接)?(?:导致|造成|致)|不是(?:其|他|被告人)(?:所为|干的|做的)"
    r"|不属实|与事实不符|(?:认定|指控)[^，。；]{0,12}(?:有误|错误|不当|过高|不准)|法条竞合|一罪|应当?(?:认)?定[^，。；]{0,14}罪"
)
_RESOLVED: frozenset[Verdict] = frozenset({"adopted", "refused_with_reason"})
_WORST: tuple[Verdict, ...] = ("ignored", "asserted", "open", "resolved")


def contests(argument: str) -> bool:
    """Whether a point of the defence contests fact, evidence, sum or charge."""
    topics = raised_in(argument)
    if {t.key for t in topics} & _CONTESTED or _CONTRADICTS.search(argument):
        return True
    # 未参与分赃，系从犯 asks for a circumstance and denies nothing.
    weighs = any(t.kind == "circumstance" for t in topics)
    return not weighs and bool(_DENIES.search(argument))


def assess(arguments: list[Item], responses: Sequence[Response]) -> list[Item]:
    """One item for a judgment with such a dispute: as good as its worst-settled point."""
    points = [(_settled(a, responses), a) for a in arguments if contests(a.text)]
    if not points:
        return []
    verdict, worst = min(points, key=lambda point: _WORST.index(point[0]))
    return [
        worst.model_copy(
            update={"kind": "dispute", "verdict": verdict, "text": worst.text, "by": worst.by}
        )
    ]


def _settled(argument: Item, responses: Sequence[Response]) -> Verdict:
    if argument.verdict == "adopted" and _in_general(argument, responses):
        return "asserted"
    if argument.verdict in _RESOLVED:
        return "resolved"
    if argument.verdict == "refused_without_reason":
        return "asserted"
    return "ignored" if argument.verdict == "ignored" else "open"


def _in_general(argument: Item, responses: Sequence[Response]) -> bool:
    """Adopted with others in one breath (其余意见予以采纳): a conclusion on what is contested,
    without a word on why.
    """
    return any(r.general is not None and argument.answer in r.sentences for r in responses)
