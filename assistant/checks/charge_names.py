"""Charges named wrongly outside the places from which a document's own charges are read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.place import part
from assistant.checks.registry import Hit, hit
from ingestion.model import CaseDocument
from knowledge_base import charges

_CONVICTED = re.compile(
    r"被告人[^，。；]{2,20}?犯(?P<name>[\u4e00-\u9fff、]{2,20})，(?=判处|免予|单处)"
)
_EARLIER = re.compile(r"(?:因犯?|曾犯|又犯)(?P<name>[\u4e00-\u9fff、]{3,16}罪)(?=于\d|被|，|,)")
_BROUGHT = re.compile(
    r"(?:公诉机关|检察院)(?:所)?指控(?:的|(?:被告人[\u4e00-\u9fff×某、\d]{2,12}?)?的?(?:犯有?|构成))?"
    r"(?P<name>[\u4e00-\u9fff、]{2,16}罪)"
    r"(?:的)?(?:罪名|事实|犯罪事实)?(?:和罪名)?(?:均|基本)?(?:成立|清楚|属实)"
)
_LEAST = 4
"""Characters of a name below which too many charges contain them."""


def nameless(doc: CaseDocument) -> Iterator[Hit]:
    """A verdict that convicts of 盗窃 and not of 盗窃罪."""
    operative = part(doc, "operative")
    if doc.role != "judgment" or operative is None:
        return
    for found in _CONVICTED.finditer(doc.text, operative.start, operative.end):
        name = found["name"]
        if not name.endswith("罪") and charges.match(f"{name}罪") is not None:
            yield hit(
                doc.span(found.start("name"), found.end("name")),
                severity="minor",
                values={"judgment": name},
                charge=name,
                problem="缺“罪”字",
            )


def _meant(name: str) -> list[str]:
    """Lawful names, selective ones in full, that hold the letters of the written one in order."""
    found = []
    for full in charges.names():
        rest = iter(full)
        if all(letter in rest for letter in name):
            found.append(full)
    return found


def shortened(doc: CaseDocument) -> Iterator[Hit]:
    """A charge of an earlier case that lacks letters of the one name it can be."""
    seen: set[str] = set()
    for section in doc.sections_of("parties", "accusation", "facts"):
        for found in _EARLIER.finditer(doc.text, section.span.start, section.span.end):
            name = found["name"]
            if len(name) < _LEAST or "、" in name or name in seen or charges.match(name):
                continue
            seen.add(name)
            near = _meant(name)
            if len(near) == 1:
                yield hit(
                    doc.span(found.start("name"), found.end("name")),
                    severity="minor",
                    confidence=0.8,
                    values={doc.role or "": name},
                    charge=name,
                    problem=f"不是法定罪名，疑为{near[0]}",
                )


def unaccused(doc: CaseDocument) -> Iterator[Hit]:
    """The court calls established a charge that, by its own account, nobody brought."""
    reasoning = part(doc, "reasoning")
    brought = {c.value for d in doc.defendants for c in d.accused_of}
    known = brought | {name for d in doc.defendants for name in d.verdicts}
    if reasoning is None or not brought:
        return
    for found in _BROUGHT.finditer(doc.text, reasoning.start, reasoning.end):
        for name in charges.split(found["name"]):
            if charges.match(name) is None or any(charges.same_charge(name, k) for k in known):
                continue
            yield hit(
                doc.span(found.start("name"), found.end("name")),
                values={"judgment": name},
                name="本案",
                where="首部指控与判决理由",
                first="、".join(sorted(brought)),
                second=name,
            )
            return
