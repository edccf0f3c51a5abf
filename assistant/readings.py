"""The documents of a stored case, read again from the originals that the store keeps.

A reading is kept in memory for those who look at a case one page after the other; nothing of
it is written anywhere.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any

from assistant.settings import Settings
from assistant.storage import NoSuchOriginal, originals
from ingestion import read_document
from ingestion.model import CaseDocument, Role

MOST_KEPT = 12
_kept: OrderedDict[str, CaseDocument] = OrderedDict()
_lock = Lock()


def reading(settings: Settings, row: dict[str, Any]) -> CaseDocument | None:
    """The document of one row of a result's `documents`; None where its file is not kept.

    A scan is recognised anew, which takes seconds a page. Raises KeyUnusable, Unreadable.
    """
    sha256, role = row["sha256"], row["role"]
    with _lock:
        if sha256 in _kept:
            _kept.move_to_end(sha256)
            return _kept[sha256]
    try:
        with originals.opened(settings, sha256) as path:
            document = read_document(path)
    except NoSuchOriginal:
        return None
    document.role = role
    with _lock:
        _kept[sha256] = document
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return document


def readings(settings: Settings, result: dict[str, Any]) -> dict[Role, CaseDocument]:
    """The documents of a result by role, as far as their files are kept."""
    found = ((row["role"], reading(settings, row)) for row in result["documents"])
    return {role: document for role, document in found if document is not None}
