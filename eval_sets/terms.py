"""Cases with a known term of imprisonment, and the benchmark's measure of an estimated one."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingestion.errors import InputError
from ingestion.extract import parse
from ingestion.model import CaseDocument
from ingestion.readers import source_from_text

_SCALE = math.log(216)
_QUESTION = re.compile(
    r"(?:事实[:：])?(?P<facts>.*?)\s*罪名[:：](?P<charges>.*?)。\s*"
    r"(?:法条[:：](?:刑法)?第?(?P<articles>[\d、，,条第刑法]+?)条?(?:。法条内容[:：](?P<text>.*))?)?$",
    re.DOTALL,
)
_GENERAL_PART = 101


@dataclass(frozen=True)
class Case:
    """Facts of one person's case; `months` 0 where no imprisonment was imposed."""

    facts: str
    charges: tuple[str, ...]
    articles: tuple[int, ...]
    months: float
    article_text: str | None = None


def term_score(months: float, estimated: float | None) -> float:
    """(ln 216 − |ln(t+1) − ln(p+1)|) / ln 216; 0 without an answer.

    >>> round(term_score(12, 12), 3), round(term_score(12, 24), 3)
    (1.0, 0.878)
    """
    if estimated is None:
        return 0.0
    return (_SCALE - abs(math.log1p(months) - math.log1p(estimated))) / _SCALE


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file, or of all such files of a folder.

    Raises InputError for a line that is no JSON object.
    """
    for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                item = json.loads(line)
            except ValueError as error:
                raise InputError(f"“{file.name}”第 {number} 行不是 JSON。") from error
            if not isinstance(item, dict):
                raise InputError(f"“{file.name}”第 {number} 行不是一个对象。")
            yield item


def cail_cases(path: Path) -> Iterator[Case]:
    """CAIL rows with a fixed term; death and life are left out."""
    for item in lines(path):
        if not item.get("death") and not item.get("life"):
            yield cail_case(item)


def cail_case(item: dict[str, Any]) -> Case:
    return Case(
        item["fact"],
        tuple(item["charges"]),
        tuple(sorted(set(item["articles"]))),
        float(item["imprisonment"]),
    )


def question(text: str) -> Case:
    """A question of LawBench 3-4 or 3-5 (the latter gives the article's words); months 0.

    A question of another form counts as facts alone.
    """
    found = _QUESTION.match(text.strip())
    if found is None:
        return Case(text, (), (), 0.0)
    articles = tuple(int(n) for n in re.findall(r"\d+", found["articles"] or ""))
    charges = tuple(c for c in re.split(r"[;；]", found["charges"]) if c)
    return Case(found["facts"], charges, articles, 0.0, found["text"])


def stated_months(answer: str) -> float | None:
    """Months of an answer such as 刑期:12个月; None for death, life and none."""
    found = re.search(r"(\d+(?:\.\d+)?)\s*个?月", answer)
    return float(found[1]) if found else None


def lawbench_cases(path: Path) -> Iterator[Case]:
    for item in lines(path):
        months = stated_months(item["answer"])
        if months is not None:
            case = question(item["question"])
            yield Case(case.facts, case.charges, case.articles, months, case.article_text)


def judgment_cases(path: Path) -> Iterator[Case]:
    """Judgments of one defendant whose term is stated; control and fines count as 0 months."""
    for item in lines(path):
        doc = parse(source_from_text(item["fd"]))
        months = _pronounced(doc)
        if months is not None:
            numbers = tuple(n for n in item["la"] if n > _GENERAL_PART)
            yield Case(item["text"], tuple(doc.defendants[0].verdicts), numbers, months)


def _pronounced(doc: CaseDocument) -> float | None:
    if len(doc.defendants) != 1 or not doc.defendants[0].verdicts:
        return None
    person = doc.defendants[0]
    verdicts = list(person.verdicts.values())
    sentence = verdicts[0] if len(verdicts) == 1 else person.combined
    if sentence is None or sentence.main in ("life", "death"):
        return None
    if sentence.main in ("imprisonment", "detention"):
        return sentence.term.months + sentence.term.days / 30
    return 0.0


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
