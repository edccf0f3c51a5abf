"""A judgment's reasons by rules: refusals, adoption, suspension, dropped charges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.place import opening, part, people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.comparison.charges import decided
from ingestion.model import CaseDocument, Span
from knowledge_base.charges import match, same_charge

_EXCLUSION = re.compile(
    r"(?:申请|要求|请求)[^。；]{0,24}(?:排除[^。；]{0,12}证据|非法证据)|(?:非法证据|刑讯逼供)[^。；]{0,16}(?:应当|应予|予以|申请)排除"
)
_ON_EXCLUSION = re.compile(
    r"(?:不予|予以|依法|不应|应当|应予)排除|排除(?:该|上述)|来源合法|(?:取证|收集|讯问)[^。；]{0,12}(?:合法|规范)|合法性|不(?:属于|存在|构成)[^。；]{0,12}(?:非法|刑讯)|启动[^。；]{0,10}调查|撤回[^。；]{0,12}申请"
)
_ADOPTS = re.compile(r"量刑(?:建议|意见)[^。；]{0,16}(?:适当|恰当|得当|予以采纳|应予采纳|采纳)")
_CONDITIONS = re.compile(
    r"情节(?:较|显著)?轻|悔罪|再犯|危险|社区|不良影响|缓刑[^。；]{0,10}条件|监管条件|矫正|危害社会|哺乳|怀孕|未成年|不满十八"
)
_FORMULA = re.compile(
    r"本院认为|公诉机关|人民检察院|指控|被告人[\u4e00-\u9fff×Xx某\d]{1,4}|犯[\u4e00-\u9fff、]{2,16}罪|的?事实清楚|证据(?:确实|充分|[、，])*|罪名成立|量刑(?:建议|意见)|适当|恰当"
    r"|应?予?以?(?:采纳|支持|确认)|本院|其行为|已?构成|应(?:当)?(?:依法)?(?:惩处|处罚|予惩处)|综上|据此|成立|充分|确实|[，。、；：\s的]"
)
_LEAST_OWN = 12
"""Characters beside the formulas that make a reasoning one of this case."""
_DROPPED = re.compile(
    r"不能?成立|不构成|不予(?:认定|支持|采纳)|证据不足|不当|纠正|撤回|变更|应当?(?:认定|以)[^。；]{0,16}罪|一罪|不另|吸收|竞合|牵连"
)


def _reasons(doc: CaseDocument) -> list[Span]:
    return [s.span for s in doc.sections_of("reasoning")]


def _anywhere(spans: list[Span], pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(span.quote) for span in spans)


@check("REAS-003")
def exclusion_unanswered(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    asked = None
    for section in doc.sections_of("defence", "procedure"):
        asked = _EXCLUSION.search(doc.text, section.span.start, section.span.end)
        if asked is not None:
            break
    court = [s.span for s in doc.sections_of("facts", "evidence", "reasoning", "procedure")]
    if asked is None or _anywhere(court, _ON_EXCLUSION):
        return
    yield hit(
        doc.span(asked.start(), asked.end()),
        values={"judgment": None},
        cause="exclusion",
    )


def _own_words(spans: list[Span]) -> int:
    """Characters of the reasoning that no formula accounts for."""
    return sum(len(_FORMULA.sub("", span.quote)) for span in spans)


@check("REAS-006")
def adopted_unexamined(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    # 速裁 and 简易 judgments may be short by law.
    if doc.procedure in ("fast_track", "summary"):
        return
    spans = _reasons(doc)
    for span in spans:
        found = _ADOPTS.search(span.quote)
        weighed = any(c.speaker == "court" and c.section == "reasoning" for c in doc.circumstances)
        if found is not None and not weighed and _own_words(spans) < _LEAST_OWN:
            yield hit(
                doc.span(span.start + found.start(), span.start + found.end()),
                values={"judgment": found[0]},
                cause="reasons-empty",
            )
            return


@check("REAS-008")
def suspension_unexplained(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    spans = _reasons(doc)
    suspended = [p for p in people(doc) if p.sentence is not None and p.sentence.probation]
    if not suspended or not spans or doc.procedure == "fast_track":
        return
    if not _anywhere(spans, _CONDITIONS):
        sentence = suspended[0].sentence
        assert sentence is not None
        yield hit(
            sentence.span,
            opening(doc, spans[0]),
            values={"judgment": None},
            name="、".join(p.name.value for p in suspended),
        )


@check("REAS-012")
def only_formulas(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    spans = _reasons(doc)
    if doc.procedure in ("fast_track", "summary") or doc.instance != "first" or not spans:
        return
    if _own_words(spans) < _LEAST_OWN:
        yield hit(opening(doc, spans[0]), values={"judgment": None}, cause="reasons-empty")


@check("REAS-013")
def dropped_unexplained(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = part(doc, "reasoning")
    if told is None or doc.instance != "first":
        return
    court = [s.span for s in doc.sections_of("facts", "evidence", "reasoning")]
    for person in people(doc):
        own = decided(doc, person)
        for charge in person.accused_of:
            if not person.charges or match(charge.value) is None:
                continue
            if any(same_charge(charge.value, c.value) for c in own):
                continue
            if not _anywhere(court, _DROPPED):
                yield hit(
                    charge.span,
                    opening(doc, told),
                    values={"judgment": None},
                    cause=f"charge:{person.name.value}:{charge.value}",
                    name=person.name.value,
                    charge=charge.value,
                )
