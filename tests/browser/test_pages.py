"""Every page of the route table, as each role sees it: wide enough, legible, reachable by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser.conftest import ROLES, SignIn
from browser.probes import low_contrast, overflow, tab_round
from playwright.sync_api import Page

from api import create_app
from assistant.settings import Settings
from eval_sets.browsing import LARGE, SMALL, pages
from eval_sets.workspace import Workspace

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def addresses(workspace: Workspace, known: dict[str, str]) -> list[str]:
    """All pages there are, over what was seeded."""
    return pages(create_app(Settings(home=workspace.home)), known)


def _shown(page: Page, addresses: list[str]) -> Iterator[str]:
    """Those addresses that this person may open, opened one after the other."""
    for address in addresses:
        answered = page.request.get(address)
        if answered.ok and answered.headers["content-type"].startswith("text/html"):
            page.goto(address)
            yield address


def test_pages_fit_are_legible_and_reachable_by_keyboard(
    sign_in: SignIn, addresses: list[str]
) -> None:
    seen: set[str] = set()
    wrong: list[str] = []
    for role in ROLES:
        page = sign_in(role)
        for address in _shown(page, addresses):
            for size in (LARGE, SMALL):
                page.set_viewport_size(size)
                if wide := overflow(page):
                    wrong.append(f"{address} as {role}: {wide}px too wide at {size['width']}")
            wrong += [f"{address} as {role}: contrast {low}" for low in low_contrast(page)]
            if address not in seen:
                missed, unseen = tab_round(page)
                wrong += [f"{address}: Tab never reaches {tag}" for tag in missed]
                wrong += [f"{address}: no focus to be seen on {tag}" for tag in unseen]
            seen.add(address)
    assert wrong == []
    never = [a for a in addresses if a not in seen and "." not in a.rsplit("/", 1)[-1]]
    assert never == [], "a page that no role can open"


def test_pages_read_without_scripts(sign_in: SignIn, addresses: list[str]) -> None:
    left = list(addresses)
    for role in ROLES:
        page = sign_in(role, scripts=False)
        for address in _shown(page, left):
            assert page.locator("h1").first.is_visible(), f"{address} as {role}"
            assert len(page.locator("main").inner_text()) > 20, f"{address} as {role}"
            left = [other for other in left if other != address]


def test_a_case_reads_without_scripts(sign_in: SignIn, case_id: str) -> None:
    page = sign_in("officer", scripts=False)
    page.goto(f"/cases/{case_id}")
    told = page.locator("main").inner_text()
    for wanted in ("罪名与条文不符", "第一百三十三条第一款", "证件号码校验错误"):
        assert wanted in told
