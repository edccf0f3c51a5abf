"""Which findings process monitoring (流程监控) is told of, and what it is asked to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.drafting.opinion import RESULTS
from assistant.drafting.sentences import Sentence, grounds, statement
from assistant.findings import SEVERITY_NAMES, SEVERITY_ORDER
from knowledge_base.drafting import handling

# What the supervision of running cases looks at: procedure, time limits, the case card.
_CATEGORIES = frozenset({"procedure", "deadline", "card"})


@dataclass(frozen=True)
class Problem:
    """One problem of a notice: how it is to be dealt with, and its sentences."""

    number: int
    title: str
    severity_name: str
    form: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Notice:
    """`problems` go into the notice, `spoken` are for a word, `waiting` nobody has confirmed.

    `reply_days`: within how many days the department answers; `reported`: to the chief
    prosecutor as well.
    """

    problems: tuple[Problem, ...]
    spoken: tuple[Problem, ...]
    waiting: tuple[Problem, ...]
    reply_days: int
    reported: bool


def notice(result: dict[str, Any]) -> Notice:
    """The notice that follows from a result of contract `findings/1`, decided or not."""
    wordings = (result.get("model") or {}).get("wordings") or []
    findings = [{"number": n, **f} for n, f in enumerate(result["findings"], 1)]
    ours = [f for f in findings if _of_procedure(f) and _of_our_office(f)]
    ours.sort(key=lambda f: (SEVERITY_ORDER[f["severity"]], f["number"]))
    held = [f for f in ours if f["status"] in RESULTS]
    written = [f for f in held if handling()[f["severity"]].notice]
    return Notice(
        problems=tuple(_problem(f, wordings) for f in written),
        spoken=tuple(_problem(f, wordings) for f in held if f not in written),
        waiting=tuple(_problem(f, wordings) for f in ours if f["status"] == "draft"),
        reply_days=min(row.reply_days for row in handling().values()),
        reported=any(handling()[f["severity"]].reported for f in written),
    )


def _of_procedure(finding: dict[str, Any]) -> bool:
    return finding["dimension"] == "procedure" or finding["category"] in _CATEGORIES


def _of_our_office(finding: dict[str, Any]) -> bool:
    """What stands in the court's document alone is not for the office's own department."""
    told = finding["evidence"]
    return not told or any(e["role"] not in ("judgment", "ruling") for e in told)


def _problem(finding: dict[str, Any], wordings: list[dict[str, Any]]) -> Problem:
    return Problem(
        number=finding["number"],
        title=finding["title"],
        severity_name=SEVERITY_NAMES[finding["severity"]],
        form=handling()[finding["severity"]].form,
        sentences=(statement(finding, wordings), *grounds(finding)),
    )
