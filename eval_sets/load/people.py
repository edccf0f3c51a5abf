"""What the people of the office do all day, as locust users: upload, look, decide."""

from __future__ import annotations

import random
import re
from collections import deque
from collections.abc import Callable
from typing import ClassVar

import httpx
from locust import User, between

from eval_sets.load.ledger import Decision, Ledger, Request, Upload
from eval_sets.load.texts import Texts
from eval_sets.visitor import NotFinished, Visitor
from eval_sets.workspace import Account

# Findings that nobody has decided on: their form has the button to confirm.
_OPEN = re.compile(
    r'action="/cases/[a-z2-7]{8}/findings/(\d+)"(?:(?!</form>).)*?value="confirm"', re.DOTALL
)
_VERSION = re.compile(r'name="version" value="(\d+)"')


class Officer(User):  # type: ignore[misc]
    """Uploads a draft now and then, reads his cases, decides on what was found."""

    wait_time = between(1.0, 3.0)
    url: ClassVar[str]
    accounts: ClassVar[deque[Account]]
    ledger: ClassVar[Ledger]
    texts: ClassVar[Texts]

    def on_start(self) -> None:
        self._account = self.accounts.popleft()
        self._visitor = Visitor(self.url, self._account, self._note)
        self._cases: list[str] = []
        self._signed_in = False

    def on_stop(self) -> None:
        self.accounts.append(self._account)

    def upload(self) -> None:
        self._alive(self._upload)

    def look(self) -> None:
        self._alive(lambda: self._visitor.page("/"))

    def review(self) -> None:
        self._alive(self._review if self._cases else self._upload)

    tasks: ClassVar = {upload: 1, look: 2, review: 3}

    def _upload(self) -> None:
        number, content = self.texts.next()
        where = self._visitor.upload({"indictment": (f"起诉书{number}.txt", content)})
        self.ledger.uploads.append(Upload(self._account.name, where, number))
        self._cases.append(self._visitor.case_of(where))

    def _review(self) -> None:
        case_id = random.choice(self._cases)
        shown = self._visitor.page(f"/cases/{case_id}", name="case").text
        numbers, version = _OPEN.findall(shown), _VERSION.search(shown)
        if not numbers or version is None:
            return
        number = random.choice(numbers)
        act = random.choice(("confirm", "reject"))
        answered = self._visitor.send(
            f"/cases/{case_id}/findings/{number}",
            {"act": act, "version": version.group(1), "reason": "已核对原件"},
            name="decide",
        )
        if answered.status_code == 303:
            status = {"confirm": "confirmed", "reject": "rejected"}[act]
            decision = Decision(self._account.name, case_id, int(number), status)
            self.ledger.decisions.append(decision)

    def _alive(self, act: Callable[[], object]) -> None:
        """What the server refuses or cuts off is in the ledger already; the day goes on."""
        try:
            if not self._signed_in:
                self._visitor.sign_in()
                self._signed_in = True
            act()
        except NotFinished:
            # While everything is killed it may well take longer; the count at the end decides.
            if self.ledger.phase != "kills":
                self._add("page", "job", 0.0, error="an analysis did not end in time")
        except (httpx.HTTPError, PermissionError):
            return

    def _note(self, kind: str, name: str, seconds: float, answer: httpx.Response | None) -> None:
        error = ""
        if answer is not None and answer.status_code >= 400:
            error = f"{answer.status_code}"
        self._add(kind, name, seconds * 1000, cut=answer is None, error=error)

    def _add(self, kind: str, name: str, ms: float, *, cut: bool = False, error: str = "") -> None:
        self.ledger.requests.append(Request(self.ledger.phase, kind, name, ms, cut, error))
