"""A circumstance taken away leaves what the document without it would have led to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentencing_cases import NAME, case, span

from assistant.sentencing import opine
from assistant.sentencing.what_if import Switch, suppose
from ingestion.model import CaseDocument, Prior
from knowledge_base import circumstances

KEYS = sorted(k for k, rule in circumstances.all().items() if rule.ages is None)
CHARGE = "盗窃罪"


def _switches(doc: CaseDocument, *without: str) -> dict[str, Switch]:
    supposed = suppose(doc, NAME, CHARGE, without)
    assert supposed is not None
    return {switch.key: switch for switch in supposed.switches}


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(KEYS), min_size=1, max_size=5), st.data())
def test_as_if_it_had_never_been_written(keys: set[str], data: st.DataObject) -> None:
    without = data.draw(st.sets(st.sampled_from(sorted(keys))))
    supposed = suppose(case(CHARGE, yuan=60_000, keys=sorted(keys)), NAME, CHARGE, without)
    assert supposed is not None
    (plain,) = opine(case(CHARGE, yuan=60_000, keys=sorted(keys - without)))
    assert supposed.opinion.to_json() == plain.to_json()


def test_without_surrender_the_range_rises() -> None:
    doc = case(CHARGE, yuan=60_000, keys=["surrender"])
    (told,) = opine(doc)
    supposed = suppose(doc, NAME, CHARGE, ["surrender"])
    assert supposed is not None
    assert told.low is not None
    assert supposed.opinion.low is not None
    assert supposed.opinion.low > told.low


def test_a_switch_says_what_it_does_and_where_it_stands() -> None:
    doc = case(CHARGE, yuan=60_000, keys=["surrender"])
    switch = _switches(doc, "surrender")["surrender"]
    assert (switch.name, switch.on, switch.span.quote) == ("自首", False, NAME)
    assert "从轻" in switch.effect
    assert "%" in switch.effect


def test_the_record_counts_where_the_recidivism_does_not_hold() -> None:
    """No recidivist is still one with a prior conviction."""
    doc = case(CHARGE, yuan=60_000, keys=["recidivist"])
    doc.defendants[0].priors = [Prior(span=span(doc.source, NAME), kind="conviction")]
    assert _switches(doc).keys() == {"recidivist"}
    assert _switches(doc, "recidivist").keys() == {"recidivist", "prior"}
    assert not _switches(doc, "recidivist", "prior")["prior"].on


@pytest.mark.parametrize(("person", "charge"), [("无此人", CHARGE), (NAME, "诈骗罪")])
def test_nobody_is_sentenced_for_what_he_is_not_accused_of(person: str, charge: str) -> None:
    assert suppose(case(CHARGE, yuan=60_000), person, charge, []) is None
