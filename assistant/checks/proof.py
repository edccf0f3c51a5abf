"""Whether every count is proved by something, and the closing words fit the pleas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.counts import counts
from assistant.checks.place import opening, sentence_around, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.telling import bare, evidence, own_text, story
from ingestion.model import CaseDocument
from knowledge_base.numerals import to_chinese

_KINDS = re.compile(
    r"物证|书证|证言|陈述|鉴定|检验|认定|笔录|视听|录像|视频|电子数据|照片|清单|记录|证明|材料|经过|登记|截图|流水|单据|合同|报告|说明|辨认|决定书|信息"
)
_CONFESSION = re.compile(r"(?:被告人|犯罪嫌疑人)[^，。；]{0,30}(?:供述|供认|辩解)[^，。；]{0,6}")
_OF_COUNT = re.compile(
    r"第([一二三四五六七八九十]{1,3}|\d{1,2})(?:起|笔|节|宗|次)(?:犯罪)?(?:事实)?"
)
_NO_OBJECTION = re.compile(
    r"(?:被告人[^，。；]{0,20}?|各被告人|[二三四五六七八九十]被告人)(?:均)?对(?:上述)?(?:指控的)?(?:犯罪)?事实和证据(?:均)?没有异议"
)
_DENIES = re.compile(
    r"拒不(?:供述|供认|认罪|承认|交代|如实)|否认(?:其|实施|参与|犯罪|指控)|(?:不|未)认罪|(?:未|不|没有)如实供述|零口供|辩称|翻供"
)
_DOUBTED = re.compile(
    r"证据(?:尚|还|仍)?(?:不(?:够)?(?:确实|充分)|不足)|(?:事实|情节)(?:尚|还|仍)?不(?:够)?清(?:楚)?|(?:不足以|尚不能|不能|无法)认定"
)
_OF_THE_CHARGE = re.compile(
    r"应当以[^。；]{2,40}追究|(?:上述|以上|前述)证据[^。；]{0,40}(?:不足以|不能|无法)认定(?:指控|上述|以上|犯罪|全案|[，。；]|$)"
)
_GAVE_IN = re.compile(r"[^。]{0,40}(?:后|现)[^。]{0,16}(?:如实|承认|供认|认罪|认可)")


@check("PROOF-001")
def confession_alone(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    listed = evidence(doc)
    if listed is None:
        yield Undecided("无法判断：未能读出证据部分")
        return
    spoken = _CONFESSION.search(listed.quote)
    rest = _CONFESSION.sub("", listed.quote)
    if spoken is not None and not _KINDS.search(rest):
        start = listed.start + spoken.start()
        yield hit(doc.span(start, listed.start + spoken.end()), values={doc.role or "": None})


def _numbers(doc: CaseDocument, text: str) -> set[int]:
    found = set()
    for match in _OF_COUNT.finditer(text):
        written = match[1]
        number = (
            int(written)
            if written.isdigit()
            else next((n for n in range(1, 41) if to_chinese(n) == written), 0)
        )
        found.add(number)
    return found


@check("PROOF-006")
def count_without_evidence(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told, listed = story(doc), evidence(doc)
    numbered = counts(told.quote) if told is not None else []
    if len(numbered) < 2:
        return
    if listed is None or bare(listed):
        yield Undecided("无法判断：证据部分没有逐起列明证据")
        return
    named = _numbers(doc, listed.quote)
    if len(named) < 2:
        return  # the evidence is listed for all counts together
    lacking = [n for n in range(1, len(numbered) + 1) if n not in named]
    if lacking and not re.search(r"上述[^，。；]{0,6}[各全]|综合证据|全案", listed.quote):
        yield hit(
            opening(doc, listed, 20),
            values={doc.role or "": None},
            counts="、".join(str(n) for n in lacking),
        )


def _not_proved(doc: CaseDocument) -> Iterator[Hit]:
    """An indictment that prosecutes on evidence which it calls insufficient."""
    for section in doc.sections_of("facts", "evidence", "reasoning"):
        for found in _DOUBTED.finditer(doc.text, section.span.start, section.span.end):
            sentence = sentence_around(doc, doc.span(found.start(), found.end()))
            if "提起公诉" not in doc.text or not _OF_THE_CHARGE.search(sentence.quote):
                continue
            yield hit(
                doc.span(found.start(), found.end()),
                values={doc.role or "": found[0]},
                problem=f"提起公诉的案件写作“{found[0]}”",
            )


@check("PROOF-007")
def closing_against_the_pleas(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    text = own_text(doc)
    yield from _not_proved(doc)
    said = _NO_OBJECTION.search(text)
    denied = next(
        (m for m in _DENIES.finditer(text) if not _GAVE_IN.match(text, m.end())),
        None,
    )
    if said is None or denied is None:
        return
    one = len(doc.defendants) == 1
    everyone = "均" in said[0] or "各" in said[0] or one
    names = [d.name.value for d in doc.defendants if d.name.value in said[0]]
    clause = text[max(0, denied.start() - 30) : denied.end()]
    denier = [d.name.value for d in doc.defendants if d.name.value in clause]
    if everyone or (names and set(names) & set(denier)):
        yield hit(
            doc.span(said.start(), said.end()),
            doc.span(denied.start(), denied.end()),
            values={doc.role or "": said[0]},
            problem=f"写有被告人对事实和证据没有异议，另处又写“{denied[0]}”",
        )
