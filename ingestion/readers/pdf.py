"""PDF to SourceDocument: the text layer where it is usable, OCR where it is not.

What a reader of the page would not see (white, tiny, outside the page, drawn invisibly) is
kept apart as hidden text. An invisible layer over a scan is the scanner's own OCR: usable.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pymupdf

from ingestion.errors import DamagedFile, EncryptedFile, NoText, TooLarge
from ingestion.model import Box, HiddenText, SourceDocument
from ingestion.readers.guard import MAX_PDF_PAGES
from ingestion.readers.layout import Line, PageLines, Word, assemble
from ingestion.readers.turned import Direction, set_upright

pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)

Progress = Callable[[int, int, str], None]

_FLAGS = (
    pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_PRESERVE_LIGATURES
    | pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE
)
_EVERYWHERE = pymupdf.INFINITE_RECT()
_FILLED_OR_STROKED = 16 | 32
_SMALLEST = 2.0
_NEAR_WHITE = 0xF0
_MAYBE_WHITE = 0xF00000
_TRANSPARENT = 26
_UNREADABLE = re.compile(r"[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
_SAMPLED = 8
_FEW_CHARACTERS = 30
"""Fewer on a page that an image covers are a watermark or a page number, not its text."""


def read_pdf(data: bytes, file: str, sha256: str, progress: Progress | None) -> SourceDocument:
    """Read a PDF. A page that cannot be read is listed as failed, the others are read.

    Raises EncryptedFile, TooLarge, DamagedFile or NoText.
    """
    with _open(data, file) as document:
        total = document.page_count
        pages: list[PageLines] = []
        hidden: list[HiddenText] = []
        for index in range(total):
            page = _read_page(document, index, hidden)
            pages.append(page)
            if progress is not None:
                progress(index + 1, total, "文字识别" if page.method == "ocr" else "读取")
    if all(page.method == "failed" for page in pages):
        raise DamagedFile(
            f"「{file}」共 {total} 页，没有一页可以读取，文件可能已损坏，请重新导出或扫描后再上传。"
        )
    source = assemble(file, "application/pdf", sha256, pages, hidden)
    if not source.text:
        raise NoText(f"「{file}」中没有可识别的文字，请确认是否上传了正确的文件。")
    return source


def _open(data: bytes, file: str) -> Any:
    damaged = DamagedFile(f"「{file}」已损坏或不完整，无法打开，请重新导出或上传原文件。")
    try:
        document = pymupdf.open(stream=data, filetype="pdf")
    except Exception as error:
        raise damaged from error
    try:
        if document.needs_pass:
            raise EncryptedFile(f"「{file}」是加密文件，请先去除打开密码后再上传。")
        total = document.page_count
    except EncryptedFile:
        document.close()
        raise
    except Exception as error:
        document.close()
        raise damaged from error
    if total > MAX_PDF_PAGES:
        document.close()
        raise TooLarge(f"「{file}」共 {total} 页，超过 {MAX_PDF_PAGES} 页的上限，请拆分后再上传。")
    # MuPDF rebuilds a file cut short and then shows fewer pages than it had: never accept that.
    if total == 0 or (document.is_repaired and b"%%EOF" not in data[-2048:]):
        document.close()
        raise damaged
    return document


def _read_page(document: Any, index: int, hidden: list[HiddenText]) -> PageLines:
    try:
        page = document[index]
        rect = page.rect
    except Exception as error:
        return PageLines(index + 1, 0, 0, "failed", error=_reason(error))
    read = PageLines(index + 1, rect.width, rect.height, "text")
    try:
        _set_annotations_aside(page, hidden)
        blocks = page.get_textpage(clip=_EVERYWHERE, flags=_FLAGS).extractDICT()["blocks"]
        visible, unseen, directions = _sort_out(page, blocks)
        read.lines = visible
        if directions or page.rotation:
            aside = set_upright(read, directions, page.rotation)
            unseen += [(words, "斜排文字（如水印）") for words in aside]
        hidden += [HiddenText(text=t, reason=r, page=index + 1) for t, r in unseen]
        if _needs_ocr(page, read.lines):
            from ingestion.readers.ocr import read_page

            read_page(page, read)
        elif not read.lines:
            read.method = "empty"
    except Exception as error:
        return PageLines(index + 1, rect.width, rect.height, "failed", error=_reason(error))
    return read


def _reason(error: Exception) -> str:
    return f"本页无法读取（{type(error).__name__}）"


def _sort_out(
    page: Any, blocks: list[dict[str, Any]]
) -> tuple[list[Line], list[tuple[str, str]], dict[int, Direction]]:
    """Lines to read, stretches hidden with their reason, and directions other than rightward."""
    visible: list[Line] = []
    unseen: list[tuple[str, str]] = []
    directions: dict[int, Direction] = {}
    own = page.rect * page.derotation_matrix
    width, height = own.width, own.height
    ground: _Ground | None = None
    for block in blocks:
        for line in block["lines"]:
            words: list[Word] = []
            size = 0.0
            rightward = line["dir"] == (1.0, 0.0)
            for span in line["spans"]:
                text = span["text"]
                box = span["bbox"]
                if (
                    span["color"] >= _MAYBE_WHITE
                    or span["size"] < _SMALLEST
                    or not span["char_flags"] & _FILLED_OR_STROKED
                    or span["alpha"] < _TRANSPARENT
                    or box[0] < 0
                    or box[1] < 0
                    or box[2] > width
                    or box[3] > height
                ):
                    ground = ground or _Ground(page, own)
                    reason = ground.why_unseen(span)
                    if reason is not None:
                        if text.strip():
                            unseen.append((text.strip(), reason))
                        continue
                size = max(size, span["size"])
                if rightward and (" " in text or "\u3000" in text or "\xa0" in text):
                    words += _cut(text, box)
                elif text.strip():
                    words.append((text, box))
            if words:
                if not rightward:
                    directions[len(visible)] = line["dir"]
                _, y0, x1, y1 = line["bbox"]
                visible.append(Line((words[0][1][0], y0, x1, y1), words, size))
    return visible, unseen, directions


def _cut(text: str, box: Box) -> list[Word]:
    """The words of a span with blanks in it, each with its share of the span's box."""
    widths = [0.5 if c < "\u0300" else 1.0 for c in text]
    unit = (box[2] - box[0]) / (sum(widths) or 1.0)
    words: list[Word] = []
    x = start_x = box[0]
    start: int | None = None
    for index, c in enumerate(text):
        if c in " \u3000\xa0":
            if start is not None:
                words.append((text[start:index], (start_x, box[1], x, box[3])))
                start = None
        elif start is None:
            start, start_x = index, x
        x += widths[index] * unit
    if start is not None:
        words.append((text[start:], (start_x, box[1], x, box[3])))
    return words


