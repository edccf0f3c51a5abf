"""Cuts a document into its parts, each with one function and one speaker.

Works on text with or without line breaks. Parts follow each other without overlap; a part
that the document does not have is not there. The appendix, where judgments print whole
statutes, is cut first, so that nothing in it is ever read as the court's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from ingestion.anchors import (
    ANSWERS_DEFENCE,
    HEADING_LEAD,
    HEADINGS,
    ORDERED,
    REPORT_ANSWER,
    REPORT_SIGNED,
    Anchor,
)
from ingestion.classify import ROLES
from ingestion.model import DocumentType, Section, SectionKind, SourceDocument, Speaker

# Start offset, kind and speaker; a part runs to the start of the next one.
Mark = tuple[int, SectionKind, Speaker]

# --------------------------------------------------------------------------- judgments

_OPERATIVE = re.compile(
    r"(?=[判改])(?:(?:判决|改判)如下\s*[：:；;，,。]?|判决\s*[：:]\s*(?=[一1]、|被告))"
)
_RULING = re.compile(r"裁定如下\s*[：:；;，,。]?|裁定\s*[：:]\s*(?=[一1]、|[准驳终中撤对])")
_CLOSING = re.compile(
    r"(?:(?<=[\s。）)；;])|(?<=一份)|(?<=二份)|(?<=两份))"
    r"(?:代理|助理|独任)?\s{0,2}(?:审\s*判\s*[长员]|人\s*民\s*陪\s*审\s*员)"
)
_NOTICE = re.compile(
    r"(?:(?:被告人|当事人|原告人|各方)[^。，；]{0,20})?(?:如果?|若|对)?(?:被告人)?不服(?:本|上述|一审)"
    r"|如不服|本(?:判决|裁定)[为系是]终审|本判决(?:系|为)终审"
)
_APPENDIX = re.compile(
    r"(?<![一-龥，、])附\s*[：:（(]|(?<![一-龥，、])附\s*(?:本|相关|有关|所|适用|法律|裁判|引用|判决|主要|《|中华|刑法|法条|据以|依据|录|页)"
    r"|(?:相关|适用|引用|依据|有关|涉及|援引)的?(?:主要)?(?:法律|法条|刑法)(?:条文|条款|规定|依据)?"
    r"|《?中华人民共和国刑(?:法|事诉讼法)》?\s*[:：]?\s*第[^。，]{1,12}条(?:之[一二三])?[^、，及和]"
)
_REASONING = re.compile(r"本院(?:经(?:依法)?(?:审理|审查|合议庭评议)[，,后]?)?认为")
_CITES = re.compile(
    r"(?:(?:据此|为此|综上(?:所述)?|(?<![一-龥])[故现])[，,、]?\s*)?(?:依照|依据|根据|按照|适用|依|(?<=[，。])照(?=《))"
    r"(?=[^。；，]{0,30}?(?:《|〈|刑法|第[^。，]{1,8}条))"
)
_TRIAL_OVER = re.compile(r"(?:已|本案)(?:经)?(?:公开)?审理终结|已开庭审理终结|现已审结|审理终结")

# The web heading (张某盗窃一案一审刑事判决书) names the parties before the real title does.
_JUDGMENT_TITLE = re.compile(r"(?:判\s*决|裁\s*定)\s*书(?=\s|[（(〔\[【\d]|$)")
_REPORT_TITLE = re.compile(
    r"(?:报\s*告|意\s*见\s*书)(?:[（(][^）)]{1,12}[）)])?"
    r"(?:\s*[^\s，。；：、]{1,20}?[〔（(［\[]\s*\d{4}\s*[〕）)］\]][^\s，。；：、\d]{0,6}?\d+\s*号)?"
)
_LEAD = re.compile(HEADING_LEAD, re.MULTILINE)
_PARTY = re.compile(
    r"原?公诉机关|抗诉机关|被告(?:人|单位)|(?:原审)?附带民事诉讼原告|上诉人|原审被告|自诉人|罪犯"
)
# The sentence that tells who prosecuted whom, by which document and when.
_PROSECUTION = re.compile(
    r"(?!被告(?:人|单位)[^。；]{0,20}对)[^。；\s]{0,60}?(?:检察院|公诉机关|检察机关)[^。；\s]{0,60}?(?:指控(?![：:，,])|提起公诉)"
    r"|[^。；\s]{2,60}?起诉书[^。；]{0,4}指控被告|[^。；\s]{2,30}法院审理[^。]{0,80}?指控"
)

_Rule = tuple[SectionKind, Speaker, re.Pattern[str]]

# What the first words of a sentence say about the part that begins with it.
_RULES: list[_Rule] = [
    (
        "facts",
        "court",
        re.compile(
            r"(?:[，,]?本院)?(?:经(?:本院)?(?:依法)?(?:公开)?(?:开庭)?(?:审理|审查|复核|庭审|法庭审理)"
            r"(?:后)?[，,]?(?:依法|本院|[二再]审)?(?:查明|认定|确认|发现)|经?(?:本院)?经?[二再]审(?:期间)?[，,]?[另还又]?经?(?:本院)?(?:审理|调查)?(?:查明|核实)|(?:经|本院)?(?:审理)?查明|(?:另|又|再|还|同时)(?:经)?(?:审理)?查"
            # 检察院指控并经审理查明: what is charged is found in the same words.
            r"|[^。；：]{2,60}?指控[，,]?并?[，,]?经(?:本院)?(?:依法)?(?:公开)?(?:开庭)?审理(?:后)?查明"
            r"|(?:原判|原审|一审)(?:法院)?(?:判决)?(?:认定|查明|审理查明)(?!(?:上述|以上)[^。，]{0,8}事实[的，]?有|[^。]{0,40}(?:有误|不当|错误))"
            # What happens during the trial the court tells, whoever spoke before.
            r"|(?:在)?(?:本案|案件)?(?:在)?(?:法院|本院)?审理(?:期间|过程中|中)[，,]"
            r"(?![^。；]{0,40}?(?:辩称|辩解|辩护|提出|异议|意见|表示|认罪|供认|承认|自愿|公诉|检察|建议|代理人))"
            r"|[一-龥]{2,20}法院(?:判决|原判|审理)?(?:认定|查明|审理查明))"
        ),
    ),
    (
        "reasoning",
        "court",
        # An appeal's points answered one by one before 本院认为.
        re.compile(
            r"(?:[^，。；：]{0,16}辩护人)?(?:关于|对于?|针对|(?<=人)所提)[^。；：]{0,240}?"
            r"(?:意见|理由|辩解|观点|的异议)[，,。：:]?\s?"
            r"(?:经(?:审理|审|核|本院)?查(?!明)|本院(?:经?(?:审|查|认为)|(?:依法)?不?予)|[与同][^，。；]{2,30}不?相?符"
            r"|符合|于法|(?:均|都)?不(?:能)?(?:成立|予采[纳信])|属实|成立)"
            r"|(?:(?:在)?庭审中[，,])?(?:控辩双方|公诉人[、和及]辩护人)[^。；：]{0,12}(?:提出|认为)"
            # What is conceded and answered, or adopted, in one sentence.
            r"|(?:被告人|上诉人)[^，。；：]{0,10}?虽然?(?:当庭)?(?:辩称|辩解|提出)"
            r"|(?:被告人|上诉人|[^，。；：]{0,16}辩护人)[^。；：]{0,20}?(?:提出|所提)[^。；：]{0,200}?"
            r"(?:意见|理由|辩解)(?:有理|合理|于法有据|成立|属实|不能成立|[与同][^，。；]{2,24}不?相?符)"
        ),
    ),
    (
        "procedure",
        "court",
        re.compile(
            r"(?:原判|原审|一审|[一-龥]{2,20}人民法院)(?:法院)?[^，。：]{0,14}(?:认为|判决[：:，]|作出)"
        ),
    ),
    (
        "evidence",
        "court",
        re.compile(
            r"(?:被告人[^，。；：]{2,12}的|原[审判]|一审)?(?:认定|证明|证实|针对|对于?)?(?:上述|以上|前述|本案|该)[^，。：；]{0,16}(?:事实|犯罪)[^。：；]{0,40}?"
            r"(?:证|异议|供认|供述|笔录|鉴定)|(?:上述|以上)(?:犯罪)?(?:事实|证据)|(?:原审|原判|一审)[^。，；]{0,10}(?:上述|以上)证据|(?:认定|证明|证实)[^。]{0,20}的证据"
        ),
    ),
    (
        "accusation",
        "prosecution",
        re.compile(
            r"(?:(?:据此|综上|为此)[，,])?(?:原?公诉机关|检察机关|[一-龥某×XxＸ\d]{2,25}检察院)[^。：，；]{0,25}?(?:指控|诉称|认为|起诉称|建议)"
            r"|(?:公诉机关|检察机关|[一-龥某]{2,25}检察院)指派[^。；：]{2,40}?出庭[^。；：]{0,10}?指控[：:]"
            r"|起诉(?:书|机关)?[^。：，]{0,6}指控|(?:出庭)?(?:检察员|公诉人)[^。：，]{0,12}(?:认为|提出|建议|意见)"
        ),
    ),
    (
        "defence",
        "defence",
        re.compile(
            r"但?(?:宣判后[，,]|[二再]审(?:期间|庭审|审理)?中?[，,])?(?:(?:针?对|不服)[^，。；]{0,10}(?:判决|原判)[，,])?(?:(?:在)?(?:本案)?(?:庭审|开庭|审理|法庭)[^，。]{0,10}[，,])?(?:上述)?[一二三四五六七八九十各两]?"
            r"(?:被告(?:人|单位)|上诉人|原审被告人|被告(?=[^人，。；：]{2,4}(?:辩称|辩解)))(?!人?民)(?![^。；]{0,12}供述(?:和辩解)?(?:证实|证明))[^。；：]{0,50}?"
            r"(?:辩称|辩解|辩护|翻供|上诉(?:提出|称|理由|请求|[，,][^，。；：]{0,4}理由)|(?:无|没有|不持|未提出|有|提出)[^，。]{0,4}(?:异议|辩解|意见)|供认不讳|当庭(?:表示)?(?:自愿)?认罪"
            r"|对(?:起诉书|公诉机关|检察机关|[一-龥某]{2,16}检察院|上述|所?指控|本案)[^。；]{0,40}?(?:异议|供认|承认|认可|自愿认罪|认罪))"
            r"|(?:在)?(?:本案)?(?:庭审|开庭|审理|法庭)[^，。]{0,8}[，,](?:被告人|上诉人)[^，。；：]{0,14}?"
            r"(?:(?<!主动)提出|认为|否认|称)"
            r"|[一-龥某]{2,4}(?:提出)?上诉(?:提出|称|认为)"
            r"|(?:(?:在)?(?:本案)?(?:庭审|开庭|审理|法庭|复核|[二再]审)[^，。]{0,10}[，,])?"
            r"(?:被告人[^，。]{0,20}?|[一-龥某]{2,4})?(?:的|及其)?(?:指定|委托|其)?辩护人[^。；]{0,60}?"
            r"(?:提出|认为|辩称|辩护|意见|发表|请求|建议|对(?:起诉书|公诉机关|指控|本案))"
        ),
    ),
]

# 上述事实，检察机关提交了…证据，并认为…: what the accuser offers is no evidence found yet.
_PRESENTED = re.compile(
    r"(?:为(?:了)?|就|针对|对于?)?(?:支持|证实|证明)?(?:上述|以上)[^，。；]{0,12}[，,]?(?:原?公诉机关|检察机关|公诉人|检察员)"
    r"[^，。；]{0,12}(?:提供|提交|出示|宣读|举示|列举)(?![^。]{0,200}(?:足以认定|予以确认|予以采信|予以认定))"
)

# 公诉机关当庭出示了以下证据, 据以指控的证据有: the accuser lists what he relies on.
_EXHIBITS = re.compile(
    # A sentence that tells his view too, or in which the court weighs them, is no list.
    r"(?![^。]{0,400}(?:认为|其行为|触犯|构成|追究|提请|诉请|建议|据此|[惩判]处|处罚(?!决定|告知)"
    r"|足以认定|予以(?:确认|采信|认定)))"
    r"(?:(?:[并且又]|同时)[，,]?)?(?:(?:为了?|就|针?对于?|据以|用以)(?:支持|证实|证明|指控)?[^。；：，]{0,24}(?:指控|事实|罪行)[^。；：，]{0,6}[，,]?)?"
    r"(?:(?:原?公诉机关|检察机关|公诉人|检察员|该院|[一-龥某×]{2,25}检察院)[^。；：]{0,40}?|[并且]|同时|(?:指控|控称)上述|上述指控|(?<=[控实]))[^。；：]{0,24}?"
    r"(?:(?:提供|提交|出示|宣读|举示|列举|提举|举出|移送)(?!的[^。；：]{0,6}证据[^。；：]{0,4}[，,]?[均已确足能])[^。；：]{0,30}?(?:证据|书证|物证|证言|陈述|供述|笔录|材料)"
    r"|(?:提供|提交|出示|宣读|递交|举证)了?[：:]|事实有[：:]"
    r"|证据(?:材料)?(?:有|如下|包括|是))"
)
# After them his view of the case, the civil claim, or the next of his counts.
_RESUMES = re.compile(
    r"(?!被告|[^，。]{0,12}辩护)(?=[^。]{0,400}(?:认[为定][，,：:]?(?:被告|其行为|应)|触犯|追究[^。]{0,10}责任|提请|诉请|要求依照|建议(?!书)|应当?以[^。；]{1,12}罪))"
    r"|(?:刑事)?附带民事诉讼原告"
    r"|(?:第?[一二三四五六七八九十\d]{1,3}[起、．.]|[（(][一二三四五六七八九十\d]{1,3}[）)])?\s?(?:\d{4}年|同[年月])"
    r"[^。；：]{0,80}?(?:被告人|伙同)(?![^。；]{0,40}(?:供述|笔录|清单|证实|证明))"
)
# What the court makes of them.
_CONFIRMED = re.compile(
    r"(?:上述|以上|前述)[^。；]{0,40}(?:质证|本院|查证属实|足以认定|予以(?:确认|采信|认定))"
)

# The accusation is over where it asks for judgment; what the accused says then answers it.
_DEMANDS = re.compile(
    r"(?:提请|请求|建议|请)[^。]{0,30}(?:[惩判]处|处罚|裁判|判决|量刑)|追究[^，。]{0,8}刑事责任|依法(?:判处|惩处|惩罚|判决|裁判)"
    r"|触犯[^。]{2,80}构成[^。；]{1,24}罪|应当?(?:依法)?从[重轻]处罚"
)
_ANSWERS = re.compile(
    r"(?:(?:在)?(?:本案)?(?:庭审|开庭|审理|法庭)[^，。]{0,10}[，,])?(?:针?对[^。；：]{4,40}?)?"
    r"(?:(?:被告(?:人|单位)|上诉人)(?!人?民)[^，。；：]{0,24}?|在(?:庭审|法庭|开庭)[^，。；：]{0,8}?(?=辩称|提出))"
    r"(?:(?<!主动)提出|[^\w]称|称[，,：:]|(?<![和与及、])辩解[，,：:称]|审中称|表示|否认|认为|当庭[^，。；]{0,4}承认|不认可|不供认|辩称|对[^，。；]{2,40}(?:意见|认可|不服|供述)|[惟但]辩解)"
)

# The next of several crimes or counts, told after the evidence of the one before.
_NEXT_CRIME = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、[^。，；：\d]{0,12}?(?=\d{4}年|\d[、．.]|第?[一二三])"
    r"(?:(?:\d{1,2}|第?[一二三])[、．.，起])?"
    r"|(?:事实|第)?(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[（(][一二三四五六七八九十\d]{1,3}[）)])[起、．.，,]{1,2})\s?"
    r"(?:\d{4}年|同年)(?=[^。]{0,120}?(?:被告人|伙同))(?![^。]{0,200}(?:证实|证明|供述|笔录|证言|清单|判决书|鉴定书|户籍|登记表|拘留|逮捕))|"
    r"[一二三四五六七八九十]+、[^。，；：]{0,20}(?:事实(?:[：:\s]|\d{4}年)|罪(?:[：:。\s]|\d{4}年)(?![^。]{0,6}证据))"
)

# Which part may follow which: a sentence that only looks like an earlier part does not reopen it.
_MAY_FOLLOW: dict[SectionKind, frozenset[SectionKind]] = {
    "procedure": frozenset({"accusation", "defence", "facts", "evidence", "procedure"}),
    "accusation": frozenset({"defence", "facts", "evidence", "procedure"}),
    "defence": frozenset({"accusation", "facts", "evidence", "procedure", "reasoning"}),
    "facts": frozenset({"evidence", "defence", "procedure", "accusation", "reasoning"}),
    "evidence": frozenset({"facts", "defence", "procedure", "accusation", "reasoning"}),
    "reasoning": frozenset({"facts", "evidence"}),
}


# A pleading that ends in a comma is over where the court begins to find (…从轻处罚，经审理查明：).
_BREAK = re.compile(
    r"[。！？]\s*|\s+|[，；]\s*(?=经(?:本院)?(?:依法)?(?:公开)?(?:开庭)?审理(?:后)?查明[，,：:])"
)


def _sentences(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets at which a sentence or paragraph begins in `start:end`."""
    yield start
    for match in _BREAK.finditer(text[start:end]):
        if start + match.end() < end:
            yield start + match.end()


