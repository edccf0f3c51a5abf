"""Settings come from the environment and from one file; the environment wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import SettingsError, load


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "assistant.yaml"
    path.write_text(
        "ASSISTANT_HOME: /srv/assistant\n"
        "ASSISTANT_THREADS: 3\n"
        "ASSISTANT_ALLOWED_HOSTS: 10.1.2.3, model.intranet\n"
        "ASSISTANT_QDRANT_URL:\n",
        encoding="utf-8",
    )
    return path


def test_one_file_names_what_the_environment_would(file: Path) -> None:
    settings = load({"ASSISTANT_SETTINGS": str(file)})
    assert settings.home == Path("/srv/assistant")
    assert settings.threads == 3
    assert settings.allowed_hosts == {"10.1.2.3", "model.intranet"}
    assert settings.qdrant_url is None


def test_the_environment_wins(file: Path) -> None:
    settings = load({"ASSISTANT_SETTINGS": str(file), "ASSISTANT_THREADS": "5"})
    assert (settings.threads, settings.home) == (5, Path("/srv/assistant"))


BAD = [
    ("ASSISTANT_THREDS: 3", "ASSISTANT_THREDS", "a name that does not exist"),
    ("ASSISTANT_THREADS: [1, 2]", "一行文字", "a list where one value belongs"),
    ("- ASSISTANT_THREADS", "名称: 值", "no names at all"),
    ("a: b: c", "YAML", "no YAML"),
    ("ASSISTANT_THREADS: many", "ASSISTANT_THREADS", "a value that cannot be used"),
]


@pytest.mark.parametrize(("content", "told", "why"), BAD)
def test_a_bad_file_is_refused_in_words(tmp_path: Path, content: str, told: str, why: str) -> None:
    path = tmp_path / "assistant.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=told):
        load({"ASSISTANT_SETTINGS": str(path)})


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="无法读取"):
        load({"ASSISTANT_SETTINGS": str(tmp_path / "none.yaml")})
