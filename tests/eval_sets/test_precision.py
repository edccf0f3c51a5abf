"""The table of measured precision, made from verdicts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from check_samples import JUDGMENT, case, read

from assistant.checks import registry
from eval_sets.gold.digest import digest
from eval_sets.gold.hits import VERDICTS, Key, verdicts
from eval_sets.gold.readings import READINGS, Reading, Said, Slip, at_first, now
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


@pytest.mark.parametrize("path", [VERDICTS, READINGS])
def test_verdicts_hold_no_words_of_documents(path: Path) -> None:
    assert not re.search(r"[\u4e00-\u9fff]", path.read_text("utf-8"))


def test_a_slip_is_found_by_its_own_check_at_its_place() -> None:
    wrong = JUDGMENT.replace("第六十七条第一款", "第六十七第一款")
    case_ = case(judgment=wrong)
    document, findings = read("judgment", wrong), registry.run(case_)[0]
    at = document.text.index("第六十七第一款")
    slips = tuple(
        Slip(code, at, at + 7, digest("x", "第六十七第一款")) for code in ("LAW-006", "LANG-001")
    )
    told = now([Reading("x", (), slips)], lambda _: (document, findings))
    assert (told.slips, told.found, told.open) == (2, 1, ["x LANG-001"])


def test_a_text_that_changed_under_its_slips_is_noticed() -> None:
    document = read("judgment", JUDGMENT)
    moved = Reading("x", (), (Slip("LAW-006", 0, 4, "000000000000"),))
    with pytest.raises(ValueError, match="the text has changed"):
        now([moved], lambda _: (document, []))


def test_the_first_look_is_counted_as_it_was_judged() -> None:
    said = (Said("LAW-006", "minor", "a", True), Said("CMP-015", "serious", "b", False))
    told = at_first([Reading("x", said, ())])
    assert (told.grave, told.grave_right, told.right, told.precision) == (1, 0, 1, 0.0)
