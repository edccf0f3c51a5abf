"""The model as tie-break: passages of two documents whose relation rules only guess.

Which model is asked at all stands in knowledge_base/tables/model_questions.yaml. An answer counts
only with words of both passages; what it decides stays marked as not sure.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from assistant.comparison.report import RELATION_NAMES
from assistant.comparison.telling import Relation
from assistant.model.record import Answer
from prompts import load

if TYPE_CHECKING:  # its client libraries take seconds to load
    from assistant.model.gateway import Gateway

FACT_PAIR = "fact_pair"
"""The prompt, and the kind of question in the table `model_questions`."""
MOST_QUESTIONS = 6
_LONGEST = 200  # characters of a passage; the prompt was written and measured for so many
_ABSENT = "absent"
_RELATIONS: dict[str, Relation] = {
    "consistent": "reworded",
    "narrower": "narrower",
    "wider": "wider",
    "contradictory": "contradictory",
    _ABSENT: "missing",
}


def quoted_from(first: str, second: str) -> Callable[[dict[str, Any]], str | None]:
    """A check: both quotes are words of their passage; only another act need not be quoted."""

    def check(values: dict[str, Any]) -> str | None:
        for text, name in ((first, "first_quote"), (second, "second_quote")):
            quote = values[name].strip()
            if quote not in text:
                return "引文不在原文中"
            if not quote and values["relation"] != _ABSENT:
                return "没有引文"
        return None

    return check


def settled(
    differences: dict[str, Any], gateway: Gateway, cancel: threading.Event | None = None
) -> dict[str, Any]:
    """The result's key `differences` with open passages as the model has them: `decided_by`
    says so, `quotes` are its words of both. At most `MOST_QUESTIONS` are asked.
    """
    told = deepcopy(differences)
    for asked, passage in enumerate(_open(told)):
        if asked == MOST_QUESTIONS:
            break
        first, second = passage["first"]["quote"], passage["second"]["quote"]
        reply = gateway.ask(
            load(FACT_PAIR),
            {"first": first, "second": second},
            check=quoted_from(first, second),
            cancel=cancel,
        )
        if isinstance(reply, Answer):
            relation = _RELATIONS[reply.values["relation"]]
            passage["relation"], passage["relation_name"] = relation, RELATION_NAMES[relation]
            passage["decided_by"] = "model"
            passage["quotes"] = [reply.values[f"{side}_quote"] for side in ("first", "second")]
    return told


def _open(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The passages with a counterpart, short enough, whose relation rules only guess."""
    for pair in told["pairs"]:
        for count in pair["counts"]:
            for passage in count["passages"]:
                spans = [passage["first"], passage["second"]]
                if passage["sure"] or None in spans:
                    continue
                if all(len(span["quote"]) <= _LONGEST for span in spans):
                    yield passage
