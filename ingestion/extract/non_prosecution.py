"""The decision not to prosecute: of which kind, on which provision, who may contest it."""

from __future__ import annotations

import re

from ingestion.extract.blocks import clauses, field
from ingestion.model import CaseDocument, Field, NonProsecution, Section, Statute, Term
from ingestion.numerals import find_terms
from knowledge_base.non_prosecution import Kind, kind_of

_DECIDES = re.compile(
    r"(?:决定|作出)[，,]?\s*(?:依法)?(?:对|将)?[^。；]{0,80}?(?:附条件|相对|绝对|存疑|酌定|法定)?不(?:予)?起诉"
)
_PROCEDURE_LAW = "中华人民共和国刑事诉讼法"
# For a decision that names no provision, or only an article with several kinds.
_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("fulfilled", re.compile(r"考验期(?:限)?(?:已?届?满|内没有|内未)")),
    ("insufficient", re.compile(r"证据不足|不符合起诉条件|事实不清")),
    (
        "statutory",
        re.compile(
            r"不构成犯罪|没有犯罪事实|不认为是犯罪|情节显著轻微|已过追诉时效|(?:已经|已)死亡|特赦"
            r"|不(?:应当?|负|予)(?:追究)?刑事责任|非[^，。]{0,12}所为"
        ),
    ),
    (
        "discretionary",
        re.compile(r"不需要判处刑罚|犯罪情节轻微|免除刑罚|免予刑事处罚|可以(?:不起诉|免除)"),
    ),
)
_CONTESTS = re.compile(
    r"(?P<who>被(?:附条件)?(?:不起诉|害)(?:人|单位)(?:[^。；，]{0,12}?近亲属)?)[^。；]{0,30}?"
    r"(?:不服|有异议)"
)
_PROPERTY = re.compile(r"查封|扣押|冻结|随案移送|涉案(?:财物|款)|没收|追缴")
_PROBATION = re.compile(r"考验期(?:限)?(?:为|是)?[：:]?")


def _kind(doc: CaseDocument, reasons: Section, decision: str, cited: list[Statute]) -> Kind | None:
    if "附条件" in decision:
        return "conditional"
    named = [k for s in cited if (k := kind_of(s.article, s.paragraph))]
    if named:
        return named[-1]
    text = reasons.span.quote
    return next((kind for kind, words in _WORDS if words.search(text)), None)


def _probation(doc: CaseDocument, start: int) -> Field[Term] | None:
    """How long the person is watched; 个 may be left out, a date does not count."""
    for lead in _PROBATION.finditer(doc.text, start):
        for term in find_terms(doc.text[lead.end() : lead.end() + 12]):
            if term.start == 0 and term.low:
                return field(doc, lead.end(), lead.end() + term.end, term.low)
    return None


def _property(doc: CaseDocument, start: int, end: int) -> Field[str] | None:
    for low, high in clauses(doc.text, start, end, "。\n"):
        if _PROPERTY.search(doc.text, low, high):
            return field(doc, low, high, doc.text[low:high])
    return None


def read(doc: CaseDocument) -> None:
    """Fill `doc.non_prosecution` of a decision not to prosecute that says so."""
    reasons = doc.section("reasoning")
    if doc.type != "non_prosecution" or reasons is None:
        return
    low, high = reasons.span.start, reasons.span.end
    decisions = list(_DECIDES.finditer(doc.text, low, high))
    if not decisions:
        return
    decision = decisions[-1]
    cited = [
        s
        for s in doc.statutes
        if s.law == _PROCEDURE_LAW and low <= s.span.start < decision.start()
    ]
    named = [s for s in cited if kind_of(s.article, s.paragraph)]
    end = max([high, *(s.span.end for s in doc.sections_of("notice"))])
    notified = {
        m["who"]: field(doc, *m.span("who"), m["who"])
        for m in _CONTESTS.finditer(doc.text, decision.end(), end)
    }
    doc.non_prosecution = NonProsecution(
        kind=_kind(doc, reasons, decision[0], cited),
        span=doc.span(*decision.span()),
        provisions=tuple(named or cited),
        notified=tuple(notified.values()),
        property=_property(doc, decision.end(), high),
        probation=_probation(doc, decision.end()) if "附条件" in decision[0] else None,
    )
