"""Who is charged with what, by the words of the document.

An indictment's charges are those of its reasoning (应当以…罪追究其刑事责任); what the police
transferred is only `accused_of`. A judgment's `accused_of` is what the prosecution charged;
its convictions are read from the operative part elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from ingestion.extract.blocks import clauses, field
from ingestion.extract.people import mentions, named
from ingestion.model import CaseDocument, Defendant, Field, SectionKind
from knowledge_base import charges as known_charges

Target = Literal["charges", "accused_of"]

_LEAD = re.compile(
    r"(?:均|分别|共同|还|又)*(?:涉嫌犯有?|涉嫌的?|被控犯?|犯有|犯(?!罪)|构成|应当?(?:分别|一并|均)?[以按]|(?<=分别)以|(?<=[，,])以|触犯)"
)
_STOP = re.compile(
    r"[，,。；;：:\s（(]|被告|犯罪嫌疑|被不起诉|被调查|向本院|提起公诉|追究|判处|(?<!裁)定罪|(?<=罪)于"
    r"|(?<=罪)的|对其"
)
_CASE = re.compile(r"一案|案(?:件)?$")
_BARE_CASE = re.compile(r"(?P<charge>[\u4e00-\u9fff、]{2,30}?)(?:罪)?一?案(?=[，,。；;\s])")
_ACCUSES = re.compile(r"指控|起诉|被控|公诉|涉嫌")
_HOLDS = re.compile(
    r"[以已](?P<charges>[^。；;，,]{2,120}?罪)[^。；，罪]{0,6}追究(?P<who>[^。；;，,]{0,40}?)(?:的)?刑事责任"
)
_COMMITS = re.compile(
    r"(?:构成|触犯了?|涉嫌|犯(?!罪))(?:了|的)?"
    r"(?P<charges>[^。；;，,《》：]{2,80}?罪(?!所得|收益|嫌疑|集团|行为)"
    r"(?:[、和及][^。；;，,《》：]{2,30}?罪(?!所得|收益|嫌疑|集团|行为))*)"
)
_LABEL = re.compile(
    r"罪名(?:[及和与]适用的?法律(?:条款|条文|依据)?)?\s*[：:为是]\s*"
    r"(?P<charges>[^。；;，,《》：:\s]{2,60}?罪)(?!所得|收益)"
)
_SENTENCE = 800  # characters before 构成 within which its sentence names the person
_ADDS = re.compile(r"(?:追加|补充)(?:了)?(?:起诉|指控|公诉)")
_CHANGES = re.compile(r"(?:变更|改变|更改)(?:了)?(?:起诉|指控|公诉)")
# 将指控的盗窃罪变更为诈骗罪: which charge gives way to which.
_REPLACED = re.compile(
    r"(?:(?:由|将|把)(?:[^，。；]{0,30}?(?:的|由|指控|罪名))?"
    r"(?P<old>(?:(?![的由])[\u4e00-\u9fff、]){2,24}?罪))?(?:变更|更改|更正|改变)为"
    r"(?P<new>[^，。；]{2,30}?罪)"
)


def names_in(doc: CaseDocument, start: int, end: int) -> list[Field[str]]:
    """The charges written in `start:end` (盗窃、抢劫罪), each with its own place."""
    text = doc.text[start:end]
    found: list[Field[str]] = []
    cursor = 0
    for name in known_charges.split(text):
        if known_charges.match(name) is None and not text.endswith("罪"):
            continue
        stem = name.removesuffix("罪")
        at = text.find(stem, cursor) if stem else -1
        if at < 0:
            low, high = start, end
        else:
            low = start + at
            high = low + len(stem) + doc.text.startswith("罪", low + len(stem))
            cursor = at + len(stem)
        found.append(field(doc, low, high, name))
    return found


def _written(doc: CaseDocument, start: int, end: int) -> Iterator[tuple[int, list[Field[str]]]]:
    """Charges after 犯, 涉嫌, 构成 … in `start:end`, each list with its offset."""
    text = doc.text
    cursor = start
    while lead := _LEAD.search(text, cursor, end):
        stop = _STOP.search(text, lead.end(), end)
        limit = stop.start() if stop else end
        for offset, _ in mentions(doc, lead.end(), limit):
            limit = min(limit, offset)
        case = _CASE.search(text, lead.end(), limit)
        limit = case.start() if case else limit
        last = text.rfind("罪", lead.end(), limit)
        high = last + 1 if last >= 0 else limit
        cursor = max(lead.end(), high)
        if high > lead.end() and (charges := names_in(doc, lead.end(), high)):
            yield lead.start(), charges


def _give(person: Defendant, target: Target, charges: list[Field[str]]) -> None:
    held: list[Field[str]] = getattr(person, target)
    held.extend(c for c in charges if all(c.value != h.value for h in held))


def _by_name(
    doc: CaseDocument,
    start: int,
    end: int,
    target: Target,
    lists: list[tuple[int, list[Field[str]]]],
) -> None:
    """Give each list of charges to the persons named between it and the list before."""
    people = {d.name.value: d for d in doc.defendants}
    before = start
    for offset, charges in lists:
        group = named(doc, before, offset)
        for name in group or (tuple(people) if before == start else ()):
            _give(people[name], target, charges)
        before = offset
    if len(lists) == 1:
        for person in doc.defendants:  # 张某等五人: the others are not named again
            if not getattr(person, target) and "等" in doc.text[start : lists[0][0]]:
                _give(person, target, lists[0][1])


def _sentences(doc: CaseDocument, *kinds: str) -> Iterator[tuple[int, int]]:
    for section in doc.sections:
        if section.kind in kinds:
            yield from clauses(doc.text, section.span.start, section.span.end, "。\n")


def _bare(doc: CaseDocument, start: int, end: int) -> list[tuple[int, list[Field[str]]]]:
    """The charge in 以被告人X危险驾驶案 or X受贿罪一案, where no verb leads it."""
    for offset, name in mentions(doc, start, end):
        match = _BARE_CASE.match(doc.text, offset + len(name), end)
        if match and known_charges.match(match["charge"]):
            return [(match.start(), names_in(doc, *match.span("charge")))]
    return []


def _replace(doc: CaseDocument, start: int, replaced: re.Match[str], target: Target) -> None:
    """Give the new charge to who is named, else to whoever held the old one, instead of it."""
    new = names_in(doc, *replaced.span("new"))
    old = names_in(doc, *replaced.span("old")) if replaced["old"] else []
    people = named(doc, start, replaced.end())
    for person in doc.defendants:
        if people and person.name.value not in people:
            continue
        held: list[Field[str]] = getattr(person, target)
        kept = [h for h in held if old and all(h.value != o.value for o in old)]
        if new and len(kept) < len(held):
            held[:] = kept
            _give(person, target, new)


def _accusation(doc: CaseDocument, kinds: tuple[str, ...], target: Target) -> None:
    """What the sentences that accuse give each person; later ones only add or change."""
    done = any(getattr(d, target) for d in doc.defendants)
    for start, end in _sentences(doc, *kinds):
        if not _ACCUSES.search(doc.text, start, end):
            continue
        if done and (replaced := _REPLACED.search(doc.text, start, end)):
            _replace(doc, start, replaced, target)
            continue
        adds = _ADDS.search(doc.text, start, end)
        changes = _CHANGES.search(doc.text, start, end)
        if done and not (adds or changes):
            continue
        lists = list(_written(doc, start, end)) or _bare(doc, start, end)
        if not lists:
            continue
        if done and changes:
            people = named(doc, start, end)
            for person in doc.defendants:
                if not people or person.name.value in people:
                    getattr(person, target).clear()
        _by_name(doc, start, end, target, lists)
        done = any(getattr(d, target) for d in doc.defendants)


def _held(doc: CaseDocument, *kinds: SectionKind) -> None:
    """A prosecutor's own charges: 应当以…罪追究(某某的)刑事责任, else 构成…罪."""
    people = {d.name.value: d for d in doc.defendants}
    for section in doc.sections_of(*kinds):
        before = section.span.start
        for match in _HOLDS.finditer(doc.text, section.span.start, section.span.end):
            charges = names_in(doc, *match.span("charges"))
            group = named(doc, *match.span("who")) or named(doc, before, match.start())
            for name in group or tuple(people):
                _give(people[name], "charges", _own(doc, people[name], charges, before, match))
            before = match.end()
        for match in _COMMITS.finditer(doc.text, section.span.start, section.span.end):
            near = max(match.start() - _SENTENCE, section.span.start)
            sentence = max(doc.text.rfind("。", near, match.start()) + 1, near)
            group = named(doc, sentence, match.start())
            for name in group or tuple(people):
                if not people[name].charges:
                    _give(people[name], "charges", names_in(doc, *match.span("charges")))


