"""Files that attack their reader: the parent stays small and alive, the user gets a sentence."""

from __future__ import annotations

import multiprocessing
import os
import signal
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf
import pytest

from ingestion.errors import DamagedFile, HostileFile, InputError, NoText, TooLarge
from ingestion.model import SourceDocument
from ingestion.readers import guard, read_source, sandbox
from tests.ingestion import bombs
from tests.ingestion.paper import flat, pdf_bytes, written

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has limits that hold")


@pytest.fixture
def short_limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same limits, smaller: what takes 20 seconds and 2 GiB in earnest takes one here."""
    monkeypatch.setattr(sandbox, "OPEN_SECONDS", 2.0)
    monkeypatch.setattr(sandbox, "PAGE_SECONDS", 1.0)
    monkeypatch.setattr(sandbox, "FILE_SECONDS", 2.0)
    monkeypatch.setattr(sandbox, "MEMORY", 600 * 2**20)
    sandbox.stop_all()
    yield
    sandbox.stop_all()


def _resident(peak: bool = False) -> int:
    key = "VmHWM:" if peak else "VmRSS:"
    status = Path("/proc/self/status").read_text()
    return int(status.split(key)[1].split()[0]) * 1024


_BOMBS: list[tuple[Callable[[], bytes], type[InputError], str]] = [
    (bombs.nested_flate, HostileFile, "安全限制"),
    (bombs.lzw, HostileFile, "安全限制"),
    (bombs.inline_images, InputError, "「a.pdf」"),
    (bombs.object_stream, InputError, "「a.pdf」"),
    (bombs.nested_forms, HostileFile, "安全限制"),
    (bombs.million_pages, TooLarge, "1000000 页"),
    (bombs.recursive_tree, DamagedFile, "没有一页可以读取"),
    (bombs.deep_tree, InputError, "「a.pdf」"),
    (bombs.huge_media_box, DamagedFile, "尺寸异常"),
    (bombs.huge_image, DamagedFile, "一亿像素"),
    (bombs.many_words, InputError, "「a.pdf」"),
]


@linux
@pytest.mark.timeout(90)
@pytest.mark.usefixtures("short_limits")
@pytest.mark.parametrize(("build", "error", "says"), _BOMBS, ids=[b[0].__name__ for b in _BOMBS])
def test_a_bomb_goes_off_elsewhere(
    tmp_path: Path, build: Callable[[], bytes], error: type[InputError], says: str
) -> None:
    data = build()
    path = written(tmp_path, "a.pdf", data)
    read_source(written(tmp_path, "b.pdf", pdf_bytes()))
    Path("/proc/self/clear_refs").write_text("5")
    before = _resident()
    with pytest.raises(error) as caught:
        read_source(path)
    assert says in str(caught.value)
    assert str(caught.value).count("。") == 1
    assert _resident(peak=True) - before < 32 * 2**20 + 2 * len(data)


@linux
@pytest.mark.timeout(60)
@pytest.mark.usefixtures("short_limits")
def test_a_page_beyond_the_limits_costs_only_itself(tmp_path: Path) -> None:
    with (
        pymupdf.open(stream=pdf_bytes(per_page=40), filetype="pdf") as document,
        pymupdf.open(stream=bombs.nested_forms(), filetype="pdf") as bomb,
        pymupdf.open(stream=pdf_bytes(("第三页的正文。",)), filetype="pdf") as last,
    ):
        document.insert_pdf(bomb)
        document.insert_pdf(last)
        path = written(tmp_path, "a.pdf", document.tobytes())
    source = read_source(path)
    assert [p.method for p in source.pages or []] == ["text", "failed", "text"]
    assert "限制" in ((source.pages or [])[1].error or "")
    assert source.text == flat() + "\n第三页的正文。"


@linux
def test_a_worker_that_was_killed_is_replaced(tmp_path: Path) -> None:
    path = written(tmp_path, "a.pdf", pdf_bytes())
    read_source(path)
    for process in sandbox.at_hand():
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert read_source(path).text == flat()


def test_threads_read_side_by_side(tmp_path: Path) -> None:
    texts = [f"第{number}号文书的正文内容。" for number in range(8)]
    paths = [
        written(tmp_path, f"{number}.pdf", pdf_bytes((text,))) for number, text in enumerate(texts)
    ]
    found: dict[int, str] = {}

    def read(number: int) -> None:
        for _ in range(3):
            found[number] = read_source(paths[number]).text

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == dict(enumerate(texts))


@linux
def test_a_forked_process_has_workers_of_its_own(tmp_path: Path) -> None:
    """As in the pool of a program that forks: the parent's pipes must not be spoken through."""
    path = written(tmp_path, "a.pdf", pdf_bytes())
    read_source(path)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        found = pool.map(_text_of, [path] * 6)
    assert found == [flat()] * 6
    assert read_source(path).text == flat()


