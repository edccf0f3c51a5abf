"""Bad input: each refused for its own reason, in one Chinese sentence that names the file."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingestion.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    HostileFile,
    InputError,
    NoText,
    NotFound,
    TooLarge,
    UnsupportedType,
)
from ingestion.readers import guard, read_source, source_from_text
from tests.ingestion.paper import docx_bytes, paragraph, pdf_bytes, written


def _encrypted_pdf() -> bytes:
    with pymupdf.open(stream=pdf_bytes(), filetype="pdf") as document:
        how = pymupdf.PDF_ENCRYPT_AES_256
        return bytes(document.tobytes(encryption=how, user_pw="a", owner_pw="b"))


def _many_pages() -> bytes:
    with pymupdf.open() as document:
        for _ in range(3_000):
            document.new_page()
        return bytes(document.tobytes())


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\x00" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def _zip(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def _docx_plus(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO(docx_bytes(paragraph("正文")))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


def _doctype(part: str, encoding: str = "utf-8") -> bytes:
    xml = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    return _docx_plus((part, xml.encode(encoding)))


_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]><l>&a9;</l>"
).encode()


def _password_zip() -> bytes:
    data = bytearray(docx_bytes(paragraph("正文")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(mark), bytes(data)):
            data[found.start() + offset] |= 1
    return bytes(data)


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
_CASES: list[tuple[str, Callable[[], bytes], type[InputError], str]] = [
    ("空.pdf", lambda: b"", EmptyFile, "空文件"),
    ("起诉书.pdf", _encrypted_pdf, EncryptedFile, "加密"),
    ("卷宗.pdf", _many_pages, TooLarge, "3000 页"),
    ("假.docx", lambda: _zip(readme_dot_txt=b"x"), UnsupportedType, "压缩包"),
    ("表.docx", lambda: _zip(xl__workbook_dot_xml=b"<x/>"), UnsupportedType, "压缩包"),
    ("版式.ofd", lambda: _zip(OFD_dot_xml=b"<x/>"), UnsupportedType, "OFD"),
    ("网页.pdf", lambda: "<html><body>判决书</body></html>".encode(), UnsupportedType, "网页"),
    ("文本.docx", lambda: "判决书正文".encode(), UnsupportedType, "扩展名"),
    ("扫描.txt", lambda: pdf_bytes(), UnsupportedType, "扩展名"),
    ("大图.png", lambda: _png(20_000, 10_000), TooLarge, "200 百万像素"),
    ("稍大.png", lambda: _png(11_000, 10_000), TooLarge, "110 百万像素"),
    ("断.png", lambda: _png(400, 300)[:60], DamagedFile, "损坏"),
    ("旧.doc", lambda: _OLE, UnsupportedType, "另存为 DOCX"),
    ("密.docx", lambda: _OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedFile, "加密"),
    ("密二.docx", _password_zip, EncryptedFile, "加密"),
    ("半.pdf", lambda: pdf_bytes()[:5000], DamagedFile, "损坏"),
    ("坏.pdf", lambda: b"%PDF-1.7\n" + b"\x00\xff" * 500, DamagedFile, "损坏"),
    ("半.docx", lambda: docx_bytes(paragraph("正文"))[:300], DamagedFile, "损坏"),
    ("乱.docx", lambda: docx_bytes("<w:p><w:r>"), DamagedFile, "损坏"),
    ("实体.docx", lambda: _doctype("word/settings.xml"), HostileFile, "实体"),
    ("关系.docx", lambda: _doctype("word/_rels/document.xml.rels"), HostileFile, "实体"),
    ("根关系.docx", lambda: _doctype("_rels/.rels"), HostileFile, "实体"),
    ("膨胀.docx", lambda: _docx_plus(("word/settings.xml", _LAUGHS)), HostileFile, "实体"),
    ("宽码.docx", lambda: _doctype("word/theme.xml", "utf-16"), HostileFile, "实体"),
    ("路径.docx", lambda: _docx_plus(("../../etc/x.xml", b"<x/>")), HostileFile, "路径"),
    ("绝对.docx", lambda: _docx_plus(("/etc/x.xml", b"<x/>")), HostileFile, "路径"),
    ("重名.docx", lambda: _docx_plus(("word/Document.xml", b"<x/>")), HostileFile, "重名"),
    ("炸弹.docx", lambda: _docx_plus(("word/media/a.bin", b"\x00" * 3_000_000)), HostileFile, "压缩比"),
    ("许多.docx", lambda: _docx_plus(*((f"word/m/{i}", b"") for i in range(2_001))), HostileFile, "2003 个"),
    ("富文本.rtf", lambda: rb"{\rtf1 abc}", UnsupportedType, "RTF"),
    ("程序.exe", lambda: b"MZ\x90\x00\x03\x00\x00\x00\x04" + b"\x00" * 99, UnsupportedType, "格式"),
    ("乱码.txt", lambda: ("判决书如下被告人犯盗窃罪判处有期徒刑六个月".encode().decode("latin-1").replace("\xa4", "") * 2).encode(), DamagedFile, "乱码"),
    ("乱码二.txt", lambda: "判决书如下被告人犯盗窃罪判处有期徒刑六个月".encode().decode("gb18030", "replace").encode(), DamagedFile, "乱码"),
    ("空白.txt", lambda: b" \r\n\t\r\n", NoText, "没有可读的文字"),
    ("白页.pdf", lambda: pdf_bytes(("",), number=None), NoText, "没有可识别的文字"),
]  # fmt: skip


@pytest.mark.timeout(30)
@pytest.mark.parametrize(("name", "build", "error", "says"), _CASES, ids=[c[0] for c in _CASES])
def test_refused_with_one_clear_sentence(
    tmp_path: Path, name: str, build: Callable[[], bytes], error: type[InputError], says: str
) -> None:
    path = written(tmp_path, name, build())
    with pytest.raises(error) as caught:
        read_source(path)
    sentence = str(caught.value)
    assert type(caught.value) is error
    assert f"「{name}」" in sentence
    assert says in sentence
    assert sentence.endswith("。")
    assert sentence.count("。") == 1
    assert "\n" not in sentence


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "无.pdf", tmp_path):
        with pytest.raises(NotFound, match=path.name):
            read_source(path)


def test_oversized_file_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "大.pdf", pdf_bytes())
    monkeypatch.setattr(guard, "MAX_FILE_BYTES", 1000)
    with pytest.raises(TooLarge, match=r"「大\.pdf」"):
        read_source(path)


def test_what_unpacks_to_too_much_in_all_is_refused_by_the_directory_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each entry is packed honestly; together they are too large."""
    path = written(tmp_path, "厚.docx", _docx_plus(*((f"word/m/{i}.bin", b"x") for i in range(9))))
    monkeypatch.setattr(guard, "MAX_ZIP_UNPACKED", 200)
    with pytest.raises(HostileFile, match=r"「厚\.docx」解压后达"):
        read_source(path)