def _labelled(doc: CaseDocument) -> None:
    """The charges of a form that only fills in 罪名：盗窃罪."""
    for section in doc.sections_of("facts", "reasoning"):
        for match in _LABEL.finditer(doc.text, section.span.start, section.span.end):
            charges = names_in(doc, *match.span("charges"))
            for person in doc.defendants:
                if not person.charges:
                    _give(person, "charges", charges)


def _police_view(doc: CaseDocument) -> None:
    """What the police held against each person, as a review report repeats it."""
    for section in doc.sections_of("accusation"):
        lists = [
            (m.start(), names_in(doc, *m.span("charges")))
            for m in _COMMITS.finditer(doc.text, section.span.start, section.span.end)
        ]
        _by_name(doc, section.span.start, section.span.end, "accused_of", lists)


def _own(
    doc: CaseDocument,
    person: Defendant,
    charges: list[Field[str]],
    before: int,
    match: re.Match[str],
) -> list[Field[str]]:
    """Of charges held 分别 against several persons, those the text says this one committed."""
    if len(charges) < 2 or len(doc.defendants) < 2 or "分别" not in doc.text[before : match.end()]:
        return charges
    said: list[str] = []
    latest: tuple[str, ...] = ()
    cursor = before
    for commits in _COMMITS.finditer(doc.text, before, match.start()):
        latest = named(doc, cursor, commits.start()) or latest
        cursor = commits.end()
        if person.name.value in latest:
            said += [c.value for c in names_in(doc, *commits.span("charges"))]
    own = [c for c in charges if any(known_charges.same_charge(c.value, s) for s in said)]
    if own:
        return own
    transferred = [a.value for a in person.accused_of]
    own = [c for c in charges if any(known_charges.same_charge(c.value, t) for t in transferred)]
    return own or charges


def assign(doc: CaseDocument) -> None:
    """Fill `accused_of`, and in all but judgments `charges`, of every defendant of `doc`.

    Who is not prosecuted keeps, as his charge, what was transferred.
    """
    if not doc.defendants:
        return
    if doc.type in ("judgment", "ruling"):
        _accusation(doc, ("procedure",), "accused_of")
        told = any(d.accused_of for d in doc.defendants)
        _accusation(
            doc, ("accusation",) if told else ("accusation", "facts", "parties"), "accused_of"
        )
    elif doc.type == "indictment":
        _accusation(doc, ("procedure",), "accused_of")
        _held(doc, "reasoning")
    elif doc.type == "non_prosecution":
        _accusation(doc, ("procedure",), "accused_of")
        for person in doc.defendants:
            _give(person, "charges", person.accused_of)
    elif doc.type == "report":
        _police_view(doc)
        _held(doc, "reasoning")
    else:
        # The conclusion counts: a man arrested for theft may be transferred for fraud.
        _held(doc, *(("facts", "reasoning") if doc.type == "plea" else ("reasoning",)))
        if doc.type == "plea":
            _labelled(doc)
        if not any(d.charges for d in doc.defendants):
            _accusation(doc, ("procedure", "parties", "heading"), "charges")
