"""Whether a check runs here, how grave its findings count, and how sure it is.

Three sources, the later over the earlier: the catalogue with the measured precision, the
decisions of this office's own people (from `ENOUGH_DECISIONS` on), the office's settings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from assistant.findings import Severity
from knowledge_base.catalogue import CheckEntry, entries, version
from knowledge_base.check_precision import measured
from knowledge_base.office_checks import OfficeCheck

LEAST_PRECISION = 0.7
"""A check that is wrong more often than this is not shown unless an office asks for it."""
ENOUGH_HITS = 5
"""A check is not switched off on fewer hits than this."""
ENOUGH_DECISIONS = 20
"""From so many decisions on an office's own precision counts."""
_PRIOR_WEIGHT = 4
"""The catalogue's estimate counts as much as so many hits that were read."""
_SUREST = 0.99


class Decided(NamedTuple):
    """Decisions of an office's people on the findings of one check."""

    decisions: int
    right: int


@dataclass(frozen=True)
class Standing:
    """How one check stands here. `severity` None is the catalogue's; `why` (Chinese) says
    what switched it off, or is empty. `factor` scales the confidence of each finding.
    """

    on: bool = True
    severity: Severity | None = None
    since: date | None = None
    until: date | None = None
    factor: float = 1.0
    why: str = ""

    def confidence(self, stated: float) -> float:
        """The confidence of a finding for which the check stated this one."""
        return min(round(stated * self.factor, 2), max(_SUREST, stated))

    def measures(self, day: date | None) -> bool:
        """Whether a document issued on that day is measured; one without a day is."""
        return day is None or (
            (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
        )


def _blend(prior: float, hits: int, right: int) -> float:
    return (right + _PRIOR_WEIGHT * prior) / (hits + _PRIOR_WEIGHT)


def _standing(entry: CheckEntry, office: OfficeCheck, decided: Decided) -> Standing:
    on, why, precision = entry.on, "" if entry.on else "目录中标明暂不启用", entry.confidence
    if known := measured().get(entry.code):
        precision = _blend(precision, known.hits, known.right)
        if known.hits >= ENOUGH_HITS and known.right < LEAST_PRECISION * known.hits:
            on, why = False, f"实测{known.hits}处命中仅{known.right}处属实"
    if decided.decisions >= ENOUGH_DECISIONS:
        precision = _blend(precision, *decided)
        if decided.right < LEAST_PRECISION * decided.decisions:
            on, why = False, f"本院{decided.decisions}次决定中仅{decided.right}次确认"
    if office.on is not None:
        on, why = office.on, "" if office.on else "本院设置为关闭"
    return Standing(
        on=on,
        severity=office.severity,
        since=office.since or entry.effective_from,
        until=entry.effective_to,
        factor=precision / entry.confidence if entry.confidence else 1.0,
        why=why,
    )


def standings(
    office: Mapping[str, OfficeCheck] | None = None, decided: Mapping[str, Decided] | None = None
) -> dict[str, Standing]:
    """How every check of the catalogue stands, by code."""
    settled, counted = office or {}, decided or {}
    return {
        code: _standing(entry, settled.get(code, OfficeCheck()), counted.get(code, Decided(0, 0)))
        for code, entry in entries().items()
    }


def fingerprint(standing: Mapping[str, Standing]) -> str:
    """The version of the catalogue, marked where this office's checks stand otherwise."""
    if dict(standing) == standings():
        return version()
    told = repr(sorted(standing.items()))
    return f"{version()}+本院{hashlib.sha256(told.encode()).hexdigest()[:8]}"
