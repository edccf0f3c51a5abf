"""A directory of `transformers` weights answers in the schema, whatever its weights are."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import tiny_model

from assistant.casefile import CaseFile
from assistant.drafting.report import draft
from assistant.findings import Finding
from assistant.model import Endpoint, WeightsMissing, running
from assistant.model.endpoint import is_healthy
from assistant.model.gateway import Gateway
from assistant.model.local import local_model
from assistant.model.record import Answer, Dropped
from assistant.model.torch_engine import Engine, Question, Usage
from assistant.settings import Settings
from ingestion.model import Span
from prompts import Prompt, ids, load

ARGUMENT = load("argument_answered")
FIELDS = {"argument": "被告人系初犯", "sentences": ["被告人张某系初犯，酌情从轻处罚。"]}


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model.make(tmp_path_factory.mktemp("weights") / "tiny")


@pytest.fixture(scope="module")
def engine(directory: Path) -> Engine:
    return Engine(directory, threads=1)


@pytest.fixture(scope="module")
def settings(directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("home")
    return Settings(
        home=folder,
        cache=folder,
        model_backend="transformers",
        model_path=directory,
        model_start_timeout=300,
        model_timeout=120,
        model_budget=1000,
        threads=1,
    )


@pytest.fixture(scope="module")
def endpoint(settings: Settings) -> Iterator[Endpoint]:
    with running(settings) as found:
        yield found


def question(prompt: Prompt, words: str, temperature: float = 0.0, seed: int = 0) -> Question:
    chat = [{"role": "system", "content": prompt.system}, {"role": "user", "content": words}]
    return Question(chat, prompt.json_schema, prompt.max_tokens, temperature, seed)


@pytest.mark.parametrize("name", ids())
def test_every_answer_is_of_the_schema(name: str, engine: Engine) -> None:
    """Random weights at a high temperature would write anything, and without end."""
    prompt = load(name)
    for seed in range(6):
        usage = Usage()
        text = "".join(engine.answer(question(prompt, "被告人系从犯。", 2.0, seed), usage))
        assert set(prompt.parse(text)) == set(prompt.output)
        assert usage.finish == "stop"
        assert usage.output <= prompt.max_tokens


def test_a_known_beginning_is_not_computed_again_and_changes_nothing(
    directory: Path, engine: Engine
) -> None:
    asked = question(load("finding_wording"), "从犯" * 100 + "从轻")
    cold, warm, usage = Engine(directory, threads=1), engine, Usage()
    for other in ("从犯" * 100 + "处罚", "从犯" * 60):
        list(warm.answer(question(load("finding_wording"), other), Usage()))
    again = "".join(warm.answer(asked, usage))
    assert again == "".join(cold.answer(asked, Usage()))
    assert 0 < usage.cached < usage.prompt
    list(warm.answer(asked, usage))
    assert usage.cached == usage.prompt - 1


def test_a_stop_takes_effect_at_the_next_token(engine: Engine) -> None:
    stop, usage = threading.Event(), Usage()
    pieces = engine.answer(question(load("finding_wording"), "从犯", 1.0), usage, stop)
    for _ in range(3):
        next(pieces)
    written = usage.output
    stop.set()
    assert list(pieces) == []
    assert (usage.finish, usage.output) == ("cancelled", written)


def test_it_is_served_on_loopback_for_those_with_the_key(endpoint: Endpoint) -> None:
    assert endpoint.url.startswith("http://127.0.0.1:")
    assert is_healthy(endpoint.url, endpoint.secret)
    assert not is_healthy(endpoint.url, "another key")


def test_the_gateway_asks_it_like_any_other(endpoint: Endpoint, settings: Settings) -> None:
    first = Gateway(endpoint, settings)
    assert isinstance(first.ask(ARGUMENT, FIELDS), Answer)
    other = FIELDS | {"argument": "被告人系从犯"}
    assert isinstance(first.ask(ARGUMENT, other), Answer)
    assert first.records[1].cached_tokens > 0.7 * first.records[1].prompt_tokens
    again = Gateway(endpoint, settings)
    assert isinstance(again.ask(ARGUMENT, FIELDS), Answer)
    assert again.totals()["prompt_tokens"] == 0
    assert endpoint.sha256 == local_model(settings).sha256


def test_a_stopped_answer_frees_it_for_the_next(endpoint: Endpoint, settings: Settings) -> None:
    stop, pieces = threading.Event(), []

    def heard(piece: str) -> None:
        pieces.append(piece)
        stop.set()

    gateway = Gateway(endpoint, settings)
    fields = {"title": "数额", "message": "起诉书3200元"}
    stopped = gateway.ask(load("finding_wording"), fields, cancel=stop, on_text=heard)
    assert isinstance(stopped, Dropped)
    assert stopped.reason == "cancelled"
    assert len(pieces) == 1
    assert isinstance(gateway.ask(ARGUMENT, FIELDS | {"argument": "未遂"}), Answer)


FINDING = Finding(
    code="CMP-009",
    title="犯罪数额不一致",
    category="amount",
    dimension="facts",
    severity="serious",
    confidence=0.9,
    message="犯罪数额：起诉书 13860元，判决书 18360元",
    evidence=[Span(start=0, end=2, quote="数额", role="judgment")],
)


def test_a_server_starts_only_for_a_question_that_is_not_on_file(settings: Settings) -> None:
    log = settings.models / "server.log"
    log.unlink(missing_ok=True)
    nothing = draft(CaseFile(), [], model=True, settings=settings)
    assert not log.exists()
    assert nothing.model
    assert nothing.model["calls"] == 0
    first = draft(CaseFile(), [FINDING], model=True, settings=settings)
    assert log.exists()
    assert first.model
    assert first.model["calls"] == 2, "random weights write nothing that can stand"
    log.unlink()
    again = draft(CaseFile(), [FINDING], model=True, settings=settings)
    assert not log.exists()
    assert again.model
    assert (again.model["calls"], again.model["reused"]) == (0, 2)
    assert again.findings == first.findings == [FINDING]


def test_other_weights_have_another_hash(directory: Path, settings: Settings) -> None:
    twin = tiny_model.make(directory.parent / "twin", seed=1)
    other = settings.model_copy(update={"model_path": twin})
    assert local_model(other).sha256 != local_model(settings).sha256
    (twin / "config.json").unlink()
    with pytest.raises(WeightsMissing):
        local_model(other)
