"""Characters that look alike or show nothing: folding one for one, and what is invisible."""

from __future__ import annotations

import re
import unicodedata

import numpy as np

# Radicals that PDF producers write in place of the ideograph; Unicode gives no mapping for
# these (Kangxi radicals and compatibility ideographs have one, see `fold`); and the dots for which
# fonts have one glyph only, so that PDFs give back the wrong ones.
_RADICALS = str.maketrans(
    "⋯⺁⺊⺌⺍⺗⺙⺛⺜⺝⺟⺠⺢⺥⺩⺫⺬⺭⺮⺱⺷⺸⺼⺾⻀⻁⻂⻃⻄⻅⻆⻉⻋⻍⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "…厂卜小小心攵旡日月母民水爪王目示礻竹罒羊羊肉艹艹虎衤西西见角贝车辶长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
_TO_FOLD = re.compile(r"[０-９Ａ-Ｚａ-ｚ⺀-⿕豈-\uFAFF\u00A0\u2000-\u200A\u202F\u205F⋯]")
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f\u0080-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    r"\U000e0000-\U000e0fff]"
)
_HALF = re.compile(r"[\ud800-\udfff]")
_TAGS = range(0xE0020, 0xE007F)


def _folded(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).translate(_RADICALS)
    return folded if len(folded) == 1 else character


_FOLDED = {chr(c): _folded(chr(c)) for c in range(0x10000) if _TO_FOLD.match(chr(c))}


def kinds(text: str) -> str:
    """The characters of a text, each once, in any order.

    Most passes have nothing to do in most texts: a look at some hundred characters tells.
    """
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    seen = np.zeros(0x10000, np.bool_)
    seen[codes] = True
    if seen[0xD800:0xE000].any():
        return "".join(set(text))
    return "".join(map(chr, np.flatnonzero(seen).tolist()))


def whole(text: str) -> str:
    """The text with U+FFFD for each half of a character: nothing can show or store those."""
    return _HALF.sub("\ufffd", text)


def fold(text: str, seen: str | None = None) -> str:
    """Full-width digits and letters, look-alike radicals and odd spaces, one for one.

    Chinese punctuation and the ideographic space stay, so that a quotation still occurs
    in the original as a person sees it. `seen` are the text's `kinds`, where they are known.
    """
    seen = kinds(text) if seen is None else seen
    if _HALF.search(seen):
        text = whole(text)
    for character in _TO_FOLD.findall(seen):
        text = text.replace(character, _FOLDED[character])
    return text


def invisible_stretches(text: str, around: int = 10) -> list[str]:
    """Each run of invisible characters, shown by its code points within its neighbourhood.

    Letters written with the invisible tag alphabet are given as what they spell.
    """
    found: list[str] = []
    text = whole(text)
    for match in re.finditer(f"{INVISIBLE.pattern}+", text):
        run = match.group()
        spelt = "".join(chr(ord(c) - 0xE0000) for c in run if ord(c) in _TAGS)
        shown = spelt or "".join(f"U+{ord(c):04X} " for c in run[:8]).strip()
        before = text[max(match.start() - around, 0) : match.start()]
        after = text[match.end() : match.end() + around]
        found.append(f"{before}〔{shown}〕{after}".replace("\n", " "))
    return found
