"""How circumstances are weighed: against each other, from the facts, and by their right name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.circumstances import of_person, own
from assistant.checks.place import opening, part, people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import CaseDocument

_CONCLUDES = re.compile(
    r"(?:综上|综合|决定|故|据此|本院)[^。；]{0,16}对(?:被告人)?[^，。；]{0,8}(?:依法|酌情)?(?:予以|给予)?从轻处罚"
)
_WEIGHS = re.compile(
    r"虽|但(?:是|鉴于|其)|不足以|综合(?:考虑|考量|衡量|评判|全案)|结合|考虑(?:到)?|兼顾|从重[^。]{0,30}从轻"
)
_MADE_GOOD = {
    "restitution": "退赃、退赔",
    "compensation": "赔偿",
    "comp_forgive": "赔偿、谅解",
    "comp_only": "赔偿",
    "forgive_only": "被害人谅解",
    "reconciliation": "和解",
}
_SPOKEN = re.compile(r"退[赃赔缴出还清]|赔[偿付]|谅解|和解|补偿|挽回|返还|归还|追回|发还|损失|追缴")
_BY_ACCUSED = re.compile(r"被告人|家属|亲属|亲友|父|母|妻|丈夫|其|双方|达成|取得")
_ADOPTED = re.compile(r"量刑(?:建议|意见)[^。；不]{0,12}(?:适当|恰当|得当|予以采纳|应予采纳|采纳)")
_RECORD = re.compile(
    r"(?:有|系|具有|属|存在)(?:犯罪|刑事|违法犯罪)?前科(?!劣迹|、劣迹|和劣迹|及劣迹|或)"
)
_CONVICTED = re.compile(r"判处|判决|刑满|缓刑|徒刑|拘役|罚金|犯[\u4e00-\u9fff、]{1,14}罪")
_DENIED = re.compile(r"无前科|没有前科|未有前科")


@check("CIRC-014")
def recidivist_yet_lighter(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    reasons = part(doc, "reasoning")
    if reasons is None:
        return
    for person in people(doc):
        mine = [c for c in own(doc) if of_person(doc, c, person)]
        heavier = [c for c in mine if c.key in ("recidivist", "recidivist_special")]
        concluded = _CONCLUDES.search(doc.text, reasons.start, reasons.end)
        if not heavier or concluded is None or _WEIGHS.search(reasons.quote):
            continue
        yield hit(
            doc.span(concluded.start(), concluded.end()),
            heavier[0].span,
            values={doc.role or "": concluded[0]},
            name=person.name.value,
        )


@check("CIRC-017")
def redress_left_out(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    reasons = part(doc, "reasoning")
    speaker = "court" if doc.role == "judgment" else "prosecution"
    told = [
        c
        for c in doc.circumstances
        if c.key in _MADE_GOOD
        and c.polarity == "affirmed"
        and c.section == "facts"
        and c.speaker == speaker
        and _BY_ACCUSED.search(doc.text, max(c.span.start - 30, 0), c.span.end)
    ]
    if not told or reasons is None or _spoken(doc):
        return
    if doc.role != "judgment" and not own(doc):
        yield Undecided("无法判断：起诉书未评价量刑情节，缺量刑建议书")
        return
    yield hit(
        told[0].span,
        opening(doc, reasons),
        # What the prosecution proposed knowing of the redress, and the court followed, weighs it.
        severity="minor" if _ADOPTED.search(reasons.quote) else None,
        values={doc.role or "": None},
        cause="redress",
        what=_MADE_GOOD[told[0].key],
    )


def _first_offender(doc: CaseDocument) -> Iterator[Hit]:
    """A first offender who was convicted before."""
    persons = people(doc)
    convicted = [p for p in persons[0].priors if p.kind == "conviction"] if persons else []
    if len(persons) != 1 or not convicted:
        return
    said = next(
        (
            c
            for c in own(doc)
            if c.key == "first_occasional" and "初犯" in c.span.quote and c.section == "reasoning"
        ),
        None,
    )
    if said is not None:
        yield hit(
            said.span,
            convicted[0].span,
            category="circumstance",
            values={doc.role or "": said.span.quote},
            cause=f"prior:{persons[0].name.value}",
            name=persons[0].name.value,
            problem="曾因犯罪被判刑，理由部分写作初犯",
            advice="核对前科；曾被判刑的，不以初犯评价",
        )


def _spoken(doc: CaseDocument) -> bool:
    """Whether the reasoning, the provisions or the decision speak of redress at all."""
    return any(
        _SPOKEN.search(doc.text, s.span.start, s.span.end)
        for s in doc.sections_of("reasoning", "statutes", "operative")
    )


@check("CIRC-018")
def record_misnamed(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    reasons = part(doc, "reasoning")
    persons = people(doc)
    yield from _first_offender(doc)
    found = _RECORD.search(doc.text, reasons.start, reasons.end) if reasons else None
    if found is None or len(persons) != 1 or _DENIED.search(doc.text):
        return
    priors = persons[0].priors
    place = persons[0].paragraph
    told = doc.text[place.start : place.end] if place else ""
    before = re.split(r"(?:现)?因(?:本案)?涉嫌", told)[0]
    if priors and all(p.kind == "administrative" for p in priors) and not _CONVICTED.search(before):
        yield hit(
            doc.span(found.start(), found.end()),
            priors[0].span,
            values={doc.role or "": found[0]},
            cause=f"prior:{persons[0].name.value}",
            name=persons[0].name.value,
            problem="只有行政处罚记录，理由部分写作有前科",
            advice="改写为“曾受行政处罚”，不以前科评价",
        )
