"""A recognised document as plain JSON: the form of `assistant extract` that others read.

Money in fen, terms as whole months (years counted in) plus days, dates in ISO form cut to
what the document gives (1981, 1981-03, 1981-03-05), offsets in characters of the text.
"""

from __future__ import annotations

from typing import Any

from ingestion.classify import TYPE_NAMES
from ingestion.model import (
    Appeal,
    CaseDocument,
    Contact,
    CustodyDates,
    DateValue,
    Defendant,
    Field,
    Interval,
    NonProsecution,
    Recommendation,
    Sentence,
    Span,
    Term,
)

Json = dict[str, Any]

_PERSONAL = ("sex", "ethnicity", "education", "occupation", "residence", "household", "id_number")
_NAMED = (
    "title",
    "number",
    "cited_number",
    "court",
    "procuratorate",
    "police",
    "addressee",
    "disposition",
    "proposal",
)
_UNIT = ("registration", "legal_representative", "litigation_representative")
_PRECISION = {"year": 4, "month": 7, "day": 10}


def _date(value: DateValue | None) -> str | None:
    return value.date.isoformat()[: _PRECISION[value.precision]] if value else None


def _derived(value: DateValue | None) -> bool:
    """Whether the date is not written there but computed from one before it (次日)."""
    return value is not None and value.derived


def _value(field: Field[str] | None) -> str | None:
    return field.value if field else None


