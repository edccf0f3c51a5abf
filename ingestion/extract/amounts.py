"""Sums of money with the part each plays in the story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingestion.extract.facts import count_at
from ingestion.extract.opinions import Opinion, repeated, speaker_at
from ingestion.extract.people import clusters, named
from ingestion.extract.sum_roles import REACH, Role, role_of
from ingestion.extract.table_sums import CellSum, table_sums
from ingestion.model import Amount, CaseDocument, Section, SectionKind
from ingestion.numerals import find_sums

_READ: frozenset[SectionKind] = frozenset(
    {"accusation", "facts", "defence", "evidence", "reasoning", "operative"}
)
_OWNED: frozenset[Role] = frozenset(
    {"total", "count", "person", "gain", "returned", "compensated", "fine"}
)
# What a victim sues for in the criminal case is no part of the story.
_CLAIMED = re.compile(
    r"(?:附带民事诉讼(?:[二两三四五六]?)原告人?|提起[^，。；]{0,4}附带民事诉讼)[^。；]{0,90}?(?:请求|诉请|诉称|要求|主张|提出)[^。]*"
    r"(?:。\s*(?:以上|[两二三四]人合计|合计|共计|总计|扣除|减去|其中|包括)[^。]*){0,6}"
)
_TOGETHER = re.compile(r"伙同|共同|一起|结伙|合伙|各")


def _persons(doc: CaseDocument, section: Section, at: int) -> tuple[str, ...]:
    """The accused whose sum stands at `at`, by the words of its sentence before it.

    A sentence of the operative part goes on over ； and brackets, to the next person.
    """
    marks = "" if section.kind == "operative" else "。；\n"
    low = max(section.span.start, at - REACH, *(doc.text.rfind(m, 0, at) + 1 for m in marks))
    if _TOGETHER.search(doc.text, low, at):
        return named(doc, low, at)
    groups = list(clusters(doc, low, at))
    return groups[-1] if groups else ()


def _section(doc: CaseDocument, section: Section, earlier: Sequence[Amount]) -> list[Amount]:
    start, text = section.span.start, section.span.quote
    found: list[Amount] = []
    told = 0
    mentions, cells = list(find_sums(text)), list(table_sums(text))
    if not mentions and not cells:
        return []
    said = repeated(doc, section)
    claimed = [m.span() for m in _CLAIMED.finditer(text)]
    for mention in mentions:
        if any(low <= mention.start < high for low, high in claimed):
            continue
        role = role_of(text, mention, section.kind, found, told, earlier)
        told = mention.end
        low, high = start + mention.start, start + mention.end
        speaker = speaker_at(said, low, high, section.speaker)
        found.append(
            Amount(
                fen=mention.fen,
                role=role,
                fuzzy=mention.fuzzy,
                speaker=speaker,
                section=section.kind,
                span=doc.span(low, high),
                currency=mention.currency,
                persons=_persons(doc, section, low) if role in _OWNED else (),
                fact=count_at(doc.facts, low, speaker),
            )
        )
    found += _of_tables(doc, section, said, cells)
    return sorted(found, key=lambda amount: amount.span.start)


def _of_tables(
    doc: CaseDocument, section: Section, said: Sequence[Opinion], cells: Sequence[CellSum]
) -> Iterator[Amount]:
    for cell in cells:
        low, high = section.span.start + cell.start, section.span.start + cell.end
        yield Amount(
            fen=cell.fen,
            role=cell.role,
            fuzzy=False,
            speaker=speaker_at(said, low, high, section.speaker),
            section=section.kind,
            span=doc.span(low, high),
            currency="CNY",
        )


def read(doc: CaseDocument) -> list[Amount]:
    """Every sum told, argued or ordered in `doc`, in the order of the text."""
    found: list[Amount] = []
    for section in doc.sections:
        if section.kind in _READ:
            earlier = [a for a in found if a.section == section.kind]
            found += _section(doc, section, earlier)
    return found
