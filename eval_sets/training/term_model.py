"""Fit `knowledge_base/tables/term_model.yaml` and measure it with whole charges left out.

`python -m eval_sets.training.term_model DATA TABLE SEEN`: DATA holds cail2018/dev.jsonl,
lawbench/3-4.jsonl and judgments/dev.jsonl. No text goes into TABLE, only steps; SEEN takes
the checksums of the facts used.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from assistant.sentencing import term_facts, term_tier
from assistant.sentencing.term_features import features
from eval_sets.metrics import bootstrap_interval
from eval_sets.terms import Case, cail_cases, judgment_cases, lawbench_cases, term_score
from eval_sets.training.boosting import Settings, Steps, Vector, fit, weighted_median
from eval_sets.training.seen import checksum
from knowledge_base import charges, term_tables

FOLDS = 10
_RAISES = [
    "range_low",
    "range_high",
    "range_point",
    "all_points",
    "position",
    "highest_term",
    "first_high",
    "deaths",
    "serious_injuries",
    "days",
    "victims",
    "money",
    "acts",
    "charges",
    "drugs",
    "advised",
    "recidivist",
    "prior",
    "serving",
    "principal",
    "repeated",
    "grave_words",
    "very_grave_words",
    "heavier_advice",
]
_LOWERS = [
    "surrender",
    "confession",
    "plea",
    "merit",
    "forgiveness",
    "compensation",
    "restitution",
    "accessory",
    "attempt",
    "suspension",
    "minor",
    "incapacity",
    "bail",
    "mild_words",
    "lenient_advice",
    "defence",
    "fine_alone",
]
SIGNS = {**dict.fromkeys(_RAISES, 1), **dict.fromkeys(_LOWERS, -1)}
_NAMES = {
    "range_low": "所在幅度的下限",
    "range_high": "所在幅度的上限",
    "range_point": "数额或者数量在幅度内的位置（月）",
    "all_points": "各罪合计的位置（月）",
    "position": "数额或者数量在幅度内的相对位置",
    "highest_term": "该罪最重幅度的上限",
    "first_high": "该罪最轻幅度的上限",
    "tier": "档次",
    "above_basic": "高于基本幅度的档数",
    "fine_alone": "可以单处罚金",
    "life_open": "可处无期徒刑以上刑罚",
    "charges": "罪名数",
    "minor_injuries": "轻微伤（次数）",
    "light_injuries": "轻伤（次数）",
    "serious_injuries": "重伤（次数）",
    "deaths": "死亡人数",
    "acts": "分列的事实数",
    "days": "事实涉及的日期数",
    "victims": "被害人数",
    "money": "最大金额（对数）",
    "figures": "金额出现次数",
    "drugs": "毒品数量（对数）",
    "alcohol": "血液酒精含量",
    "advised": "可辨认的量刑建议",
}


@dataclass(frozen=True)
class Row:
    """One case with its features; `target` in log months, `names` canonical charges."""

    source: str
    checksum: str
    names: tuple[str, ...]
    target: float
    values: Mapping[str, float]


def _canonical(name: str) -> str:
    known = charges.match(name)
    return known.name if known else name


def row(source: str, case: Case) -> Row:
    facts = term_facts.read(case.facts)
    found = term_tier.place_all(case.charges, case.articles, facts, facts.last_day)
    names = tuple(sorted({_canonical(c) for c in case.charges}))
    return Row(source, checksum(case.facts), names, math.log1p(case.months), features(facts, found))


def load(data: Path) -> list[Row]:
    sources = {
        "cail2018": cail_cases(data / "cail2018" / "dev.jsonl"),
        "lawbench": lawbench_cases(data / "lawbench" / "3-4.jsonl"),
        "judgments": judgment_cases(data / "judgments" / "dev.jsonl"),
    }
    return [row(source, case) for source, cases in sources.items() for case in cases]


def _matrix(rows: Sequence[Row]) -> dict[str, Vector]:
    names = sorted({name for r in rows for name in r.values})
    return {n: np.array([r.values.get(n, math.nan) for r in rows]) for n in names}


def _weights(rows: Sequence[Row]) -> Vector:
    """A frequent charge counts less a case, that it may not speak for all others."""
    often = Counter(name for r in rows for name in r.names)
    raw = np.array([max(often[n] for n in r.names) ** -0.5 for r in rows])
    weights: Vector = raw / raw.mean()
    return weights


def _folds(rows: Sequence[Row]) -> dict[str, int]:
    often = Counter(name for r in rows for name in r.names)
    load_of = [0] * FOLDS
    fold: dict[str, int] = {}
    for name, count in sorted(often.items(), key=lambda item: (-item[1], item[0])):
        fold[name] = load_of.index(min(load_of))
        load_of[fold[name]] += count
    return fold


def left_out(rows: Sequence[Row], settings: Settings) -> tuple[Vector, Vector]:
    """Predictions, and those of the best constant, from cases that share no charge with the row's
    fold: the row goes with its most frequent charge."""
    often = Counter(name for r in rows for name in r.names)
    fold = _folds(rows)
    own = np.array([fold[max(r.names, key=lambda n: (often[n], n))] for r in rows])
    touched = [{fold[n] for n in r.names} for r in rows]
    columns, weights = _matrix(rows), _weights(rows)
    target = np.array([r.target for r in rows])
    given, constant = np.zeros(len(rows)), np.zeros(len(rows))
    for number in range(FOLDS):
        held = own == number
        kept = np.array([number not in t for t in touched])
        model = fit(
            {n: c[kept] for n, c in columns.items()}, target[kept], weights[kept], SIGNS, settings
        )
        given[held] = model.predict({n: c[held] for n, c in columns.items()})
        constant[held] = weighted_median(target[kept], weights[kept])
    return given, constant


def _report(rows: Sequence[Row], given: Vector, constant: Vector) -> None:
    months = [math.expm1(r.target) for r in rows]
    groups = defaultdict(list)
    for index, r in enumerate(rows):
        pair = term_score(months[index], math.expm1(given[index]))
        groups[r.source].append((pair, term_score(months[index], math.expm1(constant[index]))))
    for source, pairs in groups.items():
        score = [a for a, _ in pairs]
        gain = [a - b for a, b in pairs]
        low, high = bootstrap_interval(gain, lambda x: sum(x) / len(x))
        print(
            f"{source}: n {len(pairs)}, term_score {np.mean(score):.4f}, gain over the "
            f"constant {np.mean(gain):.4f} [{low:.4f}, {high:.4f}]"
        )


def weight_rows(model: Steps) -> list[dict[str, object]]:
    """The intercept and each feature's steps, as rows of a table."""
    names = {**_NAMES, **{k: name for k, (name, _) in term_tables.cues().items()}}
    rows: list[dict[str, object]] = [
        {"feature": "intercept", "name": "起点", "values": [round(model.intercept, 4)]}
    ]
    for feature, cuts in model.cuts.items():
        steps = model.values[feature]
        # Neighbouring steps of one height are one step.
        kept = [i for i in range(len(cuts)) if abs(steps[i] - steps[i + 1]) > 5e-5]
        if not kept:
            continue
        values = [*(float(steps[i]) for i in kept), float(steps[-1])]
        rows.append(
            {
                "feature": feature,
                "name": names[feature],
                "cuts": [round(float(cuts[i]), 4) for i in kept],
                "values": [round(v, 4) for v in values],
                "sign": SIGNS.get(feature, 0),
            }
        )
    return rows


