"""Victims, witnesses and others: the same persons under the same names in both documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import ROLE_NAMES, CaseFile
from assistant.checks.place import is_masked, part
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.comparison.facts import Story, stories
from assistant.comparison.matching import two
from assistant.comparison.names import Name, names, slips
from ingestion.model import CaseDocument

_MASKING = re.compile(r"[×XxＸ＊*某]")
_VICTIM = re.compile(r"被害人")


def _what(story: Story) -> str:
    return ROLE_NAMES[story.doc.role or "indictment"] + (
        story.how if story.doc.role == "judgment" else ""
    )


def _told(story: Story) -> list[Name]:
    """Each name of a story once."""
    found: dict[str, Name] = {}
    for name in names(story.span.quote):
        found.setdefault(name.text, name)
    return list(found.values())


def _slip(mine: Story, theirs: Story, name: Name) -> Hit | None:
    """The same name with one character wrong, where the other telling never has it right."""
    text = theirs.span.quote
    if name.text in text:
        return None
    other = next((s for s in slips(name.text, text) if s.text not in mine.span.quote), None)
    if other is None:
        return None
    low, start = mine.span.start, theirs.span.start
    return hit(
        mine.doc.span(low + name.start, low + name.end),
        theirs.doc.span(start + other.start, start + other.end),
        values={mine.doc.role or "": name.text, theirs.doc.role or "": other.text},
        cause=f"name:{name.text}",
        name=name.text,
        one=_what(mine),
        other=_what(theirs),
        problem=f"写作“{other.text}”",
    )


@check("CMP-011")
def persons(case: CaseFile) -> Iterator[Hit | Undecided]:
    one, other = two(case)
    first, second = stories(one), stories(other)
    if not first:
        return
    told = [*first, *second]
    slipped: set[str] = set()
    for index, mine in enumerate(told):
        for theirs in told[index + 1 :]:
            for name in _told(mine):
                found = _slip(mine, theirs, name)
                if found is not None:
                    slipped.add(name.text)
                    yield found
    yield from _missing(one, other, first[0], slipped)


def _missing(
    one: CaseDocument, other: CaseDocument, story: Story, slipped: set[str]
) -> Iterator[Hit]:
    """A victim whom the other document nowhere names, though it masks nobody."""
    appendix = part(other, "appendix")
    body = other.text[: appendix.start if appendix else len(other.text)]
    if _MASKING.search(body[:3000]) or any(is_masked(d.name.value) for d in other.defendants):
        return
    beside = _VICTIM.search(body)
    for name in _told(story):
        victim = story.span.quote[max(name.start - 12, 0) : name.start]
        if name.text in slipped or name.text in body or "被害人" not in victim:
            continue
        start = story.span.start + name.start
        evidence = [one.span(start, start + len(name.text))]
        if beside is not None:
            evidence.append(other.span(beside.start(), min(beside.start() + 8, len(body))))
        yield hit(
            *evidence,
            values={one.role or "": name.text, other.role or "": None},
            confidence=0.7,
            cause=f"name:{name.text}",
            name=f"被害人{name.text}",
            one=ROLE_NAMES[one.role or "indictment"],
            other=ROLE_NAMES[other.role or "judgment"],
            problem="没有出现",
        )
