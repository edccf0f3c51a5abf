"""The defendants: who they are, from the parties' paragraphs and from nowhere else.

An accusation, an appearance in court or a victim's paragraph makes nobody a defendant.
Only a document without any party's paragraph (a recommendation, a fragment) gives its
persons in the first sentence that accuses them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingestion.extract.blocks import Block, blocks, clauses, field
from ingestion.extract.counsel import read_counsel
from ingestion.extract.measures import read_custody_place, read_measures
from ingestion.extract.personal import read_birth_elsewhere, read_person
from ingestion.extract.priors import read_priors
from ingestion.model import CaseDocument, Defendant

_NAME_CHARACTER = r"[\u3400-\u9fff〇×✕＊*XxＸ某0-9□]"
_SHORT = re.compile(rf"{_NAME_CHARACTER}{{2,5}}(?:（[\u4e00-\u9fff]）)?")
_SPACED = re.compile(r"([\u4e00-\u9fff])[ 　]([\u4e00-\u9fff])(?=[，,（(])")
_DOTTED = re.compile(r"[\u3400-\u9fffA-ZXx某×*]+(?:\s?[·•．・‧∙]\s?[\u3400-\u9fffA-Za-z某×*]+)+")
_LATIN = re.compile(r"[A-Z][A-Za-z.'\-]+(?:\s[A-Za-z.'\-]+){0,5}")
_LONG = re.compile(
    r"(?:(?![因罪被案犯]|涉嫌)[\u4e00-\u9fff]){5,12}(?=[，,（(](?:男|女|性别|曾用名|别名|绰号|又名|[\u4e00-\u9fff]{1,5}族|生于|[12]\d{3}年|外国))"
)
_CUT = re.compile(
    rf"{_NAME_CHARACTER}{{2,4}}?(?=因|于|曾|男|女|犯|被|系|自|在|以|对|现|的|及其|涉嫌|均|伙同|\d{{4}}年|等[一二三四五六七八九十\d])"
)
_SELF_REPORTED = re.compile(r"自报(?:姓名|名)?[为:：]?\s*|自称|姓名[:：]\s*")
# A form's next label may touch the name where its blank was lost: 姓名：石磊性别：男.
_RAW = re.compile(r"(?:(?!性别[：:])[^，,。；;：:（()）\s、和与])+")
_UNIT = re.compile(r"[^，,。；;：:\s]{3,60}?(?=[，,。；;：:\s]|（(?:以下|下称|简称|原名|原))")
_JOINT = re.compile(r"[、和与]\s*(?:(?:原审)?被告人|犯罪嫌疑人)?")
_GOES_ON = re.compile(r"因|于|曾|犯|被|系|在|[12]\d{3}年")
_ACCUSED = re.compile(
    r"(?:被告人|犯罪嫌疑人|被告单位)(?=[^，。；\s]{2,60}?(?:涉嫌|犯|被控|的行为|触犯))"
)


def _name_at(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name that stands at `start`, or None where the words there are no name."""
    lead = _SELF_REPORTED.match(text, start, end)
    start = lead.end() if lead else start
    for pattern in (_DOTTED, _SPACED, _LATIN, _LONG):
        if match := pattern.match(text, start, end):
            return match.span()
    raw = _RAW.match(text, start, end)
    if raw is None:
        return None
    if _SHORT.fullmatch(text, start, raw.end()) and raw.end() - start <= 4:
        cut = _CUT.fullmatch(text, start, raw.end())
        return (start, (cut or raw).end())
    if cut := _CUT.match(text, start, raw.end()):
        return cut.span()
    return (start, raw.end()) if _SHORT.fullmatch(text, start, raw.end()) else None


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names of a joint line (甲、乙、丙), or the one name."""
    while place := _name_at(text, start, end):
        yield place
        joint = _JOINT.match(text, place[1], end)
        if joint is None:
            return
        start = joint.end()


def _unit_name(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    match = _UNIT.match(text, start, end)
    if match:
        yield match.span()


def _clean(name: str) -> str:
    return re.sub(r"\s+", "", name) if not name.isascii() else name


class _Register:
    """Defendants in order of appearance; a repeated name continues its person."""

    def __init__(self, doc: CaseDocument) -> None:
        self.doc = doc
        self.people: list[Defendant] = []

    def add(self, start: int, end: int, unit: bool, block_start: int, block_end: int) -> Defendant:
        name = _clean(self.doc.text[start:end])
        for known in self.people:
            if known.name.value == name:
                first = known.paragraph.start if known.paragraph else block_start
                known.paragraph = self.doc.span(first, block_end)
                return known
        person = Defendant(
            name=field(self.doc, start, end, name),
            unit=unit,
            paragraph=self.doc.span(block_start, block_end),
        )
        self.people.append(person)
        return person


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _places(register: _Register, block: Block, end: int) -> list[tuple[int, int]]:
    """Where the block's names stand; a paragraph may go on about a person known already."""
    text = register.doc.text
    for known in register.people:
        stop = block.body + len(known.name.value)
        if text.startswith(known.name.value, block.body) and _GOES_ON.match(text, stop):
            return [(block.body, stop)]
    return list((_unit_name if block.kind == "unit" else _names)(text, block.body, end))


def _read_block(register: _Register, block: Block) -> list[Defendant]:
    doc, text = register.doc, register.doc.text
    end = _trimmed(text, block.start, block.end)
    places = _places(register, block, end)
    known = len(register.people)
    people = [register.add(*p, block.kind == "unit", block.start, end) for p in places]
    for person in people[: 1 if len(register.people) == known else None]:
        body = places[-1][1]
        story = read_person(doc, person, body, end)
        person.priors.extend(read_priors(doc, story, end))
        person.measures.extend(read_measures(doc, story, end))
        person.custody_place = person.custody_place or read_custody_place(doc, story, end)
    return people


def _from_accusation(doc: CaseDocument) -> list[Defendant]:
    """The persons of the first accusing sentence, for a text that has no parties' part."""
    register = _Register(doc)
    match = _ACCUSED.search(doc.text)
    if match:
        low, high = next(clauses(doc.text, match.start(), len(doc.text), "。；;\n"))
        for place in _names(doc.text, match.end(), high):
            register.add(*place, doc.text.startswith("被告单位", low), low, high)
    return register.people


def read_defendants(doc: CaseDocument) -> list[Defendant]:
    """The defendants of `doc` in order, with all that its parties' part says of them."""
    register = _Register(doc)
    current: list[Defendant] = []
    part = doc.section("parties") if doc.type in ("plea", "report") else None
    for block in blocks(doc.text, (part.span.start, part.span.end) if part else None):
        if block.kind in ("defendant", "unit"):
            current = _read_block(register, block) or current
        elif block.kind == "counsel":
            read_counsel(doc, block, register.people, current)
        elif current and block.title == "法定代理人":
            # Nobody takes measures against a representative: what follows is the minor's again.
            current[-1].measures.extend(read_measures(doc, block.body, block.end))
    if len(register.people) == 1 and not register.people[0].unit:
        read_birth_elsewhere(doc, register.people[0])
    return register.people or _from_accusation(doc)
