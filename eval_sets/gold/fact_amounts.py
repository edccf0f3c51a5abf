"""Amounts with their role in facts told by courts, against labels made before the first run.

    python -m eval_sets.gold.fact_amounts DATA [--wrong]

DATA is a folder with `queries*.jsonl` (`id`, `text`: the facts of a judgment alone). Labels
stand in `fact_amounts.jsonl`: `{"id", "amounts": [[yuan, role]]}`, conventions as in README.md;
sums of other currencies are left out. A value with a role stands once.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from eval_sets.metrics import bootstrap_interval
from ingestion.extract import parse
from ingestion.readers import source_from_text

LABELS = Path(__file__).parent / "fact_amounts.jsonl"
_BEFORE = (
    "江城市云溪区人民法院\n刑事判决书\n（2020）江0108刑初206号\n公诉机关江城市云溪区人民检察院。\n"
    "被告人钟启明，男，1990年5月12日出生，汉族，初中文化，农民。现羁押于江城市看守所。\n"
    "江城市云溪区人民检察院以江云检刑诉〔2020〕118号起诉书指控被告人犯罪，向本院提起公诉。"
    "本院依法组成合议庭，公开开庭审理了本案。现已审理终结。\n经审理查明，"
)
_AFTER = "\n上述事实，被告人在开庭审理过程中无异议，足以认定。\n本院认为，被告人的行为已构成犯罪。"
Sum = tuple[float, str]


def read(text: str) -> set[Sum]:
    """The sums of facts, told as a judgment tells them."""
    doc = parse(source_from_text(_BEFORE + text + _AFTER))
    return {
        (a.fen / 100, a.role) for a in doc.amounts if a.currency == "CNY" and a.section == "facts"
    }


def f1(rows: Sequence[tuple[set[Sum], set[Sum]]]) -> float:
    """Of pairs of labelled and read sums."""
    right = sum(len(gold & found) for gold, found in rows)
    return 2 * right / max(sum(len(gold) + len(found) for gold, found in rows), 1)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--wrong", action="store_true", help="show what was read wrong")
    given = parser.parse_args()
    texts = {
        str(row["id"]): row["text"]
        for path in sorted(given.data.glob("queries*.jsonl"))
        for row in map(json.loads, path.read_text("utf-8").splitlines())
    }
    rows = []
    kinds = Counter[str]()
    for row in map(json.loads, LABELS.read_text("utf-8").splitlines()):
        gold: set[Sum] = {(float(yuan), role) for yuan, role in row["amounts"]}
        found = read(texts[row["id"]])
        rows.append((gold, found))
        kinds.update(role for _, role in gold)
        if given.wrong and gold != found:
            print(row["id"], "missed", sorted(gold - found), "wrong", sorted(found - gold))
    low, high = bootstrap_interval(rows, f1)
    values = [({v for v, _ in gold}, {v for v, _ in found}) for gold, found in rows]
    both = sum(len(g & f) for g, f in values)
    print(f"{len(rows)} texts, {sum(kinds.values())} sums: {dict(kinds.most_common())}")
    print(f"value with role F1 {f1(rows):.3f} ({low:.3f}–{high:.3f})")
    print(f"value alone F1 {2 * both / sum(len(g) + len(f) for g, f in values):.3f}")


if __name__ == "__main__":
    main()
