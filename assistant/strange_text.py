"""What a document says to the program, or hides from its reader: told to the person, never obeyed.

Such words stay what they are, a part of the document or a text kept apart from it; nothing is
left out because of them. See docs/reliability.md, D1 and D3.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.findings import NotChecked
from ingestion.model import CaseDocument
from knowledge_base.strange_words import strange_words

CODE = "DOC-004"
_SHOWN = 3
_CLAUSE = re.compile(r"[^。，；\n]*")
_LENGTH = 30


def notices(case: CaseFile) -> list[NotChecked]:
    """One line for each document with words for a program, one for each with hidden text."""
    return [
        NotChecked(code=CODE, reason=reason)
        for document in case.documents.values()
        for reason in (_of_orders(document), _of_hidden(document))
        if reason
    ]


def strange(text: str) -> Iterator[str]:
    """Stretches that seem written for a program, each to the end of its clause."""
    for _, pattern in strange_words():
        found = pattern.search(text)
        if found is not None and found[0].strip():
            rest = _CLAUSE.match(text, found.end())
            yield found[0] + (rest[0] if rest else "")


def _of_orders(document: CaseDocument) -> str | None:
    unseen = "\n".join(hidden.text for hidden in document.source.hidden)
    found = list(strange(f"{document.text}\n{unseen}"))
    if not found:
        return None
    shown = "、".join(f"“{_short(words)}”" for words in found[:_SHOWN])
    return (
        f"“{document.source.file}”中有像是写给程序的文字（{shown}），"
        "已只作为普通文字处理，请核对该文件的来源"
    )


def _of_hidden(document: CaseDocument) -> str | None:
    reasons = Counter(hidden.reason for hidden in document.source.hidden)
    if not reasons:
        return None
    told = "、".join(f"{reason}{times}处" for reason, times in reasons.items())
    return f"“{document.source.file}”中有不在正文里的文字（{told}），未参与检查，报告中逐一列出"


def _short(words: str) -> str:
    shown = "".join(c if c.isprintable() else "�" for c in words.strip())
    return shown if len(shown) <= _LENGTH else f"{shown[:_LENGTH]}……"
