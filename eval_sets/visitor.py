"""A person at the workspace without a browser: signs in, reads pages, sends their forms."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from html import unescape
from types import TracebackType

import httpx

from eval_sets.workspace import Account

Files = Mapping[str, tuple[str, bytes]] | Sequence[tuple[str, tuple[str, bytes]]]
_CSRF = re.compile(r'<meta name="csrf" content="([^"]+)"')
_FORM_CSRF = re.compile(r'name="csrf" value="([^"]*)"')
_CASE = re.compile(r"/cases/([a-z2-7]{8})")
POLL_SECONDS = 0.5


class NotFinished(Exception):
    """An analysis did not become a case in the time it was given."""


class Visitor:
    """One signed-in session. `noted` is told each answer: kind, name and the seconds it took."""

    def __init__(
        self,
        url: str,
        account: Account,
        noted: Callable[[str, str, float, httpx.Response | None], None] | None = None,
    ) -> None:
        self.account = account
        self._client = httpx.Client(base_url=url, timeout=60)
        self._noted = noted
        self._csrf = ""

    def __enter__(self) -> Visitor:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def sign_in(self) -> None:
        """Raises PermissionError where that is refused."""
        shown = self.page("/sign-in")
        found = _FORM_CSRF.search(shown.text)
        self.send(
            "/sign-in",
            {
                "name": self.account.name,
                "password": self.account.password,
                "csrf": found.group(1) if found else "",
            },
            name="sign-in",
        )
        token = _CSRF.search(self.page("/").text)
        if token is None:
            raise PermissionError(f"{self.account.name} could not sign in")
        self._csrf = unescape(token.group(1))

    def page(self, path: str, *, name: str = "") -> httpx.Response:
        """The page at `path`, redirects followed. Raises httpx.TransportError."""
        return self._asked("page", name or path, "GET", path, follow_redirects=True)

    def send(
        self, path: str, data: Mapping[str, str], files: Files | None = None, *, name: str = ""
    ) -> httpx.Response:
        """The answer to a form; where it leads to is not followed. Raises httpx.TransportError."""
        kind = "upload" if files else "send"
        return self._asked(
            kind, name or path, "POST", path, data={"csrf": self._csrf, **data}, files=files
        )

    def upload(self, files: Files, **fields: str) -> str:
        """Where the analysis of these files is shown. Raises httpx.HTTPError where refused."""
        answered = self.send("/cases", fields, files, name="upload")
        where: str = answered.headers.get("location", "")
        if answered.status_code != 303 or not where.startswith(("/jobs/", "/cases/")):
            raise httpx.HTTPError(f"an upload was answered {answered.status_code} {where}")
        return where

    def case_of(self, where: str, seconds: float = 60) -> str:
        """The id of the case that the analysis at `where` became. Raises NotFinished."""
        deadline = time.monotonic() + seconds
        while not (found := _CASE.match(where)):
            shown = self.page(where, name="job")
            if found := _CASE.search(shown.url.path):
                break
            if time.monotonic() > deadline:
                raise NotFinished(where)
            time.sleep(POLL_SECONDS)
        return found.group(1)

    def _asked(self, kind: str, name: str, method: str, path: str, **how: object) -> httpx.Response:
        began = time.perf_counter()
        try:
            answered = self._client.request(method, path, **how)  # type: ignore[arg-type]
        except httpx.TransportError:
            self._note(kind, name, began, None)
            raise
        self._note(kind, name, began, answered)
        return answered

    def _note(self, kind: str, name: str, began: float, answered: httpx.Response | None) -> None:
        if self._noted:
            self._noted(kind, name, time.perf_counter() - began, answered)
