"""The wording of an article, cut into paragraphs (款) and items (项)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge_base.numerals import NUMERAL, article_number

_ITEM = re.compile(rf"（{NUMERAL}）")
_INLINE_ITEM = re.compile(rf"(?<=[：；。:;])(?=（{NUMERAL}）)")
_INSERTED = re.compile(rf"(?:^|\n)\s*[\"“]?(第{NUMERAL}条(?:之{NUMERAL})?)　")


@dataclass(frozen=True)
class Paragraph:
    """One 款: its own words, and its 项 in order (empty where it has none)."""

    text: str
    items: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        return "\n".join((self.text, *self.items))


Shape = tuple[int, ...]  # how many items each paragraph has


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Cut an article's text, one line a paragraph, lines （一）… as items of the one before."""
    parts: list[list[str]] = []
    for line in text.split("\n"):
        pieces = _INLINE_ITEM.split(line.strip().strip('"“”').strip())
        for piece in filter(None, pieces):
            if _ITEM.match(piece) and parts:
                parts[-1].append(piece)
            else:
                parts.append([piece])
    return tuple(Paragraph(p[0], tuple(p[1:])) for p in parts)


def shape(parts: tuple[Paragraph, ...]) -> Shape:
    return tuple(len(p.items) for p in parts)


def quoted(entry: str, number: int, sub: int | None) -> str:
    """The new wording that an amendment's entry gives between quotes, for one article.

    An entry that inserts several articles names each before its words.
    """
    start = entry.find('"')
    body = entry[start:] if start >= 0 else ""
    found = list(_INSERTED.finditer(body))
    if found:
        for mark, following in zip(found, [*found[1:], None], strict=True):
            if article_number(mark[1]) == (number, sub):
                return body[mark.end() : following.start() if following else None].strip()
        return ""
    # What follows the last closing quote is the amendment's own voice.
    return body[: body.rfind('"')].strip()
