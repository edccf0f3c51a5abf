"""诉判不一: its types in a case, whether the judgment explains them, and what becomes due."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.casefile import CaseFile
from assistant.checks.registry import Hit, results
from assistant.reasoning.recommendation import assess
from ingestion.model import CaseDocument, Span
from knowledge_base import inconsistency as table
from knowledge_base.catalogue import entries

_QUOTED = "转述"
"""A difference from what the judgment recites is a slip, not another finding of the court."""
_LEAST = 0.6
_PENALTY = ("刑种", "刑期", "缓刑", "附加刑")
_EXPLAINS = {
    "罪名": re.compile(
        r"罪名[^。；]{0,14}(?:不当|有误|不准|不能?成立|变更|纠正)|定性[^。；]{0,10}(?:不当|有误|不准)|不构成[^。；]{1,14}罪|应(?:当)?(?:以|认定)[^。；]{1,16}罪|更符合|特征"
    ),
    "事实": re.compile(
        r"不予认定|证据不足|不能认定|予以(?:纠正|更正|扣除|核减)|应予(?:扣除|核减|纠正)|经查|存疑|有利于被告人"
    ),
    "数额": re.compile(
        r"不予认定|证据不足|不能认定|予以(?:纠正|更正|扣除|核减)|应予(?:扣除|核减|纠正)|价格|重复计算"
    ),
    "无罪": re.compile(r"证据不足|不构成|不能认定|无罪|不负刑事责任"),
    "免刑": re.compile(r"情节轻微|不需要判处|免予|免除"),
}


@dataclass(frozen=True)
class Inconsistency:
    """One way in which the judgment departs from the prosecution.

    `explained`: whether the judgment gives a reason; None where the question does not arise
    or cannot be told by rules. `trigger` and `due` name the evaluation that becomes due.
    """

    type: str
    code: str
    person: str | None
    message: str
    explained: bool | None
    trigger: str
    due: str
    verified: bool
    spans: tuple[Span, ...]


def _explained(judgment: CaseDocument | None, kind: str, hit: Hit) -> bool | None:
    if judgment is None:
        return None
    if kind in _PENALTY:
        told = [item.verdict for item in assess(judgment)]
        return None if not told else "refused_with_reason" in told
    own = "".join(
        judgment.text[s.span.start : s.span.end]
        for s in judgment.sections_of("evidence", "reasoning")
    )
    if kind in ("情节", "主从"):
        name = (hit.cause or "").partition(":")[0]
        return bool(name) and name in own
    pattern = _EXPLAINS.get(kind)
    return bool(pattern.search(own)) if pattern else None


def inconsistencies(case: CaseFile) -> list[Inconsistency]:
    """Every departure of the court from the prosecution that the checks see, each once."""
    found: dict[tuple[str, str], Inconsistency] = {}
    codes = dict.fromkeys(code for row in table.types() for code in row.codes)
    for code in codes:
        for hit in _hits(code, case):
            message = entries()[code].message.format_map(hit.fields)
            row = table.of(code, hit.fields.get("result") or _about(hit))
            if row is None or _QUOTED in message:
                continue
            found.setdefault(
                (row.type, message),
                Inconsistency(
                    type=row.type,
                    code=code,
                    person=hit.fields.get("name"),
                    message=message,
                    explained=_explained(case.judgment, row.type, hit),
                    trigger=row.trigger,
                    due=row.name,
                    verified=row.verified,
                    spans=hit.evidence,
                ),
            )
    return list(found.values())


def _about(hit: Hit) -> str:
    """What the result is about: the problem it names, and its cause."""
    return f"{hit.fields.get('problem', '')}{hit.cause or ''}"


def _hits(code: str, case: CaseFile) -> Iterator[Hit]:
    entry = entries().get(code)
    if entry is None or not entry.on:
        return
    for view, result in results(code, case):
        court = "judgment" in view.documents or "ruling" in view.documents
        # An indictment that weighs nothing at all does not disagree with a court that does.
        unsure = isinstance(result, Hit) and (result.confidence or 1.0) < _LEAST
        if court and isinstance(result, Hit) and not unsure:
            yield result
