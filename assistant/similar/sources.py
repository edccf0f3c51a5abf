"""What is to be imported, one case at a time: documents, JSON lines, and ZIPs of both.

Nothing is read twice: input that the bank knows by its hash is passed over before it is
opened. Documents are read by worker processes, so that a file on which a reader dies costs
nothing but itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.similar.archives import unpacked
from assistant.similar.stored import case_of_document, case_of_facts
from ingestion import parse, read_document
from ingestion.errors import (
    DamagedFile,
    InputError,
    NoText,
    NotFound,
    WrongDocument,
)
from ingestion.folder import attempt, crashed, get_ready
from ingestion.model import CaseDocument
from ingestion.parallel import Crash, Spread, sensible_jobs
from ingestion.readers import source_from_text
from ingestion.readers.guard import (
    SUFFIXES,
)
from knowledge_base.casebank import StoredCase

_LINES = (".jsonl", ".ndjson")
_ZIP = ".zip"
_FEW = 3
"""So many documents are read sooner in this process than it takes to start others."""
Known = Callable[[str], bool]


@dataclass(frozen=True)
class Item:
    """One piece of input: where it is from, its hash, and what it is.

    `case` is None where it is known already, and an InputError where it cannot be used.
    """

    name: str
    raw: str
    case: StoredCase | InputError | None


def find(paths: Sequence[Path]) -> list[Path]:
    """The files under the paths that may hold cases, in a fixed order.

    Raises NotFound for a path that is not there, InputError where nothing is found.
    """
    for path in paths:
        if not path.exists():
            raise NotFound(f"找不到“{path}”，请检查路径。")
    found = [file for path in paths for file in _below(path)]
    if not found:
        raise InputError("没有可导入的文件（PDF、DOCX、图片、TXT、HTML、JSONL 或 ZIP）。")
    return found


def expected(files: Sequence[Path]) -> int:
    """How many items the files will give, for a progress bar; what is packed counts as one."""
    count = 0
    for path in files:
        count += 1
        if path.suffix.lower() in _LINES:
            with suppress(OSError), path.open("rb") as stream:
                count += sum(1 for line in stream if line.strip()) - 1
        elif path.suffix.lower() == _ZIP:
            with suppress(OSError, zipfile.BadZipFile), zipfile.ZipFile(path) as archive:
                count += len(archive.infolist()) - 1
    return count


def items(files: Sequence[Path], known: Known, scratch: Path) -> Iterator[Item]:
    """What is in the files, in a fixed order and few at a time: documents first.

    What has to be unpacked lies in `scratch` meanwhile.
    """
    gathered = (*_LINES, _ZIP)
    documents = [path for path in files if path.suffix.lower() not in gathered]
    yield from _documents([(path, path.name) for path in documents], known)
    for path in files:
        if path.suffix.lower() == _ZIP:
            yield from _zip(path, known, scratch)
        elif path.suffix.lower() in _LINES:
            yield from _lines(path, path.name, known)


def _below(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    kinds = SUFFIXES | {*_LINES, _ZIP}
    for root, folders, names in os.walk(path):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")) and Path(name).suffix.lower() in kinds:
                yield Path(root) / name


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        # Whoever reads it says what is wrong with it.
        return ""


def _documents(files: Sequence[tuple[Path, str]], known: Known) -> Iterator[Item]:
    """Documents, each under the name that is shown."""
    new = []
    for path, name in files:
        raw = _hash(path)
        if raw and known(raw):
            yield Item(name, raw, None)
        else:
            new.append((path, name, raw))
    if not new:
        return
    todo = [(path, name) for path, name, _ in new]
    if len(todo) <= _FEW:
        yield from (Item(name, raw, _read((path, name))) for path, name, raw in new)
        return
    get_ready()
    with closing(Spread(_read, todo, jobs=sensible_jobs(len(todo)))) as results:
        for (path, name, raw), result in zip(new, results, strict=True):
            yield Item(name, raw, crashed(path) if isinstance(result, Crash) else result)


def _read(file: tuple[Path, str]) -> StoredCase | InputError:
    path, name = file

    def read(place: Path) -> StoredCase:
        return _judgment(read_document(place), name)

    return attempt(read, path)


def _judgment(document: CaseDocument, name: str) -> StoredCase:
    """Raises WrongDocument for what is no judgment, NoText for one that tells no facts."""
    if document.type != "judgment":
        raise WrongDocument(f"「{name}」不是刑事判决书，案例库只收判决书（或只有案情的 JSON 行）。")
    if document.source.pages_failed:
        pages = "、".join(str(page) for page in document.source.pages_failed)
        raise DamagedFile(f"「{name}」第 {pages} 页没有读出，未导入，请重新扫描或导出。")
    return _with_facts(case_of_document(document), name)


def _with_facts(case: StoredCase, name: str) -> StoredCase:
    if not case.passages:
        raise NoText(f"「{name}」里没有找到案情，未导入。")
    return case.model_copy(update={"source": name})


def _lines(path: Path, name: str, known: Known) -> Iterator[Item]:
    """One case a line: `fd` is a whole judgment, `text` (with `charges`) the facts alone."""
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield _line(line, f"{name} 第{number}行", known)
    except OSError:
        yield Item(name, "", NotFound(f"打不开文件「{name}」，请检查读取权限和磁盘。"))


def _line(line: bytes, name: str, known: Known) -> Item:
    raw = hashlib.sha256(line.strip()).hexdigest()
    if known(raw):
        return Item(name, raw, None)
    return Item(name, raw, attempt(lambda _: _case_of_line(line, name), Path(name)))


def _case_of_line(line: bytes, name: str) -> StoredCase:
    try:
        data: Any = json.loads(line)
    except ValueError as error:
        raise DamagedFile(f"「{name}」不是 JSON。") from error
    whole, text = (data.get("fd"), data.get("text")) if isinstance(data, dict) else (None, None)
    if isinstance(whole, str) and whole.strip():
        return _judgment(parse(source_from_text(whole, file=name)), name)
    if not isinstance(text, str) or not text.strip():
        raise WrongDocument(f"「{name}」没有 fd（判决书全文）或 text（案情）字段。")
    charges = data.get("charges") or []
    if isinstance(charges, str):
        charges = [charges]
    if not all(isinstance(charge, str) for charge in charges):
        raise WrongDocument(f"「{name}」的 charges 应为罪名的列表。")
    return _with_facts(case_of_facts(text, charges, name), name)


def _zip(path: Path, known: Known, scratch: Path) -> Iterator[Item]:
    try:
        for some in unpacked(path, {*SUFFIXES, *_LINES}, scratch):
            documents = []
            for name, found in some:
                if isinstance(found, InputError):
                    yield Item(name, "", found)
                elif found.suffix in _LINES:
                    yield from _lines(found, name, known)
                else:
                    documents.append((found, name))
            yield from _documents(documents, known)
    except InputError as error:
        yield Item(path.name, "", error)
