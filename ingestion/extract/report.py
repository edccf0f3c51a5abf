"""What a review report is about, and what its author proposes."""

from __future__ import annotations

import re

from ingestion.extract.blocks import clauses, field
from ingestion.model import CaseDocument, Proposal

_ARREST = re.compile(r"提请(?:批准)?逮捕|报请(?:批准)?逮捕|提请本院(?:审查)?批准逮捕")
_TRANSFERRED = re.compile(r"移送(?:本院)?(?:审查)?起诉")
_LEAD = r"(?:建议|拟|提请|应当?|故|予以|依法|可以|决定|同意|符合)"
_PROPOSALS: tuple[tuple[Proposal, re.Pattern[str]], ...] = (
    ("no_arrest", re.compile(rf"{_LEAD}[^。；]{{0,60}}?(?:不(?:予)?(?:批准|决定)?逮捕|不捕)")),
    ("arrest", re.compile(rf"{_LEAD}[^。；]{{0,60}}?(?:批准|决定|予以)[^。；]{{0,16}}?逮捕")),
    ("conditional", re.compile(rf"{_LEAD}[^。；]{{0,60}}?附条件不起诉")),
    ("no_prosecution", re.compile(rf"{_LEAD}[^。；]{{0,60}}?(?:不(?:予)?起诉|存疑不诉)")),
    ("return", re.compile(rf"{_LEAD}[^。；]{{0,60}}?退回[^。；]{{0,12}}?补充(?:侦查|调查)")),
    (
        "prosecute",
        re.compile(rf"{_LEAD}[^。；]{{0,60}}?(?:提起公诉|起诉|移送[^。；]{{0,12}}审查起诉)"),
    ),
)


def read(doc: CaseDocument) -> None:
    """Fill `stage` and `proposal` of a review report: its last sentence that proposes counts."""
    if doc.type != "report":
        return
    title = doc.title.value if doc.title else ""
    course = "".join(s.span.quote for s in doc.sections_of("heading", "procedure"))
    arrest = "逮捕" in title or (
        "起诉" not in title and bool(_ARREST.search(course)) and not _TRANSFERRED.search(course)
    )
    doc.stage = "arrest" if arrest else "prosecution"
    for section in reversed(doc.sections_of("reasoning")):
        sentences = list(clauses(doc.text, section.span.start, section.span.end, "。；;\n"))
        for low, high in reversed(sentences):
            for value, words in _PROPOSALS:
                if match := words.search(doc.text, low, high):
                    doc.proposal = field(doc, *match.span(), value)
                    return
