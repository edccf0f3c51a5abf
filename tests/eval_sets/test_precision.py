"""The table of measured precision, made from verdicts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import yaml

from eval_sets.gold.hits import VERDICTS, Key, verdicts
from eval_sets.precision import table
from knowledge_base.check_precision import Precision, measured

DAY = date(2026, 1, 2)


def test_only_hits_that_are_given_and_judged_count() -> None:
    one, two, other = (Key("a", "FMT-004", place) for place in ("1", "2", "3"))
    judged = {one: True, two: False, Key("a", "FMT-004", "gone"): False}
    rows = yaml.safe_load(table([one, one, two, other], judged, DAY))["rows"]
    assert rows == [{"code": "FMT-004", "hits": 2, "right": 1}]


def test_an_empty_table_is_one_too() -> None:
    assert yaml.safe_load(table([], {}, DAY))["rows"] == []


def test_the_table_is_what_the_verdicts_say() -> None:
    rows = list(verdicts())
    for code, row in measured().items():
        assert isinstance(row, Precision)
        assert row.hits <= sum(key.code == code for key in rows)


def test_verdicts_hold_no_words_of_documents() -> None:
    text = Path(VERDICTS).read_text("utf-8")
    assert not re.search(r"[\u4e00-\u9fff]", text)
