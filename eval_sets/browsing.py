"""A real browser on a real workspace: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from api.access import declared_routes
from eval_sets.workspace import Account

CHROMIUM = Path("/usr/bin/chromium")
SMALL: Final[ViewportSize] = {"width": 1366, "height": 768}
LARGE: Final[ViewportSize] = {"width": 1920, "height": 1080}


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser without a window; nothing is downloaded for it."""
    with sync_playwright() as playwright:
        # Inside a container its own sandbox cannot start.
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        try:
            yield browser
        finally:
            browser.close()


def signed_in(
    browser: Browser,
    url: str,
    account: Account,
    viewport: ViewportSize = SMALL,
    *,
    scripts: bool = True,
) -> BrowserContext:
    """A browser of its own for this person, just signed in."""
    context = browser.new_context(
        base_url=url, viewport=viewport, java_script_enabled=scripts, locale="zh-CN"
    )
    sign_in(context.new_page(), account)
    return context


def sign_in(page: Page, account: Account) -> None:
    """Fill the sign-in page and send it. Raises AssertionError where that is refused."""
    page.goto("/sign-in")
    page.get_by_label("账号", exact=True).fill(account.name)
    page.get_by_label("密码", exact=True).fill(account.password)
    page.get_by_role("button", name="登录").click()
    assert "/sign-in" not in page.url, page.locator("main").inner_text()


def pages(app: FastAPI, known: Mapping[str, str]) -> list[str]:
    """The address of every page of the route table, its parameters filled in from `known`.

    Raises KeyError for a parameter nobody knows: a new page is looked at, or this fails.
    """
    return [
        (route.path or "").format_map(known)
        for route in declared_routes(app)
        if "GET" in (route.methods or ())
        and not route.include_in_schema
        and not (route.path or "").startswith(("/static/", "/api/"))
    ]
