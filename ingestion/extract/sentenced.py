"""Whom a sentence of the operative part means, slips of the pen allowed for.

`people` finds names as the parties' part writes them; here a name that differs by one
character, or by its masking, still finds its one person. Nobody new is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingestion.extract.people import places
from ingestion.model import CaseDocument, Defendant

_TITLED = re.compile(
    r"(?:被告人|被告单位|上诉人|原审上诉人|原审被告人|原审被告单位|上诉单位)\s*(?:[（(][^）)]{0,20}[）)])?\s*"
    r"(?P<names>[^，。；;：:\s（(犯对的在于自]{1,60}?)(?=犯|无罪|不负|[，。；;：:\s（(对的在于自]|有期|拘役|免|$)"
)
_ALL = re.compile(r"(?:[二两三四五六七八九十\d]{1,3}|各|诸|全体|上列|上述)(?:名)?被告(?:人|单位)")


def _plain(name: str) -> str:
    return re.sub(r"[\s·•．.‧]", "", name)


def _exact(doc: CaseDocument, text: str, start: int, end: int) -> Iterator[tuple[int, Defendant]]:
    for person in doc.defendants:
        names = [person.name.value, *(a.value for a in person.aliases)]
        found = [next(places(text, name, start, end), end) for name in names if name]
        first = min(found, default=end)
        if first < end:
            yield first, person


def _likeness(written: str, name: str) -> int:
    """Differing characters of two names of one length; 9 where they are not comparable.

    Masks (某, ×) differ from nothing.
    """
    if len(written) != len(name):
        return 0 if written and (written in name or name in written) and len(written) > 1 else 9
    return sum(a != b and not {a, b} & set("某×*＊Xx") for a, b in zip(written, name, strict=True))


def _closest(doc: CaseDocument, written: str) -> Defendant | None:
    """The one defendant whose name is nearly `written`; None for none or for several."""
    scored = [(_likeness(_plain(written), _plain(d.name.value)), d) for d in doc.defendants]
    best = min((score for score, _ in scored), default=9)
    found = [d for score, d in scored if score == best]
    return found[0] if best <= 1 and len(found) == 1 else None


def persons_in(
    doc: CaseDocument, text: str, start: int, end: int, guess: bool = True
) -> list[Defendant]:
    """The defendants meant in `text[start:end]`, in order of mention.

    Without `guess` only names as written count; with it also 各被告人, a name with a slip,
    and, where a party is spoken of at all, a document's only defendant.
    """
    named = [person for _, person in sorted(_exact(doc, text, start, end), key=lambda p: p[0])]
    if named or not guess:
        return named
    if _ALL.search(text, start, end):
        return list(doc.defendants)
    close: list[Defendant] = []
    for match in _TITLED.finditer(text, start, end):
        for written in re.split(r"[、和及与]", match["names"]):
            person = _closest(doc, written)
            if person is not None and all(person is not d for d in close):
                close.append(person)
    if close:
        return close
    return list(doc.defendants) if len(doc.defendants) == 1 else []
