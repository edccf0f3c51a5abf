"""The report as PDF, with its own Chinese font inside."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pymupdf
from markupsafe import Markup, escape

from assistant.reports.errors import ReportError
from assistant.reports.model import Block, Card, Chart, Paragraph, Report, Subheading, Table
from assistant.reports.pdf_flow import MARGIN, Cell, Flow
from assistant.reports.wording import clean

FOOT, FOOT_SIZE = 24, 7.5
# The text engine resolves entities twice; what only looks like one is kept apart.
ENTITY = re.compile(r"&(?=[A-Za-z#])")
GREY = (0.35, 0.35, 0.35)
BARS = {"draft": "amber", "confirmed": "blue", "edited": "blue"}
SECTION_KEEP, HEADING_KEEP, CARD_KEEP = 120.0, 70.0, 40.0


@cache
def _style() -> str:
    return (Path(__file__).parent / "pdf.css").read_text(encoding="utf-8")


def to_pdf(report: Report) -> bytes:
    """The bytes of the PDF file, its fonts cut to the characters used.

    Raises ReportError where the setting lost a word of the report.
    """
    flow = _Setter()
    flow.line("h1", report.title)
    flow.line("p", report.subtitle, "subtitle", after=10)
    for section in report.sections:
        flow.line("h2", section.title, keep=SECTION_KEEP)
        for block in section.blocks:
            flow.block(block)
    for number, mark in enumerate(report.marks):
        flow.line("p", mark, "marks" if number else "marks first")
    with flow.finish() as document:
        _check_whole(document, flow.said)
        _number_pages(document, report)
        document.subset_fonts()
        document.set_metadata({"title": clean(f"{report.title} {report.subtitle}")})
        return bytes(document.tobytes(garbage=3, deflate=True, no_new_id=True))


class _Setter:
    """Blocks to strips; `said` counts every character that must be on the pages."""

    def __init__(self) -> None:
        self._flow = Flow(_style())
        self.said: Counter[str] = Counter()

    def finish(self) -> pymupdf.Document:
        return self._flow.finish()

    def line(
        self,
        tag: str,
        text: str,
        kind: str = "",
        *,
        keep: float = 0,
        after: float = 0,
        bar: str | None = None,
    ) -> None:
        content = Markup("<{0} class='{1}'>{2}</{0}>").format(tag, kind, self._say(text))
        self._flow.strip([Cell(content)], keep=keep, after=after, bar=bar)

    def block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self.line("p", block.text, block.tone)
            case Subheading():
                self.line("h3", block.text, keep=HEADING_KEEP)
            case Table():
                self._table(block)
            case Chart():
                self._flow.chart(block)
                for bar in block.bars:
                    self._say(bar.label + bar.text)
            case Card():
                self._card(block)

    def _table(self, table: Table) -> None:
        rows = ([table.headers] if table.headers else []) + table.rows
        for number, row in enumerate(rows):
            head = bool(table.headers) and number == 0
            cells = []
            for column, text in enumerate(row):
                label = head or (not table.headers and column == 0)
                kind = "head" if label else "cell"
                content = Markup("<p class='{}'>{}</p>").format(kind, self._say(text))
                cells.append(Cell(content, table.widths[column]))
            last = number == len(rows) - 1
            self._flow.strip(
                cells, line=True, keep=CARD_KEEP if head else 0, after=8 if last else 0
            )

    def _card(self, card: Card) -> None:
        bar = BARS.get(card.state, "grey")
        head = Markup(
            "<p><b>{}. <span class='{}'>{}</span>{}</b> <span class='note'>{}</span></p>"
        ).format(
            self._say(str(card.number)),
            card.severity,
            self._say(f"【{card.severity_name}】"),
            self._say(card.title),
            self._say(card.label),
        )
        self._flow.strip([Cell(head)], bar=bar, keep=CARD_KEEP)
        self.line("p", card.message, bar=bar)
        for quote in card.quotes:
            self._labelled(f"{quote.place}：", f"“{quote.text}”", "quote", bar)
        for basis in card.basis:
            text = f"：{basis.text}" if basis.text else ""
            self._labelled(f"依据：{basis.place}", text, "", bar)
        if card.suggestion:
            self._labelled("建议：", card.suggestion, "", bar)
        if card.decision:
            self._labelled("决定：", card.decision, "", bar)
        for line in card.earlier:
            self.line("p", line, "note", bar=bar)
        self.line("p", card.facts, "note", bar=bar, after=8)

    def _labelled(self, label: str, text: str, kind: str, bar: str) -> None:
        content = Markup("<p class='{}'><span class='place'>{}</span>{}</p>").format(
            kind, self._say(label), self._say(text)
        )
        self._flow.strip([Cell(content)], bar=bar)

    def _say(self, text: str) -> Markup:
        shown = clean(text)
        self.said += _characters(shown)
        return escape(ENTITY.sub("&\u200b", shown))


def _characters(text: str) -> Counter[str]:
    """Its visible characters, ligatures taken apart."""
    return Counter("".join(unicodedata.normalize("NFKC", text).split()))


def _check_whole(document: pymupdf.Document, said: Counter[str]) -> None:
    found = _characters("".join(page.get_text() for page in document))
    # Characters that no font of ours has, and invisible ones, cannot be found again.
    lost = {
        c for c in said - found if "\u4e00" <= c <= "\u9fff" or (c.isascii() and c.isprintable())
    }
    if lost:
        raise ReportError("PDF 排版时有内容遗漏，未生成文件；请改存为 DOCX 或 HTML。")


def _number_pages(document: pymupdf.Document, report: Report) -> None:
    font = pymupdf.Font("cjk")
    left = clean(report.marks[0] if report.marks else report.title)
    for page in document:
        right = f"第 {page.number + 1} 页　共 {document.page_count} 页"
        end = page.rect.width - MARGIN - font.text_length(right, fontsize=FOOT_SIZE)
        writer = pymupdf.TextWriter(page.rect, color=GREY)
        for x, text in ((MARGIN, left), (end, right)):
            writer.append((x, page.rect.height - MARGIN + FOOT), text, font, FOOT_SIZE)
        writer.write_text(page)
