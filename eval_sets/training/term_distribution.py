"""Fit `term_scatter_weights.yaml` and `term_scatter.yaml`, and measure whether they are calibrated.

`python -m eval_sets.training.term_distribution DATA TABLES`: DATA holds cail2018/dev.jsonl,
lawbench/3-4.jsonl and judgments/dev.jsonl; TABLES is the folder of the tables. Only steps
and quantiles go into the tables. Cases of one charge and a fixed term; five folds by the
checksum of the facts. A range is held against a fold by the scatter of the other folds.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import yaml

from assistant.sentencing import distribution, opine, term_facts
from assistant.sentencing.facts import tale
from assistant.sentencing.term_features import features
from eval_sets.metrics import bootstrap_interval
from eval_sets.training import term_model
from eval_sets.training.boosting import Settings, Steps, Vector, fit
from eval_sets.training.term_model import SIGNS, Row
from ingestion.extract import parse
from ingestion.readers import source_from_text
from knowledge_base.term_distribution import LEVELS

FOLDS = 5
LEAST = 30  # cases of a charge and tier below which its own scatter says too little
BANDS = (0.0, 8.0, 18.0, 48.0, math.inf)  # months expected, for the cases of other charges
_SOURCE = "由{n}件公开裁判拟合（单一罪名、有固定刑期）"


@dataclass(frozen=True)
class Case:
    """A row with the group it belongs to; `target` in log months."""

    row: Row
    group: tuple[str, int]

    @property
    def fold(self) -> int:
        return int(self.row.checksum, 16) % FOLDS


def cases(rows: Iterable[Row]) -> list[Case]:
    """Those of one charge whose range is known, without the advice of the prosecution."""
    found = []
    for row in rows:
        if len(row.names) == 1 and "tier" in row.values:
            values = {k: v for k, v in row.values.items() if k not in distribution.ADVICE}
            bare = Row(row.source, row.checksum, row.names, row.target, values)
            found.append(Case(bare, (row.names[0], int(row.values["tier"]) + 1)))
    return found


def _columns(found: Sequence[Case], names: Iterable[str]) -> dict[str, Vector]:
    return {n: np.array([c.row.values.get(n, math.nan) for c in found]) for n in names}


def _fitted(found: Sequence[Case]) -> Steps:
    names = sorted({name for c in found for name in c.row.values})
    target = np.array([c.row.target for c in found])
    return fit(_columns(found, names), target, np.ones(len(found)), SIGNS, Settings())


def _expected(model: Steps, found: Sequence[Case]) -> Vector:
    return model.predict(_columns(found, model.cuts))


def held_out(found: Sequence[Case]) -> Vector:
    """What each case lets one expect, from the cases of the other folds."""
    fold = np.array([c.fold for c in found])
    expected = np.zeros(len(found))
    for number in range(FOLDS):
        kept = [c for c in found if c.fold != number]
        held = [c for c in found if c.fold == number]
        expected[fold == number] = _expected(_fitted(kept), held)
    return expected


def _band(log_months: float) -> int:
    return int(np.searchsorted(BANDS, math.expm1(log_months), side="right")) - 1


def quantiles(residuals: Sequence[float], levels: Sequence[int]) -> list[float]:
    """Quantiles that hold their share of future cases too: the next outward order statistic."""
    ordered, n = sorted(residuals), len(residuals)

    def at(level: int) -> float:
        rank = (n + 1) * level / 100
        number = math.floor(rank) if level < 50 else math.ceil(rank)
        return ordered[min(max(number, 1), n) - 1]

    return [at(level) for level in levels]


class Scatters:
    """Residuals by charge and tier; for those with too few, by band over all such alone.

    Cases of frequent charges are better understood than those of rare ones, so their scatter
    would promise too much.
    """

    def __init__(
        self, groups: Sequence[Hashable], bands: Iterable[int], residuals: Iterable[float]
    ) -> None:
        often = Counter(groups)
        self.own: dict[Hashable, list[float]] = {}
        self.band: dict[int, list[float]] = {}
        for group, band, residual in zip(groups, bands, residuals, strict=True):
            self.own.setdefault(group, []).append(residual)
            if often[group] < LEAST:
                self.band.setdefault(band, []).append(residual)

    def pool(self, group: Hashable, band: int) -> tuple[list[float], bool]:
        """The residuals to go by, and whether they are the group's own."""
        own = self.own.get(group, [])
        return (own, True) if len(own) >= LEAST else (self.band[band], False)


def _pools(found: Sequence[Case], expected: Vector, residuals: Vector) -> Callable[[int], Scatters]:
    """For a fold, the scatter of all others."""

    def others(fold: int) -> Scatters:
        kept = [i for i, c in enumerate(found) if c.fold != fold]
        return Scatters(
            [found[i].group for i in kept],
            [_band(expected[i]) for i in kept],
            [float(residuals[i]) for i in kept],
        )

    return others


def _coverage(name: str, inside: Sequence[bool], widths: Sequence[float]) -> None:
    share = sum(inside) / len(inside)
    low, high = bootstrap_interval(list(inside), lambda x: sum(x) / len(x))
    print(
        f"{name}: n {len(inside)}, in the 80 % range {share:.3f} [{low:.3f}, {high:.3f}], "
        f"median width {np.median(widths):.1f} months"
    )


