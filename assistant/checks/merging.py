"""One root cause, one finding; the worst first."""

from __future__ import annotations

from typing import NamedTuple

from assistant.findings import SEVERITY_ORDER, Finding
from ingestion.model import Span
from knowledge_base.check_consequences import consequences

_MOST_PLACES = 8
"""A reader needs no more places to see what recurs."""


class Found(NamedTuple):
    """A finding and, where the check knows it, the cause it shares with others."""

    finding: Finding
    cause: str | None


def _rank(finding: Finding) -> tuple[int, float]:
    return SEVERITY_ORDER[finding.severity], -finding.confidence


def _within(inner: Span, outer: Span) -> bool:
    return inner.role == outer.role and outer.start <= inner.start and inner.end <= outer.end


def _same_place(one: Found, other: Found) -> bool:
    """The same category said of the same first words: two views of one defect.

    Unless both checks know their cause and the causes differ. What is missing from the form
    of a document points beside it: there the same place says nothing. A wrong sum also
    spoils the total of which it is a part.
    """
    a, b = one.finding, other.finding
    if a.category != b.category or a.category == "format":
        return False
    if one.cause is not None and other.cause is not None:
        return False
    first, second = a.evidence[0], b.evidence[0]
    if (first.role, first.start, first.end) == (second.role, second.start, second.end):
        return True
    return a.category == "amount" and (
        any(_within(first, span) for span in b.evidence)
        or any(_within(second, span) for span in a.evidence)
    )


def _same_words(one: Found, other: Found) -> bool:
    """One check saying the same of several places of the same documents."""
    a, b = one.finding, other.finding
    return (
        a.code == b.code
        and a.message == b.message
        and {span.role for span in a.evidence} == {span.role for span in b.evidence}
    )


def _join(findings: list[Finding]) -> Finding:
    """The worst of them, with the evidence and values of all."""
    worst = min(findings, key=_rank)
    evidence = list(worst.evidence)
    values = dict(worst.values)
    for finding in findings:
        if finding is worst:
            continue
        evidence += [span for span in finding.evidence if span not in evidence]
        values = {**finding.values, **values}
    return worst.model_copy(update={"evidence": evidence[:_MOST_PLACES], "values": values})


def merged(found: list[Found]) -> list[Finding]:
    """Findings of one cause or of one place joined, ordered worst first."""
    groups: list[list[Found]] = []
    for item in found:
        for group in groups:
            same_cause = item.cause is not None and any(item.cause == x.cause for x in group)
            if same_cause or any(_same_place(item, x) or _same_words(item, x) for x in group):
                group.append(item)
                break
        else:
            groups.append([item])
    joined = [_join([item.finding for item in group]) for group in groups]
    return sorted(_without_consequences(joined), key=_rank)


def _overlap(one: Span, other: Span) -> bool:
    return one.role == other.role and one.start < other.end and other.start < one.end


def _follows(finding: Finding, cause: Finding) -> bool:
    """Whether a finding is only what comes of another (tables/check_consequences.yaml)."""
    for row in consequences().get(finding.code, ()):
        if cause.code not in row.of:
            continue
        if row.by == "document":
            roles = {span.role for span in cause.evidence}
            return any(span.role in roles for span in finding.evidence)
        return any(_overlap(a, b) for a in finding.evidence for b in cause.evidence)
    return False


def _without_consequences(findings: list[Finding]) -> list[Finding]:
    """Each consequence joined to the first of its causes, which keeps its own words."""
    cause_of = {
        index: next((i for i, c in enumerate(findings) if _follows(finding, c)), None)
        for index, finding in enumerate(findings)
    }
    kept = {index: [f] for index, f in enumerate(findings) if cause_of[index] is None}
    for index, finding in enumerate(findings):
        at = index
        while (above := cause_of[at]) is not None:
            at = above
        if at != index:
            kept[at].append(finding)
    return [_absorbed(cause, rest) for cause, *rest in kept.values()]


def _absorbed(cause: Finding, rest: list[Finding]) -> Finding:
    if not rest:
        return cause
    whole = _join([cause, *rest])
    evidence = cause.evidence + [s for s in whole.evidence if s not in cause.evidence]
    return cause.model_copy(
        update={"severity": whole.severity, "evidence": evidence[:_MOST_PLACES]}
    )
