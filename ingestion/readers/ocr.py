"""Recognition of scanned pages: one engine per process, models from the installed wheel only."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pymupdf
from numpy.typing import NDArray

from ingestion.model import Box
from ingestion.readers.layout import Line

Picture = NDArray[np.uint8]

DPI = 200
MAX_SIDE = 2400
"""Longest side given to the models, in pixels: an A4 page at 200 dpi fits unscaled."""
MAX_RENDERED_PIXELS = 16_000_000
THREADS = min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2)
_UPSIDE_DOWN = 0.6
_TALL = 1.8


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
            "Global.max_side_len": MAX_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def recognise(picture: Picture) -> list[Recognised]:
    """The lines of an RGB picture (height, width, 3), turned upright first where needed.

    Boxes are in pixels of the picture as given.
    """
    height, width = picture.shape[:2]
    turns, lines = _upright(picture[:, :, ::-1])
    return [Recognised(t, _turned_back(b, turns, width, height), s) for t, b, s in lines]


def read_page(page: Any) -> list[Line]:
    """OCR of a PDF page: its lines with boxes in points."""
    scale = DPI / 72
    pixels = page.rect.width * page.rect.height * scale * scale
    if pixels > MAX_RENDERED_PIXELS:
        scale *= (MAX_RENDERED_PIXELS / pixels) ** 0.5
    pixmap = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False, colorspace="rgb")
    picture = np.frombuffer(pixmap.samples, dtype=np.uint8)
    picture = picture.reshape(pixmap.height, pixmap.width, 3)
    return to_lines(recognise(picture), 1 / scale)


def to_lines(recognised: list[Recognised], scale: float) -> list[Line]:
    """Lines in points: `scale` is points per pixel."""
    lines: list[Line] = []
    for found in recognised:
        x0, y0, x1, y1 = (round(v * scale, 2) for v in found.box)
        box = (x0, y0, x1, y1)
        lines.append(Line(box, [(found.text, box)], (y1 - y0) * 0.8))
    return lines


Found = tuple[str, Box, float]


def _upright(picture: Any) -> tuple[int, list[Found]]:
    """Quarter turns (counter-clockwise) that made the picture upright, and its lines."""
    ocr = engine()
    turned = np.ascontiguousarray(picture)
    turns = 0
    boxes = _detect(ocr, turned)
    tall = sum(1 for b in boxes if b[3] - b[1] > _TALL * (b[2] - b[0]))
    if boxes and tall > len(boxes) / 2:
        turns = 1
        turned = np.ascontiguousarray(np.rot90(picture, 1))
    lines, inverted = _read(ocr, turned)
    if lines and inverted > _UPSIDE_DOWN:
        turns += 2
        lines, _ = _read(ocr, np.ascontiguousarray(np.rot90(picture, turns)))
    return turns, lines


def _detect(ocr: Any, picture: Any) -> list[Box]:
    small = picture
    longest = max(picture.shape[:2])
    if longest > 960:
        small = cv2.resize(picture, None, fx=960 / longest, fy=960 / longest)
    result = ocr(small, use_det=True, use_cls=False, use_rec=False)
    return [] if result.boxes is None else [_bounds(b) for b in result.boxes]


def _read(ocr: Any, picture: Any) -> tuple[list[Found], float]:
    """The lines and the share of them that the orientation model calls upside down."""
    image, record = ocr.preprocess_img(picture)
    ocr.update_params(use_det=True, use_cls=True, use_rec=True)
    detected, orientation, texts, crops = ocr.run_ocr_steps(image, record)
    labels = orientation.cls_res or []
    inverted = sum(1 for label, score in labels if label == "180" and score > 0.9)
    result = ocr.build_final_output(picture, detected, orientation, texts, crops, record)
    if result.boxes is None or result.txts is None:
        return [], 0.0
    lines = [
        (text, _bounds(box), float(score))
        for text, box, score in zip(result.txts, result.boxes, result.scores, strict=True)
    ]
    return lines, inverted / max(len(labels), 1)


def _bounds(polygon: Any) -> Box:
    xs, ys = polygon[:, 0], polygon[:, 1]
    return float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())


def _turned_back(box: Box, turns: int, width: int, height: int) -> Box:
    """A box of the turned picture in the picture as given (its `width` and `height`)."""
    x0, y0, x1, y1 = box
    match turns % 4:
        case 1:
            return width - y1, x0, width - y0, x1
        case 2:
            return width - x1, height - y1, width - x0, height - y0
        case 3:
            return y0, height - x1, y1, height - x0
        case _:
            return box