class _Ground:
    """What lies under the text of a page; looked at only where some text is suspicious."""

    def __init__(self, page: Any, own: Any) -> None:
        self._rect = own
        self._images = [pymupdf.Rect(i["bbox"]) for i in page.get_image_info()]
        self._fills = [
            (pymupdf.Rect(d["rect"]), d["fill"])
            for d in page.get_cdrawings()
            if d.get("fill") is not None and (d.get("fill_opacity") or 0) > 0.5
        ]

    def why_unseen(self, span: dict[str, Any]) -> str | None:
        """The reason why a person does not see this span, None where he does."""
        box = pymupdf.Rect(span["bbox"])
        centre = (box.tl + box.br) / 2
        if not self._rect.contains(centre):
            return "页面以外的文字"
        if not span["char_flags"] & _FILLED_OR_STROKED:
            return None if self._over(centre, self._images) else "不可见文字"
        if span["alpha"] < _TRANSPARENT:
            return "透明文字"
        if span["size"] < _SMALLEST:
            return "极小字号文字"
        colour = span["color"]
        if min(colour >> 16, colour >> 8 & 255, colour & 255) < _NEAR_WHITE:
            return None
        dark = any(r.contains(centre) and min(fill) < 0.8 for r, fill in self._fills)
        return None if dark or self._over(centre, self._images) else "白色文字"

    @staticmethod
    def _over(centre: Any, rectangles: list[Any]) -> bool:
        return any(r.contains(centre) for r in rectangles)


def _needs_ocr(page: Any, lines: list[Line]) -> bool:
    # A sample of lines tells: a font without a usable map spoils them all alike.
    sample = "".join(line.text for line in lines[:: max(1, len(lines) // _SAMPLED)])
    if len(sample) >= _FEW_CHARACTERS:
        return _unreadable(sample) > 0.5
    characters = sum(len(line.text) for line in lines)
    if characters >= _FEW_CHARACTERS:
        return False
    images = page.get_image_info()
    if characters == 0:
        return bool(images) or bool(page.get_cdrawings())
    covered = sum(abs(pymupdf.Rect(i["bbox"]) & page.rect) for i in images)
    return bool(covered > 0.4 * page.rect.width * page.rect.height)


def _unreadable(text: str) -> float:
    """The share of replacement, private-use and unassigned characters."""
    return len(_UNREADABLE.findall(text)) / max(len(text), 1)


def _set_annotations_aside(page: Any, hidden: list[HiddenText]) -> None:
    """Words of annotations are a reader's, not the document's: kept apart, drawn no more."""
    if page.first_annot is None:
        return
    for annotation in list(page.annots()):
        content = (annotation.info.get("content") or "").strip()
        if content:
            hidden.append(HiddenText(text=content, reason="批注", page=page.number + 1))
            page.delete_annot(annotation)
