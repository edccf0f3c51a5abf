"""Charges of two documents, person by person; acquittal and exemption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.casefile import ROLE_NAMES, CaseFile
from assistant.checks.place import part, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.comparison.matching import pairs, two
from ingestion.model import CaseDocument, Defendant, Field
from knowledge_base.charges import match, other_part, same_charge, split, unlike_parts

_MOST = 8
_BY_CHARGE = re.compile(r"应当?[以已按]([\u4e00-\u9fff、（）]{2,40}?罪)")


def decided(doc: CaseDocument, person: Defendant) -> list[Field[str]]:
    """The charges that the document itself brings or convicts of."""
    if person.charges:
        return person.charges
    if not person.verdicts:
        return _concluded(doc, person)
    return [
        Field(value=name, span=sentence.span, source="derived")
        for name, sentence in person.verdicts.items()
    ]


def _concluded(doc: CaseDocument, person: Defendant) -> list[Field[str]]:
    """应当以…罪 of the reasoning where a slip kept it from being read; else the cause."""
    reasoning = part(doc, "reasoning")
    found = _BY_CHARGE.search(doc.text, reasoning.start, reasoning.end) if reasoning else None
    names = split(found[1]) if found and len(doc.defendants) == 1 else []
    if found is None or not names:
        return person.accused_of
    place = doc.span(found.start(1), found.end(1))
    return [Field(value=name, span=place, source="derived") for name in names]


def _only(mine: list[Field[str]], theirs: list[Field[str]]) -> list[Field[str]]:
    return [c for c in mine if not any(same_charge(c.value, t.value) for t in theirs)]


def _names(fields: list[Field[str]]) -> str:
    return "、".join(dict.fromkeys(f.value for f in fields))


def _compare(one: CaseDocument, other: CaseDocument, a: Defendant, b: Defendant) -> Iterator[Hit]:
    mine, theirs = decided(one, a), decided(other, b)
    missing, added = _only(mine, theirs), _only(theirs, mine)
    if not missing and not added:
        yield from _parts_apart(one, other, b, mine, theirs)
        return
    evidence = [f.span for f in (*missing[:2], *added[:2])]
    if not missing:
        evidence.append(mine[0].span)
    if not added:
        evidence.append(theirs[0].span)
    # The court says itself that this was prosecuted too: it did not depart, but a supplement to
    # the indictment (or a part of it) is missing among the documents.
    recited = not missing and not _only(added, b.accused_of) and bool(b.accused_of)
    yield hit(
        *evidence,
        severity="minor" if recited else None,
        values={one.role or "": _names(mine), other.role or "": _names(theirs)},
        cause=f"charge:{b.name.value}:{(missing or added)[0].value}",
        name=b.name.value,
        first=_names(mine),
        second=_names(theirs)
        + ("（判决书称均经起诉指控，核对有无补充、追加起诉）" if recited else ""),
        one=ROLE_NAMES[one.role or "indictment"],
        other=ROLE_NAMES[other.role or "judgment"],
    )


def _parts_apart(
    one: CaseDocument,
    other: CaseDocument,
    person: Defendant,
    mine: list[Field[str]],
    theirs: list[Field[str]],
) -> Iterator[Hit]:
    """Another part of a selective charge: 贩卖毒品罪 prosecuted, 运输毒品罪 found."""
    for charge in mine:
        same = [t for t in theirs if same_charge(charge.value, t.value)]
        apart = bool(same) and all(other_part(charge.value, t.value) for t in same)
        if apart or (same and all(unlike_parts(charge.value, t.value) for t in same)):
            yield hit(
                charge.span,
                same[0].span,
                severity="moderate" if apart else "minor",
                values={one.role or "": charge.value, other.role or "": same[0].value},
                cause=f"charge:{person.name.value}:{charge.value}",
                name=person.name.value,
                first=charge.value,
                second=f"{same[0].value}（选择性罪名的行为不同）",
                one="指控" if one is other else ROLE_NAMES[one.role or "indictment"],
                other="判决" if one is other else ROLE_NAMES[other.role or "judgment"],
            )


def _all(case: CaseFile) -> Iterator[Hit | Undecided]:
    one, other = two(case)
    matched, _, _ = pairs(one, other)
    told: dict[tuple[str, str], list[Hit]] = {}
    for a, b in matched:
        if not decided(one, a) or not decided(other, b):
            doc = other if decided(one, a) else one
            name = ROLE_NAMES[doc.role or "indictment"]
            if not (b.sentence and b.sentence.acquitted):
                yield Undecided(f"无法判断：{name}中{b.name.value}的罪名未能读出")
            continue
        for found in _compare(one, other, a, b):
            told.setdefault((found.fields["first"], found.fields["second"]), []).append(found)
    for same in told.values():
        yield _of_all(same)


def _of_all(same: list[Hit]) -> Hit:
    """One change of charge that several persons share is told once, with all their names."""
    names = "、".join(found.fields["name"] for found in same)
    evidence = list(dict.fromkeys(span for found in same for span in found.evidence))
    return replace(
        same[0], evidence=tuple(evidence[:_MOST]), fields={**same[0].fields, "name": names}
    )


@check("CMP-005")
def police_and_prosecution(case: CaseFile) -> Iterator[Hit | Undecided]:
    yield from _all(case)


@check("CMP-006")
def prosecution_and_court(case: CaseFile) -> Iterator[Hit | Undecided]:
    if len(case.documents) == 1:
        yield from _told_by_the_judgment(sole(case))
        return
    yield from _all(case)
    yield from _quoted(case)


def _told_by_the_judgment(judgment: CaseDocument) -> Iterator[Hit]:
    """Without the indictment: the charges the judgment says were prosecuted, and its own."""
    for person in judgment.defendants:
        mine, theirs = person.accused_of, decided(judgment, person)
        if person.sentence is not None and person.sentence.acquitted:
            continue
        if not mine or not person.charges or not all(match(c.value) for c in mine):
            continue
        missing, added = _only(mine, theirs), _only(theirs, mine)
        if not missing and not added:
            yield from _parts_apart(judgment, judgment, person, mine, theirs)
        else:
            yield hit(
                (missing or mine)[0].span,
                (added or theirs)[0].span,
                values={"judgment": _names(theirs)},
                cause=f"charge:{person.name.value}:{(missing or added)[0].value}",
                name=person.name.value,
                first=_names(mine),
                second=_names(theirs),
                one="指控",
                other="判决",
            )


def _quoted(case: CaseFile) -> Iterator[Hit]:
    """The charge prosecuted as the judgment quotes it against the indictment's own."""
    one, other = two(case)
    matched, _, _ = pairs(one, other)
    for a, b in matched:
        if not a.charges or not b.accused_of or not all(match(c.value) for c in b.accused_of):
            continue
        missing = _only(a.charges, b.accused_of)
        if missing and _only(b.accused_of, a.charges):
            yield hit(
                missing[0].span,
                b.accused_of[0].span,
                values={"indictment": _names(a.charges), "judgment": _names(b.accused_of)},
                severity="moderate",
                cause=f"charge:{b.name.value}:{missing[0].value}",
                name=b.name.value,
                first=_names(a.charges),
                second=f"{_names(b.accused_of)}（判决书转述的指控罪名）",
                one=ROLE_NAMES[one.role or "indictment"],
                other=ROLE_NAMES[other.role or "judgment"],
            )


@check("CMP-024")
def not_punished(case: CaseFile) -> Iterator[Hit | Undecided]:
    alone = len(case.documents) == 1
    one, other = (sole(case), sole(case)) if alone else two(case)
    matched = [(d, d) for d in one.defendants] if alone else pairs(one, other)[0]
    for a, b in matched:
        for charge, sentence in b.verdicts.items():
            if not (sentence.acquitted or sentence.exempt):
                continue
            result = "无罪" if sentence.acquitted else "免予刑事处罚"
            evidence = [sentence.span] + [c.span for c in a.charges[:1]]
            yield hit(
                *evidence,
                severity=None if sentence.acquitted else "minor",
                values={"judgment": result}
                if alone
                else {"indictment": _names(a.charges), "judgment": result},
                name=b.name.value,
                charge=charge,
                result=result,
            )
