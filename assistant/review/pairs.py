"""What people made of the program's words: pairs for tuning a model later, on this machine."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.storage import Store
from assistant.storage.passages import EDITED, rewritten
from assistant.storage.rows import newest
from assistant.storage.schema import AnalysisRow, AuditRow, FindingRow

_FIELDS = ("message", "suggestion")
OPINION = "OPINION"
"""Stands in the place of a check's code where a whole paragraph was rewritten."""


class Pair(BaseModel):
    """One text before and after a person's edit.

    `prompt`, `prompt_version` and `template` are those of the model's wording; where the text
    was the rule's own, they are None and `before` is the template.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: str
    code: str
    title: str
    field: str
    before: str
    after: str
    template: str | None = None
    prompt: str | None = None
    prompt_version: int | None = None
    model: str | None = None
    rules: str
    at: str


def pairs(store: Store) -> list[Pair]:
    """All edits that stand, oldest first. An edit that was taken back counts for nothing, and
    one carried to a newer version of its case counts once. Paragraphs of the evaluation opinion
    that were rewritten are told with `field` "passage".
    """
    with store.reading() as session:
        events = session.scalars(
            select(AuditRow)
            .where(AuditRow.action.in_(("finding.edited", "finding.reopened")))
            .where(AuditRow.automated.is_(False))
            .order_by(AuditRow.seq)
        )
        # The same finding in a newer version of its case is another row of the same print.
        standing: dict[tuple[str | None, str], list[Pair]] = {}
        for event in events:
            row = session.get_one(FindingRow, event.finding_id)
            standing.pop((event.case_id, row.fingerprint), None)
            # What a person wrote is no wording of the program.
            if event.action == "finding.edited" and row.added is None:
                analysis = session.get_one(AnalysisRow, row.analysis_id)
                standing[event.case_id, row.fingerprint] = _of_event(event, row, analysis.result)
        told = [p for found in standing.values() for p in found]
        return sorted([*told, *_passages(session)], key=lambda p: p.at)


def _passages(session: Session) -> list[Pair]:
    edited = select(AuditRow.case_id).where(AuditRow.action == EDITED).distinct()
    found = []
    for case_id in session.scalars(edited):
        if case_id is None:
            continue
        rules = str(newest(session, case_id).result["versions"]["rules"])
        found += [
            Pair(
                case=case_id,
                code=OPINION,
                title=title,
                field="passage",
                before=edit["before"],
                after=edit["text"],
                rules=rules,
                at=edit["at"],
            )
            for title, edit in rewritten(session, case_id).items()
        ]
    return found


def _of_event(event: AuditRow, row: FindingRow, result: dict[str, Any]) -> list[Pair]:
    before, after = event.before or {}, event.after or {}
    wordings = (result.get("model") or {}).get("wordings") or []
    found = []
    for name in _FIELDS:
        if before.get(name) == after.get(name):
            continue
        written = next(
            (
                w
                for w in wordings
                if name == "message" and (w["code"], w["wording"]) == (row.code, before[name])
            ),
            None,
        )
        found.append(
            Pair(
                case=event.case_id or "",
                code=row.code,
                title=result["findings"][row.number - 1]["title"],
                field=name,
                before=before[name],
                after=after[name],
                template=written["template"] if written else None,
                prompt=written["prompt"] if written else None,
                prompt_version=written["prompt_version"] if written else None,
                model=result["versions"].get("model") if written else None,
                rules=str(result["versions"]["rules"]),
                at=event.at,
            )
        )
    return found
