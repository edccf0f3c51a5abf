"""Words and numbers as an official document should write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.place import closing_date, part, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import CaseDocument
from knowledge_base.crime_elements import pattern
from knowledge_base.word_lists import stage_words, style_words

_CHINESE_DAY = re.compile(
    r"[二一][〇○零ＯO０一二三四五六七八九]{3}年[元一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_ARABIC_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_HALF_AND_HALF = re.compile(
    r"(?<![\d一二三四五六七八九十百千万])[一二三四五六七八九][十百千万]+\d{2,}(?=余?元)"
)
_QUOTED = re.compile(
    r"《[^》\n]{0,80}》|[（(][^）)\n]{0,40}(?:修正|修订|通过|施行|公布)[^）)\n]{0,10}[）)]|“[^”\n]{0,200}”"
)
_ENOUGH = 3
_TRANSFERS = re.compile(
    r"(?:之|的)?规定，(?:现|特)?(?:将[^。，]{0,12})?(移送(?:[^。，]{0,12})?审查起诉)"
)
_STORY = ("parties", "procedure", "facts", "evidence", "reasoning")


def _free(doc: CaseDocument) -> list[tuple[int, int]]:
    """Stretches that quote somebody or name a law: their words are not the author's."""
    return [m.span() for m in _QUOTED.finditer(doc.text)]


@check("LANG-003")
def one_way_of_dates(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    quoted, line = _free(doc), closing_date(doc)
    usual = 0
    odd: list[tuple[int, int]] = []
    for section in doc.sections_of("parties", "procedure", "accusation", "facts", "reasoning"):
        start, end = section.span.start, section.span.end
        if line is not None and line.start < end:
            end = max(start, min(end, line.start))
        usual += sum(1 for _ in _ARABIC_DAY.finditer(doc.text, start, end))
        odd += [m.span() for m in _CHINESE_DAY.finditer(doc.text, start, end)]
        for found in _HALF_AND_HALF.finditer(doc.text, start, end):
            yield hit(
                doc.span(*found.span()),
                values={doc.role or "": found[0]},
                written=found[0],
                problem="同一数目汉字与阿拉伯数字混用",
            )
    odd = [(a, b) for a, b in odd if not any(x <= a < y for x, y in quoted)]
    if odd and usual >= max(_ENOUGH, 2 * len(odd)):
        first = doc.span(*odd[0])
        yield hit(
            first,
            values={doc.role or "": first.quote},
            written=first.quote,
            problem="日期用汉字，同一文书正文其他日期用阿拉伯数字",
        )


def _words(doc: CaseDocument, kind: str, *sections: str) -> Iterator[Hit]:
    quoted = _free(doc)
    told: set[str] = set()
    spans = [part(doc, name) for name in sections]  # type: ignore[arg-type]
    for span in filter(None, spans):
        for row in style_words(kind):
            for found in re.finditer(re.escape(row.word), doc.text[span.start : span.end]):
                at, end = span.start + found.start(), span.start + found.end()
                if (
                    row.word in told
                    or any(x <= at < y for x, y in quoted)
                    or doc.text.endswith(row.not_after, 0, at)
                    or doc.text.startswith(row.not_before, end)
                    or any(row.word != w and row.word in w for w in told)
                ):
                    continue
                told.add(row.word)
                yield hit(
                    doc.span(at, end),
                    values={doc.role or "": row.word},
                    written=row.word,
                    advice=f"改为“{row.right}”" if row.right else "删去，只写查明的行为",
                )


@check("LANG-004")
def disparaging(case: CaseFile) -> Iterator[Hit | Undecided]:
    yield from _words(sole(case), "disparaging", *_STORY)


@check("LANG-005")
def colloquial(case: CaseFile) -> Iterator[Hit | Undecided]:
    yield from _words(sole(case), "colloquial", "facts", "reasoning")


@check("LANG-006")
def legal_terms(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    yield from _words(doc, "legal", *_STORY)
    yield from _party_of_civil_law(doc)
    yield from _request_of_the_police(doc)
    yield from _of_another_stage(doc)


def _of_another_stage(doc: CaseDocument) -> Iterator[Hit]:
    """Words that belong to the document of another stage: of the police, of an appeal."""
    if doc.role == "judgment" and doc.instance != "first":
        return
    quoted = _free(doc)
    for row in stage_words():
        for section in doc.sections_of(*row.sections) if row.document == doc.role else ():  # type: ignore[arg-type]
            found = pattern(row.wrong).search(doc.text, section.span.start, section.span.end)
            if found is None or any(x <= found.start() < y for x, y in quoted):
                continue
            yield hit(
                doc.span(found.start(), found.end()),
                values={doc.role or "": found[0]},
                written=found[0],
                advice=f"改为“{row.right}”",
            )
            break


def _request_of_the_police(doc: CaseDocument) -> Iterator[Hit]:
    """An indictment that ends as an opinion of the police does."""
    reasoning = part(doc, "reasoning")
    if doc.role != "indictment" or reasoning is None:
        return
    for found in _TRANSFERS.finditer(doc.text, reasoning.start, reasoning.end):
        yield hit(
            doc.span(found.start(1), found.end()),
            values={"indictment": found[1]},
            written=found[1],
            advice="改为“提起公诉”",
        )


def _party_of_civil_law(doc: CaseDocument) -> Iterator[Hit]:
    """被告 before an accused's name: in a criminal case it is 被告人."""
    if doc.role not in ("indictment", "judgment"):
        return
    for person in doc.defendants:
        found = (
            None
            if person.unit
            else re.search(f"(?<!诉讼)(?<!民事)被告{re.escape(person.name.value)}", doc.text)
        )
        if found is not None:
            yield hit(
                doc.span(found.start(), found.end()),
                values={doc.role: found[0]},
                written=found[0],
                advice=f"改为“被告人{person.name.value}”",
            )
