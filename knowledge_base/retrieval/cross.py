"""Reading the first cases again, pair by pair: an optional cross-encoder.

Any sentence-transformers directory of one will do; none is shipped. It sees the query's facts
beside the passage that was nearest.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from knowledge_base.casebank import StoredCase

if TYPE_CHECKING:
    from knowledge_base.retrieval.search import Candidate

_READ_AGAIN = 50  # cases that are read again; the order behind them stays


class RerankerMissing(Exception):
    """The directory that the setting names holds no cross-encoder that can be loaded."""


class Reranker(Protocol):
    """Scores pairs of texts; the higher, the more alike."""

    def scores(self, query: str, passages: Sequence[str]) -> Sequence[float]:
        """One score a passage."""


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers in a local directory."""

    def __init__(self, directory: Path) -> None:
        """Raises RerankerMissing."""
        try:
            from sentence_transformers import CrossEncoder

            self._model: Any = CrossEncoder(str(directory), device="cpu", local_files_only=True)
        except Exception as error:  # the library raises whatever the file led it to
            raise RerankerMissing(f"重排模型目录“{directory}”无法载入：{error}") from error

    def scores(self, query: str, passages: Sequence[str]) -> Sequence[float]:
        """One score a passage, as the model's own head gives it."""
        pairs = [(query, passage) for passage in passages]
        return [float(value) for value in self._model.predict(pairs, show_progress_bar=False)]


def reranked(
    query: StoredCase, scored: Sequence[tuple[float, Candidate]], reranker: Reranker
) -> list[tuple[float, Candidate]]:
    """The first cases in the order of both judgements, the others behind them as they were.

    The places by either order are added up: scores of two models have no common scale.
    """
    first, rest = list(scored[:_READ_AGAIN]), list(scored[_READ_AGAIN:])
    passages = [one.case.passage(one.near.passage) for _, one in first]
    read = reranker.scores(query.facts, passages)
    again = sorted(range(len(first)), key=lambda place: -read[place])
    places = {place: rank for rank, place in enumerate(again)}
    order = sorted(range(len(first)), key=lambda place: (place + places[place], place))
    return [first[place] for place in order] + rest
