"""Names of evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.place import issued, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from knowledge_base.check_rules import evidence_names

# What another organ called its own paper (价格鉴定结论书, 电子证据检查笔录) is quoted, not said.
_NO_TITLE = r"(?!通知|告知|书|检查|清单|勘验|提取|固定|登记|保全)"


@check("EVID-001")
def evidence_kinds(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    on = issued(doc)
    for section in doc.sections_of("evidence"):
        for row in evidence_names():
            pattern = re.compile(re.escape(row.wrong) + _NO_TITLE)
            found = pattern.search(doc.text, section.span.start, section.span.end)
            if found is not None and (on is None or row.in_force(on)):
                at = found.start()
                yield hit(
                    doc.span(at, at + len(row.wrong)),
                    values={doc.role or "": row.wrong},
                    written=row.wrong,
                    right=row.right,
                )
        names = "|".join(re.escape(d.name.value) for d in doc.defendants)
        accused = re.compile(rf"被告人(?:{names})的?证言")
        if names and (told := accused.search(doc.text, section.span.start, section.span.end)):
            yield hit(
                doc.span(told.start(), told.end()),
                values={doc.role or "": told[0]},
                written=told[0],
                right="被告人供述和辩解",
            )