def _middle(text: str, start: int, end: int) -> list[Mark]:
    """The parts between the procedure and the reasoning: who says what, in what order."""
    marks: list[Mark] = []
    current: SectionKind = "procedure"
    before, demanded, exhibits = start, False, False
    for offset in _sentences(text, start, end):
        exhibits = exhibits and current == "evidence"
        demanded = (exhibits or current == "accusation") and (
            demanded or bool(_DEMANDS.search(text, before, offset))
        )
        before = offset
        if demanded and _ANSWERS.match(text, offset, end):
            marks.append((offset, "defence", "defence"))
            current = "defence"
            continue
        if exhibits and _RESUMES.match(text, offset, end):
            marks.append((offset, "accusation", "prosecution"))
            current = "accusation"
            continue
        if current == "accusation" and _EXHIBITS.match(text, offset, end):
            marks.append((offset, "evidence", "prosecution"))
            current, exhibits = "evidence", True
            continue
        if exhibits and _CONFIRMED.match(text, offset, end):
            marks.append((offset, "evidence", "court"))
            exhibits = False
            continue
        if current == "evidence" and _NEXT_CRIME.match(text, offset, end):
            told = next((m for m in reversed(marks) if m[1] in ("facts", "accusation")), None)
            if told:
                marks.append((offset, *told[1:]))
                current = told[1]
                continue
        for kind, speaker, pattern in _RULES:
            if current == "accusation" and _PRESENTED.match(text, offset, end):
                break
            if kind in _MAY_FOLLOW[current] and pattern.match(text, offset, end):
                if kind != current:
                    marks.append((offset, kind, speaker))
                    current = kind
                break
    return marks


