"""The parts of a document that checks of facts and evidence read: story, list, reasons."""

from __future__ import annotations

import re

from assistant.checks.place import part, published
from assistant.checks.registry import Undecided
from ingestion.model import CaseDocument, SectionKind, Span

_KINDS = re.compile(
    r"认定上述(?:犯罪)?事实的证据(?:如下)?|(?:上述|以上)事实|证实|证据|物证|书证|证人证言|证言"
    r"|被害人(?:的)?陈述|(?:被告人|犯罪嫌疑人)(?:的)?供述(?:[和与、及]辩解)?|鉴定意见"
    r"|勘验|检查|辨认|侦查实验|等?笔录|视听资料|电子数据|[有由以及和与等的\d一二三四五六七八（）()、，。；：.\s]"
)
_CLOSES = re.compile(r"(?:上述|以上)证据(?:收集|来源|均|确实|业|经|，)")
_FOUND = re.compile(r"\s*[^。，\n]{0,20}查明[，：:]?\s*")
_LISTED = re.compile(r"\s*认定[^。，：:\n]{0,12}证据(?:如下)?[：:，]\s*")
_LISTED_WITHIN = re.compile(r"认定[^。，：:\n]{0,12}证据(?:如下|有)?[：:]\s*")
_COMMENT = re.compile(r"罪名成立|本院予以|辩护意见|不予采纳")
_DAY = re.compile(r"\d{4}\s*年|\d{1,2}月\d{1,2}日|[〇○零一二三四五六七八九]{4}年")
_SUMMARY = 200  # characters within which nothing but the accusation in brief is told
ABRIDGED = Undecided(
    "无法判断：公开版本的事实部分只有概括的指控，没有经过，缺完整的事实（可能为摘录）"
)
_FEW = 8  # characters that may remain of a list of bare kinds


def story(doc: CaseDocument) -> Span | None:
    """What the document's author tells as the facts; a court without own facts adopts those
    of the accusation. None too where a prosecutor's "facts" weigh pleas: that is no story.
    """
    kinds: tuple[SectionKind, ...] = ("facts",)
    if doc.role == "judgment":
        kinds = ("facts", "accusation")
    for kind in kinds:
        found = [s.span for s in doc.sections_of(kind)]
        if found:
            # Sections of one kind that follow one another are one story.
            end = found[0].end
            for span in found[1:]:
                end = span.end if span.start <= end + 2 else end
            told = _after(doc, doc.span(found[0].start, end), _FOUND)
            foreign = doc.role == "indictment" and _COMMENT.search(told.quote)
            return None if foreign else told
    return None


def abridged(doc: CaseDocument, told: Span) -> bool:
    """Whether a version for the public gives its story in brief: short, and without any day.

    A draft told like that lacks its story; of a version made for others nobody can say.
    """
    return len(told.quote) < _SUMMARY and not _DAY.search(told.quote) and published(doc)


def all_told(doc: CaseDocument) -> str:
    """The accusation and the finding together: what the reasoning may build on."""
    return "\n".join(s.span.quote for s in doc.sections_of("facts", "accusation"))


def evidence(doc: CaseDocument) -> Span | None:
    """The author's list of evidence, without the sentence that weighs it as a whole.

    What the accuser offered stands in a judgment too.
    """
    listed = doc.sections_of("evidence")
    own = [s.span for s in listed if doc.role != "judgment" or s.speaker == "court"]
    span = next(iter(own), None)
    if span is None:
        return _within_the_facts(doc)
    span = _after(doc, span, _LISTED)
    closes = _CLOSES.search(doc.text, span.start, span.end)
    if closes is not None and closes.start() > span.start:
        return doc.span(span.start, closes.start())
    return span


def _within_the_facts(doc: CaseDocument) -> Span | None:
    """A review report lists the evidence behind each fact, in one section with it."""
    for section in doc.sections_of("facts"):
        found = _LISTED_WITHIN.search(doc.text, section.span.start, section.span.end)
        if found is not None and found.end() < section.span.end:
            closes = _CLOSES.search(doc.text, found.end(), section.span.end)
            return doc.span(found.end(), closes.start() if closes else section.span.end)
    return None


def _after(doc: CaseDocument, span: Span, lead: re.Pattern[str]) -> Span:
    """The stretch without the words that open it."""
    found = lead.match(doc.text, span.start, span.end)
    return doc.span(found.end(), span.end) if found and found.end() < span.end else span


def bare(listed: Span) -> bool:
    """Whether a list of evidence names kinds only (书证；证人证言)."""
    return len(_KINDS.sub("", listed.quote)) <= _FEW


def reasons(doc: CaseDocument) -> str:
    """The whole reasoning."""
    return "\n".join(s.span.quote for s in doc.sections_of("reasoning"))


def own_text(doc: CaseDocument) -> str:
    """The document without the appendix of statutes."""
    appendix = part(doc, "appendix")
    return doc.text[: appendix.start if appendix else len(doc.text)]
