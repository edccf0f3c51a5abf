"""The recommendation as such: complete, narrow enough, of one kind, and with its reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant import phrasing
from assistant.casefile import ROLE_NAMES, CaseFile
from assistant.checks.place import heading, issued, people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.sentence import NAMES, recommendations
from assistant.comparison.matching import pairs, two
from ingestion.model import CaseDocument, Defendant, Recommendation, Term
from knowledge_base.charges import same_charge
from knowledge_base.check_rules import limit
from knowledge_base.recommendation_widths import widest

_ONLY_FINE = re.compile(r"单处|免予|免除|不予|缓刑|被告单位|对(?:被告)?单位")
_WHY_RANGE = re.compile(
    r"幅度刑?|新类型|不常见|情节复杂|重罪|尚待|视[^，。；]{0,12}(?:情况|赔偿|退赔)|如[^，。；]{0,14}(?:赔偿|退赔|谅解)"
)
_GROUNDS = re.compile(r"法定刑|量刑情节|情节|自首|坦白|从轻|减轻|从重|从宽|认罪认罚|谅解|退赔|累犯")


@check("SENT-002")
def incomplete(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = list(recommendations(doc))
    if doc.role == "recommendation" and not told:
        yield Undecided("无法判断：量刑建议书中的建议未能读出")
    for person in people(doc):
        mine = [item for owner, item in told if owner is person]
        if not mine or any(item.main is not None for item in mine):
            continue
        around = doc.text[mine[0].span.start : mine[0].span.end + 20]
        if not _ONLY_FINE.search(around):
            yield hit(
                mine[0].span,
                values={doc.role or "": None},
                cause=f"recommendation:{doc.role}:{person.name.value}",
                name=person.name.value,
            )


def _whole_months(term: Term) -> float:
    return term.months + term.days / 30


@check("SENT-008")
def too_wide(case: CaseFile) -> Iterator[Hit | Undecided]:
    on = issued(sole(case))
    for person, item in recommendations(sole(case)):
        if item.main is None or item.low is None or item.high is None or item.high_main:
            continue
        allowed = widest(item.main, item.high.months, on)
        width = _whole_months(item.high) - _whole_months(item.low)
        if allowed is not None and width > allowed:
            yield hit(
                item.span,
                values={sole(case).role or "": phrasing.recommendation(item)},
                cause=f"range:{person.name.value}",
                name=person.name.value,
                range=phrasing.recommendation(item),
                width=f"{width:g}",
                allowed=allowed,
            )


@check("SENT-009")
def two_kinds(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person, item in recommendations(doc):
        if item.main and item.high_main and item.main != item.high_main:
            yield hit(
                item.span,
                values={doc.role or "": phrasing.recommendation(item)},
                cause=f"range:{person.name.value}",
                name=person.name.value,
                kinds=f"{NAMES[item.main]}、{NAMES[item.high_main]}",
            )


@check("SENT-010")
def range_for_a_light_case(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person, item in recommendations(doc):
        if item.low is None or item.high is None or item.low == item.high:
            continue
        if item.high.months <= limit("fixed_recommendation_months") and not _WHY_RANGE.search(
            doc.text
        ):
            yield hit(
                item.span,
                values={doc.role or "": phrasing.recommendation(item)},
                cause=f"range:{person.name.value}",
                name=person.name.value,
                range=phrasing.recommendation(item),
            )


@check("SENT-023")
def no_grounds(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = list(recommendations(doc))
    if not told:
        yield Undecided("无法判断：量刑建议书中的建议未能读出")
        return
    lacking = []
    if not any(s.law.endswith("刑法") for s in doc.statutes):
        lacking.append("所依据的刑法条文和法定刑")
    rest = doc.text.replace(told[0][1].span.quote, "")
    if not doc.circumstances and not _GROUNDS.search(rest):
        lacking.append("量刑情节")
    if lacking:
        yield hit(
            told[0][1].span,
            heading(doc),
            values={doc.role or "": None},
            lacking="、".join(lacking),
        )


def _same_subject(one: Recommendation, other: Recommendation) -> bool:
    """Whether both speak of the same charge, or one of them of all."""
    return one.charge is None or other.charge is None or same_charge(one.charge, other.charge)


def _apart(one: Recommendation, other: Recommendation) -> list[str]:
    """The parts that both state and state differently."""
    parts = []
    if one.main and other.main:
        if (one.main, one.high_main) != (other.main, other.high_main):
            parts.append("刑种")
        elif (one.low, one.high) != (other.low, other.high):
            parts.append("刑期")
    if bool(one.probation) != bool(other.probation):
        parts.append("缓刑")
    elif _stated_apart(
        (one.probation_low, one.probation_high), (other.probation_low, other.probation_high)
    ):
        parts.append("缓刑考验期")
    if one.fine != other.fine or _stated_apart(
        (one.fine_low_fen, one.fine_high_fen), (other.fine_low_fen, other.fine_high_fen)
    ):
        parts.append("罚金")
    return parts


def _stated_apart(one: tuple[object, object], other: tuple[object, object]) -> bool:
    """Whether both give bounds, and not the same."""
    return None not in (one[0], other[0]) and one != other


@check("SENT-019")
def recommended_differently(case: CaseFile) -> Iterator[Hit | Undecided]:
    one, other = two(case)
    matched, _, _ = pairs(one, other)
    for a, b in matched:
        mine, theirs = _own(one, a), _own(other, b)
        if not mine or not theirs:
            lacks = one if not mine else other
            if lacks.role != "indictment":
                name = ROLE_NAMES[lacks.role or "recommendation"]
                yield Undecided(f"无法判断：{name}中对{b.name.value}的量刑建议未能读出")
            continue
        for item in mine:
            rival = next((t for t in theirs if _same_subject(item, t)), None)
            parts = _apart(item, rival) if rival else []
            if rival is None or not parts:
                continue
            first, second = phrasing.recommendation(item), phrasing.recommendation(rival)
            yield hit(
                item.span,
                rival.span,
                values={one.role or "": first, other.role or "": second},
                cause=f"proposed:{b.name.value}:{'、'.join(parts)}",
                name=b.name.value,
                parts="、".join(parts),
                one=ROLE_NAMES[one.role or "indictment"],
                other=ROLE_NAMES[other.role or "recommendation"],
                first=first,
                second=second,
            )
            break


def _own(doc: CaseDocument, person: Defendant) -> list[Recommendation]:
    return [r for r in person.recommendations if r.speaker == "prosecution" or doc.role == "plea"]
