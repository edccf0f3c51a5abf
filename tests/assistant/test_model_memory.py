"""What the model said once is not asked again, and never believed without its check."""

from __future__ import annotations

import sqlite3
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from chat_server import chat, event, raw, serving

from assistant.model import Endpoint
from assistant.model.gateway import FAILURES_TO_OPEN, Check, Gateway
from assistant.model.memory import FILE, RECENT, Memory, Speed
from assistant.model.record import Answer, Dropped
from assistant.settings import Settings
from prompts import load

PROMPT = load("argument_answered")
FIELDS = {"argument": "被告人系初犯", "sentences": ["被告人张某系初犯，酌情从轻处罚。"]}
RIGHT = '{"sentence": 1, "answered": "adopted"}'
LISTED = [{"id": "m", "object": "model", "created": 1, "meta": {"n_params": 7}}]


def settings(home: Path, **changes: Any) -> Settings:
    return Settings(home=home, cache=home, model_timeout=20, **changes)


def ask(url: str, home: Path, check: Check | None = None, **changes: Any) -> Gateway:
    """One question by a gateway of its own, as a new run of the program would ask it."""
    gateway = Gateway(Endpoint(url=url, name="m", kind="configured"), settings(home, **changes))
    gateway.ask(PROMPT, FIELDS, check=check)
    return gateway


