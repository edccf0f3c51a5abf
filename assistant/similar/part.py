"""What the office's case bank adds to the result of one case; without a bank, one line.

Nothing that searches is loaded before there is something to search.
"""

from __future__ import annotations

import threading
from sqlite3 import Error
from typing import Any

from pydantic import BaseModel

from assistant.casefile import CaseFile
from assistant.findings import Finding, NotChecked
from assistant.settings import Settings, SettingsError
from assistant.similar.office import bank_folder
from knowledge_base.casebank import BankError, NoBank
from knowledge_base.vectors import VectorError

CODE = "SENT-021"
NO_BANK = "未作类案比对：没有案例库（用 assistant cases import 建立）"
_one_at_a_time = threading.Lock()


class Part(BaseModel):
    """`similar`: the result's key of the same name, None where no bank was searched."""

    similar: dict[str, Any] | None = None
    findings: list[Finding] = []
    not_checked: list[NotChecked] = []


def of_case(case: CaseFile, settings: Settings) -> Part:
    """Similar cases of the office's bank; a trouble with it is told, never raised."""
    if not bank_folder(settings).is_dir():
        return _not_done(NO_BANK)
    from assistant.similar import lookup, query

    asked = query.of_case(case)
    if not asked.case.passages:
        return _not_done("未作类案比对：没有读出案情")
    try:
        # In this process too an index has one user at a time.
        with _one_at_a_time, lookup.opened(settings) as bank:
            told, far = lookup.look_up(bank, asked)
        return Part(similar=told, findings=far)
    except NoBank:
        return _not_done(NO_BANK)
    except (BankError, VectorError, SettingsError) as error:
        return _not_done(f"未作类案比对：{error}")
    except (OSError, Error):
        return _not_done("未作类案比对：案例库无法读取，请检查文件夹和权限")


def _not_done(reason: str) -> Part:
    return Part(not_checked=[NotChecked(code=CODE, reason=reason.rstrip("。"))])
