"""What a report writer refuses."""

from __future__ import annotations


class ReportError(Exception):
    """The report cannot be written; `str(error)` is one Chinese sentence for the user."""
