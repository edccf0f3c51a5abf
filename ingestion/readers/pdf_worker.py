"""What MuPDF makes of a PDF, page by page; also the script of the process that runs it.

A file may be built to eat memory, time or MuPDF itself, so `sandbox` runs this module as a
process of its own, with limits. It knows nothing but the standard library and MuPDF, and
starts in a fifth of a second.

A message is a head (JSON) and a body (bytes). A request's body is the file. The answer to
`read` is one message about the file and one for each page: its body holds five numbers for
each of its `lines` (x0, y0, x1, y1, letter size), then four for each of the `boxes` of words
in lines that have several (`counts`), then in `bytes` of UTF-8 the words, one a line; last,
where `picture` stands in the head, the rendered page (RGB). Boxes are in points of the page's
own space, before it is rotated.
"""

from __future__ import annotations

import gc
import json
import math
import os
import re
import struct
import sys
import time
from array import array
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import pymupdf

pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)

Head = dict[str, Any]
Message = tuple[Head, bytes]

HEADER = struct.Struct(">II")
_AS_JSON = json.JSONEncoder(ensure_ascii=False)
MAX_PAGE_WORDS = 60_000
MAX_PAGE_SIDE = 20_000.0
"""Points; the format itself ends at 14,400."""
MAX_PICTURE_BYTES = 300_000_000
"""Of a picture on a page, unpacked: a hundred million pixels in colour."""
MAX_RENDERED_PIXELS = 16_000_000

