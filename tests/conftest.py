"""Fixtures that many tests share. In CI an absent part is a failure, never a skip."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.model.install import status as model_status
from assistant.settings import load
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


@pytest.fixture
def settings_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty ASSISTANT_HOME for one test."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
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
