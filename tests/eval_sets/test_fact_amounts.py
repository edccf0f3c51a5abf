"""Sums of facts alone, against labels of three sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval_sets.gold import fact_amounts


def _write(path: Path, *rows: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_texts_are_found_by_source_and_place(tmp_path: Path) -> None:
    _write(tmp_path / "lecard" / "queries.dev.jsonl", {"id": "7", "text": "甲"})
    _write(tmp_path / "cail2018" / "dev.jsonl", {"fact": "乙"}, {"fact": "丙"})
    asked = "事实:丁\n罪名:盗窃"  # the question is no part of the facts
    _write(tmp_path / "lawbench" / "3-1.jsonl", {"id": "3-1/004", "question": asked})
    assert dict(fact_amounts.texts(tmp_path)) == {
        "lecard:7": "甲",
        "cail2018:0": "乙",
        "cail2018:1": "丙",
        "lawbench:3-1/004": "丁",
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # findings without their lead
        ("2020年3月1日，卢承安窃得现金500元。", {(500.0, "count")}),
        # an accusation, and the fine that it asks for
        (
            "青岩区人民检察院指控：2020年3月1日，卢承安窃得现金500元，"
            "建议判处拘役三个月，并处罚金人民币一千元。",
            {(500.0, "count")},
        ),
    ],
)
def test_facts_are_read_as_a_judgment_tells_them(text: str, told: set[tuple[float, str]]) -> None:
    assert fact_amounts.read(text) == told


def test_the_share_of_right_sums_counts_misses_and_inventions() -> None:
    gold, found = {(1.0, "count"), (2.0, "item")}, {(1.0, "count"), (2.0, "total")}
    assert fact_amounts.f1([(gold, found)]) == 0.5


def test_every_label_has_a_known_role_and_stands_once() -> None:
    rows = [json.loads(line) for line in fact_amounts.LABELS.read_text("utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows)
    roles = {"total", "count", "person", "item", "gain", "returned", "compensated", "fine", "other"}
    for row in rows:
        assert {role for _, role in row["amounts"]} <= roles
        assert len({(value, role) for value, role in row["amounts"]}) == len(row["amounts"])
