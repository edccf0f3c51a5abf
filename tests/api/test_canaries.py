"""Nothing of a document, of a person or of a decision's words gets into a log (D24)."""

from __future__ import annotations

import logging

import pytest
from fastapi.testclient import TestClient
from samples import INDICTMENT
from sqlalchemy import text

from assistant.settings import Settings
from assistant.storage import Store, originals

NAME, NUMBER, WORDS, REASON = "欧阳金丝雀", "539902199001014417", "金丝雀桥头", "因金丝雀已退赃"
CANARIES = (NAME, NUMBER, WORDS, REASON, "金丝雀")
PLANTED = (
    INDICTMENT.replace("罗庆生", NAME)
    .replace("539902198806090034", NUMBER)
    .replace("柳树桥路口", WORDS)
)


@pytest.mark.timeout(90)
def test_no_canary_is_ever_logged_or_left_open(
    client: TestClient,
    store: Store,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    files = {"indictment": (f"{NAME}起诉书.txt", PLANTED.encode())}
    done = client.post("/api/v1/cases", files=files)
    assert done.status_code == 201
    assert NAME in done.text
    case_id = done.json()["id"]
    numbers = [f["number"] for f in client.get(f"/api/v1/cases/{case_id}/findings").json()]
    assert numbers
    for number in (numbers[0], 99):
        path = f"/api/v1/cases/{case_id}/findings/{number}/reject"
        client.post(path, json={"reason": REASON})
    written = {"dimension": "facts", "code": "OTH-000", "severity": "minor", "message": REASON}
    for quote in (WORDS, f"没有{WORDS}"):
        added = {**written, "role": "indictment", "quote": quote}
        client.post(f"/api/v1/cases/{case_id}/findings", json=added)
    client.post(f"/api/v1/cases/{case_id}/rectifications/1/answer", json={"text": REASON})
    client.get("/", params={"q": NAME})
    client.get(f"/cases/{case_id}")
    broken = {"judgment": (f"{NAME}.docx", b"PK\x03\x04" + WORDS.encode())}
    assert client.post("/api/v1/cases", files=broken).status_code == 422
    with store.writing() as session:
        session.execute(text("ALTER TABLE findings RENAME COLUMN current TO gone"))
    assert client.get(f"/api/v1/cases/{case_id}").status_code == 500
    assert client.post("/api/v1/cases", files=files).status_code >= 500
    # The test's own client tells which addresses it asked for.
    told = "\n".join(
        f"{r.getMessage()} {r.exc_text}" for r in caplog.records if not r.name.startswith("httpx")
    )
    for canary in CANARIES:
        assert canary not in told
    for sealed in originals.every(settings):
        assert WORDS.encode() not in sealed.read_bytes()
