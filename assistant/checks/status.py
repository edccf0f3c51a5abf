"""By what word a person is called: pronoun, accused or victim, victim or witness."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.place import is_masked, part, people
from assistant.checks.registry import Hit, hit
from ingestion.model import CaseDocument, Span

_PRONOUN = re.compile(r"(?P<word>[她他])的?(?:行为|罪行|犯罪(?:行为|事实)|归案|到案|认罪|悔罪)")
_OF_SEX = {"她": "女", "他": "男"}
_FULL = 3
"""Characters of a name that no longer name begins with by chance."""
_TESTIFIES = re.compile(r"证人(?P<name>[\u4e00-\u9fff]{2,4}?)(?:的|当庭)?(?:证言|证实|陈述|证明)")


_OF_APPEAL = re.compile(r"上诉人(?:（原审被告人）)?")


def misnamed(doc: CaseDocument) -> Iterator[Hit]:
    """Persons called by a word that is not theirs."""
    yield from _pronouns(doc)
    yield from _appellants(doc)
    yield from _confessing_witness(doc)
    yield from _roles(doc)
    yield from _witnesses(doc)


def _said(span: Span, right: str, *more: Span, grave: bool = False) -> Hit:
    return hit(
        span,
        *more,
        severity="moderate" if grave else None,
        values={(span.role or ""): span.quote},
        written=span.quote,
        right=right,
    )


def _pronouns(doc: CaseDocument) -> Iterator[Hit]:
    """她 in the reasons on accused who are all men, or the other way round."""
    reasoning = part(doc, "reasoning")
    sexes = {person.sex.value[:1] if person.sex else "" for person in people(doc)}
    if reasoning is None or len(sexes) != 1 or not sexes <= {"男", "女"}:
        return
    for found in _PRONOUN.finditer(doc.text, reasoning.start, reasoning.end):
        clause = re.split(r"[。；]", doc.text[reasoning.start : found.start()])[-1]
        if {_OF_SEX[found["word"]]} != sexes and "被害" not in clause and "他人" not in clause[-1:]:
            yield _said(doc.span(found.start("word"), found.end("word") + 1), "其")


def _appellants(doc: CaseDocument) -> Iterator[Hit]:
    """An appellant in the reasons of a first judgment, where nobody has appealed yet."""
    if doc.role == "judgment" and doc.instance != "first":
        return
    for section in doc.sections_of("reasoning", "operative"):
        for found in _OF_APPEAL.finditer(doc.text, section.span.start, section.span.end):
            named = [p for p in doc.defendants if doc.text.startswith(p.name.value, found.end())]
            if named:
                yield _said(doc.span(found.start(), found.end()), "被告人", named[0].name.span)


def _confessing_witness(doc: CaseDocument) -> Iterator[Hit]:
    """An accused of full name among the witnesses of his own case."""
    for section in doc.sections_of("evidence", "facts"):
        for found in _TESTIFIES.finditer(doc.text, section.span.start, section.span.end):
            named = doc.defendant(found["name"])
            if named is not None and not named.unit and not is_masked(found["name"]):
                span = doc.span(found.start(), found.end("name"))
                yield _said(span, f"被告人{found['name']}的供述", named.name.span)


def _roles(doc: CaseDocument) -> Iterator[Hit]:
    """The only accused called the victim (被害人 and 被告人 changed over)."""
    if len(doc.defendants) != 1 or doc.defendants[0].unit:
        return
    name = doc.defendants[0].name
    if len(name.value) < _FULL or is_masked(name.value):
        return
    places = [doc.span(*m.span()) for m in re.finditer(f"被害人{name.value}", doc.text)]
    if len(places) == 1:
        yield _said(places[0], f"被告人{name.value}", name.span, grave=True)


def _witnesses(doc: CaseDocument) -> Iterator[Hit]:
    """One who is the victim everywhere else among the witnesses."""
    for section in doc.sections_of("evidence", "facts"):
        for found in _TESTIFIES.finditer(doc.text, section.span.start, section.span.end):
            name = found["name"]
            victim = f"被害人{name}"
            if len(name) < _FULL or is_masked(name) or doc.text.count(victim) < 2:
                continue
            if doc.text.count(f"证人{name}") == 1:
                at = doc.text.find(victim)
                yield _said(
                    doc.span(found.start(), found.end("name")),
                    victim,
                    doc.span(at, at + len(victim)),
                )
