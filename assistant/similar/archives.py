"""ZIPs of documents: unpacked some files at a time, into a private folder, and not trusted."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from ingestion.errors import DamagedFile, HostileFile, InputError, TooLarge
from ingestion.readers.guard import MAX_FILE_BYTES, MAX_ZIP_RATIO, RATIO_FROM_BYTES

_UTF8_NAMES = 0x800
_FOLDER = ".unpacked-"
_FILES_AT_ONCE = 500


def unpacked(
    path: Path, suffixes: Collection[str], scratch: Path
) -> Iterator[list[tuple[str, Path | InputError]]]:
    """Its files of these kinds: (name to show, where it lies now or why it does not), in lots.

    A lot lies in `scratch` until the next one is asked for. Raises DamagedFile.
    """
    for left in scratch.glob(f"{_FOLDER}*"):
        # Of a process that was killed.
        shutil.rmtree(left, ignore_errors=True)
    try:
        with zipfile.ZipFile(path) as archive:
            rest = iter([e for e in archive.infolist() if _is_wanted(e, suffixes)])
            while entries := list(_lot(rest)):
                with tempfile.TemporaryDirectory(prefix=_FOLDER, dir=scratch) as folder:
                    yield [
                        (name := f"{path.name}/{_name(e)}", _unpack(archive, e, Path(folder), name))
                        for e in entries
                    ]
    except (zipfile.BadZipFile, OSError) as error:
        raise DamagedFile(f"「{path.name}」不是完好的 ZIP 文件，打不开。") from error


def _is_wanted(entry: zipfile.ZipInfo, suffixes: Collection[str]) -> bool:
    inner = PurePosixPath(entry.filename)
    hidden = inner.name.startswith((".", "~$")) or "__MACOSX" in inner.parts
    return not (entry.is_dir() or hidden) and inner.suffix.lower() in suffixes


def _lot(rest: Iterator[zipfile.ZipInfo]) -> Iterator[zipfile.ZipInfo]:
    """At least one, and no more than the disk has to hold beside everything else."""
    size = 0
    for number, entry in enumerate(rest, 1):
        yield entry
        size += entry.file_size
        if number == _FILES_AT_ONCE or size > MAX_FILE_BYTES:
            return


def _name(entry: zipfile.ZipInfo) -> str:
    """Chinese names of older programs are GBK, whatever the format says."""
    if entry.flag_bits & _UTF8_NAMES:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gbk")
    except UnicodeError:
        return entry.filename


def _unpack(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, name: str
) -> Path | InputError:
    if entry.file_size > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 2**20
        return TooLarge(f"「{name}」超过 {limit} MB 的上限，请拆分后再导入。")
    ratio = entry.file_size / max(entry.compress_size, 1)
    if entry.file_size > RATIO_FROM_BYTES and ratio > MAX_ZIP_RATIO:
        return HostileFile(f"「{name}」压缩得异常紧，可能是压缩炸弹，未导入。")
    try:
        with archive.open(entry) as stream:
            # The size that the archive states is not to be trusted.
            data = stream.read(entry.file_size + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
        return DamagedFile(f"「{name}」已损坏或有密码，无法解压。")
    if len(data) > entry.file_size:
        return HostileFile(f"「{name}」的大小与压缩包所记不符，未导入。")
    target = folder / f"{entry.header_offset}{PurePosixPath(entry.filename).suffix.lower()}"
    target.write_bytes(data)
    return target
