"""Round seals on grey copies: found by their ring, their ink taken off.

Without its colour a seal is told by the circle of its ring, which no text draws. Its ink is
between letters and paper in brightness, and its strokes are broader than those of letters: only
where the tone of the ring fills a neighbourhood is it raised to the paper's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Tones = NDArray[np.float32]
"""Brightness as a share of the paper's around it."""

_SEARCH_SIDE = 720
"""Longest side, in pixels, of the picture on which rings are looked for."""
_LEAST, _MOST = 0.049, 0.09
"""Radius of a seal as a share of the page's longer side: 29 to 53 mm across on A4."""
_CANDIDATES = 12
_RING = 0.75
"""Share of the circle that must bear ink; lines of text reach a half."""
_INK = 0.88
_IN_SIGHT = 0.6
"""Share of a circle that must lie on the sheet."""
_SHRUNK, _AROUND = 1 / 8, 15
_MARGIN, _HALF_STROKE = 1.06, 0.019
"""Of the radius: how far beyond it ink may lie; half the width of the ring's stroke."""
_DARKER, _PATCH, _FILLED = 0.15, 0.022, 0.55
"""How much darker than the ring ink may be; side of the neighbourhood on either side of a pixel,
as a share of the radius, and how much of it ink must fill."""
_LETTERS, _RING_TONE = 2, 35
"""Percentiles: the tone of letters in the patch, that of the ring below its uneven ink."""
_LEAST_CONTRAST = 0.05


@dataclass(frozen=True)
class Ring:
    """A circle in pixels of the page."""

    x: float
    y: float
    radius: float


def without_grey_seals(picture: Picture) -> Picture:
    """The RGB picture with the ink of grey seals raised to the paper's brightness."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    paper = _paper(grey)
    tones: Tones = np.clip(grey / paper, 0, 1).astype(np.float32)
    found = rings(tones)
    if not found:
        return picture
    for ring in found:
        _bleach(tones, ring)
    bleached = np.clip(tones * paper, 0, 255).astype(np.uint8)
    return np.repeat(bleached[..., None], 3, axis=2)


def rings(tones: Tones) -> list[Ring]:
    """The seals' rings."""
    scale = min(1.0, _SEARCH_SIDE / max(tones.shape))
    small = cv2.resize(
        (tones * 255).astype(np.uint8), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA
    )
    least, most = (round(share * max(small.shape)) for share in (_LEAST, _MOST))
    circles = cv2.HoughCircles(
        255 - small,
        cv2.HOUGH_GRADIENT,
        dp=1,
        minDist=most,
        param1=120,
        param2=24,
        minRadius=least,
        maxRadius=most,
    )
    if circles is None:
        return []
    fitted = [_fitted(small, *map(float, circle)) for circle in circles[0][:_CANDIDATES]]
    return [Ring(r.x / scale, r.y / scale, r.radius / scale) for r in fitted if r is not None]


def _fitted(small: Picture, x: float, y: float, radius: float) -> Ring | None:
    """The circle near this one that bears most ink, None where it bears too little for a ring."""
    angles = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    shifts = np.arange(-2.0, 3.0)
    radii = radius + np.arange(-3.0, 3.5, 0.5)
    shape = (len(shifts), len(shifts), len(radii))
    columns = x + shifts[:, None, None, None] + radii[:, None] * np.cos(angles)
    rows = y + shifts[None, :, None, None] + radii[:, None] * np.sin(angles)
    columns, rows = np.rint(np.broadcast_arrays(columns, rows)).astype(np.int32)
    height, width = small.shape
    inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    seen = small[rows.clip(0, height - 1), columns.clip(0, width - 1)]
    inked = (seen < _INK * 255) & inside
    in_sight = inside.sum(axis=-1)
    share = np.where(
        in_sight >= _IN_SIGHT * len(angles), inked.sum(axis=-1) / np.maximum(in_sight, 1), 0
    )
    best = int(share.argmax())
    if share.flat[best] < _RING:
        return None
    right, down, grown = np.unravel_index(best, shape)
    return Ring(x + float(shifts[right]), y + float(shifts[down]), float(radii[grown]))


def _paper(grey: Picture) -> Tones:
    """The paper's brightness at every place, which falls off towards a side or a fold."""
    small = cv2.resize(grey, None, fx=_SHRUNK, fy=_SHRUNK, interpolation=cv2.INTER_AREA)
    lit = cv2.blur(cv2.dilate(small, np.ones((_AROUND, _AROUND), np.uint8)), (_AROUND, _AROUND))
    whole = cv2.resize(lit, (grey.shape[1], grey.shape[0]))
    brightness: Tones = np.maximum(whole, 1).astype(np.float32)
    return brightness


def _bleach(tones: Tones, ring: Ring) -> None:
    reach = ring.radius * _MARGIN
    left, top = max(0, math.floor(ring.x - reach)), max(0, math.floor(ring.y - reach))
    patch = tones[top : math.ceil(ring.y + reach), left : math.ceil(ring.x + reach)]
    rows, columns = np.mgrid[top : top + patch.shape[0], left : left + patch.shape[1]]
    away = np.hypot(columns - ring.x, rows - ring.y)
    stroke = patch[np.abs(away - ring.radius) < max(1.0, _HALF_STROKE * ring.radius)]
    ink = float(np.percentile(stroke, _RING_TONE))
    letters = float(np.percentile(patch, _LETTERS))
    toned = ((patch > ink - _DARKER) & (patch < (1 + ink) / 2)).astype(np.float32)
    side = 2 * max(1, round(_PATCH * ring.radius)) + 1
    filled = cv2.blur(cv2.GaussianBlur(toned, (0, 0), 1.0), (side, side)) > _FILLED
    raised = np.clip((patch - letters) / max(ink - letters, _LEAST_CONTRAST), 0, 1)
    patch[:] = np.where(filled & (away < reach), raised, patch)
