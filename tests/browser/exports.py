"""A downloaded file as a person opens it: its pages as pictures, and the words on them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pymupdf

DARK = 128


@dataclass(frozen=True)
class Opened:
    """`ink` is the share of dark pixels of each page, `text` without any white space."""

    ink: list[float]
    text: str


def rendered(path: Path) -> Opened:
    """Every page of a DOCX or PDF drawn and saved beside it. Raises where it cannot be opened."""
    inks = []
    words = []
    with pymupdf.open(path) as document:
        for page in document:
            pixmap = page.get_pixmap(dpi=72, colorspace="gray", alpha=False)
            pixmap.save(f"{path}.{page.number + 1}.png")
            inks.append(float((np.frombuffer(pixmap.samples, np.uint8) < DARK).mean()))
            words.append(page.get_text())
    return Opened(inks, "".join("".join(words).split()))


def assert_readable(path: Path, *wanted: str) -> None:
    """The first page carries ink, none is a black sheet, and all these words are there."""
    shown = rendered(path)
    assert shown.ink, path.name
    assert shown.ink[0] > 0.005, f"{path.name}: the first page is blank"
    assert max(shown.ink) < 0.5, f"{path.name}: a page is black"
    missing = [w for w in wanted if "".join(w.split()) not in shown.text]
    assert missing == [], f"{path.name}: {shown.text[:300]}"
