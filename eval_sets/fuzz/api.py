"""`python -m eval_sets.fuzz api [--cases 20000] [--seed 1]`: schemathesis against the interface.

Requests are made from the OpenAPI document, half of them as it demands and half against it,
and sent as the person whose role may do it, three of four on a case and a job that are there.
No answer may be a defect (5xx), of a status or form that the document does not tell, or an
English one. Runs in this process; exit code 1 where an answer was wrong.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api import create_app
from api.access import GRANTED, Permission
from assistant.accounts import Person, UserRole, add, assign, open_session, save_held
from assistant.analysis import analyse
from assistant.demo import FILES
from assistant.jobs import Jobs, Upload
from assistant.settings import Settings
from assistant.storage import Store, open_store

DESCRIPTION = "/api/v1/openapi.json"
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
HOST = "testserver"  # the name that the client in this process calls
CHINESE = re.compile(r"[\u4e00-\u9fff]")
UNIT = "临江市青岩区人民检察院"


@dataclass
class Report:
    """How many answers of each status there were, and what was wrong with some."""

    cases: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: dict[str, int] = field(default_factory=dict)

    def note(self, operation: str, problem: str) -> None:
        told = f"{operation}: {problem}"
        self.wrong[told] = self.wrong.get(told, 0) + 1


class Office:
    """A person of each role, and one case that all but the administrator may see."""

    def __init__(self, store: Store, settings: Settings, jobs: Jobs) -> None:
        result = analyse({"judgment": FILES["judgment"]}, model=False, settings=settings)
        self._store = store
        self.people = {
            role: add(
                store, role.value, "songguo-xique-qiao", role, unit=UNIT, department="", by="root"
            )
            for role in UserRole
        }
        self.case_id = save_held(store, result, self.people[UserRole.officer])
        with store.writing() as session:
            assign(session, self.case_id, self.people[UserRole.evaluator], by="root")
        upload = Upload("判决书.txt", BytesIO("不是判决书。".encode()), None)
        job = jobs.submit([upload], model=False, by=self.people[UserRole.officer])
        jobs.cancel(job.id, by=self.people[UserRole.officer])
        self.known = {"case_id": self.case_id, "job_id": job.id, "number": 1, "objection_id": 1}
        self._headers: dict[int, dict[str, str]] = {}

    def actor(self, permissions: list[str]) -> Person | None:
        """Who may do this; None where nobody need be signed in."""
        wanted = {Permission(name) for name in permissions} - {Permission.SIGNED_IN}
        if not permissions:
            return None
        return next(p for role, p in self.people.items() if wanted <= GRANTED[role])

    def headers(self, person: Person, *, fresh: bool) -> dict[str, str]:
        """The cookie and token of the person's session; `fresh`, of one that may be ended."""
        if fresh or person.id not in self._headers:
            signed = open_session(self._store, person)
            given = {"Cookie": f"session={signed.token}", "X-CSRF-Token": signed.csrf}
            if fresh:
                return given
            self._headers[person.id] = given
        return self._headers[person.id]


def fuzz(cases: int, number: int) -> Report:
    """Send about so many requests, spread over all operations."""
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        office_settings = Settings(
            home=Path(folder), cache=Path(folder) / "cache", server_names=frozenset({HOST})
        )
        app = create_app(office_settings)
        with open_store(office_settings) as store:
            office = Office(store, office_settings, app.state.services.jobs)
            schema = schemathesis.openapi.from_asgi(DESCRIPTION, app)
            operations = [
                found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)
            ]
            each = max(cases // len(operations) // 2, 1)
            try:
                for operation in operations:
                    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                        _ask(operation, mode, each, number, office, report)
            finally:
                app.state.services.close()
    return report


def _ask(
    operation: Any, mode: GenerationMode, times: int, number: int, office: Office, report: Report
) -> None:
    name = f"{operation.method.upper()} {operation.path}"
    person = office.actor(operation.definition.raw.get("x-permission", []))
    declared = {parameter.name.lower() for parameter in operation.headers}
    ends_session = name.startswith("DELETE")

    @seed(number)
    @settings(
        max_examples=times,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), known=st.integers(0, 3))
    def ask(case: Any, known: int) -> None:
        if known:
            given_ = case.path_parameters or {}
            given_.update({k: v for k, v in office.known.items() if k in given_})
        headers = office.headers(person, fresh=ends_session) if person else {}
        # What stands for the person is his own; everything else stays as it was made.
        sent = case.headers or {}
        case.headers = {k: v for k, v in sent.items() if k.lower() in declared}
        case.cookies = {}
        response = case.call(headers=headers)
        report.cases += 1
        report.statuses[response.status_code] += 1
        try:
            case.validate_response(response, checks=CHECKS)
        except FailureGroup as group:
            for failure in group.exceptions:
                report.note(name, _told(failure))
        if response.status_code >= 400 and not CHINESE.search(response.json()["detail"]):
            report.note(name, f"{response.status_code} not in Chinese")

    # Nothing can be sent against the description of an operation that takes nothing.
    with suppress(Unsatisfiable):
        ask()


def _told(failure: BaseException) -> str:
    text = failure.title if isinstance(failure, Failure) else str(failure)
    return f"{text} {getattr(failure, 'message', '')}"[:300]


def main(arguments: list[str]) -> int:
    """The command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval_sets.fuzz api")
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    given_ = parser.parse_args(arguments)
    report = fuzz(given_.cases, given_.seed)
    sys.stdout.write(f"{report.cases} requests; answers by status: ")
    sys.stdout.write(", ".join(f"{s}: {n}" for s, n in sorted(report.statuses.items())) + "\n")
    for problem, count in sorted(report.wrong.items()):
        sys.stdout.write(f"{count} × {problem}\n")
    sys.stdout.write(f"{sum(report.wrong.values())} wrong\n")
    return 1 if report.wrong else 0
