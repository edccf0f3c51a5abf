"""Kinds that are read but have no check yet: said so, and never passed off as clean."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from assistant.analysis import analyse_file
from assistant.casefile import CaseFile
from assistant.console import show_result
from assistant.intake import read_for_sentencing, read_known, role_of
from assistant.unchecked import nothing_found, unchecked
from ingestion.errors import WrongDocument
from knowledge_base.catalogue import entries
from tests.ingestion import kind_samples
from tests.samples import INDICTMENT

SAMPLES = {
    "non_prosecution": kind_samples.DISCRETIONARY,
    "plea": kind_samples.PLEA,
    "report": kind_samples.REPORT_PROSECUTION,
    "ruling": kind_samples.UPHELD,
    "indictment_change": kind_samples.ADDITION,
    "civil_indictment": kind_samples.CIVIL_INDICTMENT,
}


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "文书.txt"
    path.write_text(text, encoding="utf-8")
    return path


def _has_checks(kind: str) -> bool:
    return any(kind in e.documents or any(kind in p for p in e.pairs) for e in entries().values())


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_a_kind_is_read_and_its_lack_of_checks_is_said(tmp_path: Path, kind: str) -> None:
    result = analyse_file(_file(tmp_path, SAMPLES[kind]), model=False)
    assert [row["role"] for row in result["documents"]] == [kind]
    said = [row["reason"] for row in result["not_checked"] if row["code"] == "DOC-002"]
    if _has_checks(kind):
        assert said == []
        return
    assert len(said) == 1
    assert "已读取" in said[0]
    assert "未作任何检查" in said[0]
    console = Console(record=True, width=200)
    show_result(result, console)
    assert "未发现问题" not in console.export_text()


def test_a_checked_kind_beside_an_unchecked_one_may_be_clean(tmp_path: Path) -> None:
    documents = [
        read_known(_file(tmp_path, t)) for t in (INDICTMENT, kind_samples.CIVIL_INDICTMENT)
    ]
    case = CaseFile({role_of(d): d for d in documents})
    rows = [row.model_dump() for row in unchecked(case)]
    assert [row["code"] for row in rows] == ["DOC-002"]
    assert nothing_found({"not_checked": rows, "documents": [{}, {}]}) == "未发现问题。"


def test_no_sentence_is_worked_out_of_a_plea(tmp_path: Path) -> None:
    with pytest.raises(WrongDocument, match="认罪认罚具结书，测算量刑需要"):
        read_for_sentencing(_file(tmp_path, kind_samples.PLEA))
