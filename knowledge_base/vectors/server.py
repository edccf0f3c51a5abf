"""The same index as a collection of a Qdrant server, for offices that outgrow one process.

Works on any `QdrantClient`: of a URL in service, of the client's local mode in tests, where
it is the independent implementation that the engine in process is held against. Above some
ten thousand points the server goes by its graph, which may miss a near one now and then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from knowledge_base.vectors.model import (
    AnyOf,
    Condition,
    Description,
    Entry,
    Hit,
    OtherModel,
    Unreachable,
    Vector,
    VectorError,
    Weights,
    check_entry,
)

if TYPE_CHECKING:
    from qdrant_client import QdrantClient

_DENSE, _SPARSE = "dense", "words"
_AT_ONCE = 200


class ServerIndex:
    """The collection `name` of that client; its description stands in its metadata."""

    def __init__(self, client: QdrantClient, name: str) -> None:
        """Open what is there. Raises Unreachable, and VectorError where nothing is."""
        from qdrant_client import models

        self._client, self._name, self._models = client, name, models
        with _asking():
            there = client.collection_exists(name)
        if not there:
            raise VectorError(f"向量服务器上没有索引“{name}”，请运行 assistant cases reindex。")
        with _asking():
            about = client.get_collection(name).config.metadata or {}
        self.description = Description(
            about.get("fields", {}), about.get("model"), about.get("dimension", 0)
        )

    @classmethod
    def create(cls, client: QdrantClient, name: str, description: Description) -> ServerIndex:
        """A new, empty collection. Raises Unreachable."""
        from qdrant_client import models

        vectors = {}
        if description.model is not None:
            vectors[_DENSE] = models.VectorParams(
                size=description.dimension, distance=models.Distance.DOT
            )
        about = {
            "fields": dict(description.fields),
            "model": description.model,
            "dimension": description.dimension,
        }
        with _asking():
            client.create_collection(
                name,
                vectors_config=vectors,
                sparse_vectors_config={_SPARSE: models.SparseVectorParams()},
                metadata=about,
            )
            for field, kind in description.fields.items():
                client.create_payload_index(name, field, models.PayloadSchemaType(kind))
        return cls(client, name)

    def upsert(self, entries: Iterable[Entry]) -> None:
        """Put in, or wholly replace those with the same numbers. Raises OtherModel, Unreachable."""
        for some in _chunks(entries):
            with _asking():
                self._client.upsert(self._name, [self._point(entry) for entry in some], wait=True)

    def _point(self, entry: Entry) -> Any:
        check_entry(entry, self.description)
        vectors: dict[str, Any] = {_SPARSE: self._sparse(entry.sparse)}
        if entry.dense is not None:
            vectors[_DENSE] = entry.dense.tolist()
        return self._models.PointStruct(id=entry.id, vector=vectors, payload=dict(entry.fields))

    def _sparse(self, weights: Weights) -> Any:
        return self._models.SparseVector(indices=list(weights), values=list(weights.values()))

    def delete(self, ids: Iterable[int]) -> None:
        """Take out; numbers that are not in it do no harm. Raises Unreachable."""
        with _asking():
            self._client.delete(self._name, self._models.PointIdsList(points=list(ids)), wait=True)

    def dense(self, vector: Vector, k: int, conditions: Sequence[Condition] = ()) -> list[Hit]:
        """The k points of the highest scalar product with `vector`, best first."""
        if self.description.model is None:
            raise OtherModel("这个索引没有向量，请先运行 assistant cases reindex。")
        return self._search(vector.tolist(), _DENSE, k, conditions)

    def sparse(self, weights: Weights, k: int, conditions: Sequence[Condition] = ()) -> list[Hit]:
        """The same by sparse vectors; only points that share a dimension, so score > 0."""
        if not weights:
            return []
        found = self._search(self._sparse(weights), _SPARSE, k, conditions)
        return [hit for hit in found if hit.score > 0]

    def _search(self, query: Any, using: str, k: int, conditions: Sequence[Condition]) -> list[Hit]:
        with _asking():
            found = self._client.query_points(
                self._name,
                query=query,
                using=using,
                limit=k,
                query_filter=self._filter(conditions),
                with_payload=False,
            )
        return [Hit(int(point.id), point.score) for point in found.points]

    def _filter(self, conditions: Sequence[Condition]) -> Any:
        if not conditions:
            return None
        must: list[Any] = []
        must_not: list[Any] = []
        for condition in conditions:
            if isinstance(condition, AnyOf):
                match = self._models.MatchAny(any=list(condition.values))
                found = self._models.FieldCondition(key=condition.field, match=match)
                (must_not if condition.not_ else must).append(found)
            else:
                within = self._models.Range(gte=condition.low, lte=condition.high)
                must.append(self._models.FieldCondition(key=condition.field, range=within))
        return self._models.Filter(must=must, must_not=must_not)

    def count(self, conditions: Sequence[Condition] = ()) -> int:
        """How many points fulfil the conditions. Raises Unreachable."""
        with _asking():
            found = self._client.count(self._name, self._filter(conditions), exact=True)
        return int(found.count)

    def flush(self) -> None:
        """Every change waited until the server had written it."""

    def close(self) -> None:
        """The client is its owner's."""


def drop(client: QdrantClient, name: str) -> None:
    """Remove the collection, if it is there. Raises Unreachable."""
    with _asking():
        client.delete_collection(name)


@contextmanager
def _asking() -> Iterator[None]:
    """A server that does not answer, or not as it should, is one kind of error."""
    from qdrant_client.http.exceptions import ApiException

    try:
        yield
    except (ApiException, OSError) as error:
        raise Unreachable("向量服务器没有应答或拒绝了请求，请检查地址和服务状态。") from error


def _chunks(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    rest = iter(entries)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
