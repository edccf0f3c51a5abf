"""PDF to SourceDocument: the text layer where it is usable, OCR where it is not.

What a reader of the page would not see (white, tiny, outside the page, drawn invisibly) is
kept apart as hidden text. An invisible layer over a scan is the scanner's own OCR: usable.
The file itself is opened by another process (`sandbox`).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable

from ingestion.errors import DamagedFile, EncryptedFile, HostileFile, NoText, TooLarge
from ingestion.model import HiddenText, SourceDocument
from ingestion.readers import sandbox
from ingestion.readers.assembly import assemble
from ingestion.readers.flat import FlatPage
from ingestion.readers.guard import MAX_PDF_PAGES
from ingestion.readers.layout import Line, PageLines
from ingestion.readers.turned import Direction, set_upright

Progress = Callable[[int, int, str], None]

DPI = 200
"""Resolution at which a page without usable text is rendered for recognition."""
_FAINTEST = 16
"""A picture whose lightest and darkest pixel differ by less bears no writing."""
_REASONS = {
    "limit": "本页内容异常，读取超出时间或内存限制",
    "size": "本页尺寸异常",
    "words": "本页文字数量异常",
    "picture": "本页图片超过一亿像素，请降低分辨率",
    "lost": "本页内容缺失",
    "cut": "本页内容残缺，只读出一部分文字",
}


def read_pdf(data: bytes, file: str, sha256: str, progress: Progress | None) -> SourceDocument:
    """Read a PDF. A page that cannot be read is listed as failed, the others are read.

    Raises EncryptedFile, TooLarge, DamagedFile, HostileFile or NoText.
    """
    messages = sandbox.read(data, MAX_PDF_PAGES, DPI)
    pages: list[PageLines] = []
    hidden: list[HiddenText] = []
    try:
        about, _ = next(messages)
        total = _checked(about, file)
        for head, body in messages:
            pages.append(_page(len(pages) + 1, head, body, hidden))
            if progress is not None:
                progress(len(pages), total, "文字识别" if pages[-1].method == "ocr" else "读取")
    except sandbox.Exhausted as error:
        raise _hostile(file) from error
    finally:
        messages.close()
    if all(page.error == _REASONS["limit"] for page in pages):
        raise _hostile(file)
    if len(pages) != total or all(page.method == "failed" for page in pages):
        reasons = sorted({page.error or "" for page in pages})
        why = f"（{reasons[0]}）" if len(reasons) == 1 and reasons[0] in _REASONS.values() else ""
        raise DamagedFile(
            f"「{file}」共 {total} 页，没有一页可以读取{why}，文件可能已损坏，"
            "请重新导出或扫描后再上传。"
        )
    source = assemble(file, "application/pdf", sha256, pages, hidden)
    if not source.text:
        raise NoText(f"「{file}」中没有可识别的文字，请确认是否上传了正确的文件。")
    return source


def _hostile(file: str) -> HostileFile:
    return HostileFile(
        f"「{file}」读取时超出时间或内存的安全限制（疑似压缩炸弹或构造异常），已拒绝读取；"
        "请用原软件重新导出 PDF 后再上传。"
    )


def _checked(about: sandbox.Head, file: str) -> int:
    """The number of pages of a file that can be read."""
    if about.get("broken") == "memory":
        raise sandbox.Exhausted
    if about.get("locked"):
        raise EncryptedFile(f"「{file}」是加密文件，请先去除打开密码后再上传。")
    total = int(about.get("pages", 0))
    if total > MAX_PDF_PAGES:
        raise TooLarge(f"「{file}」共 {total} 页，超过 {MAX_PDF_PAGES} 页的上限，请拆分后再上传。")
    if total <= 0 or about["cut"]:
        raise DamagedFile(f"「{file}」已损坏或不完整，无法打开，请重新导出或上传原文件。")
    return total


def _page(number: int, head: sandbox.Head, body: bytes, hidden: list[HiddenText]) -> PageLines:
    width, height = head["width"], head["height"]
    page = FlatPage(number, width, height, "text")
    if "error" in head:
        page.error = _REASONS.get(head["error"], f"本页无法读取（{head['error']}）")
        if "lines" not in head:
            page.method = "failed"
            return page
    try:
        page.counts = dict(head.get("counts", ()))
        numbers = array("f")
        end = 4 * (5 * head["lines"] + 4 * head["boxes"])
        numbers.frombytes(body[:end])
        page.numbers = numbers.tolist()
        words = body[end : end + head["bytes"]].decode(errors="surrogatepass")
        page.words = words.split("\n") if page.numbers else []
        unseen = head.get("hidden", [])
        directions = head.get("directions", [])
        if directions or head["rotation"]:
            page.unfold()
            turned: dict[int, Direction] = {index: (x, y) for index, (x, y) in directions}
            aside = set_upright(page, turned, head["rotation"])
            unseen = [*unseen, *((words, "斜排文字（如水印）") for words in aside)]
        hidden += [HiddenText(text=t, reason=r, page=number) for t, r in unseen]
        if "picture" in head:
            page.unfold()
            _recognise(page, head, body)
        elif not page.words and not page.lines:
            page.method = "empty"
        if page.error is not None:
            page.method = "failed"
    except Exception as error:
        reason = f"本页无法读取（{type(error).__name__}）"
        return PageLines(number, width, height, "failed", error=reason)
    return page


def _recognise(page: PageLines, head: sandbox.Head, body: bytes) -> None:
    import numpy as np

    from ingestion.readers.ocr import read_picture

    width, height = head["picture"]
    pixels = np.frombuffer(body, dtype=np.uint8, offset=len(body) - 3 * width * height)
    if int(pixels.max()) - int(pixels.min()) < _FAINTEST:
        page.method = "text" if page.lines else "empty"
        return
    found = PageLines(page.number, page.width, page.height, "ocr")
    read_picture(pixels.reshape(height, width, 3), 1 / head["scale"], found)
    same_space = found.turns == page.turns and not found.slant
    if head["layer"] == "keep" and (same_space or not found.lines):
        new = [line for line in found.lines if not _covered(line, page.lines)]
        page.lines = page.lines + new
        page.method = "ocr" if new else "text"
    else:
        page.lines, page.method = found.lines, found.method
        page.turns, page.slant = found.turns, found.slant


def _covered(line: Line, lines: list[Line]) -> bool:
    """Whether the middle of a recognised line lies in a line of the layer of text."""
    x, y = (line.box[0] + line.box[2]) / 2, (line.box[1] + line.box[3]) / 2
    return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in (n.box for n in lines))
