"""Disputed facts, evidence and charges: whether the court settles the dispute, by evidence."""

from __future__ import annotations

import re

from assistant.reasoning.items import Item, Verdict
from knowledge_base.topics import raised_in

# Topics of knowledge_base/tables/topics.yaml that contest the accusation itself.
_CONTESTED = frozenset({"innocence", "evidence", "quantity"})
_DENIES = re.compile(
    r"没有(?:实施|参与|拿|打|动手|使用|盗|骗|卖|收)|(?:并)?未(?:实施|参与|使用|动手|盗|骗)"
)
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


def assess(arguments: list[Item]) -> list[Item]:
    """One item for a judgment with such a dispute: as good as its worst-settled point."""
    points = [(_settled(a), a) for a in arguments if contests(a.text)]
    if not points:
        return []
    verdict, worst = min(points, key=lambda point: _WORST.index(point[0]))
    return [
        worst.model_copy(
            update={"kind": "dispute", "verdict": verdict, "text": worst.text, "by": worst.by}
        )
    ]


def _settled(argument: Item) -> Verdict:
    if argument.verdict in _RESOLVED:
        return "resolved"
    if argument.verdict == "refused_without_reason":
        return "asserted"
    return "ignored" if argument.verdict == "ignored" else "open"
