"""What the server said it had taken, and whether it still has it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Upload:
    """An upload the server answered with the place of its analysis."""

    person: str
    where: str
    number: str


@dataclass(frozen=True)
class Decision:
    """A person's decision that the server answered as done."""

    person: str
    case_id: str
    finding: int
    status: str


@dataclass(frozen=True)
class Request:
    """One request: `kind` is "page", "upload" or "decision"; `cut` that the server was gone."""

    phase: str
    kind: str
    name: str
    milliseconds: float
    cut: bool = False
    error: str = ""


@dataclass
class Ledger:
    """Everything of one run, in the order it happened."""

    phase: str = "alone"
    uploads: list[Upload] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def times(self, phase: str, kind: str = "page") -> list[float]:
        """Milliseconds of the requests of this kind that were answered, in ascending order."""
        return sorted(
            r.milliseconds
            for r in self.requests
            if r.phase == phase and r.kind == kind and not r.cut and not r.error
        )

    def errors(self, phase: str) -> list[Request]:
        """Requests that were answered wrongly, or not at all while nothing was killed."""
        return [
            r
            for r in self.requests
            if r.phase == phase and (r.error or (r.cut and phase != "kills"))
        ]


def percentile(ascending: list[float], share: float) -> float:
    """The nearest-rank percentile; 0 where nothing was measured.

    >>> percentile([1.0, 2.0, 3.0, 4.0], 0.5), percentile([1.0, 2.0, 3.0, 4.0], 0.95)
    (2.0, 4.0)
    """
    if not ascending:
        return 0.0
    rank = max(1, -(-len(ascending) * round(share * 100) // 100))
    return ascending[rank - 1]
