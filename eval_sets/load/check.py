"""After everything: is what the server said it had taken still there?"""

from __future__ import annotations

import subprocess
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from eval_sets.load.ledger import Ledger
from eval_sets.visitor import NotFinished, Visitor
from eval_sets.workspace import Account, Workspace

LONGEST_SECONDS = 60.0


def lost(workspace: Workspace, ledger: Ledger, accounts: Sequence[Account]) -> dict[str, Any]:
    """Every upload is a case with its number on it, every decision is the finding's last, and
    the audit chain verifies."""
    uploads: list[str] = []
    unfinished: list[str] = []
    decisions: list[str] = []
    for account in accounts:
        with Visitor(workspace.url, account) as visitor:
            visitor.sign_in()
            for upload in (u for u in ledger.uploads if u.person == account.name):
                try:
                    case_id = visitor.case_of(upload.where, LONGEST_SECONDS)
                except NotFinished:
                    unfinished.append(upload.where)
                    continue
                if upload.number not in visitor.page(f"/cases/{case_id}").text:
                    uploads.append(f"{upload.number} at {upload.where}")
            decisions += _undone(visitor, ledger, account)
    return {
        "lost": {"uploads": uploads, "unfinished": unfinished, "decisions": decisions},
        "audit_clean": _audit_verifies(workspace),
    }


def _undone(visitor: Visitor, ledger: Ledger, account: Account) -> list[str]:
    """Decisions of this person that are no longer what his cases say."""
    wanted: dict[str, dict[int, str]] = defaultdict(dict)
    for decision in ledger.decisions:
        if decision.person == account.name:
            wanted[decision.case_id][decision.finding] = decision.status
    missing = []
    for case_id, by_finding in wanted.items():
        rows = visitor.page(f"/api/v1/cases/{case_id}/findings").json()
        said = {row["number"]: row["status"] for row in rows}
        missing += [
            f"{case_id} {n}: {said.get(n)}, not {status}"
            for n, status in by_finding.items()
            if said.get(n) != status
        ]
    return missing


def _audit_verifies(workspace: Workspace) -> bool:
    try:
        workspace.command("audit", "verify")
    except subprocess.CalledProcessError:
        return False
    return True
