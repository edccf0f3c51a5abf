"""Every route × every role × every part in a case: made from the route table, all cells asserted.

What is expected stands here and not in the program: who may do what (ROLES) and who sees
which case (SEES). A route that other tests know nothing of is in the matrix from its first day.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from results import evidence, finding, result

from api import create_app
from api.access import Permission, declared_routes, permissions_of
from assistant.accounts import (
    Person,
    SignedIn,
    UserRole,
    add,
    assign,
    bring,
    find,
    open_session,
    save_held,
)
from assistant.jobs import Upload
from assistant.settings import Settings
from assistant.storage import Store, open_store

P = Permission
ALL = frozenset(UserRole)
HANDLING = frozenset({UserRole.officer, UserRole.evaluator, UserRole.quality})
ROLES: dict[Permission, frozenset[UserRole]] = {
    P.SIGNED_IN: ALL,
    P.CASES_READ: HANDLING,
    P.CASES_ADD: HANDLING,
    P.CASES_EXPORT: HANDLING,
    P.DECIDE: HANDLING,
    P.SIGN: HANDLING,
    P.EVALUATE: frozenset({UserRole.evaluator, UserRole.quality}),
    P.OBJECT: frozenset({UserRole.officer}),
    P.QUEUE: frozenset({UserRole.quality}),
    P.OVERVIEW: frozenset({UserRole.quality}),
    P.USERS: frozenset({UserRole.admin}),
}
PARTS = ("holder", "evaluator", "bringer", "unit", "stranger")
SEES: dict[UserRole, frozenset[str]] = {
    UserRole.officer: frozenset({"holder", "evaluator", "bringer"}),
    UserRole.evaluator: frozenset({"holder", "evaluator", "bringer"}),
    UserRole.quality: frozenset({"holder", "evaluator", "bringer", "unit"}),
    UserRole.admin: frozenset(),
}
# 回避: who evaluates others decides nothing in a case that he handles himself.
RECUSED = frozenset({P.DECIDE, P.SIGN, P.EVALUATE})
EVALUATING = frozenset({UserRole.evaluator, UserRole.quality})
CANARY = "雀舌草巷四十四号"
OPENED = frozenset({"case_id", "job_id", "batch_id"})
FILLED = {"number": "1", "suffix": "html", "code": "CMP-001", "role": "indictment", "name": "x.css"}
UNITS = ("青岩区人民检察院", "临江市人民检察院")


class Office:
    """One person of each role, and for each of them a case of each part, and jobs."""

    def __init__(self, server: TestClient, store: Store) -> None:
        self.server, self.store = server, store
        self.number = 0
        self.sessions: dict[int, SignedIn] = {}
        self.kit = server.app.state.services  # type: ignore[attr-defined]
        self.colleague = self._person("同事", UserRole.officer, UNITS[0])
        self.foreigner = self._person("外人", UserRole.officer, UNITS[1])
        self.people = {role: self._person(f"{role}", role, UNITS[0]) for role in UserRole}
        self.ids: dict[tuple[UserRole, str], dict[str, str]] = {}
        for role, person in self.people.items():
            for part in PARTS:
                self.ids[role, part] = self._things(person, part)

    def _person(self, name: str, role: UserRole, unit: str) -> Person:
        return add(
            self.store, name, "songguo-xique-qiao", role, unit=unit, department="一部", by="root"
        )

    def _things(self, person: Person, part: str) -> dict[str, str]:
        """A case in which the person has this part, and a job and a batch of its holder."""
        holder = {"holder": person, "unit": self.colleague}.get(part, self.foreigner)
        self.number += 1
        told = result(finding("CMP-006", message=CANARY, evidence=[evidence("judgment", CANARY)]))
        told["case"]["title"] = CANARY
        for document in told["documents"]:
            document["sha256"] = f"{self.number:064x}"
        case_id = save_held(self.store, told, holder)
        with self.store.writing() as session:
            if part == "evaluator":
                assign(session, case_id, person, by="root")
            if part == "bringer":
                bring(session, case_id, person, (), by=person.name)
        batch = self.kit.jobs.submit_batch(CANARY, [(CANARY, [_upload()])], model=False, by=holder)
        job = self.kit.jobs.submit([_upload()], model=False, by=holder)
        self.kit.jobs.cancel(job.id, by=holder)
        return {"case_id": case_id, "job_id": job.id, "batch_id": batch.id}

    def is_over(self, person: Person) -> bool:
        """Whether the person has no session (any more)."""
        signed = self.sessions.get(person.id)
        return signed is None or find(self.store, self.kit.settings, signed.token) is None

    def ask(self, method: str, path: str, signed: SignedIn | None, **headers: str) -> Any:
        cookie = {"Cookie": f"session={signed.token}"} if signed else {}
        sent = {"json": {}} if path.startswith("/api/") else {"data": {"x": "x"}}
        if method == "GET":
            sent = {}
        return self.server.request(method, path, headers=cookie | headers, **sent)  # type: ignore[arg-type]


def _upload() -> Upload:
    return Upload(f"{CANARY}.txt", io.BytesIO("起诉书".encode()), None)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Jobs are accepted and not done: what they bring is in the cases."""
    settings = Settings(home=tmp_path_factory.mktemp("office"))
    app = create_app(settings, own_worker=False)
    with (
        TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as server,
        open_store(settings) as store,
    ):
        yield Office(server, store)


