"""Builds small files of every kind at test time, out of texts written for these tests."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pymupdf

FONT = pymupdf.Font("cjk")
LEFT, RIGHT, SIZE = 80.0, 515.0, 14.0

PARAGRAPHS = (
    "江城市北岸区人民检察院",
    "起　　诉　　书",
    "江北检刑诉〔2024〕118号",
    "　　被告人孙立诚，男，1991年3月7日出生，公民身份号码539907199103072215，汉族，高中文化，务工，户籍所在地云川省江城市北岸区，住江城市北岸区兴业路22号。因涉嫌盗窃罪，于2024年2月9日被江城市公安局北岸分局刑事拘留，同年2月23日被逮捕。",
    "　　本案由江城市公安局北岸分局侦查终结，以被告人孙立诚涉嫌盗窃罪，于2024年4月16日向本院移送起诉。",
    "　　经依法审查查明：2024年2月8日23时许，被告人孙立诚窜至北岸区和平小区3号楼地下车库，盗走被害人唐某某电动自行车一辆，经鉴定价值人民币4,260元。",
    "　　本院认为，被告人孙立诚以非法占有为目的，秘密窃取他人财物，数额较大，其行为触犯了《中华人民共和国刑法》第二百六十四条，应当以盗窃罪追究其刑事责任。",
    "　　此致",
    "江城市北岸区人民法院",
)


def wrap(
    paragraph: str, size: float = SIZE, left: float = LEFT, right: float = RIGHT
) -> list[tuple[float, str]]:
    """(x, line) as a word processor sets them: first line indented, closing marks never first."""
    body = paragraph.lstrip("　")
    x = left + (len(paragraph) - len(body)) * size
    lines: list[tuple[float, str]] = []
    line, used = "", x - left
    for character in body:
        advance = FONT.text_length(character, size)
        if used + advance > right - left + 0.1 and character not in "，。、；：）》”":
            lines.append((x, line))
            line, used, x = "", 0.0, left
        line += character
        used += advance
    return [*lines, (x, line)]


def pdf_bytes(
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    per_page: int = 12,
    header: str | None = None,
    number: str | None = "— {} —",
) -> bytes:
    """A text-layer PDF, `per_page` lines a page, page numbers as `number` says."""
    lines = [line for paragraph in paragraphs for line in wrap(paragraph)]
    with pymupdf.open() as document:
        for start in range(0, len(lines), per_page):
            page = document.new_page(width=595, height=842)
            writer = pymupdf.TextWriter(page.rect)
            for row, (x, text) in enumerate(lines[start : start + per_page]):
                writer.append((x, 90 + 28 * row), text, font=FONT, fontsize=SIZE)
            if header:
                writer.append((LEFT, 40), header, font=FONT, fontsize=9)
            if number:
                writer.append(
                    (280, 810), number.format(start // per_page + 1), font=FONT, fontsize=9
                )
            writer.write_text(page)
        return bytes(document.tobytes(deflate=True))


def flat(paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    """What a reader should make of them."""
    return "\n".join("".join(p.split()) for p in paragraphs)


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_bytes(body: str, **parts: str) -> bytes:
    """A DOCX of raw WordprocessingML; `parts` are further files below word/ (header1=…)."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr(
            "word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>"
        )
        for name, content in parts.items():
            archive.writestr(
                f"word/{name}.xml", content.replace("<w:", "<w:", 1).replace(">", f" {_W}>", 1)
            )
    return out.getvalue()


def paragraph(*runs: str, properties: str = "") -> str:
    """A w:p of plain runs (or of ready XML where a run begins with <)."""
    inner = "".join(
        r if r.startswith("<") else f"<w:r><w:t xml:space='preserve'>{r}</w:t></w:r>" for r in runs
    )
    return f"<w:p>{properties}{inner}</w:p>"


def run(text: str, properties: str) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def table_xml(*rows: tuple[str, ...]) -> str:
    """A w:tbl of plain cells (or of ready XML where a cell begins with <)."""
    return (
        "<w:tbl>"
        + "".join(
            "<w:tr>"
            + "".join(
                f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row
            )
            + "</w:tr>"
            for row in rows
        )
        + "</w:tbl>"
    )
