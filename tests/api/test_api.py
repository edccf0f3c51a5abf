"""The API decides by the rules of the review and refuses in one Chinese sentence."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from fastapi.testclient import TestClient
from lxml import html
from results import finding, result
from sqlalchemy import text

from api import serve
from api.guard import MAX_BODY_BYTES
from assistant.accounts import Person, assign, save_held
from assistant.audit import verify
from assistant.settings import Settings, SettingsError
from assistant.storage import Store


def _act(client: TestClient, path: str, **body: Any) -> Any:
    return client.post(f"/api/v1/cases/{path}", json=body)


def test_the_whole_way_from_draft_to_signed_report(
    client: TestClient, store: Store, case_id: str
) -> None:
    assert [c["id"] for c in client.get("/api/v1/cases").json()] == [case_id]
    confirmed = _act(client, f"{case_id}/findings/1/confirm", version=1).json()
    assert (confirmed["status"], confirmed["decision"]["actor"]) == ("confirmed", "李敏")
    edited = _act(client, f"{case_id}/findings/2/edit", message="超期一日。").json()
    assert edited["original"] == {"message": finding("DATE-004")["message"]}
    _act(client, f"{case_id}/findings/3/reject", reason="格式无误")
    signed = _act(client, f"{case_id}/sign").json()
    assert [(s["stage"], s["actor"]) for s in signed["signatures"]] == [("selfcheck", "李敏")]
    assert signed["signature"] is None, "the case itself is signed off by the quality team"
    told = [f["status"] for f in client.get(f"/api/v1/cases/{case_id}/findings").json()]
    assert told == ["confirmed", "edited", "rejected"]
    detail = client.get(f"/api/v1/cases/{case_id}").json()
    assert detail["result"]["signature"] is None
    record = client.get(f"/api/v1/cases/{case_id}/selfcheck.json").json()
    assert record["signature"] == signed["signatures"][0]
    trail = client.get(f"/api/v1/cases/{case_id}/audit").json()
    assert [e["action"] for e in trail["events"]] == [
        "analysis.saved",
        "case.held",
        "finding.confirmed",
        "finding.edited",
        "finding.rejected",
        "case.signed",
        "case.viewed",
        "case.exported",
    ]
    assert trail["head"] == trail["events"][-1]["hash"] == store.audit_head().hash
    assert verify(store) == []


def test_an_evaluation_leaves_as_it_was_signed(
    store: Store, as_person: Callable[[str], TestClient], someone: Callable[[str], Person]
) -> None:
    case_id = save_held(store, result(finding("CMP-006")), someone("李敏"))
    colleague = someone("周航")
    with store.writing() as session:
        assign(session, case_id, colleague, by="何静")
    evaluator, quality = as_person("周航"), as_person("何静")
    report = f"/api/v1/cases/{case_id}/evaluation.json"
    assert evaluator.get(report).status_code == 409, "nobody has signed it"
    _act(evaluator, f"{case_id}/findings/1/confirm")
    signed = _act(evaluator, f"{case_id}/sign").json()["signatures"][0]
    assert signed["stage"] == "evaluation"
    refused = _act(evaluator, f"{case_id}/findings/1/reopen", reason="再看")
    assert refused.status_code == 409
    assert _act(quality, f"{case_id}/findings/1/reopen", reason="须补充差额").status_code == 200
    assert evaluator.get(report).json()["findings"][0]["status"] == "confirmed"
    live = quality.get(f"/api/v1/cases/{case_id}/report.json").json()
    assert (live["findings"][0]["status"], live["signature"]) == ("draft", None)


REFUSED = [
    ("post", "cases/{id}/findings/1/reject", {"reason": " "}, 422, "须写明理由"),
    ("post", "cases/{id}/findings/1/reject", {}, 422, "reason"),
    ("post", "cases/{id}/findings/1/confirm", {"x": 1}, 422, "x"),
    ("post", "cases/{id}/findings/1/edit", {"severity": "grave"}, 422, "severity"),
    ("post", "cases/{id}/findings/1/edit", {"severity": "minor"}, 422, "须写明理由"),
    ("post", "cases/{id}/findings/1/edit", {"message": "长" * 4001}, 422, "message"),
    ("post", "cases/{id}/findings/1/reopen", {"reason": "错"}, 409, "尚未决定"),
    ("post", "cases/{id}/findings/1/confirm", {"version": 7}, 409, "重新检查"),
    ("post", "cases/{id}/findings/9/confirm", {}, 404, "没有第 9 项"),
    ("post", "cases/{id}/sign", {}, 409, "不能签署"),
    ("get", "cases/zzzzzzzz", None, 404, "没有编号"),
    ("get", "cases/..%2f..%2fetc", None, 404, "没有这个页面"),
    ("get", "cases/{id}%00", None, 404, "没有这个页面"),
    ("get", "cases/{id}/report.exe", None, 404, "没有这个页面"),
    ("get", "nowhere", None, 404, "没有这个页面"),
    ("delete", "cases/{id}", None, 405, "不支持"),
]


@pytest.mark.parametrize(("method", "path", "body", "status", "sentence"), REFUSED)
def test_refusals_are_problems_in_chinese(
    client: TestClient,
    store: Store,
    case_id: str,
    method: str,
    path: str,
    body: dict[str, Any] | None,
    status: int,
    sentence: str,
) -> None:
    before = store.audit_head()
    done = client.request(method, f"/api/v1/{path.format(id=case_id)}", json=body)
    assert done.status_code == status
    assert done.headers["content-type"] == "application/problem+json"
    assert sentence in done.json()["detail"]
    assert store.audit_head() == before


@pytest.mark.parametrize("suffix", ["docx", "pdf", "json", "html"])
def test_reports_are_served_as_what_they_are(client: TestClient, case_id: str, suffix: str) -> None:
    done = client.get(f"/api/v1/cases/{case_id}/report.{suffix}")
    assert done.status_code == 200
    assert done.headers["x-content-type-options"] == "nosniff"
    shown = "inline" if suffix == "html" else "attachment"
    assert done.headers["content-disposition"].startswith(f"{shown}; filename*=UTF-8''")
    assert "unsafe" not in done.headers["content-security-policy"]
    match suffix:
        case "docx":
            assert "案件质量评查意见书" in Document(io.BytesIO(done.content)).paragraphs[0].text
        case "pdf":
            assert done.content.startswith(b"%PDF-")
        case "json":
            assert json.loads(done.content)["schema"] == "findings/1"
        case "html":
            assert "style-src 'sha256-" in done.headers["content-security-policy"]
            assert html.fromstring(done.text).xpath("//*[@style]") == []


STRANGERS = [
    ({"Host": "assistant.example.com"}, "another name pointed at this machine"),
    ({"Origin": "http://evil.example"}, "a form on another site"),
    ({"Origin": "null"}, "a sandboxed frame"),
    ({"Sec-Fetch-Site": "cross-site"}, "a form on another site, without origin"),
]


@pytest.mark.parametrize(("headers", "why"), STRANGERS)
def test_strangers_change_nothing(
    client: TestClient, store: Store, case_id: str, headers: dict[str, str], why: str
) -> None:
    done = client.post(f"/api/v1/cases/{case_id}/findings/1/confirm", json={}, headers=headers)
    assert done.status_code == 403, why
    assert store.case(case_id).counts == {"draft": 3}


def test_own_pages_may_change(client: TestClient, case_id: str) -> None:
    own = {"Origin": "http://127.0.0.1:8600", "Sec-Fetch-Site": "same-origin"}
    done = client.post(f"/api/v1/cases/{case_id}/findings/1/confirm", json={}, headers=own)
    assert done.status_code == 200


def test_a_body_over_the_limit_is_refused_by_its_header(client: TestClient) -> None:
    headers = {"Content-Length": str(MAX_BODY_BYTES + 1)}
    done = client.post("/api/v1/cases", content=b"x", headers=headers)
    assert done.status_code == 413


def test_a_body_over_the_limit_is_refused_as_it_grows(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.guard.MAX_BODY_BYTES", 1000)
    chunks = (b"x" * 100 for _ in range(50))
    form = {"Content-Type": "multipart/form-data; boundary=b"}
    assert client.post("/api/v1/cases", content=chunks, headers=form).status_code == 413


def test_an_unknown_error_says_nothing_of_the_case(
    client: TestClient,
    store: Store,
    case_id: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with store.writing() as session:
        session.execute(text("ALTER TABLE findings RENAME COLUMN current TO gone"))
    done = client.get(f"/api/v1/cases/{case_id}")
    assert done.status_code == 500
    assert "程序内部出错" in done.json()["detail"]
    assert done.headers["x-content-type-options"] == "nosniff"
    assert "Error at" in caplog.text
    assert "findings" not in caplog.text


def test_health_tells_the_versions(client: TestClient) -> None:
    told = client.get("/api/v1/health").json()
    assert told["status"] == "ok"
    assert told["versions"]["rules"]


def test_the_interface_describes_itself(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert "/api/v1/cases/{case_id}/findings/{number}/reject" in paths
    assert not any(path.startswith("/cases") for path in paths)


def test_only_this_machine_is_served(settings: Settings) -> None:
    with pytest.raises(SettingsError, match="只能在本机"):
        serve(settings, "0.0.0.0", 8600)
