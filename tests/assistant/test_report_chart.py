"""The waterfall chart: every step in it, in every format, and nothing outside its frame."""

from __future__ import annotations

import io
from pathlib import Path

import pymupdf
import pytest
from docx import Document
from lxml import etree
from sentencing_cases import NAME, case, span

from assistant.reports import ReportError, write_sentencing
from assistant.reports.chart import WIDTH, Box, Label, height, layout
from assistant.reports.chart_draw import to_png
from assistant.reports.chart_svg import to_svg
from assistant.reports.judgement import sentencing_blocks
from assistant.reports.model import Bar, Chart
from assistant.sentencing import opine
from ingestion.model import Sentence, Term

DOC = case("盗窃罪")
SENTENCE = Sentence(span=span(DOC.source, NAME), main="imprisonment", term=Term(months=10))
TOLD = [o.to_json() for o in opine(case("盗窃罪", yuan=5000, keys=["surrender"], verdict=SENTENCE))]


def chart() -> Chart:
    return next(b for b in sentencing_blocks(TOLD) if isinstance(b, Chart))


def test_each_step_that_gives_a_range_is_a_bar() -> None:
    assert [b.label for b in chart().bars] == [
        "法定刑幅度",
        "量刑起点",
        "基准刑",
        "第一层情节后",
        "第二层情节后",
        "指导意见结果",
        "宣告刑范围",
    ]
    assert chart().mark == 10
    assert chart().mark_text == "判决：有期徒刑十个月"


def test_bars_are_drawn_to_scale() -> None:
    law, start, *_ = (s for s in layout(chart()) if isinstance(s, Box))
    assert law.width == pytest.approx(start.width * 35 / 11, rel=0.01)


def test_a_crime_without_a_starting_point_has_only_the_law() -> None:
    told = [o.to_json() for o in opine(case("非法侵入住宅罪"))]
    drawn = next(b for b in sentencing_blocks(told) if isinstance(b, Chart))
    assert [b.label for b in drawn.bars] == ["法定刑幅度", "宣告刑范围"]


@pytest.mark.parametrize("most", [1, 6, 36, 180, 300])
def test_nothing_lies_outside_the_frame(most: int) -> None:
    drawn = Chart("甲", [Bar("乙", 0, most, "至多"), Bar("丙", 1, 1, "一个月")], most, "判决：" * 9)
    for shape in layout(drawn):
        if isinstance(shape, Box):
            assert shape.x >= 0
            assert shape.x + shape.width <= WIDTH + 2
            assert shape.y + shape.height <= height(drawn)
        elif isinstance(shape, Label):
            assert 0 <= shape.x <= WIDTH
            assert shape.y <= height(drawn)


def test_the_svg_is_well_formed_and_carries_no_markup_of_the_case() -> None:
    drawn = Chart("<script>", [Bar('"甲"', 1, 2, "&lt;"), Bar("乙", 1, 3, "二")])
    root = etree.fromstring(str(to_svg(drawn)).encode())
    assert not root.findall(".//{*}script")
    assert "<script>" in [t.text for t in root.findall(".//{*}text")]
    assert root.get("aria-label", "").startswith("<script>")


def test_the_png_is_not_blank() -> None:
    pixels = pymupdf.Pixmap(to_png(chart()))
    assert pixels.width == round(WIDTH * 2.5)
    assert not pixels.is_unicolor


@pytest.mark.parametrize("suffix", [".docx", ".html", ".pdf", ".json"])
def test_an_opinion_is_a_report_of_its_own(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"量刑{suffix}"
    write_sentencing(TOLD, "判决书.txt", "0123456789ab", path)
    content = path.read_bytes()
    match suffix:
        case ".docx":
            document = Document(io.BytesIO(content))
            text = "".join(c.text for t in document.tables for r in t.rows for c in r.cells)
            described = [s._inline.docPr.get("descr") for s in document.inline_shapes]
            assert described == [chart().alternative]
        case ".pdf":
            with pymupdf.open(stream=content, filetype="pdf") as pages:
                text = "".join(page.get_text() for page in pages)
            assert "指导意见结果" in text
        case _:
            text = content.decode()
            assert suffix == ".json" or "<svg" in text
    assert "量刑起点" in text


def test_an_unknown_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError):
        write_sentencing(TOLD, "判决书.txt", "0", tmp_path / "量刑.doc")
