"""Sums that must agree with one another: valuations, restitution, attempts, each one's share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.casefile import CaseFile
from assistant.checks.counts import counts
from assistant.checks.place import people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.telling import own_text, story
from ingestion.model import CaseDocument, Span
from ingestion.numerals import find_money, find_sums

_CONVERTED = re.compile(r"折合|折算|汇率|兑换|折人民币|合人民币|等值|相当于|外汇牌价|中间价")
_UNITS = r"(?:[一二三四五六七八九十两\d]+(?:部|台|辆|只|条|枚|块|件|个|把|双|套|瓶|箱|捆|副|对))"
_VALUED = re.compile(
    rf"(?P<thing>[\u4e00-\u9fffA-Za-z\d]{{2,20}}?)(?:{_UNITS}，?)?[（(]?(?:总)?(?:价值|估价|计价)(?:为|共计|计|约)?(?:人民币)?"
    r"(?P<sum>[\d,，.]+万?元)"
)
_EXPERT = re.compile(r"经[^，。；]{0,24}(?:鉴定|认定|评估|估价)[，：]?$")
_FAILED = re.compile(r"未得逞|未能得逞|没有得逞|未遂|未窃得|未骗得|未能(?:窃|骗|得)|未果")
_TOTAL = re.compile(r"(?:共计|合计|总计|累计|总价值|总额)[^\d，。；]{0,14}$")
_RETURNED = re.compile(
    r"(?:已)?(?:退赔|退还|退缴|返还|追回|归还)(?:了)?[^\d，。；]{0,16}?(?P<back>[\d,，.]+万?元)"
    r"[^。]{0,20}?(?:尚有|仍有|尚余|剩余|余下|尚欠)[^\d，。；]{0,10}?(?P<rest>[\d,，.]+万?元)"
)
_REFERS = re.compile(r"^.*?(?:被盗|被抢|被骗|被毁|涉案|上述|该|此)的?")
_HEAD = 3  # characters by which the same thing is known again (苹果手机, 该手机)


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}".rstrip("0").rstrip(".") + "元"


def _fen(text: str) -> int | None:
    found = find_money(text)
    return found[0].fen if len(found) == 1 else None


@check("AMT-003")
def foreign_money(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = story(doc)
    if told is None or _CONVERTED.search(own_text(doc)):
        return
    foreign = [m for m in find_sums(told.quote) if m.currency != "CNY"]
    if foreign:
        first = foreign[0]
        place = doc.span(told.start + first.start, told.start + first.end)
        yield hit(place, values={doc.role or "": place.quote}, written=place.quote)


class _Value(NamedTuple):
    thing: str
    fen: int
    span: Span
    expert: bool


def _values(doc: CaseDocument, start: int, end: int) -> list[_Value]:
    """The things of one passage with what they are said to be worth."""
    found = []
    for match in _VALUED.finditer(doc.text, start, end):
        fen = _fen(match["sum"])
        if fen is None:
            continue
        before = doc.text[max(start, match.start() - 40) : match.start()]
        thing = re.sub(_UNITS + "$", "", match["thing"])
        span = doc.span(match.start("sum"), match.end("sum"))
        found.append(_Value(thing, fen, span, bool(_EXPERT.search(before))))
    return found


@check("AMT-009")
def valuation(case: CaseFile) -> Iterator[Hit | Undecided]:
    """One thing, named once in a count, with two values: told, and as the expert found."""
    doc = sole(case)
    told = story(doc)
    if told is None:
        return
    numbered = counts(told.quote)
    pieces = [(told.start + c.start, told.start + c.end) for c in numbered] or [
        (told.start, told.end)
    ]
    for start, end in pieces:
        values = _values(doc, start, end)
        stated = [v for v in values if not v.expert]
        found = [v for v in values if v.expert]
        for value in found:
            head = _REFERS.sub("", value.thing)[-_HEAD:]
            same = [v for v in stated if v.thing.endswith(head)]
            once = sum(v.thing.endswith(head) for v in found) == 1
            if len(same) == 1 and once and len(head) > 1 and same[0].fen != value.fen:
                yield hit(
                    value.span,
                    same[0].span,
                    values={doc.role or "": value.fen},
                    thing=head,
                    first=_yuan(same[0].fen),
                    second=_yuan(value.fen),
                )


@check("AMT-010")
def restitution(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    if len(doc.defendants) != 1:
        return
    totals = {a.fen: a for a in doc.amounts if a.role == "total" and not a.fuzzy}
    if len(totals) != 1:
        return
    ((total, whole),) = totals.items()
    told = story(doc)
    place = _RETURNED.search(doc.text, told.start if told else 0)
    returned = {a.fen for a in doc.amounts if a.role == "returned"}
    if place is not None and len(returned) <= 1:
        back, rest = _fen(place["back"]), _fen(place["rest"])
        if back is not None and rest is not None and back + rest != total:
            yield hit(
                doc.span(place.start(), place.end()),
                whole.span,
                values={doc.role or "": back},
                problem=f"退还{_yuan(back)}、尚余{_yuan(rest)}，与总额{_yuan(total)}不平衡",
            )
            return
    more = [a for a in doc.amounts if a.role == "returned" and not a.fuzzy and a.fen > total]
    if more:
        yield hit(
            more[0].span,
            whole.span,
            values={doc.role or "": more[0].fen},
            severity="minor",
            problem=f"退还的{_yuan(more[0].fen)}多于总额{_yuan(total)}",
        )


class _Count(NamedTuple):
    """A numbered count with its only sum (fen), and who took part in it."""

    fen: int
    failed: bool
    persons: frozenset[str]
    span: Span


def _counted(doc: CaseDocument, told: Span) -> list[_Count]:
    """The counts, where each has exactly one exact sum; else empty."""
    found = []
    names = [d.name.value for d in people(doc)]
    for count in counts(told.quote):
        text = told.quote[count.start : count.end]
        sums = find_money(text)
        if len({m.fen for m in sums}) != 1 or any(m.fuzzy for m in sums):
            return []
        span = doc.span(told.start + count.start, told.start + count.end)
        persons = frozenset(name for name in names if name in text)
        found.append(_Count(sums[0].fen, bool(_FAILED.search(text)), persons, span))
    return found


def _stated_totals(doc: CaseDocument, told: Span, after: int) -> list[Span]:
    return [
        doc.span(told.start + m.start, told.start + m.end)
        for m in find_money(told.quote)
        if m.start >= after and _TOTAL.search(told.quote[max(0, m.start - 24) : m.start])
    ]


@check("AMT-007")
def attempts_in_the_total(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = story(doc)
    counted = _counted(doc, told) if told is not None else []
    failed = [c for c in counted if c.failed]
    if told is None or not failed or len(failed) == len(counted):
        return
    whole = sum(c.fen for c in counted)
    for place in _stated_totals(doc, told, counted[-1].span.start - told.start):
        tail = doc.text[place.end : place.end + 40]
        if _fen(place.quote) == whole and not _FAILED.search(tail):
            yield hit(
                place,
                failed[0].span,
                values={doc.role or "": whole},
                total=_yuan(whole),
                failed=_yuan(sum(c.fen for c in failed)),
            )
            return


@check("AMT-008")
def share_of_each(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = story(doc)
    counted = _counted(doc, told) if told is not None else []
    if len(counted) < 2 or len(doc.defendants) < 2 or not all(c.persons for c in counted):
        return
    whole = sum(c.fen for c in counted)
    for person in people(doc):
        name = person.name.value
        own = sum(c.fen for c in counted if name in c.persons)
        if own in (0, whole):
            continue
        for amount in doc.amounts:
            weighed = amount.role in ("person", "total") or amount.section == "reasoning"
            if weighed and amount.persons == (name,) and amount.fen == whole:
                yield hit(
                    amount.span,
                    values={doc.role or "": amount.fen},
                    cause=f"share:{name}",
                    name=name,
                    written=_yuan(amount.fen),
                    own=_yuan(own),
                )
                break
