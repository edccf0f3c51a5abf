"""Cases into the bank, some at a time: killed at any point it goes on where it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel

from assistant.intake import Progress
from assistant.similar.sources import Item, expected, items
from ingestion.errors import InputError
from knowledge_base.casebank import Bank, StoredCase

PASSAGES_AT_ONCE = 256
"""Passages embedded and stored together: what a killed import has to do again at most."""


class Refused(BaseModel):
    """Input that did not become a case, and why (one Chinese sentence)."""

    file: str
    reason: str


class Imported(BaseModel):
    """What became of the input. `known`: already taken in by an earlier run.

    `words_only`: nothing could be embedded; `assistant cases reindex` makes up for it.
    """

    added: int = 0
    replaced: int = 0
    known: int = 0
    same_content: int = 0
    same_number: int = 0
    failed: list[Refused] = []
    words_only: bool = False


def import_cases(
    bank: Bank, files: Sequence[Path], *, replace: bool = False, progress: Progress | None = None
) -> Imported:
    """Take in the cases of `sources.find`; each is stored wholly or, when killed, not at all.

    Raises VectorError, before anything is stored, where the bank's index is of another model
    or in use.
    """
    counts: Counter[str] = Counter()
    failed: list[Refused] = []
    total = expected(files) if progress else 0
    found = items(files, lambda raw: bank.seen(raw) is not None, bank.folder)
    for some in _batches(found, counts, failed):
        cases = [case for _, case in some]
        marks = [item.raw or None for item, _ in some]
        for outcome in bank.add(cases, marks, replace=replace):
            counts[outcome.what] += 1
        if progress:
            done = counts.total() + len(failed)
            taken = counts["added"] + counts["replaced"]
            progress(f"已处理 {done} 件，入库 {taken} 件", done, max(done, total))
    return Imported(**counts, failed=failed, words_only=not (bank.embedder and bank.model))


def _batches(
    found: Iterator[Item], counts: Counter[str], failed: list[Refused]
) -> Iterator[list[tuple[Item, StoredCase]]]:
    """New cases, gathered; what is known or cannot be used is noted on the way."""
    some: list[tuple[Item, StoredCase]] = []
    passages = 0
    for item in found:
        if item.case is None:
            counts["known"] += 1
        elif isinstance(item.case, InputError):
            failed.append(Refused(file=item.name, reason=str(item.case)))
        else:
            some.append((item, item.case))
            passages += len(item.case.passages)
        if passages >= PASSAGES_AT_ONCE:
            yield some
            some, passages = [], 0
    if some:
        yield some


def describe(result: Imported) -> Iterator[str]:
    """A few lines for the terminal."""
    kept = result.known + result.same_content
    yield f"入库 {result.added} 件，替换 {result.replaced} 件，已在库中 {kept} 件。"
    if result.same_number:
        yield f"案号已在库中、内容不同 {result.same_number} 件，未导入；要替换请加 --replace。"
    if result.words_only:
        yield "没有向量模型：目前只能按字词检索；装好后运行 assistant cases reindex。"
    if result.failed:
        yield f"未能导入 {len(result.failed)} 件："
        yield from (f"  {one.file}：{one.reason}" for one in result.failed)