def report(found: Sequence[Case], expected: Vector) -> None:
    """Coverage under cross-validation: all, and apart by whose scatter it was."""
    residuals = np.array([c.row.target for c in found]) - expected
    others = _pools(found, expected, residuals)
    results: dict[str, list[tuple[bool, float]]] = {"all": [], "own": [], "other charges": []}
    for fold in range(FOLDS):
        scatters = others(fold)
        for i, case in enumerate(found):
            if case.fold != fold:
                continue
            pool, own = scatters.pool(case.group, _band(expected[i]))
            low, high = quantiles(pool, (10, 90))
            width = math.expm1(expected[i] + high) - math.expm1(expected[i] + low)
            hit = (low <= residuals[i] <= high, width)
            results["all"].append(hit)
            results["own" if own else "other charges"].append(hit)
    for name, hits in results.items():
        if hits:
            _coverage(name, [h for h, _ in hits], [w for _, w in hits])


def product_path(data: Path, found: Sequence[Case], expected: Vector) -> None:
    """Judgments read as the program reads them, held against a fit without any judgment."""
    kept = [i for i, c in enumerate(found) if c.row.source != "judgments"]
    model = _fitted([found[i] for i in kept])
    scatters = Scatters(
        [found[i].group for i in kept],
        [_band(expected[i]) for i in kept],
        [found[i].row.target - float(expected[i]) for i in kept],
    )
    inside: list[bool] = []
    widths: list[float] = []
    for line in (data / "judgments" / "dev.jsonl").read_text("utf-8").splitlines():
        doc = parse(source_from_text(json.loads(line)["fd"]))
        facts = term_facts.read(tale(doc).text)
        for opinion in opine(doc):
            placement = distribution.placed(opinion, facts) if opinion.tiers else None
            months = opinion.verdict.months if opinion.verdict else None
            if placement is None or not months:
                continue
            values = features(facts, [placement])
            row = Row("path", "0", (placement.charge,), 0.0, values)
            center = float(_expected(model, [Case(row, (placement.charge, 1))])[0])
            pool, _ = scatters.pool((placement.charge, placement.tier + 1), _band(center))
            low, high = (math.expm1(center + q) for q in quantiles(pool, (10, 90)))
            inside.append(low <= months <= high)
            widths.append(high - low)
    _coverage("judgments by the product's path", inside, widths)


def _dumped(rows: Iterable[Mapping[str, object]]) -> list[str]:
    return [
        "  - "
        + yaml.safe_dump(
            dict(row), allow_unicode=True, default_flow_style=True, width=10_000, sort_keys=False
        ).strip()
        for row in rows
    ]


def _file(table: str, head: str, source: str, rows: Iterable[Mapping[str, object]]) -> str:
    lines = [
        f"# {head}",
        "# 由 eval_sets.training.term_distribution 生成，不手工修改。",
        f"table: {table}",
        "version: 2026-11-22",
        f"defaults: {{source: {source}}}",
        "rows:",
        *_dumped(rows),
    ]
    return "\n".join(lines) + "\n"


def _scatter_rows(
    fixed: Sequence[Case], every: Sequence[Case], expected: Vector
) -> list[dict[str, object]]:
    residuals = [c.row.target - float(e) for c, e in zip(fixed, expected, strict=True)]
    scatters = Scatters([c.group for c in fixed], [_band(e) for e in expected], residuals)
    without = Counter(c.group for c in every if c.row.target == 0)
    rows: list[dict[str, object]] = []
    for group in sorted({c.group for c in fixed}):
        own = scatters.own[group]
        row: dict[str, object] = {"charge": group[0], "tier": group[1], "n": len(own)}
        if without[group]:
            row["without"] = without[group]
        if len(own) >= LEAST:
            row["residuals"] = [round(q, 3) for q in quantiles(own, LEVELS)]
        rows.append(row)
    for number, (low, high) in enumerate(pairwise(BANDS)):
        pool = scatters.band[number]
        rows.append(
            {
                "months_from": low,
                **({"months_to": high} if high < math.inf else {}),
                "n": len(pool),
                "residuals": [round(q, 3) for q in quantiles(pool, LEVELS)],
            }
        )
    return rows


def main(data: Path, tables: Path) -> None:
    every = cases(term_model.load(data))
    fixed = [c for c in every if c.row.target > 0]
    expected = held_out(fixed)
    report(fixed, expected)
    product_path(data, fixed, expected)
    source = _SOURCE.format(n=len(fixed))
    weights = term_model.weight_rows(_fitted(fixed))
    (tables / "term_scatter_weights.yaml").write_text(
        _file(
            "term_scatter_weights",
            "同类案件刑期的加法表：各行给出一个特征的分段值（对数月），相加即预期刑期。没有任何一行指向罪名。",
            source,
            weights,
        ),
        "utf-8",
    )
    (tables / "term_scatter.yaml").write_text(
        _file(
            "term_scatter",
            "实际刑期围绕预期刑期的分布：n 件数，without 其中没有固定刑期的件数，"
            "residuals 为5%至95%各分位的对数差。不含任何个案。",
            source,
            _scatter_rows(fixed, every, expected),
        ),
        "utf-8",
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
