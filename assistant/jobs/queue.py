"""dbos from outside: handing a job to the workers. Imported where a job is handed in.

dbos keeps its tables in a file of its own beside the SQLite database, or in the schema `dbos`
of the PostgreSQL database.
"""

from __future__ import annotations

import logging
from pathlib import Path

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer, EnqueueOptions
from sqlalchemy import make_url

from assistant.settings import Settings

APPLICATION = "assistant"
VERSION = "jobs-1"
"""Pinned: dbos leaves work of another version alone, and ours may always be taken up."""

RULES, MODEL = "rules", "model"
POLL_SECONDS = 0.2
SOON, LATER = 1, 10  # a person waits for the one; a batch fills what time is left
EXAMINE = "examine"
FILE = "jobs.sqlite3"


def system_url(settings: Settings) -> str:
    """Where dbos keeps its own tables."""
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite":
        return f"sqlite:///{Path(url.database or '').with_name(FILE)}"
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def silence() -> None:
    """dbos' own log may quote a document in an error; what matters of it stands in our book."""
    logging.getLogger("dbos").setLevel(logging.CRITICAL + 1)


def workflow_id(job_id: str, attempt: int) -> str:
    return f"{job_id}-{attempt}"


class Queue:
    """A connection to the queues; made once a process."""

    def __init__(self, settings: Settings) -> None:
        silence()
        url = system_url(settings)
        DBOS.migrate(url)
        self._client = DBOSClient(
            system_database_url=url,
            serializer=DBOSPortableJSONSerializer(),
            application_name=APPLICATION,
            retry_connection_errors=False,
        )
        for name in (RULES, MODEL):
            # One at a time in each worker: rules use all cores, and the model answers one.
            self._client.register_queue(
                name, worker_concurrency=1, polling_interval_sec=POLL_SECONDS
            )

    def put(self, job_id: str, attempt: int, *, soon: bool) -> None:
        """Hand a job over; handing it over twice is handing it over once."""
        options: EnqueueOptions = {
            "workflow_name": EXAMINE,
            "queue_name": RULES,
            "workflow_id": workflow_id(job_id, attempt),
            "app_version": VERSION,
            "priority": SOON if soon else LATER,
        }
        self._client.enqueue(options, job_id, SOON if soon else LATER)

    def close(self) -> None:
        self._client.destroy()
