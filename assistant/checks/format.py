"""Title, number, placeholders and required parts of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.place import (
    end_words,
    heading,
    issued,
    opening,
    part,
    published,
    search,
    sole,
)
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import CaseDocument, SectionKind, Span

_TITLES = re.compile(
    r"起\s*诉\s*意\s*见\s*书|不\s*起\s*诉\s*决\s*定\s*书|量\s*刑\s*建\s*议\s*书|起\s*诉\s*书|刑\s*事\s*判\s*决\s*书"
    r"|刑\s*事\s*裁\s*定\s*书|抗\s*诉\s*书|判\s*决\s*书"
)
_OF_ROLE = {
    "opinion": ("起诉意见书",),
    "indictment": ("起诉书",),
    "recommendation": ("量刑建议书",),
    "judgment": ("刑事判决书", "判决书"),
    "non_prosecution": ("不起诉决定书",),
}
_ORGAN = re.compile(r"[\u4e00-\u9fff]{2,25}(?:人民检察院|检察院)")
_NUMBER = re.compile(
    r"[\u4e00-\u9fff（）()]{0,12}?[\u4e00-\u9fffXx×＊*]{1,10}[〔（(［\[﹝【]\s*(\d{4})\s*[〕）)］\]﹞】]"
    r"[\u4e00-\u9fff]{0,3}[\d\u4e00-\u9fff×xX*＊]{1,8}号"
)
_CASE_NUMBER = re.compile(r"[（(〔［]\s*(\d{4})\s*[）)〕］][\u4e00-\u9fff\d]{2,16}?号")
_REGULAR = re.compile(r"[\u4e00-\u9fff（）]{1,10}检[\u4e00-\u9fff]{0,8}〔\d{4}〕\d+号")
_PLACEHOLDER = re.compile(
    r"[×XxＸ＊*]{1,4}年[×XxＸ＊*]{1,2}月(?:[×XxＸ＊*]{1,2}日)?|【[^】]{0,20}】|（此处[^）]{0,20}）|_{2,}"
    r"|[×XxＸ]{1,4}[\u4e00-\u9fff]{0,6}检[\u4e00-\u9fff]{0,6}[〔（(［\[][×XxＸ\d]{1,4}[〕）)］\]][×XxＸ\d]+号"
    r"|〔\s*〕|（\s*）号|第\s*号"
)
_INSTRUCTION = re.compile(
    r"[（(](?:概括|写明|简要|简写|叙写|此处|如有|注明|填写|列举|具体(?:写|叙|列)|根据(?:案件)?(?:具体|实际)情况)"
    r"[^）)。]{4,60}[）)]"
)
"""What a form tells whoever fills it in."""
_REQUEST = re.compile(r"提起公诉|请依法(?:判处|惩处|审判|判决)|依法惩处")
_EVIDENCE = re.compile(
    r"证据(?:如下|有|：|:)|[。；\n]\s*\d[.、]\s*(?:书证|物证|证人证言|视听资料|电子数据|鉴定意见)|(?:上述|以上)[^。]{0,20}(?:事实|证据)[^。]{0,60}证"
)


def _head(doc: CaseDocument) -> str:
    """The lines before the parties."""
    parties = part(doc, "parties")
    return doc.text[: parties.start if parties and parties.start > 0 else 120]


def _title(doc: CaseDocument) -> Span | None:
    return search(doc, _TITLES, 0, max(len(_head(doc)), 1))


def number(doc: CaseDocument) -> Span | None:
    """The document's own number, as written."""
    if doc.number is not None:
        return doc.number.span
    pattern = _CASE_NUMBER if doc.role == "judgment" else _NUMBER
    return search(doc, pattern, 0, len(_head(doc)))


