"""Seized and stolen property: disposed of, of a stated amount, not twice, as counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.place import part, search, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.extract.blocks import clauses
from ingestion.model import CaseDocument, Span
from ingestion.numerals import CN, chinese_number
from knowledge_base import charges

_SEIZED = re.compile(
    r"(?:依法|当场|被)?扣押(?:了)?"
    r"(?!决定|清单|笔录|物品|、|和|发还|通知|经过|手续|证|凭证|机关|单|书|的|在公安机关的?照片)"
    r"(?:在案|于)?[^。；，]{0,30}"
)
_GIVEN_BACK = re.compile(r"发还|返还|退还|归还|领回")
_DISPOSED = re.compile(
    r"没收|发还|返还|扣押|追缴|退还|退赔|销毁|处理|上缴|处置|查封|冻结|抵[扣作缴]"
)
_LISTED = re.compile(r"清单|随案移送|扣押|财物|赃[款物]|作案工具|物证|手机")
_ORDERED = re.compile(r"(?:责令[^。；]{0,40}?退赔|追缴)")
_SUM = re.compile(
    r"[\d一二两三四五六七八九十百千万〇零０-９][^。；]{0,12}?(?:元|万|克|部|辆|台|条|件|枚)|\d{2,}"
)
_ELSEWHERE = re.compile(r"清单|附表|附件|详见|列表|见附")
_WHOLE = re.compile(
    r"(?:损失|赃款|赃物|财物|钱款|款项|车辆|手机|现金)[^。；，]{0,12}?(?:已|均已|已经)(?:经)?"
    r"(?:全部|全额|均)?[^。；，]{0,10}?(?:发还|返还|退还|追回|退赔|赔偿)"
)
_ENTIRE = re.compile(r"全部|全额|均|悉数|足额")
_REST = re.compile(r"其余|剩余|尚未|未退|不足|余款|继续|部分|差额|尚有|各被害人")
_REPAY = re.compile(r"责令[^。；]{0,60}?退赔[^。；]{0,40}")
_RESTITUTION = re.compile(r"(?:积极|主动|已|全部|能)(?:地)?退(?:赃|赔|缴)")
_RECOVERED = re.compile(r"(?:追回|起获|缴获|查获|扣押)[^。；]{0,30}(?:发还|返还|退还)")
_OWN_ACT = re.compile(
    r"退赃|退赔|退缴|退出|赔偿|缴纳|代为|家属|亲属|主动交|上交|交出|谅解|返还给|归还"
)
_FOUND = "(?:查获|缴获|扣押|搜查出|搜出|起获)"
_DRUGS = re.compile(
    rf"{_FOUND}[^。；]{{0,30}}?(?:毒品|海洛因|甲基苯丙胺|冰毒|麻古|氯胺酮|摇头丸|大麻)"
)
_GUNS = re.compile(rf"{_FOUND}[^。；]{{0,30}}?(?:枪支|手枪|猎枪|气枪|子弹|炸药|雷管)")
_TAKEN = re.compile(r"没收|销毁|收缴|上缴|处理|处置|追缴")
# Disposed of by the organ that keeps it: PROP-005 looks after it.
_BAD = re.compile(r"毒品|甲基苯丙胺|海洛因|枪|弹药|爆炸物")
_COUNTED = re.compile(
    rf"(?P<item>[\u4e00-\u9fffA-Za-z]{{2,10}}?)(?P<number>[{CN}\d]{{1,4}})"
    r"(?P<unit>部|把|台|辆|张|枚|本|支|块|根|套|瓶|只)(?!分)"
)
_SERIAL = re.compile(r"(?<!\d)\d{14,17}(?!\d)")
_TAKEN_IN = re.compile(r"扣押|查获|随案移送|清单|提取")


_PROPERTY = 5  # the chapter of crimes against property
_NOT_RECOVERED = re.compile(
    r"(?:赃款|赃物|赃款物|财物|款项|车辆|手机|现金|损失)[^。；，]{0,12}?(?:未(?:能)?(?:被)?(?:追回|退赔|退还|赔偿|返还)|尚未(?:追回|退赔|归还|返还)|无法追回)"
)
_MADE_GOOD = re.compile(r"退赔|追缴|返还|发还|赔偿|退还")
_REPAID = re.compile(
    r"(?:退赔|赔偿|退还|返还|退缴|退出)[^。；，]{0,24}(?:\d|全部|损失|被害人)|谅解"
)


@check("PROP-001")
def seized_disposed(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    facts = part(doc, "facts", "accusation")
    court = doc.role == "judgment"
    end = part(doc, "operative" if court else "attachments")
    if facts is None:
        return
    seized = search(doc, _SEIZED, facts.start, facts.end)
    if seized is None or _BAD.search(seized.quote) or _GIVEN_BACK.search(doc.text):
        return
    if end is None:
        yield Undecided(f"无法判断：缺{'判决主文' if court else '附注部分'}")
        return
    if not (_DISPOSED if court else _LISTED).search(end.quote):
        yield hit(
            seized,
            values={doc.role or "": seized.quote},
            written=seized.quote,
            part="判决主文" if court else "附注",
        )


@check("PROP-002")
def sum_of_repayment(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    operative = part(doc, "operative")
    if operative is None:
        yield Undecided("无法判断：缺判决主文")
        return
    for low, high in clauses(doc.text, operative.start, operative.end, "。；\n"):
        found = _ORDERED.search(doc.text, low, high)
        if found is None:
            continue
        words = doc.text[low:high].strip("）) \n")
        if not _SUM.search(words) and not _ELSEWHERE.search(words):
            start = doc.text.index(words, low)
            yield hit(
                doc.span(start, start + len(words)),
                severity="minor" if _sum_is_plain(doc) else None,
                values={"judgment": words},
                problem="判决主文写追缴、责令退赔，未写明金额或者财物的名称、数量",
            )
    yield from _not_ordered(doc, operative)


def _not_ordered(doc: CaseDocument, operative: Span) -> Iterator[Hit]:
    """Loss that the facts call not recovered, and a verdict that orders nothing on it."""
    charged = [name for person in doc.defendants for name in person.verdicts]
    if not any(charges.chapter(name) == _PROPERTY for name in charged):
        return
    if doc.instance != "first" or _MADE_GOOD.search(operative.quote) or _REPAID.search(doc.text):
        return
    for section in doc.sections_of("facts", "accusation"):
        lost = search(doc, _NOT_RECOVERED, section.span.start, section.span.end)
        if lost is not None:
            yield hit(
                lost,
                severity="minor",
                values={"judgment": None},
                problem=f"事实部分写明“{lost.quote}”，判决主文没有责令退赔或者追缴",
            )
            return


def _sum_is_plain(doc: CaseDocument) -> bool:
    """Whether whoever executes can read the sum off the findings: one accused, and one sum or
    a total that the court names; or what each victim lost stands with the victim.
    """
    if len(doc.defendants) > 1:
        return False
    found = [a for a in doc.amounts if a.section in ("facts", "accusation", "reasoning")]
    sums = {a.fen for a in found if a.role in ("count", "total", "gain", "item")}
    return len(sums) == 1 or any(a.role in ("total", "gain") for a in found)


def _all_given_back(doc: CaseDocument) -> Span | None:
    """Where the court says that everything was returned or made good."""
    for section in doc.sections_of("facts", "evidence", "reasoning"):
        if section.speaker != "court":
            continue
        for found in _WHOLE.finditer(doc.text, section.span.start, section.span.end):
            if _ENTIRE.search(found[0]) and not _REST.search(found[0]):
                return doc.span(found.start(), found.end())
    return None


@check("PROP-003")
def repaid_twice(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    operative = part(doc, "operative")
    if operative is None or len(doc.defendants) > 1:
        return
    back, again = _all_given_back(doc), search(doc, _REPAY, operative.start, operative.end)
    if back is not None and again is not None and not _REST.search(again.quote):
        yield hit(again, back, values={"judgment": again.quote}, back=back.quote)


@check("PROP-004")
def whose_restitution(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    reasoning = part(doc, "reasoning")
    told = [s.span for s in doc.sections_of("facts", "evidence", "accusation", "defence")]
    if reasoning is None or len(doc.defendants) > 1:
        return
    claimed = search(doc, _RESTITUTION, reasoning.start, reasoning.end)
    recovered = next(
        (found for span in told if (found := search(doc, _RECOVERED, span.start, span.end))), None
    )
    if claimed and recovered and not any(_OWN_ACT.search(span.quote) for span in told):
        yield hit(
            claimed,
            recovered,
            values={doc.role or "": claimed.quote},
            written=claimed.quote,
            told=recovered.quote,
        )


@check("PROP-005")
def contraband_taken(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    operative, facts = part(doc, "operative"), part(doc, "facts", "accusation")
    if operative is None or facts is None or doc.instance != "first":
        return
    for pattern, name in ((_DRUGS, "毒品"), (_GUNS, "枪支弹药")):
        found = search(doc, pattern, facts.start, facts.end)
        if found is not None and not _TAKEN.search(operative.quote):
            yield hit(found, values={"judgment": None}, name=name)


def _counted(doc: CaseDocument, low: int, high: int) -> dict[str, list[tuple[int, Span]]]:
    """Items counted in clauses that speak of seizing, by the end of their name and the unit."""
    found: dict[str, list[tuple[int, Span]]] = {}
    for start, end in clauses(doc.text, low, high, "。；\n"):
        if not _TAKEN_IN.search(doc.text, start, end):
            continue
        for one in _COUNTED.finditer(doc.text, start, end):
            try:
                number = chinese_number(one["number"])
            except ValueError:
                continue
            key = one["item"][-2:] + one["unit"]
            found.setdefault(key, []).append((number, doc.span(one.start(), one.end())))
    return found


@check("PROP-006")
def as_listed(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    facts, listed = part(doc, "facts"), part(doc, "attachments")
    if facts is None or listed is None:
        return
    told = _counted(doc, facts.start, facts.end)
    for key, rows in _counted(doc, listed.start, listed.end).items():
        others = told.get(key, [])
        # Several lots of one kind may add up: only one against one can be held together.
        if len(rows) == len(others) == 1 and rows[0][0] != others[0][0]:
            yield hit(
                rows[0][1],
                others[0][1],
                values={doc.role or "": rows[0][1].quote},
                problem=f"附注写“{rows[0][1].quote}”，正文写“{others[0][1].quote}”",
            )
    serials = _SERIAL.findall(doc.text[facts.start : facts.end])
    for one in _SERIAL.finditer(doc.text, listed.start, listed.end):
        if len(serials) == 1 and len(serials[0]) == len(one[0]) and serials[0] != one[0]:
            at = doc.text.index(serials[0], facts.start)
            yield hit(
                doc.span(one.start(), one.end()),
                doc.span(at, at + len(serials[0])),
                values={doc.role or "": one[0]},
                problem=f"附注的序列号{one[0]}与正文的{serials[0]}不一致",
            )
