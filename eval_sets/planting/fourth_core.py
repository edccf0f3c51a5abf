"""What the mutators of the fourth planter share: kinds told in one line each.

A kind either changes words of one part of a document (`change`) or puts in a sentence that the
case does not bear (`add`).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from eval_sets.planting.second_core import (
    Document,
    Edit,
    Kinds,
    Mutator,
    Texts,
    facts,
    kind,
    operative,
    reasoning,
)
from eval_sets.planting.third_core import put

FOURTH: Kinds = {}
Now = str | Mapping[str, str] | Callable[[str], str]
DAY = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
_TITLE = "《中华人民共和国刑"


def fourth(name: str, category: str, document: Document) -> Callable[[Mutator], Mutator]:
    """Registers a kind of the fourth planter."""
    return kind(name, category, document, FOURTH)


def part(text: str, name: str) -> tuple[int, int]:
    """The range of a part: head, facts, found (by the court), reasons, basis, verdict, tail, all."""
    end = operative(text) or max(text.rfind("此致"), text.rfind("此 致"), 0) or len(text)
    judged = bool(operative(text))
    told, why = facts(text), reasoning(text)
    head = re.search(r"起诉书指控|本案由|涉嫌[^。]{2,40}一案", text)
    found = text.find("查明", told if judged else 0)
    basis = max(text.rfind(words, why, end) for words in ("依照", "依据", "根据", "据此"))
    notice = text.find("如不服", end)
    ranges = {
        "head": (0, head.start() if head else 0),
        "facts": (told, why),
        "found": (found, why) if found > 0 else (why, why),
        "reasons": (why, basis if basis > 0 else end),
        "basis": (max(basis, why), end),
        "verdict": (end, notice if notice > 0 else len(text)),
        "tail": (notice if notice > 0 else end, len(text)),
        "all": (0, len(text)),
    }
    return ranges[name]


def _new(now: Now, was: str) -> str | None:
    if isinstance(now, str):
        return now
    return now(was) if callable(now) else now.get(was)


def changed(text: str, where: str, pattern: str, now: Now, other: str | None = None) -> Edit | None:
    """Replaces group 1 of the first fitting match in a part; quotes the whole match.

    With `other` (the other document) the old words must stand there too and the new ones not:
    then the two documents differ by this one change.
    """
    start, end = part(text, where)
    for found in re.compile(pattern).finditer(text, start, end):
        new = _new(now, found[1])
        if new is None or new == found[1]:
            continue
        before, after = found.start(1) - found.start(), found.end(1) - found.start()
        quote = found[0][:before] + new + found[0][after:]
        if other is None or (found[0] in other and quote not in other):
            return put(text, found.start(1), found.end(1), new, quote)
    return None


def change(
    name: str,
    category: str,
    document: Document,
    where: str,
    pattern: str,
    now: Now,
    *,
    both: bool = False,
    only: str = "",
    unless: str = "",
) -> None:
    """A kind that changes words in one part; `both`: words that both documents have.

    `only` and `unless` are searched in the text as it was.
    """

    def mutate(text: str, texts: Texts, chance: random.Random) -> Edit | None:
        if (only and not re.search(only, text)) or (unless and re.search(unless, text)):
            return None
        other = texts.judgment if document == "indictment" else texts.indictment
        return changed(text, where, pattern, now, other if both else None)

    fourth(name, category, document)(mutate)


def gone(name: str, category: str, document: Document, where: str, pattern: str, near: str) -> None:
    """A kind that leaves out the words of group 1; the defect stands at what `near` finds."""

    def mutate(text: str, texts: Texts, chance: random.Random) -> Edit | None:
        found = re.compile(pattern).search(text, *part(text, where))
        if found is None:
            return None
        left = text[: found.start(1)] + text[found.end(1) :]
        beside = re.search(near, left)
        return (left, beside[0], found[1]) if beside else None

    fourth(name, category, document)(mutate)


def moved(text: str, where: str, pattern: str, days: int) -> Edit | None:
    """A day that `pattern` finds by `DAY` in a part, so many days later."""
    found = re.compile(pattern).search(text, *part(text, where))
    if found is None:
        return None
    day = date(int(found[1]), int(found[2]), min(int(found[3]), 28)) + timedelta(days=days)
    return put(text, found.start(1), found.end(3) + 1, f"{day.year}年{day.month}月{day.day}日")


def add(
    name: str,
    category: str,
    document: Document,
    sentence: str,
    quote: str,
    *,
    unless: str,
    only: str = "",
) -> None:
    """A kind that puts a sentence at the end of the reasons of a case it does not fit.

    `unless` and `only` are searched in both documents.
    """

    def mutate(text: str, texts: Texts, chance: random.Random) -> Edit | None:
        everything = texts.indictment + texts.judgment[: operative(texts.judgment) + 400]
        if re.search(unless, everything) or (only and not re.search(only, everything)):
            return None
        law = text.rfind(_TITLE, reasoning(text), part(text, "basis")[1])
        stop = text.rfind("。", reasoning(text), law)
        return put(text, stop + 1, stop + 1, sentence, quote) if law > stop > 0 else None

    fourth(name, category, document)(mutate)