def _place(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _span(span: Span) -> Json:
    return span.model_dump(include={"start", "end", "quote", "page", "boxes"})


def _term(value: Term | None) -> Json | None:
    return {"months": value.months, "days": value.days} if value else None


def _sentence(value: Sentence) -> Json:
    """One sentence; `months` and `days` are the term of whichever main penalty it is."""
    deprivation = value.deprivation
    return {
        "main": value.main,
        "months": value.term.months,
        "days": value.term.days,
        "detention": value.main == "detention",
        "control": value.main == "control",
        "life": value.main == "life",
        "death": value.main == "death",
        "death_reprieve": value.death_reprieve,
        "suspended": value.probation is not None,
        "probation_months": value.probation.months if value.probation else None,
        "fine_fen": value.fine_fen,
        "fine_only": value.fine_only,
        "confiscation_fen": value.confiscation_fen,
        "confiscate_all": value.confiscate_all,
        "deprivation_months": deprivation.months if deprivation else None,
        "deprivation_life": value.deprivation_life,
        "exempt": value.exempt,
        "acquitted": value.acquitted,
        "deportation": value.deportation,
    }


def _recommendation(value: Recommendation) -> Json:
    """A recommended range; a bound that was not stated is null."""
    return {
        "charge": value.charge,
        "main": value.main,
        "high_main": value.high_main,
        "low": _term(value.low),
        "high": _term(value.high),
        "probation": value.probation,
        "probation_low": _term(value.probation_low),
        "probation_high": _term(value.probation_high),
        "fine": value.fine,
        "fine_low_fen": value.fine_low_fen,
        "fine_high_fen": value.fine_high_fen,
    }


def _overall(person: Defendant) -> Recommendation | None:
    """The recommendation for all charges, else the first."""
    given = person.recommendations
    return next((r for r in given if r.charge is None), given[0] if given else None)


def _custody(value: CustodyDates | None) -> Json | None:
    if value is None:
        return None
    return {
        "start": _date(value.start),
        "end": _date(value.end),
        "credited_days": value.credited_days,
    }


def _defendant(person: Defendant) -> Json:
    overall = _overall(person)
    return {
        "name": person.name.value,
        "unit": person.unit,
        "aliases": [a.value for a in person.aliases],
        "birth": _date(person.birth.value) if person.birth else None,
        **{name: _value(getattr(person, name)) for name in _PERSONAL},
        "custody_place": _value(person.custody_place),
        "measures": [
            {
                "kind": m.kind,
                "date": _date(m.date),
                "derived": _derived(m.date),
                "authority": m.authority,
            }
            for m in person.measures
        ],
        "priors": [
            {
                "kind": p.kind,
                "charge": p.charge,
                "court": p.court,
                "date": _date(p.date),
                "penalty": p.penalty,
                "term": _term(p.term),
                "released": _date(p.released),
                "probation": _term(p.probation),
                "probation_end": _date(p.probation_end),
                "term_end": _date(p.term_end),
                "juvenile": p.juvenile,
                "authority": p.authority,
                "derived": [
                    name
                    for name in ("date", "released", "probation_end", "term_end")
                    if _derived(getattr(p, name))
                ],
            }
            for p in person.priors
        ],
        "counsel": [
            {"name": c.name, "firm": c.firm, "appointed": c.appointed} for c in person.counsel
        ],
        "charges": [c.value for c in person.charges],
        "accused_of": [c.value for c in person.accused_of],
        "recommendation": _recommendation(overall) if overall else None,
        "recommendations": [_recommendation(r) for r in person.recommendations],
        "verdict": {charge: _sentence(s) for charge, s in person.verdicts.items()},
        "combined": _sentence(person.combined) if person.combined else None,
        "custody_dates": _custody(person.custody_dates),
        "original": {charge: _sentence(s) for charge, s in person.original.items()},
        "original_combined": (
            _sentence(person.original_combined) if person.original_combined else None
        ),
        **{name: _value(getattr(person, name)) for name in _UNIT},
    }


def _spans(doc: CaseDocument) -> Json:
    """Where each named value was read: court, dates.issued, defendants.0.name …"""
    named: dict[str, Span] = {}
    for name in _NAMED:
        if field := getattr(doc, name):
            named[name] = field.span
    if doc.plea_leniency:
        named["plea_leniency"] = doc.plea_leniency.span
    named |= {f"dates.{name}": field.span for name, field in doc.dates.items()}
    for number, person in enumerate(doc.defendants):
        prefix = f"defendants.{number}"
        for name in ("name", "birth", "custody_place", *_PERSONAL, *_UNIT):
            if field := getattr(person, name):
                named[f"{prefix}.{name}"] = field.span
        for name in ("charges", "accused_of"):
            for index, charge in enumerate(getattr(person, name)):
                named[f"{prefix}.{name}.{index}"] = charge.span
        for index, measure in enumerate(person.measures):
            named[f"{prefix}.measures.{index}"] = measure.span
        for index, prior in enumerate(person.priors):
            named[f"{prefix}.priors.{index}"] = prior.span
        for index, recommended in enumerate(person.recommendations):
            named[f"{prefix}.recommendations.{index}"] = recommended.span
        for name, sentence in person.verdicts.items():
            named[f"{prefix}.verdict.{name}"] = sentence.span
        if person.combined:
            named[f"{prefix}.combined"] = person.combined.span
        if person.custody_dates:
            named[f"{prefix}.custody_dates"] = person.custody_dates.span
    return {name: _span(span) for name, span in named.items()}


def _interval(value: Interval) -> Json:
    return {
        "start": _date(value.start),
        "end": _date(value.end),
        "times": value.times,
        **_place(value.span),
    }


def _contact(value: Contact) -> Json:
    return {"whom": value.whom, "date": _date(value.date), **_place(value.span)}


def _non_prosecution(value: NonProsecution | None) -> Json | None:
    if value is None:
        return None
    return {
        "kind": value.kind,
        "provisions": [
            {"law": s.law, "article": s.article, "paragraph": s.paragraph, "item": s.item}
            for s in value.provisions
        ],
        "notified": [who.value for who in value.notified],
        "property": _value(value.property),
        "probation": _term(value.probation.value) if value.probation else None,
        **_place(value.span),
    }


def _appeal(value: Appeal | None) -> Json | None:
    if value is None:
        return None
    return {
        "original_court": _value(value.original_court),
        "original_number": _value(value.original_number),
        "appellants": [a.value for a in value.appellants],
        "protest": _value(value.protest),
    }


def _kind_fields(doc: CaseDocument) -> Json:
    """What only some kinds of documents have; null or empty in the others."""
    return {
        "addressee": _value(doc.addressee),
        "signatories": [
            {"title": s.title, "name": s.name, "date": _date(s.date), **_place(s.span)}
            for s in doc.signatories
        ],
        "attachments": [a.value for a in doc.attachments],
        "returns": [_interval(i) for i in doc.returns],
        "extensions": [_interval(i) for i in doc.extensions],
        "informed": [_contact(c) for c in doc.informed],
        "heard": [_contact(c) for c in doc.heard],
        "non_prosecution": _non_prosecution(doc.non_prosecution),
        "stage": doc.stage,
        "proposal": doc.proposal.value if doc.proposal else None,
        "disposition": doc.disposition.value if doc.disposition else None,
        "appeal": _appeal(doc.appeal),
    }


def document_json(doc: CaseDocument) -> Json:
    """The document's fields as plain values, with `spans` telling where they stand."""
    return {
        "type": doc.type,
        "type_name": TYPE_NAMES[doc.type],
        "title": _value(doc.title),
        "number": _value(doc.number),
        "cited_number": _value(doc.cited_number),
        "court": _value(doc.court),
        "procuratorate": _value(doc.procuratorate),
        "police": _value(doc.police),
        "instance": doc.instance,
        "procedure": doc.procedure,
        "plea_leniency": doc.plea_leniency.value if doc.plea_leniency else None,
        "dates": {name: _date(field.value) for name, field in doc.dates.items()},
        "derived_dates": [name for name, field in doc.dates.items() if _derived(field.value)],
        "impossible_dates": [{"text": d.value, **_place(d.span)} for d in doc.impossible_dates],
        "defendants": [_defendant(person) for person in doc.defendants],
        "statutes": [
            {
                **s.model_dump(exclude={"span"}),
                **_place(s.span),
            }
            for s in doc.statutes
        ],
        "circumstances": [
            {**c.model_dump(exclude={"span"}), **_place(c.span)} for c in doc.circumstances
        ],
        "amounts": [{**a.model_dump(exclude={"span"}), **_place(a.span)} for a in doc.amounts],
        "quantities": [
            {**q.model_dump(exclude={"span"}), **_place(q.span)} for q in doc.quantities
        ],
        "facts": [
            {
                "number": f.number,
                "date": _date(f.date),
                "derived": _derived(f.date),
                "speaker": f.speaker,
                "adopted": f.adopted,
                **_place(f.span),
            }
            for f in doc.facts
        ],
        "arguments": [
            {"text": a.text, "by": a.by, "number": a.number, **_place(a.span)}
            for a in doc.arguments
        ],
        "answers": [{"argument": a.argument, **_span(a.span)} for a in doc.answers],
        "orders": [order.value for order in doc.orders],
        **_kind_fields(doc),
        "sections": [
            {"kind": s.kind, "speaker": s.speaker, **_place(s.span)} for s in doc.sections
        ],
        "spans": _spans(doc),
    }
