"""Pictures of marked pages against pictures that a person has looked at.

Write them anew with REGENERATE_GOLDEN=1, look at each, and commit them.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from ingestion.highlight import render_page
from ingestion.readers import read_source
from tests.ingestion.paper import PARAGRAPHS
from tests.ingestion.sheets import columns, stamped, table

GOLDEN = Path(__file__).with_name("golden")
DPI = 60
LIGHTER = 40
"""Levels of grey by which a pixel may differ for its letters' hinting."""
PIXELS = 40
"""Pixels that may differ by more; a mark that is off by half a letter changes more."""

SHEETS = {
    "table": (table(), "12,800"),
    "two_columns_turned": (columns(PARAGRAPHS, 2, 90), "公民身份号码539907199103072215"),
    "seal": (stamped(), "江城市北岸区人民法院"),
}


def _marked(folder: Path, name: str, shift: float = 0.0) -> NDArray[np.uint8]:
    data, words = SHEETS[name]
    path = folder / f"{name}.pdf"
    path.write_bytes(data)
    source = read_source(path)
    span = source.span(at := source.text.rindex(words), at + len(words))
    assert span.page is not None
    boxes = [(x0 + shift, y0, x1 + shift, y1) for x0, y0, x1, y1 in span.boxes]
    picture = Image.open(BytesIO(render_page(path, source, span.page, boxes, DPI)))
    # Marks are yellow: they darken blue and nothing else.
    return np.asarray(picture.getchannel("B"))


def _differs(name: str, picture: NDArray[np.uint8]) -> int:
    with Image.open(GOLDEN / f"{name}.png") as golden:
        known = np.asarray(golden.convert("L"))
    assert known.shape == picture.shape
    return int((np.abs(known.astype(int) - picture.astype(int)) > LIGHTER).sum())


@pytest.mark.parametrize("name", SHEETS)
def test_a_marked_page_looks_as_it_did(tmp_path: Path, name: str) -> None:
    picture = _marked(tmp_path, name)
    if os.environ.get("REGENERATE_GOLDEN"):
        Image.fromarray(picture).quantize(16).save(GOLDEN / f"{name}.png", optimize=True)
    assert _differs(name, picture) <= PIXELS


@pytest.mark.parametrize("name", SHEETS)
def test_a_shifted_mark_is_noticed(tmp_path: Path, name: str) -> None:
    assert _differs(name, _marked(tmp_path, name, shift=7.0)) > PIXELS


def test_nobody_leaves_the_switch_on() -> None:
    assert not (os.environ.get("CI") and os.environ.get("REGENERATE_GOLDEN"))
