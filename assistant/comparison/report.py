"""The comparison of a case's documents, two by two, as the result's key `differences`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from assistant.casefile import ROLE_NAMES, CaseFile
from assistant.comparison.apart import elsewhere, withdrawn_counts
from assistant.comparison.counts import AlignedCount, aligned
from assistant.comparison.inconsistency import Inconsistency, inconsistencies
from assistant.comparison.meaning import Meaning
from assistant.comparison.passages import Passage
from assistant.comparison.persons import Compared, compared
from assistant.comparison.telling import Relation
from ingestion.model import CaseDocument, FactCount, Role, Span

ORDER: tuple[Role, ...] = ("opinion", "plea", "indictment", "recommendation", "judgment")
RELATION_NAMES: dict[Relation, str] = {
    "same": "一致",
    "reworded": "表述不同",
    "narrower": "后者较窄",
    "wider": "后者较宽",
    "contradictory": "不一致",
    "missing": "缺",
}


def _span(span: Span) -> dict[str, Any]:
    return span.model_dump(mode="json")


def _count(count: FactCount | None) -> dict[str, Any] | None:
    return None if count is None else {"number": count.number, "span": _span(count.span)}


def _aligned(row: AlignedCount, gone: dict[int, Span]) -> dict[str, Any]:
    withdrawn = gone.get(row.one.number) if row.one and row.other is None else None
    return {
        "first": _count(row.one),
        "second": _count(row.other),
        "relation": row.relation,
        "relation_name": RELATION_NAMES[row.relation],
        "withdrawn": None if withdrawn is None else _span(withdrawn),
        "values": [{"first": _span(a), "second": _span(b)} for a, b in row.differences],
        "sure": row.sure,
        "paired_by": row.paired_by,
        "passages": [_passage(p) for p in row.passages],
    }


def _passage(row: Passage) -> dict[str, Any]:
    return {
        "first": None if row.one is None else _span(row.one),
        "second": None if row.other is None else _span(row.other),
        "relation": row.relation,
        "relation_name": RELATION_NAMES[row.relation],
        "sure": row.sure,
    }


def _compared(row: Compared) -> dict[str, Any]:
    return {
        "person": row.person,
        "matter": row.matter,
        "first": list(row.first),
        "second": list(row.second),
        "relation": row.relation,
        "relation_name": RELATION_NAMES[row.relation],
        "spans": [_span(s) for s in row.spans],
    }


def _documents(case: CaseFile) -> list[CaseDocument]:
    return [doc for role in ORDER if (doc := case.get(role)) is not None]


def _gone(case: CaseFile) -> dict[int, Span]:
    """Counts withdrawn, by the judgment or by the paper that changed the indictment."""
    found: dict[int, Span] = {}
    for role in ("indictment_change", "judgment"):
        document = case.get(role)
        if document is not None:
            found = {**withdrawn_counts(document), **found}
    return found


def _pairs(case: CaseFile, meaning: Meaning) -> Iterator[dict[str, Any]]:
    gone = _gone(case)
    for one, other in combinations(_documents(case), 2):
        yield {
            "first": one.role,
            "second": other.role,
            "names": [ROLE_NAMES[one.role or "indictment"], ROLE_NAMES[other.role or "judgment"]],
            "counts": [_aligned(row, gone) for row in aligned(one, other, meaning)],
            "persons": [_compared(row) for row in compared(one, other)],
        }


def _inconsistency(row: Inconsistency) -> dict[str, Any]:
    return {
        "type": row.type,
        "code": row.code,
        "person": row.person,
        "message": row.message,
        "explained": row.explained,
        "spans": [_span(s) for s in row.spans],
    }


def _evaluation(rows: list[Inconsistency]) -> list[dict[str, Any]]:
    """The evaluations that become due, each once, with the types that make it so."""
    due: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        entry = due.setdefault(
            (row.trigger, row.due),
            {"trigger": row.trigger, "name": row.due, "types": [], "verified": row.verified},
        )
        if row.type not in entry["types"]:
            entry["types"].append(row.type)
    return list(due.values())


def differences(case: CaseFile) -> dict[str, Any] | None:
    """Documents held against each other two by two; 诉判不一 with the evaluation due.

    None for a case of a single document that is neither a judgment nor a ruling. Roles of
    `first` and `second` are in the order of the procedure; `relation` is said of the second.
    `note` says where facts could be paired by rules only, though the embedder was needed.
    """
    documents = _documents(case)
    if len(documents) < 2 and case.judgment is None and case.get("ruling") is None:
        return None
    found = inconsistencies(case)
    meaning = Meaning()
    return {
        "pairs": list(_pairs(case, meaning)),
        "note": meaning.missing,
        "elsewhere": [
            {"role": doc.role, "name": row.name, "how": row.how, "span": _span(row.span)}
            for doc in documents
            for row in elsewhere(doc)
        ],
        "inconsistency": [_inconsistency(row) for row in found],
        "evaluation": _evaluation(found),
    }
