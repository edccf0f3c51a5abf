"""A judgment that contradicts itself: its reasons against its facts, its answer against itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from assistant.casefile import CaseFile
from assistant.checks.against_verdict import against_its_ground, against_the_verdict
from assistant.checks.lexicon import one_apart
from assistant.checks.place import opening, part, people, search, sentence_around, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import Amount, CaseDocument, Span
from ingestion.numerals import chinese_number
from knowledge_base import crimes

_FORGIVEN = re.compile(
    r"(?<!未)(?<!没有)(?<!未能)(?<!未予)(?:取得|获得|得到|征得)了?[^，。；未]{0,14}谅解"
    r"|(?<!不)(?:表示|予以|出具)[^，。；未不]{0,8}谅解"
)
_UNFORGIVEN = re.compile(r"(?:未能?|没有|尚未)(?:取得|获得|得到)了?[^，。；]{0,14}谅解|不予谅解")
_ANY_FORGIVENESS = re.compile(r"谅解|和解|撤诉|不予追究|不再追究|不追究|调解")
_DEGREE = r"轻微伤|轻伤|重伤"
_INFLICTED = re.compile(
    rf"(?:致|造成)(?:被害人)?[\u4e00-\u9fff某]{{0,6}}?(?:身体)?(?:受到?)?(?P<degree>{_DEGREE})"
)
_AFTER_DEGREE = re.compile(r"以上|的，|或者|、死亡")
_ANY_DEGREE = re.compile(_DEGREE)
_REPAYS = re.compile(r"退赔|追缴|赔偿|返还|发还")
_GRAMS = re.compile(r"(?<![\d.．千万余])(\d+(?:\.\d+)?)克")
_AS_LAW = re.compile(r"以上|以下|不满|余|多|左右|许|[^，。；]{0,4}标准")
_MOST_WEIGHTS = 10
_HURT = re.compile(r"(?P<number>[二两三四五六七八九])人(?P<degree>轻微伤|轻伤|重伤)")
_MANY_HURT = re.compile(r"[二两三四五六七八九十]人|[二三四五六七八九十\d]名|均|分别|等人|各")
_MOST_PARTS = 4
_MANY_DIGITS = 1_000_00
"""Fen from which two honest sums hardly differ in one digit alone."""
_POINTS_ABOVE = re.compile(r"辩护人的?(?:上述|前述)[^，。；]{0,4}意见|(?<!与)(?:上述|前述)辩护意见")
_POINTS_TOLD = re.compile(
    r"辩护人?[^。]{0,60}(?:提出|认为|辩称|提请|请求|建议|意见[是为：:，])|辩护意见|辩称|(?<![和与及])辩解"
    r"|(?:被告人|上诉人)[^。]{0,30}(?:提出|认为)"
)
_ROOM = re.compile(r"(?<!\d)(?P<number>\d{3,4})(?P<kind>号?(?:房间?|室|包厢|包间))")
_GROUNDS = r"(?:事实|法律)[^，。；]{0,8}(?:依据|根据)"
_REFUTED = rf"(?:不能?成立|没有{_GROUNDS}|无{_GROUNDS}|于法无据|与[^，。；]{{0,12}}不符)"
_SO = r"，?(?:故|因此|依法|对此)?，?(?:本院)?(?:依法)?(?:均)?"
_AGAINST_ITSELF = re.compile(
    rf"{_REFUTED}{_SO}(?:予以|应予)(?:采[纳信]|支持)"
    rf"|(?:理由|意见|辩解)(?:充分|成立|有理|属实|于法有据){_SO}不予(?:采[纳信]|支持)"
)


@check("REAS-010")
def conclusion_against_its_reason(case: CaseFile) -> Iterator[Hit | Undecided]:
    """A point refuted and followed in one breath, or found good and turned down; reasons that
    speak against the verdict or against what they rest on."""
    doc = sole(case)
    yield from against_the_verdict(doc)
    yield from against_its_ground(doc)
    for section in doc.sections_of("facts", "reasoning"):
        for found in _AGAINST_ITSELF.finditer(doc.text, section.span.start, section.span.end):
            yield hit(
                doc.span(found.start(), found.end()),
                values={doc.role or "": found[0]},
                written=found[0],
            )


@check("REAS-011")
def reasons_against_facts(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    reasoning = part(doc, "reasoning")
    if reasoning is None:
        return
    if len(people(doc)) == 1:
        yield from _forgiveness(doc, reasoning)
    yield from _forgiven_unseen(doc, reasoning)
    yield from _weights(doc, reasoning)
    yield from _hurt(doc, reasoning)
    yield from _injury(doc, reasoning)
    yield from _repayment(doc)
    yield from _untold_points(doc, reasoning)
    yield from _rooms(doc)


def _told(doc: CaseDocument, pattern: re.Pattern[str]) -> Span | None:
    """Where the facts, as found or as brought, say so."""
    for section in doc.sections_of("facts", "accusation"):
        found = search(doc, pattern, section.span.start, section.span.end)
        if found is not None:
            return found
    return None


def _forgiveness(doc: CaseDocument, reasoning: Span) -> Iterator[Hit]:
    """Forgiven in the facts and not in the reasons, or the other way round."""
    for said, told in ((_UNFORGIVEN, _FORGIVEN), (_FORGIVEN, _UNFORGIVEN)):
        here = search(doc, said, reasoning.start, reasoning.end)
        there = _told(doc, told)
        both = _told(doc, said) or search(doc, told, reasoning.start, reasoning.end)
        if here is not None and there is not None and both is None:
            yield hit(
                here,
                there,
                category="circumstance",
                values={doc.role or "": here.quote},
                said=here.quote,
                told=there.quote,
            )


def _forgiven_unseen(doc: CaseDocument, reasoning: Span) -> Iterator[Hit]:
    """Forgiveness in the reasons of which nothing before them tells."""
    here = search(doc, _FORGIVEN, reasoning.start, reasoning.end)
    facts = part(doc, "facts")
    if doc.instance != "first" or here is None or facts is None:
        return
    if _ANY_FORGIVENESS.search(doc.text, 0, reasoning.start):
        return
    yield hit(
        here,
        opening(doc, facts),
        severity="minor",
        category="circumstance",
        values={doc.role or "": here.quote},
        said=here.quote,
        told="没有写到谅解",
    )


def _injury(doc: CaseDocument, reasoning: Span) -> Iterator[Hit]:
    """A degree of injury in the reasons of which the text before them never spoke."""
    charged = [name for person in people(doc) for name in person.verdicts]
    rules = [crimes.crime(name, None) for name in charged]
    if not any(rule is not None and rule.basis == "injury" for rule in rules):
        return
    before = doc.text[: reasoning.start]
    degrees = set(_ANY_DEGREE.findall(before))
    for found in _INFLICTED.finditer(doc.text, reasoning.start, reasoning.end):
        if _AFTER_DEGREE.match(doc.text, found.end()) or found["degree"] in degrees or not degrees:
            continue
        first = _ANY_DEGREE.search(doc.text)
        yield hit(
            doc.span(found.start(), found.end()),
            *([doc.span(first.start(), first.end())] if first else []),
            category="fact",
            values={doc.role or "": found["degree"]},
            said=found[0],
            told="、".join(sorted(degrees)),
        )
        return


def _weights(doc: CaseDocument, reasoning: Span) -> Iterator[Hit]:
    """Grams in the reasons that the facts neither tell nor add up to."""
    grams = [_milligrams(m) for m in _GRAMS.finditer(doc.text, 0, reasoning.start)]
    if not grams or len(set(grams)) > _MOST_WEIGHTS:
        return
    for found in _GRAMS.finditer(doc.text, reasoning.start, reasoning.end):
        if _AS_LAW.match(doc.text, found.end()) or _adds_up(_milligrams(found), grams):
            continue
        first = _GRAMS.search(doc.text)
        yield hit(
            doc.span(found.start(), found.end()),
            *([doc.span(first.start(), first.end())] if first else []),
            severity="minor",
            category="amount",
            values={doc.role or "": found[0]},
            said=found[0],
            told="、".join(f"{one / 1000:g}克" for one in dict.fromkeys(grams)),
        )
        return


def _milligrams(found: re.Match[str]) -> int:
    return round(float(found[1]) * 1000)


def _hurt(doc: CaseDocument, reasoning: Span) -> Iterator[Hit]:
    """More persons hurt in the reasons than the facts name with that degree."""
    told = [s.span.quote for s in doc.sections_of("facts", "accusation")]
    for found in _HURT.finditer(doc.text, reasoning.start, reasoning.end):
        number, degree = chinese_number(found["number"].replace("两", "二")), found["degree"]
        counts = [text.count(degree) for text in told]
        stated = any(_MANY_HURT.search(text) for text in told)
        if not counts or stated or not 0 < max(counts) < number:
            continue
        yield hit(
            doc.span(found.start(), found.end()),
            severity="minor",
            category="fact",
            values={doc.role or "": found[0]},
            said=found[0],
            told=f"只写到{max(counts)}处{degree}",
        )
        return


def _slip_of(fen: int, other: int, swapped_only: bool = False) -> bool:
    """Whether one number is the other with two digits changed over, or one digit of many wrong."""
    one, two = str(fen), str(other)
    if len(one) != len(two) or one == two:
        return False
    apart = [at for at in range(len(one)) if one[at] != two[at]]
    if len(apart) == 1:
        return other >= _MANY_DIGITS and not swapped_only
    return len(apart) == 2 and one[apart[0]] == two[apart[1]] and one[apart[1]] == two[apart[0]]


def _untold_points(doc: CaseDocument, reasoning: Span) -> Iterator[Hit]:
    """上述辩护意见 where the text before tells none."""
    found = search(doc, _POINTS_ABOVE, reasoning.start, reasoning.end)
    if found is None or _POINTS_TOLD.search(doc.text, 0, found.start):
        return
    yield hit(
        found,
        category="reasoning",
        values={doc.role or "": found.quote},
        said=found.quote,
        told="（前文没有记载任何辩护意见）",
    )


def _rooms(doc: CaseDocument) -> Iterator[Hit]:
    """A room told once whose number is another's but for one digit, not in a sentence with it.

    Neighbouring rooms are told side by side; a slip stands alone.
    """
    numbers = Counter(m["number"] for m in _ROOM.finditer(doc.text))
    for found in _ROOM.finditer(doc.text):
        written = found["number"]
        if numbers[written] > 1:
            continue
        place = doc.span(found.start(), found.end())
        sentence = sentence_around(doc, place).quote
        for other, times in numbers.items():
            if times > 1 and other not in sentence and one_apart(written, other):
                at = doc.text.index(other)
                yield hit(
                    place,
                    doc.span(at, at + len(other)),
                    severity="minor",
                    confidence=0.6,
                    category="fact",
                    values={doc.role or "": found[0]},
                    said=found[0],
                    told=f"{other}{found['kind']}",
                )


def _adds_up(fen: int, sums: list[int]) -> bool:
    """Whether the sum is one of these, or a few of them added or taken from one another."""
    distinct = list(dict.fromkeys(sums))[:14]
    for count in range(1, min(_MOST_PARTS, len(distinct)) + 1):
        for chosen in combinations(distinct, count):
            if fen in (sum(chosen), 2 * max(chosen) - sum(chosen)):
                return True
    return fen in (sum(sums), sum(distinct))


def _repayment(doc: CaseDocument) -> Iterator[Hit]:
    """A sum ordered to be repaid, or weighed, that the facts know only with its digits changed."""
    for one in doc.amounts:
        ordered = one.section == "operative" and _repays(doc, one)
        weighed = one.section == "reasoning" and one.role != "fine" and not one.fuzzy
        later = ("operative", "appendix") if ordered else ("operative", "appendix", "reasoning")
        told = [a for a in doc.amounts if a.section not in later]
        if not (ordered or weighed) or _adds_up(one.fen, [a.fen for a in told]):
            continue
        # The law's own sums stand in the reasons too: there only two digits changed over tell.
        slips = [a for a in told if a.role != "fine" and _slip_of(one.fen, a.fen, weighed)]
        if slips:
            yield hit(
                one.span,
                slips[0].span,
                category="amount",
                values={doc.role or "": one.fen},
                said=f"{'判决主文' if ordered else '判决理由'}的{one.span.quote}",
                told=slips[0].span.quote,
            )


def _repays(doc: CaseDocument, amount: Amount) -> bool:
    """Whether the clause orders that the sum be given back."""
    if amount.role == "fine" or amount.fuzzy or amount.currency != "CNY":
        return False
    start = max(doc.text.rfind(mark, 0, amount.span.start) for mark in "。；")
    return _REPAYS.search(doc.text, start + 1, amount.span.start) is not None
