"""A browser, a running workspace with one account of each role, and an eye on every context."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from browser.papers import DRAFT, Papers, bank, written
from conftest import absent
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    ViewportSize,
    expect,
)
from samples import CIVIL_JUDGMENT

from assistant.accounts import UserRole
from assistant.settings import Settings
from assistant.storage import Store, open_store
from eval_sets.browsing import CHROMIUM, SMALL, chromium, signed_in
from eval_sets.seeding import seeded
from eval_sets.workspace import Account, Workspace

# How long a page may take on a machine that has other work: a guard, never a measurement.
PATIENT_MS = 60_000
ROLES = {"officer": "顾晓岚", "evaluator": "聂长青", "quality": "简书宁", "admin": "管理员甲"}

DEPARTMENTS = {"officer": "第一检察部", "evaluator": "第二检察部", "quality": "案件管理部"}


# As long as this package runs and no longer: its event loop would be in others' way.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        absent("Chromium (Debian's package)")
    expect.set_options(timeout=PATIENT_MS)
    with chromium() as started:
        yield started


@pytest.fixture(scope="package")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """With a small case bank, filled before the server holds its index."""
    running = Workspace(tmp_path_factory.mktemp("workspace"))
    running.command("cases", "import", str(bank(tmp_path_factory.mktemp("bank"))))
    with running:
        yield running


@pytest.fixture(scope="package")
def accounts(workspace: Workspace) -> dict[str, Account]:
    """One account of each role, by the role's name; the first as an office makes it."""
    first = workspace.add(ROLES["admin"], "admin", department="办公室")
    others = {
        role: workspace.add_many([ROLES[role]], UserRole(role), department=department)[0]
        for role, department in DEPARTMENTS.items()
    }
    return {"admin": first, **others}


@pytest.fixture(scope="package")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return written(tmp_path_factory.mktemp("papers"))


@dataclass
class Watch:
    """What no page may do, noted down for as long as a test runs."""

    origin: str
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> BrowserContext:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("request", lambda request: self._request(request.url))
        return context

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _request(self, url: str) -> None:
        if not url.startswith((self.origin, "data:", "blob:")):
            self.foreign.append(url)


SignIn = Callable[..., Page]


@pytest.fixture
def sign_in(
    browser: Browser, workspace: Workspace, accounts: dict[str, Account]
) -> Iterator[SignIn]:
    """`sign_in(role)`: a page of a browser of their own. Afterwards: no error on any console,
    no request to anywhere else."""
    watch = Watch(workspace.url)
    contexts: list[BrowserContext] = []

    def entered(role: str, viewport: ViewportSize = SMALL, *, scripts: bool = True) -> Page:
        context = signed_in(browser, workspace.url, accounts[role], viewport, scripts=scripts)
        context.set_default_timeout(PATIENT_MS)
        contexts.append(watch.over(context))
        return context.pages[0]

    yield entered
    for context in contexts:
        context.close()
    assert watch.errors == []
    assert watch.foreign == []


@pytest.fixture(scope="package")
def store(workspace: Workspace) -> Iterator[Store]:
    """The database of the running workspace, beside its server."""
    with open_store(Settings(home=workspace.home)) as beside:
        yield beside


@pytest.fixture(scope="package")
def known(workspace: Workspace, accounts: dict[str, Account], papers: Papers) -> dict[str, str]:
    """The values of the pages' parameters: a case with pages, a scan and differences; a batch;
    a job that was refused."""
    case = {
        role: (path.name, path.read_bytes())
        for role, path in (
            ("opinion", papers.scan),
            ("indictment", papers.printed),
            ("judgment", papers.judgment),
        )
    }
    batch = [("起诉书.txt", DRAFT.encode()), ("民事判决书.txt", CIVIL_JUDGMENT.encode())]
    return seeded(workspace, accounts, case, batch)


@pytest.fixture(scope="package")
def case_id(known: dict[str, str]) -> str:
    """The officer's case."""
    return known["case_id"]


@pytest.fixture
def downloaded(tmp_path: Path) -> Callable[[Page, Locator], Path]:
    """Clicks on a link and waits for the file it gives, under the name it is given."""

    def saved(page: Page, link: Locator) -> Path:
        with page.expect_download() as waiting:
            link.click()
        target = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(target)
        return target

    return saved