def _tail(text: str, decision: re.Pattern[str]) -> tuple[list[Mark], int]:
    """Statutes, operative part, notice, closing and appendix, and where the rest ends."""
    decides = _last_decision(text, decision)
    if decides is None:
        return [], len(text)
    operative = decides.end()
    marks: list[Mark] = []
    closing = _CLOSING.search(text, operative)
    notice = _NOTICE.search(text, operative, closing.start() if closing else len(text))
    appendix = _APPENDIX.search(text, closing.start() if closing else operative)
    if appendix:
        marks.append((_line_start(text, appendix.start()), "appendix", "court"))
    if closing:
        marks.append((closing.start(), "closing", "court"))
    if notice and (not appendix or notice.start() < appendix.start()):
        marks.append((notice.start(), "notice", "court"))
    marks.append((operative, "operative", "court"))
    reasoning = _reasoning_start(text, decides.start())
    sentence = max(text.rfind("。", 0, decides.start()), reasoning or 0)
    cites = _CITES.search(text, sentence, decides.start())
    if cites is None:
        cites = next(
            reversed(list(_CITES.finditer(text, reasoning or sentence, decides.start()))), None
        )
    first = operative
    if cites:
        marks.append((cites.start(), "statutes", "court"))
        first = cites.start()
    if reasoning is not None and reasoning < first:
        marks.append((reasoning, "reasoning", "court"))
        first = reasoning
    return marks, first


