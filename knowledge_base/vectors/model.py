"""What an index of vectors does, whichever engine is behind it.

VectorError
├── OtherModel    the index holds vectors of another embedding model
├── InUse         another process has the index open
└── Unreachable   the server does not answer or refuses
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Value = str | int
FieldKind = Literal["keyword", "integer"]
Weights = Mapping[int, float]
"""A sparse vector: number of a dimension below 2³² → weight."""


class VectorError(Exception):
    """The index cannot do what was asked; `str(error)` is one Chinese sentence."""


class OtherModel(VectorError):
    """Vectors of two models have nothing to do with each other and are never mixed."""


class InUse(VectorError):
    """The engine in process keeps its files for itself."""


class Unreachable(VectorError):
    """Only a server can be."""


@dataclass(frozen=True)
class Description:
    """What an index was made for. `model` is an embedder's name; None holds no dense vectors."""

    fields: Mapping[str, FieldKind]
    model: str | None = None
    dimension: int = 0


@dataclass(frozen=True)
class Entry:
    """One point: a number, what it can be found by, and the fields it can be filtered by."""

    id: int
    sparse: Weights
    dense: Vector | None = None
    fields: Mapping[str, Value | Sequence[Value]] = field(default_factory=dict)


@dataclass(frozen=True)
class Hit:
    """A point that was found; the score is the scalar product of the two vectors."""

    id: int
    score: float


@dataclass(frozen=True)
class AnyOf:
    """The field has at least one of these values; `not_` turns it round (none of them)."""

    field: str
    values: tuple[Value, ...]
    not_: bool = False


@dataclass(frozen=True)
class Between:
    """The number in the field is within both bounds, which count in; None is open."""

    field: str
    low: int | None = None
    high: int | None = None


Condition = AnyOf | Between


class VectorIndex(Protocol):
    """Points with dense and sparse vectors and filters; all conditions of a search must hold.

    Searches in process are exact: no point of a higher score is left out. Of equal scores any
    may come.
    """

    @property
    def description(self) -> Description:
        """What it was made for."""

    def upsert(self, entries: Iterable[Entry]) -> None:
        """Put in, or wholly replace those with the same numbers. Raises OtherModel."""

    def delete(self, ids: Iterable[int]) -> None:
        """Take out; numbers that are not in it do no harm."""

    def dense(self, vector: Vector, k: int, conditions: Sequence[Condition] = ()) -> list[Hit]:
        """The k points of the highest scalar product with `vector`, best first."""

    def sparse(self, weights: Weights, k: int, conditions: Sequence[Condition] = ()) -> list[Hit]:
        """The same by sparse vectors; only points that share a dimension, so score > 0."""

    def count(self, conditions: Sequence[Condition] = ()) -> int:
        """How many points fulfil the conditions."""

    def flush(self) -> None:
        """All that was put in is on disk when this returns."""

    def close(self) -> None:
        """Flush and let go of the files."""


def check_entry(entry: Entry, description: Description) -> None:
    """Raises OtherModel where the dense vector does not belong into such an index."""
    if entry.dense is None:
        return
    if description.model is None:
        raise OtherModel("这个索引没有向量，请先运行 assistant cases reindex。")
    if entry.dense.shape != (description.dimension,):
        raise OtherModel(
            f"向量是 {entry.dense.shape[-1]} 维的，索引由“{description.model}”建立，"
            f"是 {description.dimension} 维的；请运行 assistant cases reindex。"
        )