def _table(model: Steps, spread: tuple[float, float], source: str) -> str:
    rows = weight_rows(model)
    rows.insert(
        1,
        {
            "feature": "spread",
            "name": "五分之四案件的范围",
            "values": [round(s, 4) for s in spread],
        },
    )
    lines = [
        "# 由事实估计刑期的加法表：各行给出一个特征的分段值（对数月），相加即估计值。没有任何一行指向罪名。",
        "# 由 eval_sets.training.term_model 生成，不手工修改。",
        "table: term_model",
        "version: 2026-11-22",
        f"defaults: {{source: {source}}}",
        "rows:",
    ]
    dumped = (
        yaml.safe_dump(
            r, allow_unicode=True, default_flow_style=True, width=10_000, sort_keys=False
        )
        for r in rows
    )
    return "\n".join([*lines, *("  - " + d.strip() for d in dumped)]) + "\n"


def main(data: Path, out: Path, known: Path) -> None:
    rows = load(data)
    settings = Settings()
    given, constant = left_out(rows, settings)
    _report(rows, given, constant)
    target = np.array([r.target for r in rows])
    low, high = np.quantile(target - given, [0.1, 0.9])
    model = fit(_matrix(rows), target, _weights(rows), SIGNS, settings)
    source = f"由{len(rows)}件公开裁判拟合（按罪名留出交叉验证）"
    out.write_text(_table(model, (float(low), float(high)), source), "utf-8")
    known.write_text("\n".join(sorted({r.checksum for r in rows})) + "\n", "ascii")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
