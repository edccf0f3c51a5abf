"""What arguments and circumstances are about: word patterns from topics.yaml."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

TopicKind = Literal["circumstance", "dispute", "plea"]


class Topic(BaseModel):
    """One topic; each pattern is a regular expression over one sentence.

    `also` are further keys of circumstances.yaml that it stands for. `basis` says in which
    words the facts behind a circumstance are told; None where the name is the fact itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    also: tuple[str, ...] = ()
    name: str
    kind: TopicKind
    raised: re.Pattern[str]
    affirmed: re.Pattern[str]
    denied: re.Pattern[str]
    basis: re.Pattern[str] | None = None


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    topics: tuple[Topic, ...]


@cache
def table() -> dict[str, Topic]:
    """Every topic by key."""
    path = files("assistant.reasoning") / "topics.yaml"
    rows = _Table.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).topics
    return {row.key: row for row in rows}


@cache
def of_circumstance(key: str) -> Topic | None:
    """The topic of a key of circumstances.yaml, where one is known."""
    return next((t for t in table().values() if key == t.key or key in t.also), None)


def raised_in(argument: str) -> list[Topic]:
    """Topics of an argument, circumstances before disputes before mere pleas."""
    order: dict[TopicKind, int] = {"circumstance": 0, "dispute": 1, "plea": 2}
    found = [t for t in table().values() if t.raised.search(argument)]
    return sorted(found, key=lambda t: order[t.kind])
