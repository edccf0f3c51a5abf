"""Carrying out a reviewer's acts: rules first, then the change and its audit event together."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from assistant.review.acts import Act, Confirm, Edit, Reject, Reopen, Sign
from assistant.review.errors import (
    AlreadyDecided,
    CaseSigned,
    NoActor,
    NotDecided,
    NothingChanged,
    ObjectionsOpen,
    ReasonRequired,
    StaleVersion,
    UndecidedFindings,
)
from assistant.storage import Store
from assistant.storage.canonical import digest
from assistant.storage.chain import Event, append
from assistant.storage.records import FINAL, STAGE_NAMES, Stage
from assistant.storage.register import RegisterRow
from assistant.storage.rows import (
    finding_row,
    finding_rows,
    newest,
    unsigned_result,
)
from assistant.storage.schema import AnalysisRow, FindingRow
from assistant.storage.signed import closing, keep_signed
from assistant.storage.state import first_state, original_of, set_state, state_of

ACTOR_LENGTH = 64


def perform(
    store: Store,
    case_id: str,
    acts: Sequence[Act],
    *,
    actor: str,
    version: int | None = None,
    stage: Stage = FINAL,
) -> None:
    """Do all acts in order on the newest version of the case, or none of them.

    `version` is the one the actor saw, `stage` that at which he acts: a signature of it or of a
    later one refuses every act. Raises a ReviewRefused, NoSuchCase or NoSuchFinding.
    """
    with store.writing() as session:
        act_on(session, case_id, acts, actor=actor, version=version, stage=stage)


def act_on(
    session: Session,
    case_id: str,
    acts: Sequence[Act],
    *,
    actor: str,
    version: int | None = None,
    stage: Stage = FINAL,
) -> None:
    """As `perform`, in the caller's writing transaction."""
    name = check_actor(actor)
    analysis = newest(session, case_id)
    if version is not None and version != analysis.version:
        raise StaleVersion("案件已重新检查，请刷新后按最新一版再作决定。")
    for act in acts:
        require_open(session, analysis, stage)
        if isinstance(act, Sign):
            _sign(session, analysis, name, stage)
        else:
            _decide(session, analysis, act, name)


def require_open(session: Session, analysis: AnalysisRow, stage: Stage) -> None:
    """Raises CaseSigned where this stage of the version is closed by a signature."""
    signature = closing(session, analysis, stage)
    if signature is not None:
        what = "案件" if signature.stage == FINAL else STAGE_NAMES[signature.stage]
        raise CaseSigned(f"{what}已签署，决定不能再改；如需改动，请重新检查形成新的一版。")


def check_actor(actor: str) -> str:
    """The name without surrounding space. Raises NoActor where it is none."""
    name = actor.strip()
    if not name or len(name) > ACTOR_LENGTH or any(unicodedata.category(c) == "Cc" for c in name):
        raise NoActor("请写明操作人姓名。")
    return name


def _decide(
    session: Session, analysis: AnalysisRow, act: Confirm | Edit | Reject | Reopen, actor: str
) -> None:
    row = finding_row(session, analysis, act.number)
    before = state_of(row)
    original = original_of(row, analysis.result)
    after, action = _next_state(row, act, first_state(original))
    set_state(row, after)
    done = append(
        session,
        Event(
            action=action,
            actor=actor,
            case_id=analysis.case_id,
            finding_id=row.id,
            before=before,
            after=after,
            reason=_text(act.reason),
        ),
    )
    taken_back = isinstance(act, Reopen)
    row.decision_seq = None if taken_back else done.seq
    row.decided_on = None if taken_back else date.today().isoformat()


def _next_state(
    row: FindingRow, act: Confirm | Edit | Reject | Reopen, first: dict[str, Any]
) -> tuple[dict[str, Any], str]:
    state = state_of(row)
    if isinstance(act, Reopen):
        if row.decision_seq is None:
            raise NotDecided(f"第 {act.number} 项尚未决定，无需撤回。")
        _require_reason(act.reason, f"撤回第 {act.number} 项的决定须写明理由。")
        return first, "finding.reopened"
    if row.decision_seq is not None:
        raise AlreadyDecided(f"第 {act.number} 项已有决定，如需改变，请先撤回。")
    if isinstance(act, Confirm):
        return {**state, "status": "confirmed"}, "finding.confirmed"
    if isinstance(act, Reject):
        _require_reason(act.reason, f"驳回第 {act.number} 项须写明理由。")
        return {**state, "status": "rejected"}, "finding.rejected"
    return {**state, **_edited(state, act), "status": "edited"}, "finding.edited"


def _edited(state: dict[str, Any], act: Edit) -> dict[str, Any]:
    given = {"message": _text(act.message), "suggestion": act.suggestion, "severity": act.severity}
    changes = {k: v for k, v in given.items() if v is not None and v != state[k]}
    if not changes:
        raise NothingChanged(f"第 {act.number} 项没有任何改动；如无异议，请直接确认。")
    if "severity" in changes:
        _require_reason(act.reason, f"改变第 {act.number} 项的严重程度须写明理由。")
    return changes


def _text(value: str | None) -> str | None:
    """Blank is nothing; PostgreSQL keeps no NUL in a text."""
    return (value or "").replace("\0", "").strip() or None


def _require_reason(reason: str | None, sentence: str) -> None:
    if _text(reason) is None:
        raise ReasonRequired(sentence)


def _sign(session: Session, analysis: AnalysisRow, actor: str, stage: Stage) -> None:
    session.flush()
    register = session.get_one(RegisterRow, analysis.case_id)
    if register.objections:
        raise ObjectionsOpen(f"还有 {register.objections} 件异议没有答复，不能签署。")
    open_ones = [
        row.number
        for row in finding_rows(session, analysis)
        if row.status == "draft" and row.current["severity"] != "minor"
    ]
    if open_ones:
        listed = "、".join(str(number) for number in open_ones)
        raise UndecidedFindings(
            f"还有 {len(open_ones)} 项较重以上的问题未作决定（第 {listed} 项），不能签署。"
        )
    result = unsigned_result(session, analysis)
    sha256 = digest(result)
    append(
        session,
        Event(
            action="case.signed",
            actor=actor,
            case_id=analysis.case_id,
            after={"version": analysis.version, "stage": stage, "result_sha256": sha256},
        ),
    )
    keep_signed(session, analysis, stage, actor=actor, result=result, sha256=sha256)
