"""The forms in which an own document reaches the reader: text, DOCX, PDF, a good and a bad scan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from zlib import crc32

from eval_sets.own.labels import OwnDocument
from eval_sets.own.papers import Style, is_issuer, write_pdf
from eval_sets.own.word import write_docx
from eval_sets.scans import CLEAN, GREY, NOISY, Wear, scan_of

Form = Callable[[OwnDocument, Path], Path]
"""Writes the document into a folder and gives the file."""

_NUMBERS = ("— {} —", "第 {} 页 共 {} 页", "{}")
_RESOLUTIONS = (150, 170, 200)


def style_of(document: OwnDocument) -> Style:
    """How that document's office sets its papers: not all alike, but always the same."""
    choice = crc32(document.name.encode())
    court = document.label.type in ("judgment", "ruling")
    number = _NUMBERS[choice % len(_NUMBERS)]
    header = document.label.number if choice % 2 else None
    return Style(14, 26, header, number) if court else Style(16, 28, header, number)


def _text(document: OwnDocument, folder: Path) -> Path:
    path = folder / f"{document.name}.txt"
    path.write_text(document.text, encoding="utf-8")
    return path


def _docx(document: OwnDocument, folder: Path) -> Path:
    return write_docx(document.text, folder / f"{document.name}.docx", style_of(document))


def _pdf(document: OwnDocument, folder: Path) -> Path:
    return write_pdf(document.text, folder / f"{document.name}.pdf", style_of(document))


def _scan(document: OwnDocument, folder: Path, wear: Wear, dpi: int) -> Path:
    seed = crc32(document.name.encode())
    seal = next(filter(is_issuer, document.text.split("\n")), "")
    return scan_of(
        _pdf(document, folder),
        folder / f"{document.name}.scan.pdf",
        dpi=dpi,
        wear=wear,
        seal=seal,
        first=1 + seed % 120,
        seed=seed,
    )


def _clean(document: OwnDocument, folder: Path) -> Path:
    return _scan(document, folder, CLEAN, 200)


def _noisy(document: OwnDocument, folder: Path) -> Path:
    return _scan(document, folder, NOISY, _resolution(document))


def _grey(document: OwnDocument, folder: Path) -> Path:
    return _scan(document, folder, GREY, _resolution(document))


def _resolution(document: OwnDocument) -> int:
    return _RESOLUTIONS[crc32(document.name.encode()) // 2 % len(_RESOLUTIONS)]


FORMS: Mapping[str, Form] = {
    "text": _text,
    "docx": _docx,
    "pdf": _pdf,
    "scan_clean": _clean,
    "scan_noisy": _noisy,
    "scan_grey": _grey,
}
