"""LawBench 2-6: a sentence of a theft case → entities of ten types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from zlib import crc32

from eval_sets.lawbench.task import Task
from ingestion.entities import KINDS, Kind, find_entities
from ingestion.entities.weights import seen

LABELS: Mapping[Kind, str] = dict(
    zip(
        KINDS,
        [
            "犯罪嫌疑人",
            "受害人",
            "被盗货币",
            "物品价值",
            "盗窃获利",
            "被盗物品",
            "作案工具",
            "时间",
            "地点",
            "组织机构",
        ],
        strict=True,
    )
)


def sentence_of(question: str) -> str:
    """The sentence without the question's prefix."""
    return question.removeprefix("句子:")


def worded(parts: Mapping[str, Sequence[str]]) -> str:
    """One type a line, its values joined by “、”."""
    return "\n".join(f"{label}:{'、'.join(values)}" for label, values in parts.items() if values)


def _answer(question: str, instruction: str) -> str:
    sentence = sentence_of(question)
    parts: dict[str, list[str]] = {label: [] for label in LABELS.values()}
    for entity in find_entities(sentence):
        parts[LABELS[entity.kind]].append(sentence[entity.start : entity.end])
    return worded(parts)


def by_type(answer: str) -> dict[str, str]:
    """The text of each type, from lines (an answer) or parts between “;” (a reference).

    >>> by_type("犯罪嫌疑人:甲某;时间:当晚")
    {'犯罪嫌疑人': '甲某', '时间': '当晚'}
    """
    found = {}
    for part in answer.replace("\n", ";").split(";"):
        label, colon, text = part.partition(":")
        if colon and text and label in LABELS.values():
            found[label] = text
    return found


def _characters(text: str) -> Counter[str]:
    return Counter(c for c in text.lower() if c.isalnum())


def character_f1(given: str, expected: str) -> float:
    """F1 of the bags of letters and digits."""
    one, other = _characters(given), _characters(expected)
    common = (one & other).total()
    return 2 * common / (one.total() + other.total()) if common else 0.0


def soft_f1(prediction: str, reference: str) -> float:
    """Precision and recall over types, each type worth the character F1 of its text.

    Where the reference names nothing, 1 for an empty answer and 0 for any other.
    """
    given, expected = by_type(prediction), by_type(reference)
    if not given or not expected:
        return float(given == expected)
    worth = sum(character_f1(given[label], expected[label]) for label in given if label in expected)
    return 2 * worth / (len(given) + len(expected))


def _scores(predictions: Sequence[str], references: Sequence[str]) -> list[float]:
    return [soft_f1(p, r) for p, r in zip(predictions, references, strict=True)]


TASKS = {"2-6": Task("2-6", _answer, _scores)}


def _seen(question: str) -> bool:
    return crc32(sentence_of(question).encode()) in seen()


# Which items the shipped weights were trained on: their scores are no measurement.
SEEN = {"2-6": _seen}
