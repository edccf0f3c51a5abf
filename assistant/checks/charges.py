"""The charges of one document: lawful names, the same throughout."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.charge_names import nameless, shortened, unaccused
from assistant.checks.place import act_day, issued, part, sentence_around, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import CaseDocument, Field, Span
from knowledge_base import charges

_SEVERAL = re.compile(
    r"(?<!不)(?<!不实行)(?:一人)?犯[有了]?数罪|(?<!不予)(?<!不实行)(?<!不适用)数罪并罚"
)
_FORMER = re.compile(
    r"漏罪|余刑|撤销[^。；]{0,40}(?:缓刑|假释)|没有执行|尚未执行|刑罚执行完毕以前|刑罚执行期间|其他罪|前罪|新罪|合并执行"
)
"""What is combined with the new sentence may be an earlier one."""
_CONCLUDES_BOTH = re.compile(
    r"(?<!不)(?<!未)构成(?:了)?(?P<names>[\u4e00-\u9fff]{2,16}罪(?:[、和及与][\u4e00-\u9fff]{2,16}罪)+)(?=[，。；])"
)
_ONE_OF_TWO = re.compile(r"竞合|牵连|择一|从一重|吸收|不另|数罪|两罪|分别")
_ARGUED = re.compile(r"辩|意见|指控|起诉|提出|认为.{0,20}应")
_CONCLUDES = re.compile(r"(?:构成|已犯|触犯)(?:了)?([\u4e00-\u9fff、（）]{2,30}?罪)(?![名行状责])")


def _own(doc: CaseDocument) -> Iterator[tuple[str, Field[str]]]:
    """The document's own charges, one place for each name."""
    seen = set()
    for person in doc.defendants:
        for charge in person.charges:
            if charge.value not in seen:
                seen.add(charge.value)
                yield person.name.value, charge


@check("CHG-001")
def lawful_name(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    act = act_day(doc)
    on = act.value.date if act else issued(doc)
    named = list(_own(doc))
    yield from nameless(doc)
    yield from shortened(doc)
    if not named:
        yield Undecided("无法判断：未能读出罪名")
    for _, charge in named:
        known = charges.match(charge.value, on)
        if known is None:
            yield hit(
                charge.span,
                values={doc.role or "": charge.value},
                charge=charge.value,
                problem="不在刑法罪名表中",
            )
        elif known.kind == "short":
            yield hit(
                charge.span,
                values={doc.role or "": charge.value},
                charge=charge.value,
                problem=f"不是规范的罪名，规范名称为{known.name}",
            )
        elif known.kind == "former":
            yield hit(
                charge.span,
                severity="minor",
                confidence=0.7,
                values={doc.role or "": charge.value},
                charge=charge.value,
                problem=f"是已经更名的罪名，现为{known.name}",
            )


@check("CHG-003")
def same_throughout(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    yield from _several_of_one(doc)
    if doc.role == "judgment":
        yield from _judgment(doc)
        yield from unaccused(doc)
        return
    for person in doc.defendants:
        if not person.charges or not person.accused_of:
            continue
        for charge in person.charges:
            if not any(charges.same_charge(charge.value, a.value) for a in person.accused_of):
                yield hit(
                    charge.span,
                    person.accused_of[0].span,
                    values={doc.role or "": charge.value},
                    severity="minor",
                    confidence=0.6,
                    cause=f"charge:{person.name.value}:{charge.value}",
                    name=person.name.value,
                    first="、".join(a.value for a in person.accused_of),
                    second=charge.value,
                    where="案由部分（移送罪名）与起诉理由",
                )


def _found_only(doc: CaseDocument, reasoning: Span, convicted: set[str]) -> Iterator[Hit]:
    """A charge that the reasons find beside another one and the verdict does not know."""
    if not convicted or _ONE_OF_TWO.search(reasoning.quote):
        return
    for conclusion in _CONCLUDES_BOTH.finditer(doc.text, reasoning.start, reasoning.end):
        sentence = sentence_around(doc, doc.span(conclusion.start(), conclusion.end()))
        if _ARGUED.search(doc.text, sentence.start, conclusion.start()):
            continue
        named = [n for n in charges.split(conclusion["names"]) if charges.match(n)]
        known = [n for n in named if any(charges.same_charge(n, c) for c in convicted)]
        for name in named:
            at = doc.text.find(name, conclusion.start(), conclusion.end())
            if name in known or not known or at < 0:
                continue
            yield hit(
                doc.span(at, at + len(name)),
                values={"judgment": name},
                cause=f"charge:{name}",
                name="、".join(d.name.value for d in doc.defendants[:1]),
                first="、".join(named),
                second="、".join(sorted(convicted)),
                where="理由部分与判决主文",
            )


def _several_of_one(doc: CaseDocument) -> Iterator[Hit]:
    """Several crimes to be combined, where nobody is charged with more than one."""
    reasoning = part(doc, "reasoning")
    if reasoning is None or not doc.defendants:
        return
    told = [{*(c.value for c in d.charges), *d.verdicts} for d in doc.defendants]
    several = any(
        len(names) != 1 or d.further for names, d in zip(told, doc.defendants, strict=True)
    )
    found = _SEVERAL.search(doc.text, reasoning.start, reasoning.end)
    if (
        several
        or found is None
        or doc.instance in ("second", "retrial")
        or _FORMER.search(doc.text)
    ):
        return
    first = doc.defendants[0]
    place = next((c.span for c in first.charges), first.name.span)
    yield hit(
        doc.span(found.start(), found.end()),
        place,
        values={doc.role or "": found[0]},
        name=first.name.value,
        first="、".join(sorted(told[0])),
        second=found[0],
        where="起诉理由" if doc.role == "indictment" else "判决理由",
    )


def _judgment(doc: CaseDocument) -> Iterator[Hit]:
    """The charge in the operative part against the one that the reasoning finds."""
    reasoning, operative = part(doc, "reasoning"), part(doc, "operative")
    if reasoning is None or operative is None:
        return
    found = [
        (name, m.start(1))
        for m in _CONCLUDES.finditer(doc.text, reasoning.start, reasoning.end)
        if "不" not in doc.text[m.start() - 3 : m.start()]
        for name in charges.split(m[1])
        if charges.match(name)
    ]
    if not found:
        return
    convicted = {name for person in doc.defendants for name in person.verdicts}
    yield from _found_only(doc, reasoning, convicted)
    for person in doc.defendants:
        for name, sentence in person.verdicts.items():
            same = [other for other, _ in found if charges.same_charge(name, other)]
            if sentence.acquitted or (same and not all(charges.other_part(name, o) for o in same)):
                continue
            # Of several charges the reasoning may find one in words that were not read.
            if len(convicted) > 1 and name.removesuffix("罪") in reasoning.quote:
                continue
            at = doc.text.find(name, operative.start, operative.end)
            place = doc.span(at, at + len(name)) if at >= 0 else sentence.span
            other, start = found[0]
            yield hit(
                place,
                doc.span(start, start + len(other))
                if doc.text.startswith(other, start)
                else sentence.span,
                values={"judgment": name},
                severity="serious",
                cause=f"charge:{person.name.value}:{name}",
                name=person.name.value,
                first="、".join(dict.fromkeys(o for o, _ in found)),
                second=name,
                where="理由部分与判决主文",
            )
