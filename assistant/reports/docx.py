"""The report as DOCX: A4, built by python-docx, no template that text could break."""

from __future__ import annotations

import io
import zipfile

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph

from assistant.reports import docx_xml as xml
from assistant.reports.chart_draw import to_png
from assistant.reports.model import Block, Card, Chart, Paragraph, Report, Subheading, Table, Tone
from assistant.reports.wording import clean

BODY, HEADING, TITLE, QUOTE, LATIN = "仿宋", "黑体", "宋体", "楷体", "Times New Roman"
INK, GREY, RED = RGBColor(0x22, 0x22, 0x22), RGBColor(0x5A, 0x5A, 0x5A), RGBColor(0xA6, 0x1B, 0x1B)
SEVERITY_FILL = {"serious": "A61B1B", "moderate": "B7791F", "minor": "4A6785"}
HEAD_FILL, LABEL_FILL, DRAFT_FILL = "E8ECF0", "F3F5F7", "FBF6E9"
TEXT_WIDTH_CM = 16.0
STYLES: dict[str, tuple[str, float, bool, RGBColor, float, float]] = {
    # name: font, points, bold, colour, points before, points after
    "评查正文": (BODY, 12, False, INK, 0, 4),
    "评查说明": (BODY, 10.5, False, GREY, 0, 4),
    "评查警示": (BODY, 11, True, RED, 2, 6),
    "评查表格": (BODY, 10.5, False, INK, 0, 0),
    "评查表头": (HEADING, 10.5, False, INK, 0, 0),
    "评查引文": (QUOTE, 11, False, INK, 0, 2),
    "评查标签": (HEADING, 11, False, INK, 4, 1),
}
TONES: dict[Tone, str] = {"plain": "评查正文", "note": "评查说明", "warning": "评查警示"}


