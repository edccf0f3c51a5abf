"""The labelled fact pairs: their form, and that the rules keep what was measured on them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from eval_sets.suites.fact_pairs import LABELS, run
from ingestion.errors import InputError

GOLD = Path(__file__).parents[2] / "eval_sets" / "gold" / "fact_pairs.jsonl"


def test_the_set_is_what_it_says() -> None:
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) >= 60
    labels = Counter((row["label"], row["held_out"]) for row in rows)
    assert all(labels[label, held] >= 7 for label in LABELS for held in (False, True))
    assert max(len(row[side]) for row in rows for side in ("first", "second")) <= 200


def test_rules_with_the_embedding_hold_their_measure(tmp_path: Path) -> None:
    """0.895 by rules alone and 0.919 with the embedding were measured on the whole set."""
    every = GOLD.read_text(encoding="utf-8").splitlines()
    sample = tmp_path / "sample.jsonl"
    sample.write_text("\n".join(every[::3]), encoding="utf-8")
    metrics = run(sample)["metrics"]
    assert metrics["rules"]["accuracy"] >= 0.8
    assert metrics["rules_and_embedding"]["accuracy"] >= metrics["rules"]["accuracy"]
    assert metrics["sure_accuracy"] >= 0.85
    assert "model" not in metrics


def test_what_is_no_such_set_is_refused(tmp_path: Path) -> None:
    strange = tmp_path / "strange.jsonl"
    strange.write_text('{"label": "same"}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"strange\.jsonl"):
        run(strange)
