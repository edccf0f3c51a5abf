"""All documents below a folder, read on several processes; one bad file never stops the rest."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from ingestion.errors import InputError, NotFound, ReaderFault
from ingestion.extract import parse
from ingestion.extract.circumstances import keys_in
from ingestion.model import CaseDocument
from ingestion.parallel import Crash, Spread, sensible_jobs, workers_are_copies
from ingestion.readers import read_source
from ingestion.readers.guard import SUFFIXES
from knowledge_base import charges

Result = TypeVar("Result")
FolderProgress = Callable[[int, int, Path], None]


def documents_below(folder: Path, leave_out: Path | None = None) -> tuple[list[Path], list[Path]]:
    """Files that promise a document, and the others, both in the order of their paths.

    Hidden files and folders, a word processor's lock files and what lies under `leave_out`
    are in neither. Linked folders are not followed. Raises NotFound for no folder, and
    InputError for one in which no document lies or that cannot be looked into.
    """
    if not folder.is_dir():
        raise NotFound(f"“{folder}”不是文件夹，请检查路径。")

    def refuse(error: OSError) -> None:
        raise InputError(f"打不开文件夹“{error.filename}”，请检查读取权限。") from error

    found: list[Path] = []
    for root, folders, names in os.walk(folder, onerror=refuse):
        here = Path(root)
        folders[:] = [f for f in folders if not f.startswith(".") and here / f != leave_out]
        found += [here / name for name in names if not name.startswith((".", "~$"))]
    found.sort()
    documents = [path for path in found if path.suffix.lower() in SUFFIXES]
    if not documents:
        raise InputError(f"“{folder.name}”里没有可读取的文书（PDF、DOCX、图片、TXT 或 HTML）。")
    return documents, [path for path in found if path.suffix.lower() not in SUFFIXES]


def get_ready() -> None:
    """Load the tables that every document needs where the workers will be copies of us."""
    if workers_are_copies():
        charges.match("盗窃罪")
        keys_in("自首")


def attempt(read: Callable[[Path], Result], path: Path) -> Result | InputError:
    """What `read` gives for the file, or why there is nothing; never raises an Exception."""
    try:
        return read(path)
    except InputError as error:
        return error
    except Exception as error:
        return ReaderFault(
            f"读取「{path.name}」时程序出错（{type(error).__name__}），请把该文件交给技术人员。"
        )


def crashed(path: Path) -> InputError:
    """Why there is nothing of a file whose reading ended its whole process."""
    return ReaderFault(f"读取「{path.name}」时进程意外中止，请重新导出该文件后再试。")


def _read(path: Path) -> str | InputError:
    return attempt(lambda p: parse(read_source(p)).model_dump_json(), path)


def read_folder(
    path: Path | str, *, jobs: int | None = None, progress: FolderProgress | None = None
) -> Iterator[tuple[Path, CaseDocument | InputError]]:
    """Each document below a folder, or why it could not be read, in the order of the paths.

    `jobs` processes read (by default one a core); few results are ever waiting, so a folder
    may be of any size. `progress(done, total, path)` is called after each.

    Raises InputError, before the first result, where there is no document to read.
    """
    documents, _ = documents_below(Path(path))
    return _results(documents, jobs or sensible_jobs(len(documents)), progress)


def _results(
    documents: list[Path], jobs: int, progress: FolderProgress | None
) -> Iterator[tuple[Path, CaseDocument | InputError]]:
    get_ready()
    with closing(Spread(_read, documents, jobs=jobs)) as read:
        for done, (path, result) in enumerate(zip(documents, read, strict=True), 1):
            if progress:
                progress(done, len(documents), path)
            if isinstance(result, str):
                yield path, CaseDocument.model_validate_json(result)
            else:
                yield path, crashed(path) if isinstance(result, Crash) else result