def to_docx(report: Report) -> bytes:
    """The bytes of the DOCX file."""
    document = Document()
    _page(document)
    _styles(document)
    title = document.add_paragraph(report.title, style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    subtitle = document.add_paragraph(clean(report.subtitle), style="Subtitle")
    subtitle.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for section in report.sections:
        document.add_heading(clean(section.title), level=1)
        for block in section.blocks:
            _block(document, block)
    _footer(document, report)
    document.core_properties.title = clean(f"{report.title} {report.subtitle}")
    document.core_properties.author = ""
    stream = io.BytesIO()
    document.save(stream)
    return _timeless(stream)


def _timeless(packed: io.BytesIO) -> bytes:
    """The same package without the time of day it was packed at."""
    stream = io.BytesIO()
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(stream, "w") as target:
        for part in source.infolist():
            plain = zipfile.ZipInfo(part.filename)
            plain.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(plain, source.read(part))
    return stream.getvalue()


def _page(document: DocumentType) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin, page.bottom_margin = Cm(2.6), Cm(2.3)


def _styles(document: DocumentType) -> None:
    for name, (font, size, bold, colour, before, after) in STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        xml.set_style(style, font, LATIN, Pt(size), bold, colour)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing = 1.25
    for name, font, size, before, after in (
        ("Title", TITLE, 20, 0, 4),
        ("Subtitle", BODY, 14, 0, 12),
        ("Heading 1", HEADING, 15, 16, 6),
        ("Heading 2", HEADING, 12.5, 10, 4),
    ):
        style = document.styles[name]
        xml.set_style(style, font, LATIN, Pt(size), name == "Title", INK)
        xml.remove_borders(style)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.keep_with_next = True
    xml.set_style(document.styles["Normal"], BODY, LATIN, Pt(12), False, INK)
    xml.name_fallbacks(document)


def _block(document: DocumentType, block: Block) -> None:
    match block:
        case Paragraph():
            document.add_paragraph(clean(block.text), style=TONES[block.tone])
        case Subheading():
            document.add_heading(clean(block.text), level=2)
        case Table():
            _table(document, block)
        case Chart():
            picture = document.add_picture(io.BytesIO(to_png(block)), width=Cm(TEXT_WIDTH_CM))
            xml.describe(picture, clean(block.alternative))
        case Card():
            _card(document, block)


def _table(document: DocumentType, block: Table) -> None:
    head = [block.headers] if block.headers else []
    rows = head + block.rows
    table = document.add_table(rows=len(rows), cols=len(block.widths))
    table.style = "Table Grid"
    table.autofit = False
    xml.thin_borders(table)
    total = sum(block.widths)
    for column, width in zip(table.columns, block.widths, strict=True):
        column.width = Cm(TEXT_WIDTH_CM * width / total)
    for number, (row, values) in enumerate(zip(table.rows, rows, strict=True)):
        xml.keep_row_together(row)
        for column, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
            cell.width = Cm(TEXT_WIDTH_CM * block.widths[column] / total)
            is_head = bool(head) and number == 0
            is_label = not head and column == 0
            _fill(cell, value, "评查表头" if is_head or is_label else "评查表格")
            if is_head or is_label:
                xml.shade(cell, HEAD_FILL if is_head else LABEL_FILL)
    if head:
        xml.repeat_on_each_page(table.rows[0])
    _gap(document)


def _card(document: DocumentType, card: Card) -> None:
    table = document.add_table(rows=2, cols=1)
    table.style = "Table Grid"
    table.autofit = False
    xml.thin_borders(table)
    head, body = table.rows[0].cells[0], table.rows[1].cells[0]
    head.width = body.width = Cm(TEXT_WIDTH_CM)
    xml.shade(head, HEAD_FILL)
    if card.state == "draft":
        xml.shade(body, DRAFT_FILL)
    xml.keep_row_together(table.rows[0])

    line = head.paragraphs[0]
    line.style = "评查表头"
    line.paragraph_format.keep_with_next = True
    line.add_run(f"{card.number}. ")
    badge = line.add_run(f"【{card.severity_name}】")
    badge.font.color.rgb = RGBColor.from_string(SEVERITY_FILL[card.severity])
    line.add_run(clean(card.title))
    standing = line.add_run(f"　{card.label}")
    standing.font.color.rgb = RED if card.state == "draft" else GREY

    first = body.paragraphs[0]
    first.style = "评查正文"
    first.add_run(clean(card.message))
    if card.quotes:
        _label(body, "原文")
    for quote in card.quotes:
        _quoted(body, f"{quote.place}：", f"“{quote.text}”")
    if card.basis:
        _label(body, "依据")
    for basis in card.basis:
        _quoted(body, basis.place, f"：{basis.text}" if basis.text else "")
    if card.suggestion:
        _label(body, "建议")
        body.add_paragraph(clean(card.suggestion), style="评查正文")
    if card.decision:
        _label(body, "决定")
        body.add_paragraph(clean(card.decision), style="评查正文")
    for line_text in card.earlier:
        body.add_paragraph(clean(line_text), style="评查说明")
    body.add_paragraph(clean(card.facts), style="评查说明")
    _gap(document)


def _label(cell: _Cell, text: str) -> None:
    cell.add_paragraph(text, style="评查标签").paragraph_format.keep_with_next = True


def _quoted(cell: _Cell, source: str, text: str) -> None:
    paragraph = cell.add_paragraph(style="评查引文")
    paragraph.add_run(clean(source)).font.color.rgb = GREY
    paragraph.add_run(clean(text))


def _fill(cell: _Cell, text: str, style: str) -> None:
    paragraph: DocxParagraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(clean(text))


def _gap(document: DocumentType) -> None:
    """Tables that touch would grow together."""
    paragraph = document.add_paragraph(style="评查说明")
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(8)


def _footer(document: DocumentType, report: Report) -> None:
    footer = document.sections[0].footer
    for text in report.marks:
        line = footer.add_paragraph(clean(text), style="评查说明")
        line.paragraph_format.line_spacing = 1.0
        line.paragraph_format.space_after = Pt(0)
        for run in line.runs:
            run.font.size = Pt(7.5)
    number = footer.paragraphs[0]
    number.style = "评查说明"
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    xml.add_page_number(number)
