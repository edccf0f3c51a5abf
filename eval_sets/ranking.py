"""Measures of a ranking against graded labels, as LeCaRD counts them.

NDCG has linear gain and looks at the judged documents alone; precision, average precision and
recall look at every document, and those without a label count as irrelevant.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from eval_sets.metrics import share

RELEVANT = 2
"""The least label that makes a document relevant."""
MEASURES = ("ndcg@10", "ndcg@20", "ndcg@30", "map", "p@5", "p@10", "recall@100")


def _discounted(labels: Sequence[int]) -> float:
    return sum(label / math.log2(place + 1) for place, label in enumerate(labels, 1))


def ndcg(ranking: Sequence[str], labels: Mapping[str, int], cut: int) -> float:
    """NDCG at `cut` of the judged documents in the order in which they are ranked.

    >>> ndcg(["a", "unjudged", "b"], {"a": 3, "b": 1}, 10)
    1.0
    """
    judged = [labels[document] for document in ranking if document in labels][:cut]
    best = sorted(labels.values(), reverse=True)[:cut]
    return share(_discounted(judged), _discounted(best))


def _hits(ranking: Sequence[str], labels: Mapping[str, int]) -> list[bool]:
    return [labels.get(document, 0) >= RELEVANT for document in ranking]


def precision(ranking: Sequence[str], labels: Mapping[str, int], cut: int) -> float:
    return sum(_hits(ranking[:cut], labels)) / cut


def recall(ranking: Sequence[str], labels: Mapping[str, int], cut: int) -> float:
    relevant = sum(label >= RELEVANT for label in labels.values())
    return share(sum(_hits(ranking[:cut], labels)), relevant)


def average_precision(ranking: Sequence[str], labels: Mapping[str, int]) -> float:
    """Mean of the precision at each relevant document; 0 for one that is not ranked."""
    found, total = 0, 0.0
    for place, hit in enumerate(_hits(ranking, labels), 1):
        if hit:
            found += 1
            total += found / place
    return share(total, sum(label >= RELEVANT for label in labels.values()))


def measures(ranking: Sequence[str], labels: Mapping[str, int]) -> dict[str, float]:
    """All `MEASURES` of one query; `ranking` holds every document once, the best first."""
    return {
        **{f"ndcg@{cut}": ndcg(ranking, labels, cut) for cut in (10, 20, 30)},
        "map": average_precision(ranking, labels),
        "p@5": precision(ranking, labels, 5),
        "p@10": precision(ranking, labels, 10),
        "recall@100": recall(ranking, labels, 100),
    }