def _line_start(text: str, offset: int) -> int:
    """Back over the words that lead a heading (本案所 in 本案所适用的法律) to its line's start."""
    lead = re.search(r"(?<=[\s。）)])[一-龥]{1,12}\Z", text[max(offset - 13, 0) : offset])
    return offset - len(lead[0]) if lead else offset


def _last_decision(text: str, decision: re.Pattern[str]) -> re.Match[str] | None:
    """判决如下 or 裁定如下 of this court: the last one that the appendix does not follow on."""
    matches = list(decision.finditer(text))
    formal = [m for m in matches if "如下" in m[0]] or matches
    return formal[-1] if formal else None


def _reasoning_start(text: str, end: int) -> int | None:
    """本院认为 at the head of a sentence; one that only weighs evidence is passed over."""
    heads = [m.start() for m in _REASONING.finditer(text, 0, end)]
    at_sentence = [o for o in heads if o == 0 or text[o - 1] in "。；;：: \n\t　”）)"]
    for offset in at_sentence:
        if not re.match(r"[^，。]{0,8}认为[，,：:]?[^，。]{0,12}(?:证据|程序|鉴定)", text[offset:]):
            return offset
    return next(iter(at_sentence or heads), None)


def _judgment(text: str, decision: re.Pattern[str]) -> list[Mark]:
    marks, front_end = _tail(text, decision)
    marks.append((0, "heading", "court"))
    titles = list(_JUDGMENT_TITLE.finditer(text, 0, min(front_end, 400)))
    party = _PARTY.search(text, titles[-1].end() if titles else 0, front_end)
    start = party.start() if party else 0
    if party:
        marks.append((start, "parties", "court"))
    heads = _sentences(text, start, front_end)
    procedure = next((o for o in heads if _PROSECUTION.match(text, o, front_end)), None)
    if procedure is not None:
        marks.append((procedure, "procedure", "court"))
        start = procedure
    over = _TRIAL_OVER.search(text, start, front_end)
    if over:
        start = over.end()
    elif procedure is not None:
        # Without the usual 审理终结 the first sentence alone is certain to be procedure.
        start = min(text.find("。", procedure) + 1 or front_end, front_end)
    return marks + _middle(text, start, front_end)


