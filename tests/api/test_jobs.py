"""An upload with the model: rule findings at once, the page renews itself, then the case."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from answering import answering
from fastapi.testclient import TestClient
from lxml import html
from samples import INDICTMENT, JUDGMENT

from api import create_app
from assistant.settings import Settings

FILES = {
    "indictment": ("起诉书.txt", INDICTMENT.encode()),
    "judgment": ("判决书.txt", JUDGMENT.replace("132.5mg", "152.5mg").encode()),
}
ASKED = {"model": "true"}


def _wait(client: TestClient, where: str) -> str:
    """The id of the case that the job of this address has made."""
    job = where.removeprefix("/jobs/")
    client.get(f"/api/v1/jobs/{job}/events")  # ends with the job
    return str(client.get(f"/api/v1/jobs/{job}").json()["case_id"])


def _until(client: TestClient, where: str, holds: Callable[[dict[str, Any]], bool]) -> None:
    while not holds(client.get(f"/api/v1{where}").json()):
        time.sleep(0.05)


def _text(page: str) -> str:
    return str(html.fromstring(page).text_content())


@pytest.fixture
def leave() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


@pytest.mark.timeout(90)
def test_the_page_shows_what_rules_found_while_the_model_thinks(
    settings: Settings, leave: threading.Event, signed: Callable[[TestClient, str], TestClient]
) -> None:
    with answering(leave) as url:
        with_model = settings.model_copy(update={"model_url": url, "model_name": "m"})
        client = signed(TestClient(create_app(with_model)), "李敏")
        sent = client.post("/cases", data=ASKED, files=FILES, follow_redirects=False)
        where = sent.headers["location"]
        assert where.startswith("/jobs/")
        _until(client, where, lambda job: job["ruled"])
        waiting = client.get(where)
        page = html.fromstring(waiting.text)
        assert page.xpath("//noscript/meta[@http-equiv='refresh']/@content") == ["3"]
        assert "本地模型正在评析" in page.text_content()
        assert page.xpath("//article")
        assert client.get("/api/v1/cases").json() == [], "nothing is stored before it is whole"
        without = client.post("/cases", files=FILES)
        assert without.status_code == 200, "rules of another case do not wait for the model"
        leave.set()
        case_id = _wait(client, where)
        done = client.get(where, follow_redirects=False)
        assert done.headers["location"] == f"/cases/{case_id}"
        found = client.get(f"/api/v1/cases/{case_id}").json()["result"]
        assert found["model"]["calls"] > 0
        beside = html.fromstring(client.get(f"/cases/{case_id}/compare").text)
        assert "152.5mg" in "".join(beside.xpath("//table//td[3]//text()"))
        assert "不一致" in beside.xpath("string(//table)")


@pytest.mark.timeout(90)
def test_without_a_usable_model_the_rules_make_the_case(
    client: TestClient, settings: Settings
) -> None:
    sent = client.post("/cases", data=ASKED, files=FILES, follow_redirects=False)
    case_id = _wait(client, sent.headers["location"])
    page = client.get(sent.headers["location"])
    assert "尚未安装" in _text(page.text)
    assert f"/cases/{case_id}" in html.fromstring(page.text).xpath("//main//a/@href")
    assert "http-equiv" not in page.text
    assert client.get(f"/api/v1/cases/{case_id}").json()["result"]["model"] is None


def test_refused_input_is_told_at_once(client: TestClient, settings: Settings) -> None:
    files = {"judgment": ("判决书.docx", b"PK\x03\x04nonsense")}
    sent = client.post("/cases", data=ASKED, files=files)
    assert sent.status_code == 422
    assert "判决书.docx" in _text(sent.text)
    assert list((settings.home / "incoming").iterdir()) == []


def test_an_unknown_job_is_not_found(client: TestClient, settings: Settings) -> None:
    assert client.get("/jobs/0123456789abcdef").status_code == 404
