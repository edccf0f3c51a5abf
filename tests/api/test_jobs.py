"""An upload with the model: rule findings at once, the page renews itself, then the case."""

from __future__ import annotations

import io
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
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
        assert "152.5mg" in beside.text_content()
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
    # The refusal is told first, then the files go.
    until = time.monotonic() + 10
    while list((settings.home / "incoming").iterdir()) and time.monotonic() < until:
        time.sleep(0.05)
    assert list((settings.home / "incoming").iterdir()) == []


def test_an_unknown_job_is_not_found(client: TestClient, settings: Settings) -> None:
    assert client.get("/jobs/0123456789abcdef").status_code == 404


def _events(client: TestClient, job: str, after: int = 0) -> list[dict[str, str]]:
    """What the stream of the job tells from event `after` on; it ends with the job."""
    told = client.get(f"/api/v1/jobs/{job}/events", headers={"Last-Event-ID": str(after)})
    assert told.headers["content-type"].startswith("text/event-stream")
    blocks = [b for b in told.text.replace("\r\n", "\n").split("\n\n") if "event:" in b]
    return [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks]


@pytest.mark.timeout(90)
def test_files_dropped_together_are_followed_live_to_their_case(
    client: TestClient, as_person: Callable[[str], TestClient]
) -> None:
    dropped = [("files", file) for file in FILES.values()]
    sent = client.post("/api/v1/batches", files=[("files", FILES["indictment"])])
    assert sent.status_code == 201
    case = client.post("/api/v1/cases", files=dropped)
    assert [d["role"] for d in case.json()["result"]["documents"]] == ["indictment", "judgment"]
    job = sent.json()["jobs"][0]["id"]
    events = _events(client, job)
    assert [int(e["id"]) for e in events] == list(range(1, len(events) + 1))
    assert (events[0]["event"], events[-1]["event"]) == ("step", "end")
    assert "findings" in {e["event"] for e in events}
    assert _events(client, job, after=len(events) - 1) == events[-1:]
    told = client.get(f"/api/v1/jobs/{job}").json()
    assert (told["state"], told["files"]) == ("done", ["起诉书.txt"])
    assert as_person("周航").get(f"/api/v1/jobs/{job}").status_code == 404
    assert as_person("周航").get(f"/api/v1/jobs/{job}/events").status_code == 404
    assert as_person("何静").get(f"/api/v1/jobs/{job}").status_code == 200, "sees the case"
    assert as_person("何静").post(f"/api/v1/jobs/{job}/cancel").status_code == 404
    assert client.post(f"/api/v1/jobs/{job}/cancel").status_code == 409
    assert client.post(f"/api/v1/jobs/{job}/retry").status_code == 409


@pytest.mark.timeout(90)
def test_a_job_is_cancelled_and_tried_again_on_its_page(
    settings: Settings, leave: threading.Event, signed: Callable[[TestClient, str], TestClient]
) -> None:
    with answering(leave) as url:
        with_model = settings.model_copy(update={"model_url": url, "model_name": "m"})
        client = signed(TestClient(create_app(with_model)), "李敏")
        sent = client.post("/cases", data=ASKED, files=FILES, follow_redirects=False)
        where = sent.headers["location"]
        _until(client, where, lambda job: job["ruled"])
        page = client.post(f"{where}/cancel").text
        leave.set()
        _until(client, where, lambda job: job["state"] == "cancelled")
        page = client.get(where).text
        assert "已按要求取消" in _text(page)
        (again,) = html.fromstring(page).xpath("//main//form/@action")
        assert again == f"{where}/retry"
        client.post(again)
        _until(client, where, lambda job: job["state"] == "done")
        assert len(client.get("/api/v1/cases").json()) == 1


