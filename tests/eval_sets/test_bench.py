"""The benchmarks run and give what they promise; nothing is asserted about speed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from samples import INDICTMENT, JUDGMENT

from eval_sets.bench import check_speed, fields, folder, machine
from eval_sets.bench.documents import texts
from ingestion.errors import InputError


def _data(path: Path) -> Path:
    rows = [{"fd": JUDGMENT}, {"other": 1}, {"fd": INDICTMENT}]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_texts_are_those_with_a_full_text(tmp_path: Path) -> None:
    assert texts(_data(tmp_path / "dev.jsonl")) == [JUDGMENT, INDICTMENT]
    assert texts(tmp_path) == [JUDGMENT, INDICTMENT]
    (tmp_path / "none.jsonl").write_text('{"text": "x"}', encoding="utf-8")
    with pytest.raises(InputError, match="fd"):
        texts(tmp_path / "none.jsonl")


def test_fields_beside_jieba(tmp_path: Path) -> None:
    found = fields.run(_data(tmp_path / "dev.jsonl"))
    assert (found["n"], found["characters"]) == (2, len(JUDGMENT) + len(INDICTMENT))
    assert found["ratio_with_reading"] > found["ratio"] > 0
    assert machine.facts()["cores"] >= 1


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_a_folder_read_by_one_and_by_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "DOCUMENTS", 20)
    monkeypatch.setattr(folder, "_EARLY", 10)
    monkeypatch.setattr(folder, "_ORDER", (1, 2))
    found = folder.run(_data(tmp_path / "dev.jsonl"))
    assert [run["jobs"] for run in found["runs"]] == list(folder._ORDER)
    assert all(run["failed"] == 0 and len(run["memory"]) == 2 for run in found["runs"])
    assert found["speed_up"] > 0
    assert found["cpu_overhead"] > 0


def test_the_long_indictment_is_whole_and_its_sums_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = check_speed.long_indictment(4)
    assert [n for n in range(1, 6) if f"\n{n}.2021年" in text] == [1, 2, 3, 4]
    assert "共计人民币13700元" in text
    monkeypatch.setattr(check_speed, "PAGES", 1)
    monkeypatch.setattr(check_speed, "RUNS", 1)
    found = check_speed.run()
    assert found["text"]["findings"] == found["pdf"]["findings"] > 0
    assert found["pages"] >= 1
