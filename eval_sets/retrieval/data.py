"""A folder with `docs.jsonl`, `queries*.jsonl` and `qrels*.trec`, in LeCaRD's form."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingestion.errors import InputError


@dataclass(frozen=True)
class Text:
    """A document or a query; `charges` as given, in any spelling."""

    id: str
    text: str
    charges: tuple[str, ...]


@dataclass(frozen=True)
class Collection:
    """`labels`: query id to document id to 0…3; every query has some."""

    documents: Sequence[Text]
    queries: Sequence[Text]
    labels: Mapping[str, Mapping[str, int]]


def texts(paths: Sequence[Path]) -> Iterator[Text]:
    """One a line. Raises InputError for a line that is none."""
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                item: dict[str, Any] = json.loads(line)
                yield Text(str(item["id"]), item["text"], tuple(item.get("charges") or ()))
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(
                    f"“{path.name}”第 {number} 行不是带 id 和 text 的 JSON。"
                ) from error


def _labels(paths: Sequence[Path]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                query, _, document, label = line.split()
                found.setdefault(query, {})[document] = int(label)
            except ValueError as error:
                raise InputError(f"“{path.name}”第 {number} 行不是“查询 0 文档 等级”。") from error
    return found


def read(folder: Path, limit: int | None = None) -> Collection:
    """The labelled queries (the first `limit` of them) and all documents.

    Raises InputError for a folder that lacks one of the three, or a line that cannot be read.
    """
    if not folder.is_dir():
        raise InputError(
            f"“{folder.name}”不是文件夹；应当含 docs.jsonl、queries*.jsonl、qrels*.trec。"
        )
    documents = list(texts(sorted(folder.glob("docs.jsonl"))))
    queries = list(texts(sorted(folder.glob("queries*.jsonl"))))
    labels = _labels(sorted(folder.glob("qrels*.trec")))
    labelled = [query for query in queries if query.id in labels][:limit]
    if not documents or not labelled:
        raise InputError(
            f"“{folder.name}”应当含 docs.jsonl、queries*.jsonl 和与之相配的 qrels*.trec。"
        )
    return Collection(documents, labelled, labels)
