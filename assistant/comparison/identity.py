"""Persons of two documents: their data, their number, what was done with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.casefile import ROLE_NAMES, CaseFile
from assistant.checks.place import heading, is_masked, people
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.comparison.alignment import differences
from assistant.comparison.matching import pairs, two
from ingestion.model import CaseDocument, DateValue, Defendant, Field, Span
from knowledge_base.charges import match, same_charge, split

_HELD_FOR = re.compile(r"涉嫌(?:犯)?([\u4e00-\u9fff、]{2,24}?罪)(?=[，,于被经一])")
_ORGANS = (
    ("采取强制措施的机关", re.compile(r"(?:被|由)([\u4e00-\u9fff]{2,14}公安局)")),
    ("批准逮捕的机关", re.compile(r"经([\u4e00-\u9fff]{2,14}人民检察院)(?:依法)?批准")),
)
_MASK = re.compile(r"[×XxＸ＊*]{1,}|某")
_EDUCATION = (
    ("小学",),
    ("初中", "初级中学"),
    ("高中", "中专", "职高", "中等专业", "技校"),
    ("大专", "大学专科", "专科", "高职"),
    ("本科", "大学"),
    ("硕士", "研究生"),
    ("博士",),
    ("文盲",),
)


def _same_text(one: str, other: str) -> bool:
    a, b = (re.sub(r"[\s，,。（）()文化程度毕业肄]", "", text) for text in (one, other))
    return a == b or a in b or b in a or bool(_MASK.search(one) or _MASK.search(other))


def _level(text: str) -> int | None:
    return next((i for i, words in enumerate(_EDUCATION) if any(w in text for w in words)), None)


def _same_education(one: str, other: str) -> bool:
    a, b = _level(one), _level(other)
    return a == b or a is None or b is None


def _same_date(one: DateValue, other: DateValue) -> bool:
    if "year" in (one.precision, other.precision):
        return one.date.year == other.date.year
    if "month" in (one.precision, other.precision):
        return (one.date.year, one.date.month) == (other.date.year, other.date.month)
    return one.date == other.date


def _differences(
    one: Defendant, other: Defendant
) -> Iterator[tuple[str, str, str, Span, Span, bool]]:
    """Name, both values, both places of each differing field, and whether it is grave."""
    if one.name.value != other.name.value and not (
        is_masked(one.name.value) or is_masked(other.name.value)
    ):
        names = {a.value for a in (*one.aliases, *other.aliases)}
        if one.name.value not in names and other.name.value not in names:
            yield "姓名", one.name.value, other.name.value, one.name.span, other.name.span, True
    if one.birth and other.birth and not _same_date(one.birth.value, other.birth.value):
        yield (
            "出生日期", one.birth.span.quote, other.birth.span.quote,
            one.birth.span, other.birth.span, True,
        )  # fmt: skip
    texts: tuple[tuple[str, Field[str] | None, Field[str] | None, bool], ...] = (
        ("性别", one.sex, other.sex, True),
        ("民族", one.ethnicity, other.ethnicity, True),
        ("公民身份号码", one.id_number, other.id_number, True),
        ("文化程度", one.education, other.education, False),
    )
    for name, a, b, grave in texts:
        if a is None or b is None:
            continue
        same = _same_education if name == "文化程度" else _same_text
        if not same(a.value, b.value):
            yield name, a.value, b.value, a.span, b.span, grave
    yield from _left_out(one, other)
    yield from _aliases(one, other)
    if one.custody_place and other.custody_place:
        a, b = one.custody_place, other.custody_place
        if not _same_home(a.value, b.value):
            yield "羁押场所", a.value, b.value, a.span, b.span, False
    for name, a, b in (
        ("户籍地", one.household, other.household),
        ("住址", one.residence, other.residence),
    ):
        if a and b and not _same_home(a.value, b.value):
            yield name, a.value, b.value, a.span, b.span, False
    if (
        one.occupation
        and other.occupation
        and not _same_text(one.occupation.value, other.occupation.value)
    ):
        a, b = one.occupation, other.occupation
        yield "职业", a.value, b.value, a.span, b.span, False


def _left_out(one: Defendant, other: Defendant) -> Iterator[tuple[str, str, str, Span, Span, bool]]:
    """What one document says of the person and the other does not; it belongs by his name."""
    fields: tuple[tuple[str, Field[Any] | None, Field[Any] | None], ...] = (
        ("性别", one.sex, other.sex),
        ("出生日期", one.birth, other.birth),
        ("民族", one.ethnicity, other.ethnicity),
    )
    for name, a, b in fields:
        if (a is None) != (b is None):
            first, second = (a or one.name).span, (b or other.name).span
            written = (a.span.quote if a else "未写", b.span.quote if b else "未写")
            yield name, *written, first, second, False


def _aliases(one: Defendant, other: Defendant) -> Iterator[tuple[str, str, str, Span, Span, bool]]:
    """Other names that both documents give and that have none in common."""
    mine, theirs = {a.value for a in one.aliases}, {a.value for a in other.aliases}
    own = {one.name.value, other.name.value}
    if not mine or not theirs or (mine | own) & (theirs | own) - own:
        return
    if any(is_masked(name) for name in mine | theirs):
        return
    a, b = one.aliases[0], other.aliases[0]
    yield "曾用名、绰号", a.value, b.value, a.span, b.span, False


def _same_home(one: str, other: str) -> bool:
    """Whether two addresses may be one: a shorter way of writing leaves levels out."""
    if _MASK.search(one) or _MASK.search(other):
        return True
    shorter, longer = sorted((one, other), key=len)
    rest = iter(longer)
    return all(c in rest for c in shorter)


@check("CMP-002")
def identity(case: CaseFile) -> Iterator[Hit | Undecided]:
    one, other = two(case)
    matched, _, _ = pairs(one, other)
    if not matched:
        yield Undecided("无法判断：两份文书中的被告人未能对应")
    for a, b in matched:
        told: list[Span] = []
        for name, first, second, place, counterpart, grave in _differences(a, b):
            told.append(place)
            yield hit(
                place,
                counterpart,
                severity=None if grave else "minor",
                values={one.role or "": first, other.role or "": second},
                cause=f"birth:{a.name.value}" if name == "出生日期" else None,
                name=b.name.value,
                field=name,
                first=first,
                second=second,
                one=ROLE_NAMES[one.role or "indictment"],
                other=ROLE_NAMES[other.role or "judgment"],
            )
        yield from _paragraphs(one, other, a, b, told)
        yield from _records(one, other, a, b)
        yield from _suspected(one, other, a, b)
        yield from _organs(one, other, a, b)


def _paragraphs(
    one: CaseDocument, other: CaseDocument, a: Defendant, b: Defendant, told: list[Span]
) -> Iterator[Hit]:
    """Dates and figures of the two introductions of one person that no field has `told` of."""
    if a.paragraph is None or b.paragraph is None:
        return
    for found in differences(a.paragraph.quote, b.paragraph.quote):
        low, start = a.paragraph.start, b.paragraph.start
        place = one.span(low + found.one.start, low + found.one.end)
        if any(s.start < place.end and place.start < s.end for s in told):
            continue
        counterpart = other.span(start + found.other.start, start + found.other.end)
        yield hit(
            place,
            counterpart,
            severity="minor",
            confidence=0.7,
            category="date" if found.one.kind == "date" else None,
            values={one.role or "": place.quote, other.role or "": counterpart.quote},
            name=b.name.value,
            field="基本情况、前科或者强制措施中的记载",
            first=place.quote,
            second=counterpart.quote,
            one=ROLE_NAMES[one.role or "indictment"],
            other=ROLE_NAMES[other.role or "judgment"],
        )


def _records(one: CaseDocument, other: CaseDocument, a: Defendant, b: Defendant) -> Iterator[Hit]:
    """Earlier convictions that one document has and the other lacks, or of another charge."""
    mine, theirs = ([p for p in d.priors if p.kind == "conviction"] for d in (a, b))
    for told, counterpart, has, lacks, person in (
        (mine, theirs, one, other, b),
        (theirs, mine, other, one, a),
    ):
        for prior in told:
            if prior.date is None or prior.date.precision != "day" or person.paragraph is None:
                continue
            same = [p for p in counterpart if p.date and _same_date(prior.date, p.date)]
            written = f"{prior.date.date.year}年{prior.date.date.month}月{prior.date.date.day}日"
            if not same and written not in lacks.text:
                yield _record(has, lacks, prior.span, person.name.span, "前科", b.name.value)
            elif (
                has is one
                and same
                and prior.charge
                and same[0].charge
                and not same_charge(prior.charge, same[0].charge)
            ):
                yield _record(one, other, prior.span, same[0].span, "前科罪名", b.name.value)


def _record(
    has: CaseDocument, lacks: CaseDocument, place: Span, beside: Span, field: str, name: str
) -> Hit:
    missing = field == "前科"
    return hit(
        place,
        beside,
        severity="minor",
        confidence=0.7,
        category="circumstance",
        values={has.role or "": place.quote, lacks.role or "": None if missing else beside.quote},
        name=name,
        field=field,
        first=place.quote,
        second="未写" if missing else beside.quote,
        one=ROLE_NAMES[has.role or "indictment"],
        other=ROLE_NAMES[lacks.role or "judgment"],
    )


def _suspected(one: CaseDocument, other: CaseDocument, a: Defendant, b: Defendant) -> Iterator[Hit]:
    """For what the person was held, as both introductions tell it."""
    told = [
        {
            m[1]: doc.span(p.start + m.start(1), p.start + m.end(1))
            for m in _HELD_FOR.finditer(p.quote)
        }
        for doc, p in ((one, a.paragraph), (other, b.paragraph))
        if p is not None
    ]
    if len(told) < 2 or not told[0] or not told[1]:
        return
    names = [{n for charge in t for n in split(charge)} for t in told]
    if all(match(n) for group in names for n in group) and not any(
        same_charge(x, y) for x in names[0] for y in names[1]
    ):
        (first, place), (second, counterpart) = (next(iter(t.items())) for t in told)
        yield hit(
            place,
            counterpart,
            severity="minor",
            confidence=0.7,
            category="charge",
            values={one.role or "": first, other.role or "": second},
            name=b.name.value,
            field="采取强制措施时的涉嫌罪名",
            first=first,
            second=second,
            one=ROLE_NAMES[one.role or "indictment"],
            other=ROLE_NAMES[other.role or "judgment"],
        )


def _organs(one: CaseDocument, other: CaseDocument, a: Defendant, b: Defendant) -> Iterator[Hit]:
    """Who took the person into custody, and who approved the arrest."""
    if a.paragraph is None or b.paragraph is None:
        return
    for what, named in _ORGANS:
        mine, theirs = (list(named.finditer(d.paragraph.quote)) for d in (a, b) if d.paragraph)
        if not mine or not theirs or any(_same_home(x[1], y[1]) for x in mine for y in theirs):
            continue
        low, start = a.paragraph.start, b.paragraph.start
        yield hit(
            one.span(low + mine[0].start(1), low + mine[0].end(1)),
            other.span(start + theirs[0].start(1), start + theirs[0].end(1)),
            severity="minor",
            confidence=0.6,
            category="procedure",
            values={one.role or "": mine[0][1], other.role or "": theirs[0][1]},
            name=b.name.value,
            field=what,
            first=mine[0][1],
            second=theirs[0][1],
            one=ROLE_NAMES[one.role or "indictment"],
            other=ROLE_NAMES[other.role or "judgment"],
        )


@check("CMP-003")
def measures(case: CaseFile) -> Iterator[Hit | Undecided]:
    one, other = two(case)
    matched, _, _ = pairs(one, other)
    names = {"detention": "拘留", "arrest": "逮捕", "liuzhi": "留置", "bail": "取保候审"}
    for a, b in matched:
        for kind, name in names.items():
            first = [m for m in a.measures if m.kind == kind and m.date]
            second = [m for m in b.measures if m.kind == kind and m.date]
            if not first or not second:
                continue
            if not any(
                _same_date(x.date, y.date) for x in first for y in second if x.date and y.date
            ):
                yield hit(
                    first[0].span,
                    second[0].span,
                    values={
                        one.role or "": first[0].span.quote,
                        other.role or "": second[0].span.quote,
                    },
                    name=b.name.value,
                    measure=name,
                    first=first[0].date.date.isoformat() if first[0].date else "",
                    second=second[0].date.date.isoformat() if second[0].date else "",
                )


@check("CMP-004")
def who_is_accused(case: CaseFile) -> Iterator[Hit | Undecided]:
    one, other = two(case)
    if not people(one) and not one.defendants:
        yield Undecided(f"无法判断：未能读出{ROLE_NAMES[one.role or 'indictment']}中的被告人")
        return
    if not other.defendants:
        yield Undecided(f"无法判断：未能读出{ROLE_NAMES[other.role or 'judgment']}中的被告人")
        return
    _, only_one, only_other = pairs(one, other)
    if only_one:
        yield _alone(one, other, only_one)
    if only_other:
        yield _alone(other, one, only_other)


def _alone(doc: CaseDocument, lacking: CaseDocument, persons: list[Defendant]) -> Hit:
    """Those who stand in `doc` only; beside whom they should stand in the other."""
    beside = lacking.defendants[0].name.span if lacking.defendants else heading(lacking)
    start = max(beside.start - 3, 0)
    if lacking.text[start : beside.start] == "被告人":
        beside = lacking.span(start, beside.end)
    names = "、".join(person.name.value for person in persons)
    return hit(
        persons[0].name.span,
        beside,
        *[person.name.span for person in persons[1:]],
        values={doc.role or "": names, lacking.role or "": None},
        cause=f"accused:{persons[0].name.value}",
        name=names,
        has=ROLE_NAMES[doc.role or "indictment"],
        lacks=ROLE_NAMES[lacking.role or "judgment"],
    )