@check("FMT-001")
def wrong_title(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    title = _title(doc)
    expected = _OF_ROLE.get(doc.role or "")
    if expected is None:
        return
    if title is None and number(doc) is None and _ORGAN.search(_head(doc)) is None:
        yield Undecided("无法判断：文书没有首部（机关名称、标题、文号均未见，可能是节录）")
        return
    if title is None:
        yield hit(
            heading(doc), values={doc.role or "": None}, found="没有标题", expected=expected[0]
        )
        return
    written = re.sub(r"\s", "", title.quote)
    if written not in expected:
        yield hit(
            title,
            values={doc.role or "": written},
            found=f"标题写作“{written}”，与文书性质不符",
            expected=expected[0],
        )


def _headless(doc: CaseDocument) -> bool:
    """Whether a version for the public begins after the heading: it was cut, not left out."""
    return published(doc) and doc.title is None and _ORGAN.search(_head(doc)) is None


@check("FMT-002")
def organ_name(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    found = list(_ORGAN.finditer(_head(doc)))
    if doc.type == "unknown":
        yield Undecided("无法判断：文书类型未能识别")
    elif not found and _headless(doc):
        yield Undecided("无法判断：公开版本缺首部（制作机关、标题、文号）")
    elif not found:
        yield hit(heading(doc), found="首部没有制作机关名称")
    elif not found[-1][0].endswith(("人民检察院", "运输检察院", "军事检察院")):
        yield hit(
            doc.span(found[-1].start(), found[-1].end()),
            found=f"首部机关名称“{found[-1][0]}”不是全称",
        )


@check("FMT-004")
def number_form(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    span = number(doc)
    if span is None:
        return
    written = re.sub(r"\s", "", span.quote)
    year = re.search(r"\d{4}", written)
    day = issued(doc)
    later = int(year[0]) - day.year if year and day is not None else 0
    # A judgment's number is that of the filing, which may lie in the year before.
    if year and day is not None and (later > 0 or later < (-1 if doc.role == "judgment" else 0)):
        yield hit(
            span,
            values={doc.role or "": written},
            problem=f"文号年份{year[0]}与落款年份{day.year}不一致",
        )
    if doc.role == "indictment" and not _REGULAR.fullmatch(written) and not published(doc):
        yield hit(
            span,
            confidence=0.6,
            values={"indictment": written},
            problem="文号写法与规范式不符（年份应当用〔〕）",
        )


@check("FMT-005")
def placeholders(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    parties = part(doc, "parties")
    redacted = published(doc)
    absent = number(doc) is None and search(doc, _PLACEHOLDER, 0, len(_head(doc))) is None
    if absent and not _headless(doc):
        yield hit(heading(doc), values={doc.role or "": None}, problem="没有文号")
    for kind in ("heading", "procedure", "reasoning", "closing"):
        section = part(doc, kind)
        if section is None or (parties and parties.start <= section.start < parties.end):
            continue
        for found in _PLACEHOLDER.finditer(doc.text, section.start, section.end):
            in_number = "号" in found[0]
            yield hit(
                doc.span(found.start(), found.end()),
                severity="minor" if in_number and redacted else None,
                confidence=0.5 if in_number and redacted else None,
                problem=f"残留占位符“{found[0]}”",
            )
    if doc.role != "judgment":
        yield from _instructions(doc)


def _instructions(doc: CaseDocument) -> Iterator[Hit]:
    for section in doc.sections_of("procedure", "facts", "evidence", "reasoning", "closing"):
        for found in _INSTRUCTION.finditer(doc.text, section.span.start, section.span.end):
            yield hit(
                doc.span(found.start(), found.end()),
                problem=f"残留样式中的填写说明“{found[0]}”",
            )


_PARTS: tuple[tuple[SectionKind, str, re.Pattern[str]], ...] = (
    ("parties", "被告人基本情况", re.compile(r"被告(?:人|单位)[^。]{1,40}[，,]")),
    ("procedure", "案由和案件的审查过程", re.compile(r"移送(?:审查)?起诉|侦查终结|调查终结")),
    ("facts", "案件事实", re.compile(r"查明")),
    ("evidence", "证据", _EVIDENCE),
    ("reasoning", "起诉的理由和根据", re.compile(r"本院认为")),
)


_OF_JUDGMENT: tuple[tuple[SectionKind, str, re.Pattern[str]], ...] = (
    ("reasoning", "判决理由", re.compile(r"本院认为")),
    ("operative", "判决主文", re.compile(r"判决如下|判处")),
    ("notice", "上诉权告知", re.compile(r"不服本|上诉|终审")),
    ("closing", "审判人员署名和日期", re.compile(r"审\s*判\s*[长员]")),
)
_CLERK = re.compile(r"书\s*记\s*员")
_PROVED = re.compile(r"证据|证实|证言|供述|供认|佐证|证明")


# Of the other kinds, by what opens each part or must be said in it.
_OF_OTHERS: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "opinion": (
        ("犯罪嫌疑人基本情况", re.compile(r"犯罪嫌疑(?:人|单位)[^。]{1,40}[，,]")),
        ("案件来源和侦查经过", re.compile(r"侦查终结|立案|调查终结")),
        ("犯罪事实", re.compile(r"查明|犯罪事实")),
        ("证据", re.compile(r"证据")),
        ("移送起诉的意见", re.compile(r"移送(?:[^。]{0,20})?(?:审查)?起诉|审查起诉")),
    ),
    "recommendation": (
        ("犯罪和法定刑", re.compile(r"法定刑|触犯|构成[^。]{1,30}罪|涉嫌")),
        ("量刑情节", re.compile(r"情节|自首|坦白|累犯|认罪认罚|从犯|主犯|立功")),
        (
            "建议判处的刑罚",
            re.compile(r"建议[^。]{0,60}(?:判处|处以|适用|单处|免)|量刑建议(?:为|：|:)"),
        ),
    ),
    "non_prosecution": (
        ("被不起诉人基本情况", re.compile(r"被(?:附条件)?不起诉(?:人|单位)[^。]{1,40}[，,]")),
        ("案由和案件来源", re.compile(r"移送|侦查终结|调查终结")),
        ("不起诉的理由和根据", re.compile(r"(?:本院|检察院)[^。]{0,20}认为|认为")),
        ("不起诉的决定", re.compile(r"不(?:予)?起诉[。，；]|决定[^。]{0,60}不(?:予)?起诉")),
    ),
}


@check("FMT-006")
def required_parts(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    if doc.role == "judgment":
        yield from _judgment_parts(doc)
        return
    if doc.role in _OF_OTHERS:
        yield from _other_parts(doc, doc.role)
        return
    for index, (kind, name, words) in enumerate(_PARTS):
        if doc.section(kind) is not None or words.search(doc.text):
            continue
        following = [k for k, _, _ in _PARTS[index + 1 :]]
        beside = part(doc, *following)
        yield hit(
            opening(doc, beside) if beside else heading(doc),
            values={"indictment": None},
            part=name,
        )
    if _REQUEST.search(doc.text) is None:
        yield hit(end_words(doc), values={"indictment": None}, part="请求（提起公诉、请依法判处）")


def _judgment_parts(doc: CaseDocument) -> Iterator[Hit | Undecided]:
    if doc.instance == "second":
        return
    appendix = part(doc, "appendix")
    end = appendix.start if appendix else len(doc.text)
    for kind, name, words in _OF_JUDGMENT:
        if doc.section(kind) is not None or words.search(doc.text, 0, end):
            continue
        beside = part(doc, "closing", "operative", "reasoning")
        yield hit(
            opening(doc, beside) if beside else heading(doc),
            severity="moderate",
            confidence=0.7,
            values={"judgment": None},
            part=name,
        )
    yield from _lesser_parts(doc, end)


def _lesser_parts(doc: CaseDocument, end: int) -> Iterator[Hit]:
    """The clerk's name; in a judgment of the ordinary procedure the evidence."""
    closing, reasoning = part(doc, "closing"), part(doc, "reasoning")
    signed = search(doc, _OF_JUDGMENT[-1][2], closing.start if closing else 0, end)
    if signed is not None and not _CLERK.search(doc.text, 0, end):
        yield hit(signed, severity="minor", values={"judgment": None}, part="书记员署名")
    short = doc.procedure in ("summary", "fast_track")
    if reasoning is None or short or doc.section("evidence") is not None:
        return
    if not _PROVED.search(doc.text, 0, reasoning.start):
        yield hit(
            opening(doc, reasoning),
            severity="minor",
            category="evidence",
            values={"judgment": None},
            part="证据和对证据的认定",
        )


def _other_parts(doc: CaseDocument, role: str) -> Iterator[Hit | Undecided]:
    if doc.type != role:
        yield Undecided("无法判断：文书类型未能识别，不能核对必备部分")
        return
    for name, words in _OF_OTHERS[role]:
        if words.search(doc.text) is None:
            yield hit(
                heading(doc), severity="moderate", confidence=0.75, values={role: None}, part=name
            )
