"""Bytes to `SourceDocument`, by content and never by the name alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from ingestion.model import SourceDocument
from ingestion.readers import guard

__all__ = ["read_source", "source_from_text"]


def read_source(
    path: Path | str, *, progress: Callable[[int, int, str], None] | None = None
) -> SourceDocument:
    """Read one file; `progress(done_pages, all_pages, what)` is called after each page.

    Raises an `ingestion.errors.InputError` whose text is one Chinese sentence for the user.
    """
    path = Path(path)
    data = guard.load(path)
    file = path.name
    kind = guard.kind_of(data, file)
    sha256 = hashlib.sha256(data).hexdigest()
    # Each reader is loaded when first needed: a text file must not wait for OCR or MuPDF.
    if kind == "pdf":
        from ingestion.readers.pdf import read_pdf

        return read_pdf(data, file, sha256, progress)
    if kind == "image":
        from ingestion.readers.image import read_image

        return read_image(data, file, sha256, progress)
    if kind == "docx":
        from ingestion.readers.docx import read_docx

        return read_docx(data, file, sha256)
    from ingestion.readers.text import read_html, read_text

    return read_html(data, file, sha256) if kind == "html" else read_text(data, file, sha256)


def source_from_text(
    text: str, *, file: str = "text", media_type: str = "text/plain"
) -> SourceDocument:
    """A source document out of text at hand; its hash is over the text in UTF-8.

    Raises NoText where the text is blank.
    """
    from ingestion.readers.text import make_source

    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return make_source(text, file, media_type, digest, [])
