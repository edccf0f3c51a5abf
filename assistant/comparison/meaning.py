"""The second signal for facts told in other words: nearness of meaning, by the embedder.

Asked only where rules left tellings without counterpart on both sides: loading the embedder
takes seconds that most comparisons need not pay.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.comparison.telling import judge
from assistant.settings import load
from knowledge_base.embedding import Embedder, EmbedderMissing

SAME_ACT = 0.95
"""Least cosine of two tellings of one act, chosen on the tuned half of the labelled pairs."""
_LONGEST = 400
"""Characters: the model takes no more, and an act is told at its beginning."""


class Meaning:
    """Pairs tellings by meaning. `missing` says (Chinese) why rules had to do alone, if so."""

    def __init__(self) -> None:
        self.missing = ""
        self._embedder: Embedder | None = None

    def _ready(self) -> Embedder | None:
        if self._embedder is None and not self.missing:
            # The bank's libraries come with it, and most comparisons never ask.
            from assistant.similar import office

            try:
                self._embedder = office.embedder(load())
            except EmbedderMissing as error:
                self.missing = f"未用向量模型，只按规则对应各起事实：{error}"
        return self._embedder

    def pairs(self, one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
        """Positions of tellings that mean one act, each used once, the nearest first.

        Two that rules surely hold for different acts (other dates, other sums) are none,
        however near: thefts of one series are told alike.
        """
        embedder = self._ready() if one and other else None
        if embedder is None:
            return {}
        vectors = embedder.passages([text[:_LONGEST] for text in (*one, *other)])
        near = vectors[: len(one)] @ vectors[len(one) :].T
        ranked = sorted(
            ((float(near[i, j]), i, j) for i in range(len(one)) for j in range(len(other))),
            reverse=True,
        )
        found: dict[int, int] = {}
        for score, i, j in ranked:
            if score < SAME_ACT:
                break
            if i in found or j in found.values():
                continue
            judged = judge(one[i], other[j])
            if not (judged.relation == "missing" and judged.sure):
                found[i] = j
        return found
