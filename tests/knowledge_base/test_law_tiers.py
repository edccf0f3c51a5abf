"""Ranges of punishment read from the articles' own words."""

from __future__ import annotations

import pytest

from knowledge_base import charges, law_tiers


@pytest.mark.parametrize(
    ("charge", "expected"),
    [
        ("受贿罪", [(6, 36), (36, 120), (120, 180), (180, 180)]),  # by reference to another article
        ("绑架罪", [(120, 180), (60, 120), (180, 180)]),  # the milder range stands second
        ("失火罪", [(36, 84), (6, 36)]),  # second paragraph only
        ("危险驾驶罪", [(1, 6)]),  # 拘役 alone
        ("引诱、容留、介绍卖淫罪", [(6, 60), (60, 180)]),  # open-ended 五年以上
        ("协助组织卖淫罪", [(6, 60), (60, 120)]),  # fourth paragraph of an article of three crimes
    ],
)
def test_ranges_of_a_charge(charge: str, expected: list[tuple[int, int]]) -> None:
    assert [(t.low, t.high) for t in law_tiers.of_charge(charge)] == expected


def test_nearly_every_charge_has_ranges() -> None:
    without = {name for name in charges.names() if not law_tiers.of_charge(name)}
    assert without <= {"骗购外汇罪"}  # stands in a decision outside the Criminal Law


def test_ranges_are_lawful() -> None:
    for name in charges.names():
        for tier in law_tiers.of_charge(name):
            assert 1 <= tier.low <= tier.high <= law_tiers.longest_term()


def test_fine_alone_is_seen() -> None:
    tiers = law_tiers.tiers_of_text("处三年以下有期徒刑、拘役或者管制，并处或者单处罚金。")
    assert tiers[0].fine_alone
    assert tiers[0].control
    assert tiers[0].detention
