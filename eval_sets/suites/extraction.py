"""How well fields are read from real judgments: lines with `fd` (full text) and `la` (articles).

`statutes` compares the set of Criminal Law articles cited anywhere outside the appendix with
the label, which was taken from the whole text too; `statutes_court` keeps what the court itself
applied. `per_field` gives the share of documents or defendants that have a field (`coverage`)
and, over the documents whose `text_id` has gold labels, how well its values agree with them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.versions import versions
from eval_sets.gold import labels
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
from ingestion.readers import source_from_text

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


def _lines(data: Path) -> Iterator[dict[str, Any]]:
    files = sorted(data.glob("*.jsonl")) if data.is_dir() else [data]
    for file in files:
        with file.open(encoding="utf-8") as lines:
            for line in filter(str.strip, lines):
                row = json.loads(line)
                if "fd" in row and "la" in row:
                    yield row


def _articles(doc: CaseDocument, sections: frozenset[str] | None = None) -> set[int]:
    return {
        s.article
        for s in doc.statutes
        if s.law == CRIMINAL_LAW and (sections is None or s.section in sections)
    }


def _row(item: dict[str, Any]) -> _Row:
    expected = {int(article) for article in item["la"]}
    label = labels.judgments().get(item.get("text_id", ""))
    try:
        doc = parse(source_from_text(item["fd"]))
    except Exception:  # a crash on one document is what `failures` counts, not the run's end
        missed = counts([], expected)
        gold = compare(None, label) if label else None
        return _Row(failed=True, statutes=missed, court=missed, gold=gold)
    return _Row(
        judgment=doc.type == "judgment",
        statutes=counts(_articles(doc), expected),
        court=counts(_articles(doc, _COURT_SECTIONS), expected),
        defendants=len(doc.defendants),
        sentenced=sum(bool(d.verdicts) or d.combined is not None for d in doc.defendants),
        document_fields={name: has(doc) for name, has in _DOCUMENT_FIELDS.items()},
        person_fields={name: sum(map(has, doc.defendants)) for name, has in _PERSON_FIELDS.items()},
        gold=compare(doc, label) if label else None,
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
    return {name: [gold[name] for gold in labelled] for name in FIELDS if labelled}


def _per_field(rows: Sequence[_Row]) -> dict[str, dict[str, float]]:
    fields = {name: {"coverage": value} for name, value in _coverage(rows).items()}
    for name, found in _against_gold(rows).items():
        fields[name] = fields.get(name, {}) | {
            "f1": micro_f1(found),
            "precision": micro_precision(found),
            "recall": micro_recall(found),
            "n": sum(c.hits + c.missed for c in found),
        }
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


def run(
    data: Path, limit: int | None = None, progress: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """Run over a JSON-lines file, or a folder of them, with fields `fd` and `la`.

    Raises InputError where there is no such line. A document that raises counts in `failures`.
    """
    started = time.monotonic()
    items = list(_lines(data))[:limit]
    if not items:
        raise InputError(f"“{data.name}”中没有带 fd 和 la 字段的行。")
    rows = []
    for done, item in enumerate(items, start=1):
        rows.append(_row(item))
        if progress:
            progress(done, len(items))
    metrics = _nested({name: measure(rows) for name, measure in _MEASURES.items()})
    metrics["failures"] = sum(r.failed for r in rows)
    metrics["defendants"] = sum(r.defendants for r in rows)
    metrics["gold_documents"] = sum(r.gold is not None for r in rows)
    metrics["per_field"] = _per_field(rows)
    intervals = {n: list(bootstrap_interval(rows, m)) for n, m in _MEASURES.items()} | {
        f"per_field.{name}.f1": list(bootstrap_interval(found, micro_f1))
        for name, found in _against_gold(rows).items()
    }
    return {
        "suite": "extraction",
        "n": len(rows),
        "metrics": metrics,
        "intervals": intervals,
        "seconds": round(time.monotonic() - started, 3),
        "versions": versions(),
    }
