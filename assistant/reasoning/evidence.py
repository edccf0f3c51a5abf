"""Where the facts come from: whether a judgment says what its evidence proves, or only names it."""

from __future__ import annotations

import re

from assistant.reasoning.items import Item, Verdict
from ingestion.answers.sentences import split
from ingestion.model import CaseDocument, Span

_NAME = (
    r"证言|陈述|供述|供认|笔录|鉴定(?:意见|结论|报告|文书|书)|检验报告|勘[验查]|照片|监控|录像|光盘|视听资料"
    r"|登记表|(?:抓获|到案|破案|归案|案发|发案|侦破)经过|户籍|身份(?:证明|信息|材料)|清单|凭证|合同|票据|病历|诊断"
    r"|认定书|决定书|截图|流水|明细|书证|物证|收条|协议|证明(?!其|该|的|了|上述|本案)|说明书?|报告书?"
)
_PIECE = re.compile(_NAME)
# A piece of evidence followed by what it shows; 证实，足以认定 shows nothing of its own.
_SHOWS = re.compile(
    rf"(?:{_NAME})[^，。；]{{0,24}}[，,：:]?\s*(?:均|可以|能够|共同)?"
    r"(?:证实|证明(?!书|材料|单|文件|资料|、)|供认|供述|载明|显示|反映|记载)了?[，,：:]?\s*(?!足以|属实|充分|上述|以上|的?证据)[^，,。；;：:]{4,}"
)
# A numbered piece told in the speaker's own words: 1、被告人某某的供述，2016年9月……
_TOLD = re.compile(
    r"(?:^|[。；\n\s])[（(]?[1-9一二三四五六七八九][0-9]?[、．.）)]\s*[^，。；]{0,20}(?:供述|证言|陈述)[^，。；]{0,8}[，：]"
    r"[^\n]{30,}"
)
_OFFERS = re.compile(r"证据|证实|证明|为证|佐证|提供|出示|在案|质证")
_ITEMISED = 3
_LISTED = 2


def assess(doc: CaseDocument) -> list[Item]:
    """One item for a judgment that finds facts: `itemised`, `listed` or `absent`.

    Read between the parties and the reasoning; none where no part tells or finds facts.
    """
    told = [s.span for s in doc.sections if s.kind in ("accusation", "facts", "evidence")]
    if not told or not doc.sections_of("reasoning"):
        return []
    read = [
        (section.kind, sentence)
        for section in doc.sections
        if section.kind in ("accusation", "defence", "facts", "evidence")
        for sentence in split(doc, section.span.start, section.span.end)
    ]
    sentences = [sentence for _, sentence in read]
    # What the defence says its evidence shows is no finding of the court's.
    showing = [
        s
        for kind, s in read
        if kind != "defence" and (_SHOWS.search(s.quote) or _TOLD.match(s.quote))
    ]
    pieces = sum(len(_SHOWS.findall(s.quote)) + bool(_TOLD.match(s.quote)) for s in showing)
    if pieces >= _ITEMISED:
        return [_item("itemised", told[0], showing[0])]
    naming = [s for s in sentences if _names(s.quote)]
    if any(_OFFERS.search(s.quote) for s in naming) and _listed(naming):
        return [_item("listed", told[0], max(naming, key=lambda s: _names(s.quote)))]
    return [_item("absent", told[0], None)]


def _listed(naming: list[Span]) -> bool:
    """Two kinds of pieces in one sentence, or in the sentences of one list (parted by ；)."""
    if any(_names(s.quote) >= _LISTED and _OFFERS.search(s.quote) for s in naming):
        return True
    listing = [s for s in naming if s.quote.endswith("；") or _OFFERS.search(s.quote)]
    return len({name for s in listing for name in _PIECE.findall(s.quote)}) > _LISTED


def _names(sentence: str) -> int:
    return len(set(_PIECE.findall(sentence)))


def _item(verdict: Verdict, subject: Span, answer: Span | None) -> Item:
    return Item(
        kind="evidence",
        text="据以定案的证据",
        subject=subject,
        verdict=verdict,
        answer=answer,
        decided_by="rule",
    )
