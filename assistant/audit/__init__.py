"""The audit chain: who did what when, in a form that shows any later change.

Each event carries SHA-256 over the hash of the event before and its own canonical JSON.
The chain alone would not show that its tail was cut off or that it was hashed anew from
some point, so that every head is also written to an anchor file outside the database.
Writing it is the store's business (`assistant.storage.chain`, `.anchor`); here it is checked.
"""

from __future__ import annotations

from assistant.audit.problem import Problem
from assistant.audit.verify import verify

__all__ = ["Problem", "verify"]
