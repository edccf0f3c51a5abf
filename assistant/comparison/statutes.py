"""Provisions of two documents: those that make the crime."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.citations import charge_articles
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.statutes import label
from assistant.comparison.matching import two
from ingestion.model import Statute


def _shared(one: Statute, other: Statute) -> bool:
    return (one.article, one.sub) == (other.article, other.sub)


def _paragraph_apart(one: list[Statute], other: list[Statute]) -> tuple[Statute, Statute] | None:
    """A provision that both cite, with paragraphs that have nothing in common."""
    for statute in one:
        mine = {s.paragraph for s in one if _shared(s, statute)}
        same = [s for s in other if _shared(s, statute)]
        theirs = {s.paragraph for s in same}
        if same and None not in mine | theirs and not mine & theirs:
            return statute, same[0]
    return None


def _evidence(missing: list[Statute], doc: list[Statute]) -> Statute:
    return missing[0] if missing else doc[0]


@check("CMP-014")
def crime_articles(case: CaseFile) -> Iterator[Hit | Undecided]:
    one, other = two(case)
    mine, theirs = charge_articles(one), charge_articles(other)
    if not mine or not theirs:
        yield Undecided("无法判断：其中一份文书的分则条文未能读出")
        return
    missing = [s for s in mine if not any(_shared(s, t) for t in theirs)]
    added = [t for t in theirs if not any(_shared(s, t) for s in mine)]
    if missing:
        a, b = missing[0], _evidence(added, theirs)
        yield hit(
            a.span,
            b.span,
            values={one.role or "": label(a), other.role or "": label(b)},
            first="、".join(dict.fromkeys(label(s) for s in mine)),
            second="、".join(dict.fromkeys(label(s) for s in theirs)),
        )
        return
    apart = _paragraph_apart(mine, theirs)
    if apart is not None:
        a, b = apart
        yield hit(
            a.span,
            b.span,
            severity="minor",
            values={one.role or "": label(a), other.role or "": label(b)},
            first=label(a),
            second=label(b),
        )
