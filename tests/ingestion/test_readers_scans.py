"""Scans and pictures, with the real recognition models."""

from __future__ import annotations

import socket
from io import BytesIO
from pathlib import Path

import numpy as np
import pymupdf
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from eval_sets.scans import images_to_pdf, render_scan
from ingestion.errors import NoText
from ingestion.highlight import render_page
from ingestion.readers import ocr, read_source, source_from_text
from tests.ingestion.paper import flat, pdf_bytes, written

pytestmark = pytest.mark.slow


def error_rate(found: str, wanted: str) -> float:
    """Character errors of all characters, breaks and blanks apart."""
    a, b = "".join(found.split()), "".join(wanted.split())
    return Levenshtein.distance(a, b) / len(b)


@pytest.fixture(scope="module")
def born_digital(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("pdf"), "a.pdf", pdf_bytes(per_page=40))


SCRAP_HEIGHT = 238.0
"""Points from the top: six lines, enough to recognise and quick."""


@pytest.fixture(scope="module")
def scrap(born_digital: Path) -> Image.Image:
    """The upper part of the page as scanned at 150 dpi."""
    page = render_scan(born_digital, dpi=150, skew=0.2, stamp=False)[0]
    return page.crop((0, 0, page.width, round(SCRAP_HEIGHT * 150 / 72)))


@pytest.fixture(scope="module")
def scrap_text(born_digital: Path) -> str:
    with pymupdf.open(born_digital) as document:
        words = document[0].get_text("text", clip=(0, 0, 595, SCRAP_HEIGHT))
    return source_from_text(words).text


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("recognition must open no socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_a_worn_scan_with_a_seal_reads_nearly_without_error(
    tmp_path: Path, born_digital: Path
) -> None:
    path = images_to_pdf(render_scan(born_digital, seed=3), tmp_path / "scan.pdf")
    source = read_source(path)
    assert [p.method for p in source.pages or []] == ["ocr"]
    assert error_rate(source.text, flat()) <= 0.005
    span = source.span(at := source.text.index("1991年3月7日"), at + 9)
    assert span.page == 1
    with pymupdf.open(born_digital) as document:
        below = pymupdf.Rect(span.boxes[0])
        truth = document[0].search_for("1991年3月7日")[0]
    assert abs(below.x0 - truth.x0) < 14
    assert abs(below.x1 - truth.x1) < 14
    assert abs(below.y0 - truth.y0) < 8


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_picture_is_set_upright_and_its_boxes_lie_on_the_ink(
    tmp_path: Path, scrap: Image.Image, scrap_text: str, turns: int
) -> None:
    path = tmp_path / "a.png"
    scrap.rotate(90 * turns, expand=True).save(path, dpi=(150, 150))
    source = read_source(path)
    assert error_rate(source.text, scrap_text) <= 0.01
    span = source.span(at := source.text.index("起诉书"), at + 3)
    picture = Image.open(BytesIO(render_page(path, source, 1, dpi=150))).convert("L")
    x0, y0, x1, y1 = (round(v * 150 / 72) for v in span.boxes[0])
    assert np.asarray(picture.crop((x0, y0, x1, y1))).min() < 110, "no ink below the box"


def test_only_pages_without_a_usable_layer_are_recognised(
    tmp_path: Path, born_digital: Path
) -> None:
    scan = images_to_pdf(render_scan(born_digital, stamp=False), tmp_path / "scan.pdf")
    with pymupdf.open(born_digital) as mixed, pymupdf.open(scan) as second:
        mixed.insert_pdf(second)
        mixed.new_page()
        path = written(tmp_path, "mixed.pdf", mixed.tobytes())
    source = read_source(path)
    assert [p.method for p in source.pages or []] == ["text", "ocr", "empty"]
    assert error_rate(source.text, flat() * 2) <= 0.005


