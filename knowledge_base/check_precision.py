"""How often each check was right, on documents whose hits people read.

tables/check_precision.yaml is written by `python -m eval_sets.precision`.
"""

from __future__ import annotations

from functools import cache

from pydantic import Field, model_validator

from knowledge_base.catalogue import CODE
from knowledge_base.loader import Row, rows


class Precision(Row):
    """Of `hits` findings of one check read by people, `right` were so."""

    code: str = Field(pattern=CODE)
    hits: int = Field(ge=1)
    right: int = Field(ge=0)

    @model_validator(mode="after")
    def _no_more_than_all(self) -> Precision:
        if self.right > self.hits:
            raise ValueError("more right than hits")
        return self


@cache
def measured() -> dict[str, Precision]:
    """The measurements by code."""
    return {row.code: row for row in rows("check_precision", Precision)}
