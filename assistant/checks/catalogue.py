"""What can be told of every code of the catalogue, as it stands in this office."""

from __future__ import annotations

from typing import Any

from assistant.checks import gold, registry
from assistant.checks.standing import Standing
from assistant.office import office_standings
from assistant.settings import Settings
from knowledge_base.catalogue import CheckEntry, PlannedCheck, entries, planned
from knowledge_base.check_precision import measured

_LONGEST = 60


def _brief(text: str) -> str:
    """A stretch of a sample in one line that can be taken in at a glance."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]}…{line[-_LONGEST // 2 :]}"


def _documents(entry: CheckEntry) -> list[str]:
    named = [*entry.documents, *(role for pair in entry.pairs for role in pair)]
    return list(dict.fromkeys(named))


def _row(plan: PlannedCheck, here: dict[str, Standing]) -> dict[str, Any]:
    entry = entries().get(plan.code)
    told: dict[str, Any] = {"code": plan.code, "name": plan.name, "form": plan.form}
    if entry is None:
        return told | {
            "documents": list(plan.documents),
            "severity": None,
            "state": "elsewhere" if plan.elsewhere else "waiting",
            "why": plan.elsewhere or plan.waits,
        }
    standing = here[plan.code]
    return told | {
        "documents": _documents(entry),
        "severity": standing.severity or entry.severity,
        "state": "on" if standing.on else "off",
        "why": standing.why,
    }


def listing(settings: Settings) -> list[dict[str, Any]]:
    """One row for each code: name, form, documents, severity, state, and why it is not on."""
    here = office_standings(settings)
    return [_row(plan, here) for plan in planned().values()]


def description(code: str, settings: Settings) -> dict[str, Any] | None:
    """All that is known of one code, with its gold cases; None for an unknown code."""
    plan = planned().get(code)
    if plan is None:
        return None
    here = office_standings(settings)
    told = _row(plan, here)
    entry = entries().get(code)
    if entry is None:
        return told
    since, until = here[code].since, here[code].until
    return told | {
        "category": entry.category,
        "dimension": entry.dimension,
        "confidence": here[code].confidence(entry.confidence),
        "message": entry.message,
        "suggestion": entry.suggestion,
        "legal_basis": [basis.model_dump() for basis in entry.legal_basis],
        "source": entry.source,
        "verified": entry.verified,
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
        "precision": _precision(code),
        "examples": [_example(case) for case in gold.cases() if case.code == code],
    }


def _precision(code: str) -> str:
    known = measured().get(code)
    if known is None:
        return "尚无实测命中"
    return f"{known.hits}处实测命中，{known.right}处属实（{known.source}）"


def _example(case: gold.GoldCase) -> dict[str, Any]:
    """A gold case: what is changed, and what the check then says."""
    alone = {code: Standing(on=code == case.code) for code in entries()}
    found, _ = registry.run(gold.case_of(case.wrong()), standing=alone)
    return {
        "roles": list(case.silent),
        "changes": [
            {"role": role, "was": _brief(was), "now": _brief(now)}
            for role, changes in case.speaks.items()
            for was, now in changes
        ],
        "message": found[0].message if found else "",
    }
