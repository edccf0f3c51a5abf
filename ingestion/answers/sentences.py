"""The court's own sentences: what may answer an argument or reason a circumstance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingestion.model import CaseDocument, SectionKind, Span

# A comma before 其他意见 parts two answers that may differ.
_END = re.compile(r"[。；！？;!?]|\n+|[，,](?=但?(?:对)?其[他余它][^，。]{0,8}(?:意见|理由))")
_COURTS_OWN: frozenset[SectionKind] = frozenset({"reasoning", "statutes"})
# Outside the reasoning a court answers in sentences that say so.
_ANSWERING = re.compile(r"经查|本院(?:经审查)?认为|(?:不予|予以|可予|酌予)(?:采纳|采信|支持|认定)")
_TALKING_OF = re.compile(r"^\s*(?:关于|对于?|针对)[^。]{0,200}(?:意见|辩解|理由|异议|辩称)")
_ELSEWHERE: frozenset[SectionKind] = frozenset({"facts", "evidence", "defence", "procedure"})


def split(doc: CaseDocument, start: int, end: int) -> Iterator[Span]:
    """Sentences (to 。 or ；) of a stretch, without the white space around them."""
    text = doc.text
    place = start
    stops = [start + m.end() for m in _END.finditer(text[start:end])] + [end]
    for stop in stops:
        piece = text[place:stop]
        left = len(piece) - len(piece.lstrip())
        right = len(piece.rstrip())
        if right - left > 1:
            yield doc.span(place + left, place + right)
        place = stop


def of_court(doc: CaseDocument) -> list[Span]:
    """Sentences of the reasoning, and of other parts those in which the court answers."""
    found: list[Span] = []
    for section in doc.sections:
        if section.kind not in _COURTS_OWN | _ELSEWHERE:
            continue
        sentences = list(split(doc, section.span.start, section.span.end))
        if section.kind in _COURTS_OWN:
            found += sentences
            continue
        answering = False
        for sentence in sentences:
            opens = bool(_TALKING_OF.search(sentence.quote) or sentence.quote.startswith("经查"))
            answering = opens or (answering and not sentence.quote.endswith("。"))
            if opens or answering or _ANSWERING.search(sentence.quote):
                found.append(sentence)
    return found
