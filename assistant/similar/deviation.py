"""A term far from those of like cases, as a finding: only where they are many and it is far."""

from __future__ import annotations

from typing import cast

from assistant.casefile import CaseFile
from assistant.checks import registry
from assistant.checks.place import issued
from assistant.checks.standing import Standing
from assistant.findings import Finding
from assistant.similar.distribution import Distribution, Place
from assistant.similar.office import CODE
from assistant.similar.telling import months
from ingestion.model import Role, Span
from knowledge_base import charges, similar_cases
from knowledge_base.catalogue import entries

_ROLES: tuple[Role, ...] = ("recommendation", "indictment", "plea", "report", "judgment")


def is_far(place: Place, found: Distribution) -> bool:
    """Whether the limits of the table are all passed, as it stands and for circumstances too."""
    limit = similar_cases.limit
    if found.quantiles is None or found.n < limit("least_cases") or found.tier is None:
        return False
    if place.percentile is None or place.adjusted is None:
        return False
    tail = limit("tail_percent")
    median = found.quantiles[50]
    gap = abs((place.low + place.high) / 2 - median)
    above = min(place.percentile, place.adjusted) >= 100 - tail
    below = max(place.percentile, place.adjusted) <= tail
    far = gap >= limit("least_months") and gap >= median * limit("least_share") / 100
    return (above or below) and far


def findings(case: CaseFile, found: Distribution, standing: Standing) -> list[Finding]:
    """One for the verdict; where there is none, for the recommendation.

    `standing` is that of the check in this office.
    """
    for place in reversed(found.places):
        evidence = _evidence(case, place, found.charge)
        if evidence is not None:
            document = case.documents[cast(Role, evidence.role)]
            asked = standing.on and standing.measures(issued(document))
            far = asked and is_far(place, found)
            return [_finding(case, place, found, evidence, standing)] if far else []
    return []


def _evidence(case: CaseFile, place: Place, charge: str) -> Span | None:
    """The words of the heaviest sentence or recommendation."""
    if place.what == "判决":
        document = case.judgment
        spans = [
            (sentence.term.months + sentence.term.days / 30, sentence.span)
            for person in (document.defendants if document else [])
            for name, first in person.verdicts.items()
            if (known := charges.match(name)) is not None and known.name == charge
            for sentence in (first, *person.further.get(name, ()))
        ]
    else:
        spans = [
            (float(advice.high.months), advice.span)
            for role in _ROLES
            if (document := case.get(role)) is not None
            for person in document.defendants
            for advice in person.recommendations
            if advice.high is not None
        ]
    return max(spans, key=lambda pair: pair[0])[1] if spans else None


def _finding(
    case: CaseFile, place: Place, found: Distribution, evidence: Span, standing: Standing
) -> Finding:
    quantiles = found.quantiles or {}
    above = (place.low + place.high) / 2 > quantiles[50]
    shares = (place.percentile or 0, place.adjusted or 0)
    share, adjusted = shares if above else (100 - shares[0], 100 - shares[1])
    hit = registry.hit(
        evidence,
        values={"cases": found.n, "percentile": place.percentile, "adjusted": place.adjusted},
        what=place.what,
        text=place.text,
        side="高" if above else "低",
        n=found.n,
        share=share,
        adjusted=adjusted,
        median=months(quantiles[50], quantiles[50]),
        low=months(quantiles[10], quantiles[10]),
        high=months(quantiles[90], quantiles[90]),
    )
    return registry.finding(entries()[CODE], hit, case, standing)
