"""How well two tellings of a fact are held against each other: rules, embedding, the model.

The pairs are the project's own (`eval_sets/gold/fact_pairs.jsonl`: invented texts, labels
from two passes of one reader); `data` is that file, or any of its form. `held_out` pairs had
no part in choosing the rules' limits and the least cosine. A model's answers are scored
where rows bring them in `model` (`python -m eval_sets.fact_pairs` writes such rows).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.comparison.meaning import SAME_ACT
from assistant.comparison.telling import extent, judge
from assistant.settings import load
from assistant.similar import office
from assistant.versions import versions
from eval_sets.metrics import bootstrap_interval, share
from ingestion.errors import InputError
from knowledge_base.embedding import EmbedderMissing

LABELS = ("consistent", "narrower", "wider", "contradictory", "absent")
_LABEL = {"same": "consistent", "reworded": "consistent", "missing": "absent"}


@dataclass(frozen=True)
class Row:
    """One pair: its label, and what each way says of it; None where that way did not run."""

    label: str
    held_out: bool
    sure: bool
    said: dict[str, str | None]


def _read(data: Path) -> list[dict[str, Any]]:
    try:
        lines = data.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        if rows and all(row["label"] in LABELS and row["first"] and row["second"] for row in rows):
            return rows
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise InputError(f"“{data.name}”不是事实对照评测集（每行须有 first、second、label）。")


def _cosines(rows: Sequence[dict[str, Any]]) -> list[float] | None:
    try:
        embedder = office.embedder(load())
    except EmbedderMissing:
        return None
    one = embedder.passages([row["first"] for row in rows])
    other = embedder.passages([row["second"] for row in rows])
    return [float(cosine) for cosine in (one * other).sum(axis=1)]


def _row(row: dict[str, Any], cosine: float | None) -> Row:
    first, second = row["first"], row["second"]
    judged = judge(first, second)
    by_rules = _LABEL.get(judged.relation, judged.relation)
    said: dict[str, str | None] = {"rules": by_rules, "model": row.get("model")}
    said["embedding"] = said["rules_and_embedding"] = None
    if cosine is not None:
        near = cosine >= SAME_ACT
        said["embedding"] = "consistent" if near else "absent"
        open_pairing = judged.relation == "missing" and not judged.sure
        relation = extent(first, second).relation if open_pairing and near else judged.relation
        said["rules_and_embedding"] = _LABEL.get(relation, relation)
    return Row(row["label"], bool(row.get("held_out")), judged.sure, said)


def _scores(rows: Sequence[Row], way: str) -> dict[str, Any]:
    """Accuracy and F1 of each class of one way, over the pairs it answered."""
    told = [r for r in rows if r.said[way] is not None]
    per_class = {}
    for label in LABELS:
        hits = sum(r.label == label == r.said[way] for r in told)
        given = sum(r.said[way] == label for r in told)
        per_class[label] = share(2 * hits, given + sum(r.label == label for r in told))
    return {
        "n": len(told),
        "accuracy": share(sum(r.label == r.said[way] for r in told), len(told)),
        "macro_f1": share(sum(per_class.values()), len(LABELS)),
        "f1": per_class,
    }


def run(
    data: Path, limit: int | None = None, progress: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """Score every way on the pairs (`limit`: the first ones). Raises InputError."""
    began = time.monotonic()
    pairs = _read(data)[:limit]
    cosines = _cosines(pairs)
    rows = []
    for index, pair in enumerate(pairs):
        rows.append(_row(pair, cosines[index] if cosines else None))
        if progress:
            progress(index + 1, len(pairs))
    ways = [w for w in rows[0].said if any(r.said[w] is not None for r in rows)]
    held = [r for r in rows if r.held_out]
    sure = [r for r in rows if r.sure]
    metrics: dict[str, Any] = {way: _scores(rows, way) for way in ways}
    metrics["held_out"] = {way: _scores(held, way)["accuracy"] for way in ways}
    metrics["sure"] = share(len(sure), len(rows))
    metrics["sure_accuracy"] = share(sum(r.label == r.said["rules"] for r in sure), len(sure))
    return {
        "suite": "fact_pairs",
        "n": len(rows),
        "metrics": metrics,
        "intervals": {
            f"{way}.accuracy": list(
                bootstrap_interval(
                    [r for r in rows if r.said[way] is not None],
                    lambda r, way=way: _scores(r, way)["accuracy"],  # type: ignore[misc]
                )
            )
            for way in ways
        },
        "seconds": round(time.monotonic() - began, 3),
        "versions": versions(),
    }
