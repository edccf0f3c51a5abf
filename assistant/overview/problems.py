"""The list of problems (问题台账) behind the numbers, as a workbook."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assistant.accounts import Person, departments
from assistant.findings import DIMENSION_NAMES, SEVERITY_NAMES, SOURCE_NAMES, STATUS_NAMES
from assistant.overview.scope import UNASSIGNED, Scope, confirmed
from assistant.phrasing import place
from assistant.quality.exports import VERSION_NAMES, Version, versioned
from assistant.quality.rectification import (
    PAPER_NAMES,
    STEP_NAMES,
    Rectification,
    of_findings,
)
from assistant.quality.rectification import STATE_NAMES as REQUIRED_NAMES
from assistant.reports.problem_list import to_xlsx
from assistant.storage import Store
from assistant.storage.chain import Event, append
from assistant.storage.register import RegisterRow
from assistant.storage.schema import FindingRow

MOST = 5000
"""Findings that one list may hold."""


def problem_list(store: Store, person: Person, scope: Scope, version: Version) -> bytes:
    """问题台账 (XLSX) of the confirmed findings of `scope`, at most MOST; audited."""
    held = departments(person.unit)
    with store.reading() as session:
        of_case = dict[str, str]()
        for case_id, name in session.execute(held.select().order_by(held.c.department)):
            of_case[case_id] = "、".join(filter(None, (of_case.get(case_id), name)))
        wanted = confirmed(person, scope, RegisterRow.case_id, FindingRow.number)
        ordered = wanted.order_by(RegisterRow.case_id, FindingRow.number).limit(MOST)
        numbers: dict[str, list[int]] = {}
        for case_id, number in session.execute(ordered):
            numbers.setdefault(case_id, []).append(number)
        rectified = of_findings(session, list(numbers))
    rows = []
    for case_id, listed in numbers.items():
        result = versioned(store.result(case_id), version)
        title = (result.get("case") or {}).get("title") or ""
        for number in listed:
            told = _row(result["findings"][number - 1])
            mended = _mended(rectified.get((case_id, number)), version)
            rows.append(
                [case_id, title, str(number), *told, of_case.get(case_id) or UNASSIGNED, mended]
            )
    note = f"{VERSION_NAMES[version]}；只列经人确认的问题，共 {len(rows)} 项。"
    with store.writing() as session:
        after = {"version": version, "rows": len(rows), "scope": asdict(scope)}
        append(session, Event("list.exported", person.name, after=after))
    return to_xlsx(rows, title="问题台账", note=note)


def _mended(one: Rectification | None, version: Version) -> str:
    """Where the rectification stands; what people wrote of it only within the office."""
    if one is None:
        return ""
    state = REQUIRED_NAMES[one.state]
    if version == "masked":
        return state
    said = [f"{STEP_NAMES[s.step]}（{s.name}）：{s.text}" for s in one.steps if s.text]
    return "；".join([f"{state}（{PAPER_NAMES[one.paper]}，{one.sent_on}）", *said])


def _row(finding: dict[str, Any]) -> list[str]:
    decision = finding.get("decision") or {}
    first = next(iter(finding["evidence"]), None)
    basis = "；".join(f"《{b['law'].strip('《》')}》{b['article']}" for b in finding["legal_basis"])
    return [
        finding["code"],
        DIMENSION_NAMES[finding["dimension"]],
        SEVERITY_NAMES[finding["severity"]],
        STATUS_NAMES[finding["status"]],
        SOURCE_NAMES[finding["source"]],
        finding["message"],
        f"{place(first)}：“{first['quote']}”" if first else "",
        basis,
        finding["suggestion"],
        decision.get("actor") or "",
        decision.get("reason") or "",
    ]