@pytest.mark.timeout(90)
def test_a_batch_is_a_table_of_cases_with_their_findings_or_what_is_wrong(
    client: TestClient, as_person: Callable[[str], TestClient]
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, (file, content) in FILES.items():
            archive.writestr(f"一月/甲案/{name}-{file}", content)
        archive.writestr("一月/乙案/a.docx", b"PK\x03\x04nonsense")
        archive.writestr("一月/丙案/<b>.txt", INDICTMENT)
    files = [("files", ("一月.zip", packed.getvalue()))]
    sent = client.post("/batches", files=files, follow_redirects=False)
    where = sent.headers["location"]
    _until(client, where, lambda batch: batch["ended"])
    page = html.fromstring(client.get(where).text)
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./td")]
        for row in page.xpath("//tbody/tr")
    ]
    # In the order in which they were handed in.
    assert [row[:2] for row in rows] == [
        ["甲案", "已完成"],
        ["乙案", "未能检查"],
        ["丙案", "已完成"],
    ]
    (broken,) = [row for row in rows if row[0] == "乙案"]
    assert broken[2:5] == ["—"] * 3
    assert "a.docx" in broken[5]
    (whole,) = [row for row in rows if row[0] == "甲案"]
    assert sum(map(int, whole[2:5])) > 0
    (link,) = page.xpath("//td/a[text()='甲案']/@href")
    assert client.get(link).status_code == 200
    assert "全部 3 件" in page.text_content()
    assert where in client.get("/batches").text
    assert as_person("周航").get(where).status_code == 404
    assert as_person("吴凡").get("/batches").status_code == 403


def test_a_batch_tells_only_what_has_changed(
    settings: Settings, signed: Callable[[TestClient, str], TestClient]
) -> None:
    """Nobody works on it here, so that it stands still between two looks."""
    with TestClient(create_app(settings, own_worker=False)) as server:
        client = signed(server, "李敏")
        files = [("files", (f"{n}.txt", INDICTMENT.encode())) for n in ("甲", "乙", "丙")]
        where = client.post("/batches", files=files, follow_redirects=False).headers["location"]

        def rows(since: str = "") -> tuple[int, str]:
            told = html.fromstring(client.get(where, params={"since": since} if since else {}).text)
            table = told if told.get("id") == "batch" else told.get_element_by_id("batch")
            return len(table.xpath(".//tbody/tr[@id]")), table.get("data-at")

        whole, at = rows()
        assert whole == 3
        assert rows(at)[0] == 3, "what was noted within the last seconds is told again"
        later = (datetime.fromisoformat(at) + timedelta(minutes=1)).isoformat()
        assert rows(later) == (0, at)
        assert client.get(where, params={"since": "gestern"}).status_code == 422


def test_a_batch_without_documents_is_refused(client: TestClient, settings: Settings) -> None:
    # As browsers send a form in which nothing was chosen.
    empty = 'Content-Disposition: form-data; name="{}"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n\r\n'
    body = "".join(f"--b\r\n{empty.format(name)}" for name in ("files", "folder")) + "--b--\r\n"
    form = {"Content-Type": "multipart/form-data; boundary=b"}
    sent = client.post("/batches", content=body.encode(), headers=form)
    assert sent.status_code == 422
    assert "没有可检查的文书" in _text(sent.text)
    assert not (settings.home / "incoming").exists()


@pytest.mark.timeout(90)
def test_a_mended_draft_is_handed_in_as_the_next_of_its_case(
    client: TestClient, as_person: Callable[[str], TestClient]
) -> None:
    first = client.post("/api/v1/cases", files={"indictment": FILES["indictment"]}).json()["id"]
    mended = {"indictment": ("起诉书.txt", INDICTMENT.replace("柳树镇", "白沙镇").encode())}
    sent = client.post("/api/v1/cases", files=mended, data={"follows": first})
    trail = client.get(f"/api/v1/cases/{sent.json()['id']}/audit").json()["events"]
    assert [e["after"]["case"] for e in trail if e["action"] == "case.continues"] == [first]
    strange = as_person("周航").post("/api/v1/cases", files=mended, data={"follows": first})
    assert strange.status_code == 404
