"""Amounts with their role in facts told by courts, against labels made before the first run.

    python -m eval_sets.gold.fact_amounts DATA [--wrong ROUND]

DATA is the folder that holds `lecard`, `cail2018` and `lawbench`. Labels stand in
`fact_amounts.jsonl`: `{"id", "round", "amounts": [[yuan, role]]}`, conventions as in README.md;
sums of other currencies are left out. A value with a role stands once. The texts of a round were
labelled before the program was run on any of them, and mended on after it.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from eval_sets.metrics import bootstrap_interval
from ingestion.extract import parse
from ingestion.readers import source_from_text

LABELS = Path(__file__).parent / "fact_amounts.jsonl"
_BEFORE = (
    "江城市云溪区人民法院\n刑事判决书\n（2020）江0108刑初206号\n公诉机关江城市云溪区人民检察院。\n"
    "被告人钟启明，男，1990年5月12日出生，汉族，初中文化，农民。现羁押于江城市看守所。\n"
    "江城市云溪区人民检察院以江云检刑诉〔2020〕118号起诉书指控被告人犯罪，向本院提起公诉。"
    "本院依法组成合议庭，公开开庭审理了本案。现已审理终结。\n"
)
_AFTER = "\n上述事实，被告人在开庭审理过程中无异议，足以认定。\n本院认为，被告人的行为已构成犯罪。"
_LED = re.compile(r"[^。]{0,60}?(?:指控|查明|认定)")
# A question of LawBench names the part before it, and the charge after it.
_ASKED = re.compile(r"^(?:事实|文书)[:：]|\s*罪名[:：][^\n]*$")
Sum = tuple[float, str]


def texts(data: Path) -> Iterator[tuple[str, str]]:
    """Every text of facts in the folder, by its id."""

    def lines(path: Path) -> list[Any]:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]

    for path in sorted((data / "lecard").glob("queries*.jsonl")):
        yield from ((f"lecard:{row['id']}", row["text"]) for row in lines(path))
    for number, row in enumerate(lines(data / "cail2018" / "dev.jsonl")):
        yield f"cail2018:{number}", row["fact"]
    for path in sorted((data / "lawbench").glob("3-*.jsonl")):
        yield from (
            (f"lawbench:{row['id']}", _ASKED.sub("", row["question"])) for row in lines(path)
        )


def read(text: str) -> set[Sum]:
    """The sums of an accusation or of findings, told as a judgment tells them."""
    lead = "" if _LED.match(text) else "经审理查明，"
    doc = parse(source_from_text(_BEFORE + lead + text + _AFTER))
    asked = [r.span for person in doc.defendants for r in person.recommendations]
    return {
        (a.fen / 100, a.role)
        for a in doc.amounts
        if a.currency == "CNY"
        and a.section in ("accusation", "facts", "claims")
        and not any(s.start <= a.span.start and a.span.end <= s.end for s in asked)
    }


def f1(rows: Sequence[tuple[set[Sum], set[Sum]]]) -> float:
    """Of pairs of labelled and read sums."""
    right = sum(len(gold & found) for gold, found in rows)
    return 2 * right / max(sum(len(gold) + len(found) for gold, found in rows), 1)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--wrong", type=int, help="show what was read wrong in that round")
    given = parser.parse_args()
    told = dict(texts(given.data))
    rounds = defaultdict[int, list[tuple[set[Sum], set[Sum]]]](list)
    for row in map(json.loads, LABELS.read_text("utf-8").splitlines()):
        gold: set[Sum] = {(float(yuan), role) for yuan, role in row["amounts"]}
        found = read(told[row["id"]])
        rounds[row["round"]].append((gold, found))
        if given.wrong == row["round"] and gold != found:
            print(row["id"], "missed", sorted(gold - found), "wrong", sorted(found - gold))
    for number, rows in rounds.items():
        kinds = Counter(role for gold, _ in rows for _, role in gold)
        low, high = bootstrap_interval(rows, f1)
        values = [({(v, "") for v, _ in gold}, {(v, "") for v, _ in found}) for gold, found in rows]
        print(f"round {number}: {len(rows)} texts, {sum(kinds.values())} sums {dict(kinds)}")
        print(f"  value with role F1 {f1(rows):.3f} ({low:.3f}–{high:.3f}), value {f1(values):.3f}")


if __name__ == "__main__":
    main()
