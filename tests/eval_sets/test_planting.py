"""The generator plants what it says it plants, and the suite counts as it says it counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from check_samples import INDICTMENT, JUDGMENT

from assistant.checks import registry
from eval_sets.planting import build, second
from eval_sets.planting.draft import kinds
from eval_sets.suites import planted

CATEGORIES = {
    "identity",
    "party",
    "charge",
    "statute",
    "amount",
    "date",
    "circumstance",
    "recommendation",
    "sentence",
    "format",
    "wording",
}


def rows() -> list[dict[str, str]]:
    text = JUDGMENT.replace("\n", " ")
    return [{"text_id": f"sample-{i}", "fd": text, "text": ""} for i in range(60)]


def test_there_are_enough_kinds() -> None:
    assert len(kinds()) >= 20


def test_planted_words_stand_where_they_are_said_to_stand() -> None:
    pairs = list(build(rows(), seed=5))
    assert len(pairs) == 60
    spoiled = [p for p in pairs if p.planted]
    assert 0.3 < len(spoiled) / len(pairs) < 0.7
    for pair in spoiled:
        assert 1 <= len(pair.planted) <= 3
        for defect in pair.planted:
            assert defect.quote in pair.row()[defect.document]
            assert defect.category in CATEGORIES


def test_same_seed_gives_same_pairs() -> None:
    assert list(build(rows(), seed=3)) == list(build(rows(), seed=3))
    assert list(build(rows(), seed=3)) != list(build(rows(), seed=4))


def test_layouts_differ() -> None:
    clean = [p.indictment for p in build(rows(), seed=9) if not p.planted]
    assert len({text.split("\n")[-1] for text in clean}) >= 2
    assert any("代理检察员" in t for t in clean)
    assert any("检 察 官" in t for t in clean)


def test_judgments_that_tell_too_little_are_passed_over() -> None:
    assert (
        list(build([{"text_id": "a", "fd": "民事判决书 原告张三诉被告李四", "text": ""}], 1)) == []
    )


def _write(path: Path, planted_rows: list[dict[str, object]]) -> Path:
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in planted_rows), "utf-8")
    return path


def test_suite_finds_the_defect_and_leaves_the_clean_pair_alone(tmp_path: Path) -> None:
    wrong = JUDGMENT.replace("2023年12月5日止", "2024年12月5日止")
    data = _write(
        tmp_path / "pairs.jsonl",
        [
            {"id": "1", "indictment": INDICTMENT, "judgment": JUDGMENT, "planted": []},
            {
                "id": "2",
                "indictment": INDICTMENT,
                "judgment": wrong,
                "planted": [
                    {"category": "sentence", "document": "judgment", "quote": "2024年12月5日止"}
                ],
            },
        ],
    )
    result = planted.run(data)
    assert result["n"] == 2
    assert result["metrics"]["recall"] == 1.0
    assert result["metrics"]["span_hit"] == 1.0
    assert result["metrics"]["false_per_clean"] == 0.0
    assert result["metrics"]["per_category"] == {"sentence": 1.0}


def test_a_defect_nobody_sees_is_counted_as_missed(tmp_path: Path) -> None:
    row = {
        "id": "1",
        "indictment": INDICTMENT,
        "judgment": JUDGMENT,
        "planted": [{"category": "amount", "document": "judgment", "quote": "人民币三千元"}],
    }
    metrics = planted.run(_write(tmp_path / "pairs.jsonl", [row]))["metrics"]
    assert metrics["recall"] == 0.0


def test_a_finding_elsewhere_of_another_category_does_not_count() -> None:
    row = {
        "id": "1",
        "indictment": INDICTMENT.replace("足以认定", "足已认定"),
        "judgment": JUDGMENT,
        "planted": [{"category": "date", "document": "indictment", "quote": "2023年6月12日"}],
    }
    case = planted.read_pair(row)
    outcome = planted.judge(row, registry.run(case)[0], case)
    assert outcome.found == [False]


@pytest.mark.data
def test_outside_generator_reaches_the_targets(development_data: Path) -> None:
    metrics = planted.run(development_data / "planted" / "dev.jsonl")["metrics"]
    assert metrics["recall"] >= 0.95
    assert metrics["span_hit"] >= 0.95
    assert min(metrics["per_category"].values()) >= 0.9
    # real slips of the judgments stand in these pairs too
    assert metrics["false_per_clean"] <= 0.1
    assert metrics["false_after_reading"] <= 0.05


@pytest.mark.data
def test_own_generator_reaches_the_targets(development_data: Path) -> None:
    metrics = planted.run(development_data / "judgments" / "dev.jsonl")["metrics"]
    assert metrics["recall"] >= 0.95
    assert metrics["span_hit"] >= 0.95
    assert min(metrics["per_category"].values()) >= 0.9
    assert metrics["false_per_clean"] <= 0.1
    assert metrics["false_after_reading"] <= 0.05


def test_the_second_planter_changes_one_document_and_says_where() -> None:
    base = second.Texts("s", INDICTMENT, JUDGMENT)
    done = [s for kind in second.KINDS for s in second.spoiled([base], kind, 1)]
    assert len({s.kind for s in done}) >= 25
    for one in done:
        text = one.texts.indictment if one.document == "indictment" else one.texts.judgment
        assert one.quote in text
        changed_one = one.texts.indictment != INDICTMENT
        assert changed_one == (one.document == "indictment")
