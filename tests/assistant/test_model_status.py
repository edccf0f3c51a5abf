"""`assistant model status`: the chosen backend, its health, its speed, what is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import tiny_model
from chat_server import chat, serving
from typer.testing import CliRunner

from assistant.cli_model import app
from assistant.model import Endpoint, HostRefused, running
from assistant.model.gateway import Gateway
from assistant.model.status import report
from assistant.settings import Settings, SettingsError, load
from prompts import load as prompt

LISTED = [{"id": "m", "object": "model", "meta": {"n_params": 7}}]
FIELDS = {"argument": "被告人系初犯", "sentences": ["被告人张某系初犯，酌情从轻处罚。"]}


def test_an_endpoint_with_its_speed_and_answers(tmp_path: Path) -> None:
    with serving(chat('{"sentence": 1, "answered": "adopted"}'), models=LISTED) as (url, _):
        settings = Settings(home=tmp_path, cache=tmp_path, model_url=url, model_name="m")
        endpoint = Endpoint(url=url, name="m", kind="configured")
        Gateway(endpoint, settings).ask(prompt("argument_answered"), FIELDS)
        found = report(settings)
    assert (found.backend, found.healthy, found.missing) == ("openai_compatible", True, "")
    assert found.sha256
    assert found.throughput is not None
    assert found.throughput.calls == 1
    assert found.cache.answers == 1
    gone = report(settings)
    assert (gone.healthy, gone.throughput) == (False, None)
    assert "没有应答" in gone.missing


def test_a_name_the_server_does_not_have_is_said(tmp_path: Path) -> None:
    with serving(models=LISTED) as (url, _):
        found = report(Settings(home=tmp_path, cache=tmp_path, model_url=url, model_name="x"))
    assert "ASSISTANT_MODEL_NAME" in found.missing


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"ASSISTANT_MODEL_BACKEND": "transformers"}, "ASSISTANT_MODEL_PATH"),  # no directory named
        ({"ASSISTANT_MODEL_BACKEND": "openai_compatible"}, "ASSISTANT_MODEL_URL"),  # no address
        ({"ASSISTANT_MODEL_PATH": "/no/such/model.gguf"}, "没有模型文件"),  # no such file
        ({}, "assistant model install"),  # nothing installed
    ],
)
def test_what_is_missing_is_said_at_the_command_line(
    environment: dict[str, str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "CACHE"):
        monkeypatch.setenv(f"ASSISTANT_{name}", str(tmp_path))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    done = CliRunner().invoke(app, ["status"])
    assert done.exit_code == 0, done.output
    assert words in done.output
    told = json.loads(CliRunner().invoke(app, ["status", "--json", "-"]).stdout)
    assert (told["healthy"], told["sha256"]) == (False, None)


def test_a_directory_is_told_by_its_content(tmp_path: Path) -> None:
    folder = tiny_model.make(tmp_path / "weights")
    settings = Settings(
        home=tmp_path, cache=tmp_path, model_backend="transformers", model_path=folder
    )
    found = report(settings)
    assert (found.installed, found.name, found.missing) == (True, "weights", "")
    assert found.sha256
    assert found.bytes > 10_000


def test_an_endpoint_needs_an_address_and_a_backend_a_known_name(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, cache=tmp_path, model_backend="openai_compatible")
    with pytest.raises(HostRefused, match="ASSISTANT_MODEL_URL"), running(settings):
        pass
    with pytest.raises(SettingsError, match="ASSISTANT_MODEL_BACKEND"):
        load({"ASSISTANT_MODEL_BACKEND": "vllm"})
