"""Slips that no list holds: what reads oddly and would read well with one small edit."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.lexicon import Slip
from assistant.proofreading import Correction, corrections
from ingestion.model import CaseDocument
from knowledge_base import wording

_EDGE = "\n，。；：、（）《》"


def unusual(doc: CaseDocument, body: str) -> Iterator[Slip]:
    """Slips that rules are certain enough of to show."""
    # Next to a rarer word a legal word may look odd: 延长拘留 is no slip for 居留.
    known = {word for word in wording.legal_words() if word in body}
    for found in corrections(body, "shown", names(doc) | known):
        yield in_words(body, found)


def names(doc: CaseDocument) -> set[str]:
    """What the defendants are called: never a slip."""
    return {n.value for d in doc.defendants for n in (d.name, *d.aliases)}


def in_words(body: str, found: Correction) -> Slip:
    """The slip with the character before and after it, so that a reader sees the word."""
    start = found.start - (found.start > 0 and body[found.start - 1] not in _EDGE)
    end = found.end + (found.end < len(body) and body[found.end] not in _EDGE)
    right = body[start : found.start] + found.right + body[found.end : end]
    return Slip(start, end, right)
