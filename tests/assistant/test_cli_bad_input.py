"""Bad input on the command line: one Chinese sentence, exit code 2, nothing half-written."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest
from PIL import Image, ImageDraw
from samples import CIVIL_JUDGMENT, INDICTMENT, JUDGMENT

from assistant.cli import main


def _pdf(path: Path, pages: int = 1, **save: object) -> Path:
    document = pymupdf.open()
    for _ in range(pages):
        document.new_page()
    document.save(path, **save)
    return path


def _empty(folder: Path) -> Path:
    path = folder / "空.pdf"
    path.write_bytes(b"")
    return path


def _encrypted(folder: Path) -> Path:
    return _pdf(
        folder / "加密.pdf",
        encryption=pymupdf.PDF_ENCRYPT_AES_256,
        owner_pw="owner",
        user_pw="user",
    )


def _three_thousand_pages(folder: Path) -> Path:
    return _pdf(folder / "太长.pdf", pages=3000)


def _zip_as_docx(folder: Path) -> Path:
    path = folder / "压缩包.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "not a document")
    return path


def _external_entity(folder: Path) -> Path:
    path = folder / "外部实体.docx"
    body = (
        '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    types = (
        '<?xml version="1.0"?><Types xmlns='
        '"http://schemas.openxmlformats.org/package/2006/content-types"/>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("word/document.xml", body)
    return path


def _huge_image(folder: Path) -> Path:
    """A real PNG of 200 megapixels in a few kilobytes: one bit a pixel, all white."""
    path = folder / "巨图.png"
    width, height = 20_000, 10_000
    rows = (b"\0" + b"\xff" * (width // 8)) * height

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 1))
        + chunk(b"IEND", b"")
    )
    return path


def _damaged_image(folder: Path) -> Path:
    path = folder / "坏图.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    return path


def _cat(folder: Path) -> Path:
    path = folder / "猫.jpg"
    picture = Image.new("RGB", (640, 480), (214, 226, 233))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((200, 160, 440, 400), fill=(148, 110, 72))
    pen.polygon([(215, 215), (235, 95), (310, 175)], fill=(148, 110, 72))
    pen.polygon([(425, 215), (405, 95), (330, 175)], fill=(148, 110, 72))
    pen.ellipse((255, 240, 295, 280), fill=(60, 140, 70))
    pen.ellipse((345, 240, 385, 280), fill=(60, 140, 70))
    pen.polygon([(308, 310), (332, 310), (320, 328)], fill=(210, 120, 130))
    picture.save(path, "JPEG")
    return path


def _civil(folder: Path) -> Path:
    path = folder / "民事.txt"
    path.write_text(CIVIL_JUDGMENT, encoding="utf-8")
    return path


def _missing(folder: Path) -> Path:
    return folder / "没有.pdf"


CASES = [
    pytest.param(_empty, "空", id="a file of no bytes"),
    pytest.param(_encrypted, "加密", id="a PDF with a password"),
    pytest.param(_three_thousand_pages, "3000", id="more pages than any case document"),
    pytest.param(_zip_as_docx, "docx", id="a ZIP that calls itself DOCX"),
    pytest.param(_external_entity, "外部实体", id="a DOCX that wants other files"),
    pytest.param(_huge_image, "像素", id="an image bomb"),
    pytest.param(_damaged_image, "损坏", id="a picture that breaks off after its first bytes"),
    pytest.param(_cat, "文字", id="a picture without text"),
    pytest.param(_civil, "民事判决书", id="a civil judgment"),
    pytest.param(_missing, "找不到", id="no such file"),
]


def _run(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.argv", ["assistant", *arguments])
    with pytest.raises(SystemExit) as stop:
        main()
    return int(stop.value.code or 0)


@pytest.mark.parametrize(("make", "word"), CASES)
@pytest.mark.parametrize("verb", ["extract", "check"])
def test_one_clear_sentence(
    make: Callable[[Path], Path],
    word: str,
    verb: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    target = tmp_path / "out.json"
    extra = ["--no-model"] if verb == "check" else []
    code = _run([verb, str(make(tmp_path)), *extra, "--json", str(target)], monkeypatch)
    lines = capsys.readouterr().err.strip().splitlines()
    assert code == 2
    assert len(lines) == 1, lines
    assert word in lines[0]
    assert lines[0].endswith("。")
    assert not target.exists()


def test_two_documents_of_different_cases_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    indictment, judgment = tmp_path / "起诉书.txt", tmp_path / "判决书.txt"
    indictment.write_text(
        INDICTMENT.replace("罗庆生", "徐长河").replace("52号", "53号"), encoding="utf-8"
    )
    judgment.write_text(JUDGMENT, encoding="utf-8")
    report = tmp_path / "report.docx"
    arguments = ["compare", "--indictment", str(indictment), "--judgment", str(judgment)]
    code = _run([*arguments, "--no-model", "--report", str(report)], monkeypatch)
    assert code == 2
    assert "不是同一案件" in capsys.readouterr().err
    assert not report.exists()


def test_two_indictments_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "甲.txt", tmp_path / "乙.txt"
    first.write_text(INDICTMENT, encoding="utf-8")
    second.write_text(INDICTMENT.replace("罗庆生", "徐长河"), encoding="utf-8")
    arguments = ["compare", "--indictment", str(first), "--judgment", str(second), "--no-model"]
    assert _run(arguments, monkeypatch) == 2
    assert "起诉书，不是判决书" in capsys.readouterr().err


def test_an_unwritable_report_type_is_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "起诉书.txt"
    path.write_text(INDICTMENT, encoding="utf-8")
    arguments = ["check", str(path), "--no-model", "--report", str(tmp_path / "report.xyz")]
    assert _run(arguments, monkeypatch) == 2
    assert ".xyz" in capsys.readouterr().err
