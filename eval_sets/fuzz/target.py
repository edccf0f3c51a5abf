"""One input against the readers and the extractor, and what came of it."""

from __future__ import annotations

import faulthandler
import json
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from eval_sets.fuzz import files
from eval_sets.fuzz.words import broken
from ingestion import parse, read_document
from ingestion.errors import InputError
from ingestion.model import CaseDocument
from ingestion.output import document_json
from ingestion.readers import source_from_text

HANGS_AFTER = 20.0
"""Seconds of CPU after which an input counts as one that hangs."""
_SILENT = 120.0
"""Seconds by the clock after which a process that hears nothing any more is ended."""
_STANDARD_ERROR = 2
_KINDS = {
    "text": 22,
    "parse": 20,
    "html": 8,
    "docx": 24,
    "pdf": 20,
    "picture": 1,
    "misnamed": 5,
}
_MAKERS = {
    "text": files.text_file,
    "html": files.html_file,
    "docx": files.docx_file,
    "pdf": files.pdf_file,
    "picture": files.picture_file,
    "misnamed": files.misnamed_file,
}


@dataclass(frozen=True)
class Task:
    """The input `number` of the series that `seed` begins."""

    seed: int
    number: int


@dataclass(frozen=True)
class Outcome:
    """What came of it: a type of document, the name of an InputError, or "FAILED"."""

    number: int
    kind: str
    result: str
    seconds: float
    trace: str | None = None


class Hang(Exception):
    """The input took more CPU than `HANGS_AFTER`."""


def material(task: Task) -> tuple[str, str, str | bytes]:
    """The input itself: its kind, the file's suffix, and the bytes, or the text to parse."""
    rng = Random(f"{task.seed}:{task.number}")
    kind = rng.choices(list(_KINDS), list(_KINDS.values()))[0]
    return (kind, ".txt", broken(rng)) if kind == "parse" else (kind, *_MAKERS[kind](rng))


def attempt(task: Task) -> Outcome:
    """Read one input; everything but a document that holds together or an InputError fails."""
    kind, suffix, content = material(task)
    began = time.monotonic()
    trace = None
    try:
        with TemporaryDirectory() as folder, _guarded():
            result = _read(content, Path(folder) / f"输入{suffix}")
    except Exception:
        result, trace = "FAILED", traceback.format_exc()
    return Outcome(task.number, kind, result, time.monotonic() - began, trace)


@contextmanager
def _guarded() -> Iterator[None]:
    """Raises Hang after a while; ends the process where even that is not heard."""

    def ring(*_: Any) -> None:
        raise Hang

    before = signal.signal(signal.SIGPROF, ring)
    try:
        signal.setitimer(signal.ITIMER_PROF, HANGS_AFTER)
        # Not sys.stderr: whoever replaces that need not have a file below it.
        faulthandler.dump_traceback_later(_SILENT, exit=True, file=_STANDARD_ERROR)
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _read(content: str | bytes, path: Path) -> str:
    try:
        if isinstance(content, str):
            document = parse(source_from_text(content))
        else:
            path.write_bytes(content)
            document = read_document(path)
    except InputError as error:
        message = str(error)
        if "\n" in message or not message.endswith("。"):
            raise AssertionError(f"no sentence: {message!r}") from error
        return type(error).__name__
    _holds_together(document)
    return document.type


def _holds_together(document: CaseDocument) -> None:
    """Its output can be written, and every span quotes its own place."""
    result = document_json(document)
    json.dumps(result, ensure_ascii=False).encode()
    for name, span in result["spans"].items():
        if document.text[span["start"] : span["end"]] != span["quote"]:
            raise AssertionError(f"span of {name} quotes something else")
