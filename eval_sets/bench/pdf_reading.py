"""What reading a PDF costs beside MuPDF's bare `get_text("words")`.

    python -m eval_sets.bench.pdf_reading [--pages 200] [--runs 7]

CPU seconds and seconds by the clock, the least of several runs that take turns, on files of
text pages built here: `plain` has one typeface, `mixed` sets digits in another, as word
processors do, `short` is mixed and has three pages. `reading` is everything from bytes to
SourceDocument, the worker processes included, which work beside this one (two of them on a
long file: more CPU, for each reads the fonts, in less time); `in_process` is the same without
any; the workers' start, paid once by a program, stands apart.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pymupdf

from ingestion.readers import sandbox
from ingestion.readers.pdf import read_pdf

LINES, COLUMNS, SIZE = 26, 31, 14.0
_STORY = (
    "经依法审查查明：2024年{m}月{d}日{h}时许，被告人卢启文在江城市北岸区兴业路{h}号附近，趁被害人"
    "秦某某不备，窃得其放置于电动车前筐内的手机一部，经鉴定价值人民币{s}元。上述事实，有被害人"
    "陈述、证人证言、价格认定结论书、现场监控视频以及被告人的供述和辩解等证据予以证实。"
)


def build(pages: int, mixed: bool) -> bytes:
    """A PDF of so many full pages, indented paragraphs and a page number on each."""
    fonts = (pymupdf.Font("cjk"), pymupdf.Font("tiro" if mixed else "cjk"))
    lines = _lines()
    with pymupdf.open() as document:
        for number in range(1, pages + 1):
            page = document.new_page(width=595, height=842)
            writer = pymupdf.TextWriter(page.rect)
            for row in range(LINES):
                x = 80.0
                for piece in re.findall(r"\d+|\D+", next(lines)):
                    font = fonts[piece[0].isdigit()]
                    _, (x, _) = writer.append((x, 90 + 26 * row), piece, font=font, fontsize=SIZE)
            writer.append((280, 810), f"— {number} —", font=fonts[0], fontsize=9)
            writer.write_text(page)
        # As word processors do; a whole typeface would be unpacked by both and hide the reading.
        document.subset_fonts()
        return bytes(document.tobytes(deflate=True))


def _lines() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        rest = "　　" + _STORY.format(
            m=number % 12 + 1, d=number % 28 + 1, h=number % 24, s=1000 + 37 * number
        )
        while rest:
            cut = COLUMNS if rest[COLUMNS : COLUMNS + 1] not in "，。、：" else COLUMNS + 1
            yield rest[:cut]
            rest = rest[cut:]


def measure(data: bytes, runs: int) -> dict[str, Any]:
    """Least CPU seconds, and least seconds by the clock, of each way to read `data`."""
    ways: dict[str, Callable[[], object]] = {
        "words": lambda: _words(data),
        "reading": lambda: read_pdf(data, "a.pdf", "", None),
        "in_process": lambda: _in_process(data),
    }
    least: dict[str, float] = {}
    clock: dict[str, float] = {}
    for _ in range(runs):
        for name, way in ways.items():
            begun, at = _cpu(), time.perf_counter()
            way()
            least[name] = min(least.get(name, 1e9), _cpu() - begun)
            clock[name] = min(clock.get(name, 1e9), time.perf_counter() - at)
    seconds = {name: round(value, 4) for name, value in least.items()}
    ratios = {f"ratio_{n}": round(v / least["words"], 3) for n, v in least.items() if n != "words"}
    walls = {f"wall_{n}": round(v / clock["words"], 3) for n, v in clock.items() if n != "words"}
    return {"seconds": seconds, **ratios, **walls}


def _words(data: bytes) -> None:
    with pymupdf.open(stream=data, filetype="pdf") as document:
        for page in document:
            page.get_text("words")


def _in_process(data: bytes) -> None:
    with _no_workers():
        read_pdf(data, "a.pdf", "", None)


@contextmanager
def _no_workers() -> Iterator[None]:
    """As on a system that has no limits for processes."""
    usual, sandbox.SYSTEM = sandbox.SYSTEM, "none"
    try:
        yield
    finally:
        sandbox.SYSTEM = usual


def _cpu() -> float:
    """CPU seconds of this process and its workers."""
    return time.process_time() + sandbox.cpu_of_workers()


def run(_: Path | None = None, *, pages: int = 200, runs: int = 7) -> dict[str, Any]:
    """Measure on files built here; the data of the other measurements is not needed."""
    begun = _cpu()
    read_pdf(build(1, False), "a.pdf", "", None)
    result: dict[str, Any] = {"pages": pages, "runs": runs}
    result["first_file_seconds"] = round(_cpu() - begun, 3)
    for name in ("plain", "mixed"):
        result[name] = measure(build(pages, name == "mixed"), runs)
    result["short"] = measure(build(3, True), 10 * runs)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--runs", type=int, default=7)
    asked = parser.parse_args()
    print(json.dumps(run(pages=asked.pages, runs=asked.runs), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
