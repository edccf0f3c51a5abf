"""From files to a CaseFile: every document of the kind it was handed in as, of one case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from assistant.cards import SUFFIXES, read_card
from assistant.casefile import ROLE_NAMES, CaseFile
from ingestion import read_document
from ingestion.errors import InputError, WrongDocument
from ingestion.model import CaseDocument, Role

Progress = Callable[[str, int, int], None]
CARD: Role = "card"

# Words in a title that put a document outside criminal procedure.
OTHER_PROCEDURES = ("民事", "行政", "仲裁", "执行裁定")


def role_of(document: CaseDocument) -> Role:
    """The role of a document of a known kind. Raises ValueError for an unknown one."""
    if document.role is None:
        raise ValueError(f"a document of type {document.type} has no role")
    return document.role


def describe(document: CaseDocument) -> str:
    """What the document is, for a message: its title where one was read."""
    if document.role is not None:
        return ROLE_NAMES[document.role]
    return f"“{document.title.value}”" if document.title else "无法识别的文书"


def read_criminal(path: Path, progress: Progress | None = None) -> CaseDocument:
    """Read one file; `role` is set from the recognised type.

    Raises InputError: unreadable, or a document of another procedure (a civil judgment).
    A document of a criminal case of a kind not known yet comes back as "unknown".
    """
    name = path.name

    def pages(done: int, total: int, what: str) -> None:
        if progress:
            progress(f"读取 {name}：{what}", done, total)

    document = read_document(path, progress=pages)
    title = document.title.value if document.title else ""
    if document.type == "unknown" and any(word in title for word in OTHER_PROCEDURES):
        raise WrongDocument(f"“{name}”是{describe(document)}，本程序只处理刑事案件文书。")
    return document


def read_known(path: Path, progress: Progress | None = None) -> CaseDocument:
    """Read one file that must be of a recognised kind (whether checks for it exist or not).

    Raises WrongDocument for every other kind.
    """
    document = read_criminal(path, progress)
    if document.type == "unknown":
        raise WrongDocument(
            f"“{path.name}”是{describe(document)}，不是起诉意见书、起诉书、不起诉决定书、量刑建议书、"
            "认罪认罚具结书、审查报告、刑事判决书或刑事裁定书，无法检查。"
        )
    return document


_SENTENCED: tuple[Role, ...] = ("opinion", "indictment", "recommendation", "judgment")


def read_for_sentencing(path: Path, progress: Progress | None = None) -> CaseDocument:
    """Read one file from which a sentence can be worked out.

    Raises WrongDocument for a kind that accuses nobody of his own (a plea, a ruling …).
    """
    document = read_known(path, progress)
    if document.role not in _SENTENCED:
        raise WrongDocument(
            f"“{path.name}”是{describe(document)}，测算量刑需要起诉意见书、起诉书、量刑建议书或判决书。"
        )
    return document


def _same_case(first: CaseDocument, second: CaseDocument) -> bool:
    """Two documents belong together when they share a defendant or cite each other's number.

    Masked names (张某某 for 张三) are compared by what is not masked.
    """
    if first.number and second.cited_number and first.number.value == second.cited_number.value:
        return True
    names = [d.name.value for d in first.defendants], [d.name.value for d in second.defendants]
    if not all(names):
        return True
    return any(_compatible(a, b) for a in names[0] for b in names[1])


def _compatible(a: str, b: str) -> bool:
    masks = "某×xX*＊甲乙丙丁0123456789"
    if a == b:
        return True
    if any(c in masks for c in a + b):
        return a[:1] == b[:1]
    # One wrong character in a name is a finding, not another case.
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _require_kind(document: CaseDocument, role: Role, path: Path) -> None:
    if document.role != role:
        raise WrongDocument(
            f"“{path.name}”是{describe(document)}，不是{ROLE_NAMES[role]}，请检查后重新选择。"
        )


def _require_one_case(documents: Mapping[Role, CaseDocument]) -> None:
    first, *others = documents.values()
    for other in others:
        if not _same_case(first, other):
            raise WrongDocument(
                f"“{first.source.file}”和“{other.source.file}”的被告人没有一人相同，"
                "不是同一案件的文书，无法比对。"
            )


def read_case(
    paths: Mapping[Role, Path],
    card: dict[str, Any] | None = None,
    progress: Progress | None = None,
) -> CaseFile:
    """Read the documents of one case, each under the role it was given.

    Raises InputError where a file cannot be read, is of another kind than its role says,
    or where two documents plainly belong to different cases.
    """
    documents: dict[Role, CaseDocument] = {}
    for role, path in paths.items():
        documents[role] = read_known(path, progress)
        _require_kind(documents[role], role, path)
    if documents:
        _require_one_case(documents)
    return CaseFile(documents=documents, card=card)


def recognise(
    files: Iterable[tuple[Role | None, Path]], progress: Progress | None = None
) -> CaseFile:
    """Read files as one case; where no role is given, each is what its content says.

    A JSON, XLSX or CSV file is the case card. Raises InputError where a file cannot be read,
    is of another kind than its role says, or where two files are documents of one kind.
    """
    documents: dict[Role, CaseDocument] = {}
    card: dict[str, Any] | None = None
    for role, path in files:
        if role == CARD or (role is None and path.suffix.lower() in SUFFIXES):
            if card is not None:
                raise WrongDocument(f"案卡只能有一份，“{path.name}”是第二份，请去掉一份。")
            card = read_card(path)
            continue
        document = read_known(path, progress)
        if role is not None:
            _require_kind(document, role, path)
        own = role_of(document)
        if own in documents:
            names = f"“{documents[own].source.file}”和“{path.name}”"
            raise WrongDocument(
                f"{names}都是{ROLE_NAMES[own]}，一个案件每种文书只能有一份，请去掉一份。"
            )
        documents[own] = document
    return CaseFile(documents=documents, card=card)


def read_files(
    files: Iterable[tuple[Role | None, Path]], progress: Progress | None = None
) -> CaseFile:
    """Read an upload as one case. Raises as `recognise` and `read_case` do."""
    case = recognise(files, progress)
    if not case.documents:
        raise InputError("请至少上传一份文书。")
    _require_one_case(case.documents)
    return case
