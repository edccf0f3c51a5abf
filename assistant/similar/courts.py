"""What a court's name tells: where it sits and at which level."""

from __future__ import annotations

import re

from knowledge_base.casebank import CourtLevel

_PART = re.compile(
    r"[\u4e00-\u9fff]+?"
    r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|省|市(?!区)|盟|县|区|旗)"
)
_LEVELS: tuple[tuple[str, CourtLevel], ...] = (
    ("最高人民法院", "supreme"),
    ("高级人民法院", "high"),
    ("中级", "intermediate"),
)


def level_of(court: str) -> CourtLevel:
    """The level by the name; a court whose name says nothing of it is a basic one."""
    return next((level for word, level in _LEVELS if word in court), "basic")


def regions_of(court: str) -> tuple[str, ...]:
    """Administrative parts of the name, the largest first.

    >>> regions_of("云岭省江州市城东区人民法院")
    ('云岭省', '江州市', '城东区')
    """
    name = re.split(r"(?:最高|高级|中级)?(?:人民|铁路|海事|军事)", court)[0]
    return tuple(m[0] for m in _PART.finditer(name))
