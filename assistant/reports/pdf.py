"""The report as PDF: set by PyMuPDF from the HTML, with its own Chinese font inside."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pymupdf

from assistant.reports.html import to_story
from assistant.reports.model import Report
from assistant.reports.wording import clean

MARGIN, FOOT = 62, 24
FOOT_SIZE = 7.5
GREY = (0.35, 0.35, 0.35)


@cache
def _style() -> str:
    return (Path(__file__).parent / "pdf.css").read_text(encoding="utf-8")


def to_pdf(report: Report) -> bytes:
    """The bytes of the PDF file, its fonts cut to the characters used."""
    stream = io.BytesIO()
    paper = pymupdf.paper_rect("a4")
    body = pymupdf.Rect(MARGIN, MARGIN, paper.width - MARGIN, paper.height - MARGIN)
    story = pymupdf.Story(to_story(report), user_css=_style())
    writer = pymupdf.DocumentWriter(stream)
    more = 1
    while more:
        device = writer.begin_page(paper)
        more, _ = story.place(body)
        story.draw(device)
        writer.end_page()
    writer.close()
    with pymupdf.open(stream=stream.getvalue(), filetype="pdf") as document:
        _number_pages(document, report)
        document.subset_fonts()
        document.set_metadata({"title": clean(f"{report.title} {report.subtitle}")})
        return bytes(document.tobytes(garbage=3, deflate=True))


def _number_pages(document: pymupdf.Document, report: Report) -> None:
    font = pymupdf.Font("cjk")
    left = clean(report.marks[0] if report.marks else report.title)
    for page in document:
        # The story leaves its own coordinates behind; ours are the page's.
        page.wrap_contents()
        right = f"第 {page.number + 1} 页　共 {document.page_count} 页"
        end = page.rect.width - MARGIN - font.text_length(right, fontsize=FOOT_SIZE)
        writer = pymupdf.TextWriter(page.rect, color=GREY)
        for x, text in ((MARGIN, left), (end, right)):
            writer.append((x, page.rect.height - MARGIN + FOOT), text, font, FOOT_SIZE)
        writer.write_text(page)
