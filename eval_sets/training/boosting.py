"""Additive steps fitted by boosting: each round one feature, one cut, one median on each side.

Rounds on one feature add up to a step function of it, so the model is a table of steps that
can be read line by line. The loss is the absolute one, the benchmark's measure in log months.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Settings:
    """`bins`: most cuts a feature may have; `least`: fewest rows on a side of a cut.

    `columns` and `rows`: shares of features and rows drawn each round.
    """

    rounds: int = 500
    rate: float = 0.06
    bins: int = 16
    least: int = 20
    columns: float = 0.5
    rows: float = 0.7
    seed: int = 20240301


@dataclass
class Steps:
    """A fitted model: the intercept, and per feature its cuts and one value a step.

    Step i of a feature holds for values above cut i-1 and up to cut i.
    """

    intercept: float
    cuts: dict[str, Vector]
    values: dict[str, Vector]

    def predict(self, columns: Mapping[str, Vector]) -> Vector:
        """One value a row; a missing number (nan) adds nothing."""
        total = np.full(len(next(iter(columns.values()))), self.intercept)
        for name, cuts in self.cuts.items():
            column = columns[name]
            added = self.values[name][np.searchsorted(cuts, column, side="left")]
            total += np.where(np.isnan(column), 0.0, added)
        return total


def weighted_median(values: Vector, weights: Vector) -> float:
    order = np.argsort(values)
    heap = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(heap, heap[-1] / 2)])


def _cuts(column: Vector, bins: int) -> Vector:
    known = np.unique(column[~np.isnan(column)])
    if len(known) < 2:
        return np.empty(0)
    middles = (known[1:] + known[:-1]) / 2
    if len(middles) <= bins:
        return middles
    quantiles = np.quantile(column[~np.isnan(column)], np.linspace(0, 1, bins + 2)[1:-1])
    wanted = np.unique(np.searchsorted(known, quantiles, side="right")).clip(1, len(known) - 1)
    return np.unique(middles[wanted - 1])


def fit(
    columns: Mapping[str, Vector],
    target: Vector,
    weights: Vector,
    signs: Mapping[str, int],
    settings: Settings,
) -> Steps:
    """Fit; `signs` forces a feature to only raise (1) or only lower (-1) the target."""
    draw: Any = np.random.default_rng(settings.seed)
    cuts = {n: c for n, column in columns.items() if len(c := _cuts(column, settings.bins))}
    names = list(cuts)
    # Rows without the feature lie in a bin of their own that no cut touches.
    binned = {
        n: np.where(np.isnan(columns[n]), len(cuts[n]) + 1, np.searchsorted(cuts[n], columns[n]))
        for n in names
    }
    model = Steps(
        weighted_median(target, weights), cuts, {n: np.zeros(len(cuts[n]) + 1) for n in names}
    )
    fitted = np.full(len(target), model.intercept)
    for _ in range(settings.rounds):
        used = draw.random(len(target)) < settings.rows
        slope = np.sign(target - fitted) * weights * used
        mass = weights * used
        chosen = draw.choice(len(names), max(1, int(len(names) * settings.columns)), replace=False)
        best = _best(
            [names[i] for i in sorted(chosen)],
            binned,
            cuts,
            slope,
            mass,
            used,
            signs,
            settings.least,
        )
        if best is None:
            continue
        name, cut = best
        low = binned[name] <= cut
        high = (binned[name] > cut) & (binned[name] <= len(cuts[name]))
        rest = target - fitted
        steps = [
            settings.rate * weighted_median(rest[side & used], weights[side & used])
            for side in (low, high)
        ]
        if (steps[1] - steps[0]) * signs.get(name, 0) < 0:
            continue
        model.values[name][: cut + 1] += steps[0]
        model.values[name][cut + 1 :] += steps[1]
        fitted += np.where(low, steps[0], 0.0) + np.where(high, steps[1], 0.0)
    return model


def _best(
    names: list[str],
    binned: Mapping[str, NDArray[np.int64]],
    cuts: Mapping[str, Vector],
    slope: Vector,
    mass: Vector,
    used: NDArray[np.bool_],
    signs: Mapping[str, int],
    least: int,
) -> tuple[str, int] | None:
    """The feature and cut whose two sides differ most in the direction they want to move."""
    best: tuple[float, str, int] | None = None
    for name in names:
        size = len(cuts[name])
        pulls = np.bincount(binned[name], slope, size + 2)[: size + 1].cumsum()
        masses = np.bincount(binned[name], mass, size + 2)[: size + 1].cumsum()
        rows = np.bincount(binned[name], used, size + 2)[: size + 1].cumsum()
        left, right = pulls[:-1], pulls[-1] - pulls[:-1]
        on_left, on_right = masses[:-1], masses[-1] - masses[:-1]
        allowed = (rows[:-1] >= least) & (rows[-1] - rows[:-1] >= least)
        sign = signs.get(name, 0)
        if sign:
            allowed &= sign * (right * on_left - left * on_right) > 0
        if not allowed.any():
            continue
        gain = np.where(
            allowed,
            left**2 / np.maximum(on_left, 1e-9)
            + right**2 / np.maximum(on_right, 1e-9)
            - pulls[-1] ** 2 / max(masses[-1], 1e-9),
            -1.0,
        )
        cut = int(gain.argmax())
        if best is None or gain[cut] > best[0]:
            best = (float(gain[cut]), name, cut)
    return (best[1], best[2]) if best is not None and best[0] > 0 else None
