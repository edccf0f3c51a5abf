"""What people put on printed pages: red seals with their lettering, numbers written by hand."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from eval_sets.fonts import song_of

Pixels = NDArray[np.float64]

RED = (196, 42, 38)
BLUE_BLACK = (38, 42, 78)
SEAL_MM = 42.0

# Strokes of the digits in a box of width 1 and height 2, as a pen draws them.
_STROKES: dict[str, list[list[tuple[float, float]]]] = {
    "0": [[(0.5, 0), (0.1, 0.5), (0.1, 1.5), (0.5, 2), (0.9, 1.5), (0.9, 0.5), (0.55, 0.02)]],
    "1": [[(0.3, 0.35), (0.55, 0), (0.5, 2)]],
    "2": [[(0.1, 0.5), (0.4, 0), (0.85, 0.4), (0.7, 1.1), (0.1, 1.9), (0.95, 1.85)]],
    "3": [[(0.15, 0.2), (0.6, 0), (0.8, 0.5), (0.4, 0.95), (0.9, 1.4), (0.6, 2), (0.1, 1.8)]],
    "4": [[(0.6, 0), (0.1, 1.3), (0.95, 1.25)], [(0.7, 0.7), (0.65, 2)]],
    "5": [[(0.9, 0.05), (0.3, 0), (0.2, 0.8), (0.8, 0.95), (0.8, 1.7), (0.4, 2), (0.1, 1.8)]],
    "6": [[(0.7, 0), (0.2, 0.9), (0.15, 1.6), (0.5, 2), (0.85, 1.6), (0.6, 1.1), (0.2, 1.3)]],
    "7": [[(0.1, 0.1), (0.9, 0), (0.4, 2)]],
    "8": [[(0.8, 0.3), (0.4, 0), (0.2, 0.5), (0.8, 1.4), (0.5, 2), (0.15, 1.5), (0.8, 0.3)]],
    "9": [[(0.8, 0.4), (0.4, 0), (0.15, 0.6), (0.5, 1), (0.8, 0.4), (0.75, 2)]],
}


def sealed(
    image: Image.Image,
    centre: tuple[float, float],
    dpi: int,
    rng: np.random.Generator,
    lettering: str = "",
) -> Image.Image:
    """A round seal with ring, star and lettering around `centre` (pixels), ink taken unevenly."""
    side = round(SEAL_MM / 25.4 * dpi)
    ink = np.asarray(_seal(side, lettering), dtype=np.float64) / 255
    ink = ink * rng.uniform(0.55, 0.95, (side, side))
    left, top = (max(round(at - side / 2), 0) for at in centre)
    paper = np.asarray(image, dtype=np.float64).copy()
    target = paper[top : top + side, left : left + side]
    cover = ink[: target.shape[0], : target.shape[1], None]
    # Ink only darkens: letters under the seal stay as black as they were.
    target[:] = np.minimum(target, target * (1 - cover) + np.array(RED) * cover)
    return Image.fromarray(paper.astype(np.uint8))


def _seal(side: int, lettering: str) -> Image.Image:
    seal = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(seal)
    draw.ellipse((2, 2, side - 3, side - 3), outline=255, width=max(2, side // 45))
    angles = [-math.pi / 2 + k * 4 * math.pi / 5 for k in range(5)]
    centre, arm = side / 2, side / 7
    points = [(centre + arm * math.cos(a), centre + arm * math.sin(a)) for a in angles]
    draw.polygon(points, fill=255)
    for character, turn in zip(lettering, np.linspace(-120, 120, len(lettering)), strict=True):
        _around(seal, character, float(turn))
    return seal


def _around(seal: Image.Image, character: str, turn: float) -> None:
    """One character on the ring, its head outwards, `turn` degrees clockwise from the top."""
    side = seal.width
    size = round(side * 0.13)
    letter = Image.new("L", (size, round(size * 1.3)), 0)
    ImageDraw.Draw(letter).text((0, 0), character, fill=255, font=song_of(size), stroke_width=1)
    turned = letter.rotate(-turn, Image.Resampling.BICUBIC, expand=True)
    radius, angle = side * 0.385, math.radians(turn)
    x = side / 2 + radius * math.sin(angle) - turned.width / 2
    y = side / 2 - radius * math.cos(angle) - turned.height / 2
    seal.paste(255, (round(x), round(y)), turned)


def numbered(image: Image.Image, number: int, dpi: int, rng: np.random.Generator) -> Image.Image:
    """A number written by hand into the upper right corner, as files are numbered."""
    page = image.copy()
    draw = ImageDraw.Draw(page)
    height = 5.0 / 25.4 * dpi
    slant = rng.uniform(-0.25, 0.1)
    x, y = page.width * rng.uniform(0.86, 0.9), page.height * rng.uniform(0.035, 0.05)
    for digit in str(number):
        for stroke in _STROKES[digit]:
            points = [
                (
                    x + (px + (1 - py / 2) * -slant) * height / 2 + rng.normal(0, height / 40),
                    y + py * height / 2 + rng.normal(0, height / 40),
                )
                for px, py in stroke
            ]
            draw.line(points, fill=BLUE_BLACK, width=max(2, round(dpi / 70)), joint="curve")
        x += height * rng.uniform(0.58, 0.7)
    return page