def _text_of(path: Path) -> str:
    return read_source(path).text


def test_without_workers_the_reading_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "a.pdf", pdf_bytes(header="江城市北岸区人民检察院", per_page=5))
    apart = read_source(path)
    monkeypatch.setattr(sandbox, "SYSTEM", "none")
    assert read_source(path) == apart


def _numbered(pages: int) -> pymupdf.Document:
    """A file whose every page says which it is."""
    texts = tuple(f"第{number}页记明如下事实，与在案证据相符。" for number in range(1, pages + 1))
    return pymupdf.open(stream=pdf_bytes(texts, per_page=1), filetype="pdf")


def _whole() -> bytes:
    with _numbered(11) as document:
        return bytes(document.tobytes())


def _with_a_bomb() -> bytes:
    """The last page of a block: its worker's successor goes on with the block after the next."""
    with (
        _numbered(9) as document,
        pymupdf.open(stream=bombs.nested_forms(), filetype="pdf") as bomb,
    ):
        document.insert_pdf(bomb, start_at=3)
        return bytes(document.tobytes())


def _with_a_lost_page() -> bytes:
    with _numbered(10) as document:
        document.xref_set_key(document[6].xref, "MediaBox", "[0 0 90000 90000]")
        return bytes(document.tobytes())


def _cut_short() -> bytes:
    data = _whole()
    return data[: len(data) * 2 // 3]


def _locked() -> bytes:
    with _numbered(10) as document:
        keys = {"owner_pw": "o", "user_pw": "u"}
        return bytes(document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, **keys))


@linux
@pytest.mark.timeout(90)
@pytest.mark.usefixtures("short_limits")
@pytest.mark.parametrize("build", [_whole, _with_a_bomb, _with_a_lost_page, _cut_short, _locked])
def test_two_workers_read_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, build: Callable[[], bytes]
) -> None:
    path = written(tmp_path, "a.pdf", build())
    monkeypatch.setattr(sandbox, "BLOCK", 2)
    monkeypatch.setattr(sandbox, "WORTH_SHARING", 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    found: list[SourceDocument | str] = []
    for alone in (sys.maxsize, 2):
        monkeypatch.setattr(sandbox, "ALONE_AT_FIRST", alone)
        try:
            found.append(read_source(path))
        except InputError as error:
            found.append(repr(error))
    assert found[0] == found[1]
    assert len(sandbox.at_hand()) == (2 if isinstance(found[1], SourceDocument) else 0)


def test_a_reader_that_stops_half_way_leaves_no_half_answer(tmp_path: Path) -> None:
    path = written(tmp_path, "a.pdf", pdf_bytes(per_page=2))

    def stop(done: int, total: int, what: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_source(path, progress=stop)
    assert read_source(path).text == flat()


# --------------------------------------------------------------------------- pictures


def _tiff(frames: int, side: int, back_to_start: bool = False) -> bytes:
    """Directories of pictures without the pictures."""
    out = bytearray(b"II*\0" + struct.pack("<I", 8))
    for number in range(frames):
        entries = [(256, side), (257, side), (258, 8), (259, 1), (262, 1), (273, 8), (278, side)]
        entries += [(279, 100)]
        after = len(out) + 2 + 12 * len(entries) + 4
        following = after if number < frames - 1 else 8 if back_to_start else 0
        out += struct.pack("<H", len(entries))
        out += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
        out += struct.pack("<I", following)
    return bytes(out)


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (_tiff(1, 65_000), TooLarge, "4225 百万像素"),
        (_tiff(100_000, 10), TooLarge, f"{guard.MAX_IMAGE_FRAMES} 页"),
        (_tiff(3, 10, back_to_start=True), (NoText, DamagedFile), "「a.tif」"),
    ],
    ids=["65,000 by 65,000", "a hundred thousand pages", "pages in a circle"],
)
def test_picture_bombs(tmp_path: Path, data: bytes, error: type[InputError], says: str) -> None:
    with pytest.raises(error, match=says):
        read_source(written(tmp_path, "a.tif", data))
