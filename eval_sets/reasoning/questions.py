"""The labelled questions: `gold/reasoning.jsonl` (places in documents of the data, no text) and
`gold/reasoning_own.jsonl` (texts of our own).

`part` says what the rules had seen: `first` and `second` they were mended on, `held_out` they
were not, `own` are invented texts. Document-level kinds have no place; label `none` means that
the document has no such point.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from assistant.reasoning.assess import Judge
from ingestion.extract import parse
from ingestion.model import Argument, CaseDocument
from ingestion.readers import source_from_text
from knowledge_base.rubric import criteria

PLACED = ("argument", "circumstance")


@dataclass(frozen=True)
class Question:
    """One question and its label; `start`, `end` into the document's raw text where it has a
    place, `words` what stands there."""

    id: str
    kind: str
    label: str
    part: str
    start: int = 0
    end: int = 0
    words: str = ""
    topic: str | None = None


class Case:
    """A document with its questions."""

    def __init__(self, text: str, questions: list[Question]) -> None:
        self.text = text
        self.questions = questions

    @cached_property
    def doc(self) -> CaseDocument:
        return parse(source_from_text(self.text))

    @cached_property
    def judge(self) -> Judge:
        """By rules alone: its sentences and responses serve every answerer."""
        return Judge(self.doc, None, None)

    def argument(self, question: Question) -> Argument:
        """The labelled point as the program would have read it."""
        doc = self.doc
        start = doc.text.find(question.words) if question.start == 0 else question.start
        if doc.text[start : start + len(question.words)] != question.words:
            start = max(doc.text.find(question.words), 0)
        span = doc.span(start, start + len(question.words))
        return Argument(text=question.words, by="counsel", span=span)


def documents(data: Path) -> dict[str, str]:
    """Raw text by id of every judgment in the data."""
    found: dict[str, str] = {}
    for file in sorted(data.glob("*.jsonl")) if data.is_dir() else [data]:
        with file.open(encoding="utf-8") as lines:
            for row in map(json.loads, filter(str.strip, lines)):
                if "text_id" in row and "fd" in row:
                    found[row["text_id"]] = row["fd"]
    return found


def _rows(name: str) -> Iterator[dict[str, Any]]:
    text = (files("eval_sets") / "gold" / name).read_text(encoding="utf-8")
    yield from map(json.loads, filter(str.strip, text.splitlines()))


def gold(data: Path, limit: int | None = None) -> list[Case]:
    """The questions whose document is in the data (`limit`: the first ones), by document."""
    texts = documents(data)
    grouped: dict[str, list[Question]] = {}
    rows = [row for row in _rows("reasoning.jsonl") if row["id"] in texts]
    for row in rows[:limit]:
        place, text = row["question"], texts[row["id"]]
        start, end = place.get("start", 0), place.get("end", 0)
        grouped.setdefault(row["id"], []).append(
            Question(
                id=row["id"],
                kind=place["kind"],
                label=row["label"],
                part=row["part"],
                start=start,
                end=end,
                words=text[start:end],
                topic=place.get("topic"),
            )
        )
    return [Case(texts[key], questions) for key, questions in grouped.items()]


_LEAST_OF_AN_ANSWER = 2


def sample(cases: Sequence[Case], count: int) -> list[Case]:
    """Whole documents with about `count` questions (a few more, or all there are), always the
    same: of each answer of each kind its share, of rare ones two; short documents before long
    ones, because a naive prompt has to read all of each.
    """
    there = Counter(_answer(question) for case in cases for question in case.questions)
    part = min(count / max(sum(there.values()), 1), 1.0)
    wanted = {a: min(n, max(_LEAST_OF_AN_ANSWER, round(n * part))) for a, n in there.items()}
    missing, left, taken, asked = dict(wanted), list(cases), [], 0

    def worth(case: Case) -> float:
        """What the document fills of each answer's part, by its length."""
        brought = Counter(map(_answer, case.questions))
        return sum(min(n, missing[a]) / wanted[a] for a, n in brought.items()) / len(case.text)

    while left and asked < count:
        best = max(left, key=lambda case: (worth(case), case.questions[0].id))
        left.remove(best)
        taken.append(best)
        asked += len(best.questions)
        for answer, n in Counter(map(_answer, best.questions)).items():
            missing[answer] = max(missing[answer] - n, 0)
    return taken


def _answer(question: Question) -> tuple[str, str]:
    return question.kind, question.label


def own() -> list[Case]:
    """The whole invented judgments of `reasoning_own.jsonl` (rows with a `text`)."""
    cases = []
    for row in _rows("reasoning_own.jsonl"):
        if "text" in row:
            question = Question(row["id"], row["kind"], row["label"], "own")
            cases.append(Case(row["text"], [question]))
    return cases


def labels(kind: str) -> tuple[str, ...]:
    """The answers that a kind of question can have, `none` included where it can be absent."""
    codes = tuple(v.code for v in criteria()[kind].verdicts if v.code != "open")
    return codes if kind in (*PLACED, "evidence", "statute") else (*codes, "none")