def test_a_stamped_line_over_a_scan_does_not_stand_for_the_page(
    tmp_path: Path, born_digital: Path
) -> None:
    """An archive prints its mark as text onto scanned pages: both are read, the mark once."""
    stamp = "江城市北岸区人民检察院电子卷宗 证据材料卷 第3册 2024年5月6日导出 仅供办案使用"
    scan = images_to_pdf(render_scan(born_digital, stamp=False, skew=0), tmp_path / "scan.pdf")
    with pymupdf.open(scan) as document:
        document[0].insert_text((80, 60), stamp, fontname="china-s", fontsize=10)
        path = written(tmp_path, "a.pdf", document.tobytes())
    source = read_source(path)
    assert [p.method for p in source.pages or []] == ["ocr"]
    assert "电子卷宗证据材料卷" in source.text
    assert source.text.count("电子卷宗") == 1
    assert error_rate(source.text, stamp + flat()) <= 0.01


def test_the_scanners_own_layer_under_a_picture_is_used(tmp_path: Path, born_digital: Path) -> None:
    scan = images_to_pdf(render_scan(born_digital, dpi=100), tmp_path / "scan.pdf", dpi=100)
    with pymupdf.open(scan) as document, pymupdf.open(born_digital) as words:
        writer = pymupdf.TextWriter(document[0].rect)
        for x0, _, _, y1, text, *_ in words[0].get_text("words"):
            writer.append((x0, y1 - 4), text, font=pymupdf.Font("cjk"), fontsize=14)
        writer.write_text(document[0], render_mode=3)
        path = written(tmp_path, "a.pdf", document.tobytes())
    source = read_source(path)
    assert [p.method for p in source.pages or []] == ["text"]
    assert "孙立诚" in source.text
    assert source.hidden == []


@pytest.mark.parametrize("form", ["JPEG", "BMP", "WEBP"])
def test_picture_formats(tmp_path: Path, scrap: Image.Image, scrap_text: str, form: str) -> None:
    path = tmp_path / f"a.{form.lower()}"
    scrap.save(path, form)
    assert error_rate(read_source(path).text, scrap_text) <= 0.01


def test_every_frame_of_a_tiff_is_a_page_and_a_bad_one_is_listed(
    tmp_path: Path, scrap: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = scrap.convert("L")
    blank = Image.new("L", page.size, 255)
    path = tmp_path / "a.tif"
    page.save(path, save_all=True, append_images=[blank, page], dpi=(150, 150))
    real = ocr.recognise
    calls: list[int] = []

    def failing(picture: ocr.Picture) -> tuple[int, float, list[ocr.Recognised]]:
        calls.append(1)
        if len(calls) == 3:
            raise MemoryError
        return real(picture)

    monkeypatch.setattr(ocr, "recognise", failing)
    source = read_source(path)
    assert [p.method for p in source.pages or []] == ["ocr", "empty", "failed"]
    assert source.pages_failed == [3]
    assert (source.pages or [])[0].width == pytest.approx(595, abs=2)


def test_orientation_of_a_photograph_is_honoured(
    tmp_path: Path, scrap: Image.Image, scrap_text: str
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "a.jpg"
    scrap.rotate(90, expand=True).save(path, exif=exif)
    source = read_source(path)
    assert error_rate(source.text, scrap_text) <= 0.01
    first = (source.pages or [])[0]
    assert first.width > first.height


def test_a_photograph_without_text_is_refused(tmp_path: Path) -> None:
    """Stands for the cat: a natural picture, smooth shapes and grain, not one letter."""
    rng = np.random.default_rng(1)
    y, x = np.mgrid[0:600, 0:800]
    fur = 120 + 60 * np.sin(x / 90) * np.cos(y / 70) + rng.normal(0, 12, (600, 800))
    eye = 90 * (((x - 300) ** 2 + (y - 250) ** 2) < 1600)
    pixels = np.clip(np.stack([fur + eye, fur * 0.8, fur * 0.6], axis=-1), 0, 255)
    path = tmp_path / "猫.jpg"
    Image.fromarray(pixels.astype(np.uint8)).save(path, quality=85)
    with pytest.raises(NoText, match=r"「猫\.jpg」"):
        read_source(path)
