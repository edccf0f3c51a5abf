"""The labelled fact pairs: their form, and that the rules keep what was measured on them."""

from __future__ import annotations

import json
import threading
from collections import Counter
from pathlib import Path

import pytest
from answering import answering

from assistant.comparison.tie_break import quoted_from
from assistant.settings import Settings
from eval_sets.fact_pairs import answers, pairs
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


PAIR = {"first": "邬某盗走白酒六箱。", "second": "邬某偷了六箱白酒。", "label": "consistent"}


@pytest.mark.parametrize(
    ("first", "second", "relation", "refused", "why"),
    [
        ("盗走白酒六箱", "偷了六箱白酒", "consistent", False, "words of both"),
        ("盗走白酒八箱", "偷了六箱白酒", "consistent", True, "a number that stands nowhere"),
        ("", "偷了六箱白酒", "narrower", True, "nothing to show for it"),
        ("", "", "absent", False, "another act has no counterpart to quote"),
    ],
)
def test_a_model_must_show_its_words(
    first: str, second: str, relation: str, refused: bool, why: str
) -> None:
    said = {"relation": relation, "first_quote": first, "second_quote": second}
    assert (quoted_from(PAIR["first"], PAIR["second"])(said) is not None) is refused, why


@pytest.mark.timeout(60)
def test_answers_of_a_model_are_scored_beside_the_rules(tmp_path: Path) -> None:
    leave = threading.Event()
    leave.set()
    with answering(leave) as url:
        settings = Settings(home=tmp_path, cache=tmp_path, model_url=url, model_name="m")
        told = list(answers(pairs()[:4], settings))
    assert [row["model"] for row in told] == ["absent"] * 4
    file = tmp_path / "told.jsonl"
    file.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    assert run(file)["metrics"]["model"]["accuracy"] == 0
