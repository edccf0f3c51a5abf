"""What the office's case bank adds to the result of one case; without a bank, one line.

Nothing that searches is loaded before there is something to search.
"""

from __future__ import annotations

import threading
import time
from sqlite3 import Error
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from assistant.casefile import CaseFile
from assistant.findings import Finding, NotChecked
from assistant.settings import Settings, SettingsError
from assistant.similar.office import CODE, bank_folder, standing
from knowledge_base.casebank import BankError, NoBank
from knowledge_base.vectors import InUse, VectorError

if TYPE_CHECKING:
    from assistant.similar.query import Query

NO_BANK = "未作类案比对：没有案例库（用 assistant cases import 建立）"
_one_at_a_time = threading.Lock()
_PATIENCE, _PAUSE = 10.0, 0.2  # seconds; another process needs the index for one or two


class Part(BaseModel):
    """`similar`: the result's key of the same name, None where no bank was searched."""

    similar: dict[str, Any] | None = None
    findings: list[Finding] = []
    not_checked: list[NotChecked] = []


def of_case(case: CaseFile, settings: Settings) -> Part:
    """Similar cases of the office's bank; a trouble with it is told, never raised.

    That there is no bank is passed over where the office has switched its check off.
    """
    if not bank_folder(settings).is_dir():
        return _not_done(NO_BANK) if standing(settings).on else Part()
    from assistant.similar.query import of_case as asked_of

    asked = asked_of(case)
    if not asked.case.passages:
        return _not_done("未作类案比对：没有读出案情")
    try:
        return _searched(asked, settings)
    except NoBank:
        return _not_done(NO_BANK)
    except (BankError, VectorError, SettingsError) as error:
        return _not_done(f"未作类案比对：{error}")
    except (OSError, Error):
        return _not_done("未作类案比对：案例库无法读取，请检查文件夹和权限")


def _searched(asked: Query, settings: Settings) -> Part:
    """Waits for another process that has the index, as a batch of several jobs does."""
    from assistant.similar.lookup import look_up, opened
    from assistant.similar.office import reranker

    again, here = reranker(settings), standing(settings)
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            # In this process too an index has one user at a time.
            with _one_at_a_time, opened(settings) as bank:
                told, far = look_up(bank, asked, reranker=again, standing=here)
            return Part(similar=told, findings=far)
        except InUse:
            if time.monotonic() > until:
                raise
            time.sleep(_PAUSE)


def _not_done(reason: str) -> Part:
    return Part(not_checked=[NotChecked(code=CODE, reason=reason.rstrip("。"))])
