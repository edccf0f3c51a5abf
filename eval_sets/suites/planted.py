"""Suite `planted`: are known defects found, in the right place, and is a clean pair left alone.

Data: JSON lines `{id, indictment, judgment, planted}` (a file or a folder of files), or a file
of judgments (`fd`), from which pairs are then built with defects of our own.

A planted defect counts as found when a finding of its category has evidence in its document,
or a finding of any category points at the planted words. `span_hit` is the share of the found
ones at which some such finding's evidence overlaps the planted words. `false_per_clean` counts
findings of severity moderate or worse in pairs without planted defects, real slips included;
`false_after_reading` leaves out those that a person read and called right (`gold/hits.py`).
"""

from __future__ import annotations

import json
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from assistant import versions
from assistant.casefile import CaseFile
from assistant.checks import registry
from assistant.findings import Finding
from eval_sets.gold.hits import key, verdicts
from eval_sets.metrics import bootstrap_interval, share
from eval_sets.planting import build
from ingestion.extract import parse
from ingestion.model import CaseDocument, Role
from ingestion.readers import source_from_text

_SEED = 20260822
_ROLES: tuple[Role, ...] = ("indictment", "judgment")


@dataclass
class Outcome:
    """What one pair gave: each planted defect with found and hit, and the findings that count."""

    id: str
    planted: list[dict[str, Any]]
    found: list[bool] = field(default_factory=list)
    hit: list[bool] = field(default_factory=list)
    false: list[Finding] = field(default_factory=list)


def load(data: Path) -> Iterator[dict[str, Any]]:
    """Rows of the planted format; pairs built from judgments where `fd` stands in the rows."""
    files = sorted(data.glob("*.jsonl")) if data.is_dir() else [data]
    for path in files:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        judgments = [row for row in rows if "fd" in row]
        for pair in build(judgments, _SEED):
            yield pair.row()
        yield from (row for row in rows if "indictment" in row)


def read_pair(row: dict[str, Any]) -> CaseFile:
    """The two documents of a row; their roles are known, whatever their titles say."""
    documents: dict[Role, CaseDocument] = {}
    for role in _ROLES:
        doc = parse(source_from_text(row[role], file=f"{role}.txt"))
        doc.role = role
        documents[role] = doc
    return CaseFile(documents)


def _places(text: str, quote: str) -> list[tuple[int, int]]:
    """Where the quote stands in the normalised text; blanks do not count."""
    pattern = r"\s*".join(re.escape(c) for c in re.sub(r"\s", "", quote))
    return [m.span() for m in re.finditer(pattern, text)]


def _overlaps(finding: Finding, role: str, places: list[tuple[int, int]]) -> bool:
    return any(
        span.role == role and span.start < end and start < span.end
        for span in finding.evidence
        for start, end in places
    )


def judge(row: dict[str, Any], findings: list[Finding], case: CaseFile) -> Outcome:
    """Holds the findings of a pair against what was planted in it."""
    outcome = Outcome(row["id"], row["planted"])
    for planted in row["planted"]:
        role = cast(Role, planted["document"])
        places = _places(case.documents[role].text, planted["quote"])
        same = [f for f in findings if f.category == planted["category"]]
        touching = [f for f in findings if _overlaps(f, role, places)]
        in_document = [f for f in same if any(s.role == role for s in f.evidence)]
        outcome.found.append(bool(in_document or touching))
        outcome.hit.append(bool(touching))
    if not row["planted"]:
        outcome.false = [f for f in findings if f.severity != "minor"]
    return outcome


def outcomes(
    data: Path, limit: int | None = None, progress: Callable[[int, int], None] | None = None
) -> Iterator[Outcome]:
    """One outcome a pair, in the order of the data."""
    rows = list(load(data))[:limit]
    for done, row in enumerate(rows):
        if progress is not None:
            progress(done, len(rows))
        case = read_pair(row)
        findings, _ = registry.run(case)
        yield judge(row, findings, case)
    if progress is not None:
        progress(len(rows), len(rows))


def _recall(results: Sequence[Outcome]) -> float:
    found = [f for o in results for f in o.found]
    return share(sum(found), len(found))


def _span_hit(results: Sequence[Outcome]) -> float:
    hits = [h for o in results for f, h in zip(o.found, o.hit, strict=True) if f]
    return share(sum(hits), len(hits))


def _false_per_clean(results: Sequence[Outcome]) -> float:
    clean = [o for o in results if not o.planted]
    return share(sum(len(o.false) for o in clean), len(clean))


def _false_after_reading(results: Sequence[Outcome]) -> float:
    judged = verdicts()
    clean = [o for o in results if not o.planted]
    unread = sum(not judged.get(key(o.id, f), False) for o in clean for f in o.false)
    return share(unread, len(clean))


def run(
    data: Path, limit: int | None = None, progress: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """The suite in the form of contracts/eval.schema.json."""
    started = time.monotonic()
    results = list(outcomes(data, limit, progress))
    by_category: dict[str, list[bool]] = defaultdict(list)
    for outcome in results:
        for planted, found in zip(outcome.planted, outcome.found, strict=True):
            by_category[planted["category"]].append(found)
    measures = {
        "recall": _recall,
        "span_hit": _span_hit,
        "false_per_clean": _false_per_clean,
        "false_after_reading": _false_after_reading,
    }
    return {
        "suite": "planted",
        "n": len(results),
        "metrics": {name: measure(results) for name, measure in measures.items()}
        | {
            "per_category": {
                name: share(sum(values), len(values))
                for name, values in sorted(by_category.items())
            },
            "planted": sum(len(o.planted) for o in results),
            "clean": sum(not o.planted for o in results),
        },
        "intervals": {
            name: list(bootstrap_interval(results, measure)) for name, measure in measures.items()
        },
        "seconds": time.monotonic() - started,
        "versions": versions.versions(),
    }
