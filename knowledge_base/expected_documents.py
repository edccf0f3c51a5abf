"""Which documents a case may be expected to hold, beside those that it does."""

from __future__ import annotations

import re
from functools import cache

from knowledge_base.loader import Row, rows


class ExpectedDocument(Row):
    """`cues` (a regular expression): words of the case's own documents that tell of it; empty
    where the law asks for it in every case. With a document of `unless` it is not expected.
    """

    role: str
    cues: str = ""
    unless: tuple[str, ...] = ()

    def told(self, text: str) -> bool:
        return not self.cues or re.search(self.cues, text) is not None


@cache
def _by_role() -> dict[str, ExpectedDocument]:
    return {row.role: row for row in rows("expected_documents", ExpectedDocument)}


def expected(role: str, present: set[str], text: str) -> bool:
    """Whether a case of these roles and with this text should hold a document of `role`.

    A text that tells of it nowhere lacks nothing; a role that the table does not know is never
    expected.
    """
    row = _by_role().get(role)
    return row is not None and present.isdisjoint(row.unless) and row.told(text)
