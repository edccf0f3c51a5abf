"""A private bank of decided cases: stored, found by vector, words and filters, backed up."""

from __future__ import annotations

from knowledge_base.casebank.backup import back_up, restore
from knowledge_base.casebank.bank import Bank
from knowledge_base.casebank.errors import BadBackup, BankError, NoBank, NoCase
from knowledge_base.casebank.filters import Filters, read_filters
from knowledge_base.casebank.model import (
    CourtLevel,
    Outcome,
    PassageHit,
    Stats,
    StoredAdvice,
    StoredAmount,
    StoredCase,
    StoredQuantity,
    StoredSentence,
    Verdict,
    content_hash,
)

__all__ = [
    "BadBackup",
    "Bank",
    "BankError",
    "CourtLevel",
    "Filters",
    "NoBank",
    "NoCase",
    "Outcome",
    "PassageHit",
    "Stats",
    "StoredAdvice",
    "StoredAmount",
    "StoredCase",
    "StoredQuantity",
    "StoredSentence",
    "Verdict",
    "back_up",
    "content_hash",
    "read_filters",
    "restore",
]
