"""A model asked about sentences that rules find suspicious: `python -m eval_sets.slips LAWBENCH`.

    python -m eval_sets.slips ../shared/data/lawbench/2-1.jsonl --clean FILE --answers FOLDER

LAWBENCH: items of task 2-1, every one of which holds a slip; their doubtful edits come from
weights that were fitted without the item's fold. `--clean`: sentences without a slip, one a line.
Answers are kept in the folder, so that a run broken off goes on. Printed for the table
`model_questions`: how often leaving the sentence alone (rules) and the model's choice are right;
the precision of what the model would change, on the items and on both together.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.model import running
from assistant.model.gateway import Gateway
from assistant.proofreading import Correction
from assistant.proofreading.asking import slip
from assistant.proofreading.doubtful import Doubt, among, doubts
from assistant.settings import load
from eval_sets.compare import settings_of
from eval_sets.lawbench.edits import edits
from eval_sets.metrics import bootstrap_interval, share
from eval_sets.training.proofreading import FOLDS, held_out, read
from knowledge_base import proofreading

_SEED = 20240301


@dataclass(frozen=True)
class Asked:
    """A doubtful sentence; `right`: those of its edits that put a slip right; `item`: it is one
    of LawBench, not a clean one."""

    text: str
    doubt: Doubt
    right: tuple[Correction, ...]
    item: bool


def of_items(path: Path) -> Iterator[Asked]:
    """The doubtful sentences of the items."""
    items = read(path)
    folds = [n % FOLDS for n in range(len(items))]
    random.Random(_SEED).shuffle(folds)
    for item, chances in zip(items, held_out(items, folds), strict=True):
        wanted = edits(item.question, item.answer)
        scored = list(zip(map(float, chances), item.found, strict=True))
        found = among(
            item.question, scored, lambda kind: proofreading.certainty("shown", kind.name.lower())
        )
        for doubt in found:
            right = [e for e in doubt.edits if _made(item.question, e) <= wanted]
            yield Asked(item.question, doubt, tuple(right), item=True)


def _made(text: str, edit: Correction) -> frozenset[Any]:
    return edits(text, text[: edit.start] + edit.right + text[edit.end :])


def of_clean(path: Path) -> Iterator[Asked]:
    """The doubtful ones of sentences without a slip."""
    for text in path.read_text("utf-8").splitlines():
        for doubt in doubts(text):
            yield Asked(text, doubt, (), item=False)


Told = tuple[Asked, Correction | None]


def precision(rows: Sequence[Told]) -> float:
    """Of the edits that the model chose."""
    chosen = [(asked, edit) for asked, edit in rows if edit is not None]
    return share(sum(edit in asked.right for asked, edit in chosen), len(chosen))


def measures(rows: Sequence[Told]) -> dict[str, Any]:
    """What is reported of the answers; shares 0…1."""
    chosen = [row for row in rows if row[1] is not None]
    fixed = sum(edit in asked.right for asked, edit in chosen)
    rightly_left = sum(edit is None and not asked.right for asked, edit in rows)
    return {
        "n": len(rows),
        "with_a_right_edit": sum(bool(asked.right) for asked, _ in rows),
        "chosen": len(chosen),
        "right": fixed,
        "precision": precision(rows),
        "precision_interval": list(bootstrap_interval(chosen, precision)),
        "likeliest_precision": precision([(asked, asked.doubt.edits[0]) for asked, _ in rows]),
        "rules_right": share(sum(not asked.right for asked, _ in rows), len(rows)),
        "model_right": share(fixed + rightly_left, len(rows)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("items", type=Path)
    parser.add_argument("--clean", type=Path, nargs="*", default=[])
    parser.add_argument("--model", default="default")
    parser.add_argument("--answers", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="so many sentences, drawn by a fixed seed")
    given = parser.parse_args()
    asked = [*of_items(given.items), *(one for path in given.clean for one in of_clean(path))]
    random.Random(_SEED).shuffle(asked)
    settings = settings_of(given.model, load()).model_copy(update={"home": given.answers})
    rows: list[Told] = []
    with running(settings) as endpoint:
        gateway = Gateway(endpoint, settings)
        for one in asked[: given.limit]:
            rows.append((one, slip(gateway, one.text, one.doubt)))
            print(f"{len(rows)}: {precision(rows):.3f}", flush=True)
        told = {
            "items": measures([row for row in rows if row[0].item]),
            "all": measures(rows),
            "model": gateway.totals(),
        }
    print(json.dumps(told, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
