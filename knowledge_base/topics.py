"""What arguments and circumstances are about: word patterns of the table `topics`."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from knowledge_base.loader import Row, rows

TopicKind = Literal["circumstance", "dispute", "plea"]


class Topic(Row):
    """One topic; each pattern is a regular expression over one sentence.

    `also` are further keys of circumstances.yaml that it stands for. `basis` says in which
    words the facts behind a circumstance are told; None where the name is the fact itself.
    """

    key: str
    also: tuple[str, ...] = ()
    name: str
    kind: TopicKind
    raised: re.Pattern[str]
    affirmed: re.Pattern[str]
    denied: re.Pattern[str]
    basis: re.Pattern[str] | None = None


@cache
def table() -> dict[str, Topic]:
    """Every topic by key."""
    return {row.key: row for row in rows("topics", Topic)}


@cache
def of_circumstance(key: str) -> Topic | None:
    """The topic of a key of circumstances.yaml, where one is known."""
    return next((t for t in table().values() if key == t.key or key in t.also), None)


def raised_in(argument: str) -> list[Topic]:
    """Topics of an argument, circumstances before disputes before mere pleas."""
    order: dict[TopicKind, int] = {"circumstance": 0, "dispute": 1, "plea": 2}
    found = [t for t in table().values() if t.raised.search(argument)]
    return sorted(found, key=lambda t: order[t.kind])
