"""Names of one person in forms that do not go together: cut short, of another counsel, unmasked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.place import is_masked, part, people
from assistant.checks.registry import Hit, hit
from ingestion.model import CaseDocument
from knowledge_base.wording import surnames

_FULL = 3
_HEARING = re.compile(
    r"[^。]*辩护人(?P<name>[\u4e00-\u9fff]{2,3})(?=[，、]|到庭|均|出庭)[^。]*(?:到庭|出庭)[^。]*。"
)
_MASKED_VICTIM = re.compile(r"被害人(?P<surname>[\u4e00-\u9fff])某{1,2}(?![\d甲乙丙丁])")
_MET = r"(?<=[与将对被把向和给])"
_THEN = r"(?=发生|因|殴|打|拉|推|停|进行|联系|一起|驾|送|带|骗|造成|致|身上|头部|的[手钱车头脸家])"
_NUMBERED = re.compile(r"(?P<name>[\u4e00-\u9fff]某{1,2})\d{1,2}")
_AFTER_CLAUSE = re.compile(
    r"[^，。；、]{1,6}，(?P<name>[\u4e00-\u9fff]某{1,2}\d{1,2})(?!\d|、|的?(?:证言|陈述|供述))"
)
_SMALL = re.compile(r"[某的其他在中方人位名被]")


def odd_forms(doc: CaseDocument) -> Iterator[Hit]:
    """An accused's name cut short, a counsel of another name, a victim's name left in full."""
    yield from _cut_short(doc)
    yield from _other_counsel(doc)
    yield from _unmasked(doc)
    yield from _other_number(doc)


def _cut_short(doc: CaseDocument) -> Iterator[Hit]:
    """被告人 with the first and the last syllable of a name of three."""
    known = {person.name.value for person in people(doc)}
    for person in people(doc):
        name = person.name.value
        written = name[0] + name[-1]
        if len(name) != _FULL or is_masked(name) or written in known:
            continue
        found = re.search(rf"被告人({written})(?=[在于至来到将用持驾以因与伙酒系，、])", doc.text)
        if found is not None:
            yield hit(
                doc.span(found.start(1), found.end(1)),
                person.name.span,
                values={doc.role or "": written},
                written=written,
                name=name,
            )


def _other_counsel(doc: CaseDocument) -> Iterator[Hit]:
    """Counsel at the hearing who is none of those at the head."""
    told = part(doc, "procedure")
    known = [counsel for person in doc.defendants for counsel in person.counsel]
    if told is None or len(doc.defendants) != 1 or not known:
        return
    found = _HEARING.search(doc.text, told.start, told.end)
    if found is None or any(c.name in found[0] or is_masked(c.name) for c in known):
        return
    yield hit(
        doc.span(found.start("name"), found.end("name")),
        known[0].span,
        severity="minor",
        confidence=0.6,
        category="party",
        values={doc.role or "": found["name"]},
        written=found["name"],
        name=f"{known[0].name}（辩护人）",
    )


def _unmasked(doc: CaseDocument) -> Iterator[Hit]:
    """The full name of a victim whom the text masks everywhere else (谢某, 谢桂辉)."""
    masked = {m["surname"] for m in _MASKED_VICTIM.finditer(doc.text)}
    own = {person.name.value[0] for person in people(doc)}
    for section in doc.sections_of("accusation", "facts"):
        for surname in sorted((masked & surnames()) - own):
            pattern = rf"{_MET}{surname}[\u4e00-\u9fff]{{2}}{_THEN}"
            for found in re.finditer(pattern, section.span.quote):
                if _SMALL.search(found[0][1:]) or doc.text.count(found[0]) > 1:
                    continue
                start = section.span.start + found.start()
                yield hit(
                    doc.span(start, start + len(found[0])),
                    severity="minor",
                    confidence=0.6,
                    values={doc.role or "": found[0]},
                    written=found[0],
                    name=f"{surname}某",
                )


def _other_number(doc: CaseDocument) -> Iterator[Hit]:
    """A person named once only, right after a clause on another of the same masked name.

    Who is numbered is introduced or met again; 李某1到场，李某2与… are one man.
    """
    for section in doc.sections_of("accusation", "facts"):
        told = section.span.quote
        for found in _NUMBERED.finditer(told):
            other = _AFTER_CLAUSE.match(told, found.end())
            if other is None or other["name"] == found[0]:
                continue
            if not other["name"].startswith(found["name"]) or doc.text.count(other["name"]) > 1:
                continue
            start = section.span.start + other.start("name")
            yield hit(
                doc.span(start, start + len(other["name"])),
                doc.span(section.span.start + found.start(), section.span.start + found.end()),
                severity="minor",
                confidence=0.6,
                values={doc.role or "": other["name"]},
                written=other["name"],
                name=found[0],
            )
