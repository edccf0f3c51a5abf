"""The law a finding rests on, in the words of the day that matters."""

from __future__ import annotations

import re
from datetime import date

from assistant.casefile import CaseFile
from assistant.checks.place import issued
from assistant.findings import LegalBasis
from knowledge_base import laws
from knowledge_base.catalogue import Basis, CheckEntry
from knowledge_base.numerals import article_number, to_int

_PARAGRAPH = re.compile(r"第([一二三四五六七八九十]+)款")


def _provision(row: Basis, on: date) -> LegalBasis:
    number = article_number(row.article)
    text = None
    if number is not None:
        paragraph = _PARAGRAPH.search(row.article)
        text = laws.quote(
            row.law, number[0], number[1], to_int(paragraph[1]) if paragraph else None, on
        )
    return LegalBasis(law=row.law, article=row.article, text=text or "", in_force_on=on)


def of(entry: CheckEntry, case: CaseFile) -> list[LegalBasis]:
    """The provisions of a check as of the latest document of the view (else today)."""
    days = [day for doc in case.documents.values() if (day := issued(doc)) is not None]
    on = max(days, default=date.today())
    return [_provision(row, on) for row in entry.legal_basis]
