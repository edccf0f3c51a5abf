"""How well one document is read in every form: text, DOCX, PDF, good scan, bad scan.

`data` is a folder of labelled texts (`eval_sets/own/texts`, `second`). `cer` is the edit distance
between what was read and the normalised text over that text's length, breaks and blanks apart;
`fields` the F1 against the labels; `lost` how many points of F1 a form costs against the text.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rapidfuzz.distance import Levenshtein

from assistant.versions import versions
from eval_sets.metrics import Counts, bootstrap_interval, micro_f1, share
from eval_sets.own.compare import FIELDS, compare
from eval_sets.own.forms import FORMS
from eval_sets.own.labels import OwnDocument, documents
from ingestion.errors import InputError
from ingestion.extract import parse
from ingestion.readers import read_source, source_from_text


@dataclass(frozen=True)
class _Row:
    """One document in one form. `errors` of `length` characters; `seconds` of processor time."""

    errors: int
    length: int
    pages: int
    seconds: float
    repairs: int
    fields: dict[str, Counts]


def _row(document: OwnDocument, form: str) -> _Row:
    with TemporaryDirectory() as folder:
        path = FORMS[form](document, Path(folder))
        started = time.process_time()
        source = read_source(path)
        seconds = time.process_time() - started
    wanted, found = flat(source_from_text(document.text).text), flat(source.text)
    return _Row(
        errors=Levenshtein.distance(found, wanted),
        length=len(wanted),
        pages=len(source.pages or []),
        seconds=seconds,
        repairs=len(source.repairs),
        fields=dict(compare(parse(source), document.label)),
    )


def flat(text: str) -> str:
    """The text without blanks and breaks."""
    return "".join(text.split())


def error_rate(rows: Sequence[_Row]) -> float:
    return share(sum(r.errors for r in rows), sum(r.length for r in rows))


def _f1(rows: Sequence[_Row], field: str) -> float:
    return micro_f1([r.fields[field] for r in rows])


def _of_form(rows: Sequence[_Row]) -> dict[str, Any]:
    pages = sum(r.pages for r in rows)
    return {
        "cer": error_rate(rows),
        "pages": pages,
        "seconds_per_page": share(sum(r.seconds for r in rows), pages),
        "repairs": sum(r.repairs for r in rows),
        "fields": {field: _f1(rows, field) for field in FIELDS},
    }


def _lost(rows: Sequence[_Row], text: Sequence[_Row]) -> dict[str, float]:
    """Points of F1 that a form costs, field by field; below zero where it reads better."""
    return {field: 100 * (_f1(text, field) - _f1(rows, field)) for field in FIELDS}


def run(
    data: Path, limit: int | None = None, progress: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """Read every document of the folder in every form.

    Raises InputError where the folder has no labelled text.
    """
    started = time.monotonic()
    chosen = documents(data)[:limit]
    if not chosen:
        raise InputError(f"“{data.name}”中没有带标注（同名 .yaml）的 .txt 文书。")
    rows: dict[str, list[_Row]] = {form: [] for form in FORMS}
    for form, read in rows.items():
        for document in chosen:
            read.append(_row(document, form))
            if progress:
                done = sum(map(len, rows.values()))
                progress(done, len(FORMS) * len(chosen))
    labelled = {f: sum(r.fields[f].hits + r.fields[f].missed for r in rows["text"]) for f in FIELDS}
    metrics: dict[str, Any] = {form: _of_form(read) for form, read in rows.items()}
    metrics["lost"] = {
        form: _lost(read, rows["text"]) for form, read in rows.items() if form != "text"
    }
    return {
        "suite": "documents",
        "n": len(chosen),
        "metrics": metrics | {"labels": labelled},
        "intervals": _intervals(rows),
        "seconds": round(time.monotonic() - started, 3),
        "versions": versions(),
    }


def _intervals(rows: dict[str, list[_Row]]) -> dict[str, list[float]]:
    found = {f"{form}.cer": list(bootstrap_interval(r, error_rate)) for form, r in rows.items()}
    for form, read in rows.items():
        for field in FIELDS:
            counted = [r.fields[field] for r in read]
            found[f"{form}.fields.{field}"] = list(bootstrap_interval(counted, micro_f1))
    return found
