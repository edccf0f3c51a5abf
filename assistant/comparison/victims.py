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
_MASKED = re.compile(r"被害人(?P<name>(?![某×])[\u4e00-\u9fff][某×Ｘ＊*]{1,2})")
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


def _masked_stranger(
    one: CaseDocument, other: CaseDocument, story: Story, body: str
) -> Iterator[Hit]:
    """A victim of a surname that nobody has in the other document, masked or not."""
    seen: set[str] = set()
    for found in _MASKED.finditer(story.span.quote):
        name, surname = found["name"], found["name"][0]
        if name in seen or re.search(rf"{surname}[某×Ｘ＊*]|被害(?:人|单位){surname}", body):
            continue
        # Named without her title the person may stand there with the whole name.
        if any(n.text[0] == surname for n in names(body)) or "被害人" not in body:
            continue
        seen.add(name)
        start = story.span.start + found.start("name")
        beside = _VICTIM.search(body)
        evidence = [one.span(start, start + len(name))]
        if beside is not None:
            evidence.append(other.span(beside.start(), min(beside.start() + 8, len(body))))
        yield hit(
            *evidence,
            severity="minor",
            confidence=0.7,
            values={one.role or "": name, other.role or "": None},
            cause=f"name:{name}",
            name=f"被害人{name}",
            one=ROLE_NAMES[one.role or "indictment"],
            other=ROLE_NAMES[other.role or "judgment"],
            problem="没有出现",
        )


def _missing(
    one: CaseDocument, other: CaseDocument, story: Story, slipped: set[str]
) -> Iterator[Hit]:
    """A victim whom the other document nowhere names, though it masks nobody."""
    appendix = part(other, "appendix")
    body = other.text[: appendix.start if appendix else len(other.text)]
    yield from _masked_stranger(one, other, story, body)
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
