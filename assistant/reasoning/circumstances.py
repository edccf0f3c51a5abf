"""Whether the court tells the facts behind a circumstance it affirms, or only names it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ingestion.answers.sentences import split
from ingestion.model import CaseDocument, Circumstance, Span
from knowledge_base.topics import Topic, of_circumstance

Reasoned = Literal["reasoned", "named_only"]

# What the parties said of it, before the court says anything of its own.
_RETOLD = re.compile(r"辩护人|辩称|辩解|公诉机关|控辩|公诉意见|^(?:关于|对于?|针对)")
_CLAUSE = re.compile(r"[，,；;]")


@dataclass(frozen=True)
class Question:
    """One affirmed circumstance whose name alone is a conclusion of law."""

    circumstance: Circumstance
    topic: Topic
    sentences: tuple[Span, ...]
    """The sentence before and the one that names it."""


def questions(doc: CaseDocument, sentences: list[Span]) -> list[Question]:
    """One question for each such circumstance of the court's reasoning, in order."""
    found: dict[str, Question] = {}
    for circumstance in doc.circumstances:
        topic = of_circumstance(circumstance.key)
        if (
            topic is None
            or topic.basis is None
            or circumstance.polarity != "affirmed"
            or circumstance.speaker != "court"
            or circumstance.section not in ("reasoning", "statutes")
            or topic.key in found
        ):
            continue
        at = circumstance.span.start
        index = next((i for i, s in enumerate(sentences) if s.start <= at < s.end), None)
        if index is None or _RETOLD.search(sentences[index].quote):
            continue
        if not topic.denied.search(sentences[index].quote):
            around = tuple(sentences[max(index - 1, 0) : index + 1])
            found[topic.key] = Question(circumstance, topic, around)
    return list(found.values())


def decide(question: Question) -> tuple[Reasoned, Span, bool]:
    """Verdict, the sentence that shows it, and whether rules are sure.

    Sure where the words of the facts stand in the sentence itself, or nowhere near it.
    """
    assert question.topic.basis is not None
    naming = question.sentences[-1]
    if _has_basis(naming.quote, question):
        return "reasoned", naming, True
    before = question.sentences[0]
    if before is not naming and _has_basis(before.quote, question):
        return "reasoned", before, False
    return "named_only", naming, True


def facts_elsewhere(doc: CaseDocument, question: Question) -> Span | None:
    """Where the court tells the facts of the circumstance outside its reasoning."""
    assert question.topic.basis is not None
    for section in doc.sections_of("facts", "evidence", "parties"):
        if section.speaker != "court":
            continue
        for sentence in split(doc, section.span.start, section.span.end):
            if question.topic.basis.search(sentence.quote):
                return sentence
    return None


def _has_basis(sentence: str, question: Question) -> bool:
    """A word of the facts beside the name itself (投案自首 alone tells nothing)."""
    assert question.topic.basis is not None
    plain = re.sub(
        r"(?:投案)?自首|坦白|有?立功(?:情节)?|(?:系|是)?从犯|犯罪(?:未遂|中止)|累犯|毒品再犯",
        "",
        sentence,
    )
    return any(question.topic.basis.search(clause) for clause in _CLAUSE.split(plain))
