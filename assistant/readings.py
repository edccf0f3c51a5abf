"""The documents of a stored case, as they were read; read again where that is not kept.

Those looked at last stay in memory, for who looks at a case one page after the other.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any

from assistant.settings import Settings
from assistant.storage import NoSuchOriginal, Store, originals, readings
from ingestion import read_document
from ingestion.model import CaseDocument

MOST_KEPT = 12


class Readings:
    """The readings of one store; safe to share by threads."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._kept: OrderedDict[tuple[str, str, str], CaseDocument] = OrderedDict()
        self._lock = Lock()

    def of(self, case_id: str, row: dict[str, Any]) -> CaseDocument | None:
        """The document of one row of the result's `documents`; None where its file is not kept.

        Raises KeyUnusable, Unreadable.
        """
        if not self._original(row["sha256"]):
            return None
        mark = case_id, row["role"], row["sha256"]
        with self._lock:
            if mark in self._kept:
                self._kept.move_to_end(mark)
                return self._kept[mark]
        document = self._stored(case_id, row) or self._read(row)
        with self._lock:
            self._kept[mark] = document
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return document

    def _original(self, sha256: str) -> bool:
        try:
            originals.find(self._settings, sha256)
        except NoSuchOriginal:
            return False
        return True

    def _stored(self, case_id: str, row: dict[str, Any]) -> CaseDocument | None:
        with self._store.reading() as session:
            told = readings.get(session, self._settings, case_id, row["role"])
        if told is None or told["source"]["sha256"] != row["sha256"]:
            return None
        return CaseDocument.model_validate(told)

    def _read(self, row: dict[str, Any]) -> CaseDocument:
        """A scan is recognised anew, which takes seconds a page."""
        with originals.opened(self._settings, row["sha256"]) as path:
            document = read_document(path)
        document.role = row["role"]
        return document
