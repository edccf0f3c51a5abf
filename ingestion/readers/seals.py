"""Seals on scanned pages: the ink is taken off, the letters below it stay.

Red ones are found by their colour, those of grey copies by their ring (`grey_seals`).

A seal hides the line it stands on (as a rule the date) from the search for lines, and its own
lettering is no part of the text. What is printed in red is: only ink goes that covers a round
patch of a seal's size, which leaves the corners of the patch free as no lines of text do.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from ingestion.readers.grey_seals import without_grey_seals

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
_CORNER, _FREE = 0.12, 0.04
"""Share of a patch's sides that is its corner, and of the corner that may be red."""
_HIGH, _WIDEST = 0.1, 0.75
"""What is as high as a seal may be several side by side; printed lines are not so high."""
_LETTER = 0.5
"""Share of the paper's brightness below which red light is a letter, above which it is ink."""


def without_seals(picture: Picture) -> Picture:
    """The RGB picture with the ink of its seals bleached; itself where it has none."""
    patches = _patches(picture)
    if not patches:
        return without_grey_seals(picture)
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
        at_left, at_right = x == 0, x + w == small.shape[1]
        inner = red[y + _NEAR : y + h - _NEAR, x + _NEAR : x + w - _NEAR]
        sized = _is_seal(inner.shape[1], inner.shape[0], longest, at_left or at_right)
        if sized and _is_round(inner, at_left, at_right):
            left, top = math.floor(x / scale), math.floor(y / scale)
            right, bottom = math.ceil((x + w) / scale), math.ceil((y + h) / scale)
            patches.append((left, top, min(right, width), min(bottom, height)))
    return patches


def _is_round(red: NDArray[np.bool_], at_left: bool, at_right: bool) -> bool:
    """Whether the corners are free, but those at the sheet's edge, where a seal may be cut."""
    high, wide = (max(1, round(_CORNER * side)) for side in red.shape)
    left, right = red[:, :wide], red[:, -wide:]
    columns = [left] * (not at_left) + [right] * (not at_right)
    corners = [part for column in columns for part in (column[:high], column[-high:])]
    return all(float(corner.mean()) <= _FREE for corner in corners)


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
