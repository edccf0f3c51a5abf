"""How near two texts are to each other in their words."""

from __future__ import annotations

import re

WORDS_OF_FORM = re.compile(
    r"被告人|上诉人|辩护人|公诉机关|本院|法庭|依法|请求|建议|辩称|辩解|辩护|意见|提出|认为|从轻|处罚|予以|[，。；：、“”（）\s\d]"
)


def pairs(text: str) -> set[str]:
    """Character pairs of a text without the words that all arguments share."""
    plain = WORDS_OF_FORM.sub("", text)
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


def closeness(argument: str, text: str) -> float:
    """Share of the argument's character pairs that stand in the text (0…1)."""
    wanted = pairs(argument)
    return len(wanted & pairs(text)) / len(wanted) if wanted else 0.0
