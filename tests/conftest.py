"""Fixtures that many tests share. In CI an absent part is a failure, never a skip.

Tests that touch the database run on SQLite and, where ASSISTANT_TEST_DATABASE is the URL of a
PostgreSQL server, on that. A test takes part by using `settings` (in process), `settings_home`
(command line: the environment) or `database_url` (anything else, say a process it starts); it
is then marked `database`, and `.ci/run` runs it a second time on PostgreSQL.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import databases
import pytest

from assistant.model.install import status as model_status
from assistant.settings import Settings, load
from ingestion.extract import parse
from ingestion.model import CaseDocument
from ingestion.readers import source_from_text

DEVELOPMENT_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def absent(what: str) -> None:
    """Skip for want of `what`; in CI, where it must be there, fail."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is absent, and CI must test it")
    pytest.skip(f"{what} is absent")


@pytest.fixture(scope="session", autouse=True)
def _data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test finds what an earlier run or the user has stored: answers of the model above all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session")
def development_data() -> Path:
    """The folder of real documents beside the checkout (never part of the repository)."""
    if not DEVELOPMENT_DATA.is_dir():
        absent("the development data (../shared/data)")
    return DEVELOPMENT_DATA


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "database_url" in getattr(item, "fixturenames", ()):
            item.add_marker("database")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str | None]:
    """A database to copy from; None where the tests run on SQLite."""
    if not databases.SERVER:
        yield None
        return
    with databases.migrated() as url:
        yield url


@pytest.fixture
def database_url(tmp_path: Path, postgresql: str | None) -> Iterator[str]:
    """The URL of an empty database for one test."""
    if postgresql is None:
        yield f"sqlite:///{tmp_path / 'home' / 'assistant.sqlite3'}"
        return
    with databases.database(postgresql) as url:
        yield url


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings of an empty office for one test."""
    return Settings(home=tmp_path / "home", cache=tmp_path / "cache", database_url=database_url)


@pytest.fixture
def settings_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> Path:
    """The environment of an empty office for one test; its ASSISTANT_HOME."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", database_url)
    return tmp_path / "home"


@pytest.fixture(scope="session")
def parse_text() -> Callable[[str], CaseDocument]:
    """From plain text to a recognised document."""
    return lambda text: parse(source_from_text(text))


@pytest.fixture(scope="session")
def installed_model() -> Path:
    """The default model's weights; `assistant model install` brings them."""
    found = model_status(load())
    if not found.installed or found.path is None:
        absent("the default model (run: assistant model install)")
    return found.path
