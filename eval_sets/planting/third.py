"""The third planter: slips of a careless clerk, of kinds that the other two do not plant.

python -m eval_sets.planting.third DATA [--most N] [--kinds A,B]

plants each kind into up to N clean pairs (rebuilt from judgments, and the clean ones of
`planted/dev.jsonl`) and prints how many were found. A finding that stands on the unspoiled pair
does not count; otherwise as in the suite `planted`.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from assistant.checks import registry
from assistant.findings import Finding
from eval_sets.planting.layouts import LAYOUTS
from eval_sets.planting.second import spoiled
from eval_sets.planting.second_core import Kinds, Spoiled, Texts, enriched
from eval_sets.planting.source import read
from eval_sets.planting.third_core import CLERK
from eval_sets.suites.planted import judge, read_pair

for _module in ("third_persons", "third_law", "third_facts", "third_course"):
    import_module(f"eval_sets.planting.{_module}")

_SEED = 31


def clean_pairs(data: Path) -> Iterator[Texts]:
    """Pairs with nothing planted: rebuilt from the judgments, and the clean ones of the data."""
    rows = (data / "judgments" / "dev.jsonl").read_text("utf-8").splitlines()
    for index, row in enumerate(map(json.loads, rows)):
        source = read(row)
        if source is not None:
            chance = random.Random(f"{_SEED}-{source.id}")
            layout = LAYOUTS[index % len(LAYOUTS)]
            pair = Texts(source.id, layout(source, chance), source.judgment)
            yield enriched(pair, chance)
    for row in map(json.loads, (data / "planted" / "dev.jsonl").read_text("utf-8").splitlines()):
        if not row["planted"]:
            pair = Texts(row["id"], row["indictment"], row["judgment"])
            yield enriched(pair, random.Random(f"{_SEED}-{row['id']}"))


def _said(finding: Finding) -> tuple[str, str]:
    roles = "、".join(sorted({span.role or "" for span in finding.evidence}))
    return finding.code, finding.message + roles


class Judge:
    """Whether a planted defect is found; remembers what stands on the unspoiled pairs."""

    def __init__(self, pairs: list[Texts]) -> None:
        self._pairs = {pair.id: pair for pair in pairs}
        self._before: dict[str, set[tuple[str, str]]] = {}

    def __call__(self, planted: Spoiled) -> tuple[bool, bool, list[Finding]]:
        """Found, found at the place, and the new findings."""
        identity = planted.texts.id
        if identity not in self._before:
            clean = read_pair(vars(self._pairs[identity]))
            self._before[identity] = {_said(f) for f in registry.run(clean)[0]}
        row = planted.row()
        case = read_pair(row)
        new = [f for f in registry.run(case)[0] if _said(f) not in self._before[identity]]
        outcome = judge(row, new, case)
        return outcome.found[0], outcome.hit[0], new


def look_at(kinds: Kinds) -> None:
    """Plants each of the kinds and prints how many were found; see the module."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--most", type=int, default=6)
    parser.add_argument("--kinds", default="")
    parser.add_argument("--missed", action="store_true", help="show what was missed")
    given = parser.parse_args()
    pairs = list(clean_pairs(given.data))
    look = Judge(pairs)
    by_category: dict[str, list[bool]] = defaultdict(list)
    hits = 0
    for name in given.kinds.split(",") if given.kinds else kinds:
        found = []
        for one in spoiled(pairs, name, given.most, kinds=kinds):
            yes, at_place, new = look(one)
            found.append(yes)
            hits += at_place
            if given.missed and not yes:
                print(f"  {one.texts.id[:8]} {one.document} 【{one.quote}】 was 【{one.was}】")
                print("     ", [f"{f.code} {f.severity}: {f.message}" for f in new])
        by_category[kinds[name][0]] += found
        print(f"{kinds[name][0]:15} {name:22} {sum(found)}/{len(found)}", flush=True)
    everything = [yes for found in by_category.values() for yes in found]
    for category, found in sorted(by_category.items()):
        print(f"{category}: {sum(found)}/{len(found)}")
    print(f"all: {sum(everything)}/{len(everything)}, at the place {hits}")


if __name__ == "__main__":
    look_at(CLERK)
