"""What this office's people decided of each check's findings."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sqlalchemy import func, make_url, select
from sqlalchemy.orm import Session

from assistant.checks.standing import Decided
from assistant.settings import Settings
from assistant.storage.engine import open_engine
from assistant.storage.migrate import HEAD, current_revision
from assistant.storage.schema import AnalysisRow, FindingRow

RIGHT = ("confirmed", "edited")
DECIDED = (*RIGHT, "rejected")


def decided(settings: Settings) -> dict[str, Decided]:
    """Decisions by code in the newest version of every case; none where there is no database.

    A finding confirmed in other words or with another weight counts as right.
    """
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return {}
    engine = open_engine(settings.database)
    try:
        with engine.connect() as connection:
            if current_revision(connection) != HEAD:
                return {}
        with Session(engine) as session:
            return _counted(session)
    finally:
        engine.dispose()


def _counted(session: Session) -> dict[str, Decided]:
    newest = (
        select(AnalysisRow.case_id, func.max(AnalysisRow.version).label("version"))
        .group_by(AnalysisRow.case_id)
        .subquery()
    )
    query = (
        select(FindingRow.code, FindingRow.status, func.count())
        .join(AnalysisRow, AnalysisRow.id == FindingRow.analysis_id)
        .join(
            newest,
            (newest.c.case_id == AnalysisRow.case_id) & (newest.c.version == AnalysisRow.version),
        )
        .where(FindingRow.decision_seq.is_not(None), FindingRow.status.in_(DECIDED))
        .where(FindingRow.source != "person")
        .group_by(FindingRow.code, FindingRow.status)
    )
    all_of, right = Counter[str](), Counter[str]()
    for code, status, count in session.execute(query):
        all_of[code] += count
        right[code] += count if status in RIGHT else 0
    return {code: Decided(count, right[code]) for code, count in all_of.items()}
