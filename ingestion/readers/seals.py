"""Red seals on scanned pages: the ink is taken off, the letters below it stay.

A seal hides the line it stands on (as a rule the date) from the search for lines, and its own
lettering is no part of the text. A heading printed in red is: only ink that covers a square or
round patch of a seal's size goes.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

_SEARCH_SIDE = 480
"""Longest side, in pixels, of the picture on which seals are looked for."""
_NEAR = 5
"""Pixels of that picture by which pieces of a seal lie apart at most on either side."""
_RED = 28
"""Grey levels by which red must exceed green and blue."""
_SMALLEST, _LARGEST = 0.055, 0.3
"""Sides of a seal as shares of the page's longer side: 16 to 90 mm of an A4 sheet."""
_SQUARE = 1.6
"""A seal's longer side is at most this many times its shorter one."""
_HIGH, _WIDEST = 0.1, 0.75
"""What is as high as a seal may be several side by side; printed lines are not so high."""
_LETTER = 0.5
"""Share of the paper's brightness below which red light is a letter, above which it is ink."""


def without_seals(picture: Picture) -> Picture:
    """The RGB picture with the ink of its seals bleached; itself where it has none."""
    patches = _patches(picture)
    if not patches:
        return picture
    bleached = picture.copy()
    for left, top, right, bottom in patches:
        patch = bleached[top:bottom, left:right]
        patch[:] = _bleached(patch)
    return bleached


def _patches(picture: Picture) -> list[tuple[int, int, int, int]]:
    """Left, top, right, bottom of each seal, in pixels, with a margin."""
    height, width = picture.shape[:2]
    side = max(height, width)
    scale = min(1.0, _SEARCH_SIDE / side)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    red = _redness(small) > _RED
    if not red.any():
        return []
    # Letters over the ring cut it to pieces: what is near belongs together.
    grown = cv2.dilate(red.astype(np.uint8), np.ones((2 * _NEAR + 1, 2 * _NEAR + 1)))
    found = cv2.connectedComponentsWithStats(grown)[2][1:]
    longest = max(small.shape[:2])
    patches = []
    for x, y, w, h, _ in found.tolist():
        at_edge = x == 0 or x + w == small.shape[1]
        if _is_seal(w - 2 * _NEAR, h - 2 * _NEAR, longest, at_edge):
            left, top, right, bottom = (round(v / scale) for v in (x, y, x + w, y + h))
            patches.append((left, top, min(right, width), min(bottom, height)))
    return patches


def _is_seal(width: int, height: int, page: int, at_edge: bool) -> bool:
    """By size and shape; a seal over the edge of several sheets shows a slice on each."""
    short, long = sorted((width, height))
    if _HIGH * page <= short and long <= _WIDEST * page:
        return True
    if not _SMALLEST * page <= long <= _LARGEST * page:
        return False
    return long <= _SQUARE * short or (at_edge and height > width)


def _redness(picture: Picture) -> NDArray[np.int16]:
    """Grey levels by which red exceeds the brighter of green and blue."""
    levels = picture.astype(np.int16)
    return levels[..., 0] - np.maximum(levels[..., 1], levels[..., 2])


def _bleached(patch: Picture) -> Picture:
    """The patch by its red light, in which red ink is nearly as bright as paper.

    Where there is ink, its usual brightness is raised to that of the paper and all else in
    proportion, so that thin strokes below it stay as thick as they were.
    """
    light = patch[..., 0].astype(np.float32)
    paper = float(np.percentile(light, 90))
    red = cv2.blur((_redness(patch) > _RED / 2).astype(np.float32), (5, 5)) > 0.2
    inked = light[red & (light > _LETTER * paper)]
    ink = float(np.percentile(inked, 35)) if inked.size else paper
    grey = np.where(red, np.minimum(light * (paper / ink), paper), light)
    return np.repeat(grey.astype(np.uint8)[..., None], 3, axis=2)
