"""A hostile or broken endpoint costs bounded time and never a wrong answer."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from chat_server import Reply, chat, event, raw, serving

from assistant.model import Endpoint, HostRefused, running
from assistant.model.gateway import FAILURES_TO_OPEN, Gateway
from assistant.model.record import Answer, Dropped
from assistant.settings import Settings
from prompts import load

PROMPT = load("argument_answered")
FIELDS = {"argument": "被告人系初犯", "sentences": ["被告人张某系初犯，酌情从轻处罚。"]}
RIGHT = '{"sentence": 1, "answered": "adopted"}'


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(10_000):
        handler.wfile.write(b"x" * 65536)


def dribble(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then: no single read ever takes long."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(3)


def elsewhere(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(307)
    handler.send_header("Location", "http://192.0.2.1/v1/chat/completions")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def gateway(url: str, tmp_path: Path, timeout: float = 1.0, budget: float = 60.0) -> Gateway:
    settings = Settings(home=tmp_path, cache=tmp_path, model_timeout=timeout, model_budget=budget)
    return Gateway(Endpoint(url=url, name="m", kind="configured"), settings)


def test_a_right_answer_is_validated_and_recorded(tmp_path: Path) -> None:
    with serving(chat(RIGHT)) as (url, asked):
        model = gateway(url, tmp_path, timeout=10)
        answer = model.ask(PROMPT, FIELDS)
    assert answer == Answer(
        prompt="argument_answered", values={"sentence": 1, "answered": "adopted"}
    )
    sent = asked[0]
    assert sent["max_tokens"] == PROMPT.max_tokens
    assert sent["temperature"] == 0
    schema = sent["response_format"]["json_schema"]["schema"]
    assert schema["additionalProperties"] is False
    assert not {"maxLength", "pattern", "maxItems"} & set(json.dumps(schema).split('"'))
    record = model.records[0]
    assert (record.prompt, record.version, record.outcome) == (
        "argument_answered",
        PROMPT.version,
        "answered",
    )
    assert (record.prompt_tokens, record.output_tokens) == (300, 12)
    assert model.totals()["calls"] == 1


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (chat("好的，我认为应当采纳。"), "malformed"),  # prose instead of JSON
        (chat('{"sentence": 1}'), "malformed"),  # a field is missing
        (chat('{"sentence": "1", "answered": "adopted"}'), "malformed"),  # a number as a string
        (chat('{"sentence": 1, "answered": "yes"}'), "malformed"),  # a code of its own invention
        (chat(RIGHT[:-1] + ', "note": "x"}'), "malformed"),  # a field nobody asked for
        (chat(RIGHT + RIGHT), "malformed"),  # two answers
        (chat(""), "malformed"),  # nothing
        (raw(b"<html>proxy error</html>"), "unreachable"),  # 200 with rubbish
        (raw(b'data: {"choices": []}\n\n'), "unreachable"),  # 200 with no choice
        (raw(b'data: {"choices": 7}\n\n'), "unreachable"),  # 200 of another shape
        (raw(b"data: {\n\n"), "unreachable"),  # an event that is no JSON
        (raw(event({"content": RIGHT})), "unreachable"),  # cut off: no word that it is the end
        (raw(b"overloaded", 503), "unreachable"),  # an error status
        (endless, "unreachable"),  # does not stop talking
        (elsewhere, "unreachable"),  # sends us to another machine
        (silent, "timeout"),  # accepts and says nothing
        (dribble, "timeout"),  # defeats a socket's own timeout
    ],
)
def test_a_bad_endpoint_is_dropped_in_bounded_time(
    reply: Reply, reason: str, tmp_path: Path
) -> None:
    with serving(reply) as (url, asked):
        # only the replies that never end wait for the deadline; a loaded machine may be slow
        model = gateway(url, tmp_path, timeout=1 if reason == "timeout" else 20)
        answer = model.ask(PROMPT, FIELDS)
    assert isinstance(answer, Dropped)
    assert answer.reason == reason
    assert len(asked) <= 2, "one retry and no more"
    assert model.totals()["dropped_reasons"] == {reason: 1}


def test_one_broken_answer_is_asked_for_again(tmp_path: Path) -> None:
    with serving(chat("{"), chat(RIGHT)) as (url, asked):
        model = gateway(url, tmp_path, timeout=10)
        assert isinstance(model.ask(PROMPT, FIELDS), Answer)
    assert [a["seed"] for a in asked] == [0, 1]
    assert [r.outcome for r in model.records] == ["malformed", "answered"]


def test_the_circuit_opens_and_nothing_more_is_sent(tmp_path: Path) -> None:
    with serving(raw(b"no")) as (url, asked):
        model = gateway(url, tmp_path)
        for _ in range(FAILURES_TO_OPEN):
            model.ask(PROMPT, FIELDS)
        assert model.is_open
        sent = len(asked)
        last = model.ask(PROMPT, FIELDS)
    assert isinstance(last, Dropped)
    assert last.reason == "circuit_open"
    assert len(asked) == sent


def test_a_refused_content_is_dropped_with_its_reason(tmp_path: Path) -> None:
    with serving(chat(RIGHT)) as (url, _):
        model = gateway(url, tmp_path, timeout=10)
        answer = model.ask(PROMPT, FIELDS, check=lambda values: "引文不在来源中")
    assert answer == Dropped(prompt="argument_answered", reason="rejected", detail="引文不在来源中")
    assert not model.is_open


def test_a_run_can_be_stopped_while_the_model_thinks(tmp_path: Path) -> None:
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    with serving(silent) as (url, _):
        answer = gateway(url, tmp_path, timeout=30).ask(PROMPT, FIELDS, cancel=stop)
    assert isinstance(answer, Dropped)
    assert answer.reason == "cancelled"


def test_the_budget_of_a_case_is_kept(tmp_path: Path) -> None:
    with serving(silent) as (url, asked):
        model = gateway(url, tmp_path, timeout=30, budget=0.5)
        assert isinstance(model.ask(PROMPT, FIELDS), Dropped)
        answer = model.ask(PROMPT, FIELDS)
    assert isinstance(answer, Dropped)
    assert answer.reason == "over_budget"
    assert len(asked) == 1


def test_a_question_beyond_the_context_is_not_sent(tmp_path: Path) -> None:
    with serving(chat(RIGHT)) as (url, asked):
        answer = gateway(url, tmp_path).ask(PROMPT, FIELDS | {"argument": "从" * 5000})
    assert isinstance(answer, Dropped)
    assert answer.reason == "too_long"
    assert asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.7/v1",  # some other machine
        "http://localhost.example.com/v1",  # a name that only begins like ours
        "http://127.0.0.1@192.0.2.7/v1",  # the user part is not the host
        "file:///etc/passwd",  # not HTTP at all
    ],
)
def test_other_hosts_are_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(HostRefused):
        gateway(url, tmp_path)
    settings = Settings(home=tmp_path, cache=tmp_path, model_url=url)
    with pytest.raises(HostRefused), running(settings):
        pass


def test_an_allowed_host_may_be_configured(tmp_path: Path) -> None:
    settings = Settings(
        home=tmp_path,
        cache=tmp_path,
        model_url="http://model.intranet:8000/v1",
        allowed_hosts=frozenset({"model.intranet"}),
    )
    with running(settings) as endpoint:
        assert endpoint.kind == "configured"
