"""Similar cases of the office's bank: found, compared, counted. What `assistant similar` does."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assistant.checks.standing import Standing
from assistant.findings import Finding
from assistant.settings import Settings
from assistant.similar import deviation, difference, distribution, table
from assistant.similar.office import embedder, open_bank
from assistant.similar.query import Query
from assistant.similar.weighing import heaviest
from knowledge_base import case_ranking
from knowledge_base.casebank import Bank, Filters, StoredCase
from knowledge_base.embedding import Embedder, EmbedderMissing
from knowledge_base.retrieval.candidates import query_vector
from knowledge_base.retrieval.cross import Reranker
from knowledge_base.retrieval.search import Found, Similar, candidates, ordered, search
from knowledge_base.vectors import Vector

K = 5
AS_SHIPPED = Standing()
_MORE = 5  # looked for beside the k: the case itself may be among them
_DEPTH = 400


def look_up(
    bank: Bank,
    query: Query,
    k: int = K,
    filters: Filters | None = None,
    reranker: Reranker | None = None,
    standing: Standing = AS_SHIPPED,
) -> tuple[dict[str, Any], list[Finding]]:
    """The k most similar cases with reasons, comparison and distribution; and what is far off.

    The case itself is left out, also where the query is another of its documents. `reranker`
    reads the first cases again; `standing` is that of the check `office.CODE` in this office.
    Raises VectorError.
    """
    vector = query_vector(bank, query.case)
    found = search(bank, query.case, k + _MORE, filters, vector=vector, reranker=reranker)
    known = [one for one in found.found if not query.is_of(one.case)]
    shown = known[:k]
    charge, inferred = _charge(query.case, found)
    like = _like(bank, query, vector, charge, filters) if charge else []
    spread = distribution.of(query.case, like, charge) if charge else None
    told: dict[str, Any] = {
        "bank": {"cases": bank.size, "model": bank.model},
        "query": _query(query, charge, inferred),
        "notes": [*found.notes, *_notes(query, found, shown, known, charge)],
        "cases": [_case(rank, one, query.case, charge) for rank, one in enumerate(shown, 1)],
        "table": table.compare(query.case, [one.case for one in shown], charge),
        "distribution": spread.to_json() if spread else None,
    }
    if query.documents is None or spread is None:
        return told, []
    return told, deviation.findings(query.documents, spread, standing)


def opened(settings: Settings, folder: Path | None = None) -> Bank:
    """The bank, with its embedder where it has vectors and the embedder is here."""
    with open_bank(settings, folder) as bank:
        needed = bank.model is not None
    return open_bank(settings, folder, model=_embedder(settings) if needed else None)


def _embedder(settings: Settings) -> Embedder | None:
    try:
        return embedder(settings)
    except EmbedderMissing:
        return None


def _charge(query: StoredCase, found: Similar) -> tuple[str | None, bool]:
    """The charge that cases are compared by; whether the facts alone told it."""
    sentence = heaviest(query)
    if sentence is not None and sentence.charge is not None:
        return sentence.charge, False
    if query.charges:
        return query.charges[0], False
    return next(iter(found.charges), None), True


def _like(
    bank: Bank, query: Query, vector: Vector | None, charge: str, filters: Filters | None
) -> list[StoredCase]:
    """Cases of the charge, the most similar first."""
    wanted = (filters or Filters()).model_copy(update={"charges": (charge,)})
    found, _, _ = candidates(bank, query.case, vector, _DEPTH, wanted)
    ranked = ordered(found, case_ranking.shipped())
    return [one.case for _, one in ranked if not query.is_of(one.case)]


def _query(query: Query, charge: str | None, inferred: bool) -> dict[str, Any]:
    case = query.case
    return {
        "source": case.source,
        "number": case.number,
        "charges": list(case.charges),
        "compared_by": charge,
        "charge_inferred": inferred,
        "tier": case.tiers.get(charge) if charge else None,
        "circumstances": list(case.circumstances),
        "amount_fen": case.amount_fen,
    }


def _case(rank: int, one: Found, query: StoredCase, charge: str | None) -> dict[str, Any]:
    case = one.case
    sentence = heaviest(case, charge) or heaviest(case)
    return {
        "rank": rank,
        "id": case.id,
        "number": case.number,
        "source": case.source,
        "title": case.number or case.source,
        "court": case.court,
        "year": case.year,
        "charges": list(case.charges),
        "score": round(one.score, 4),
        "sentence": table.sentence_text(sentence) if sentence else None,
        "persons": case.persons,
        "reason": one.reason,
        "difference": difference.explain(query, case, charge) if charge else "",
    }


def _notes(
    query: Query,
    found: Similar,
    shown: Iterable[Found],
    known: Iterable[Found],
    charge: str | None,
) -> list[str]:
    notes = [
        "类案来自本单位案例库，只供参照，相似不等于应当同判；各地数额标准可能不同；引文中的姓名以“某”代替。"
    ]
    if not list(shown):
        notes.append("案例库中没有找到相似案例，不等于没有先例。")
    if len(list(known)) < len(found.found):
        notes.append("案例库中有本案自己的判决，已排除。")
    if not query.case.charges and charge:
        notes.append(f"文书没有写明罪名，按案情推断为{charge}。")
    if query.case.persons > 1:
        notes.append("共同犯罪案件的情节按全案合计，刑期取该罪名最重的一人。")
    return notes
