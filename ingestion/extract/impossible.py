"""Days as written that the calendar does not have: kept as text, never changed or dropped."""

from __future__ import annotations

from ingestion.extract.blocks import field
from ingestion.model import CaseDocument, Field
from ingestion.numerals import NoSuchDay, scan_dates


def read(doc: CaseDocument) -> list[Field[str]]:
    """Every impossible day of `doc` outside the reprinted statutes, in the order of the text."""
    found = []
    for section in doc.sections:
        if section.kind == "appendix":
            continue
        start = section.span.start
        for day in scan_dates(section.span.quote):
            if isinstance(day, NoSuchDay):
                low, high = start + day.start, start + day.end
                found.append(field(doc, low, high, doc.text[low:high]))
    return found
