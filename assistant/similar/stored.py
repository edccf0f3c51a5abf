"""From a recognised document, or a statement of facts alone, to a case as the bank keeps it.

A case that is looked for is read in the same way as those it is held against.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant import phrasing
from assistant.sentencing import term_facts, term_tier
from assistant.similar.courts import level_of, regions_of
from ingestion.extract import amounts, circumstances, quantities
from ingestion.model import CaseDocument, Recommendation, Section, Sentence, Term
from ingestion.readers import source_from_text
from ingestion.totals import crime_total
from knowledge_base import charges as charge_names
from knowledge_base.casebank import (
    StoredAdvice,
    StoredAmount,
    StoredCase,
    StoredQuantity,
    StoredSentence,
    Verdict,
    content_hash,
)
from knowledge_base.embedding import split_passages


def case_of_document(document: CaseDocument) -> StoredCase:
    """A case from its judgment, indictment or opinion; what the document lacks stays empty."""
    told = _facts(document)
    charges = _charges(document)
    sentences = list(_sentences(document))
    court = document.court.value if document.court else None
    number = document.number.value if document.number else None
    facts, passages = _joined(told)
    return StoredCase(
        hash=content_hash(document.text),
        source=document.source.file,
        number=number,
        court=court,
        regions=regions_of(court) if court else (),
        level=level_of(court) if court else None,
        instance=document.instance,
        year=_year(document),
        persons=len(document.defendants),
        charges=charges,
        tiers=_tiers(charges, facts),
        circumstances=_circumstances(document),
        amount_fen=_amount(facts),
        amounts=_amounts(document),
        quantities=_quantities(document),
        verdicts=tuple(dict.fromkeys(s.verdict for s in sentences))
        + (("probation",) if any(s.probation_months for s in sentences) else ()),
        sentences=tuple(sentences),
        advice=advice_of(r for d in document.defendants for r in d.recommendations),
        facts=facts,
        reasoning=_text(document, "reasoning"),
        operative=_text(document, "operative"),
        passages=passages,
    )


def case_of_facts(text: str, charges: Sequence[str], source: str) -> StoredCase:
    """A case of which only the facts (and perhaps the charges) are known."""
    read = source_from_text(text, file=source)
    document = CaseDocument(type="judgment", role="judgment", source=read)
    whole = document.span(0, len(read.text))
    document.sections = [Section(kind="facts", speaker="court", span=whole)]
    document.circumstances = circumstances.read(document)
    document.amounts = amounts.read(document)
    document.quantities = quantities.read(document)
    named = _canonical(charges)
    facts, passages = _joined([read.text.strip()])
    return StoredCase(
        hash=content_hash(text),
        source=source,
        charges=named,
        tiers=_tiers(named, facts),
        circumstances=_circumstances(document),
        amount_fen=_amount(facts),
        amounts=_amounts(document),
        quantities=_quantities(document),
        facts=facts,
        passages=passages,
    )


def _facts(document: CaseDocument) -> list[str]:
    """Counts as found by whoever has the last word; else the section that tells the story."""
    court = document.role == "judgment"
    counts = [
        fact.span.quote
        for fact in document.facts
        if not court or fact.speaker == "court" or fact.adopted
    ]
    if counts:
        return counts
    for kind in ("facts", "accusation", "reasoning"):
        found = [s.span.quote for s in document.sections if s.kind == kind]
        if found:
            return found
    return []


def _joined(told: Iterable[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Counts as one text, and its passages: none reaches from one count into the next."""
    text, passages = "", []
    for count in told:
        start = len(text)
        passages += [(start + a, start + b) for a, b in split_passages(count)]
        text += count.rstrip() + "\n"
    return text.rstrip(), tuple(passages)


def _canonical(names: Iterable[str]) -> tuple[str, ...]:
    """Names in force today where the name is known, each once."""
    found = (charge_names.match(name) for name in names)
    given = (m.name if m else name for m, name in zip(found, names, strict=True))
    return tuple(dict.fromkeys(given))


def _charges(document: CaseDocument) -> tuple[str, ...]:
    """What was convicted of; of a document before the judgment, what is accused."""
    names = [name for d in document.defendants for name in d.verdicts]
    names = names or [c.value for d in document.defendants for c in d.charges or d.accused_of]
    return _canonical(names)


def _tiers(charges: Sequence[str], facts: str) -> dict[str, int]:
    read = term_facts.read(facts)
    placed = ((c, term_tier.place(c, read, read.last_day)) for c in charges)
    return {charge: found.tier + 1 for charge, found in placed if found is not None}


def _year(document: CaseDocument) -> int | None:
    issued = document.dates.get("issued")
    return issued.value.date.year if issued else None


def _circumstances(document: CaseDocument) -> tuple[str, ...]:
    """Affirmed by whoever has the last word, and not denied by him."""
    speaker = "court" if document.role == "judgment" else "prosecution"
    own = [c for c in document.circumstances if c.speaker == speaker]
    return tuple(dict.fromkeys(c.key for c in own if c.polarity == "affirmed"))


def _amount(facts: str) -> int | None:
    total = crime_total(facts)
    return total.fen if total else None


def _amounts(document: CaseDocument) -> tuple[StoredAmount, ...]:
    found = (StoredAmount(fen=a.fen, role=a.role) for a in document.amounts if a.currency == "CNY")
    return tuple(dict.fromkeys(found))


def _quantities(document: CaseDocument) -> tuple[StoredQuantity, ...]:
    found = (
        StoredQuantity(value=q.value, unit=q.unit, what=q.what, name=q.name)
        for q in document.quantities
    )
    return tuple(dict.fromkeys(found))


def _text(document: CaseDocument, kind: str) -> str:
    return "\n".join(s.span.quote for s in document.sections if s.kind == kind)


def _sentences(document: CaseDocument) -> Iterable[StoredSentence]:
    for person in document.defendants:
        name = person.name.value
        for charge, sentence in person.verdicts.items():
            for one in (sentence, *person.further.get(charge, ())):
                yield _sentence(name, _canonical([charge])[0], one)
        if person.combined is not None:
            yield _sentence(name, None, person.combined)


def _sentence(person: str, charge: str | None, sentence: Sentence) -> StoredSentence:
    return StoredSentence(
        person=person,
        charge=charge,
        verdict=_verdict(sentence),
        months=sentence.term.months,
        days=sentence.term.days,
        probation_months=sentence.probation.months if sentence.probation else None,
        fine_fen=sentence.fine_fen,
    )


def _verdict(sentence: Sentence) -> Verdict:
    if sentence.acquitted:
        return "acquitted"
    if sentence.exempt or (sentence.main is None and not sentence.fine_only):
        return "exempt"
    if sentence.main is None:
        return "fine_only"
    return "death_reprieve" if sentence.death_reprieve else sentence.main


def advice_of(recommendations: Iterable[Recommendation]) -> tuple[StoredAdvice, ...]:
    """Recommendations as the bank keeps them."""
    return tuple(
        StoredAdvice(
            person=one.person,
            charge=_canonical([one.charge])[0] if one.charge else None,
            text=phrasing.recommendation(one),
            low=_months(one.low),
            high=_months(one.high),
            probation=one.probation,
        )
        for one in recommendations
    )


def _months(term: Term | None) -> float | None:
    return term.months + term.days / 30 if term else None
