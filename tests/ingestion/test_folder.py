"""A folder is read whole, in order, whatever lies in it; a worker's death costs one item."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from samples import INDICTMENT, JUDGMENT

from ingestion import read_document, read_folder
from ingestion.errors import DamagedFile, EmptyFile, InputError, NotFound
from ingestion.folder import attempt, documents_below
from ingestion.model import CaseDocument
from ingestion.parallel import Crash, Spread, sensible_jobs, workers_are_copies


def _fill(folder: Path) -> None:
    (folder / "乙").mkdir(parents=True)
    (folder / "甲").mkdir()
    (folder / "甲" / "起诉书.txt").write_text(INDICTMENT, encoding="utf-8")
    (folder / "乙" / "判决书.txt").write_text(JUDGMENT, encoding="utf-8")
    (folder / "乙" / "坏.pdf").write_bytes(b"%PDF-1.7 cut short")
    (folder / "乙" / "空.DOCX").write_bytes(b"")
    (folder / "~$起诉书.docx").write_bytes(b"lock")
    (folder / ".hidden.txt").write_text("x")
    (folder / "案卡.json").write_text("{}")


@pytest.mark.timeout(120)
def test_all_are_read_in_order_and_the_bad_ones_named(tmp_path: Path) -> None:
    _fill(tmp_path)
    seen: list[tuple[int, int, Path]] = []
    found = list(read_folder(tmp_path, jobs=2, progress=lambda *args: seen.append(args)))
    assert [p.relative_to(tmp_path).as_posix() for p, _ in found] == [
        "乙/判决书.txt",
        "乙/坏.pdf",
        "乙/空.DOCX",
        "甲/起诉书.txt",
    ]
    kinds = [type(result) for _, result in found]
    assert kinds == [CaseDocument, DamagedFile, EmptyFile, CaseDocument]
    assert "坏.pdf" in str(found[1][1])
    assert found[0][1] == read_document(found[0][0])
    assert seen == [(n, 4, path) for n, (path, _) in enumerate(found, 1)]


def test_what_is_a_document_by_its_name(tmp_path: Path) -> None:
    _fill(tmp_path)
    documents, others = documents_below(tmp_path, leave_out=tmp_path / "乙")
    assert [p.name for p in documents] == ["起诉书.txt"]
    assert [p.name for p in others] == ["案卡.json"]


def test_a_folder_without_documents_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有可读取的文书"):
        read_folder(tmp_path)
    with pytest.raises(NotFound, match="不是文件夹"):
        read_folder(tmp_path / "none")


def test_a_defect_of_ours_is_a_sentence_too() -> None:
    def defect(path: Path) -> None:
        raise KeyError(path)

    fault = attempt(defect, Path("甲.txt"))
    assert isinstance(fault, InputError)
    assert "「甲.txt」" in str(fault)
    assert "KeyError" in str(fault)


def _work(number: int) -> int:
    """Square; 3 kills its process, 0 comes in last."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 0:
        time.sleep(0.3)
    return number * number


@pytest.fixture(params=["copies", "afresh"])
def _start(request: pytest.FixtureRequest) -> Iterator[None]:
    """A process with a second thread cannot be copied: its workers start afresh."""
    if request.param == "copies":
        yield
        return
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    assert not workers_are_copies()
    yield
    done.set()
    thread.join()


@pytest.mark.timeout(60)
@pytest.mark.usefixtures("_start")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_worker_that_dies_loses_the_item_it_had_in_hand_and_no_other(jobs: int) -> None:
    results = list(Spread(_work, range(8), jobs=jobs))
    assert isinstance(results[3], Crash)
    results[3] = 9
    assert results == [n * n for n in range(8)]


def _fail(number: int) -> int:
    raise LookupError(number)


@pytest.mark.timeout(60)
def test_an_exception_of_the_function_ends_the_work_and_leaves_no_process() -> None:
    with pytest.raises(LookupError):
        list(Spread(_fail, range(4), jobs=2))
    assert not multiprocessing.active_children()


@pytest.mark.timeout(60)
def test_an_iterator_that_is_closed_leaves_no_process() -> None:
    results = Spread(_work, [1, 0, 0, 0, 0], jobs=2)
    assert next(results) == 1
    assert multiprocessing.active_children()
    results.close()
    assert not multiprocessing.active_children()


def test_never_more_workers_than_items() -> None:
    assert sensible_jobs(1) == 1
    assert 1 <= sensible_jobs(10_000) <= 8
