"""Bytes to a recognised case document: readers, classification, sections, fields."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingestion.extract import parse
from ingestion.folder import read_folder
from ingestion.model import CaseDocument
from ingestion.readers import read_source

__all__ = ["parse", "read_document", "read_folder", "read_source"]


def read_document(
    path: Path | str, *, progress: Callable[[int, int, str], None] | None = None
) -> CaseDocument:
    """Read a file and recognise it; `progress(done_pages, all_pages, what)` after each page.

    Raises an `ingestion.errors.InputError` for a file that cannot be read. A readable file
    of no known kind gives a document of type "unknown".
    """
    return parse(read_source(path, progress=progress))
