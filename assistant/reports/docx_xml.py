"""What python-docx has no call for: East Asian fonts, shading, borders, fields."""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shape import InlineShape
from docx.shared import Length, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

BORDER_COLOUR = "9AA5B1"
# Chinese fonts by the names that other systems know them by.
FALLBACKS = {
    "仿宋": "FangSong",
    "黑体": "SimHei",
    "宋体": "SimSun",
    "楷体": "KaiTi",
}


def describe(picture: InlineShape, text: str) -> None:
    """The picture in words, for those who cannot see it."""
    picture._inline.docPr.set("descr", text)


def set_style(
    style: ParagraphStyle, font: str, latin: str, size: Length, bold: bool, colour: RGBColor
) -> None:
    """The style's font for Chinese and for Latin text, without the template's theme fonts."""
    style.font.name = latin
    style.font.size = size
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for kind in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(kind), latin)
    fonts.set(qn("w:eastAsia"), font)


def remove_borders(style: ParagraphStyle) -> None:
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def name_fallbacks(document: Document) -> None:
    """Tell the reader's program under what other names our fonts may be installed."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in FALLBACKS.items()
    )
    table = f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{table}'.encode()


def shade(cell: _Cell, fill: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    properties.append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>')
    )


def thin_borders(table: Table) -> None:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{BORDER_COLOUR}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = (
        '<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="110" w:type="dxa"/>'
        '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="110" w:type="dxa"/></w:tblCellMar>'
    )
    properties = table._tbl.tblPr
    layout = properties.find(qn("w:tblLayout"))
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")
    cell_margins = parse_xml(margins.replace("<w:tblCellMar>", f"<w:tblCellMar {nsdecls('w')}>"))
    # The schema fixes the order: borders, layout, cell margins.
    layout.addprevious(borders)
    layout.addnext(cell_margins)


def keep_row_together(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def repeat_on_each_page(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def add_page_number(paragraph: Paragraph) -> None:
    """第 X 页 共 Y 页, counted by the reader's program."""
    for text, field in (("第 ", "PAGE"), (" 页　共 ", "NUMPAGES")):
        paragraph.add_run(text)
        _add_field(paragraph, field)
    paragraph.add_run(" 页")


def _add_field(paragraph: Paragraph, code: str) -> None:
    run = paragraph.add_run()._r
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = code
            run.append(instruction)
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run.append(mark)
