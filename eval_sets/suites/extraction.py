"""How well fields are read from real judgments: lines with `fd` (full text) and `la` (articles).

`statutes` compares the set of Criminal Law articles cited anywhere outside the appendix with
the label, which was taken from the whole text too; `statutes_court` keeps what the court itself
applied. `per_field` gives the share of documents or defendants that have a field (`coverage`)
and, over the documents whose `text_id` has gold labels, how well its values agree with them:
`n` labelled items, `recall` the share of them read exactly. The points of the defence and the
answers to them stand beside (`arguments` …, see eval_sets/gold/README.md).

A folder of files instead gives the same for the indictments that have gold labels, found by the
SHA-256 of the file.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.versions import versions
from eval_sets.gold import boundaries, indictments, labels
from eval_sets.gold.compare import FIELDS, compare
from eval_sets.metrics import (
    Counts,
    bootstrap_interval,
    counts,
    micro_f1,
    micro_precision,
    micro_recall,
    share,
)
from ingestion.errors import InputError
from ingestion.extract import parse
from ingestion.model import CaseDocument, Defendant
from ingestion.readers import read_source, source_from_text

Progress = Callable[[int, int], None]
Measured = tuple[dict[str, Any], dict[str, list[float]]]

CRIMINAL_LAW = "中华人民共和国刑法"
_COURT_SECTIONS = frozenset({"reasoning", "statutes", "operative"})

_DOCUMENT_FIELDS: dict[str, Callable[[CaseDocument], bool]] = {
    "number": lambda d: d.number is not None,
    "cited_number": lambda d: d.cited_number is not None,
    "court": lambda d: d.court is not None,
    "procuratorate": lambda d: d.procuratorate is not None,
    "procedure": lambda d: d.procedure is not None,
    "issued": lambda d: "issued" in d.dates,
    "prosecuted": lambda d: "prosecuted" in d.dates,
    "facts": lambda d: bool(d.facts),
    "circumstances": lambda d: bool(d.circumstances),
}
_PERSON_FIELDS: dict[str, Callable[[Defendant], bool]] = {
    "birth": lambda p: p.birth is not None,
    "sex": lambda p: p.sex is not None,
    "measures": lambda p: bool(p.measures),
    "accused_of": lambda p: bool(p.accused_of),
    "charges": lambda p: bool(p.charges),
    "custody_dates": lambda p: p.custody_dates is not None,
    "recommendation": lambda p: bool(p.recommendations),
}


_NOTHING = Counts(0, 0, 0)


@dataclass(frozen=True)
class _Row:
    """What one document gave; `failed` where parsing raised, `gold` None where nobody labelled it."""

    failed: bool = False
    judgment: bool = False
    statutes: Counts = _NOTHING
    court: Counts = _NOTHING
    defendants: int = 0
    sentenced: int = 0
    document_fields: dict[str, bool] = field(default_factory=dict)
    person_fields: dict[str, int] = field(default_factory=dict)
    gold: Mapping[str, Counts] | None = None
    points: Mapping[str, Counts] | None = None
    held_out: bool = False
    lost: int = 0


def _lines(data: Path) -> Iterator[dict[str, Any]]:
    """The lines with both fields; none where the file is no JSON lines."""
    for file in sorted(data.glob("*.jsonl")) if data.is_dir() else [data]:
        try:
            lines = file.read_text(encoding="utf-8").split("\n")
            rows = [json.loads(line) for line in lines if line.strip()]
        except ValueError:
            continue
        yield from (r for r in rows if isinstance(r, dict) and "fd" in r and "la" in r)


def _articles(doc: CaseDocument, sections: frozenset[str] | None = None) -> set[int]:
    return {
        s.article
        for s in doc.statutes
        if s.law == CRIMINAL_LAW and (sections is None or s.section in sections)
    }


def _row(item: dict[str, Any]) -> _Row:
    expected = {int(article) for article in item["la"]}
    identity = item.get("text_id", "")
    label = labels.judgments().get(identity)
    points = boundaries.labels().get(identity)
    try:
        doc = parse(source_from_text(item["fd"]))
    except Exception:  # a crash on one document is what `failures` counts, not the run's end
        missed = counts([], expected)
        return _Row(
            failed=True,
            statutes=missed,
            court=missed,
            gold=compare(None, label) if label else None,
            points=boundaries.compare(None, points) if points else None,
        )
    return _Row(
        judgment=doc.type == "judgment",
        statutes=counts(_articles(doc), expected),
        court=counts(_articles(doc, _COURT_SECTIONS), expected),
        defendants=len(doc.defendants),
        sentenced=sum(bool(d.verdicts) or d.combined is not None for d in doc.defendants),
        document_fields={name: has(doc) for name, has in _DOCUMENT_FIELDS.items()},
        person_fields={name: sum(map(has, doc.defendants)) for name, has in _PERSON_FIELDS.items()},
        gold=compare(doc, label) if label else None,
        points=boundaries.compare(doc, points) if points else None,
        held_out=points is not None and points.held_out,
        lost=boundaries.lost(doc, points) if points else 0,
    )


def _verdict_coverage(rows: Sequence[_Row]) -> float:
    return share(sum(r.sentenced for r in rows), sum(r.defendants for r in rows))


def _coverage(rows: Sequence[_Row]) -> dict[str, float]:
    people = sum(r.defendants for r in rows)
    of_documents = {
        name: share(sum(r.document_fields.get(name, False) for r in rows), len(rows))
        for name in _DOCUMENT_FIELDS
    }
    of_people = {
        name: share(sum(r.person_fields.get(name, 0) for r in rows), people)
        for name in _PERSON_FIELDS
    }
    return of_documents | of_people


def _against_gold(rows: Sequence[_Row]) -> dict[str, list[Counts]]:
    """Each field's counts, document by document; no fields where no document has labels."""
    labelled = [r.gold for r in rows if r.gold is not None]
    pointed = [r for r in rows if r.points is not None]
    unseen = [r.points["arguments"] for r in pointed if r.held_out and r.points]
    return (
        {name: [gold[name] for gold in labelled] for name in FIELDS if labelled}
        | {n: [r.points[n] for r in pointed if r.points] for n in boundaries.FIELDS if pointed}
        | ({"arguments_held_out": unseen} if unseen else {})
    )


