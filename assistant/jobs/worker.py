"""A worker: dbos at work in this process, a heartbeat, and the sweep for the work of the dead."""

from __future__ import annotations

import logging
import threading

from dbos import DBOS, DBOSPortableJSONSerializer

from assistant.jobs import flow
from assistant.jobs.queue import APPLICATION, VERSION, Queue, silence, system_url
from assistant.jobs.slots import Slot, take
from assistant.jobs.sweep import Sweep
from assistant.jobs.work import Work
from assistant.settings import Settings
from assistant.storage import Store

log = logging.getLogger(__name__)
BEAT_SECONDS = 5.0


class Worker:
    """Runs jobs of `store` from `start` to `stop`; one at a time in a process (dbos knows one)."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._stopped = threading.Event()
        self._slot: Slot | None = None
        self._beat: threading.Thread | None = None

    def start(self) -> None:
        """Take up what was left under this worker's name, then whatever is queued."""
        silence()
        self._slot = take(self._settings)
        flow.work_on(Work(self._settings, self._store))
        queue = Queue(self._settings)
        DBOS(
            config={
                "name": APPLICATION,
                "system_database_url": system_url(self._settings),
                "application_version": VERSION,
                "executor_id": self._slot.name,
                "serializer": DBOSPortableJSONSerializer(),
                "use_listen_notify": False,
                "notification_listener_polling_interval_sec": 0.2,
                "enable_otlp": False,
                "log_level": "CRITICAL",
            }
        )
        DBOS.launch()
        sweep = Sweep(self._settings, self._store, queue, self._slot.name)
        self._beat = threading.Thread(target=self._watch, args=(sweep, queue), daemon=True)
        self._beat.start()

    def stop(self) -> None:
        """Stop at once: what is under way is taken up by the next worker."""
        self._stopped.set()
        if self._beat is not None:
            self._beat.join()
        DBOS.destroy()
        flow.work_on(None)
        if self._slot is not None:
            self._slot.release()

    def _watch(self, sweep: Sweep, queue: Queue) -> None:
        while True:
            try:
                sweep.once()
            # A database that is away for a moment must not end the watch.
            except Exception as error:
                log.error("%s in the sweep", type(error).__name__)
            if self._stopped.wait(BEAT_SECONDS):
                queue.close()
                return
