"""Persons of one document: names, numbers, ages, how many."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.age import age_on, first_act
from assistant.checks.lexicon import one_apart
from assistant.checks.name_forms import odd_forms
from assistant.checks.place import heading, is_masked, part, people, published, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.status import misnamed
from ingestion.model import CaseDocument, Defendant, SectionKind, Span
from knowledge_base.check_articles import group
from knowledge_base.check_rules import limit
from knowledge_base.numerals import to_int
from knowledge_base.wording import surnames

_CALLED = re.compile(r"(?:被告人|犯罪嫌疑人|被不起诉人)([\u4e00-\u9fff·]{2,4})")
_DEFENDS = re.compile(r"辩护人([\u4e00-\u9fff]{3})(?=[，、。]|到庭|均|的|提|认|及|和|对|当庭)")
_INTRODUCED = re.compile(
    r"(?:被害人|证人|同案人|同案犯|父亲|母亲|妻子|丈夫|弟弟|哥哥|儿子|女儿|亲属|朋友|审判[长员]|陪审员|书记员|检察[官员]|之[父母妻夫兄弟子女])"
    r"([\u4e00-\u9fff]{2,3})"
)
# Whose identity is not known is prosecuted under the name he gives; a foreigner has a passport.
_WITHOUT_NUMBER = re.compile(r"自报|身份(?:不明|不详)|护照|国籍")
_MOST_PLACES = 6
_ACTS = re.compile(r"[，、的在到将以用进驾持窃得伙同与和因明归于被从犯等]")
_SMALL_WORDS = re.compile(
    r"[的在于因与和及对将以到被向为供均系所是家亲无有自归当作其不犯认罪等之行审判前后中该]"
)
_SUSPECT = re.compile(r"犯罪嫌疑人")
# By kind of document: the sections that name the person, the wrong words, the right one.
_STATUS: dict[str, tuple[tuple[SectionKind, ...], re.Pattern[str], str]] = {
    "indictment": (("parties", "reasoning"), _SUSPECT, "被告人"),
    "judgment": (("parties", "reasoning", "operative"), _SUSPECT, "被告人"),
    "opinion": (("parties", "reasoning"), re.compile(r"被告人"), "犯罪嫌疑人"),
    "non_prosecution": (
        ("parties", "reasoning"),
        re.compile(r"被告人|犯罪嫌疑人"),
        "被不起诉人",
    ),
}
_JOINT = re.compile(
    r"被告人([\u4e00-\u9fff]{2,4}(?:、(?:被告人)?[\u4e00-\u9fff]{2,4})+?)(?=的行为|涉嫌|犯|均|共同|的|以|，|。)"
)
_COUNT = re.compile(r"([二两三四五六七八九十])(?:名)?被告人")
_ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MINOR_WORDS = re.compile(r"未成年|(?:不满|未满|已满)(?:十[四六八]|1[468])周?岁")


def _told_young(doc: CaseDocument) -> bool:
    """Whether the document weighs somebody's youth: says it, or cites the provision."""
    minors = group("minors")
    return _MINOR_WORDS.search(_body(doc)) is not None or (
        minors is not None and any(minors.cites(s.article, s.sub) for s in doc.statutes)
    )


def close_names(name: str, other: str) -> bool:
    """Whether one could be a slip for the other: one character changed, added or left out."""
    if name == other or min(len(name), len(other)) < 2:
        return False
    if len(name) == len(other):
        return len(name) > 2 and one_apart(name, other)
    shorter, longer = sorted((name, other), key=len)
    return (
        len(longer) - len(shorter) == 1
        and len(shorter) > 1
        and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
    )


def like_name(words: str) -> bool:
    """Whether the words begin with a surname and hold none of a sentence's small words."""
    known = words[:2] in surnames() or words[:1] in surnames()
    return known and 2 <= len(words) <= 4 and not _SMALL_WORDS.search(words[1:])


def _known(doc: CaseDocument) -> set[str]:
    return {n.value for d in doc.defendants for n in (d.name, *d.aliases)}


def _body(doc: CaseDocument) -> str:
    appendix = part(doc, "appendix")
    return doc.text[: appendix.start] if appendix else doc.text


