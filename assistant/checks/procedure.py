"""Names of evidence."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.place import issued, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from knowledge_base.check_rules import evidence_names


@check("EVID-001")
def evidence_kinds(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    on = issued(doc)
    for section in doc.sections_of("evidence"):
        for row in evidence_names():
            at = doc.text.find(row.wrong, section.span.start, section.span.end)
            if at >= 0 and (on is None or row.in_force(on)):
                yield hit(
                    doc.span(at, at + len(row.wrong)),
                    values={doc.role or "": row.wrong},
                    written=row.wrong,
                    right=row.right,
                )