def _agreement(found: Sequence[Counts]) -> dict[str, float]:
    return {
        "f1": micro_f1(found),
        "precision": micro_precision(found),
        "recall": micro_recall(found),
        "n": sum(c.hits + c.missed for c in found),
    }


def _f1_intervals(fields: Mapping[str, Sequence[Counts]]) -> dict[str, list[float]]:
    """A document without an item of the field is no draw: of those alone there is no F1."""
    return {
        f"per_field.{name}.f1": list(
            bootstrap_interval([c for c in found if c != _NOTHING], micro_f1)
        )
        for name, found in fields.items()
    }


def _per_field(rows: Sequence[_Row]) -> dict[str, dict[str, float]]:
    fields = {name: {"coverage": value} for name, value in _coverage(rows).items()}
    for name, found in _against_gold(rows).items():
        fields[name] = fields.get(name, {}) | _agreement(found)
    return fields


_MEASURES: dict[str, Callable[[Sequence[_Row]], float]] = {
    "statutes.f1": lambda rows: micro_f1([r.statutes for r in rows]),
    "statutes.precision": lambda rows: micro_precision([r.statutes for r in rows]),
    "statutes.recall": lambda rows: micro_recall([r.statutes for r in rows]),
    "statutes_court.f1": lambda rows: micro_f1([r.court for r in rows]),
    "verdict_coverage": _verdict_coverage,
    "defendants_found": lambda rows: share(sum(r.defendants > 0 for r in rows), len(rows)),
    "documents_classified": lambda rows: share(sum(r.judgment for r in rows), len(rows)),
}


def _nested(flat: dict[str, float]) -> dict[str, Any]:
    metrics: dict[str, Any] = {}
    for name, value in flat.items():
        group, _, key = name.partition(".")
        if key:
            metrics.setdefault(group, {})[key] = value
        else:
            metrics[name] = value
    return metrics


def _judgments(items: Sequence[dict[str, Any]], progress: Progress | None) -> Measured:
    rows = []
    for done, item in enumerate(items, start=1):
        rows.append(_row(item))
        if progress:
            progress(done, len(items))
    metrics = _nested({name: measure(rows) for name, measure in _MEASURES.items()})
    metrics["failures"] = sum(r.failed for r in rows)
    metrics["defendants"] = sum(r.defendants for r in rows)
    metrics["gold_documents"] = sum(r.gold is not None for r in rows)
    metrics["gold_arguments"] = sum(r.points is not None for r in rows)
    metrics["gold_places_lost"] = sum(r.lost for r in rows)
    metrics["per_field"] = _per_field(rows)
    intervals = {n: list(bootstrap_interval(rows, m)) for n, m in _MEASURES.items()}
    return metrics, intervals | _f1_intervals(_against_gold(rows))


def _labelled_files(data: Path) -> list[Path]:
    files = sorted(data.iterdir()) if data.is_dir() else [data]
    return [
        file
        for file in files
        if file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() in indictments.labels()
    ]


def _indictments(files: Sequence[Path], progress: Progress | None) -> Measured:
    found: list[Mapping[str, Counts]] = []
    failures = 0
    for done, file in enumerate(files, start=1):
        label = indictments.labels()[hashlib.sha256(file.read_bytes()).hexdigest()]
        try:
            found.append(indictments.compare(parse(read_source(file)), label))
        except Exception:  # as for judgments
            failures += 1
            found.append(indictments.compare(None, label))
        if progress:
            progress(done, len(files))
    fields = {
        name: [one[name] for one in found]
        for name in indictments.FIELDS
        if any(one[name] != _NOTHING for one in found)
    }
    metrics = {
        "failures": failures,
        "gold_documents": len(files),
        "per_field": {name: _agreement(counted) for name, counted in fields.items()},
    }
    return metrics, _f1_intervals(fields)


def run(data: Path, limit: int | None = None, progress: Progress | None = None) -> dict[str, Any]:
    """Run over a JSON-lines file, or a folder of them, with fields `fd` and `la`; or over files.

    Raises InputError where there is neither such a line nor a file with gold labels. A document
    that raises counts in `failures`.
    """
    started = time.monotonic()
    items = list(_lines(data))[:limit]
    files = [] if items else _labelled_files(data)[:limit]
    if not items and not files:
        raise InputError(f"“{data.name}”中没有带 fd 和 la 字段的行，也没有已标注的起诉书文件。")
    metrics, intervals = _judgments(items, progress) if items else _indictments(files, progress)
    return {
        "suite": "extraction",
        "n": len(items) or len(files),
        "metrics": metrics,
        "intervals": intervals,
        "seconds": round(time.monotonic() - started, 3),
        "versions": versions(),
    }
