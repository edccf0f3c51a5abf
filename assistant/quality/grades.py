"""The grade: suggested by rules, proposed by a person, settled by those who may; then signed.

The three stay side by side. Who departs from the suggestion says why; 优质 is never suggested
and always has a person's reason; what may be 不合格 was discussed in a meeting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.accounts import Part, Person, parts
from assistant.findings import Finding
from assistant.grading import GRADE_NAMES, Grade, GradeName, suggest
from assistant.quality.errors import GradeMissing, NotTheWay, OwnMatter
from assistant.quality.schema import GradeRow
from assistant.quality.steps import open_case, require_answered, require_decided
from assistant.review import ReasonRequired, Sign
from assistant.review.workflow import act_on
from assistant.storage import Store
from assistant.storage.chain import Event, append, now
from assistant.storage.rows import newest, stored_findings
from assistant.storage.schema import AnalysisRow

Step = Literal["proposed", "settled"]
STEP_NAMES: dict[Step, str] = {"proposed": "拟定", "settled": "审定"}


@dataclass(frozen=True)
class Given:
    """A grade that a person gave, with the one suggested at that time."""

    step: Step
    grade: GradeName
    suggested: GradeName | None
    reasons: list[str]
    name: str
    at: str
    reason: str


def propose(
    store: Store, case_id: str, grade: GradeName, *, by: Person, reason: str = "", version: int
) -> None:
    """A person's proposal (拟定), after every finding is decided and no objection is open.

    Raises NotDecidedYet, ObjectionsOpen, OwnMatter, ReasonRequired, StaleVersion, CaseSigned.
    """
    with store.writing() as session:
        analysis = _gradable(session, case_id, by)
        act_on(session, case_id, [], actor=by.name, version=version)
        suggested = _suggested(session, analysis)
        _require_reason(grade, suggested.suggested, reason)
        _give(session, analysis, "proposed", grade, suggested, by, reason)


def settle(
    store: Store, case_id: str, grade: GradeName, *, by: Person, reason: str = "", version: int
) -> None:
    """The grade as decided (审定) by those who may; `reason` names the decision it rests on.

    Raises as `propose`, and NotTheWay where nobody has proposed one.
    """
    with store.writing() as session:
        analysis = _gradable(session, case_id, by)
        act_on(session, case_id, [], actor=by.name, version=version)
        proposed = next((g for g in _given(session, analysis) if g.step == "proposed"), None)
        if proposed is None:
            raise NotTheWay("还没有拟定等次，请先拟定再审定。")
        suggested = _suggested(session, analysis)
        if not reason.strip():
            raise ReasonRequired("审定等次须写明依据（如检察长批示、检委会或者联席会议的决定）。")
        _give(session, analysis, "settled", grade, suggested, by, reason)


def sign_off(store: Store, case_id: str, *, by: Person, version: int) -> None:
    """Sign the newest version after its grade was settled. Raises GradeMissing and as `perform`."""
    with store.writing() as session:
        analysis = newest(session, case_id)
        if Part.holder in parts(session, case_id, by):
            raise OwnMatter("承办人不能签署对本人案件的评查结果。")
        if not any(given.step == "settled" for given in _given(session, analysis)):
            raise GradeMissing("等次尚未审定，不能签署。")
        act_on(session, case_id, [Sign()], actor=by.name, version=version)


def suggestion(store: Store, case_id: str) -> Grade:
    """The grade that the confirmed findings of the newest version suggest, with reasons."""
    with store.reading() as session:
        return _suggested(session, newest(session, case_id))


def grades(store: Store, case_id: str) -> list[Given]:
    """The grades given to the newest version, the latest first. Raises NoSuchCase."""
    with store.reading() as session:
        return _given(session, newest(session, case_id))


def _gradable(session: Session, case_id: str, by: Person) -> AnalysisRow:
    row, analysis = open_case(session, case_id)
    if Part.holder in parts(session, case_id, by):
        raise OwnMatter("承办人不能评定本人案件的等次。")
    require_decided(session, analysis)
    require_answered(row)
    return analysis


def _suggested(session: Session, analysis: AnalysisRow) -> Grade:
    found = stored_findings(session, analysis)
    return suggest([Finding.model_validate(f.content) for f in found])


def _require_reason(grade: GradeName, suggested: GradeName | None, reason: str) -> None:
    if reason.strip():
        return
    if grade == "excellent":
        raise ReasonRequired("评为优质须由人提名并写明理由。")
    if grade != suggested:
        told = GRADE_NAMES[suggested] if suggested else "暂无"
        raise ReasonRequired(f"参考等次为“{told}”，与之不同的须写明理由。")


def _given(session: Session, analysis: AnalysisRow) -> list[Given]:
    query = select(GradeRow).where(GradeRow.analysis_id == analysis.id).order_by(GradeRow.id.desc())
    return [
        Given(row.step, row.grade, row.suggested, row.reasons, row.name, row.at, row.reason)  # type: ignore[arg-type]
        for row in session.scalars(query)
    ]


def _give(
    session: Session,
    analysis: AnalysisRow,
    step: Step,
    grade: GradeName,
    suggested: Grade,
    by: Person,
    reason: str,
) -> None:
    said = reason.strip()
    session.add(
        GradeRow(
            case_id=analysis.case_id,
            analysis_id=analysis.id,
            step=step,
            grade=grade,
            suggested=suggested.suggested,
            reasons=suggested.reasons,
            by=by.id,
            name=by.name,
            at=now(),
            reason=said,
        )
    )
    after = {
        "version": analysis.version,
        "grade": grade,
        "suggested": suggested.suggested,
        "reasons": suggested.reasons,
    }
    event = Event(f"grade.{step}", by.name, analysis.case_id, after=after, reason=said or None)
    append(session, event)
