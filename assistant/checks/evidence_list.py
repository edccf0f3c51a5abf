"""The list of evidence: named, rightly classed, of the persons and things of the story."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.casefile import CaseFile
from assistant.checks.place import act_day, is_masked, opening, part, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.telling import all_told, bare, evidence, own_text, story
from ingestion.model import CaseDocument, Span
from ingestion.numerals import find_dates
from knowledge_base import evidence_classes
from knowledge_base.crime_elements import pattern

_NO_LIST = Undecided("无法判断：未能读出证据部分")
_ONLY_KINDS = Undecided("无法判断：证据部分只列证据种类，缺具体证据名称")
_HEADING = re.compile(
    r"(?:^|[\n；。：:]|\d[.．、])\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)]?[、.．]?)?\s*"
    r"(?P<kind>物证|书证|证人[^，。；：\n]{0,30}?(?:的)?证言|被害人[^，。；：\n]{0,20}?(?:的)?陈述"
    r"|(?:被告人|犯罪嫌疑人)[^，。；：\n]{0,20}?(?:的)?供述[^，。；：\n]{0,6}|鉴定意见|勘验[^：，。；\n]{0,20}笔录|视听资料[^：，。；\n]{0,6}|电子数据)[：:]"
)
_TESTIMONY = {"证言": "证人证言", "陈述": "被害人陈述", "供述": "供述和辩解"}
_VICTIM = re.compile(
    r"被害人(?P<names>[\u4e00-\u9fff×]{2,4}?(?:、[\u4e00-\u9fff×]{2,4}?){0,6})(?:等人)?的?陈述"
)
_NAMED_VICTIM = re.compile(
    r"被害人(?!死亡|家|的|所|在|因|与|不|及)[\u4e00-\u9fff]{1,3}[某×\u4e00-\u9fff]"
)
_CONFESSION = re.compile(r"供述|供认|自书|亲笔供词|讯问笔录|辩解")
_OPEN = re.compile(r"等(?:证据)?[。；，\s]*$|等[。；\n]")
_KIND_NAMED = re.compile(r"书证|物证|证言|陈述|鉴定意见|笔录|视听资料|电子数据")
_FORCED = re.compile(r"刑讯逼供|诱供|逼供|非法证据|疲劳审讯|指供")
_ANSWERED = re.compile(
    r"(?:予以|应当|依法|应予)排除|不予采[纳信]|不能成立|不成立|不予支持|驳回|没有证据|未发现|无证据|不存在|合法|不属于非法|查证|经查|不予启动|撤回|未提供|无法证实|不属实"
)
_SEIZED = re.compile(r"(?:缴获|查获|扣押|起获|搜出|收缴|查扣|提取到)(?:了)?[^，。；]{2,}")
_THINGS = re.compile(r"扣押|物证|搜查|缴获|查获|提取|清单|照片|称量|收缴|发还|随案|起获|笔录")
_EXPERT = re.compile(r"鉴定(?:意见|书)|检验报告|价格认定")


class _Class(NamedTuple):
    kind: str
    span: Span


def _usable(doc: CaseDocument) -> Span | Undecided:
    listed = evidence(doc)
    if listed is None:
        return _NO_LIST
    return _ONLY_KINDS if bare(listed) else listed


def _classes(doc: CaseDocument, listed: Span) -> list[_Class]:
    """The parts of the list under a heading that names one lawful kind."""
    heads = list(_HEADING.finditer(doc.text, listed.start, listed.end))
    ends = [*(h.start() for h in heads[1:]), listed.end][: len(heads)]
    found = []
    for head, end in zip(heads, ends, strict=True):
        kind = next((k for word, k in _TESTIMONY.items() if word in head["kind"]), head["kind"])
        # One heading holds to the end of its sentence.
        stop = min(
            (at for mark in "；。\n" if (at := doc.text.find(mark, head.end(), end)) >= 0),
            default=end,
        )
        found.append(
            _Class(
                kind,
                doc.span(head.end(), stop)
                if stop > head.end()
                else doc.span(head.start(), head.end()),
            )
        )
    return found


@check("EVID-002")
def wrong_class(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    listed = evidence(doc)
    if listed is None:
        return
    for part_of in _classes(doc, listed):
        for row in evidence_classes.all():
            if not any(part_of.kind.startswith(kind) for kind in row.not_under):
                continue
            found = pattern(row.items).search(doc.text, part_of.span.start, part_of.span.end)
            if found is not None:
                yield hit(
                    doc.span(found.start(), found.end()),
                    values={doc.role or "": found[0]},
                    item=found[0],
                    under=part_of.kind,
                    kind=row.kind,
                )


@check("EVID-003")
def bare_list(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    listed = evidence(doc)
    if listed is None:
        yield _NO_LIST
    elif bare(listed):
        yield hit(opening(doc, listed, 30), values={doc.role or "": None}, cause="evidence:bare")


@check("EVID-004")
def unknown_victim(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    listed = evidence(doc)
    told = all_told(doc)
    if listed is None or not told or "被害人" not in told:
        return
    text = own_text(doc)
    elsewhere = text[: listed.start] + text[listed.end :]
    unknown: dict[str, Span] = {}
    for found in _VICTIM.finditer(doc.text, listed.start, listed.end):
        for name in found["names"].split("、"):
            # 刘某 of the story may be 刘秀平 of the list.
            if is_masked(name) or name in elsewhere or f"{name[0]}某" in told:
                continue
            at = found.start("names") + found["names"].index(name)
            unknown[name] = doc.span(at, at + len(name))
    if unknown:
        names = "、".join(unknown)
        # A story that names no victim left the name out; one with another name contradicts.
        named = _NAMED_VICTIM.search(told) is not None
        yield hit(
            *unknown.values(),
            severity=None if named else "minor",
            values={doc.role or "": names},
            name=names,
        )


@check("EVID-005")
def no_confession_listed(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    listed = evidence(doc)
    if doc.plea_leniency is None or not doc.plea_leniency.value:
        if listed is not None:
            yield from _no_statement(doc, listed)
        return
    if listed is None:
        yield _NO_LIST
    elif not _CONFESSION.search(listed.quote) and "异议" not in listed.quote:
        yield hit(
            opening(doc, listed, 20),
            doc.plea_leniency.span,
            values={doc.role or "": None},
            cause="evidence:statement",
            problem="被告人认罪认罚，证据部分没有列明供述和辩解",
        )


def _no_statement(doc: CaseDocument, listed: Span) -> Iterator[Hit]:
    """A closed list of several kinds without what the accused said, confession or denial."""
    closed = not _OPEN.search(listed.quote) and len(_KIND_NAMED.findall(listed.quote)) > 1
    if doc.role == "indictment" and closed and not _CONFESSION.search(listed.quote):
        yield hit(
            opening(doc, listed, 20),
            severity="minor",
            values={doc.role or "": None},
            cause="evidence:statement",
            problem="证据部分没有列明被告人供述和辩解",
        )


@check("EVID-009")
def unlawful_evidence_unanswered(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    text = own_text(doc)
    found = _FORCED.search(text)
    if found is not None and not _ANSWERED.search(text, max(0, found.start() - 20)):
        yield hit(
            doc.span(found.start(), found.end()), values={doc.role or "": None}, found=found[0]
        )


@check("EVID-010")
def expert_before_the_act(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    act = act_day(doc)
    listed = evidence(doc)
    if act is None:
        return
    for span in (s for s in (listed, story(doc)) if s is not None):
        for day in find_dates(span.quote):
            after = span.quote[day.end : day.end + 24].split("。")[0]
            if day.value.precision != "day" or day.derived or day.value.date >= act.value.date:
                continue
            expert = _EXPERT.search(after)
            if expert is not None and not re.search(r"[，；]", after[: expert.start()]):
                start = span.start + day.start
                yield hit(
                    doc.span(start, span.start + day.end),
                    act.span,
                    values={doc.role or "": day.value.date.isoformat()},
                    day=day.value.date.isoformat(),
                    act=act.value.date.isoformat(),
                )
                return


@check("FACT-020")
def things_without_evidence(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = story(doc)
    seized = _SEIZED.search(doc.text, told.start, told.end) if told is not None else None
    if seized is None:
        return
    listed = _usable(doc)
    if isinstance(listed, Undecided):
        yield listed
    elif not _THINGS.search(listed.quote):
        place = part(doc, "evidence")
        yield hit(
            doc.span(seized.start(), seized.end()),
            opening(doc, place or listed, 20),
            values={doc.role or "": None},
            fact=seized[0][:20],
        )
