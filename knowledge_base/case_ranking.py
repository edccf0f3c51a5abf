"""Tables by which like cases are put in order: what each likeness weighs, modes of the act."""

from __future__ import annotations

import re
from functools import cache

from knowledge_base import term_tables
from knowledge_base.loader import Row, rows


class Weight(Row):
    """What one likeness weighs in the order of similar cases.

    Fitted by `eval_sets.training.case_ranking`; `name` is its Chinese name in an explanation.
    """

    feature: str
    name: str
    weight: float


class Mode(Row):
    """A trait of the act that two cases may share; `key` is that of the table term_cues."""

    key: str


@cache
def weights() -> dict[str, Weight]:
    """Feature to the row of its weight."""
    return {row.feature: row for row in rows("case_ranking", Weight)}


@cache
def shipped() -> dict[str, float]:
    """Feature to its weight as a number, for who only ranks by them."""
    return {name: row.weight for name, row in weights().items()}


@cache
def modes() -> dict[str, tuple[str, re.Pattern[str]]]:
    """Key of a mode to its Chinese name and the expression by which facts tell it."""
    cues = term_tables.cues()
    return {row.key: cues[row.key] for row in rows("case_modes", Mode)}


def modes_of(facts: str) -> frozenset[str]:
    """The modes that facts tell.

    >>> sorted(modes_of("被告人伙同他人持刀进入被害人家中，抢走现金"))
    ['home', 'joint', 'weapon']
    """
    return frozenset(key for key, (_, told) in modes().items() if told.search(facts))
