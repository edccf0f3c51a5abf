"""Every stretch of a PDF's text has boxes, and they cover its characters and no others."""

from __future__ import annotations

import tempfile
from itertools import chain
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ingestion.glyphs import fold
from ingestion.model import SourceDocument
from ingestion.readers import read_source
from tests.ingestion.paper import PARAGRAPHS, flat
from tests.ingestion.sheets import ROWS, SIZE, columns, stamped, table

TOLERANCE = 0.2 * SIZE
"""Points by which a box's edge may lie off its character: within a line widths are estimated."""

_PIECES = (
    "被告人孙立诚窜至和平小区", "盗走被害人唐某某电动自行车一辆", "经鉴定价值人民币4,260元",
    "上述事实", "有被害人陈述、证人证言等证据证实", "足以认定", "于2024年2月9日被刑事拘留",
    "其行为触犯刑法第二百六十四条", "应当追究刑事责任", "如实供述自己的罪行",
)  # fmt: skip
_MARKS = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
_paragraphs = st.lists(
    st.lists(st.sampled_from(_PIECES), min_size=3, max_size=6).map(
        lambda pieces: "　　" + "，".join(pieces) + "。"
    ),
    min_size=3,
    max_size=7,
)


def _characters(document: Any) -> list[tuple[int, str, pymupdf.Rect]]:
    """Page, character and box as shown, of all that is written, in the order it was written."""
    found: list[tuple[int, str, pymupdf.Rect]] = []
    for page in document:
        blocks = page.get_text("rawdict")["blocks"]
        spans = chain.from_iterable(line["spans"] for b in blocks for line in b.get("lines", ()))
        for character in chain.from_iterable(span["chars"] for span in spans):
            if character["c"].strip():
                box = pymupdf.Rect(character["bbox"]) * page.rotation_matrix
                found.append((page.number + 1, fold(character["c"]), box))
    return found


def _check(source: SourceDocument, data: bytes, start: int, end: int) -> None:
    with pymupdf.open(stream=data, filetype="pdf") as document:
        written = _characters(document)
    read = [offset for offset, c in enumerate(source.text) if not c.isspace()]
    assert "".join(c for _, c, _ in written) == "".join(source.text[offset] for offset in read)
    places = source.places_of(start, end)
    for offset, (page, character, box) in zip(read, written, strict=True):
        centre = (box.tl + box.br) / 2
        boxes = [pymupdf.Rect(b) for b in places.get(page, ())]
        if start <= offset < end:
            assert any(b.contains(centre) for b in boxes), f"{character} on {page} not covered"
        else:
            inner = [b + pymupdf.Rect(1, 1, -1, -1) * TOLERANCE for b in boxes]
            assert not any(b.contains(centre) for b in inner), f"{character} on {page} covered"


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(_paragraphs, st.integers(1, 2), st.sampled_from([0, 90, 180, 270]), st.data())
def test_boxes_cover_any_stretch_and_nothing_else(
    paragraphs: list[str], count: int, rotation: int, data: st.DataObject
) -> None:
    # Each is marked: what recurs at the top of pages is a running head.
    marked = [f"　　{m}、{p.strip()}" for m, p in zip(_MARKS, paragraphs * count**2, strict=False)]
    content = columns(marked, count, rotation, per_page=12)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"
        path.write_bytes(content)
        source = read_source(path)
    with pymupdf.open(stream=content, filetype="pdf") as document:
        assert [p.number for p in source.pages or []] == list(range(1, len(document) + 1))
    start = data.draw(st.integers(0, len(source.text) - 1))
    end = data.draw(st.integers(start + 1, len(source.text)))
    _check(source, content, start, end)
    span = source.span(start, end)
    assert span.quote == source.text[start:end]
    if places := source.places_of(start, end):
        assert (span.page, span.boxes) == next(iter(places.items()))


def test_a_stretch_over_the_page_break_has_boxes_on_both_pages(tmp_path: Path) -> None:
    data = columns(["　　" + "被告人孙立诚窜至和平小区盗走电动自行车，" * 12], 1, per_page=4)
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    source = read_source(path)
    assert source.pages is not None
    turn = source.pages[1].start
    assert list(source.places_of(turn - 5, turn + 5)) == [1, 2]
    span = source.span(turn - 5, turn + 5)
    assert span.page == 1
    assert span.boxes == source.places_of(turn - 5, turn)[1]
    _check(source, data, turn - 5, turn + 5)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_sentence_goes_on_in_the_next_column(tmp_path: Path, rotation: int) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(columns(PARAGRAPHS, 2, rotation))
    source = read_source(path)
    assert source.text.splitlines() == flat().splitlines()
    assert [p.method for p in source.pages or []] == ["text"]


def test_rows_of_a_table_keep_their_cells_and_amounts_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(table())
    source = read_source(path)
    rows = ["\t".join(cell for cell in row if cell) for row in ROWS]
    assert source.text.splitlines() == [
        "经依法审查查明的盗窃事实如下：",
        *rows,
        "以上数额均经价格认定。",
    ]
    at = source.text.index("12,800")
    _check(source, table(), at, at + 6)


def test_a_seal_and_a_number_in_the_corner_do_not_touch_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(stamped())
    source = read_source(path)
    assert source.text.endswith("此致\n江城市北岸区人民法院")
    assert "37" not in source.text
    (margin,) = source.margins
    assert (margin.text, margin.page) == ("37", 1)
    assert margin.box is not None
    assert margin.box[0] == pytest.approx(540, abs=1)
