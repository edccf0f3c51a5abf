"""Cases, results, decisions: stored so that nothing once said is ever overwritten."""

from __future__ import annotations

from assistant.storage.errors import (
    BadResult,
    DatabaseBusy,
    DatabaseUnreachable,
    DiskFull,
    DiskReadOnly,
    KeyUnusable,
    NoSuchCase,
    NoSuchFinding,
    NoSuchOriginal,
    NotEmpty,
    StoreError,
    Unreadable,
    UnsupportedDatabase,
    UploadTooLarge,
)
from assistant.storage.records import CaseRecord, Change, Decision, Signature, StoredFinding
from assistant.storage.store import Store, open_store

__all__ = [
    "BadResult",
    "CaseRecord",
    "Change",
    "DatabaseBusy",
    "DatabaseUnreachable",
    "Decision",
    "DiskFull",
    "DiskReadOnly",
    "KeyUnusable",
    "NoSuchCase",
    "NoSuchFinding",
    "NoSuchOriginal",
    "NotEmpty",
    "Signature",
    "Store",
    "StoreError",
    "StoredFinding",
    "Unreadable",
    "UnsupportedDatabase",
    "UploadTooLarge",
    "open_store",
]
