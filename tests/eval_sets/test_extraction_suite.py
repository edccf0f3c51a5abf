"""The suite `extraction`: what it counts, and that it sees a worse parser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval_sets.suites import SUITES
from ingestion.errors import InputError
from tests.samples import JUDGMENT

ARTICLES = [133, 67, 72, 73, 52, 53]


def _data(tmp_path: Path, *rows: dict[str, object]) -> Path:
    path = tmp_path / "dev.jsonl"
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), "utf-8")
    return path


def test_a_judgment_read_in_full(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    data = _data(tmp_path, {"fd": JUDGMENT, "la": ARTICLES}, {"fd": JUDGMENT, "la": ARTICLES})
    result = SUITES["extraction"](data, None, lambda done, total: seen.append((done, total)))
    assert (result["suite"], result["n"], seen) == ("extraction", 2, [(1, 2), (2, 2)])
    metrics = result["metrics"]
    assert metrics["statutes"] == {"f1": 1.0, "precision": 1.0, "recall": 1.0}
    assert metrics["verdict_coverage"] == metrics["documents_classified"] == 1.0
    assert metrics["failures"] == 0
    assert result["intervals"]["statutes.f1"] == [1.0, 1.0]
    assert result["versions"]["program"]


def test_missed_and_invented_articles_cost(tmp_path: Path) -> None:
    data = _data(tmp_path, {"fd": JUDGMENT, "la": [*ARTICLES[1:], 264]})
    statutes = SUITES["extraction"](data)["metrics"]["statutes"]
    assert statutes["precision"] == statutes["recall"] == pytest.approx(5 / 6)


def test_a_document_without_a_verdict_lowers_the_coverage(tmp_path: Path) -> None:
    cut = JUDGMENT[: JUDGMENT.index("被告人罗庆生犯危险驾驶罪，判处")]
    data = _data(tmp_path, {"fd": JUDGMENT, "la": ARTICLES}, {"fd": cut, "la": ARTICLES})
    assert SUITES["extraction"](data)["metrics"]["verdict_coverage"] == 0.5


def test_a_blank_text_is_a_failure_and_not_the_end(tmp_path: Path) -> None:
    data = _data(tmp_path, {"fd": " ", "la": [1]}, {"fd": JUDGMENT, "la": ARTICLES})
    metrics = SUITES["extraction"](data)["metrics"]
    assert metrics["failures"] == 1
    assert metrics["statutes"]["precision"] == 1.0
    assert metrics["statutes"]["recall"] < 1.0


def test_a_folder_and_a_limit(tmp_path: Path) -> None:
    _data(tmp_path, *[{"fd": JUDGMENT, "la": ARTICLES}] * 3)
    assert SUITES["extraction"](tmp_path, 2)["n"] == 2


def test_data_without_judgments_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="fd"):
        SUITES["extraction"](_data(tmp_path, {"text": "x"}))


@pytest.mark.data
def test_the_figures_the_project_promises(development_data: Path) -> None:
    metrics = SUITES["extraction"](development_data / "judgments" / "dev.jsonl")["metrics"]
    assert metrics["failures"] == 0
    assert metrics["statutes"]["f1"] >= 0.985
    assert metrics["statutes_court"]["f1"] >= 0.98
    assert metrics["verdict_coverage"] >= 0.99
    assert metrics["defendants_found"] == metrics["documents_classified"] == 1.0
