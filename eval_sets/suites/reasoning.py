"""How well rules judge whether a court answered an argument, and told the facts of a circumstance.

Questions and labels are the project's own (`eval_sets/gold/reasoning.jsonl`: offsets into the
document's `fd` and a label, no text); the data give the documents (`text_id`, `fd`). By rules
alone, so that the number does not depend on the machine: `sure` is the share that rules
decide, `sure_accuracy` how often they are right there, and what they leave to the model counts
in `macro_f1` with the rules' guess. `baseline` looks for 采纳 near the most similar sentence.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from assistant.reasoning import circumstances, rules
from assistant.versions import versions
from eval_sets.metrics import bootstrap_interval, share
from ingestion.answers import responses, sentences
from ingestion.answers.wording import closeness
from ingestion.errors import InputError
from ingestion.extract import parse
from ingestion.model import CaseDocument, Circumstance, Span
from ingestion.readers import source_from_text
from knowledge_base.topics import table

_NEAR = 0.22


@dataclass(frozen=True)
class Row:
    """One question: its label, the rules' answer and whether they are sure, the baseline's."""

    kind: str
    label: str
    given: str
    sure: bool
    baseline: str


@dataclass(frozen=True)
class _Court:
    doc: CaseDocument
    sentences: list[Span]
    responses: list[responses.Response]


def _documents(data: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted(data.glob("*.jsonl")) if data.is_dir() else [data]:
        with file.open(encoding="utf-8") as lines:
            for row in map(json.loads, filter(str.strip, lines)):
                if "text_id" in row and "fd" in row:
                    found[row["text_id"]] = row["fd"]
    return found


def _gold() -> Iterator[dict[str, Any]]:
    text = (files("eval_sets") / "gold" / "reasoning.jsonl").read_text(encoding="utf-8")
    yield from map(json.loads, filter(str.strip, text.splitlines()))


def _court(text: str) -> _Court:
    doc = parse(source_from_text(text))
    own = sentences.of_court(doc)
    return _Court(doc, own, responses.find(own))


def _baseline(argument: str, court: _Court) -> str:
    best = max(court.sentences, key=lambda s: closeness(argument, s.quote), default=None)
    if best is None or closeness(argument, best.quote) < _NEAR:
        return "ignored"
    at = court.sentences.index(best)
    for sentence in court.sentences[at : at + 2]:
        stand = responses.polarity(sentence.quote)
        if stand is not None:
            return "adopted" if stand == "adopts" else "refused_with_reason"
    return "adopted"


def _argument(words: str, label: str, court: _Court) -> Row:
    decided = rules.decide(words, court.sentences, court.responses)
    return Row("argument", label, decided.answered, decided.sure, _baseline(words, court))


def _circumstance(words: str, before: str, label: str, court: _Court) -> Row | None:
    """`before`: the raw text up to the words, to find the same mention in the read text."""
    topic = next((t for t in table().values() if t.name == words), None)
    places = [i for i in range(len(court.doc.text)) if court.doc.text.startswith(words, i)]
    nth = before.count(words)
    if topic is None or nth >= len(places):
        return None
    at = places[nth]
    index = next((i for i, s in enumerate(court.sentences) if s.start <= at < s.end), None)
    if index is None:
        return None
    named = Circumstance(
        key=topic.key,
        polarity="affirmed",
        speaker="court",
        section="reasoning",
        persons=(),
        span=court.doc.span(at, at + len(words)),
    )
    around = tuple(court.sentences[max(index - 1, 0) : index + 1])
    verdict, _, sure = circumstances.decide(circumstances.Question(named, topic, around))
    return Row("circumstance", label, verdict, sure, "reasoned")


def _row(question: dict[str, Any], text: str, court: _Court) -> Row | None:
    place = question["question"]
    words = text[place["start"] : place["end"]]
    if place["kind"] == "argument":
        return _argument(words, question["label"], court)
    return _circumstance(words, text[: place["start"]], question["label"], court)


def _macro_f1(rows: Sequence[Row], of: Callable[[Row], str]) -> float:
    scores = []
    for label in sorted({r.label for r in rows}):
        hits = sum(r.label == label == of(r) for r in rows)
        given = sum(of(r) == label for r in rows)
        scores.append(share(2 * hits, given + sum(r.label == label for r in rows)))
    return share(sum(scores), len(scores))


def _measures(rows: Sequence[Row]) -> dict[str, float]:
    sure = [r for r in rows if r.sure]
    return {
        "macro_f1": _macro_f1(rows, lambda r: r.given),
        "accuracy": share(sum(r.label == r.given for r in rows), len(rows)),
        "sure": share(len(sure), len(rows)),
        "sure_accuracy": share(sum(r.label == r.given for r in sure), len(sure)),
        "baseline_macro_f1": _macro_f1(rows, lambda r: r.baseline),
    }


def run(
    data: Path, limit: int | None = None, progress: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """Run over the gold questions whose document is in the data (`limit`: the first ones).

    Raises InputError where none is. `unmatched` counts questions whose words are not found in
    the document as it is read.
    """
    started = time.monotonic()
    documents = _documents(data)
    asked = [q for q in _gold() if q["id"] in documents][:limit]
    if not asked:
        raise InputError(f"“{data.name}”中没有评测集所标注的判决书。")
    courts: dict[str, _Court] = {}
    rows: list[Row] = []
    for done, question in enumerate(asked, start=1):
        text = documents[question["id"]]
        if question["id"] not in courts:
            courts[question["id"]] = _court(text)
        court = courts[question["id"]]
        row = _row(question, text, court)
        if row is not None:
            rows.append(row)
        if progress:
            progress(done, len(asked))
    kinds = {k: [r for r in rows if r.kind == k] for k in ("argument", "circumstance")}
    metrics: dict[str, Any] = _measures(rows)
    metrics["per_question"] = {k: _measures(found) for k, found in kinds.items() if found}
    metrics["unmatched"] = len(asked) - len(rows)
    return {
        "suite": "reasoning",
        "n": len(rows),
        "metrics": metrics,
        "intervals": {
            name: list(bootstrap_interval(rows, lambda r, n=name: _measures(r)[n]))  # type: ignore[misc]
            for name in ("macro_f1", "accuracy")
        },
        "seconds": round(time.monotonic() - started, 3),
        "versions": versions(),
    }
