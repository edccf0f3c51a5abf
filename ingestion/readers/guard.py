"""What may come in: kinds told by content, limits held before anything costs memory.

Every refusal is one Chinese sentence that names the file and says what to do.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Literal, NoReturn

from ingestion.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    HostileFile,
    NotFound,
    TooLarge,
    UnsupportedType,
)

MAX_FILE_BYTES = 200 * 2**20
MAX_PDF_PAGES = 2_000
MAX_IMAGE_PIXELS = 100_000_000
MAX_IMAGE_FRAMES = MAX_PDF_PAGES
MAX_ZIP_ENTRIES = 2_000
MAX_ZIP_UNPACKED = 512 * 2**20
MAX_ZIP_RATIO = 100
RATIO_FROM_BYTES = 2**20
"""An entry that unpacks to less than this may be packed as tightly as it likes."""

Kind = Literal["pdf", "docx", "image", "html", "text"]

_EXTENSIONS: dict[str, Kind] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".doc": "docx",
    ".wps": "docx",
    ".htm": "html",
    ".html": "html",
    ".txt": "text",
    ".md": "text",
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"), "image"),
}
SUFFIXES = frozenset(_EXTENSIONS) | {".rtf", ".ofd"}
"""Names that promise a document; of some kinds we can only say how to save them anew."""
_NAMES: dict[Kind, str] = {
    "pdf": "PDF",
    "docx": "Word（DOCX）文档",
    "image": "图片",
    "html": "网页（HTML）",
    "text": "纯文本",
}
_TIFF_MAGIC = (b"II*\x00", b"MM\x00*")
_IMAGE_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", *_TIFF_MAGIC, b"BM")
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_XML_NAME = re.compile(r"\.(?:xml|rels|vml|xhtml)$", re.IGNORECASE)


def load(path: Path) -> bytes:
    """The file's bytes.

    Raises NotFound, EmptyFile or TooLarge (before reading).
    """
    try:
        return _load(path)
    except OSError as error:
        raise NotFound(f"打不开文件「{path.name}」，请检查读取权限和磁盘。") from error


def _load(path: Path) -> bytes:
    if not path.is_file():
        raise NotFound(f"找不到文件「{path.name}」，请检查路径是否正确。")
    size = path.stat().st_size
    if size == 0:
        raise EmptyFile(f"「{path.name}」是空文件（0 字节），请重新导出或上传原文件。")
    if size > MAX_FILE_BYTES:
        raise TooLarge(
            f"「{path.name}」有 {size / 2**20:.0f} MB，超过 {MAX_FILE_BYTES // 2**20} MB 的上限，"
            "请拆分后再上传。"
        )
    return path.read_bytes()


def kind_of(data: bytes, file: str) -> Kind:
    """The kind of file by its content.

    Raises UnsupportedType, EncryptedFile, HostileFile or DamagedFile.
    """
    kind = _sniff(data, file)
    named = _EXTENSIONS.get(Path(file).suffix.lower())
    plain = {"html", "text"}
    if named is not None and named != kind and not {named, kind} <= plain:
        raise UnsupportedType(
            f"「{file}」的扩展名与内容不符：内容是{_NAMES[kind]}，不是{_NAMES[named]}，"
            "请核对文件后重新上传。"
        )
    return "html" if named == "html" else kind


def _sniff(data: bytes, file: str) -> Kind:
    head = data[:1024]
    if head.startswith(b"%PDF-") or (b"%PDF-" in head and not head.lstrip().startswith(b"<")):
        return "pdf"
    if head.startswith(_TIFF_MAGIC):
        _check_tiff(data, file)
    if head.startswith(_IMAGE_MAGIC) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        check_docx(data, file)
        return "docx"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        _refuse_ole(data, file)
    if head.startswith(b"{\\rtf"):
        raise UnsupportedType(f"「{file}」是 RTF 文档，暂不支持，请另存为 DOCX 或 PDF 后再上传。")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<!doctype html", b"<html")) or b"<html" in text or b"<body" in text:
        return "html"
    if text.startswith(b"<?xml"):
        raise UnsupportedType(
            f"「{file}」是 XML 文件，不是可读的文书，请另存为 DOCX 或 PDF 后再上传。"
        )
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) and not _utf16(head):
        raise UnsupportedType(
            f"「{file}」不是可识别的文书格式，请上传 PDF、DOCX、图片、TXT 或 HTML 文件。"
        )
    return "text"


def _check_tiff(data: bytes, file: str) -> None:
    """Refuse a TIFF of too many pages, which its reader would spend minutes on counting."""
    order = "<" if data[:2] == b"II" else ">"
    seen: set[int] = set()
    with suppress(struct.error):
        (at,) = struct.unpack_from(f"{order}I", data, 4)
        while at and at not in seen:
            seen.add(at)
            if len(seen) > MAX_IMAGE_FRAMES:
                raise TooLarge(f"「{file}」超过 {MAX_IMAGE_FRAMES} 页的上限，请拆分后再上传。")
            (entries,) = struct.unpack_from(f"{order}H", data, at)
            (at,) = struct.unpack_from(f"{order}I", data, at + 2 + 12 * entries)


def _utf16(head: bytes) -> bool:
    """UTF-16 without a mark: line feeds and digits give zero bytes on one side only."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return len(head) >= 16 and min(even, odd) == 0 and max(even, odd) * 20 >= 1


