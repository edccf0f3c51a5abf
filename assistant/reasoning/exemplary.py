"""Passages worth learning from: where a court reasons a hard point with evidence or law."""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict

from assistant.reasoning.items import Item
from ingestion.answers.responses import Response
from ingestion.model import CaseDocument, Span

_BEST = frozenset({"refused_with_reason", "resolved", "explained"})
_EVIDENCE = re.compile(
    r"证言|陈述|供述|笔录|鉴定|监控|录像|记录|书证|物证|截图|认定书|相互印证|在案证据"
)
_LAW = re.compile(
    r"《[^》]{3,40}》|第[零一二三四五六七八九十百\d]+条|司法解释|法律规定|根据[^，。；]{0,20}规定"
)
_CONCRETE = re.compile(r"\d|经查|证实|证明|系|因|鉴于")
_LEAST, _LONGEST, _MOST = 60, 1200, 3


class Passage(BaseModel):
    """The court's own words, the point they answer, and why they are held up."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    point: str
    span: Span
    why: tuple[str, ...]


def passages(doc: CaseDocument, items: list[Item], responses: list[Response]) -> list[Passage]:
    """At most three, the most fully reasoned first: argument points, disputes, changed charges."""
    found: dict[tuple[int, int], Passage] = {}
    for item in items:
        if item.kind not in ("argument", "dispute", "change") or item.verdict not in _BEST:
            continue
        if item.answer is None:
            continue
        span = _whole(doc, item.answer, responses)
        why = _why(span.quote)
        if _LEAST <= len(span.quote) <= _LONGEST and len(why) >= 2:
            found.setdefault(
                (span.start, span.end),
                Passage(kind=item.kind, point=item.text, span=span, why=tuple(why)),
            )
    ranked = sorted(found.values(), key=lambda p: (len(p.why), len(p.span.quote)), reverse=True)
    return ranked[:_MOST]


def _whole(doc: CaseDocument, answer: Span, responses: list[Response]) -> Span:
    """From where the court takes the point up to where it decides it."""
    for response in responses:
        if answer in response.sentences:
            return doc.span(response.sentences[0].start, response.sentences[-1].end)
    return answer


def _why(words: str) -> list[str]:
    reasons = []
    if _EVIDENCE.search(words):
        reasons.append("结合证据")
    if _LAW.search(words):
        reasons.append("引用法律依据")
    if len(_CONCRETE.findall(words)) >= 3:
        reasons.append("联系本案具体事实")
    return reasons
