"""What a case bank refuses. Each message is one Chinese sentence.

BankError
├── NoBank        no bank in that folder, or one of a newer program
├── NoCase        no case of that number in the bank
└── BadBackup     not a backup, or changed since it was made
"""

from __future__ import annotations


class BankError(Exception):
    """The bank cannot do what was asked."""


class NoBank(BankError):
    """A bank is made by importing; nothing else makes one by accident."""


class NoCase(BankError):
    """Numbers are given once and never again."""


class BadBackup(BankError):
    """Restored is only what is, byte for byte, what was backed up."""
