"""The end of an indictment: addressee, signature, date, attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.place import (
    assistant_signature,
    attachments,
    closing_date,
    end_words,
    issued,
    published,
    request_end,
    search,
    signature,
    sole,
)
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import CaseDocument, Span
from knowledge_base.check_rules import parameter

_TO = re.compile(r"此\s*致")
_COURT = re.compile(r"[\u4e00-\u9fff]{2,25}?法院")
_PROCURATORATE = re.compile(r"[\u4e00-\u9fff]{2,25}?人民检察院")
_LEVEL = re.compile(r"(?:高级|中级|最高)?人民(?:法院|检察院)$|第[一二三四五]分院$")
_PLACE = re.compile(r"羁押|看守所|取保候审|监视居住|监狱|现住|住所|处所|在押|在家")
_FILES = re.compile(r"[卷册]")


def _own(doc: CaseDocument) -> Span | None:
    return search(doc, _PROCURATORATE, 0, 120)


def _same_place(court: str, procuratorate: str) -> bool:
    """Whether the two names tell of one place: one may carry the province and not the other."""
    a, b = _LEVEL.sub("", court), _LEVEL.sub("", procuratorate)
    a, b = (re.sub(r"第[一二三四五]|市区|[省市县区]|自治[区州县]", "", name) for name in (a, b))
    return a.endswith(b) or b.endswith(a) or a[-2:] == b[-2:] or a[:3] == b[:3]


@check("FMT-008")
def addressee(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    to = search(doc, _TO, request_end(doc))
    court = search(doc, _COURT, to.end if to else request_end(doc))
    if to is None and signature(doc) is None and closing_date(doc) is None:
        yield Undecided("无法判断：文书没有尾部（致送法院、署名、日期均未见，可能是节录）")
        return
    if to is None or court is None or court.start - to.end > 20:
        missing = "“此致”及致送的人民法院" if to is None else "致送的人民法院"
        yield hit(
            end_words(doc) if to is None else to,
            values={"indictment": None},
            problem=f"没有写明{missing}",
        )
        return
    own = _own(doc)
    if own is not None and not _same_place(court.quote, own.quote):
        yield hit(
            court,
            own,
            severity="minor",
            confidence=0.5,
            values={"indictment": court.quote},
            problem=f"致送的{court.quote}与{own.quote}不对应，请核对是否有指定管辖",
        )


@check("FMT-009")
def who_signs(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    sign, helper = signature(doc), assistant_signature(doc)
    date_line = closing_date(doc)
    to = search(doc, _TO, request_end(doc))
    if sign is None:
        if helper is None and date_line is None and to is None:
            yield Undecided("无法判断：文书没有尾部（可能是节录）")
            return
        beside = helper or date_line or to or end_words(doc)
        problem = "只有检察官助理署名" if helper else "没有检察官署名"
        yield hit(beside, values={"indictment": None}, problem=problem)
        return
    name = re.sub(r"代?\s*理?\s*检\s*察\s*[官员长]|[：:\s]", "", sign.quote)
    if not name:
        yield hit(sign, values={"indictment": None}, problem="检察官没有署名")
    day = issued(doc)
    if "员" in sign.quote and day is not None and parameter("signature_style", day):
        yield hit(
            sign,
            severity="minor",
            confidence=0.7,
            values={"indictment": sign.quote},
            problem="使用旧式职务称谓“检察员”",
        )


@check("FMT-010")
def dated(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    line = closing_date(doc)
    if line is None:
        sign = signature(doc)
        if sign is None and search(doc, _TO, request_end(doc)) is None:
            yield Undecided("无法判断：文书没有尾部（可能是节录）")
        else:
            helper = assistant_signature(doc)
            places = [sign or end_words(doc), *([helper] if helper else [])]
            yield hit(*places, values={"indictment": None}, problem="没有落款日期")
        return
    day = issued(doc)
    if day is None:
        return
    for key, name in (
        ("transferred", "移送起诉"),
        ("accepted", "受理"),
        ("informed", "告知权利"),
    ):
        before = doc.dates.get(key)
        if before and before.value.precision == "day" and before.value.date > day:
            yield hit(
                line,
                before.span,
                category="date",
                cause="issued-before",
                values={"indictment": day.isoformat()},
                problem=f"落款日期{day.isoformat()}早于{name}日期{before.value.date.isoformat()}",
            )


@check("FMT-011")
def attachment_items(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    listed = attachments(doc)
    closed, sign = closing_date(doc), signature(doc)
    if listed is None and closed is not None and sign is not None and not published(doc):
        yield hit(
            closed,
            severity="minor",
            confidence=0.7,
            values={"indictment": None},
            items="任何附项（被告人现在处所、案卷材料和证据册数等）",
        )
        return
    if listed is None:
        yield Undecided(
            "无法判断：未见附件部分（可能未随文本提供），请核对被告人现在处所、案卷册数等附项"
        )
        return
    lacking = []
    if not _PLACE.search(listed.quote):
        lacking.append("被告人现在处所")
    if not _FILES.search(listed.quote):
        lacking.append("案卷材料和证据册数")
    if lacking:
        head = listed.quote.split("\n")[0][:20].rstrip()
        yield hit(
            doc.span(listed.start, listed.start + max(len(head), 1)),
            values={"indictment": None},
            items="、".join(lacking),
        )