def test_a_second_run_asks_nothing_and_costs_nothing(tmp_path: Path) -> None:
    with serving(chat(RIGHT), models=LISTED) as (url, asked):
        assert ask(url, tmp_path).totals()["prompt_tokens"] == 300
        again = ask(url, tmp_path)
    assert len(asked) == 1
    assert again.records[0].outcome == "answered"
    totals = again.totals()
    assert (totals["calls"], totals["reused"]) == (0, 1)
    assert (totals["prompt_tokens"], totals["output_tokens"], totals["seconds"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("listed", "changes"),
    [
        ([{**LISTED[0], "meta": {"n_params": 8}}], {}),  # another model under the same name
        (LISTED, {"model_cache_mb": 0}),  # the office keeps no answers
        (None, {}),  # an endpoint that does not say which model it has
    ],
)
def test_what_may_differ_is_asked_again(
    listed: list[dict[str, Any]] | None, changes: dict[str, Any], tmp_path: Path
) -> None:
    models = [dict(LISTED[0])] if listed is not None else None
    with serving(chat(RIGHT), models=models) as (url, asked):
        ask(url, tmp_path)
        if models is not None and listed is not None:
            models[0].update(listed[0])
        ask(url, tmp_path, **changes)
    assert len(asked) == 2


def test_another_version_of_the_prompt_is_another_question(tmp_path: Path) -> None:
    newer = PROMPT.model_copy(update={"version": PROMPT.version + 1})
    with serving(chat(RIGHT), models=LISTED) as (url, asked):
        ask(url, tmp_path)
        Gateway(Endpoint(url=url, name="m", kind="configured"), settings(tmp_path)).ask(
            newer, FIELDS
        )
    assert len(asked) == 2


@pytest.mark.parametrize(
    "reply",
    [
        raw(b"overloaded", 503),  # no answer at all
        chat("好的，应当采纳。"),  # not of the form: a server that does not constrain
        raw(event({"content": RIGHT})),  # of the form, but cut off before its end
    ],
)
def test_a_failed_answer_is_never_kept(reply: Any, tmp_path: Path) -> None:
    with serving(reply, reply, chat(RIGHT), models=LISTED) as (url, _):
        first = ask(url, tmp_path)
        assert isinstance(first.dropped[0], Dropped)
        second = ask(url, tmp_path)
    assert second.records[0].outcome == "answered"
    assert not second.records[0].reused


def test_a_kept_answer_is_checked_again(tmp_path: Path) -> None:
    with serving(chat(RIGHT), models=LISTED) as (url, asked):
        ask(url, tmp_path)
        stricter = ask(url, tmp_path, check=lambda values: "引文不在来源中")
        assert stricter.dropped[0].reason == "rejected"
        assert len(asked) == 2, "only the second try was new"
        ask(url, tmp_path, check=lambda values: "引文不在来源中")
    assert len(asked) == 2, "that both tries were refused is known by now"


def test_a_row_that_was_tampered_with_is_not_believed(tmp_path: Path) -> None:
    with serving(chat(RIGHT), models=LISTED) as (url, asked):
        ask(url, tmp_path)
        with sqlite3.connect(tmp_path / FILE) as db:
            db.execute("UPDATE answers SET text = replace(text, 'adopted', 'ignored')")
        db.close()
        ask(url, tmp_path)
    assert len(asked) == 2


def test_a_file_that_is_no_database_costs_one_question(tmp_path: Path) -> None:
    with serving(chat(RIGHT), models=LISTED) as (url, asked):
        ask(url, tmp_path)
        (tmp_path / FILE).write_bytes(b"not a database " * 500)
        ask(url, tmp_path)
        ask(url, tmp_path)
    assert len(asked) == 2


def test_the_file_stays_within_its_limit_and_keeps_what_is_used(tmp_path: Path) -> None:
    memory = Memory(settings(tmp_path, model_cache_mb=1))
    memory.keep("often", "甲" * 1000)
    for number in range(700):
        memory.keep(f"once {number}", "乙" * 1000)
        if number % 50 == 0:
            assert memory.find("often")
    use = memory.use()
    assert 0 < use.bytes <= use.limit_bytes == 2**20
    assert memory.find("once 0") is None
    assert memory.find("once 699") is not None
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_the_speed_is_that_of_recent_calls_of_that_model(tmp_path: Path) -> None:
    memory = Memory(settings(tmp_path))
    assert memory.throughput("a") is None
    memory.note("b", Speed(1, 0, 1, 9.0, 9.0))
    for _ in range(RECENT):
        memory.note("a", Speed(500, 400, 11, first=2.0, seconds=3.0))
    found = memory.throughput("a")
    assert found is not None
    assert (found.calls, found.prompt_per_second, found.output_per_second) == (RECENT, 50.0, 10.0)
    assert memory.throughput("b") is None, "only so many calls are remembered"


def test_when_the_circuit_is_open_known_answers_still_come(tmp_path: Path) -> None:
    other = FIELDS | {"argument": "被告人系从犯"}
    with serving(chat(RIGHT), raw(b"no", 500), models=LISTED) as (url, asked):
        ask(url, tmp_path)
        gateway = Gateway(Endpoint(url=url, name="m", kind="configured"), settings(tmp_path))
        for _ in range(FAILURES_TO_OPEN):
            gateway.ask(PROMPT, other)
        assert gateway.is_open
        sent = len(asked)
        assert isinstance(gateway.ask(PROMPT, FIELDS), Answer)
    assert len(asked) == sent


@pytest.mark.parametrize(
    "limit",
    [{"model_prompt_tokens": 300}, {"model_output_tokens": 12 + PROMPT.max_tokens - 1}],
)
def test_the_tokens_of_a_case_are_limited(limit: dict[str, int], tmp_path: Path) -> None:
    with serving(chat(RIGHT)) as (url, asked):
        gateway = Gateway(
            Endpoint(url=url, name="m", kind="configured"), settings(tmp_path, **limit)
        )
        assert isinstance(gateway.ask(PROMPT, FIELDS), Answer)
        second = gateway.ask(PROMPT, FIELDS)
    assert isinstance(second, Dropped)
    assert second.reason == "over_budget"
    assert len(asked) == 1


def test_text_comes_as_it_is_written_and_a_stop_hangs_up(tmp_path: Path) -> None:
    """After the third piece the caller stops: nothing more is taken, the server is told."""
    hung_up = threading.Event()

    def slowly(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(3):
            handler.wfile.write(event({"content": "字"}))
        handler.wfile.flush()
        if handler.rfile.read(1) == b"":
            hung_up.set()

    stop, pieces = threading.Event(), []

    def heard(piece: str) -> None:
        pieces.append(piece)
        if len(pieces) == 3:
            stop.set()

    with serving(slowly) as (url, _):
        gateway = Gateway(Endpoint(url=url, name="m", kind="configured"), settings(tmp_path))
        answer = gateway.ask(PROMPT, FIELDS, cancel=stop, on_text=heard)
        assert hung_up.wait(20)
    assert isinstance(answer, Dropped)
    assert answer.reason == "cancelled"
    assert pieces == ["字"] * 3


def test_only_so_many_questions_at_a_time(tmp_path: Path) -> None:
    inside, most, lock = 0, 0, threading.Lock()

    def counted(handler: BaseHTTPRequestHandler) -> None:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        threading.Event().wait(0.05)
        with lock:
            inside -= 1
        chat(RIGHT)(handler)

    with serving(counted) as (url, _):
        gateway = Gateway(
            Endpoint(url=url, name="m", kind="configured"), settings(tmp_path, model_parallel=2)
        )
        askers = [threading.Thread(target=gateway.ask, args=(PROMPT, FIELDS)) for _ in range(6)]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join()
    assert [r.outcome for r in gateway.records] == ["answered"] * 6
    assert most <= 2