def test_blank_text_at_hand_is_refused() -> None:
    with pytest.raises(NoText):
        source_from_text(" \n　")


def test_content_decides_where_the_name_says_nothing(tmp_path: Path) -> None:
    assert read_source(written(tmp_path, "起诉书", pdf_bytes())).media_type == "application/pdf"
    assert (
        "wordprocessingml"
        in read_source(written(tmp_path, "x", docx_bytes(paragraph("正文")))).media_type
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, 2**32 - 1), st.sampled_from(["pdf", "docx"]))
def test_damaged_bytes_never_crash(tmp_path: Path, seed: int, form: str) -> None:
    """Whatever is flipped: read in full with all pages listed, or refused by our own error."""
    rng = random.Random(seed)
    data = bytearray(pdf_bytes() if form == "pdf" else docx_bytes(paragraph("正文" * 50)))
    for _ in range(rng.randint(1, 20)):
        data[rng.randrange(5, len(data))] = rng.randrange(256)
    path = written(tmp_path, f"a.{form}", bytes(data))
    source, refusal = None, ""
    try:
        source = read_source(path)
    except InputError as error:
        refusal = str(error)
    if source is None:
        assert f"「a.{form}」" in refusal
    else:
        numbers = [page.number for page in source.pages or []]
        assert numbers == list(range(1, len(numbers) + 1))
