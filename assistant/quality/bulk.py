"""Equal minor points confirmed together: listed first, then exactly what was listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from assistant.accounts import Person, refuse_holder
from assistant.quality.errors import NotAlike
from assistant.quality.queue import Item, Wanted, current_cases, page_of, require_current
from assistant.review import Act, Confirm
from assistant.review.workflow import act_on
from assistant.storage import Store
from assistant.storage.register import RegisterRow
from assistant.storage.rows import finding_row, newest
from assistant.storage.schema import FindingRow, SignatureRow

MOST = 200


@dataclass(frozen=True)
class Listed:
    """One point as it stood in the list that the person saw."""

    case_id: str
    version: int
    number: int


def alike(store: Store, person: Person) -> dict[str, int]:
    """How many undecided minor points there are of each check that has several."""
    with store.reading() as session:
        count = func.count()
        query = (
            select(FindingRow.code, count)
            .join(RegisterRow, RegisterRow.analysis_id == FindingRow.analysis_id)
            .outerjoin(SignatureRow, SignatureRow.analysis_id == FindingRow.analysis_id)
            .where(
                FindingRow.status == "draft",
                FindingRow.severity == "minor",
                SignatureRow.analysis_id.is_(None),
                RegisterRow.case_id.in_(current_cases(person)),
            )
            .group_by(FindingRow.code)
            .having(count > 1)
            .order_by(count.desc(), FindingRow.code)
        )
        return {row.code: row[1] for row in session.execute(query)}


def listing(store: Store, person: Person, code: str) -> list[Item]:
    """The undecided minor points of one check that may be confirmed together, at most MOST."""
    with store.reading() as session:
        wanted = Wanted(severity="minor", code=code, state="drafted")
        found = page_of(session, person, wanted, MOST).items
    return [item for item in found if item.status == "draft"]


def confirm_together(store: Store, code: str, listed: Sequence[Listed], *, by: Person) -> int:
    """Confirm all that was listed, or nothing; returns how many. `code` is the check's.

    Raises NotAlike for anything that is not an undecided minor point of that check,
    NoSuchCase for what the person may not see, Recusal for his own, and as `review.perform`.
    """
    if not listed:
        raise NotAlike("没有选中任何问题。")
    points: dict[tuple[str, int], list[int]] = defaultdict(list)
    for point in dict.fromkeys(listed):
        points[point.case_id, point.version].append(point.number)
    with store.writing() as session:
        require_current(session, [case_id for case_id, _ in points], by)
        for (case_id, version), numbers in points.items():
            refuse_holder(session, case_id, by)
            acts: list[Act] = [Confirm(number, "同类轻微问题批量确认") for number in numbers]
            analysis = newest(session, case_id)
            for number in numbers if analysis.version == version else []:
                row = finding_row(session, analysis, number)
                if (row.code, row.severity, row.status) != (code, "minor", "draft"):
                    raise NotAlike(
                        f"案件“{case_id}”第 {number} 项不是 {code} 的待确认轻微问题，请刷新后重选。"
                    )
            act_on(session, case_id, acts, actor=by.name, version=version)
    return sum(len(numbers) for numbers in points.values())
