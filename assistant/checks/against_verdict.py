"""Reasons of a judgment that speak against what it decides, or against their own ground."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.place import part, people, sentence_around
from assistant.checks.registry import Hit, hit
from assistant.comparison.charges import decided
from assistant.findings import Category
from ingestion.model import CaseDocument, Span
from knowledge_base.charges import match, same_charge, split

_NOT_MADE_OUT = re.compile(r"(?:指控|罪名)[^，。；]{0,16}?(?:不成立|不能成立)")
_NO_CRIME = re.compile(
    r"行为(?:均|并|尚|都)?(?:不能|不|未)(?:已)?构成(?P<charge>[\u4e00-\u9fff、]{2,16}罪)(?=[，。；])"
)
_NO_SUSPENSION = re.compile(r"不(?:宜|能|应|予|得|可|再)?(?:对[^，。；]{0,12})?(?:适用|宣告)缓刑")
_SUSPENDS = re.compile(
    r"(?:可以|可|依法|应当|决定)(?:对[^，。；不]{0,12})?(?:依法)?(?:适用|宣告)缓刑(?=[，。；])"
)
_OF_OTHERS = re.compile(r"辩|意见|提出|请求|要求|建议|异议|主张|上诉")
"""What somebody argues is no finding of the court."""
_MITIGATES = re.compile(
    r"(?:未能?|没有|不能|拒不)如实供[述认]|拒不(?:认罪|供认|交代)|不认罪|(?:无|没有|缺乏)悔罪(?:表现|态度|之意)"
    r"|未(?:积极|主动|予以)?(?:退[赃赔缴出]|赔偿)|(?:未|没有)(?:取得|获得|得到)[^，。；]{0,12}谅解|认罪态度(?:较)?差"
)
_LIGHTER = re.compile(r"(?:从轻|从宽|减轻)处?[罚理]")
_FAVOURS = re.compile(
    r"(?<!不构成)(?<!不是)(?<!不属于)(?<!不属)(?:系|属于?|是|具有|构成|有)(?:自首|坦白|从犯|胁从犯|犯罪未遂|未遂犯?|犯罪中止|立功|重大立功)"
    r"(?:情节|表现)?[，,]?(?:依法|本院|应当?|可以?|予以|酌情|对其|决定|亦)*(?P<direction>从重)处罚"
)
_BURDENS = re.compile(
    r"(?<!不)(?<!不是)(?:系|属于?|是|构成)(?:累犯|毒品再犯|再犯|主犯)[，,]?(?:依法|本院|应当?|可以?|予以|酌情|对其|决定|亦)*"
    r"(?P<direction>从轻|减轻)处罚"
)


def against_the_verdict(doc: CaseDocument) -> Iterator[Hit]:
    """No crime, no charge made out, no suspension: and the verdict says the opposite."""
    reasons = part(doc, "reasoning")
    if reasons is None or doc.role != "judgment" or doc.instance != "first":
        return
    if _all_convicted(doc):
        yield from _not_made_out(doc, reasons)
    yield from _no_crime(doc, reasons)
    yield from _suspension(doc, reasons)


def against_its_ground(doc: CaseDocument) -> Iterator[Hit]:
    """A leniency for what was refused; a circumstance weighed the wrong way round."""
    for section in doc.sections_of("reasoning"):
        for denied in _MITIGATES.finditer(doc.text, section.span.start, section.span.end):
            clause = sentence_around(doc, doc.span(denied.start(), denied.end()))
            after = doc.text[denied.end() : clause.end]
            lighter = _LIGHTER.search(after)
            # Beside another ground the leniency may rest on that one.
            if lighter is None or _another_ground(after[: lighter.start()]):
                continue
            if _another_ground(doc.text[clause.start : denied.start()]):
                continue
            yield _said(
                doc.span(denied.start(), denied.end() + lighter.end()), category="circumstance"
            )
        for pattern in (_FAVOURS, _BURDENS, _GOOD_WILL):
            for found in pattern.finditer(doc.text, section.span.start, section.span.end):
                yield _said(doc.span(found.start(), found.end()))
        for pattern in _BY_DEFINITION:
            for found in pattern.finditer(doc.text, section.span.start, section.span.end):
                yield _said(doc.span(found.start(), found.end()), category="circumstance")


_ANOTHER = re.compile(
    r"自首|坦白|从犯|未遂|中止|立功|谅解|(?<!未)(?<!不)(?<!能)如实|初犯|偶犯|赔偿|退赃|退赔|但|虽|尽管|不过|未成年|情节|辩|意见|建议|庭审中(?:如实|供)"
)
_IS = r"(?:系|是|属于?|属|构成|为)(?:犯罪)?"
_BY_DEFINITION = (
    re.compile(rf"(?:次要|辅助)(?:或者?(?:次要|辅助)|、辅助)?作用[，,]?{_IS}主犯"),
    re.compile(rf"(?:起主要|起组织|起领导|组织、领导)作用[，,]?{_IS}从犯"),
    re.compile(rf"(?:未能?|没有|不能|拒不)如实供述[^，。；]{{0,16}}[，,]?{_IS}(?:自首|坦白)"),
    re.compile(rf"(?:自动|主动)投案[，,并且后]{{0,2}}如实供述[^，。；]{{0,16}}[，,]?{_IS}坦白"),
    re.compile(rf"意志以外的?原因[^。；]{{0,20}}[，,]{_IS}中止"),
    re.compile(rf"自动放弃犯罪[^。；]{{0,20}}[，,]{_IS}未遂"),
    re.compile(
        r"拒不认罪[，,、]?(?:且|并)?(?:有|具有|确有|能)?(?:悔罪(?:表现|态度)|认罪态度(?:较)?好|真诚悔罪)"
    ),
)
"""Facts beside the name of a circumstance that by law means their opposite."""
_GOOD_WILL = re.compile(
    r"(?<!未)(?<!不)(?<!未能)(?<!拒不)(?:如实供述|自愿认罪|认罪态度(?:较)?好)[^。；但虽累再前劣多曾]{0,24}(?P<direction>从重)处罚"
)


def _another_ground(words: str) -> bool:
    return _ANOTHER.search(words) is not None


def _said(span: Span, *more: Span, category: Category | None = None) -> Hit:
    return hit(
        span,
        *more,
        category=category,
        values={span.role or "": span.quote},
        written=span.quote,
    )


def _own_words(doc: CaseDocument, span: Span) -> bool:
    """Whether the words are the court's, and no argument that it answers."""
    sentence = sentence_around(doc, span)
    clause = re.split(r"[，；]", doc.text[span.end : sentence.end])[0]
    before = doc.text[sentence.start : span.start]
    return _OF_OTHERS.search(before) is None and _OF_OTHERS.search(clause) is None


