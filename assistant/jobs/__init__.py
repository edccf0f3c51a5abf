"""Durable jobs: an accepted upload is analysed, whatever process dies on the way.

What a job is stands in our own tables (`assistant.jobs.schema`); `dbos` only says who works on
it and brings it back after a crash. It is imported where it is needed, never with this package.
"""

from __future__ import annotations

from assistant.jobs.errors import Interrupted, JobError, NoSuchBatch, NoSuchJob, NotPossible
from assistant.jobs.records import STATE_NAMES, Batch, Counts, Event, Job, State
from assistant.jobs.service import Jobs
from assistant.jobs.staging import Upload

__all__ = [
    "STATE_NAMES",
    "Batch",
    "Counts",
    "Event",
    "Interrupted",
    "Job",
    "JobError",
    "Jobs",
    "NoSuchBatch",
    "NoSuchJob",
    "NotPossible",
    "State",
    "Upload",
]
