"""The province's own choice of amounts, read from a file the office keeps.

The nation leaves many thresholds to the provinces inside a range. A file (YAML: `rows` of
charge, tier, yuan, source, effective_from, effective_to) gives the figures in force locally;
without one the lower end of the national range is taken, and said so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from knowledge_base import charges, crimes
from knowledge_base.crimes import Threshold
from knowledge_base.loader import Row, TableError


class LocalThreshold(Row):
    """From which amount a tier begins in this province."""

    charge: str
    tier: int = Field(ge=1)
    yuan: int = Field(gt=0)


def read(path: Path) -> tuple[LocalThreshold, ...]:
    """The rows of a file. Raises TableError, in Chinese, where one cannot be used."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
        given = tuple(LocalThreshold.model_validate(row) for row in content["rows"])
    except (OSError, UnicodeError, yaml.YAMLError, TypeError, KeyError) as error:
        raise TableError(f"本省数额标准文件“{path}”无法读取。") from error
    except ValidationError as error:
        raise TableError(
            f"本省数额标准文件“{path}”有不合规的行：{error.errors()[0]['loc']}"
        ) from error
    for row in given:
        _check(row)
    return given


def _check(row: LocalThreshold) -> None:
    matched = charges.match(row.charge)
    name = matched.name if matched else row.charge
    national = [t for t in crimes.all_thresholds() if t.charge == name and t.tier == row.tier]
    if not national:
        raise TableError(f"本省数额标准：{row.charge}第{row.tier}档没有由省确定的全国区间。")
    if not any(t.low[0] <= row.yuan <= t.low[1] for t in national):
        ranges = "、".join(f"{t.low[0]}元至{t.low[1]}元" for t in national)
        raise TableError(
            f"本省数额标准：{row.charge}第{row.tier}档的{row.yuan}元不在全国区间（{ranges}）内。"
        )


def apply(
    table: dict[int, Threshold], local: Iterable[LocalThreshold], on: date | None
) -> dict[int, Threshold]:
    """The national thresholds of a charge with the local figures in their place."""
    found = dict(table)
    for row in local:
        known = found.get(row.tier)
        matched = charges.match(row.charge)
        name = matched.name if matched else row.charge
        if known is None or known.charge != name or not row.in_force(on):
            continue
        if known.low[0] <= row.yuan <= known.low[1]:
            found[row.tier] = known.model_copy(
                update={"low": (row.yuan, row.yuan), "source": row.source}
            )
    return found
