"""An own document as a DOCX: the same places as on paper, tables as tables, a page field below."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from eval_sets.own.papers import OFFICE, Paragraph, Style, paragraphs

_ALIGNED = {
    "head": WD_ALIGN_PARAGRAPH.CENTER,
    "number": WD_ALIGN_PARAGRAPH.RIGHT,
    "signature": WD_ALIGN_PARAGRAPH.RIGHT,
}


def write_docx(text: str, path: Path, style: Style = OFFICE) -> Path:
    """Set the document as a word processor would save it."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "FangSong", Pt(style.size)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")
    for paragraph in paragraphs(text):
        if paragraph.place == "table":
            _table(document, paragraph.rows)
        else:
            _paragraph(document.add_paragraph(), paragraph, style)
    section = document.sections[0]
    if style.header:
        section.header.paragraphs[0].text = style.header
    _page_number(section.footer.paragraphs[0])
    document.save(str(path))
    return path


def _paragraph(into: WordParagraph, paragraph: Paragraph, style: Style) -> None:
    shown = paragraph.text
    if paragraph.place == "head" and len(shown) <= 5:
        shown = "\u3000".join(shown)
    run = into.add_run(shown)
    if paragraph.place == "head":
        run.font.size, run.bold = Pt(22), True
    if paragraph.place in _ALIGNED:
        into.alignment = _ALIGNED[paragraph.place]
    elif paragraph.place == "body":
        into.paragraph_format.first_line_indent = Pt(2 * style.size)


def _table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


def _page_number(into: WordParagraph) -> None:
    into.alignment = WD_ALIGN_PARAGRAPH.CENTER
    into.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    into._p.append(field)
    into.add_run(" —")
