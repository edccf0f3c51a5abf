"""The search as a retriever of llama-index, so that other programs can plug it in."""

from __future__ import annotations

from collections.abc import Callable

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from knowledge_base.casebank import Bank, Filters, StoredCase
from knowledge_base.retrieval.search import Found, search


class SimilarCaseRetriever(BaseRetriever):
    """Similar cases as nodes: the nearest passage as text, what is known as metadata.

    `read` makes a case of the query's text; that of `assistant.similar.stored` reads
    circumstances and amounts as well.
    """

    def __init__(
        self,
        bank: Bank,
        read: Callable[[str], StoredCase],
        k: int = 10,
        filters: Filters | None = None,
    ) -> None:
        super().__init__()
        self._bank = bank
        self._read = read
        self._k = k
        self._filters = filters

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        query = self._read(query_bundle.query_str)
        return [_node(found) for found in search(self._bank, query, self._k, self._filters).found]


def _node(found: Found) -> NodeWithScore:
    case = found.case
    node = TextNode(
        id_=str(case.id),
        text=case.passage(found.passage),
        metadata={
            "number": case.number,
            "court": case.court,
            "charges": list(case.charges),
            "reason": found.reason,
        },
    )
    return NodeWithScore(node=node, score=found.score)
