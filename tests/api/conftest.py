"""A server with people: signed-in clients by role, and cases that they hold.

Sessions are opened by the accounts' own code and cookies; nothing of the access is off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from results import result

from api import create_app
from assistant.accounts import Person, UserRole, add, open_session, save_held
from assistant.settings import Settings
from assistant.storage import Store, open_store

PASSWORD = "songguo-xique-yitiaohe"
UNIT = "临江市青岩区人民检察院"
PEOPLE = {
    "李敏": (UserRole.officer, "第一检察部"),
    "周航": (UserRole.evaluator, "第二检察部"),
    "何静": (UserRole.quality, "案件管理部"),
    "吴凡": (UserRole.admin, "办公室"),
}
Client = Callable[[str], TestClient]


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Argon2 as ever, but with the least work: each hash says itself how it was made."""
    with pytest.MonkeyPatch.context() as patch:
        least = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        # By its module: the package has a function of the same name.
        patch.setattr(import_module("assistant.accounts.people"), "_hasher", least)
        yield


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings) as opened:
        yield opened


@pytest.fixture
def someone(store: Store) -> Callable[[str], Person]:
    """The person of this name, with an account of his own from the first time on."""
    known: dict[str, Person] = {}

    def named(name: str) -> Person:
        if name not in known:
            role, department = PEOPLE[name]
            known[name] = add(
                store, name, PASSWORD, role, unit=UNIT, department=department, by="root"
            )
        return known[name]

    return named


@pytest.fixture
def server(settings: Settings) -> Iterator[TestClient]:
    """Nobody is signed in."""
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8600") as opened:
        yield opened


@pytest.fixture
def as_person(server: TestClient, signed: Callable[[TestClient, str], TestClient]) -> Client:
    """A browser of the server with this person signed in."""
    return lambda name: signed(server, name)


@pytest.fixture
def signed(
    store: Store, someone: Callable[[str], Person]
) -> Callable[[TestClient, str], TestClient]:
    """A browser of any server on this store: its session's cookie, and the CSRF token sent."""

    def browser(server: TestClient, name: str) -> TestClient:
        session = open_session(store, someone(name))
        return TestClient(
            server.app,
            base_url="http://127.0.0.1:8600",
            cookies={"session": session.token},
            headers={"X-CSRF-Token": session.csrf},
        )

    return browser


@pytest.fixture
def client(as_person: Client) -> TestClient:
    """An officer's browser."""
    return as_person("李敏")


@pytest.fixture
def case_id(store: Store, someone: Callable[[str], Person]) -> str:
    """The officer's case. Findings: 1 serious, 2 moderate, 3 minor."""
    return save_held(store, result(), someone("李敏"))