_FLAGS = (
    pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_PRESERVE_LIGATURES
    | pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE
)
_EVERYWHERE = pymupdf.INFINITE_RECT()
_IDENTITY = pymupdf.Matrix(1, 1)
_FILLED_OR_STROKED = 16 | 32
_SMALLEST = 2.0
_NEAR_WHITE = 0xF0
_MAYBE_WHITE = 0xF00000
_TRANSPARENT = 26
_UNREADABLE = re.compile(r"[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
_WORD = re.compile(r"[^ \u3000\xa0]+")
_LOST = re.compile(r"non-page object|cannot load object|not a stream|error in content|zlib error")
_CUT = re.compile(r"premature end|zlib error|truncated image")
_SAMPLED = 8
_FEW_CHARACTERS, _SOME_CHARACTERS = 30, 200
"""Fewer on a page that an image covers are a watermark or a page number, not its text; some
more may be a stamp or a caption, unless they are the scanner's own invisible layer."""
_COVERED = 0.4
_RIGHTWARD = (1.0, 0.0)
_UNEVEN = 0.75
"""Points by which a word's edge may lie off the place that even widths give it."""

Box = tuple[float, float, float, float]


class _Refused(Exception):
    """The page is larger in some way than any honest page."""


def read(data: bytes, request: Head) -> Iterator[Message]:
    """The message about the file, then those of its pages from `first` (counted from 0).

    Of a file of `shared_from` pages, `part` has every other `block` from page `alone` on.
    """
    try:
        document = pymupdf.open(stream=data, filetype="pdf")
        locked = bool(document.needs_pass)
        total = 0 if locked else document.page_count
        # MuPDF rebuilds a file cut short and then shows fewer pages than it had.
        cut = bool(document.is_repaired) and b"%%EOF" not in data[-2048:]
    except Exception as error:
        yield {"broken": _what(error)}, b""
        return
    with document:
        yield {"pages": total, "locked": locked, "cut": cut}, b""
        if locked or cut or total > request["most"]:
            return
        alone = request["alone"] if total >= request["shared_from"] else total
        for index in range(request["first"], total):
            turn = 0 if index < alone else 1 - (index - alone) // request["block"] % 2
            if turn == request["part"]:
                yield _page(document, index, request["dpi"])


def render(data: bytes, page: int, scale: float) -> Message:
    """Page `page` (from 0) as it is shown, `scale` pixels to a point."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        return _picture(document[page], scale)


def _what(error: Exception) -> str:
    return "memory" if "malloc" in str(error) or isinstance(error, MemoryError) else "damage"


def _picture(page: Any, scale: float) -> Message:
    pixels = page.rect.width * page.rect.height * scale * scale
    if pixels > MAX_RENDERED_PIXELS:
        scale *= (MAX_RENDERED_PIXELS / pixels) ** 0.5
    shown = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False, colorspace="rgb")
    return {"picture": [shown.width, shown.height], "scale": scale}, bytes(shown.samples)


def _page(document: Any, index: int, dpi: int) -> Message:
    width = height = 0.0
    pymupdf.JM_mupdf_warnings_store.clear()
    try:
        page = document.load_page(index)
        rect = pymupdf.mupdf.fz_bound_page(page.this)
        width, height = rect.x1 - rect.x0, rect.y1 - rect.y0
        if max(width, height) > MAX_PAGE_SIDE:
            raise _Refused("size")
        raw = page._pdf_page()
        rotation = pymupdf.JM_page_rotation(raw)
        annotated = pymupdf.mupdf.pdf_first_annot(raw).m_internal is not None
        hidden = _annotations(page) if annotated else []
        sheet = _Sheet(page, (width, height), rotation)
        if len(sheet.words) > MAX_PAGE_WORDS:
            raise _Refused("words")
        head: Head = {"width": width, "height": height, "rotation": rotation}
        if sheet.counts:
            head["counts"] = list(sheet.counts.items())
        if sheet.directions:
            head["directions"] = list(sheet.directions.items())
        if hidden or sheet.hidden:
            head["hidden"] = hidden + sheet.hidden
        text = "\n".join(sheet.words)
        if text.count("\n") >= len(sheet.words) > 0:
            text = "\n".join([word.replace("\n", " ") for word in sheet.words])
        words = text.encode(errors="surrogatepass")
        head["lines"], head["boxes"] = len(sheet.lines) // 5, len(sheet.boxes) // 4
        head["bytes"] = len(words)
        body = array("f", sheet.lines + sheet.boxes).tobytes() + words
        layer = _needed_ocr(page, sheet)
        if layer is not None:
            _refuse_huge_pictures(page)
            shown, pixels = _picture(page, dpi / 72)
            head |= {**shown, "layer": layer}
            body += pixels
        broken = _broken(sheet)
        if broken is not None:
            head["error"] = broken
    except Exception as error:
        what = str(error) if isinstance(error, _Refused) else type(error).__name__
        return {"width": width, "height": height, "error": what}, b""
    return head, body


def _broken(sheet: _Sheet) -> str | None:
    """What MuPDF passes over in silence: a page it cannot find, or that breaks off."""
    if not pymupdf.JM_mupdf_warnings_store:
        return None
    said = pymupdf.TOOLS.mupdf_warnings()
    if not sheet.words and _LOST.search(said):
        return "lost"
    return "cut" if _CUT.search(said) else None


def _annotations(page: Any) -> list[tuple[str, str]]:
    """Words of annotations are a reader's, not the document's: kept apart, drawn no more."""
    found: list[tuple[str, str]] = []
    for annotation in list(page.annots()):
        content = (annotation.info.get("content") or "").strip()
        if content:
            found.append((content, "批注"))
            page.delete_annot(annotation)
    return found


class _Sheet:
    """One page's visible lines, flat for the journey, and what a person does not see on it."""

    def __init__(self, page: Any, size: tuple[float, float], rotation: int) -> None:
        self.lines: list[float] = []
        self.words: list[str] = []
        self.counts: dict[int, int] = {}
        self.boxes: list[float] = []
        self.directions: dict[int, tuple[float, float]] = {}
        self.hidden: list[tuple[str, str]] = []
        self.scanners = False
        """Whether it has the invisible layer that scanners lay over a picture."""
        self._page = page
        self._own = size[::-1] if rotation % 180 else size
        self._ground: _Ground | None = None
        self._sort_out(_blocks(page, rotation))

    def _sort_out(self, blocks: list[dict[str, Any]]) -> None:
        lines = self.lines
        for block in blocks:
            inside = self._holds(block["bbox"])
            for line in block["lines"]:
                words: list[str] = []
                boxes: list[float] = []
                largest = 0.0
                rightward = plain = line["dir"] == _RIGHTWARD
                for span in line["spans"]:
                    size = span["size"]
                    if (
                        size < _SMALLEST
                        or span["color"] >= _MAYBE_WHITE
                        or span["alpha"] < _TRANSPARENT
                        or not span["char_flags"] & _FILLED_OR_STROKED
                        or not (inside or self._holds(span["bbox"]))
                    ):
                        plain = False
                        if self._is_unseen(span):
                            continue
                    if size > largest:
                        largest = size
                    text = span["text"]
                    if rightward and (" " in text or "\u3000" in text or "\xa0" in text):
                        for word, place in _cut(text, span["bbox"]):
                            words.append(word)
                            boxes += place
                    elif rightward or text.strip():
                        words.append(text)
                        boxes += span["bbox"]
                if plain and len(words) == 1:
                    lines += boxes
                    lines.append(largest)
                    self.words += words
                elif words:
                    if not rightward:
                        self.directions[len(lines) // 5] = line["dir"]
                    self._add(words, boxes, line["bbox"], largest, plain)

    def _holds(self, box: Box) -> bool:
        x0, y0, x1, y1 = box
        width, height = self._own
        return x0 >= 0 and y0 >= 0 and x1 <= width and y1 <= height

    def _is_unseen(self, span: dict[str, Any]) -> bool:
        """Whether a person does not see it; then it is put aside."""
        self._ground = self._ground or _Ground(self._page, self._own)
        reason = self._ground.why_unseen(span)
        if reason is None:
            self.scanners |= not span["char_flags"] & _FILLED_OR_STROKED
            return False
        if span["text"].strip():
            self.hidden.append((span["text"].strip(), reason))
        return True

    def _add(
        self, words: list[str], boxes: list[float], around: Box, size: float, plain: bool
    ) -> None:
        """A line; a plain one becomes one word where its words follow evenly."""
        if plain and _evenly_set(words, boxes):
            self.lines += (boxes[0], around[1], boxes[-2], around[3], size)
            words = ["".join(words)]
        else:
            self.counts[len(self.lines) // 5] = len(words)
            self.lines += (min(boxes[0::4]), around[1], max(boxes[2::4]), around[3], size)
            self.boxes += boxes
        self.words += words


def _blocks(page: Any, rotation: int) -> list[dict[str, Any]]:
    content: dict[str, Any] = {}
    if rotation:
        page.get_textpage(clip=_EVERYWHERE, flags=_FLAGS)._getNewBlockList(content, False)
    else:
        # The public way around these two costs as much as a tenth of the reading.
        text = pymupdf.extra.page_get_textpage(page.this, _EVERYWHERE, _FLAGS, _IDENTITY)
        held = pymupdf.mupdf.FzStextPage(text)
        # As much again are corrections of letters' heights for fonts that state none; without
        # them such letters are lost, so what is found is held against MuPDF's plain text.
        pymupdf.TOOLS.unset_quad_corrections(True)
        try:
            pymupdf.extra.JM_make_textpage_dict(held.m_internal, content, False)
        finally:
            pymupdf.TOOLS.unset_quad_corrections(False)
        if not _complete(held, content):
            content = {}
            pymupdf.extra.JM_make_textpage_dict(held.m_internal, content, False)
    blocks: list[dict[str, Any]] = content["blocks"]
    return blocks


def _complete(text: Any, content: dict[str, Any]) -> bool:
    plain = pymupdf.JM_BinFromBuffer(pymupdf.mupdf.fz_new_buffer_from_stext_page(text))
    lines = [line for block in content["blocks"] for line in block["lines"]]
    found = "".join([span["text"] for line in lines for span in line.get("spans", ())])
    return bool(len(plain) - plain.count(b"\n") == len(found.encode(errors="surrogatepass")))


def _cut(text: str, box: Box) -> list[tuple[str, Box]]:
    """The words of a span with blanks in it, each with its share of the span's box."""
    x0, y0, x1, y1 = box
    unit = (x1 - x0) / _width(text)
    words: list[tuple[str, Box]] = []
    for found in _WORD.finditer(text):
        start = x0 + _width(text[: found.start()]) * unit
        word = found[0]
        words.append((word, (start, y0, start + _width(word) * unit, y1)))
    return words


def _evenly_set(words: list[str], boxes: list[float]) -> bool:
    """Whether words follow without a gap and each begins where their widths let expect it.

    A change of typeface parts them, as between ideographs and digits; as one word they have
    the same places.
    """
    widths = [len(word.encode("utf-8", "surrogatepass")) + len(word) for word in words]
    x = boxes[0]
    unit = (boxes[-2] - x) / sum(widths)
    for width, begin, end in zip(widths, boxes[0::4], boxes[2::4], strict=True):
        if not -_UNEVEN <= begin - x <= _UNEVEN:
            return False
        x += width * unit
        if not -_UNEVEN <= end - x <= _UNEVEN:
            return False
    return True


def _width(text: str) -> int:
    """Width in quarters of a letter: those of one byte in UTF-8 are narrow and count half."""
    return len(text.encode("utf-8", "surrogatepass")) + len(text)


class _Ground:
    """What lies under the text of a page; looked at only where some text is suspicious."""

    def __init__(self, page: Any, own: tuple[float, float]) -> None:
        self._rect = pymupdf.Rect(0, 0, *own)
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
            return None if _over(centre, self._images) else "不可见文字"
        if span["alpha"] < _TRANSPARENT:
            return "透明文字"
        if span["size"] < _SMALLEST:
            return "极小字号文字"
        colour = span["color"]
        if min(colour >> 16, colour >> 8 & 255, colour & 255) < _NEAR_WHITE:
            return None
        dark = any(r.contains(centre) and min(fill) < 0.8 for r, fill in self._fills)
        return None if dark or _over(centre, self._images) else "白色文字"


def _over(centre: Any, rectangles: list[Any]) -> bool:
    return any(r.contains(centre) for r in rectangles)


def _needed_ocr(page: Any, sheet: _Sheet) -> str | None:
    """None where the layer of text tells the page; "drop" where it is useless.

    "keep" where it may be only a part: a stamp, a number or a caption on a page that a
    picture covers.
    """
    words = sheet.words
    # A sample of words tells: a font without a usable map spoils them all alike.
    sample = "".join(words[:: max(1, len(words) // _SAMPLED)])
    if len(sample) >= _FEW_CHARACTERS and _unreadable(sample) > 0.5:
        return "drop"
    if len(sample) >= _SOME_CHARACTERS:
        return None
    characters = sum(map(len, words))
    if characters >= (_FEW_CHARACTERS if sheet.scanners else _SOME_CHARACTERS):
        return None
    images = page.get_image_info()
    if characters == 0:
        return "drop" if images or page.get_cdrawings() else None
    covered = sum(abs(pymupdf.Rect(i["bbox"]) & page.rect) for i in images)
    return "keep" if covered > _COVERED * page.rect.width * page.rect.height else None


def _refuse_huge_pictures(page: Any) -> None:
    for image in page.get_image_info():
        bits = image["width"] * image["height"] * image["bpc"] * max(image["colorspace"], 1)
        if bits > 8 * MAX_PICTURE_BYTES:
            raise _Refused("picture")


def _unreadable(text: str) -> float:
    """The share of replacement, private-use and unassigned characters."""
    if text.isprintable() and "\ufffd" not in text:
        return 0.0
    return len(_UNREADABLE.findall(text)) / max(len(text), 1)


# --------------------------------------------------------------------------- the process


def send(to: int, head: Head, body: bytes) -> None:
    """Write one message to a pipe."""
    packed = _AS_JSON.encode(head).encode(errors="surrogatepass")
    view = memoryview(HEADER.pack(len(packed), len(body)) + packed + body)
    while view:
        view = view[os.write(to, view) :]


def _receive(source: BinaryIO) -> Message:
    """Raises struct.error where whoever asks is gone."""
    head, body = HEADER.unpack(source.read(HEADER.size))
    return json.loads(source.read(head)), source.read(body)


def serve() -> None:
    """Answer requests from standard input until it is closed, within sys.argv[1] bytes."""
    import resource

    memory = int(sys.argv[1])
    sink = os.dup(1)
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.freeze()
    gc.set_threshold(100_000)
    send(sink, {"ready": True}, b"")
    with suppress(struct.error, ValueError, BrokenPipeError):
        while True:
            request, data = _receive(sys.stdin.buffer)
            _answer(sink, request, data)


def _answer(sink: int, request: Head, data: bytes) -> None:
    begun = time.process_time()
    _allow(request["open_seconds"])
    if "page" in request:
        try:
            send(sink, *render(data, request["page"], request["scale"]))
        except Exception as error:
            send(sink, {"broken": _what(error)}, b"")
    else:
        easy = 0.0
        for head, body in read(data, request):
            head["spent"] = spent = max(time.process_time() - begun - easy, 0.0)
            send(sink, head, body)
            left = request["seconds"] - spent
            if left < 0:
                break
            easy += request["easy_seconds"]
            _allow(min(request["page_seconds"], left))
    send(sink, {"end": True, "cpu": time.process_time(), "resident": _resident()}, b"")


def _allow(seconds: float) -> None:
    """From now on the process may use `seconds` of CPU before it is killed."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(time.process_time() + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _resident() -> int:
    """Bytes of memory held. The peak is of no use: it begins at that of the parent."""
    return int(Path("/proc/self/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    serve()