@check("NAME-001")
def name_variants(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    known = _known(doc)
    if not known:
        yield Undecided("无法判断：未能读出被告人姓名")
    body = _body(doc)
    seen: set[str] = set()
    for found in _CALLED.finditer(body):
        for length in (4, 3, 2):
            written = found[1][:length]
            if len(written) < length or written in seen:
                continue
            if any(written.startswith(name) or name.startswith(written) for name in known):
                break
            near = [n for n in known if len(n) == length and close_names(n, written)]
            if near and not is_masked(written) and not is_masked(near[0]):
                start = found.start(1)
                owner = doc.defendant(near[0])
                seen.add(written)
                evidence = [doc.span(start, start + length)]
                if owner is not None:
                    evidence.append(owner.name.span)
                yield hit(
                    *evidence, values={doc.role or "": written}, written=written, name=near[0]
                )
                break
    yield from _bare(doc, body)
    yield from _swapped(doc, body)
    yield from _counsel(doc, body)
    yield from odd_forms(doc)


def _others(doc: CaseDocument) -> set[str]:
    """Names that are somebody else's: of co-accused, counsel, and whoever is introduced."""
    told = {c.name for d in doc.defendants for c in d.counsel}
    return _known(doc) | told | {m[1] for m in _INTRODUCED.finditer(doc.text)}


def _swapped(doc: CaseDocument, body: str) -> Iterator[Hit]:
    """A defendant's name with its last two characters changed about (李林长, 李长林)."""
    others = _others(doc)
    for person in people(doc):
        name = person.name.value
        written = name[:1] + name[:0:-1]
        if len(name) != 3 or written == name or is_masked(name) or written in others:
            continue
        places = [doc.span(m.start(), m.end()) for m in re.finditer(written, body)]
        if places:
            listed = doc.sections_of("evidence")
            recited = doc.role == "judgment" and all(
                any(s.span.start <= place.start < s.span.end for s in listed) for place in places
            )
            yield hit(
                *places[:_MOST_PLACES],
                person.name.span,
                # In what a witness is quoted with it touches nobody's standing.
                severity="minor" if recited else None,
                values={doc.role or "": written},
                confidence=0.85,
                written=written,
                name=name,
            )


def _beside(body: str, name: str, start: int, end: int) -> bool:
    """Whether the right name stands in the same list: then the other is somebody else."""
    return re.search(rf"{name}[、和与及]$", body[:start][-5:]) is not None or bool(
        re.match(rf"[、和与及]{name}", body[end : end + 5])
    )


def _bare(doc: CaseDocument, body: str) -> Iterator[Hit]:
    """A defendant's name with one character wrong where it opens a clause by itself."""
    others = _others(doc)
    for person in people(doc):
        name = person.name.value
        if len(name) != 3 or is_masked(name):
            continue
        for at in (1, 2):
            pattern = rf"(?<=[，。；、由与和及对将]){name[:at]}([\u4e00-\u9fff]){name[at + 1 :]}"
            for found in re.finditer(pattern, body):
                written = found[0]
                if (
                    written == name
                    or not like_name(written)
                    or any(written[:2] == other or written in other for other in others)
                    or body.count(written) > 1
                    or not _ACTS.match(body, found.end())
                    or _beside(body, name, *found.span())
                ):
                    continue
                yield hit(
                    doc.span(found.start(), found.end()),
                    person.name.span,
                    values={doc.role or "": written},
                    confidence=0.6,
                    written=written,
                    name=name,
                )


def _counsel(doc: CaseDocument, body: str) -> Iterator[Hit]:
    """Counsel under two names that differ in one character."""
    known = {c.name: c for d in doc.defendants for c in d.counsel if not is_masked(c.name)}
    told = []
    for found in _DEFENDS.finditer(body):
        written = found[1]
        near = [n for n in known if len(n) == 3 and close_names(n, written)]
        if written not in known and near and len(written) == 3 and written not in told:
            told.append(written)
            yield hit(
                doc.span(found.start(1), found.end(1)),
                known[near[0]].span,
                values={doc.role or "": written},
                confidence=0.75,
                written=written,
                name=f"{near[0]}（辩护人）",
            )


@check("NAME-002")
def wrong_status(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    if doc.role not in _STATUS:
        return
    if doc.role in ("indictment", "judgment"):
        yield from misnamed(doc)
    kinds, wrong, right = _STATUS[doc.role]
    for kind in kinds:
        section = part(doc, kind)
        if section is None:
            continue
        for found in wrong.finditer(doc.text, section.start, section.end):
            after = doc.text[found.end() : found.end() + 4]
            if any(name.startswith(after[:2]) for name in _known(doc)):
                yield hit(
                    doc.span(found.start(), found.end()),
                    values={doc.role or "": found[0]},
                    written=found[0],
                    right=right,
                )


def _no_number(doc: CaseDocument, person: Defendant) -> bool:
    """Whether the person's paragraph tells why he has no identity number."""
    told = person.paragraph or person.name.span
    return _WITHOUT_NUMBER.search(doc.text, told.start, told.end) is not None


@check("NAME-003")
def missing_identity(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    if published(doc):
        yield Undecided("无法判断：文书中的人名已作隐名处理，身份要素可能一并删去")
        return
    for person in people(doc):
        grave = [
            name
            for name, field in (("性别", person.sex), ("出生日期", person.birth))
            if field is None
        ]
        other = [
            name
            for name, field in (
                ("公民身份号码", person.id_number),
                ("民族", person.ethnicity),
                ("文化程度", person.education),
                ("职业或者工作单位", person.occupation),
                ("住址或者户籍地", person.residence or person.household),
            )
            if field is None and not (name == "公民身份号码" and _no_number(doc, person))
        ]
        if grave or other:
            yield hit(
                person.name.span,
                severity=None if grave else "minor",
                values={"indictment": None},
                name=person.name.value,
                items="、".join([*grave, *other]),
            )


def _id_problems(person: Defendant, number: str) -> Iterator[tuple[str, Span | None]]:
    total = sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True))
    expected = "10X98765432"[total % 11]
    if number[17].upper() != expected:
        yield f"校验码应为{expected}", None
    birth = person.birth
    if birth is not None and birth.value.precision == "day":
        written = f"{birth.value.date:%Y%m%d}"
        if number[6:14] != written:
            yield f"出生日期段{number[6:14]}与所写出生日期{written}不符", birth.span
    if person.sex is not None:
        of_number = "男" if int(number[16]) % 2 else "女"
        if of_number != person.sex.value[:1]:
            yield f"性别位表示{of_number}性，与所写性别“{person.sex.value}”不符", person.sex.span


@check("NAME-004")
def id_number(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        field = person.id_number
        if field is None:
            continue
        number = re.sub(r"\s", "", field.value)
        if not _ID.fullmatch(number):
            masked = bool(re.search(r"[*＊×xX]{2,}", number))
            if masked:
                yield Undecided(f"无法判断：{person.name.value}的公民身份号码已遮蔽")
            elif number.isalnum():
                yield hit(
                    field.span,
                    values={doc.role or "": number},
                    name=person.name.value,
                    problem=f"共{len(number)}位，应为18位",
                )
            continue
        for problem, other in _id_problems(person, number):
            evidence = [field.span] if other is None else [field.span, other]
            yield hit(
                *evidence,
                values={doc.role or "": number},
                cause=f"birth:{person.name.value}" if "出生日期" in problem else None,
                name=person.name.value,
                problem=problem,
            )


@check("NAME-005")
def age_statements(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        age = age_on(person, first_act(doc))
        if age is None or person.birth is None:
            continue
        stated = [
            c
            for c in doc.circumstances
            if c.key in ("minor_12_16", "minor_16_18")
            and c.polarity == "affirmed"
            and c.speaker in ("prosecution", "court")
            and (person.name.value in c.persons or (not c.persons and len(doc.defendants) == 1))
        ]
        yield from _old(doc, person, age)
        adult = limit("minor_age")
        if stated and age >= adult:
            yield hit(
                stated[0].span,
                person.birth.span,
                values={doc.role or "": age},
                cause=f"birth:{person.name.value}",
                name=person.name.value,
                problem=f"按出生日期计算行为时已满{age}周岁，却认定为未成年人犯罪",
            )
        if limit("responsibility_age") <= age < adult and not _told_young(doc):
            yield hit(
                person.birth.span,
                values={doc.role or "": age},
                cause=f"birth:{person.name.value}",
                confidence=0.7,
                name=person.name.value,
                problem=f"按出生日期计算行为时{age}周岁，全文未写明系未成年人犯罪",
            )


def _old(doc: CaseDocument, person: Defendant, age: int) -> Iterator[Hit]:
    """One who is called old enough for leniency and was not."""
    old = limit("elderly_age")
    assert person.birth is not None
    for said in doc.circumstances:
        of_him = person.name.value in said.persons or (not said.persons and len(people(doc)) == 1)
        told = said.key.startswith("elderly") and said.polarity == "affirmed"
        if told and of_him and said.speaker in ("prosecution", "court") and age < old:
            yield hit(
                said.span,
                person.birth.span,
                values={doc.role or "": age},
                cause=f"birth:{person.name.value}",
                name=person.name.value,
                problem=f"按出生日期计算行为时{age}周岁，却认定已满{old}周岁",
            )
            return


@check("NAME-006")
def below_age(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        age = age_on(person, first_act(doc))
        if age is None or person.birth is None or age >= limit("responsibility_age"):
            continue
        yield hit(
            person.birth.span,
            values={doc.role or "": age},
            cause=f"birth:{person.name.value}",
            name=person.name.value,
            age=age,
        )


def _named(doc: CaseDocument, span: Span) -> set[str]:
    """Defendants named in the sentence that states the charge."""
    return {d.name.value for d in doc.defendants if d.name.value in span.quote}


def _strangers(doc: CaseDocument) -> Iterator[Hit]:
    """Names listed beside an accused that the heading does not introduce."""
    known = _known(doc)
    for section in doc.sections_of("procedure", "reasoning", "operative"):
        for found in _JOINT.finditer(doc.text, section.span.start, section.span.end):
            start = found.start(1)
            for name in found[1].split("、"):
                bare = name.removeprefix("被告人")
                place = start + len(name) - len(bare)
                start += len(name) + 1
                near = any(n in bare or bare in n or close_names(n, bare) for n in known)
                if near or is_masked(bare) or not like_name(bare):
                    continue
                yield hit(
                    doc.span(place, place + len(bare)),
                    doc.defendants[0].name.span,
                    values={doc.role or "": bare},
                    confidence=0.7,
                    cause=f"accused:{bare}",
                    problem=f"此处列有被告人{bare}，首部没有列明",
                )


@check("NAME-014")
def number_of_accused(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    if not doc.defendants:
        yield Undecided("无法判断：未能读出被告人")
        return
    total = len(doc.defendants)
    reasoning = part(doc, "reasoning")
    for section in filter(None, (part(doc, "procedure"), reasoning, part(doc, "operative"))):
        for found in _COUNT.finditer(doc.text, section.start, section.end):
            stated = to_int(found[1])
            if stated > total:
                yield hit(
                    doc.span(found.start(), found.end()),
                    heading(doc) if doc.title else doc.defendants[0].name.span,
                    values={doc.role or "": stated},
                    confidence=0.7,
                    cause="accused-count",
                    problem=f"写作{found[0]}，首部列明{total}人",
                )
    yield from _strangers(doc)
    conclusion = part(doc, "operative") if doc.role == "judgment" else reasoning
    if conclusion is None or total < 2:
        return
    unnamed = [d for d in doc.defendants if d.name.value not in conclusion.quote]
    named = total - len(unnamed)
    if unnamed and named:
        for person in unnamed:
            if person.unit:
                continue
            where = "判决主文" if doc.role == "judgment" else "起诉理由"
            yield hit(
                person.name.span,
                values={doc.role or "": person.name.value},
                cause=f"accused:{person.name.value}",
                problem=f"首部列明的{person.name.value}在{where}中没有出现",
            )
