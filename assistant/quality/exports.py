"""What leaves quality management on paper: only what people have confirmed, signed where due.

Each may be had whole (内部) or without names and numbers of people (脱密).
"""

from __future__ import annotations

from typing import Any, Literal

from assistant.grading import GRADE_NAMES
from assistant.quality.errors import NotSigned
from assistant.quality.grades import STEP_NAMES, grades
from assistant.quality.objections import OUTCOME_NAMES, objections
from assistant.reports import render, render_notice
from assistant.reports.masking import masked
from assistant.reports.wording import moment
from assistant.storage import Store

Version = Literal["internal", "masked"]
VERSION_NAMES: dict[Version, str] = {"internal": "内部版", "masked": "脱密版"}
CONFIRMED = ("confirmed", "edited")


def opinion(store: Store, case_id: str, suffix: str, version: Version) -> bytes:
    """评查意见书 of a signed case, with the grades given and the objections in pairs.

    An officer's or evaluator's signature is none: the grade must have been settled.
    Raises NotSigned, NoSuchCase.
    """
    result = store.signed(case_id, "signoff")
    settled = any(given.step == "settled" for given in grades(store, case_id))
    if result is None or not settled:
        raise NotSigned("评查意见书须在等次审定并签署后导出；此前可以导出草稿（评查报告）。")
    return render(versioned(with_people(store, case_id, only_confirmed(result)), version), suffix)


def notice(store: Store, case_id: str, suffix: str, version: Version) -> bytes:
    """流程监控通知书 on the confirmed findings: a draft, issued by people. Raises NoSuchCase."""
    result = only_confirmed(store.result(case_id))
    return render_notice(versioned(result, version), suffix)


def only_confirmed(result: dict[str, Any]) -> dict[str, Any]:
    """The result with the confirmed findings alone: drafts and rejected ones are no results."""
    kept = [f for f in result["findings"] if f["status"] in CONFIRMED]
    return {**result, "findings": kept, "confirmed_only": True}


def with_people(store: Store, case_id: str, result: dict[str, Any]) -> dict[str, Any]:
    """The result with what people added: grades given, objections and answers."""
    given = [
        {
            "step": STEP_NAMES[g.step],
            "grade": GRADE_NAMES[g.grade],
            "name": g.name,
            "at": moment(g.at),
            "reason": g.reason,
        }
        for g in reversed(grades(store, case_id))
    ]
    pairs = [
        {
            "number": o.number,
            "name": o.name,
            "at": moment(o.at),
            "text": o.text,
            "answers": [
                f"{OUTCOME_NAMES[a.outcome]}（{a.name}，{moment(a.at)}）：{a.text}"
                for a in o.answers
            ],
        }
        for o in objections(store, case_id)
    ]
    grade = {**(result.get("grade") or {}), "given": given}
    return {**result, "grade": grade, "objections": pairs}


def versioned(result: dict[str, Any], version: Version) -> dict[str, Any]:
    """The result as this version may tell it."""
    return masked(result) if version == "masked" else result
