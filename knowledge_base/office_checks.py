"""What an office settles for itself about single checks, read from a file it keeps.

YAML: `checks`, a mapping from code to any of `on`, `severity` and `since` (documents issued
before that day are not measured by the check).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge_base.catalogue import entries
from knowledge_base.loader import TableError


class OfficeCheck(BaseModel):
    """The office's word on one check; None leaves it as shipped."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: bool | None = None
    severity: Literal["minor", "moderate", "serious"] | None = None
    since: date | None = None


def read(path: Path) -> dict[str, OfficeCheck]:
    """The settings by code. Raises TableError, in Chinese, where one cannot be used."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
        given = dict(content["checks"])
    except (OSError, UnicodeError, yaml.YAMLError, TypeError, ValueError, KeyError) as error:
        raise TableError(f"检查设置文件“{path}”无法读取。") from error
    settled: dict[str, OfficeCheck] = {}
    for code, row in given.items():
        if code not in entries():
            raise TableError(f"检查设置文件“{path}”：没有已实现的检查“{code}”。")
        try:
            # YAML 1.1 reads a bare `on` as true.
            named = {"on" if key is True else key: value for key, value in row.items()}
            settled[code] = OfficeCheck.model_validate(named)
        except (ValidationError, AttributeError) as error:
            raise TableError(
                f"检查设置文件“{path}”：{code}的设置不合规，"
                "可写 on（true/false）、severity（minor/moderate/serious）、since（年-月-日）。"
            ) from error
    return settled
