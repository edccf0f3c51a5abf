"""The time of the act against the law: not lapsed, not punished by a later law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.casefile import CaseFile
from assistant.checks.course import end_by, steps
from assistant.checks.place import part, people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.statutes import CRIMINAL_LAW, label, own_statutes
from assistant.sentencing.dates import add_months
from ingestion.extract.blocks import clauses
from ingestion.model import CaseDocument, Span
from ingestion.numerals import find_dates
from knowledge_base import law_tiers, laws
from knowledge_base.check_rules import limit
from knowledge_base.deadlines import limitation_years

_FILED = re.compile(r"立案")
_STOPPED = re.compile(r"在逃|追逃|逃匿|逃避|潜逃|外逃|报案|控告|网上|核准追诉|脱逃|通缉")
_CAUGHT = re.compile(r"抓获|查获|投案|到案|归案|报警|立案|传唤|谅解")
_ACTS = 40
"""Characters around a day in which its own event is told."""


def last_act(doc: CaseDocument) -> tuple[date, Span] | None:
    """The last day of the story, leaving out sentences that tell of the pursuit (抓获, 投案).

    Where every sentence does, all count. None where a day is told less than exactly.
    """
    story = part(doc, "facts", "accusation")
    if story is None:
        return None
    told = [m for m in find_dates(story.quote) if "生" not in story.quote[m.end : m.end + 3]]
    pursuit = [
        (low, high)
        for low, high in clauses(story.quote, 0, len(story.quote), "。\n")
        if _CAUGHT.search(story.quote, low, high)
    ]
    acts = [m for m in told if not any(low <= m.start < high for low, high in pursuit)] or told
    if not acts or any(m.value.precision != "day" for m in acts):
        return None
    last = max(acts, key=lambda m: m.value.date)
    return last.value.date, doc.span(story.start + last.start, story.start + last.end)


def _pursued(doc: CaseDocument) -> date | None:
    """The first day on which the state acted, as far as the document tells."""
    days = [step.day for person in people(doc) for step in steps(person)]
    for section in doc.sections_of("procedure", "parties"):
        for found in _FILED.finditer(section.span.quote):
            near = find_dates(section.span.quote[max(found.start() - _ACTS, 0) : found.start()])
            days += [m.value.date for m in near if m.value.precision == "day"]
    for key in ("transferred", "accepted"):
        field = doc.dates.get(key)
        if field is not None and field.value.precision == "day":
            days.append(field.value.date)
    return min(days, default=None)


@check("DATE-018")
def limitation(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    act, pursued = last_act(doc), _pursued(doc)
    if act is None or pursued is None or _STOPPED.search(doc.text):
        return
    for person in people(doc):
        for charge in person.charges[:1]:
            tiers = law_tiers.of_charge(charge.value, act[0])
            if not tiers:
                continue
            years = limitation_years(tiers[0].high)
            heaviest = max(tiers, key=lambda t: (t.death or t.life, t.high))
            most = limitation_years(None if heaviest.life or heaviest.death else heaviest.high)
            if pursued <= add_months(act[0], 12 * years):
                continue
            certain = pursued > add_months(act[0], 12 * most)
            yield hit(
                act[1],
                charge.span,
                values={doc.role or "": act[0].isoformat()},
                severity=None if certain else "moderate",
                confidence=0.85 if certain else 0.7,
                act=act[0].isoformat(),
                pursued=pursued.isoformat(),
                charge=charge.value,
                years=most if certain else years,
                tier="各" if certain else "基本",
            )


@check("DATE-022")
def later_law(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    act = last_act(doc)
    if act is None:
        return
    seen: set[str] = set()
    for statute in own_statutes(doc):
        own = statute.law == CRIMINAL_LAW and statute.section in ("reasoning", "statutes")
        name = label(statute)
        # A later article in the accused's favour applies to earlier acts: that of the aged.
        if not own or name in seen or statute.article == limit("age_article"):
            continue
        seen.add(name)
        if laws.status(statute.law, statute.article, statute.sub, on=act[0]) == "not_yet":
            yield hit(
                statute.span,
                act[1],
                values={doc.role or "": name},
                article=name,
                act=act[0].isoformat(),
            )


@check("DATE-019")
def after_withdrawal(case: CaseFile) -> Iterator[Hit | Undecided]:
    decision = case.documents["non_prosecution"]
    earlier = next(doc for role, doc in case.documents.items() if role != "non_prosecution")
    if not re.search(r"撤回(?:起诉|对)|准许[^。；]{0,30}撤回", earlier.text):
        return
    first, last = _dated(earlier), _dated(decision)
    if first is None or last is None:
        yield Undecided("无法判断：缺撤回起诉或者不起诉决定的日期")
    elif last[0] > end_by("after_withdrawal", first[0]):
        yield hit(
            last[1],
            first[1],
            values={"non_prosecution": last[0].isoformat()},
            start=first[0].isoformat(),
            end=last[0].isoformat(),
            days=(last[0] - first[0]).days,
        )


def _dated(doc: CaseDocument) -> tuple[date, Span] | None:
    """The day at the foot of the document and where it stands."""
    field = doc.dates.get("issued")
    if field is not None and field.value.precision == "day":
        return field.value.date, field.span
    days = find_dates(doc.text)
    if not days or days[-1].value.precision != "day":
        return None
    return days[-1].value.date, doc.span(days[-1].start, days[-1].end)
