"""Circumstances of sentencing: what the prosecution claimed and what the court found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.circumstances import of_person, retold
from assistant.checks.place import opening, part, sentence_around
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.comparison.matching import pairs, two
from ingestion.model import CaseDocument, Circumstance, Defendant, SectionKind, Speaker
from knowledge_base import circumstances as rules

_PROSECUTION = re.compile(r"(?:公诉机关|公诉人|检察院|控辩双方)[^。；]{0,40}意见|公诉意见")
GROUPS: dict[str, tuple[str, ...]] = {
    "自首": ("surrender", "surrender_special"),
    "累犯": ("recidivist", "recidivist_special"),
    "立功": ("merit", "major_merit"),
    "从犯": ("accessory", "coerced"),
    "犯罪未遂": ("attempt",),
    "犯罪中止": ("suspension_no_harm", "suspension_harm"),
    "犯罪预备": ("preparation",),
    "毒品再犯": ("drug_recidivist",),
    "未成年人犯罪": ("minor_12_16", "minor_16_18"),
    "限制刑事责任能力": ("mental_limited",),
    "防卫过当": ("excess_defense",),
}
"""Circumstances that the law itself attaches an effect to; each under the name people use."""


def _told(
    doc: CaseDocument, person: Defendant, keys: tuple[str, ...], speaker: Speaker, polarity: str
) -> list[Circumstance]:
    sections: tuple[SectionKind, ...] = (
        "reasoning",
        "facts",
        "accusation",
        "operative",
        "statutes",
    )
    return [
        c
        for c in doc.circumstances
        if c.key in keys
        and c.speaker == speaker
        and c.polarity == polarity
        and c.section in sections
        and not retold(doc, c)
        and (of_person(doc, c, person) or not c.persons)
    ]


def law_of(keys: tuple[str, ...]) -> str:
    rule = rules.rule(keys[0])
    return "、".join(f"刑法{ref.label}" for ref in rule.statute) if rule else ""


@check("CMP-012")
def circumstances(case: CaseFile) -> Iterator[Hit | Undecided]:
    indictment, judgment = two(case)
    matched, _, _ = pairs(indictment, judgment)
    reasoning = part(judgment, "reasoning")
    for a, b in matched:
        for name, keys in GROUPS.items():
            claimed = [
                c
                for c in _told(indictment, a, keys, "prosecution", "affirmed")
                if c.section == "reasoning"
            ]
            found = _told(judgment, b, keys, "court", "affirmed")
            denied = _told(judgment, b, keys, "court", "denied")
            if claimed and not found and reasoning is not None and not _mentioned(judgment, name):
                place = denied[0].span if denied else opening(judgment, reasoning)
                yield hit(
                    claimed[0].span,
                    place,
                    values={"indictment": name, "judgment": "不认定" if denied else None},
                    cause=f"{name}:{b.name.value}",
                    name=b.name.value,
                    problem=f"起诉书认定{name}，判决书"
                    + ("不予认定" if denied else "没有认定，也没有说明理由"),
                    law=law_of(keys),
                )
            elif found and not claimed:
                silent = not _claims_any(indictment)
                if silent and _claimed_in_court(judgment, b, keys, found):
                    continue
                yield hit(
                    found[0].span,
                    opening(indictment, part(indictment, "reasoning") or found[0].span)
                    if part(indictment, "reasoning")
                    else indictment.defendants[0].name.span,
                    severity="minor" if silent else "moderate",
                    confidence=0.5 if silent else None,
                    values={"indictment": None, "judgment": name},
                    cause=f"{name}:{b.name.value}",
                    name=b.name.value,
                    problem=f"判决书认定{name}，起诉书没有认定",
                    law=law_of(keys),
                )


def _claimed_in_court(
    judgment: CaseDocument, person: Defendant, keys: tuple[str, ...], found: list[Circumstance]
) -> bool:
    """Whether the judgment tells that the prosecution claimed it (公诉机关关于…的意见)."""
    if _told(judgment, person, keys, "prosecution", "affirmed"):
        return True
    return any(_PROSECUTION.search(sentence_around(judgment, c.span).quote) for c in found)


def _mentioned(judgment: CaseDocument, name: str) -> bool:
    """Whether the court speaks of it in words the extraction did not class as affirmed."""
    section = part(judgment, "reasoning")
    if section is None:
        return False
    return (
        name in section.quote and f"不{name}" not in section.quote and "不予" not in section.quote
    )


def _claims_any(indictment: CaseDocument) -> bool:
    """Whether the indictment speaks of circumstances at all (they may stand elsewhere)."""
    return any(
        c.section == "reasoning" and c.speaker == "prosecution" for c in indictment.circumstances
    )
