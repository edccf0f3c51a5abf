"""Where the court repeats what a party said, and what it answers.

In a court's reasoning 辩护人关于系从犯的意见，不予采纳 holds two voices: the point is the
defence's, the refusal the court's. An `Opinion` is the stretch of the other's words with
the answer that follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ingestion.model import CaseDocument, Speaker

_OPENER = re.compile(
    r"(?:(?:关于|对于|对|针对|至于|就)(?:上述|该)?)?"
    r"(?P<who>(?:(?:原审)?(?:被告人|上诉人|被告单位)[^，。；：\s]{0,24}?(?:及其?|和其?|、|的))?"
    r"(?:其|[二两三四五各])?(?:指定|委托)?辩护人|其(?=关于|提出|辩称|辩解|所提|要求|请求)"
    r"|[\u4e00-\u9fff×\d]{2,5}?的?(?:指定|委托)?辩护人|控辩双方"
    r"|(?:二|三|四|五|各|两|上述|原审)?(?:被告人|上诉人|被告单位)[^，。；：\s]{0,8}?"
    r"|公诉机关|公诉人|检察机关|检察员|[^，。；\s]{2,24}?检察院"
    r"|[^，。；\s]{0,16}?(?P<victim>代理人|被害人|自诉人|原告人))"
    r"[^，。；：]{0,12}?(?<!主动)"
    r"(?:提出|所提|所述|辩称|辩解|辩护称|认为|关于|要求|请求|上诉称|建议|就|以(?=[^。；]{2,80}为由)"
    r"|对(?=[^，。；]{2,60}的(?:指控|公诉意见)[，,])"
    r"|[^，。；：]{0,16}?的(?:上述|相关|该)?(?:辩护|辩解|上诉)意见)"
)
_OPINION_END = re.compile(
    r"(?:辩护|辩解|上诉|量刑|公诉)?(?:意见|理由|观点|主张|辩解|请求|要求|建议|异议|辩称|情节|的指控)(?=[^，。；]{0,14}(?:[，,。；;]|采纳|支持|成立|属实|相符|不符))"
)
_REFUSED = re.compile(
    r"不(?:能|应|得)以[^，。；]{1,6}论|不予?以?(?:采纳|采信|支持|认可|认定|考虑)|不(?:能|应|足)(?:以)?(?:予以?)?(?:采纳|采信|成立|认定|支持)|不(?:能)?成立"
    r"|(?:与|同)[^，。；]{0,24}(?:不符|不相符|相悖|不一致)|(?:无|没有|缺乏|缺少)(?:相应的?|任何|充分的?)?(?:事实|法律|证据|相关)[^，。；]{0,8}"
    r"(?:依据|根据|支持|佐证|证实|证明)|于法无据|无(?:法律)?依据|难以(?:采纳|采信|支持)|(?:有误|不当)[，,](?:本院)?(?:予以|应予)纠正|碍难"
)
_ACCEPTED = re.compile(
    r"(?:予以?|可以?|应予?以?|均|酌情|酌予|部分)(?:予以?|酌情|合理)?(?:采纳|采信|支持|考虑|认可|确认|体现)|属实|(?:与|同)[^，。；]{0,24}(?<!不)相符"
    r"|(?:意见|理由)(?:合理|成立|有据)|于法有据|合法有据|(?<!不)(?<!不能)成立(?=[，,。；;])"
)
# 已取得被害人谅解的辩护意见: the victim is spoken of, not speaking.
_OF_VICTIM = re.compile(r"[取获得到向对给与致退赔将把被](?=被害人|自诉人|原告人|代理人)|赔偿|谅解")
# 辩护人提出的该意见成立: the answer to the point told before, no new one.
_REFERS_BACK = re.compile(
    r"的?(?:该|此|上述|前述|以上|这一)[^，。；]{0,6}(?:意见|理由|观点|辩解|请求)"
)
_LISTED = re.compile(r"[^，。；]{0,6}[：:]|[：:]")
_COURT_AGAIN = re.compile(
    r"(?<=[。；\s])(?:经查|对此|本院认为|综上|据此|故对?|鉴于)|不予采纳"
    r"|予以采纳"
)
_REACH = 700  # characters within which the court's answer to a point is looked for


@dataclass(frozen=True)
class Opinion:
    """Another's words at `start:end`; `answer` is None where the court does not respond.

    `speaker` None: the victim's side, whose words are no party's of this case.
    """

    start: int
    end: int
    speaker: Speaker | None
    answer: Literal["accepted", "refused"] | None
    answer_end: int


def _sentence_end(text: str, start: int, end: int) -> int:
    stops = [i for i in (text.find(mark, start, end) for mark in "。；\n") if i >= 0]
    return min(stops, default=end)


def _answer(text: str, start: int, end: int) -> tuple[Literal["accepted", "refused"] | None, int]:
    refused = _REFUSED.search(text, start, end)
    accepted = _ACCEPTED.search(text, start, end)
    if refused and (accepted is None or refused.start() <= accepted.start()):
        return "refused", refused.end()
    return ("accepted", accepted.end()) if accepted else (None, start)


def _unnamed_end(text: str, start: int, stop: int) -> int:
    """Where a point ends that nobody calls one: 辩解受人胁迫，无证据证实，不予采纳."""
    answer = _REFUSED.search(text, start, stop) or _ACCEPTED.search(text, start, stop)
    return answer.start() if answer else stop


def _separate(doc: CaseDocument, start: int, end: int) -> Iterator[Opinion]:
    """Each opinion with the answer before the next one begins."""
    text = doc.text
    openers = [m for m in _OPENER.finditer(text, start, end) if _leads(text, m)]
    for index, opener in enumerate(openers):
        limit = openers[index + 1].start() if index + 1 < len(openers) else end
        limit = min(limit, opener.end() + _REACH)
        stop = _sentence_end(text, opener.end(), limit)
        close = _OPINION_END.search(text, opener.end(), stop)
        while close and (later := _OPINION_END.search(text, close.end(), stop)):
            if _ACCEPTED.search(text, close.end(), later.start()) or _REFUSED.search(
                text, close.end(), later.start()
            ):
                break
            close = later
        finish = close.end() if close else _unnamed_end(text, opener.end(), stop)
        if opener[0].endswith("意见"):
            finish = opener.end()
        elif _LISTED.match(text, finish, limit):
            answers = _COURT_AGAIN.search(text, finish, limit)
            finish = answers.start() if answers else limit
        answer, answer_end = _answer(text, finish, limit)
        speaker: Speaker | None = "defence"
        if opener["victim"]:
            speaker = None
        elif any(word in opener["who"] for word in ("公诉", "检察")):
            speaker = "prosecution"
        yield Opinion(opener.start(), finish, speaker, answer, answer_end)


def _leads(text: str, opener: re.Match[str]) -> bool:
    """Whether the opener stands at the head of a clause, not within one."""
    if opener["victim"] and _OF_VICTIM.search(opener["who"]):
        return False
    if _REFERS_BACK.match(text, opener.end()):
        return False
    before = text[opener.start() - 1] if opener.start() else "。"
    return before in "，,。；;：:、 \n\t（(”）)故但而且对" or opener[0][0] in "关对针至就"


def opinions(doc: CaseDocument, start: int, end: int) -> list[Opinion]:
    """The others' opinions that the court repeats in `start:end`, with its answers.

    Two opinions of one sentence (甲系从犯、乙系胁从犯的意见，均不予采纳) share its answer.
    """
    found = list(_separate(doc, start, end))
    for index in range(len(found) - 2, -1, -1):
        one, following = found[index], found[index + 1]
        between = doc.text[one.end : following.start]
        if one.answer is None and not set(between) & set("。；\n"):
            found[index] = replace(one, answer=following.answer, answer_end=following.answer_end)
    return found
