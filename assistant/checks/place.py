"""Finding the words a finding points at."""

from __future__ import annotations

import re
from datetime import date

from assistant.casefile import CaseFile
from ingestion.model import CaseDocument, DateValue, Defendant, Field, SectionKind, Span
from ingestion.numerals import chinese_number, find_dates

_SIGNATURE = re.compile(
    r"(?:检\s*察\s*官(?!助理)|检\s*察\s*员|代\s*理\s*检\s*察\s*员|检察长)[：:\s]*[\u4e00-\u9fff×xX*＊·]{0,6}"
)
_ASSISTANT = re.compile(r"检\s*察\s*官\s*助\s*理[：:\s]*[\u4e00-\u9fff×xX*＊·]{0,6}")
_CLOSING_DATE = re.compile(
    r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[二一][〇○零ＯO０0一二三四五六七八九]{3}年[元一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_CLOSING_MONTH = re.compile(
    r"(二[〇○零ＯO０][〇○零ＯO０一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月(?:[一二三四五六七八九十]{1,3}[^\s日]?)?"
)
_CLOSING = 200  # characters at the end among which a judgment bears its date
_MONTHS = 12
_DIGITS = "〇一二三四五六七八九"
_ZEROS = str.maketrans("○零ＯO０", "〇〇〇〇〇")
_ATTACHED = re.compile(r"(?<![\u4e00-\u9fff])附\s*(?:件|项|注)?\s*[：:\n1１一]")
# What follows the act: giving back, compensating, being caught.
_AFTERWARDS = re.compile(
    r"[^，。；]{0,6}(?:退赃|退赔|退缴|退出|赔偿|谅解|投案|自首|被?抓获|归案|到案|刑事拘留|逮捕)"
)
_BLANKED = re.compile(r"[*＊]{2,}|[×Ｘ]{2,}|X{2,}|x{3,}")
_MASK = re.compile(r"[某×＊*Xx]")


def sole(case: CaseFile) -> CaseDocument:
    """The document of a view that holds one."""
    return next(iter(case.documents.values()))


def search(
    doc: CaseDocument, pattern: re.Pattern[str], start: int = 0, end: int | None = None
) -> Span | None:
    """The first stretch of the text that the pattern matches."""
    found = pattern.search(doc.text, start, len(doc.text) if end is None else end)
    return doc.span(found.start(), found.end()) if found and found.end() > found.start() else None


def part(doc: CaseDocument, *kinds: SectionKind) -> Span | None:
    """The first section of one of these kinds, in the order in which they are named."""
    for kind in kinds:
        section = doc.section(kind)
        if section is not None:
            return section.span
    return None


def opening(doc: CaseDocument, span: Span, width: int = 12) -> Span:
    """The first words of a stretch: what is pointed at when the whole would be too long."""
    line = doc.text[span.start : min(span.end, span.start + width)].split("\n")[0]
    return doc.span(span.start, span.start + max(len(line.rstrip()), 1))


def heading(doc: CaseDocument) -> Span:
    """The title, or the first words where there is none."""
    if doc.title is not None:
        return doc.title.span
    start = len(doc.text) - len(doc.text.lstrip())
    return opening(doc, doc.span(start, len(doc.text)))


def request_end(doc: CaseDocument) -> int:
    """Where the reasoning's request ends and the closing should begin."""
    at = doc.text.rfind("提起公诉")
    return max(at, 0)


def signature(doc: CaseDocument) -> Span | None:
    """The line of the prosecutor who signs."""
    return search(doc, _SIGNATURE, request_end(doc))


def assistant_signature(doc: CaseDocument) -> Span | None:
    return search(doc, _ASSISTANT, request_end(doc))


def closing_date(doc: CaseDocument) -> Span | None:
    """The date under the signature, before any attachments."""
    attached = attachments(doc)
    end = attached.start if attached else len(doc.text)
    found = list(_CLOSING_DATE.finditer(doc.text, request_end(doc), end))
    return doc.span(found[-1].start(), found[-1].end()) if found else None


def attachments(doc: CaseDocument) -> Span | None:
    """From 附 after the request to the end of the text."""
    found = _ATTACHED.search(doc.text, request_end(doc))
    return doc.span(found.start(), len(doc.text.rstrip())) if found else None


def end_words(doc: CaseDocument) -> Span:
    """Where something of the closing should stand: signature, date, or the last words."""
    for span in (signature(doc), closing_date(doc)):
        if span is not None:
            return span
    end = len(doc.text.rstrip())
    start = max(doc.text.rfind("。", 0, end - 1) + 1, end - 20, 0)
    return doc.span(min(start, end - 1), end)


def is_masked(name: str) -> bool:
    """Whether a name was made unrecognisable for publication (张某, 李××)."""
    return bool(_MASK.search(name)) or any(c.isdigit() for c in name)


def published(doc: CaseDocument) -> bool:
    """Whether the document is a version with persons made unrecognisable."""
    sign = signature(doc)
    return (
        any(is_masked(d.name.value) for d in doc.defendants)
        or (sign is not None and is_masked(sign.quote))
        or any(d.paragraph and _BLANKED.search(d.paragraph.quote) for d in doc.defendants)
    )


def sentence_around(doc: CaseDocument, span: Span) -> Span:
    """The sentence in which the stretch stands."""
    text = doc.text
    start = max(text.rfind(mark, 0, span.start) for mark in "。；\n") + 1
    ends = [at for at in (text.find(mark, span.end) for mark in "。；\n") if at >= 0]
    end = min(ends, default=len(text))
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return doc.span(start, max(end, span.end))


def issued(doc: CaseDocument) -> date | None:
    """The day the document bears, to the day; read from its last lines where need be."""
    field = doc.dates.get("issued")
    if field is not None and field.value.precision == "day":
        return field.value.date
    line = closing_date(doc) if doc.role == "indictment" else None
    found = find_dates(line.quote) if line else []
    return found[0].value.date if found and found[0].value.precision == "day" else None


def month_of_issue(doc: CaseDocument) -> tuple[Span, date] | None:
    """The closing date of a judgment whose day cannot be read, and the first day of its month."""
    appendix = part(doc, "appendix")
    end = appendix.start if appendix else len(doc.text)
    found = list(_CLOSING_MONTH.finditer(doc.text, max(end - _CLOSING, 0), end))
    if not found:
        return None
    year = int("".join(str(_DIGITS.find(c)) for c in found[-1][1].translate(_ZEROS)))
    month = chinese_number(found[-1][2])
    if not 1 <= month <= _MONTHS:
        return None
    return doc.span(found[-1].start(), found[-1].end()), date(year, month, 1)


def act_day(doc: CaseDocument) -> Field[DateValue] | None:
    """The first day that the story tells and that is nobody's birthday.

    A judgment's story is the court's finding; the accusation it quotes where there is none, or
    where the court adopts it without telling it again.
    """
    kinds: tuple[SectionKind, ...] = ("facts", "accusation")
    stories = [span for kind in kinds if (span := part(doc, kind)) is not None]
    return next((found for story in stories if (found := _first_day(doc, story))), None)


def _first_day(doc: CaseDocument, story: Span) -> Field[DateValue] | None:
    for mention in find_dates(story.quote):
        after = story.quote[mention.end : mention.end + 3]
        rest = story.quote[mention.end : mention.end + 16]
        if _AFTERWARDS.match(rest):
            continue
        if mention.value.precision == "day" and not mention.derived and "生" not in after:
            span = doc.span(story.start + mention.start, story.start + mention.end)
            return Field(value=mention.value, span=span)
    return None


def people(doc: CaseDocument) -> list[Defendant]:
    """Accused natural persons."""
    return [d for d in doc.defendants if not d.unit]