def _refuse_ole(data: bytes, file: str) -> NoReturn:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedFile(f"「{file}」是加密文件，请先去除打开密码后再上传。")
    raise UnsupportedType(
        f"「{file}」是旧版 Word（DOC/WPS）文档，请用 Word 或 WPS 另存为 DOCX 后再上传。"
    )


def check_docx(data: bytes, file: str) -> None:
    """Refuse a ZIP that is no DOCX or that tries tricks; nothing is parsed as XML here.

    Raises UnsupportedType, EncryptedFile, HostileFile, TooLarge or DamagedFile.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_entries(archive.infolist(), file)
            names = set(archive.namelist())
            if "word/document.xml" not in names:
                _refuse_zip(names, file)
            for entry in archive.infolist():
                if _XML_NAME.search(entry.filename):
                    _check_xml(archive, entry, file)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, NotImplementedError) as e:
        raise _damaged(file) from e
    except (ValueError, RuntimeError, zlib.error) as e:
        raise _damaged(file) from e


def _damaged(file: str) -> DamagedFile:
    return DamagedFile(f"「{file}」已损坏或不完整，无法打开，请重新导出或上传原文件。")


def _refuse_zip(names: set[str], file: str) -> NoReturn:
    if "OFD.xml" in names:
        raise UnsupportedType(f"「{file}」是 OFD 版式文件，暂不支持，请转换为 PDF 后再上传。")
    raise UnsupportedType(
        f"「{file}」是压缩包，不是 Word 文档，请解压后上传其中的文书（DOCX、PDF 等）。"
    )


def _check_entries(entries: list[zipfile.ZipInfo], file: str) -> None:
    if len(entries) > MAX_ZIP_ENTRIES:
        raise HostileFile(
            f"「{file}」内含 {len(entries)} 个部件，超过 {MAX_ZIP_ENTRIES} 个的上限，"
            "疑似压缩炸弹，已拒绝读取；请用 Word 另存为新的 DOCX 后再上传。"
        )
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if entry.flag_bits & 0x1:
            raise EncryptedFile(f"「{file}」是加密文件，请先去除打开密码后再上传。")
        if name.startswith("/") or ":" in name or ".." in name.split("/"):
            raise _hostile(file, "含有越出文档的路径")
        if name.lower() in seen:
            raise _hostile(file, "含有重名部件")
        seen.add(name.lower())
        packed = max(entry.compress_size, 1)
        if entry.file_size > RATIO_FROM_BYTES and entry.file_size > MAX_ZIP_RATIO * packed:
            raise _hostile(file, "含有压缩比异常的部件（疑似压缩炸弹）")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_ZIP_UNPACKED:
        raise HostileFile(
            f"「{file}」解压后达 {total / 2**20:.0f} MB，超过上限 {MAX_ZIP_UNPACKED // 2**20} MB，"
            "已拒绝读取；请压缩其中的图片或拆分后再上传。"
        )


def _hostile(file: str, what: str) -> HostileFile:
    return HostileFile(f"「{file}」{what}，已拒绝读取；请用 Word 另存为新的 DOCX 后再上传。")


def _check_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: str) -> None:
    """Look for a document type in the whole part, in whichever encoding it is written."""
    with archive.open(entry) as part:
        content = part.read(MAX_ZIP_UNPACKED)
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:64]:
        content = content.replace(b"\x00", b"")
    if _DTD.search(content):
        raise _hostile(file, "含有外部实体或文档类型声明")
