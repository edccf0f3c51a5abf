"""Slips of the pen that the model is asked about: where rules find a sentence suspicious, no more.

Rules propose every edit; the model picks one or none. Which model is asked at all stands in
knowledge_base/tables/model_questions.yaml.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.casefile import CaseFile
from assistant.checks.lexicon import Slip
from assistant.checks.place import part
from assistant.checks.registry import finding, hit
from assistant.checks.standing import Standing
from assistant.checks.unusual import in_words, names
from assistant.findings import Finding
from assistant.proofreading.asking import slip
from assistant.proofreading.doubtful import doubts
from ingestion.model import CaseDocument
from knowledge_base.catalogue import entries

if TYPE_CHECKING:  # its client libraries take seconds to load
    from assistant.model.gateway import Gateway

CODE = "LANG-001"
QUESTION = "slip"
"""The kind of question in the table `model_questions`."""
MOST_SENTENCES = 4
"""Of a document: a call takes seconds, and the most suspicious come first."""
_CONFIDENCE = 0.5  # a person must look


def asked(
    case: CaseFile,
    found: Sequence[Finding],
    standing: Mapping[str, Standing],
    gateway: Gateway,
    cancel: threading.Event | None = None,
) -> list[Finding]:
    """What the model takes for slips, beside those `found` by rules."""
    told: list[Finding] = []
    if not standing[CODE].on:
        return told
    for role, document in case.documents.items():
        if role not in entries()[CODE].documents:
            continue
        view = CaseFile({role: document})
        for one in _slips(document, found, gateway, cancel):
            span = document.span(one.start, one.end)
            made = hit(
                span,
                values={role: span.quote},
                confidence=_CONFIDENCE,
                written=span.quote,
                right=one.right,
            )
            by_rules = finding(entries()[CODE], made, view, standing[CODE])
            told.append(by_rules.model_copy(update={"source": "model"}))
    return told


def _slips(
    doc: CaseDocument,
    found: Sequence[Finding],
    gateway: Gateway,
    cancel: threading.Event | None,
) -> Iterator[Slip]:
    appendix = part(doc, "appendix")
    body = doc.text[: appendix.start] if appendix else doc.text
    known = [
        (span.start, span.end)
        for one in found
        if one.code == CODE
        for span in one.evidence
        if span.role == doc.role
    ]
    for doubt in doubts(body, names(doc))[:MOST_SENTENCES]:
        edit = slip(gateway, body, doubt, cancel)
        if edit is None or any(edit.start <= end and start <= edit.end for start, end in known):
            continue
        yield in_words(body, edit)
