"""The pages work without JavaScript, and nothing in a document can act on them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from lxml import html
from results import evidence, finding, result

from assistant.accounts import Person, save_held
from assistant.storage import Store

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\x00\u202e{{7*7}}"


@pytest.fixture
def case_id(store: Store, someone: Callable[[str], Person]) -> str:
    return save_held(store, result(finding("CMP-006", "serious")), someone("李敏"))


def _form(client: TestClient, path: str, **fields: str) -> int:
    done = client.post(path, data={"version": "1", **fields})
    return done.status_code


def test_an_empty_office_is_told_what_to_do(client: TestClient) -> None:
    page = html.fromstring(client.get("/").text)
    assert "还没有案件" in page.text_content()
    assert page.xpath("//form[@enctype='multipart/form-data']//input[@name='indictment']")


def test_the_case_shows_proof_beside_each_finding(client: TestClient, case_id: str) -> None:
    assert f'href="/cases/{case_id}"' in client.get("/").text
    text = html.fromstring(client.get(f"/cases/{case_id}").text).text_content()
    for wanted in (
        "第 3 页未能读取",
        "起诉书第2页",
        "8600元（CMP-006）",
        "第二百六十四条",
        "待确认",
    ):
        assert wanted in text


def test_forms_decide_and_sign(client: TestClient, store: Store, case_id: str) -> None:
    path = f"/cases/{case_id}/findings/1"
    original = store.finding(case_id, 1).original
    assert _form(client, path, act="confirm") == 200
    assert store.finding(case_id, 1).status == "confirmed"
    assert _form(client, path, act="reopen", reason="看错") == 200
    unchanged = {"suggestion": original["suggestion"], "severity": "serious"}
    assert _form(client, path, act="edit", message="改后\r\n两行。", **unchanged) == 200
    assert store.finding(case_id, 1).content["message"] == "改后\n两行。"
    assert store.finding(case_id, 1).changed == {"message": original["message"]}
    assert _form(client, f"/cases/{case_id}/sign") == 200
    page = html.fromstring(client.get(f"/cases/{case_id}").text)
    assert "已由 李敏 于" in page.text_content()
    assert (
        page.xpath("//main//form[contains(@action, '/findings/') or contains(@action, '/sign')]")
        == []
    )


REFUSED = [
    ({"act": "reject"}, 422, "须写明理由"),
    ({"act": "confirm", "version": "2"}, 409, "重新检查"),
    ({"act": "erase"}, 422, "act"),
]


@pytest.mark.parametrize(("fields", "status", "sentence"), REFUSED)
def test_refusals_are_pages_with_a_way_back(
    client: TestClient,
    store: Store,
    case_id: str,
    fields: dict[str, str],
    status: int,
    sentence: str,
) -> None:
    data = {"version": "1", **fields}
    done = client.post(f"/cases/{case_id}/findings/1", data=data)
    page = html.fromstring(done.text)
    assert done.status_code == status
    assert sentence in page.text_content()
    assert page.xpath("//main//a/@href") == [f"/cases/{case_id}"]
    assert store.case(case_id).counts == {"draft": 1}


def test_the_enter_key_decides_nothing(client: TestClient, case_id: str) -> None:
    page = html.fromstring(client.get(f"/cases/{case_id}").text)
    first = page.xpath("(//article//form//button)[1]")[0]
    assert "disabled" in first.attrib


def test_hostile_text_is_shown_and_does_nothing(
    client: TestClient, store: Store, someone: Callable[[str], Person]
) -> None:
    given = result(
        finding("CMP-006", title=HOSTILE, message=HOSTILE, suggestion=HOSTILE,
                evidence=[evidence("judgment", HOSTILE)])
    )  # fmt: skip
    given["case"]["title"] = HOSTILE
    given["documents"][0]["file"] = HOSTILE
    case_id = save_held(store, given, someone("李敏"))
    for path in ("/", f"/cases/{case_id}", f"/api/v1/cases/{case_id}/report.html"):
        done = client.get(path)
        page = html.fromstring(done.text)
        assert (
            page.xpath("//script[not(starts-with(@src, '/static/'))] | //img | //*[@onerror]") == []
        )
        assert "{{7*7}}" in page.text_content()
        assert "\u202e" not in done.text
        assert "unsafe-inline" not in done.headers["content-security-policy"]


def test_pages_load_nothing_from_elsewhere(client: TestClient, case_id: str) -> None:
    page = html.fromstring(client.get(f"/cases/{case_id}").text)
    (style,) = page.xpath("//link/@href")
    sent = client.get(style)
    assert sent.headers["content-type"].startswith("text/css")
    assert "immutable" in sent.headers["cache-control"]
    assert client.get("/static/app.0000000000.css").status_code == 404
    assert page.xpath("//@style | //@onclick") == []
    assert all(src.startswith("/") for src in page.xpath("//@src"))


def test_the_catalogue_lists_every_check_and_what_is_known_of_it(client: TestClient) -> None:
    page = html.fromstring(client.get("/checks").text)
    codes = page.xpath("//tbody/tr/td[1]//text()")
    assert "CMP-009" in codes
    assert len(codes) == len(set(codes))
    heads = page.xpath("//thead//th/text()")
    assert heads == ["检查码", "名称", "检查的文书", "轻重", "状态", "实测准确率", "施行"]
    waiting = html.fromstring(client.get("/checks?state=waiting").text).xpath("//tbody/tr")
    assert 0 < len(waiting) < len(codes)
    assert "没有符合条件的检查" in client.get("/checks?document=nothing").text


def test_a_check_tells_its_words_and_its_example(client: TestClient) -> None:
    text = html.fromstring(client.get("/checks/CMP-009").text).text_content()
    for wanted in ("CMP-009", "用语", "依据", "准确率", "应当指出", "不应指出"):
        assert wanted in text
    assert client.get("/checks/ZZZ-999").status_code == 404


@pytest.mark.parametrize(
    ("name", "title"), [("selfcheck", "文书自查记录"), ("notice", "流程监控通知书（草稿）")]
)
def test_a_record_or_a_notice_is_a_page_and_a_download(
    name: str, title: str, client: TestClient, case_id: str
) -> None:
    where = f"/api/v1/cases/{case_id}/{name}"
    assert f"{where}.html" in client.get(f"/cases/{case_id}").text
    shown = client.get(f"{where}.html")
    assert shown.headers["content-disposition"].startswith("inline")
    assert title in shown.text
    for suffix, magic in ((".docx", b"PK"), (".pdf", b"%PDF")):
        sent = client.get(where + suffix)
        assert sent.content.startswith(magic)
        assert sent.headers["content-disposition"].startswith("attachment")


def test_similar_cases_are_compared_on_a_page_of_their_own(
    client: TestClient, store: Store, someone: Callable[[str], Person], case_id: str
) -> None:
    """Case, cells with their marks, and the terms as a drawing; names and quotes do nothing."""
    assert client.get(f"/cases/{case_id}/similar").status_code == 404
    given = result(finding("CMP-006", "serious"))
    given["similar"] = {
        "notes": ["类案只供参照。"],
        "cases": [
            {
                "rank": 1,
                "title": "（2022）云9902刑初7号",
                "court": None,
                "reason": f"罪名相同：盗窃罪{HOSTILE}",
                "difference": "判处相同。",
            }
        ],
        "table": [
            {
                "key": "fine",
                "name": "罚金",
                "own": "2000元",
                "cells": [{"text": "未并处", "mark": "different"}],
            }
        ],
        "distribution": {
            "charge": "盗窃罪",
            "tier": 1,
            "n": 6,
            "terms": [6, 7, 8, 9, 10, 11],
            "months": {"10": 6.5, "25": 7, "50": 8.5, "75": 10, "90": 10.5},
            "without_fixed_term": 1,
            "probation": 2,
            "years": [2021, 2022],
            "places": [
                {"what": "判决", "low": 8, "high": 8, "text": "有期徒刑八个月", "percentile": 42}
                | {"adjusted": 50}
            ],
            "notes": [],
        },
    }
    for document in given["documents"]:
        document["sha256"] = document["sha256"][::-1]  # another case
    case = save_held(store, given, someone("李敏"))
    assert f'href="/cases/{case}/similar"' in client.get(f"/cases/{case}").text
    told = client.get(f"/cases/{case}/similar").text
    page = html.fromstring(told)
    text = page.text_content()
    assert "<script" not in told
    assert not page.xpath("//img")
    assert page.xpath("//svg[@role='img']")
    for wanted in (
        "（2022）云9902刑初7号",
        "不同 未并处",
        "案件6件（2021年至2022年）",
        "高于其中约42%的案件",
    ):
        assert wanted in text
