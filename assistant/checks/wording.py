"""Slips of the pen, punctuation, leftovers of another case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.identity import close_names, like_name
from assistant.checks.leftover import misdirected
from assistant.checks.lexicon import Slip, confusions, misspelt, near_phrases
from assistant.checks.odd_words import odd
from assistant.checks.place import is_masked, part, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.unusual import unusual
from ingestion.model import CaseDocument
from knowledge_base import charges, evidence_classes
from knowledge_base.crime_elements import pattern
from knowledge_base.proofreading import measured_precision

_PAIRS = {"（": "）", "《": "》", "“": "”", "〔": "〕", "【": "】"}
_CLOSERS = {v: k for k, v in _PAIRS.items()}
_DOUBLE = re.compile(r"[，、；：]{2,}|。{2}(?!。)|[，、；：]。|。[，、；：]|（，|，）")
_NO_STOP = re.compile(
    r"(?P<last>[\u4e00-\u9fff）”]{4})\s*\n(?=(?:认定上述|(?:上述|以上)(?:事实|证据|犯罪事实)[，有均]|本院认为|经(?:依法)?审查查明))"
)
"""What opens a part of its own shows that the words before it end one."""
_REPEATED = re.compile(r"([\u4e00-\u9fff][\u4e00-\u9fff，、]{2,24}[\u4e00-\u9fff，、])\1")
_WORD_TWICE = re.compile(
    r"(被告人|被害人|本院|认为|(?<!目)的|了|于|对|在|并|以|及)\1(?!当|确|时|其)"
)
_NOT_TWICE = re.compile(r"的的确|了了|在在|对对")
_ACCUSED = re.compile(
    r"被告人([\u4e00-\u9fff·]{2,6}?)(?=的行为|以非法|违反|明知|醉酒|犯|系|在共同|归案|到案|能|自愿|具有|有期|拘役|管制|如实|认罪|当庭|主动|在|有|曾|据|，|、|。)"
)
_LEAST_REPEAT = 40
_ONCE_MORE = re.compile(r"([\u4e00-\u9fff]{5,20})[，、：]\1(?=[，：。])")
_FINE_DUE = re.compile(r"罚金[^。；）)元]{0,30}(?:缴纳|交纳|缴清)")
_FINE = re.compile(r"罚金[^。；，）)]{0,12}元|单处罚金|并处罚金")


def _body(doc: CaseDocument) -> str:
    appendix = part(doc, "appendix")
    return doc.text[: appendix.start] if appendix else doc.text


def slips_of(body: str) -> Iterator[Slip]:
    """Confusions first; a fixed phrase that covers one of them is the same slip."""
    found = sorted(confusions(body))
    yield from found
    others = sorted(misspelt(body), key=lambda s: (s.start - s.end, s.start))
    for slip in [*others, *near_phrases(body)]:
        if not any(slip.start < s.end and s.start < slip.end for s in found):
            found.append(slip)
            yield slip
    yield from odd(body)
    for repeat in _WORD_TWICE.finditer(body):
        if not _NOT_TWICE.match(body, repeat.start()):
            yield Slip(repeat.start(), repeat.end(), repeat[1])
    for repeat in _ONCE_MORE.finditer(body):
        yield Slip(repeat.start(), repeat.end(), repeat[1])
    for repeat in _REPEATED.finditer(body):
        before = body[repeat.start() - 1 : repeat.start()] or "。"
        if before in "，。；：、\n " and not _listing(repeat[1]):
            yield Slip(repeat.start(), repeat.end(), repeat[1])


def _listing(words: str) -> bool:
    """Names and numbers may honestly stand twice in a row."""
    return bool(re.search(r"某|[×Xx]", words)) or "、" in words


@check("LANG-001")
def slips(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    seen: list[tuple[int, int]] = []
    for slip in slips_of(_body(doc)):
        if any(slip.start < end and start < slip.end for start, end in seen):
            continue
        seen.append((slip.start, slip.end))
        span = doc.span(slip.start, slip.end)
        yield hit(span, values={doc.role or "": span.quote}, written=span.quote, right=slip.right)
    for slip in unusual(doc, _body(doc)):
        if any(slip.start <= end and start <= slip.end for start, end in seen):
            continue
        span = doc.span(slip.start, slip.end)
        yield hit(
            span,
            values={doc.role or "": span.quote},
            confidence=measured_precision("shown"),
            written=span.quote,
            right=slip.right,
        )


@check("LANG-002")
def punctuation(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    body = _body(doc)
    for found in _DOUBLE.finditer(body):
        yield hit(
            doc.span(found.start(), found.end()), written=found[0], problem="标点重复或者连用不当"
        )
    for found in _NO_STOP.finditer(body):
        yield hit(
            doc.span(found.start("last"), found.end("last")),
            confidence=0.7,
            written=found["last"],
            problem="段末没有句号",
        )
    start = 0
    for line in body.split("\n"):
        yield from _unpaired(doc, line, start)
        start += len(line) + 1


def _unpaired(doc: CaseDocument, line: str, start: int) -> Iterator[Hit]:
    open_marks: list[tuple[str, int]] = []
    for offset, mark in enumerate(line):
        if mark in _PAIRS:
            open_marks.append((mark, offset))
        elif mark in _CLOSERS:
            if open_marks and open_marks[-1][0] == _CLOSERS[mark]:
                open_marks.pop()
            elif any(m == _CLOSERS[mark] for m, _ in open_marks):
                while open_marks and open_marks[-1][0] != _CLOSERS[mark]:
                    yield _single(doc, start, *open_marks.pop())
                open_marks.pop()
            else:
                yield _single(doc, start, mark, offset)
    for mark, offset in open_marks:
        # What opens with the last character belongs to the appendix that follows.
        if line[offset + 1 :].strip() or start + len(line) >= len(doc.text.rstrip()):
            yield _single(doc, start, mark, offset)


def _single(doc: CaseDocument, start: int, mark: str, offset: int) -> Hit:
    at = start + offset
    end = min(at + 8, len(doc.text)) if mark in _PAIRS else at + 1
    place = doc.span(at if mark in _PAIRS else max(at - 7, 0), end)
    return hit(place, confidence=0.7, written=mark, problem="不成对")


@check("LANG-008")
def leftovers(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    known = [n.value for d in doc.defendants for n in (d.name, *d.aliases)]
    if not known:
        yield Undecided("无法判断：未能读出被告人姓名")
        return
    seen = set()
    for section in doc.sections_of("reasoning", "operative", "procedure", "attachments"):
        for found in _ACCUSED.finditer(doc.text, section.span.start, section.span.end):
            name = found[1]
            if charges.match(f"{name}罪"):
                continue
            strange = not any(n in name or name in n or close_names(n, name) for n in known)
            if strange and not is_masked(name) and name not in seen and like_name(name):
                seen.add(name)
                yield hit(
                    doc.span(found.start(1), found.end(1)),
                    values={doc.role or "": name},
                    what=f"“被告人{name}”不是本案首部列明的被告人",
                )
    yield from _copied(doc)
    yield from _fine_not_imposed(doc)
    yield from _foreign_evidence(doc)
    yield from misdirected(doc)


def _foreign_evidence(doc: CaseDocument) -> Iterator[Hit]:
    """Evidence that only another sort of case has, of which the text says nothing else."""
    for section in doc.sections_of("evidence"):
        for row in evidence_classes.of_cases():
            named = pattern(row.evidence)
            found = named.search(doc.text, section.span.start, section.span.end)
            if found is None:
                continue
            rest = named.sub("", _body(doc))
            if not pattern(row.needs).search(rest):
                yield hit(
                    doc.span(found.start(), found.end()),
                    category="evidence",
                    values={doc.role or "": found[0]},
                    what=f"列有“{found[0]}”，全文没有与之相应的事实",
                )


def _fine_not_imposed(doc: CaseDocument) -> Iterator[Hit]:
    """When a fine is to be paid, in a judgment that imposes none on anybody."""
    operative = part(doc, "operative")
    if doc.role != "judgment" or operative is None or not doc.defendants:
        return
    told = [s for d in doc.defendants for s in (*d.sentences, *filter(None, (d.combined,)))]
    if not told or any(s.fine_fen is not None or s.fine_only for s in told):
        return
    found = _FINE_DUE.search(doc.text, operative.start, operative.end)
    if found is not None and not _FINE.search(operative.quote):
        yield hit(
            doc.span(found.start(), found.end()),
            severity="minor",
            values={"judgment": found[0]},
            what="没有判处罚金，却写有罚金的缴纳期限",
        )


def _copied(doc: CaseDocument) -> Iterator[Hit]:
    """A long passage that stands twice in one part."""
    for section in doc.sections_of("parties", "accusation", "facts", "reasoning", "procedure"):
        seen: dict[str, int] = {}
        start = section.span.start
        for sentence in re.split(r"(?<=[。\n])", section.span.quote):
            words = sentence.strip()
            # Co-accused may have come into custody alike: of them only whole persons count.
            stands = section.kind != "parties" or words.startswith("被告人")
            if len(words) >= _LEAST_REPEAT and words in seen and stands:
                at = doc.text.find(words, start)
                yield hit(
                    doc.span(at, at + len(words)),
                    values={doc.role or "": None},
                    what="同一段文字重复出现",
                )
            seen.setdefault(words, start)
            start += len(sentence)
