"""What became of the uploads, read from the database after the fire."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import func, select

from assistant.audit import verify
from assistant.jobs.schema import JobEventRow, JobRow
from assistant.settings import Settings
from assistant.storage import open_store, uploads
from assistant.storage.schema import AnalysisRow, CaseRow, FindingRow

RESUME_SECONDS = 10.0


@dataclass
class Verdict:
    """`resumed`: seconds from the start of a worker to the next sign of work, where some waited.

    `again`: steps begun more than once, of `steps` begun. A job is `lost` when it was accepted
    and is not there, or never ended; a document when its case is there and its file is not.
    """

    kills: dict[str, int]
    accepted: int
    states: dict[str, int]
    lost_jobs: int
    lost_documents: int
    duplicate_findings: int
    duplicate_versions: int
    audit_faults: int
    steps: int
    again: int
    resumed_median: float
    resumed_longest: float

    @property
    def holds(self) -> bool:
        """Nothing is lost and nothing stands twice."""
        wrong = (self.lost_jobs, self.lost_documents, self.audit_faults)
        twice = (self.duplicate_findings, self.duplicate_versions)
        return self.accepted > 0 and not any(wrong + twice)

    @property
    def prompt(self) -> bool:
        """Work began again soon enough after each start of a worker."""
        return self.resumed_longest < RESUME_SECONDS


def look(
    settings: Settings, accepted: list[str], restarts: list[float], kills: dict[str, int]
) -> Verdict:
    """The verdict over the store of `settings`; jobs in `accepted` were acknowledged."""
    with open_store(settings) as store, store.reading() as session:
        jobs = {row.id: row.state for row in session.scalars(select(JobRow))}
        events = session.execute(
            select(JobEventRow.job_id, JobEventRow.at, JobEventRow.kind, JobEventRow.data)
        ).all()
        ends = {
            job_id: datetime.fromisoformat(at).timestamp()
            for job_id, at, kind, _ in events
            if kind == "end"
        }
        begins = {
            row.id: datetime.fromisoformat(row.created_at).timestamp()
            for row in session.scalars(select(JobRow))
        }
        steps = Counter(
            (job_id, data["text"]) for job_id, _, kind, data in events if kind == "step"
        )
        twice = session.execute(
            select(func.count())
            .select_from(FindingRow)
            .group_by(FindingRow.analysis_id, FindingRow.fingerprint)
            .having(func.count() > 1)
        ).all()
        versions = session.execute(
            select(func.count()).select_from(AnalysisRow).group_by(AnalysisRow.case_id)
        ).scalars()
        surplus = sum(number - 1 for number in versions)
        shas = [
            document["sha256"]
            for result in session.scalars(select(AnalysisRow.result))
            for document in result["documents"]
        ]
        cases = session.scalar(select(func.count()).select_from(CaseRow)) or 0
        done = sum(state == "done" for state in jobs.values())
        faults = verify(store)
        resumed = _resumed(restarts, [_moment(at) for _, at, _, _ in events], begins, ends)
        ended = ("done", "failed", "refused", "cancelled")
        return Verdict(
            kills=kills,
            accepted=len(accepted),
            states=dict(Counter(jobs.values())),
            lost_jobs=sum(jobs.get(job) not in ended for job in accepted) + abs(done - cases),
            lost_documents=sum(uploads.content(settings, sha) is None for sha in shas),
            duplicate_findings=len(twice),
            duplicate_versions=surplus,
            audit_faults=len(faults),
            steps=sum(steps.values()),
            again=sum(number - 1 for number in steps.values()),
            resumed_median=round(median(resumed), 2) if resumed else 0.0,
            resumed_longest=round(max(resumed, default=0.0), 2),
        )


def _moment(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()


def _resumed(
    restarts: list[float], events: list[float], begins: dict[str, float], ends: dict[str, float]
) -> list[float]:
    """For each start of a worker that lived to do something, how long it took to begin."""
    found = []
    for at, following in zip(restarts, [*restarts[1:], float("inf")], strict=True):
        waiting = any(begins[job] < at < ends.get(job, float("inf")) for job in begins)
        first = min((e for e in events if at <= e < following), default=None)
        if waiting and first is not None:
            found.append(first - at)
    return found
