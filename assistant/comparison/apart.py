"""Who is dealt with elsewhere, and which counts were withdrawn: why a document has less."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.checks.identity import like_name
from ingestion.model import CaseDocument, Span
from knowledge_base.numerals import to_int

_ELSEWHERE = re.compile(
    r"([\u4e00-\u9fff×＊*]{2,6}[甲乙丙丁\d]{0,2})[（(](?:[^（）()]{0,12}[，、])?"
    r"(?:均|已(?!判))?(另案处理|另案起诉|另行处理|另处|已?判刑|已?判决|在逃|不起诉)[）)]"
)
_MASKED = re.compile(r"[\u4e00-\u9fff](?:某{1,3}|[×＊*]{1,2})[甲乙丙丁\d]{0,2}$")
_WITHDRAWN = re.compile(
    r"(?:撤回|变更|不再)[^。；]{0,20}第([一二三四五六七八九十\d]+)(?:起|笔|节|项)|第([一二三四五六七八九十\d]+)(?:起|笔|节|项)[^。；]{0,30}(?:撤回|不予认定|不再指控)"
)


@dataclass(frozen=True)
class Elsewhere:
    """A person named as dealt with outside this document, and how."""

    name: str
    how: str
    span: Span


def elsewhere(doc: CaseDocument) -> list[Elsewhere]:
    """Each such person once, in the order of the text."""
    found: dict[str, Elsewhere] = {}
    for match in _ELSEWHERE.finditer(doc.text):
        name = _name(match[1])
        if name is not None:
            span = doc.span(match.end(1) - len(name), match.end())
            found.setdefault(name, Elsewhere(name, match[2], span))
    return list(found.values())


def _name(words: str) -> str | None:
    """The name that ends the words: a masked one, else the longest that is like a name."""
    masked = _MASKED.search(words)
    if masked is not None:
        return masked[0]
    return next((words[-n:] for n in (3, 2, 4) if len(words) >= n and like_name(words[-n:])), None)


def withdrawn_counts(doc: CaseDocument) -> dict[int, Span]:
    """Numbers of counts the document says were withdrawn or not found."""
    found: dict[int, Span] = {}
    for match in _WITHDRAWN.finditer(doc.text):
        written = match[1] or match[2]
        found.setdefault(to_int(written), doc.span(match.start(), match.end()))
    return found
