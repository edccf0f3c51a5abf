"""Signing in by page and by program, what a session carries, and what is on record of looking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from lxml import html

from api import create_app
from api.access import CaseId, Permission, need, require_declared
from assistant.accounts import Person, disable, people
from assistant.accounts.failures import PER_NAME
from assistant.audit import verify
from assistant.settings import Settings
from assistant.storage import Store

PASSWORD = "songguo-xique-yitiaohe"
Someone = Callable[[str], Person]


def _enter(server: TestClient, name: str = "李敏", **fields: str) -> Any:
    data = {"name": name, "password": PASSWORD, **fields}
    return server.post("/sign-in", data=data, follow_redirects=False)


def test_without_accounts_the_page_tells_how_to_make_the_first(server: TestClient) -> None:
    sent = server.get("/", follow_redirects=False)
    assert sent.headers["location"] == "/sign-in?next=%2F"
    page = html.fromstring(server.get("/").text)
    assert "assistant users add 姓名 --role admin" in page.text_content()
    assert page.xpath("//nav[@aria-label='主导航']//a") == []


def test_the_way_in_and_out(server: TestClient, someone: Someone, case_id: str) -> None:
    someone("李敏")
    where = f"/cases/{case_id}?show=all"
    asked = html.fromstring(server.get(where).text)
    assert "users add" not in asked.text_content()
    assert asked.xpath("//input[@name='next']/@value") == [where]
    sent = server.post(
        "/sign-in",
        data={"name": "李敏", "password": PASSWORD, "next": where},
        follow_redirects=False,
    )
    assert (sent.status_code, sent.headers["location"]) == (303, where)
    cookie = sent.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie
    page = html.fromstring(server.get(where).text)
    token = page.xpath("//meta[@name='csrf']/@content")
    assert page.xpath("//header//input[@name='csrf']/@value") == token
    assert server.get("/sign-in", follow_redirects=False).headers["location"] == "/"
    server.post("/sign-out", data={"csrf": token[0]})
    assert server.get(where, follow_redirects=False).status_code == 303


def test_a_wrong_password_is_asked_again(server: TestClient, someone: Someone) -> None:
    someone("李敏")
    sent = server.post("/sign-in", data={"name": "李敏", "password": "x", "next": "/checks"})
    page = html.fromstring(sent.text)
    assert sent.status_code == 401
    assert "账号或密码不对" in page.xpath("string(//*[@role='alert'])")
    assert page.xpath("//input[@name='name']/@value") == ["李敏"]
    assert page.xpath("//input[@name='password']/@value") == []
    assert page.xpath("//input[@name='next']/@value") == ["/checks"]


AWAY = ["//evil.example/x", "https://evil.example/", "/\\evil.example", "javascript:x", "/a\nb", ""]


@pytest.mark.parametrize("where", AWAY)
def test_signing_in_leads_nowhere_else(server: TestClient, someone: Someone, where: str) -> None:
    someone("李敏")
    data = {"name": "李敏", "password": PASSWORD, "next": where}
    sent = server.post("/sign-in", data=data, follow_redirects=False)
    assert sent.headers["location"] == "/"


def test_programs_sign_in_by_the_interface(server: TestClient, someone: Someone) -> None:
    someone("李敏")
    refused = server.post("/api/v1/session", json={"name": "李敏", "password": "x"})
    assert (refused.status_code, refused.json()["detail"]) == (401, "账号或密码不对，请重新输入。")
    begun = server.post("/api/v1/session", json={"name": "李敏", "password": PASSWORD})
    told = server.get("/api/v1/session").json()
    assert begun.json() == told
    assert (told["name"], told["role"]) == ("李敏", "officer")
    assert server.delete("/api/v1/session").status_code == 403
    ended = server.delete("/api/v1/session", headers={"X-CSRF-Token": told["csrf"]})
    assert ended.status_code == 204
    gone = server.get("/api/v1/session")
    assert gone.status_code == 401
    assert gone.headers["content-type"] == "application/problem+json"


def test_a_session_ends_with_the_account(
    client: TestClient, store: Store, someone: Someone
) -> None:
    assert client.get("/api/v1/cases").status_code == 200
    disable(store, someone("李敏").name, by="root")
    assert client.get("/api/v1/cases").status_code == 401


def test_a_strangers_upload_is_not_read(server: TestClient, someone: Someone) -> None:
    someone("李敏")
    files = {"judgment": ("判决书.txt", b"x" * 200_000)}
    assert server.post("/api/v1/cases", files=files).status_code == 401
    assert server.post("/sign-in", data={"name": "x" * 200_000}).status_code == 401


def test_behind_tls_the_cookie_is_for_tls(settings: Settings, someone: Someone) -> None:
    someone("李敏")
    behind = settings.model_copy(update={"server_tls": True})
    with TestClient(create_app(behind), base_url="https://127.0.0.1") as server:
        data = {"name": "李敏", "password": PASSWORD}
        sent = server.post("/sign-in", data=data, follow_redirects=False)
        assert "Secure" in sent.headers["set-cookie"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("pinggu.jcy", 200),
        ("PINGGU.jcy:8600", 200),
        ("10.20.30.40", 200),
        ("127.0.0.1", 200),
        ("pinggu.jcy.evil.example", 403),
        ("10.20.30.41", 403),
    ],
)
def test_the_server_answers_to_its_names_only(settings: Settings, host: str, status: int) -> None:
    named = settings.model_copy(update={"server_names": frozenset({"pinggu.jcy", "10.20.30.40"})})
    with TestClient(create_app(named), base_url="http://127.0.0.1") as server:
        assert server.get("/api/v1/health", headers={"Host": host}).status_code == status


# ------------------------------------------------------------------ one's own account


def _change(client: TestClient, **fields: str) -> str:
    data = {"old": PASSWORD, "new": "lushang-you-yinghua", "again": "lushang-you-yinghua", **fields}
    page = html.fromstring(client.post("/account/password", data=data).text)
    return str(page.xpath("string(//main//*[@role])"))


def test_the_own_password_is_changed_and_other_browsers_are_out(
    client: TestClient, as_person: Callable[[str], TestClient], server: TestClient
) -> None:
    other = as_person("李敏")
    assert "原密码不对" in _change(client, old="cuode-cuode-cuode")
    assert "不一致" in _change(client, again="bu-yiyang-de-mima")
    assert "密码须为" in _change(client, new="duan", again="duan")
    assert "密码已修改" in _change(client)
    assert client.get("/api/v1/session").status_code == 200
    assert other.get("/api/v1/session").status_code == 401
    assert _enter(server).status_code == 401


def test_the_old_password_cannot_be_guessed_on_an_open_browser(client: TestClient) -> None:
    for _ in range(PER_NAME):
        assert "原密码不对" in _change(client, old="cuode-cuode-cuode")
    assert "次数过多" in _change(client)


# ------------------------------------------------------------------ what is on record


def _events(store: Store, case_id: str) -> list[tuple[str, str, object]]:
    looks = ("case.viewed", "case.exported")
    return [(c.action, c.actor, c.after) for c in store.history(case_id) if c.action in looks]


def test_who_saw_and_who_took_away_is_on_record(
    client: TestClient, as_person: Callable[[str], TestClient], store: Store, case_id: str
) -> None:
    quality = as_person("何静")
    for reader in (client, quality, client):
        assert reader.get(f"/cases/{case_id}").status_code == 200
    quality.get(f"/api/v1/cases/{case_id}/report.json")
    assert client.get(f"/api/v1/cases/{case_id}/report.exe").status_code == 404
    assert as_person("周航").get(f"/cases/{case_id}").status_code == 404
    assert _events(store, case_id) == [
        ("case.viewed", "李敏", None),
        ("case.viewed", "何静", None),
        ("case.exported", "何静", {"file": "report.json"}),
    ]


def test_the_name_of_an_act_is_the_sessions(client: TestClient, store: Store, case_id: str) -> None:
    """Whatever the request says of who is acting."""
    path = f"/cases/{case_id}/findings/1"
    data = {"act": "confirm", "version": "1", "actor": "何静"}
    client.post(path, data=data, headers={"X-Actor": "root"})
    assert store.history(case_id)[-1].actor == "李敏"


# ------------------------------------------------------------------ what the start refuses


def _app(path: str, *needed: Permission, case: bool = False) -> FastAPI:
    router = APIRouter()

    def plain() -> None: ...

    def of_case(case_id: CaseId) -> None: ...

    dependencies = [need(*needed)] if needed else []
    router.add_api_route(path, of_case if case else plain, dependencies=dependencies)
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.include_router(router, prefix="/api/v1")
    return app


def test_no_route_without_a_declared_permission_is_served() -> None:
    require_declared(_app("/x", Permission.SIGNED_IN))
    require_declared(_app("/cases/{case_id}/x", Permission.CASES_READ, case=True))
    with pytest.raises(RuntimeError, match="/api/v1/x declares no permission"):
        require_declared(_app("/x"))
    with pytest.raises(RuntimeError, match="not a CaseId"):
        require_declared(_app("/cases/{case_id}/x", Permission.CASES_READ))
    with pytest.raises(RuntimeError, match="no route that could declare"):
        require_declared(FastAPI())


# ------------------------------------------------------------------ the office's accounts


def test_an_administrator_keeps_the_accounts(
    as_person: Callable[[str], TestClient], store: Store, server: TestClient
) -> None:
    admin = as_person("吴凡")
    assert admin.get("/").url.path == "/people"
    place = {"role": "officer", "unit": "临江市青岩区人民检察院", "department": "第一检察部"}
    new = {"name": "郑一", "password": PASSWORD, **place}
    told = html.fromstring(admin.post("/people", data=new).text)
    assert "账号已添加" in told.xpath("string(//*[@role='status'])")
    assert "郑一" in told.xpath("string(//table)")
    assert "已有名为" in admin.post("/people", data=new).text
    person = next(p for p in people(store) if p.name == "郑一")
    where = f"/people/{person.id}"
    admin.post(f"{where}/move", data={**place, "role": "evaluator", "department": "第二检察部"})
    assert "密码须为" in admin.post(f"{where}/password", data={"password": "duan"}).text
    admin.post(f"{where}/password", data={"password": "lushang-you-yinghua"})
    admin.post(f"{where}/disable")
    assert _enter(server, "郑一", password="lushang-you-yinghua").status_code == 401
    admin.post(f"{where}/enable")
    assert _enter(server, "郑一", password="lushang-you-yinghua").status_code == 303
    assert next(p for p in people(store) if p.name == "郑一").role == "evaluator"
    assert verify(store) == []


def test_an_administrator_does_not_change_himself(
    as_person: Callable[[str], TestClient], someone: Someone
) -> None:
    admin, me = as_person("吴凡"), someone("吴凡")
    for act in ("move", "disable", "enable", "password"):
        sent = admin.post(f"/people/{me.id}/{act}", data={"role": "quality", "password": PASSWORD})
        assert "不能在这里改动自己的账号" in sent.text, act
    assert admin.get("/people").status_code == 200
