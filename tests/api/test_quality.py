"""Quality's journey over HTTP: queue to signed papers, each page readable without scripts."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from docx import Document
from fastapi.testclient import TestClient
from lxml import html
from openpyxl import load_workbook
from results import finding, result, sha

from assistant.accounts import Person, assign, save_held
from assistant.audit import verify
from assistant.storage import Store

Client = Callable[[str], TestClient]
SIGNED = "何静"


@pytest.fixture
def quality(as_person: Client) -> TestClient:
    return as_person(SIGNED)


def _add(store: Store, holder: Person, key: str, *findings: dict[str, Any]) -> str:
    told = result(*findings)
    told["documents"][0]["sha256"] = sha(key)
    return save_held(store, told, holder)


def _ok(response: Any, status: int = 204) -> Any:
    assert response.status_code == status, response.text
    return response


def _text(response: Any) -> str:
    assert response.status_code == 200, response.text
    return " ".join(html.fromstring(response.content).text_content().split())


def test_from_the_queue_to_signed_papers(
    store: Store, quality: TestClient, client: TestClient, case_id: str
) -> None:
    base = f"/api/v1/cases/{case_id}"
    queue = quality.get("/api/v1/quality/queue").json()
    assert [item["severity"] for item in queue["items"]] == ["serious", "moderate", "minor"]
    body = {"cases": [case_id], "to": SIGNED, "due": "2026-12-31"}
    _ok(quality.post("/api/v1/quality/assignments", json=body))
    assert quality.post(f"{base}/feedback").status_code == 409, "nothing is decided yet"
    for number in (1, 2):
        _ok(quality.post(f"{base}/findings/{number}/confirm", json={"version": 1}), 200)
    _ok(quality.post(f"{base}/findings/3/reject", json={"reason": "格式符合样式"}), 200)
    _ok(quality.post(f"{base}/feedback"))
    assert case_id in _ok(client.get("/feedback"), 200).text
    body = {"number": 2, "text": "期间自次日起算"}
    one = _ok(client.post(f"{base}/objections", json=body), 201).json()["id"]
    assert client.post(f"{base}/feedback/agree").status_code == 409, "an objection is open"
    body = {"outcome": "refused", "text": "起算日已经核对"}
    _ok(quality.post(f"{base}/objections/{one}/answers", json=body))
    _ok(client.post(f"{base}/feedback/agree"))
    told = quality.get(f"{base}/grade").json()
    assert told["suggested"] == "unqualified"
    body = {"grade": "basically_qualified", "version": 1}
    refused = quality.post(f"{base}/grade/propose", json=body)
    assert refused.status_code == 422
    assert "理由" in refused.json()["detail"]
    body["reason"] = "不影响案件处理"
    _ok(quality.post(f"{base}/grade/propose", json=body))
    assert quality.get(f"{base}/opinion.docx").status_code == 409, "not signed"
    _ok(quality.post(f"{base}/grade/settle", json=body | {"reason": "检委会审定"}))
    _ok(quality.post(f"{base}/sign-off", json={"version": 1}))
    words = _document(_ok(quality.get(f"{base}/opinion.docx"), 200).content)
    assert "期间自次日起算" in words
    assert "格式符合样式" not in words
    masked = _document(quality.get(f"{base}/opinion.docx?version=masked").content)
    assert "韩立成" not in masked
    assert verify(store) == []


def _document(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def test_the_same_by_the_forms_of_the_pages(
    store: Store, quality: TestClient, client: TestClient, case_id: str
) -> None:
    """Every form is found on its page and sent as it stands there."""
    page = "/quality?severity=serious"
    assert "判决认定的犯罪数额与起诉指控不一致" in _text(quality.get(page))
    _send(quality, page, f"/quality/cases/{case_id}/findings/1", act="confirm")
    assert store.finding(case_id, 1).status == "confirmed"
    _send(
        quality, f"/quality?chosen={case_id}:3", f"/quality/cases/{case_id}/findings/3",
        reason="格式符合样式", act="reject",
    )  # fmt: skip
    _send(
        quality, f"/quality?chosen={case_id}:2", f"/quality/cases/{case_id}/findings/2",
        form=2, message="期间起算日有误。", act="edit",
    )  # fmt: skip
    assert store.finding(case_id, 2).content["message"] == "期间起算日有误。"
    _send(quality, "/quality", "/quality/assign", cases=case_id, due="2026-12-31")
    here = f"/quality/cases/{case_id}"
    _send(quality, here, f"{here}/ask")
    theirs = f"/cases/{case_id}/feedback"
    _send(client, theirs, f"{theirs}/objections", text="数额已经补正")
    _send(quality, here, f"{here}/objections/1", outcome="refused", text="补正在判决之后")
    _send(client, theirs, f"{theirs}/agree")
    _send(quality, here, f"{here}/grade/propose", grade="qualified", reason="检查中已补正")
    _send(quality, here, f"{here}/grade/settle", grade="qualified", reason="检察长审定")
    _send(quality, here, f"{here}/notices", numbers="1", sent_on=date.today().isoformat())
    _send(quality, here, f"{here}/sign")
    assert "待整改" in _text(client.get("/feedback"))
    _send(client, theirs, f"{theirs}/rectifications/1", text="已更正数额")
    mending = "/quality/rectifications?state=answered"
    _send(quality, mending, f"{here}/rectifications/1", text="未附更正页", outcome="returned")
    _send(client, theirs, f"{theirs}/rectifications/1", text="已附更正页")
    _send(quality, mending, f"{here}/rectifications/1", outcome="closed")
    assert "已附更正页" in _text(quality.get("/quality/rectifications?state=closed"))
    listed = quality.get("/api/v1/quality/rectifications").json()
    assert [(one["state"], one["number"]) for one in listed] == [("closed", 1)]
    shown = _text(quality.get(here))
    for word in (
        "数额已经补正", "补正在判决之后", "检察长审定", "已由 何静", "已销号", "整改销号",
        "登记通知书或者意见书发出",
    ):  # fmt: skip
        assert word in shown, word
    assert verify(store) == []


def _send(browser: TestClient, page: str, action: str, *, form: int = 0, **values: str) -> None:
    """Fill in the form of `page` that leads to `action` (the one of number `form`), send it."""
    document = html.fromstring(_ok(browser.get(page), 200).content)
    forms = [f for f in document.forms if f.action == action]
    forms = [f for f in forms if set(values) - {"act"} <= set(f.fields)] or forms
    chosen = forms[min(form, len(forms) - 1)]
    data = {k: v for k, v in chosen.form_values() if k not in values} | values
    del browser.headers["X-CSRF-Token"]
    response = browser.post(action, data=data, follow_redirects=False)
    browser.headers["X-CSRF-Token"] = data["csrf"]
    assert response.status_code == 303, response.text


def test_the_officer_sees_neither_queue_nor_overview(client: TestClient, case_id: str) -> None:
    for address in ("/quality", "/overview", "/api/v1/quality/queue", "/api/v1/overview"):
        assert client.get(address).status_code == 403, address
    assert client.get(f"/quality/cases/{case_id}").status_code == 403


def test_an_evaluator_finds_his_steps_and_not_those_of_the_team(
    store: Store, as_person: Client, someone: Callable[[str], Person], case_id: str
) -> None:
    evaluator = as_person("周航")
    assert evaluator.get(f"/quality/cases/{case_id}").status_code == 404, "not assigned"
    with store.writing() as session:
        assign(session, case_id, someone("周航"), by=SIGNED)
    assert f"/quality/cases/{case_id}" in evaluator.get(f"/cases/{case_id}").text
    page = html.fromstring(_ok(evaluator.get(f"/quality/cases/{case_id}"), 200).content)
    here = f"/quality/cases/{case_id}"
    assert {f.action for f in page.forms} == {"/sign-out", f"{here}/ask", f"{here}/grade/propose"}


def test_equal_minor_points_together(
    store: Store, quality: TestClient, someone: Callable[[str], Person]
) -> None:
    cases = [_add(store, someone("李敏"), k, finding("FMT-002", "minor")) for k in "一二三"]
    page = html.fromstring(quality.get("/quality/together").content)
    points = page.xpath("//input[@name='points']/@value")
    assert {point.split(":")[0] for point in points} == set(cases)
    (code,) = page.xpath("//input[@name='code']/@value")
    sent = quality.post(
        "/quality/together", data={"code": code, "points": points[:2]}, follow_redirects=False
    )
    assert sent.status_code == 303
    statuses = sorted(store.finding(case_id, 1).status for case_id in cases)
    assert statuses == ["confirmed", "confirmed", "draft"]
    assert "没有两项以上" in _text(quality.get("/quality/together"))


def test_a_lot_is_drawn_and_shown_with_its_seed(
    store: Store, quality: TestClient, someone: Callable[[str], Person], case_id: str
) -> None:
    someone("周航")
    lot = _ok(quality.post("/api/v1/quality/lots", json={"cases": [case_id]}), 201).json()
    assert lot["drawn"] == {case_id: someone("周航").id}
    shown = _text(quality.get("/quality/lots"))
    assert lot["seed"] in shown
    assert "重抽核对一致" in shown
    strange = quality.post("/api/v1/quality/lots", json={"cases": ["aaaaaaaa"]})
    assert strange.status_code == 404


def test_the_overview_leads_down_to_the_sentence(
    store: Store, quality: TestClient, case_id: str
) -> None:
    for number in (1, 2):
        _ok(quality.post(f"/api/v1/cases/{case_id}/findings/{number}/confirm", json={}), 200)
    assert quality.get("/api/v1/overview").json()["total"] == 2
    page = html.fromstring(quality.get("/overview").content)
    (link,) = [a for a in page.xpath("//a/@href") if "dimension=procedure" in a]
    assert "涉案手机价值人民币8600元（DATE-004）" in _text(quality.get(link))
    for address in ("/overview/outcomes", "/overview/precision", "/overview?code=CMP-006"):
        assert "CMP-006" in _text(quality.get(address)) or "罪名 1" in _text(quality.get(address))
    month = date.today().isoformat()[:7]
    words = _document(quality.get(f"/api/v1/overview/monthly/{month}.docx").content)
    assert "本月经人确认的问题 2 项" in words
    book = load_workbook(io.BytesIO(quality.get("/api/v1/overview/problems.xlsx").content))
    assert book.active.max_row == 4
    exports = [c.action for c in _events(store) if c.action.endswith(".exported")]
    assert exports == ["monthly.exported", "list.exported"]


def _events(store: Store) -> list[Any]:
    from sqlalchemy import select

    from assistant.storage.schema import AuditRow

    with store.reading() as session:
        return list(session.scalars(select(AuditRow).order_by(AuditRow.seq)))


def test_a_page_of_nothing_says_so(quality: TestClient) -> None:
    for address, words in (
        ("/quality", "没有符合条件的问题"),
        ("/quality/together", "没有两项以上"),
        ("/quality/lots", "还没有抽签记录"),
        ("/overview", "还没有经人确认的问题"),
        ("/overview/findings", "没有符合条件的问题"),
        ("/overview/outcomes", "没有经人确认的诉判不一"),
        ("/overview/precision", "还没有对程序所提问题作出决定"),
    ):
        assert words in _text(quality.get(address)), address
