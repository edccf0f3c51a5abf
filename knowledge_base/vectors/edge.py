"""Qdrant's own engine in this process, on a folder (`qdrant-edge-py`).

One segment without a graph: every search looks at every point, which at 200,000 passages
takes tens of milliseconds and finds all there is to find.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from knowledge_base.vectors.lock import hold
from knowledge_base.vectors.model import (
    AnyOf,
    Condition,
    Description,
    Entry,
    Hit,
    OtherModel,
    Vector,
    VectorError,
    Weights,
    check_entry,
)

_DENSE, _SPARSE = "dense", "words"
_AT_ONCE = 500


class EdgeIndex:
    """The index in `folder`, made by `create` and held by one process at a time."""

    def __init__(self, folder: Path) -> None:
        """Open what is there. Raises InUse, and VectorError for a folder that is no index."""
        import qdrant_edge

        self._engine: Any = qdrant_edge
        self._lock = hold(folder / "lock")
        try:
            about = json.loads((folder / "index.json").read_text(encoding="utf-8"))
            self.description = Description(**about)
            self._shard: Any = qdrant_edge.EdgeShard.load(str(folder / "shard"))
        except Exception as error:
            # The engine has no exception of its own.
            self._lock.close()
            raise VectorError(
                f"索引“{folder.name}”打不开，请运行 assistant cases reindex。"
            ) from error

    @classmethod
    def create(cls, folder: Path, description: Description) -> EdgeIndex:
        """A new, empty index in a folder that does not exist yet. Raises OSError."""
        import qdrant_edge as engine

        (folder / "shard").mkdir(parents=True)
        vectors = {}
        if description.model is not None:
            vectors[_DENSE] = engine.EdgeVectorParams(
                size=description.dimension, distance=engine.Distance.Dot
            )
        config = engine.EdgeConfig(
            vectors=vectors, sparse_vectors={_SPARSE: engine.EdgeSparseVectorParams()}
        )
        shard = engine.EdgeShard.create(str(folder / "shard"), config)
        kinds = {
            "keyword": engine.PayloadSchemaType.Keyword,
            "integer": engine.PayloadSchemaType.Integer,
        }
        for name, kind in description.fields.items():
            shard.update(engine.UpdateOperation.create_field_index(name, kinds[kind]))
        shard.close()
        about = {
            "fields": dict(description.fields),
            "model": description.model,
            "dimension": description.dimension,
        }
        (folder / "index.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        return cls(folder)

    def upsert(self, entries: Iterable[Entry]) -> None:
        """Put in, or wholly replace those with the same numbers. Raises OtherModel."""
        for some in _chunks(entries):
            points = [self._point(entry) for entry in some]
            self._shard.update(self._engine.UpdateOperation.upsert_points(points))

    def _point(self, entry: Entry) -> Any:
        check_entry(entry, self.description)
        vectors = {_SPARSE: self._sparse(entry.sparse)}
        if entry.dense is not None:
            vectors[_DENSE] = entry.dense.tolist()
        return self._engine.Point(entry.id, vectors, dict(entry.fields))

    def _sparse(self, weights: Weights) -> Any:
        return self._engine.SparseVector(list(weights), list(weights.values()))

    def delete(self, ids: Iterable[int]) -> None:
        """Take out; numbers that are not in it do no harm."""
        self._shard.update(self._engine.UpdateOperation.delete_points(list(ids)))

    def dense(self, vector: Vector, k: int, conditions: Sequence[Condition] = ()) -> list[Hit]:
        """The k points of the highest scalar product with `vector`, best first."""
        if self.description.model is None:
            raise OtherModel("这个索引没有向量，请先运行 assistant cases reindex。")
        return self._search(self._engine.Query.Nearest(vector.tolist(), _DENSE), k, conditions)

    def sparse(self, weights: Weights, k: int, conditions: Sequence[Condition] = ()) -> list[Hit]:
        """The same by sparse vectors; only points that share a dimension, so score > 0."""
        if not weights:
            return []
        query = self._engine.Query.Nearest(self._sparse(weights), _SPARSE)
        return [hit for hit in self._search(query, k, conditions) if hit.score > 0]

    def _search(self, query: Any, k: int, conditions: Sequence[Condition]) -> list[Hit]:
        request = self._engine.QueryRequest(
            limit=k,
            query=query,
            filter=self._filter(conditions),
            params=self._engine.SearchParams(exact=True),
        )
        return [Hit(point.id, point.score) for point in self._shard.query(request)]

    def _filter(self, conditions: Sequence[Condition]) -> Any:
        if not conditions:
            return None
        must: list[Any] = []
        must_not: list[Any] = []
        for condition in conditions:
            if isinstance(condition, AnyOf):
                match = self._engine.MatchAny(list(condition.values))
                found = self._engine.FieldCondition(condition.field, match=match)
                (must_not if condition.not_ else must).append(found)
            else:
                within = self._engine.RangeFloat(gte=condition.low, lte=condition.high)
                must.append(self._engine.FieldCondition(condition.field, range=within))
        return self._engine.Filter(must=must, must_not=must_not)

    def count(self, conditions: Sequence[Condition] = ()) -> int:
        """How many points fulfil the conditions."""
        request = self._engine.CountRequest(exact=True, filter=self._filter(conditions))
        return int(self._shard.count(request))

    def flush(self) -> None:
        """All that was put in is on disk when this returns."""
        self._shard.flush()

    def close(self) -> None:
        """Flush and let go of the files."""
        self._shard.flush()
        self._shard.close()
        self._lock.close()


def _chunks(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    rest = iter(entries)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