# --------------------------------------------------------------------------- the others


def _anchored(text: str, anchors: list[Anchor], speaker: Speaker) -> list[Mark]:
    """Parts that begin with fixed words, in a fixed order; a missing one is passed over."""
    marks: list[Mark] = [(0, "heading", speaker)]
    at = 0
    for kind, voice, pattern in anchors:
        match = pattern.search(text, at)
        if match:
            marks.append((match.start(), kind, voice))
            at = match.start() + 1
    return marks


def _report(text: str) -> list[Mark]:
    """A report's parts by the meaning of their headings; before the first one, how it came."""
    marks: list[Mark] = [(0, "heading", "prosecution")]
    leads = list(_LEAD.finditer(text))
    chapters = any(lead[0][0] not in "（(" for lead in leads)
    for lead, following in zip_longest(leads, leads[1:]):
        end = following.start() if following else len(text)
        # （一）犯罪嫌疑人供述和辩解 within a chapter is a piece of evidence, no chapter.
        inner = chapters and lead[0][0] in "（("
        answers = inner and ANSWERS_DEFENCE.match(text, lead.end())
        if answers:
            marks.append((lead.start(), "defence", "defence"))
            answer = REPORT_ANSWER.search(text, lead.end(), end)
            if answer:
                marks.append((answer.start(), "reasoning", "prosecution"))
            continue
        for kind, speaker, pattern in HEADINGS:
            if inner and kind not in ("accusation", "facts", "evidence", "reasoning"):
                continue
            if pattern.match(text, lead.end()):
                marks.append((lead.start(), kind, speaker))
                break
    first = marks[1][0] if len(marks) > 1 else len(text)
    title = _REPORT_TITLE.search(text, 0, min(first, 400))
    if title and text[title.end() : first].strip():
        marks.append((title.end(), "procedure", "prosecution"))
    signed = next(reversed(list(REPORT_SIGNED.finditer(text, max(m[0] for m in marks)))), None)
    if signed:
        marks.append((signed.start(), "closing", "prosecution"))
    return marks


def find_sections(source: SourceDocument, kind: DocumentType) -> list[Section]:
    """The parts of the document in reading order; none for an unknown type."""
    text = source.text
    if kind in ("judgment", "ruling"):
        marks = _judgment(text, _OPERATIVE if kind == "judgment" else _RULING)
    elif kind == "report":
        marks = _report(text)
    elif kind in ORDERED:
        marks = _anchored(text, ORDERED[kind], ORDERED[kind][0][1])
    else:
        return []
    # Of two parts that would start at the same place the later one in the list is meant.
    starts = {start: (part, speaker) for start, part, speaker in marks}
    bounds = [*sorted(starts), len(text)]
    sections = []
    for start, end in pairwise(bounds):
        stretch = text[start:end]
        left = start + len(stretch) - len(stretch.lstrip())
        right = start + len(stretch.rstrip())
        if left < right:
            part, speaker = starts[start]
            span = source.span(left, right, ROLES[kind])
            sections.append(Section(kind=part, speaker=speaker, span=span))
    return sections
