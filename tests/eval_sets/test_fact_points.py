"""The labels of points and spoken circumstances in facts, and the frame that they are read in."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from eval_sets.gold import fact_points
from eval_sets.gold.boundaries import ArgumentsLabel, lost
from ingestion.extract import parse
from ingestion.readers import source_from_text
from knowledge_base.phrases import circumstance_phrases

ROWS = [json.loads(line) for line in fact_points.LABELS.read_text("utf-8").splitlines()]
# Keys that the reading makes of two phrases.
MERGED = {"comp_forgive", "comp_only", "forgive_only"}


@pytest.mark.parametrize(
    ("facts", "has"),
    [
        # an accusation with its answer: found after it
        (
            "江城市检察院指控：被告人韩某窃得手机。被告人韩某辩称手机是买的。",
            ["公诉机关指控的事实属实", "被告人韩某，男"],
        ),
        # told by nobody: the court finds it
        ("2020年3月，被告人韩某窃得手机。", ["经审理查明，2020年3月"]),
        # an appeal
        ("经审理查明，上诉人韩某窃得手机。", ["上诉人（原审被告人）韩某", "不服，提出上诉"]),
        # the mask over what the defence asks for
        ("经审理查明，被告人韩某窃得手机。辩护人请求适用××。", ["请求适用缓刑。"]),
    ],
)
def test_facts_are_framed_as_the_judgment_they_come_from(facts: str, has: list[str]) -> None:
    text = fact_points.as_judgment(facts)
    assert [words for words in has if words not in text] == []
    assert {"reasoning", "operative"} <= {s.kind for s in parse(source_from_text(text)).sections}


def test_a_judgment_without_stretches_of_it() -> None:
    assert fact_points.without("甲乙丙丁戊", [(1, 2), (3, 4)]) == "甲丙戊"


def test_labels_hold_no_words_of_any_document() -> None:
    text = fact_points.LABELS.read_text("utf-8")
    assert not re.search(r"[\u4e00-\u9fff]", text)
    assert len({(row["id"], row["round"]) for row in ROWS}) == len(ROWS)
    keys = {row.key for row in circumstance_phrases()} | MERGED
    assert {key for row in ROWS for key, *_ in row["spoken"] or ()} <= keys


@pytest.mark.data
def test_every_labelled_place_is_found(development_data: Path) -> None:
    texts = fact_points.facts(development_data) | fact_points.judgments(development_data)
    for row in ROWS:
        doc = parse(source_from_text(fact_points.framed(row, texts)))
        assert lost(doc, ArgumentsLabel(id=row["id"], arguments=row["arguments"])) == 0, row["id"]
