"""Recognition of scanned pages: one engine per process, models from the installed wheel only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ingestion.model import Box
from ingestion.readers import threads
from ingestion.readers.layout import Line, PageLines
from ingestion.readers.seals import without_seals
from ingestion.readers.slant import levelled, slant_of

Picture = NDArray[np.uint8]

DPI = 200
DETECTION_SIDE = 960
"""Longest side, in pixels, of the picture on which lines are looked for."""
LOWEST_SCORE = 0.5
# A line of nothing but other marks is dust, or what is left of a seal.
_MEANS = re.compile(r"[\w。，、；：？！）》”]")
_UPSIDE_DOWN = 0.6
_VOTERS = 12
_TALL = 1.8
_LETTER = 0.8
"""A letter's size as a share of its line's box."""


@dataclass(frozen=True)
class Recognised:
    """One line of a picture: text, box in pixels, confidence 0…1."""

    text: str
    box: Box
    score: float


@lru_cache(maxsize=1)
def engine() -> Any:
    """The OCR engine of this process; nothing is downloaded.

    Raises FileNotFoundError where the wheel came without its models.
    """
    import rapidocr

    models = Path(rapidocr.__file__).parent / "models"
    paths = {
        "Det.model_path": models / "PP-OCRv6_det_small.onnx",
        "Rec.model_path": models / "PP-OCRv6_rec_small.onnx",
        "Cls.model_path": models / "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    }
    for path in paths.values():
        if not path.is_file():
            raise FileNotFoundError(path)
    return rapidocr.RapidOCR(
        params={
            **{key: str(path) for key, path in paths.items()},
            "Global.log_level": "critical",
            # A batch is padded to its widest line: on few cores one at a time is a fifth faster.
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads.allowed(),
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def recognise(picture: Picture) -> tuple[int, float, list[Recognised]]:
    """Quarter turns (counter-clockwise) that set an RGB picture upright, its slant, its lines.

    Boxes are in pixels of the picture set upright and level.
    """
    upright: Any = np.ascontiguousarray(without_seals(picture)[:, :, ::-1])
    turns = 0
    found = _detect(upright)
    if found is not None and _lies_on_its_side(found.boxes):
        turns = 1
        upright = np.ascontiguousarray(np.rot90(upright))
        found = _detect(upright)
    if found is None:
        return 0, 0.0, []
    crops, quads = found.crops, found.boxes
    height, width = upright.shape[:2]
    if _upside_down(crops):
        turns += 2
        crops = [np.ascontiguousarray(crop[::-1, ::-1]) for crop in crops]
        quads = np.array((width, height), np.float32) - quads[:, [2, 3, 0, 1]]
    slant = slant_of(quads)
    boxes = [_bounds(quad) for quad in levelled(quads, slant, width, height)]
    read = engine().recognize_txt(crops)
    lines = [
        Recognised(text, box, float(score))
        for text, score, box in zip(read.txts, read.scores, boxes, strict=True)
        if _MEANS.search(text) and score >= LOWEST_SCORE
    ]
    return turns, slant, lines


def read_picture(picture: Picture, scale: float, into: PageLines) -> None:
    """OCR of a picture of `scale` points per pixel: method, place and lines of `into` are set."""
    into.turns, into.slant, recognised = recognise(picture)
    into.method = "ocr" if recognised else "empty"
    into.lines = []
    for found in recognised:
        x0, y0, x1, y1 = (round(v * scale, 2) for v in found.box)
        box = (x0, y0, x1, y1)
        into.lines.append(Line(box, [(found.text, box)], (y1 - y0) * _LETTER))


@dataclass(frozen=True)
class _Detected:
    boxes: Any
    """Quadrilaterals in pixels of the picture given, shape (lines, 4, 2)."""
    crops: list[Any]


def _detect(picture: Any) -> _Detected | None:
    """Where lines stand, and each line's picture; None where there is none.

    Lines are found on a smaller copy (three times as fast, none lost) and cut from the
    picture itself, because recognition needs the strokes.
    """
    ocr = engine()
    height, width = picture.shape[:2]
    scale = min(1.0, DETECTION_SIDE / max(height, width))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    found = ocr._load_det_model()(small)
    if found.boxes is None or len(found.boxes) == 0:
        return None
    boxes = np.clip(found.boxes / scale, 0, (width, height)).astype(np.float32)
    return _Detected(boxes, ocr.crop_text_regions(picture, boxes))


def _lies_on_its_side(boxes: Any) -> bool:
    bounds = [_bounds(polygon) for polygon in boxes]
    tall = sum(1 for x0, y0, x1, y1 in bounds if y1 - y0 > _TALL * (x1 - x0))
    return tall > len(bounds) / 2


def _upside_down(crops: list[Any]) -> bool:
    """By vote of the longest lines: single short lines fool the orientation model."""
    longest = sorted(crops, key=lambda crop: -crop.shape[1])[:_VOTERS]
    labels = engine()._load_cls_model()(longest).cls_res or []
    votes = [str(label) == "180" for label, score in labels if score > 0.8]
    return bool(sum(votes) > _UPSIDE_DOWN * max(len(votes), 1))


def _bounds(polygon: Any) -> Box:
    xs, ys = polygon[:, 0], polygon[:, 1]
    return float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())
