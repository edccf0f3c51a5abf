"""Broken and hostile text, made out of the project's own documents."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

from eval_sets.own.labels import documents

_HOSTILE = (
    *("\x00", "\x1b[2J", "\ufeff", "\u200b", "\u202e", "\u2028", "\ufffd", "\ufffe", "\ue000"),
    *("\ud800", "\udfff", "\U0010ffff", "\U00020000", "e\u0301", "\u0300", "\u3000", "\t", "\r"),
    *(
        "９９９９９９９９９９９９９９９９９９元",
        "九" * 60 + "元",
        "第" + "一" * 40 + "条",
        "亿万亿万亿元",
    ),
    *(
        "99999年99月99日",
        "0000年00月00日",
        "二〇二三年十三月四十日",
        "次日同日翌年同月8日",
        "第零条第零款",
    ),
    *(
        "第一条至第九千九百九十九条",
        "有期徒刑九百九十九年九百九十九个月",
        "1e400元",
        "²³¼元",
        "٣٤٥元",
        "①②③",
    ),
    *(
        "《《《《",
        "》》》》",
        "（（（（",
        "））））",
        "“‘",
        "”’",
        "<html>",
        "&#xD800;",
        "%PDF-",
        "{\\rtf",
    ),
    *(
        "被告人",
        "被告人、被告人、被告人",
        "被告单位",
        "犯",
        "罪",
        "判决如下：",
        "本院认为，",
        "经审理查明：",
        "附：",
        "此致",
    ),
    *("，", "。", "；", "：", "、", "\n", "\n\n\n", "(?:", ".*", "\\", "$^", "[", "X×*＊某"),
)
_LONGEST = 20_000
"""Characters of one text: a long document of its kind, not a library."""


@cache
def texts() -> tuple[str, ...]:
    """The own documents, of every kind."""
    return tuple(document.text for document in documents())


def _place(text: str, rng: Random) -> int:
    return rng.randrange(len(text) + 1)


def _stretch(text: str, rng: Random) -> tuple[int, int]:
    low = _place(text, rng)
    return low, min(len(text), low + int(rng.expovariate(1 / 60)) + 1)


def _insert(text: str, rng: Random) -> str:
    at = _place(text, rng)
    return text[:at] + rng.choice(_HOSTILE) + text[at:]


def _delete(text: str, rng: Random) -> str:
    low, high = _stretch(text, rng)
    return text[:low] + text[high:]


def _double(text: str, rng: Random) -> str:
    low, high = _stretch(text, rng)
    return text[:high] + text[low:high] * rng.choice((1, 1, 2, 40)) + text[high:]


def _move(text: str, rng: Random) -> str:
    low, high = _stretch(text, rng)
    rest = text[:low] + text[high:]
    at = _place(rest, rng)
    return rest[:at] + text[low:high] + rest[at:]


def _splice(text: str, rng: Random) -> str:
    other = rng.choice(texts())
    return text[: _place(text, rng)] + other[_place(other, rng) :]


def _truncate(text: str, rng: Random) -> str:
    return text[: _place(text, rng)] if rng.random() < 0.5 else text[_place(text, rng) :]


def _run(text: str, rng: Random) -> str:
    """One thing over and over, as a stuck key or a bad export leaves it."""
    at = _place(text, rng)
    unit = rng.choice((*_HOSTILE, text[at : at + rng.randrange(1, 12)] or "，"))
    return text[:at] + unit * rng.choice((50, 500, 5000)) + text[at:]


def _nest(text: str, rng: Random) -> str:
    low, high = _stretch(text, rng)
    left, right = rng.choice(("（）", "《》", "“”", "〔〕", "()"))
    depth = rng.choice((2, 30, 1000))
    return text[:low] + left * depth + text[low:high] + right * depth + text[high:]


def _without(text: str, rng: Random) -> str:
    """Without a kind of mark: line breaks, full stops, digits."""
    marks = rng.choice(("\n", "。", "，", "。；\n", "0123456789", "：", "年月日", "被告人"))
    return "".join(c for c in text if c not in marks)


def _swap(text: str, rng: Random) -> str:
    """Two of its own characters in each other's places, everywhere."""
    if not text:
        return text
    a, b = rng.choice(text), rng.choice(text)
    return text.translate({ord(a): b, ord(b): a})


_CHANGES: tuple[Callable[[str, Random], str], ...] = (
    *(_insert, _delete, _double, _move, _splice, _truncate, _run, _nest, _without, _swap),
)


def broken(rng: Random) -> str:
    """One of the own documents after a few changes."""
    text = rng.choice(texts())
    for _ in range(min(int(rng.expovariate(0.35)) + 1, 12)):
        text = rng.choice(_CHANGES)(text, rng)[:_LONGEST]
    return text
