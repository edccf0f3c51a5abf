"""Where a text of facts tells the crime, where it sums up, and where it speaks of other things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["intro", "count", "summary", "opinion", "aside"]

_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?|\n")
# A heading of a count: 1、 2. 一、 （一） 第一起 事实一, at the beginning of a sentence.
_HEADING = re.compile(
    r"\s*(?:(?P<digit>\d{1,2})\s*[、.．,，:：](?!\d{1,2}[元万])"
    r"|[（(](?P<ring>[一二三四五六七八九十\d]{1,3})[）)][、.．]?"
    r"|(?P<han>[一二三四五六七八九十]{1,3})[、.．]"
    r"|第(?P<nth>[一二三四五六七八九十\d]{1,3})[起次笔宗节]"
    r"|(?:犯罪)?事实(?P<fact>[一二三四五六七八九十\d]{1,3})[：:、，])"
)
_AFTER_COLON = re.compile(
    r"[：:，,]\s*(?=(?:1|一)(?:[、．]|[.,，](?!\d|$)|[.](?=\d{4}年))|[（(](?:1|一)[）)])"
)
_FOUND = re.compile(
    r"(?<!另)(?:经(?:依法)?(?:公开)?(?:开庭)?审理[，,]?(?:本院)?(?:依法)?查明|经?本院(?:审理)?查明)"
)
_SAME = re.compile(r"[^。\n]{0,24}(?:一致|相同|属实|无异|证据)")
_OPINION = re.compile(
    r"(?:公诉机关|检察院|检察机关|本院|公诉人)(?:审理后|据此)?认为|(?:公诉机关|检察院)[^。]{0,80}认为被告人"
)
_PROOF = re.compile(
    r"^\s*(?:\d+[、.]|[（(].{1,3}[）)])?\s*(?:(?:上述|以上|前述|认定|证实|证明|指控|为证实|对于?)[^，。]{0,16}(?:事实|罪名)[^。]{0,40}"
    r"(?:证据|无异议|证实|佐证|供认|不持异议|陈述|证言|笔录)|上述[^，。]{0,12}证据|有下列|(?:[针就]对?(?:上述|以上)指控[^。]{0,4})?公诉机关[^，。]{0,6}(?:提交|出示|提供|举示|宣读|为证)|[针就]对?(?:上述|以上)指控|为(?:了)?证(?:实|明)上述)"
)
_LISTED = re.compile(
    r"(?:如下|下列|以下)[^。]{0,12}证据|证据[^，。]{0,10}如下|[：:]|佐证\s*$|证据\s*$"
)
_EVIDENCE_ITEM = re.compile(
    r"^\s*(?:\d{1,2}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,2}、)?(?!经)[^，。]{0,40}"
    r"(?:证言|陈述|陈X|供述|辩解|笔录|清单|结论书|鉴定意见|判决书|证明|照片|说明|明细|凭证|光盘|书证|物证|收条|谅解书)"
    r"[^，。]{0,8}(?:[：:，,]\s*(?:主要内容|证实|证明)|[：:]|证实|证明|主要内容|载明)"
)
# The defence or a witness (我) speaks, or earlier sentences and the course of the trial are told.
_OTHER = re.compile(
    r"(?:辩护人|被告人[^，。]{1,8}(?:辩称|辩解|提出|对指控|对起诉))[^。]{0,30}(?:辩|意见|异议|提出|认为)"
    r"|(?<!自)我(?![院国市县省区局])|(?:曾?因|犯)[^。]{0,30}(?:判处|行政拘留|劳动教养|强制戒毒|罚款)|前科|公开开庭审理了本案"
)
_SUMMARY = re.compile(
    r"^\s*(?:综上|以上|上述|前述|总计|合计|共计|累计|至此|截[至止]|经统计|经查[，,]?被告人|案发后经统计"
    r"|(?:综上[，,]?)?被告人[^，。]{1,30}(?:参与|实施|作案|盗窃|诈骗|扒窃)[^，。]{0,10}(?:\d+|[一二三四五六七八九十]+)[起次]"
    r"|(?:被告人)?[^，。]{0,12}[共先][^，。]{0,4}(?:参与|作案|盗窃|实施|骗取|窃取))"
)
_SUM_WORD = re.compile(r"\s*(?:综上|总计|合计|共计|累计)")
_NEW_VOICE = re.compile(r"^\s*(?:经审理查明|本院认为|公诉机关认为|另查明|被告人|检察院认为)")


@dataclass(frozen=True)
class Sentence:
    """Part `start:end` of the facts; `count` numbers the deeds told one by one, 0 outside."""

    kind: Kind
    count: int
    paragraph: int
    start: int
    end: int


def _pieces(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Sentences, cut once more where a colon opens the first count."""
    for match in _SENTENCE.finditer(text, low, high):
        start = match.start()
        for cut in _AFTER_COLON.finditer(text, start, match.end()):
            yield start, cut.end()
            start = cut.end()
        yield start, match.end()


def own_account(text: str) -> int | None:
    """Where the court begins to tell the facts itself, if it is more than a word of agreement."""
    for match in _FOUND.finditer(text):
        if not _SAME.match(text, match.end()):
            return match.start()
    return None


def sentences(text: str, low: int = 0) -> list[Sentence]:
    """The sentences of `text` from `low` on, with what each is there for."""
    found: list[Sentence] = []
    paragraph, count, fresh, listing, listed, opinion = 0, 0, True, False, False, False
    for start, end in _pieces(text, low, len(text)):
        sentence = text[start:end]
        if sentence == "\n":
            paragraph, fresh, opinion = paragraph + 1, True, False
            continue
        if _NEW_VOICE.match(sentence):
            listing = False
        opinion = bool(_OPINION.search(sentence)) or opinion
        kind: Kind
        if _PROOF.search(sentence):
            listing, listed = True, _LISTED.search(sentence) is not None
            kind = "aside"
        elif opinion:
            kind = "opinion"
        elif listing or _EVIDENCE_ITEM.match(sentence) or _OTHER.search(sentence):
            kind = "aside"
        elif _HEADING.match(sentence):
            count += 1
            kind = "count"
        elif _SUMMARY.match(sentence) and (fresh or count or _SUM_WORD.match(sentence)):
            kind = "summary"
        else:
            kind = "count" if count else "intro"
        found.append(Sentence(kind, count, paragraph, start, end))
        # Without a list announced, the proof ends with its sentence.
        listing = listing and (listed or not sentence.endswith("。"))
        fresh = False
    return _headless(text, found)


def _headless(text: str, found: list[Sentence]) -> list[Sentence]:
    """With what stands before a first heading “2、” as the first deed."""
    first = next((s for s in found if s.count), None)
    heading = _HEADING.match(text, first.start, first.end) if first else None
    if heading is None or next(g for g in heading.groups() if g) not in ("2", "二"):
        return found
    return [
        replace(s, kind="count", count=1)
        if s.kind == "intro"
        else replace(s, count=s.count + 1)
        if s.count
        else s
        for s in found
    ]
