"""Indictments rebuilt from judgments, with known defects planted in half of the pairs."""

from eval_sets.planting.build import Pair, build
from eval_sets.planting.draft import Planted

__all__ = ["Pair", "Planted", "build"]
