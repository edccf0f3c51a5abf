"""Units of weight as documents write them, in grams."""

from __future__ import annotations

GRAMS = {
    "毫克": 0.001,
    "mg": 0.001,
    "克": 1.0,
    "g": 1.0,
    "千克": 1000.0,
    "公斤": 1000.0,
    "kg": 1000.0,
}
