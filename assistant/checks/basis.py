"""The law a finding rests on, in the words of the day that matters."""

from __future__ import annotations

import re
from datetime import date

from assistant.casefile import CaseFile
from assistant.checks.place import issued
from assistant.findings import LegalBasis
from knowledge_base import laws, procedure
from knowledge_base.catalogue import Basis, CheckEntry
from knowledge_base.law_versions import CRIMINAL_PROCEDURE_LAW
from knowledge_base.numerals import article_label, article_number, to_int

_PARAGRAPH = re.compile(r"第([一二三四五六七八九十]+)款")


def _provision(row: Basis, on: date) -> LegalBasis | None:
    """The provision as of that day; None where there was none yet."""
    number, label = article_number(row.article), row.article
    if row.effective_from is not None and on < row.effective_from:
        return None
    if number is not None and row.law == CRIMINAL_PROCEDURE_LAW:
        # Entries name the procedure by its text of 2018; older documents go by that of 2012.
        then = procedure.number_then(number[0], on)
        if then is None:
            return None
        label = article_label(then) + label[label.index("条") + 1 :]
        number = (then, number[1])
    text = None
    if number is not None:
        paragraph = _PARAGRAPH.search(label)
        text = laws.quote(
            row.law, number[0], number[1], to_int(paragraph[1]) if paragraph else None, on
        )
    return LegalBasis(law=row.law, article=label, text=text or "", in_force_on=on)


def of(entry: CheckEntry, case: CaseFile) -> list[LegalBasis]:
    """The provisions of a check as of the latest document of the view (else today)."""
    days = [day for doc in case.documents.values() if (day := issued(doc)) is not None]
    on = max(days, default=date.today())
    return [found for row in entry.legal_basis if (found := _provision(row, on)) is not None]