def _all_convicted(doc: CaseDocument) -> bool:
    """Whether every accused is convicted of all that he was accused of."""
    persons = people(doc)
    if not persons or any(not p.verdicts or not p.accused_of for p in persons):
        return False
    for person in persons:
        own = decided(doc, person)
        if any(sentence.acquitted for sentence in person.verdicts.values()):
            return False
        if not all(any(same_charge(a.value, c.value) for c in own) for a in person.accused_of):
            return False
    return True


def _not_made_out(doc: CaseDocument, reasons: Span) -> Iterator[Hit]:
    for found in _NOT_MADE_OUT.finditer(doc.text, reasons.start, reasons.end):
        span = doc.span(found.start(), found.end())
        if _own_words(doc, span):
            yield _said(span)


def _no_crime(doc: CaseDocument, reasons: Span) -> Iterator[Hit]:
    convicted = {name for person in people(doc) for name in person.verdicts}
    for found in _NO_CRIME.finditer(doc.text, reasons.start, reasons.end):
        named = [name for name in split(found["charge"]) if match(name)]
        span = doc.span(found.start(), found.end())
        if _own_words(doc, span) and any(
            same_charge(name, other) for name in named for other in convicted
        ):
            yield _said(span, category="charge")


def _suspension(doc: CaseDocument, reasons: Span) -> Iterator[Hit]:
    """Of all accused alike: of several the reasons may speak of another one."""
    sentences = [p.sentence for p in people(doc)]
    if not sentences or any(s is None for s in sentences):
        return
    suspended = [s for s in sentences if s is not None and s.probation]
    if suspended and len(suspended) < len(sentences):
        return
    pattern = _NO_SUSPENSION if suspended else _SUSPENDS
    for found in pattern.finditer(doc.text, reasons.start, reasons.end):
        span = doc.span(found.start(), found.end())
        if _own_words(doc, span):
            yield _said(span, *(s.span for s in sentences if s is not None))
            return
