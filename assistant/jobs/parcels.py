"""Many files handed in at once, parted into cases: each sub-folder one, each loose file one.

A ZIP is taken for the folder it holds. What the system or an editor leaves beside documents
(hidden files, lock files) is passed over.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING

from assistant.jobs.staging import Upload
from ingestion.errors import DamagedFile, EncryptedFile, HostileFile, TooLarge
from ingestion.readers.guard import MAX_ZIP_ENTRIES, MAX_ZIP_RATIO, MAX_ZIP_UNPACKED

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_CASES = 500
RATIO_FROM_BYTES = 2**20
UTF8_NAME = 0x800
ENCRYPTED = 0x1
_LEFT_BESIDE = ("__MACOSX", "Thumbs.db", "desktop.ini")

Case = tuple[str, Sequence[Upload]]


@contextmanager
def parted(files: Iterable[Upload]) -> Iterator[list[Case]]:
    """The cases among the files, each with its name; their streams can be read within.

    Raises InputError for a ZIP that cannot be read or tries tricks, and for too many cases.
    """
    with ExitStack() as stack:
        loose: list[tuple[PurePosixPath, Upload]] = []
        cases: list[Case] = []
        for file in files:
            if file.name.lower().endswith(".zip"):
                cases += _cases(_unpacked(file, stack))
            else:
                loose.append((_path(file.name), file))
        cases += _cases(loose)
        if len(cases) > MAX_CASES:
            raise TooLarge(f"一次共 {len(cases)} 件，超过 {MAX_CASES} 件的上限，请分批上传。")
        try:
            yield cases
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise DamagedFile("压缩包已损坏，无法解开，请重新打包后再上传。") from error


def _cases(files: list[tuple[PurePosixPath, Upload]]) -> list[Case]:
    files = [(path, file) for path, file in files if path.name and not _is_left_beside(path)]
    depth = _shared_depth([path for path, _ in files])
    cases: dict[tuple[str, int], list[Upload]] = {}
    for number, (path, file) in enumerate(files):
        inner = path.parts[depth:]
        # A loose file is a case of its own, even beside another of its name.
        key = (inner[0], -1) if len(inner) > 1 else (path.stem, number)
        cases.setdefault(key, []).append(Upload(path.name, file.stream))
    return [(name, uploads) for (name, _), uploads in cases.items()]


def _shared_depth(paths: list[PurePosixPath]) -> int:
    """How many folders all paths have in common: the folder that was chosen, or zipped."""
    depth = 0
    while paths and all(len(p.parts) > depth + 1 for p in paths):
        if len({p.parts[depth] for p in paths}) > 1:
            break
        depth += 1
    return depth


def _is_left_beside(path: PurePosixPath) -> bool:
    return any(p.startswith((".", "~$")) or p in _LEFT_BESIDE for p in path.parts)


def _path(name: str) -> PurePosixPath:
    return PurePosixPath(
        *[p for p in name.replace("\\", "/").split("/") if p not in ("", ".", "..")]
    )


def _unpacked(file: Upload, stack: ExitStack) -> list[tuple[PurePosixPath, Upload]]:
    try:
        archive = stack.enter_context(zipfile.ZipFile(file.stream))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, ValueError) as error:
        raise DamagedFile(
            f"“{file.name}”不是可以解开的 ZIP 压缩包，请重新打包后再上传。"
        ) from error
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    _check(entries, file.name)
    return [
        (_path(_name(entry)), Upload(entry.filename, io.BufferedReader(_Entry(archive, entry))))
        for entry in entries
    ]


def _check(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > MAX_ZIP_ENTRIES:
        raise HostileFile(
            f"“{name}”内含 {len(entries)} 个文件，超过 {MAX_ZIP_ENTRIES} 个的上限，请分批上传。"
        )
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise EncryptedFile(f"“{name}”设有密码，请去除密码后再上传。")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_ZIP_UNPACKED:
        limit = MAX_ZIP_UNPACKED // 2**20
        raise HostileFile(f"“{name}”解压后超过 {limit} MB 的上限，请分批上传。")
    for entry in entries:
        packed = max(entry.compress_size, 1)
        if entry.file_size > RATIO_FROM_BYTES and entry.file_size > MAX_ZIP_RATIO * packed:
            raise HostileFile(f"“{name}”含有压缩比异常的文件（疑似压缩炸弹），已拒绝读取。")


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as it was typed: Chinese systems write GBK where the format says nothing."""
    if entry.flag_bits & UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename


class _Entry(io.RawIOBase):
    """One file of an archive, opened when it is first read and closed at its end."""

    def __init__(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        self._archive = archive
        self._entry = entry
        self._open: IO[bytes] | None = None
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        if self._ended:
            return 0
        if self._open is None:
            self._open = self._archive.open(self._entry)
        view = memoryview(buffer)
        content = self._open.read(len(view))
        view[: len(content)] = content
        if not content:
            self._ended = True
            self._open.close()
        return len(content)
