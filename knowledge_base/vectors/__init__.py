"""An index of dense and sparse vectors with filters, in this process or on a server."""

from __future__ import annotations

from knowledge_base.vectors.model import (
    AnyOf,
    Between,
    Condition,
    Description,
    Entry,
    FieldKind,
    Hit,
    InUse,
    OtherModel,
    Unreachable,
    Value,
    Vector,
    VectorError,
    VectorIndex,
    Weights,
)
from knowledge_base.vectors.opening import create_index, drop_index, open_index

__all__ = [
    "AnyOf",
    "Between",
    "Condition",
    "Description",
    "Entry",
    "FieldKind",
    "Hit",
    "InUse",
    "OtherModel",
    "Unreachable",
    "Value",
    "Vector",
    "VectorError",
    "VectorIndex",
    "Weights",
    "create_index",
    "drop_index",
    "open_index",
]
