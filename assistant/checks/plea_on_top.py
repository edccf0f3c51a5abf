"""认罪认罚 counted once more on top of the surrender or confession that it takes in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.circumstances import of_person, own
from assistant.checks.place import part, people, sole
from assistant.checks.registry import Hit, check, hit

_TAKEN_IN = frozenset({"surrender", "surrender_special", "confession", "confession_heavier"})
_PLEA = r"(?:认罪认罚|认罚)"
_ON_TOP = re.compile(
    rf"{_PLEA}[^。；]{{0,40}}(?:再|另行|另外|又)[^，。；]{{0,6}}(?:从宽|从轻|减轻|减少|调减|降低)"
    rf"|(?:再|另行|另外)(?:因|以|按照?|根据)[^，。；]{{0,6}}{_PLEA}[^。；]{{0,12}}(?:从宽|从轻|减少|调减)"
)
_SHARE = re.compile(
    r"(?:减少|调减|降低|从宽)[^，。；]{0,10}?(?:\d{1,2}[%％]|百分之[一二三四五六七八九十]+)"
)
_NAMED = re.compile(r"自首|坦白|如实供述")


@check("CIRC-015")
def counted_twice(case: CaseFile) -> Iterator[Hit]:
    """The document itself says so: leniency 再, or a share for each of the two."""
    doc = sole(case)
    told = part(doc, "reasoning")
    if told is None:
        return
    for person in people(doc):
        mine = [c for c in own(doc) if c.polarity == "affirmed" and of_person(doc, c, person)]
        base = next((c for c in mine if c.key in _TAKEN_IN), None)
        if base is None:
            continue
        found = _ON_TOP.search(doc.text, told.start, told.end)
        span = doc.span(found.start(), found.end()) if found else None
        if span is None:
            clauses = re.split(r"[；。]", told.quote)
            shares = [c for c in clauses if _SHARE.search(c)]
            plea = next((c for c in shares if re.search(_PLEA, c) and not _NAMED.search(c)), None)
            if plea and any(_NAMED.search(c) and not re.search(_PLEA, c) for c in shares):
                start = told.start + told.quote.index(plea)
                span = doc.span(start, start + len(plea))
        if span is not None:
            yield hit(
                span,
                base.span,
                values={doc.role or "": span.quote},
                cause=f"plea-on-top:{span.start}",
                name=person.name.value,
            )
            return
