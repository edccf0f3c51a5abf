"""Entities of theft cases: invented sentences of the usual kinds."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.entities import KINDS, find_entities
from ingestion.entities.weights import FILE, layers

SENTENCE = (
    "2023年3月5日14时许，被告人卢某某来到青岩区**路“**”超市门口，用随身携带的扳手将被害人"
    "何某某停放在此的一辆红色电动车盗走，经鉴定，价值人民币2100元。"
)


def _told(sentence: str, kind: str) -> list[str]:
    return [sentence[e.start : e.end] for e in find_entities(sentence) if e.kind == kind]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("suspect", ["卢某某"]),
        ("victim", ["何某某"]),
        ("time", ["2023年3月5日14时许"]),
        ("place", ["青岩区**路“**”超市门口"]),
        ("tool", ["扳手"]),
        ("goods", ["一辆红色电动车"]),
        ("value", ["人民币2100元"]),
        ("cash", []),
    ],
)
def test_one_sentence_of_each_kind(kind: str, expected: list[str]) -> None:
    assert _told(SENTENCE, kind) == expected


def test_cash_and_what_the_loot_brought_are_told_apart() -> None:
    # the kind of a sum is decided by the act beside it
    taken = "被告人卢某某趁何某某不备，将其钱包内的现金人民币600元盗走。"
    sold = "随后，被告人卢某某将电动车销赃，非法获利300元。"
    assert _told(taken, "cash") == ["现金人民币600元"]
    assert _told(sold, "gain") == ["300元"]


def test_a_sentence_without_entities() -> None:
    assert find_entities("后销赃挥霍。") == []
    assert find_entities("") == []


@settings(max_examples=30, deadline=None)
@given(
    st.text(
        alphabet="被告人卢某甲将现金3千元、手机在路旁盗走。，2023年*“”\U0001f600\n", max_size=60
    )
)
def test_entities_lie_in_the_sentence_and_one_layer_does_not_overlap(text: str) -> None:
    found = find_entities(text)
    assert all(0 <= e.start < e.end <= len(text) and e.kind in KINDS for e in found)
    for kinds in ({"goods", "place"}, set(KINDS) - {"goods", "place"}):
        own = [e for e in found if e.kind in kinds]
        assert all(a.end <= b.start for a, b in pairwise(own))


def test_the_weights_are_small_and_hold_numbers_only() -> None:
    assert FILE.stat().st_size < 3_000_000
    for layer in layers():
        assert layer.states.shape == (len(layer.keys), len(layer.labels))
        assert layer.keys.dtype.kind == "u"
        assert {name.partition("-")[2] for name in layer.labels} - {""} <= set(KINDS)
