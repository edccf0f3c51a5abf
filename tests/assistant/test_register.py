"""The register follows the newest version, and is made for what was stored before there was one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import databases
import pytest
from alembic import command
from alembic.config import Config
from results import finding, result
from sqlalchemy import Connection, insert, select, text

from assistant import review
from assistant.settings import Settings
from assistant.storage import open_store
from assistant.storage.canonical import digest
from assistant.storage.engine import open_engine, writing
from assistant.storage.migrate import MIGRATIONS, upgrade
from assistant.storage.register import ChargeRow, RecommendationRow, RegisterRow
from assistant.storage.schema import AnalysisRow, CaseRow, FindingRow

DEPARTURE = {
    "main": "not_adopted", "accessory": "adopted", "execution": "adopted", "months": -2.0,
    "share": 20, "grounds": [], "text": "",
}  # fmt: skip
TOLD = result(
    finding("CMP-015", dimension="law", source="model"),
    sentencing=[{"person": "韩立成", "charge": "盗窃罪", "departure": DEPARTURE}],
)


def test_a_new_version_takes_the_place_of_the_one_before(settings: Settings) -> None:
    with open_store(settings) as store:
        case_id = store.save_analysis(TOLD, actor="李敏")
        review.edit(store, case_id, 1, "李敏", severity="minor", reason="影响不大")
        other = {**TOLD["case"], "charges": ["诈骗罪", "诈骗罪"]}
        more = [*TOLD["findings"], finding("FMT-002")]
        store.save_analysis({**TOLD, "case": other, "sentencing": None, "findings": more}, actor="")
        with store.reading() as session:
            row = session.get_one(RegisterRow, case_id)
            assert session.get_one(AnalysisRow, row.analysis_id).version == 2
            assert session.scalars(select(ChargeRow.charge)).all() == ["诈骗罪"]
            assert session.scalars(select(RecommendationRow)).all() == []
            query = select(FindingRow).where(FindingRow.analysis_id == row.analysis_id)
            carried, new = session.scalars(query.order_by(FindingRow.number))
            assert (carried.severity, carried.source, new.severity) == (
                "minor",
                "model",
                "moderate",
            )
            assert carried.decided_on is not None
            assert new.decided_on is None


@pytest.fixture
def empty(settings: Settings) -> Iterator[Settings]:
    """Settings of a database without a single table."""
    if not databases.SERVER:
        yield settings
        return
    with databases.database() as url:
        yield settings.model_copy(update={"database_url": url})


def test_what_was_stored_before_is_entered_too(empty: Settings) -> None:
    engine = open_engine(empty.database)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        _store_as_before(connection)
    upgrade(engine)
    engine.dispose()
    with open_store(empty) as store, store.reading() as session:
        row = session.get_one(RegisterRow, "abcdefgh")
        assert (row.analysis_id, row.objections, row.asked_at) == (2, 0, None)
        assert session.scalars(select(ChargeRow.charge)).all() == ["盗窃罪"]
        (told,) = session.scalars(select(RecommendationRow))
        assert (told.person, told.main, told.months) == ("韩立成", "not_adopted", -2.0)
        for stored in session.scalars(select(FindingRow)):
            assert (stored.dimension, stored.source) == ("law", "model")
            assert (stored.severity, stored.decided_on) == ("minor", "2026-03-09")


def _store_as_before(connection: Connection) -> None:
    """Two versions of a case as revision 0003 had them, the finding decided and reweighed."""
    at = "2026-03-09T10:00:00.000000+00:00"
    connection.execute(
        insert(CaseRow).values(id="abcdefgh", documents_key="k", title="某案", created_at=at)
    )
    connection.execute(
        text(
            "INSERT INTO audit_events (seq, at, actor, action, automated, previous, hash) "
            "VALUES (1, :at, '李敏', 'finding.edited', :no, '', '')"
        ),
        {"at": at, "no": False},
    )
    current: dict[str, Any] = {"message": "问题", "suggestion": "", "severity": "minor"}
    for version in (1, 2):
        connection.execute(
            insert(AnalysisRow).values(
                id=version,
                case_id="abcdefgh",
                version=version,
                created_at=at,
                actor="李敏",
                content_key="",
                result_sha256=digest(TOLD),
                result=TOLD,
            )
        )
        old = FindingRow.__table__
        columns = ("analysis_id", "number", "fingerprint", "code", "current", "status")
        values = (version, 1, f"p{version}", "CMP-015", current, "edited")
        connection.execute(
            insert(old).values(**dict(zip(columns, values, strict=True)), decision_seq=1)
        )
