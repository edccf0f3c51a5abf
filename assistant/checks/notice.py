"""How a trial is told: who sat, in public or not, how and where to appeal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.place import heading, issued, part, people, search
from assistant.checks.registry import Hit, hit
from assistant.sentencing.dates import age_on
from ingestion.model import CaseDocument, Span
from ingestion.numerals import CN, chinese_number
from knowledge_base.check_rules import limit
from knowledge_base.numerals import to_chinese

_DAYS = re.compile(rf"第[二2]日起(?P<days>[{CN}\d]{{1,3}})日(?:之?内)")
_APPEAL_TO = re.compile(
    r"向(?P<court>[\u4e00-\u9fff]{2,16}?(?P<level>高级|中级|最高)人民法院)(?:提[出起])?上诉"
)
_ASSESSOR = re.compile(r"审\s*判\s*长|人\s*民\s*陪\s*审\s*员")
_FAST = re.compile(r"适用[^。；，不转]{0,6}速裁程序")
_PLEADS = re.compile(r"认罪|认罚|具结|无异议|没有异议|承认")
_PANEL = re.compile(r"(?:依法)?组成合议庭")
_SOLE_JUDGE = re.compile(r"独任审[判理]|实行独任|一人独任")
_TURNED = re.compile(r"转(?:为|换|入)|变更|改(?:为|由)|另行|重新|原")
_CLOSED = re.compile(r"不公开(?:开庭)?(?:进行)?(?:了)?(?:开庭)?审理")
_GROUND = re.compile(
    r"隐私|未成年|少年|不满|未满|国家秘密|商业秘密|机密|强奸|猥亵|奸淫|卖淫|淫秽|侮辱|幼女|儿童|性侵|性关系|学生"
)
_OPEN_FOR_SECRECY = re.compile(
    r"(?:涉及|涉)[^，。；]{0,10}(?:隐私|国家秘密|商业秘密)[^。；]{0,6}?(?<!不)(?<!未)(?P<said>公开(?:开庭)?(?:进行)?(?:了)?(?:开庭)?审理)"
)
_FROM = re.compile(
    rf"(?P<first>[\u4e00-\u9fff]{{2,16}}?)起[，,]?[{CN}\d]{{1,3}}[日天](?:之?内)[，,]?[^。；]{{0,50}}?上诉"
)
_LEADS = re.compile(r"^.*?(?:可以|可|应当|应)?(?:在|于|从|自)(?=接|收|判|宣|送)")
_NEXT_DAY = re.compile(r"(?:第[二2][日天]|次日|翌日)$")
_FINAL = re.compile(r"(?:本|此)(?:判决|裁判)(?:为|是|系)终审(?:判决|裁判)")
_TO_COURT = re.compile(r"向(?P<court>(?!本院)[\u4e00-\u9fff]{2,20}法院)提起公诉")
_SENT_ON = re.compile(r"指定|移送|移交|交由|管辖|报送|撤回|再次|重新")
_DENIES = re.compile(
    r"(?:被告人[^。；]{0,40}?|其)(?:均|全部|一概|予以|当庭|拒不)*(?P<said>(?<![不未有])否认|拒不认罪|不认罪|拒不供认)"
)
_OF_SHORT = {"summary": "简易程序", "fast_track": "速裁程序"}
_BASIC, _MIDDLE, _HIGH = 1, 2, 3
_LEVELS = {"中级": _MIDDLE, "高级": _HIGH, "最高": _HIGH + 1}


def _level(court: str) -> int:
    return next((level for word, level in _LEVELS.items() if word in court), _BASIC)


def trial_told(doc: CaseDocument) -> Iterator[Hit]:
    """Slips in what a first judgment says of bench, publicity and appeal."""
    if doc.instance != "first":
        return
    told = part(doc, "procedure")
    if told is not None:
        yield from _bench(doc, told)
        yield from _publicity(doc, told)
        yield from _prosecuted_at(doc, told)
    yield from _denied(doc)
    fast = search(doc, _FAST, told.start, told.end) if told is not None else None
    if fast is not None and not _PLEADS.search(doc.text, 0, _body_end(doc)):
        yield _said(fast, "适用速裁程序，全文没有写明被告人认罪认罚")
    notice = part(doc, "notice")
    if notice is not None:
        yield from _appeal(doc, notice)
    final = search(doc, _FINAL, (part(doc, "operative") or heading(doc)).start, _body_end(doc))
    if final is not None:
        yield _said(final, "第一审判决写作终审判决，应当写明上诉的期限和法院")


def _said(span: Span, problem: str, *more: Span, minor: bool = False) -> Hit:
    return hit(
        span,
        *more,
        severity="minor" if minor else None,
        values={"judgment": span.quote},
        problem=problem,
    )


def _bench(doc: CaseDocument, told: Span) -> Iterator[Hit]:
    panel = search(doc, _PANEL, told.start, told.end)
    alone = search(doc, _SOLE_JUDGE, told.start, told.end)
    if panel and alone and not _TURNED.search(told.quote):
        yield _said(alone, "既写组成合议庭，又写独任审判", panel)
    signed = part(doc, "closing")
    assessor = search(doc, _ASSESSOR, signed.start, signed.end) if signed is not None else None
    if alone and not panel and assessor and not _TURNED.search(told.quote):
        yield _said(alone, "写明独任审判，署名的有审判长或者人民陪审员", assessor)


def _body_end(doc: CaseDocument) -> int:
    appendix = part(doc, "appendix")
    return appendix.start if appendix is not None else len(doc.text)


def _prosecuted_at(doc: CaseDocument, told: Span) -> Iterator[Hit]:
    """A judgment of one court on what was brought before another."""
    found = _TO_COURT.search(doc.text, told.start, told.end)
    own = doc.court
    if found is None or own is None or _SENT_ON.search(told.quote):
        return
    if not (own.value.endswith(found["court"]) or found["court"].endswith(own.value)):
        yield _said(
            doc.span(found.start("court"), found.end("court")),
            f"写作向{found['court']}提起公诉，而审理的是{own.value}",
            own.span,
        )


def _denied(doc: CaseDocument) -> Iterator[Hit]:
    """One who denies may not be tried in a procedure that asks for his admission."""
    name = _OF_SHORT.get(doc.procedure or "")
    if name is None:
        return
    for section in doc.sections_of("defence", "facts", "evidence"):
        found = _DENIES.search(doc.text, section.span.start, section.span.end)
        if found is not None and not _TURNED.search((part(doc, "procedure") or section.span).quote):
            span = doc.span(found.start("said"), found.end("said"))
            yield _said(span, f"适用{name}审理，而写有被告人“{span.quote}”")
            return


def _publicity(doc: CaseDocument, told: Span) -> Iterator[Hit]:
    opened = _OPEN_FOR_SECRECY.search(doc.text, told.start, told.end)
    if opened is not None:
        yield _said(
            doc.span(opened.start(), opened.end()), "写明依法不公开审理的事由，却写作公开审理"
        )
    closed = search(doc, _CLOSED, told.start, told.end)
    if closed is None or _GROUND.search(doc.text):
        return
    day = issued(doc)
    births = [person.birth for person in people(doc)]
    if any(
        birth is None or day is None or (age_on(birth.value, day) or 0) < limit("minor_age")
        for birth in births
    ):
        return
    yield _said(closed, "不公开审理，全文未见依法不公开审理的事由", minor=True)


def _appeal(doc: CaseDocument, notice: Span) -> Iterator[Hit]:
    days = limit("appeal_days")
    for found in _DAYS.finditer(doc.text, notice.start, notice.end):
        if chinese_number(found["days"]) != days:
            yield _said(
                doc.span(found.start(), found.end()),
                f"判决的上诉期限写作{found['days']}日，应为{to_chinese(days)}日",
            )
    for found in _FROM.finditer(doc.text, notice.start, notice.end):
        if not _NEXT_DAY.search(found["first"]):
            lead = _LEADS.match(found["first"])
            start = found.start("first") + (lead.end() if lead else 0)
            first = doc.span(start, found.end("first") + 1)
            yield _said(
                first,
                f"上诉期限写作“{first.quote}”，应从接到判决书的第二日起算",
            )
    own = _level(doc.court.value) if doc.court is not None else None
    for found in _APPEAL_TO.finditer(doc.text, notice.start, notice.end):
        if own is not None and _LEVELS[found["level"]] != own + 1:
            yield _said(
                doc.span(found.start("court"), found.end("court")),
                "上诉法院不是上一级人民法院",
            )
