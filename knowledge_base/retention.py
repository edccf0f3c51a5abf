"""How long the program keeps a case: shipped periods, and those an office settles itself.

The office's file is YAML: `retention`, a mapping from key (unsigned, signed) to `months` and
`source` (the rule of the office that says so).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, ValidationError

from knowledge_base.loader import Row, TableError, rows

Kind = Literal["unsigned", "signed"]


class Period(Row):
    """A case of this kind is kept for `months` from its last change or signature.

    One that is not `verified` is shown, but nothing is deleted by it.
    """

    key: Kind
    name: str
    months: int = Field(ge=1)


@cache
def shipped() -> dict[Kind, Period]:
    """The periods as shipped, by kind."""
    return {row.key: row for row in rows("retention", Period)}


def read(path: Path | None) -> dict[Kind, Period]:
    """The periods that hold in an office. Raises TableError, in Chinese, for a bad file."""
    periods = dict(shipped())
    if path is None:
        return periods
    try:
        given = dict(yaml.safe_load(path.read_text("utf-8"))["retention"])
    except (OSError, UnicodeError, yaml.YAMLError, TypeError, ValueError, KeyError) as error:
        raise TableError(f"保存期限文件“{path}”无法读取。") from error
    for key, row in given.items():
        try:
            own = {"months": row["months"], "source": row["source"], "verified": True}
            told = periods[key].model_dump() | own
            periods[key] = Period.model_validate(told)
        except (KeyError, TypeError, ValidationError) as error:
            raise TableError(
                f"保存期限文件“{path}”：“{key}”的设置不合规，"
                "只能是 unsigned 或 signed，并写明 months（月数）和 source（本院依据）。"
            ) from error
    return periods
