"""From a read source to a recognised document: type, parts and typed fields."""

from __future__ import annotations

from ingestion.answers import find as answers
from ingestion.classify import classify
from ingestion.extract import (
    amounts,
    appeal,
    arguments,
    charges,
    circumstances,
    facts,
    heading,
    impossible,
    non_prosecution,
    parties,
    priors,
    quantities,
    recommendation,
    report,
    review_course,
    signing,
    statutes,
    units,
    verdict,
)
from ingestion.model import CaseDocument, Field, SourceDocument
from ingestion.sections import find_sections

__all__ = ["parse"]


def parse(source: SourceDocument) -> CaseDocument:
    """Everything that can be read from the document. An unknown type gets no fields.

    Never raises on any text: what cannot be read is simply not there.
    """
    kind = classify(source.text)
    doc = CaseDocument(type=kind.type, role=kind.role, source=source)
    if kind.title:
        doc.title = Field(value=kind.title, span=doc.span(kind.start, kind.end))
    if doc.type == "unknown":
        return doc
    doc.sections = find_sections(source, kind.type)
    heading.read(doc)
    doc.defendants = parties.read_defendants(doc)
    doc.statutes = statutes.read(doc)
    charges.assign(doc)
    units.read(doc)
    appeal.read(doc)
    verdict.read(doc)
    recommendation.read(doc)
    doc.plea_leniency = circumstances.plea(doc)
    doc.circumstances = circumstances.read(doc)
    doc.facts = facts.read(doc)
    priors.complete(doc)
    doc.amounts = amounts.read(doc)
    doc.quantities = quantities.read(doc)
    doc.impossible_dates = impossible.read(doc)
    doc.arguments = arguments.read(doc)
    doc.answers = answers.read(doc)
    review_course.read(doc)
    non_prosecution.read(doc)
    report.read(doc)
    signing.read(doc)
    return doc
