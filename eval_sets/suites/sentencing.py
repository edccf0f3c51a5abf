"""How real sentences relate to the sentencing opinion: lines with `fd` (full judgment).

A verdict outside the opinion is not yet wrong, and one inside not yet right: the tier is often
read from the judgment's own words. So the suite also says how wide the ranges are and how many
sentences of other cases of the same charge would have fallen into them (`by_chance`).

The guideline's range is its own result; a judge or panel may move it by a fifth, which is
measured apart (`within_discretion`). Widths are those of the guideline's range.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from assistant.sentencing import SentencingOpinion, opine
from assistant.versions import versions
from eval_sets.metrics import bootstrap_interval, share
from ingestion.errors import InputError
from ingestion.extract import parse
from ingestion.model import CaseDocument
from ingestion.readers import source_from_text
from knowledge_base import charges


@dataclass(frozen=True)
class Case:
    """One person and charge: the opinion and, for fixed terms, the months pronounced."""

    opinion: SentencingOpinion
    months: float | None

    @property
    def width(self) -> int:
        """Months of the guideline's range."""
        return (self.opinion.guided_high or 0) - (self.opinion.guided_low or 0)

    @property
    def share_of_tier(self) -> float:
        """The same as a share of the chosen tier's own width; a tier of one figure counts 0."""
        tier = (self.opinion.tier_high or 0) - (self.opinion.tier_low or 0)
        return self.width / tier if tier else 0.0


Rows = Sequence[Sequence[Case]]


def _lines(data: Path) -> Iterator[dict[str, Any]]:
    paths = sorted(data.glob("*.jsonl")) if data.is_dir() else [data]
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            item = json.loads(line) if line.strip() else {}
            if isinstance(item, dict) and item.get("fd"):
                yield item


def _months(doc: CaseDocument, opinion: SentencingOpinion) -> float | None:
    person = doc.defendant(opinion.person)
    for name, sentence in person.verdicts.items() if person else ():
        if charges.same_charge(name, opinion.charge) and sentence.main in (
            "imprisonment",
            "detention",
        ):
            return sentence.term.months + sentence.term.days / 30
    return None


def documents(data: Path) -> list[CaseDocument]:
    """The judgments of a JSON-lines file, or a folder of them, parsed."""
    return [parse(source_from_text(item["fd"])) for item in _lines(data)]


def _row(item: dict[str, Any]) -> list[Case]:
    doc = parse(source_from_text(item["fd"]))
    return [Case(o, _months(doc, o)) for o in opine(doc)]


def _all(rows: Rows) -> list[Case]:
    return [case for row in rows for case in row]


def _supported(rows: Rows) -> float:
    cases = _all(rows)
    return share(sum(c.opinion.supported for c in cases), len(cases))


def _decided(rows: Rows) -> float:
    cases = [c for c in _all(rows) if c.opinion.supported]
    return share(sum(c.opinion.decided for c in cases), len(cases))


def _lawful(rows: Rows) -> float:
    found = [c.opinion.verdict.lawful for c in _all(rows) if c.opinion.verdict]
    known = [v for v in found if v is not None]
    return share(sum(known), len(known))


def _guided(rows: Rows) -> list[Case]:
    return [
        c
        for c in _all(rows)
        if c.opinion.verdict is not None and c.opinion.verdict.in_guideline is not None
    ]


def _in_guideline(rows: Rows) -> float:
    cases = _guided(rows)
    return share(
        sum(bool(c.opinion.verdict and c.opinion.verdict.in_guideline) for c in cases), len(cases)
    )


def _within_discretion(rows: Rows) -> float:
    cases = _guided(rows)
    hits = [c for c in cases if c.opinion.verdict and c.opinion.verdict.within_discretion]
    return share(len(hits), len(cases))


def _width_share(rows: Rows) -> float:
    return float(median([c.share_of_tier for c in _guided(rows)] or [0.0]))


def _by_chance(rows: Rows) -> float:
    """Share of the sentences of other cases of the same charge inside each opinion's range."""
    cases = [c for c in _guided(rows) if c.months is not None]
    hits = total = 0
    for case in cases:
        low, high = case.opinion.guided_low or 0, case.opinion.guided_high or 0
        for other in cases:
            if other is not case and other.opinion.canonical == case.opinion.canonical:
                total += 1
                hits += low <= (other.months or 0) <= high
    return share(hits, total)


_MEASURES: dict[str, Callable[[Rows], float]] = {
    "supported": _supported,
    "tier_decided": _decided,
    "in_lawful_range": _lawful,
    "in_guideline_range": _in_guideline,
    "within_discretion": _within_discretion,
    "range_width_of_tier_median": _width_share,
}


def _halves(rows: Rows) -> dict[str, dict[str, float]]:
    """The measures on the first and the second half of the documents: do they carry over?"""
    middle = len(rows) // 2
    return {
        name: {measure: value(part) for measure, value in _MEASURES.items()}
        for name, part in (("first", rows[:middle]), ("second", rows[middle:]))
    }


def _exceptions(rows: Rows) -> list[dict[str, Any]]:
    """What to explain: charge, sentence and reason, without names or text."""
    return [
        {
            "document": number,
            "charge": case.opinion.charge,
            "verdict": verdict.text,
            "guideline": [case.opinion.guided_low, case.opinion.guided_high],
            "range": [case.opinion.low, case.opinion.high],
            "reason": verdict.reason,
        }
        for number, row in enumerate(rows)
        for case in row
        if (verdict := case.opinion.verdict) is not None
        and (verdict.lawful is False or verdict.in_guideline is False)
    ]


def run(
    data: Path, limit: int | None = None, progress: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """Run over a JSON-lines file, or a folder of them, with a field `fd`.

    Raises InputError where there is no such line.
    """
    started = time.monotonic()
    items = list(_lines(data))[:limit]
    if not items:
        raise InputError(f"“{data.name}”中没有带 fd 字段的行。")
    rows: list[list[Case]] = []
    for done, item in enumerate(items, start=1):
        rows.append(_row(item))
        if progress:
            progress(done, len(items))
    guided = _guided(rows)
    metrics: dict[str, Any] = {name: measure(rows) for name, measure in _MEASURES.items()}
    metrics["in_guideline_by_chance"] = _by_chance(rows)
    metrics["range_width_months_median"] = float(median([c.width for c in guided] or [0]))
    metrics["opinions"] = len(_all(rows))
    metrics["verdicts_in_guideline_question"] = len(guided)
    return {
        "suite": "sentencing",
        "n": len(rows),
        "metrics": metrics,
        "intervals": {n: list(bootstrap_interval(rows, m)) for n, m in _MEASURES.items()},
        "halves": _halves(rows),
        "seconds": round(time.monotonic() - started, 3),
        "versions": versions(),
        "exceptions": _exceptions(rows),
    }
