"""Appeals, retrials and rulings: what was attacked, by whom, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingestion.extract.blocks import blocks, field
from ingestion.extract.people import named
from ingestion.model import Appeal, CaseDocument, Disposition, Field

_COURT_NUMBER = (
    r"[〔（(［\[﹝【]\s*[12]\d{3}\s*[〕）)］\]﹞】]\s*"
    r"[^\s，。；、〔（(]{1,16}?第?\s*[\d×xX*]+\s*号(?:之[一二三四\d])?"
)
_NUMBER = re.compile(rf"(?:作出|作的|的|以|对)?\s*(?P<number>{_COURT_NUMBER})")
_TRIED = re.compile(
    r"(?P<court>(?:本院|[一-龥某×]{2,30}?法院))(?=审理|受理|于[^。；，]{4,16}(?:以|对|作出)|作出|[〔（(]\s*\d{4})"
)
_PROTEST = re.compile(
    r"抗诉机关(?:暨原?公诉机关)?\s*[：:]?\s*(?P<organ>[一-龥某×]{2,30}?检察(?:院|分院))"
)
_PROTESTED = re.compile(
    r"(?P<organ>[一-龥某×]{2,30}?检察(?:院|分院))[^。；]{0,60}?(?:提出|提起)(?:了)?抗诉"
)
_APPEALED = re.compile(r"(?:提出|提起|均?不服[^。；]{0,12}?)(?:了)?上诉")
_NAME = re.compile(r"[^，,。；;：:（()）\s、和与]{2,30}")

# The first that fits: a judgment sent back is also 撤销, one changed in part also 维持.
_DISPOSITIONS: tuple[tuple[Disposition, re.Pattern[str]], ...] = (
    ("remanded", re.compile(r"发回[^。；]{0,40}?(?:重新审判|重新审理|重审)|指令[^。；]{0,40}?审")),
    (
        "prosecution_withdrawn",
        re.compile(
            r"准许?(?:予)?[^。；]{0,60}?撤回(?:对[^。；]{0,30}?的?)?(?:起诉|自诉)|准许?[^。；]{0,30}撤诉"
        ),
    ),
    ("appeal_withdrawn", re.compile(r"准许?(?:予)?[^。；]{0,60}?撤回(?:其)?上诉")),
    ("protest_withdrawn", re.compile(r"准许?(?:予)?[^。；]{0,60}?撤回(?:其)?抗诉")),
    ("terminated", re.compile(r"终止(?:对[^。；]{0,30}?的?)?(?:本案的?|案件的?)?审理")),
    ("suspended", re.compile(r"中止(?:对[^。；]{0,30}?的?)?(?:本案的?|案件的?)?审理")),
    ("commuted", re.compile(r"减去|减为|予以减刑|刑期[^。；]{0,12}减")),
    ("paroled", re.compile(r"(?:予以|准予|准许|裁定)[^。；]{0,8}假释|^[^。；]{0,20}假释")),
    ("corrected", re.compile(r"补正|更正|(?:中|书)[^。；]{0,60}应为")),
    ("approved", re.compile(r"核准")),
    ("changed", re.compile(r"撤销|变更|改判")),
    ("upheld", re.compile(r"维持|驳回[^。；]{0,40}?(?:上诉|抗诉|申诉)")),
    ("dismissed", re.compile(r"驳回[^。；]{0,40}?(?:起诉|自诉|申请|请求)|不予受理")),
)


def _disposition(doc: CaseDocument) -> Field[Disposition] | None:
    operative = doc.section("operative")
    if operative is None or (doc.type == "judgment" and doc.instance not in ("second", "retrial")):
        return None
    for value, words in _DISPOSITIONS:
        if match := words.search(doc.text, operative.span.start, operative.span.end):
            return Field[Disposition](value=value, span=doc.span(*match.span()))
    return None


def _appellants(doc: CaseDocument) -> Iterator[Field[str]]:
    """Whoever is titled 上诉人; where nobody is, the accused of whom it says 提出上诉."""
    text = doc.text
    titled = [b for b in blocks(text) if "上诉" in b.title]
    for block in titled:
        at = block.body
        while match := _NAME.match(text, at, block.end):
            yield field(doc, *match.span(), match[0])
            if not text.startswith(("、", "和", "与"), match.end()):
                break
            at = match.end() + 1
    if titled:
        return
    for section in doc.sections_of("procedure", "defence"):
        for said in _APPEALED.finditer(text, section.span.start, section.span.end):
            sentence = max(
                text.rfind("。", section.span.start, said.start()) + 1, section.span.start
            )
            for name in named(doc, sentence, said.start()):
                at = text.index(name, sentence)
                yield field(doc, at, at + len(name), name)
            return


def _protest(doc: CaseDocument) -> Field[str] | None:
    parties = doc.section("parties")
    titled = _PROTEST.search(doc.text, parties.span.start, parties.span.end) if parties else None
    if titled:
        return field(doc, *titled.span("organ"), titled["organ"])
    for section in doc.sections_of("procedure", "accusation"):
        if said := _PROTESTED.search(doc.text, section.span.start, section.span.end):
            return field(doc, *said.span("organ"), said["organ"])
    return None


def _attacked(doc: CaseDocument) -> tuple[Field[str] | None, Field[str] | None]:
    """Court and number of the judgment attacked, as the story of the procedure tells them."""
    court = number = None
    own = doc.number.value if doc.number else ""
    for section in doc.sections_of("procedure", "facts"):
        low, high = section.span.start, section.span.end
        if court is None and (tried := _TRIED.search(doc.text, low, high)):
            value = tried["court"]
            if value == "本院" and doc.court:
                value = doc.court.value
            court = field(doc, *tried.span("court"), value)
        for match in _NUMBER.finditer(doc.text, low, high):
            value = re.sub(r"\s", "", match["number"])
            value = re.sub(r"^[〔（(［\[﹝【](\d{4})[〕）)］\]﹞】]", r"（\1）", value)
            if number is None and value != own and not re.search("申|抗", value):
                number = field(doc, *match.span("number"), value)
    return court, number


def read(doc: CaseDocument) -> None:
    """Fill `disposition` of rulings and appeals, and `appeal` of appeals and retrials."""
    if doc.type not in ("judgment", "ruling"):
        return
    doc.disposition = _disposition(doc)
    if doc.instance not in ("second", "retrial"):
        return
    court, number = _attacked(doc)
    appellants = {a.value: a for a in _appellants(doc)}
    doc.appeal = Appeal(
        original_court=court,
        original_number=number,
        appellants=tuple(appellants.values()),
        protest=_protest(doc),
    )
