"""Sheets that lay askew on the scanner: the slant of their lines, and coordinates without it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Quads = NDArray[np.float32]
"""Quadrilaterals around lines, shape (lines, 4, 2), upper left corner first, clockwise."""

_WIDE = 6.0
"""Lines at least so many times as long as high show the slant."""
_FEWEST = 3
_LEVEL, _STEEPEST = math.radians(0.08), math.radians(10)


def slant_of(quads: Quads) -> float:
    """Radians by which lines fall to the right; 0 where they are level or too few to tell."""
    along = (quads[:, 1] - quads[:, 0] + quads[:, 2] - quads[:, 3]) / 2
    across = (quads[:, 3] - quads[:, 0] + quads[:, 2] - quads[:, 1]) / 2
    wide = np.hypot(*along.T) > _WIDE * np.hypot(*across.T)
    if wide.sum() < _FEWEST:
        return 0.0
    angle = float(np.median(np.arctan2(along[wide, 1], along[wide, 0])))
    return angle if _LEVEL <= abs(angle) <= _STEEPEST else 0.0


def levelled(points: Quads, slant: float, width: float, height: float) -> Quads:
    """Points of a page of that size as they would lie on the page turned level about its middle.

    >>> levelled(np.array([[0, 50], [100, 50]], np.float32), 0.0, 100, 100).tolist()
    [[0.0, 50.0], [100.0, 50.0]]
    """
    cosine, sine = math.cos(slant), math.sin(slant)
    middle = np.array([width / 2, height / 2])
    turn = np.array([[cosine, -sine], [sine, cosine]])
    return np.asarray((points - middle) @ turn + middle, dtype=np.float32)