def _routes(server: TestClient) -> list[tuple[str, str, frozenset[Permission]]]:
    return [
        (method, route.path or "", permissions_of(route))
        for route in declared_routes(server.app)  # type: ignore[arg-type]
        for method in sorted(route.methods or ())
    ]


def _filled(path: str, ids: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda m: {**FILLED, **ids}.get(m[1], "1"), path)


def _expected(permissions: frozenset[Permission], path: str, role: UserRole, part: str) -> str:
    if P.OPEN in permissions:
        return "open"
    if not all(role in ROLES[permission] for permission in permissions):
        return "role"
    if "{case_id}" in path:
        if part == "holder" and role in EVALUATING and permissions & RECUSED:
            return "role"
        return "open" if part in SEES[role] else "hidden"
    if "{job_id}" in path or "{batch_id}" in path:
        return "open" if part == "holder" else "hidden"
    return "open"


def _seen(done: Any) -> str:
    if done.status_code == 401 or done.headers.get("location", "").startswith("/sign-in?next="):
        return "sign in"
    if done.status_code == 403:
        return "role"
    hidden = ("没有编号", "没有这个检查任务", "没有这个批次")
    if done.status_code == 404 and any(words in done.text for words in hidden):
        return "hidden"
    return "open"


@pytest.mark.timeout(300)
def test_every_cell_of_the_matrix(office: Office) -> None:
    cells, wrong = 0, []
    for method, path, permissions in _routes(office.server):
        own = any("{" + name + "}" in path for name in OPENED)
        for role, person in office.people.items():
            if office.is_over(person):
                office.sessions[person.id] = open_session(office.store, person)
            signed = office.sessions[person.id]
            for part in PARTS if own else PARTS[:1]:
                where = _filled(path, office.ids[role, part])
                done = office.ask(method, where, signed, **{"X-CSRF-Token": signed.csrf})
                expected, seen = _expected(permissions, path, role, part), _seen(done)
                cells += 1
                if (P.OPEN not in permissions and seen != expected) or done.status_code >= 500:
                    wrong.append((method, path, role.value, part, expected, done.status_code))
                if seen != "open" and CANARY in done.text:
                    wrong.append((method, path, role.value, part, "leak", done.status_code))
    assert wrong == [], f"{len(wrong)} of {cells} cells"
    assert cells > 400


def test_strangers_come_to_the_sign_in_and_no_further(office: Office) -> None:
    for method, path, permissions in _routes(office.server):
        if P.OPEN not in permissions:
            where = _filled(path, office.ids[UserRole.officer, "holder"])
            assert _seen(office.ask(method, where, None)) == "sign in", (method, path)


def test_no_change_without_the_token_of_ones_own_session(office: Office) -> None:
    mine = open_session(office.store, office.people[UserRole.officer])
    other = open_session(office.store, office.people[UserRole.evaluator])
    before = office.store.audit_head()
    for method, path, permissions in _routes(office.server):
        if method == "GET" or P.OPEN in permissions:
            continue
        where = _filled(path, office.ids[UserRole.officer, "holder"])
        for headers in ({}, {"X-CSRF-Token": other.csrf}, {"X-CSRF-Token": ""}):
            assert office.ask(method, where, mine, **headers).status_code == 403, (method, path)
    assert office.store.audit_head() == before


def test_cases_named_in_a_body_are_asked_for_too(office: Office) -> None:
    """Given out, drawn or confirmed together: never a strange case, nor one's own by oneself."""
    me = office.people[UserRole.quality]
    signed = open_session(office.store, me)
    token = {"X-CSRF-Token": signed.csrf}

    def sent(path: str, **body: Any) -> int:
        cookie = {"Cookie": f"session={signed.token}"}
        return office.server.post(f"/api/v1/{path}", headers=cookie | token, json=body).status_code

    for part, status in (("stranger", 404), ("holder", 403)):
        case_id = office.ids[UserRole.quality, part]["case_id"]
        point = {"case_id": case_id, "version": 1, "number": 1}
        assert sent("quality/alike/CMP-006", points=[point]) == status
    strange = office.ids[UserRole.quality, "stranger"]["case_id"]
    before = office.store.audit_head()
    assert sent("quality/assignments", cases=[strange], to=me.name) == 404
    assert sent("quality/lots", cases=[strange]) == 404
    assert office.store.audit_head() == before


def test_lists_hold_only_what_may_be_seen(office: Office) -> None:
    """No list, page or interface without a case's address tells of a strange case."""
    readers = {role: open_session(office.store, p) for role, p in office.people.items()}
    strange = {office.ids[role, "stranger"]["case_id"] for role in UserRole}
    for method, path, permissions in _routes(office.server):
        if method != "GET" or "{" in path or "openapi" in path:
            continue
        for role, signed in readers.items():
            if all(role in ROLES.get(p, ALL) for p in permissions):
                text = office.ask(method, path, signed).text
                assert not any(case_id in text for case_id in strange), (path, role)
