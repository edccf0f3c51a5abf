"""The case card as fields with places: its text is one line a field, so that it can be quoted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ingestion.model import CaseDocument, SourceDocument, Span
from knowledge_base.card_fields import CardField, by_name

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_LIST = re.compile(r"[；;|\n]+")
_SHORT_LIST = re.compile(r"[、，,]+")
_YES = frozenset({"是", "有", "true", "1", "y", "yes", "已签署", "适用"})
_NO = frozenset({"否", "无", "false", "0", "n", "no", "未签署", "不适用"})


@dataclass(frozen=True)
class Entry:
    """One filled field: the words as entered and the line in which they stand."""

    field: CardField
    text: str
    span: Span

    @property
    def day(self) -> date | None:
        """The day entered; None where it is none."""
        found = _DATE.match(self.text) or _COMPACT.fullmatch(self.text)
        if found is None:
            return None
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            return None

    @property
    def flag(self) -> bool | None:
        """Yes or no; None where it says neither."""
        word = self.text.lower()
        return True if word in _YES else False if word in _NO else None

    @property
    def items(self) -> list[str]:
        """Its items; 、 parts them only where no semicolon does (判决、裁定审查表)."""
        parts = _LIST.split(self.text)
        parts = parts if len(parts) > 1 else _SHORT_LIST.split(self.text)
        return [item.strip() for item in parts if item.strip()]


Entries = dict[str, Entry]


@dataclass(frozen=True)
class CaseCard:
    """The card's entries by key: the case's own, and those of each person.

    `document` holds its text, so that a finding can point at a line; `unknown` are the names
    of entries that the format does not have.
    """

    document: CaseDocument
    case: Entries
    people: list[Entries]
    unknown: list[str] = field(default_factory=list)

    def person(self, name: str) -> Entries | None:
        """The entries of the person of that name."""
        return next((p for p in self.people if "name" in p and p["name"].text == name), None)

    @property
    def head(self) -> Span:
        """The first line: where something stands that is missing from the card."""
        end = self.document.text.find("\n")
        return self.document.span(0, end if end > 0 else len(self.document.text))


def _text(value: Any) -> str:
    """A value of any source as the words a person would read; empty for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return "；".join(_text(item) for item in value)
    return " ".join(str(value).split())


def _lines(raw: Mapping[str, Any], level: str) -> tuple[list[tuple[CardField, str]], list[str]]:
    """The filled fields of one level with their words, and the names that are no fields."""
    given: list[tuple[CardField, str]] = []
    unknown = []
    for name, value in raw.items():
        known = by_name().get(name.strip())
        text = _text(value)
        if known is None or known.level != level:
            if text:
                unknown.append(name)
        elif text:
            given.append((known, text))
    return given, unknown


def card_of(raw: Mapping[str, Any]) -> CaseCard:
    """The card of a mapping {"case": {…}, "people": [{…}]}, names in Chinese or as keys."""
    case, unknown = _lines(raw.get("case") or {}, "case")
    people = []
    for one in raw.get("people") or []:
        given, strange = _lines(one, "person")
        people.append(given)
        unknown += strange
    lines: list[str] = []
    places: list[list[tuple[CardField, str, int]]] = []
    at = 0
    for heading, given in [("案卡", case), *(("人员", person) for person in people)]:
        lines.append(heading)
        at += len(heading) + 1
        placed = []
        for known, text in given:
            lines.append(f"{known.name}：{text}")
            placed.append((known, text, at))
            at += len(lines[-1]) + 1
        places.append(placed)
    text = "\n".join(lines)
    source = SourceDocument(
        file="案卡",
        media_type="text/plain",
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        text=text,
    )
    document = CaseDocument(type="unknown", role="card", source=source)
    whole, *own = [_entries(document, placed) for placed in places]
    return CaseCard(document, whole, own, sorted(set(unknown)))


def _entries(document: CaseDocument, placed: list[tuple[CardField, str, int]]) -> Entries:
    """The first entry of each field."""
    found: Entries = {}
    for known, text, at in placed:
        end = at + len(known.name) + 1 + len(text)
        found.setdefault(known.key, Entry(known, text, document.span(at, end)))
    return found
