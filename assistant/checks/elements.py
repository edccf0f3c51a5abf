"""Elements of the crime: what the charge makes the facts, the evidence and the reasons say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.citations import own_charges
from assistant.checks.place import opening, part, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.telling import ABRIDGED, abridged, bare, evidence, own_text, reasons, story
from ingestion.model import CaseDocument, Span
from knowledge_base import crime_elements

_NO_STORY = Undecided("无法判断：未能读出事实部分")
_ONLY_KINDS = Undecided("无法判断：证据部分只列证据种类，缺具体证据名称")
_CONCLUDES = re.compile(r"触犯|构成|应当?以")
_NAMED = re.compile(r"本院认为|被告(?:人|单位)|(?:的|其)?行为|已经?|均|分别|[，。、：；\s]")
_EXAMINED = re.compile(r"经[^，。；经]{0,20}?(?:鉴定|检验|价格认定|价格评估)")
_EXPERT = re.compile(r"鉴定|检验|认定|评估|报告|检测")
_OPEN_LIST = re.compile(r"等(?:证据)?[。；，\s]*$|等[。；\n]")
_FEW = 12  # characters that remain of a conclusion without any description of the act


def _charge_span(doc: CaseDocument, charge: str) -> tuple[Span, ...]:
    return next(((c.span,) for d in doc.defendants for c in d.charges if c.value == charge), ())


def _lacking_in_story(doc: CaseDocument, piece: crime_elements.Part) -> Iterator[Hit | Undecided]:
    told = story(doc)
    charged = own_charges(doc)
    if told is None or not charged:
        yield _NO_STORY if told is None else Undecided("无法判断：未能读出罪名")
        return
    if abridged(doc, told):
        yield ABRIDGED
        return
    for charge in charged:
        lacking = crime_elements.lacking(charge, piece, told.quote, told.quote)
        if lacking:
            yield hit(
                opening(doc, told, 20),
                *_charge_span(doc, charge),
                values={doc.role or "": None},
                charge=charge,
                elements="、".join(e.name for e in lacking),
            )


@check("FACT-004")
def result_left_out(case: CaseFile) -> Iterator[Hit | Undecided]:
    yield from _lacking_in_story(sole(case), "result")


@check("FACT-006")
def element_left_out(case: CaseFile) -> Iterator[Hit | Undecided]:
    yield from _lacking_in_story(sole(case), "fact")


def _lacking_in_evidence(
    doc: CaseDocument, piece: crime_elements.Part
) -> Iterator[Hit | Undecided]:
    told, listed = story(doc), evidence(doc)
    if told is None or not own_charges(doc):
        return
    wanted = [
        e
        for charge in own_charges(doc)
        for e in crime_elements.of(charge, piece)
        if e.applies(told.quote)
    ]
    if not wanted:
        return
    if listed is None:
        yield Undecided("无法判断：未能读出证据部分")
    elif bare(listed):
        if piece != "evidence" or not _unlisted_expert(doc):
            yield _ONLY_KINDS
    else:
        for element in wanted:
            if not element.told(listed.quote):
                yield hit(
                    opening(doc, listed, 20),
                    values={doc.role or "": None},
                    cause=f"evidence:{element.name}",
                    element=element.name,
                )


def _unlisted_expert(doc: CaseDocument) -> list[Hit]:
    """Facts that rest on an examination, and a closed list of evidence that names none."""
    told, listed = story(doc), evidence(doc)
    examined = _EXAMINED.search(told.quote) if told is not None else None
    if told is None or listed is None or examined is None:
        return []
    if _EXPERT.search(listed.quote) or _OPEN_LIST.search(listed.quote):
        return []
    return [
        hit(
            opening(doc, listed, 20),
            doc.span(told.start + examined.start(), told.start + examined.end()),
            severity="minor",
            values={doc.role or "": None},
            cause="evidence:鉴定意见",
            element="事实部分所依据的鉴定意见",
        )
    ]


@check("EVID-006")
def expert_evidence_left_out(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    yield from _lacking_in_evidence(doc, "evidence")
    yield from _unlisted_expert(doc)


@check("EVID-007")
def electronic_data_left_out(case: CaseFile) -> Iterator[Hit | Undecided]:
    yield from _lacking_in_evidence(sole(case), "electronic")


@check("CHG-002")
def act_of_selective_charge(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = story(doc)
    if told is None:
        yield _NO_STORY
        return
    for charge in own_charges(doc):
        for element in crime_elements.of(charge, "act"):
            if element.name in charge and not element.told(told.quote):
                yield hit(
                    *_charge_span(doc, charge),
                    opening(doc, told, 20),
                    values={doc.role or "": charge},
                    cause=f"act:{charge}",
                    charge=charge,
                    act=element.name,
                )


@check("CHG-008")
def description_of_the_crime(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    whole = reasons(doc)
    told, place = story(doc), part(doc, "reasoning")
    concluded = list(_CONCLUDES.finditer(whole))
    if place is None or not concluded or told is None:
        yield Undecided("无法判断：未能读出“本院认为”部分的罪状表述")
        return
    # The name of the charge is no description of the act.
    described = whole[: concluded[-1].start()]
    for charge in own_charges(doc):
        described = described.replace(charge, "")
    for charge in own_charges(doc):
        lacking = crime_elements.lacking(charge, "reasoning", told.quote, described)
        if not lacking:
            continue
        names = _NAMED.sub("", whole[: concluded[0].start()])
        for person in doc.defendants:
            names = names.replace(person.name.value, "")
        yield hit(
            opening(doc, place, 30),
            values={doc.role or "": charge},
            severity="minor" if len(names) <= _FEW else None,
            charge=charge,
            elements="、".join(e.name for e in lacking),
        )


@check("CHG-009")
def complaint(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    text = own_text(doc)
    for charge in own_charges(doc):
        for element in crime_elements.of(charge, "complaint"):
            if not element.told(text):
                yield hit(
                    *(_charge_span(doc, charge) or (opening(doc, doc.span(0, len(text))),)),
                    values={doc.role or "": charge},
                    charge=charge,
                    condition=element.name,
                )
