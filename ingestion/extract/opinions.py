"""Where the court repeats what a party said, and what it answers.

In a court's reasoning 辩护人关于系从犯的意见，不予采纳 holds two voices: the point is the
defence's, the refusal the court's. An `Opinion` is the stretch of the other's words with
the answer that follows it. So does an indictment that repeats what the police held.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from ingestion.model import CaseDocument, Section, Speaker
from ingestion.numerals import chinese_number

_BOTH = r"控辩双方|公诉人[、和及]辩护人"
# Who may be repeated: the pattern, and for a costly one the words it cannot do without.
_SPEAKERS = (
    (
        ("辩护人",),
        r"(?:(?:原审)?(?:被告人|上诉人|被告单位)(?:(?!关于)[^，。；：\s]){0,24}?(?:及其?|和其?|、|的))?"
        r"(?:其|[二两三四五各])?(?:指定|委托)?辩护人",
    ),
    (
        ("上诉", "辩解", "辩称"),
        r"(?:(?![故对关针就])[\u4e00-\u9fff×某\d]){2,4}"
        r"(?=辩称|(?:上诉)?(?:关于|认为|提出|所提)[^。；]{4,200}?的"
        r"(?:上诉(?:理由|意见)|辩解|理由(?=不?能?成立|[，,经不])))",
    ),
    ((), "其(?=关于|提出|辩称|辩解|所提|要求|请求)"),
    (("辩护人",), r"(?:(?![及由见])[\u4e00-\u9fff×\d]){2,5}?的?(?:指定|委托)?辩护人"),
    ((), _BOTH),
    (
        (),
        r"(?:二|三|四|五|各|两|上述|原审)?(?:被告人|上诉人|被告单位)"
        r"(?=[^，。；：]{0,40}(?:提出|所[提述]|[辩上]|认[为定]|关于|要求|请求|建议|[就以对]))"
        r"[^，。；：\s]{0,8}?",
    ),
    ((), "公诉机关|公诉人|检察机关|(?:出庭)?检察员"),
    (("检察院",), r"[^，。；\s]{2,24}?检察院"),
    (
        ("公安", "侦查机关", "监察机关"),
        r"(?<!经)(?P<police>公安机关|侦查机关|[^，。；\s经]{2,20}?公安(?:局|分局)|监察机关)"
        r"(?=[^，。；]{0,14}(?:认定|认为))",
    ),
    (
        ("代理人", "被害人", "自诉人", "原告人"),
        r"(?:(?!提出|关于|认为)[^，。；\s]){0,16}?(?P<victim>代理人|被害人|自诉人|原告人)",
    ),
)
_SAYS = (
    r"[^，。；：]{0,12}?(?<!主动)"
    r"(?:(?<!未)提出|所提|所述|辩称|(?<!供述[和与及、])辩解|辩护称|认为|有关(?=[^。；]{2,80}的(?:辩护|辩解|上诉)?意见)|(?<=起诉)认定|(?<=机关)认定|(?<=局)认定|关于|要求|(?<!诉讼)请求|上诉称|建议"
    r"|就(?=[^。；]{2,80}(?:提出|发表))"
    r"|以(?=[^。；]{2,80}为由[，,]?(?:提出|请求|要求|上诉|辩|不服|认为|建议|申请))"
    r"|对(?=[^，。；]{2,60}的(?:指控|公诉意见)[，,])"
    r"|[^，。；：]{0,16}?的(?:上述|相关|该)?(?:辩护|辩解|上诉)意见)"
)
# 关于被告人如实供述罪行，认罪态度良好的辩护意见: nobody is named but by the last words.
_TOPIC = re.compile(
    r"(?P<who>)(?:(?:关于|针对)"
    r"(?=(?:(?!辩护人|公诉|检察|代理人|问题)[^。；]){4,120}?的(?:上述)?(?:(?:辩护|辩解)意见|意见(?=[，,。：:]\s?(?:经(?:审理)?查|本院))))"
    r"|(?<=[；;])(?:要求|请求|所提|提出的|关于)(?=[^，。；]{2,60}的(?:辩护)?意见[，,]))"
)
_WHOLE_SENTENCE = re.compile(r"[^。\s][^。\n]*")
# What a victim does or says within the story (要求还钱, 表示谅解) is not meant.
_VICTIM_SPEAKS = re.compile(
    r"(?:(?:在)?(?:庭审|开庭|审理)[^，。]{0,8}[，,])?(?:"
    r"(?:原审)?(?:刑事)?附带民事诉讼(?:原告|被告(?!人?[^，。；]{0,8}[暨兼]))[^。；：]{0,60}?"
    r"(?:诉称|诉请|提出|认为|请求|要求|主张|辩称|答辩|称|以[^。；]{2,60}为由|意见)"
    r"|(?:被告人|上诉人)[^，。；：]{0,12}?对[^。；]{0,20}(?:附带民事|民事(?:部分|赔偿|诉讼)|原告人?)[^。；]{0,40}(?:请求|诉求|主张|赔偿|费)"
    r"|(?:针?对|关于|就)[^，。；]{0,6}附带民事[^，。；]{0,20}(?:请求|诉求|部分|赔偿)"
    r"|(?:[^，。；：]{0,20}的(?:诉讼|委托)|被害人的?(?:诉讼|委托)?|诉讼|委托)代理人[^，。；：]{0,16}?(?:提出|认为|请求|要求|主张|意见|称|以)"
    r"|(?:被害(?:人|单位)|自诉人)[^，。；：]{0,16}?(?:诉称|[请要]求[^，。；]{0,16}?(?:从[重轻]|严惩|判令|依法|追究)))"
)
_PARTY_SPEAKS = re.compile(
    r"(?:(?:在)?(?:庭审|开庭|审理|法庭)[^，。]{0,8}[，,])?(?:针?对[^，。；]{4,40}[，,])?"
    r"(?:但|且)?(?:[^，。；：]{0,12}辩护人|(?:原审)?被告(?:人|单位)|上诉人(?!（原审附带)|公诉|检察|[^，。；：]{2,20}检察院|其(?:辩|对|表示))"
)
_SENTENCE = re.compile(r"[^。；]+")
# Without one of these words nothing in a sentence fits `_SAYS`.
_MAY_SAY = re.compile(
    "提出|所提|所述|辩称|辩解|辩护称|认为|认定|关于|要求|请求|上诉称|建议|发表|为由|指控|意见"
)
_OPINION_END = re.compile(
    r"(?:辩护|辩解|上诉|量刑|公诉)?(?:意见|理由|观点|主张|辩解|请求|要求|建议|异议|辩称|情节|的指控)"
    r"(?=[：:及和与]|[^，。；]{0,14}(?:[，,。；;]|采纳|支持|成立|属实|相符|不符))"
)
_REFUSED = re.compile(
    r"不(?:能|应|得)以[^，。；]{1,6}论|不予?以?(?:采纳|采信|支持|认可|认定|考虑)|不(?:能|应|足)(?:以)?(?:予以?)?(?:采纳|采信|成立|认定|支持)|不(?:能)?成立"
    r"|(?:与|同)[^，。；]{0,24}(?:不符|不相符|相悖|不一致)|(?:无|没有|缺乏|缺少)(?:相应的?|任何|充分的?)?(?:事实|法律|证据|相关)[^，。；]{0,8}"
    r"(?:依据|根据|支持|佐证|证实|证明)|于法无据|无(?:法律)?依据|难以(?:采纳|采信|支持)|(?:证据|依据)不足|(?:有误|不当)[，,](?:本院)?(?:予以|应予)纠正|碍难"
    r"|(?:并非|不是|不能(?:作为|成为)|不足以(?:作为|成为))[^，。；]{0,24}(?:理由|依据|事由)"
)
_ACCEPTED = re.compile(
    r"(?:予以?|可以?|应予?以?|均|酌情|酌予|部分)(?:予以?|酌情|合理)?(?:采纳|采信|支持|考虑|认可|确认|体现)|(?<!不)(?<!查证)属实|(?<!未)(?<!未能)(?<!未经)查证属实|(?:与|同)[^，。；]{0,24}(?<!不)相符"
    r"|(?:意见|理由)(?:合理|成立|有据)|于法有据|合法有据|(?<!不)(?<!不能)成立(?=[，,。；;])"
)
# 已取得被害人谅解的辩护意见: the victim is spoken of, not speaking.
_OF_VICTIM = re.compile(r"[取获得到向对给与致退赔将把被](?=被害人|自诉人|原告人|代理人)|赔偿|谅解")
# 辩护人提出的该意见成立: the answer to the point told before, no new one.
_REFERS_BACK = re.compile(
    r"的?(?:该|此|上述|前述|以上|这一)[^，。；]{0,6}(?:意见|理由|观点|辩解|请求)"
)
_BACK = ("该", "此", "上述", "前述", "以上")
# 的辩护意见，经查…等情节: here the court speaks, the last word for an opinion is its own.
_EXAMINED = re.compile(
    r"[，,]但?(?:经(?:审理|审|核|本院)?查|本院(?:经审[理查])?认为|因(?:本案|被告人|其))"
)
_COURT_REASONS = re.compile(r"[，,]但?(?:因|鉴于|经(?:审理)?查|经审理|本院|与[^，。；]{2,20}不)")
_NAMED_LAST = re.compile(r"公诉机关|公诉人|检察院|检察员|被告人|上诉人|辩护人")
_BUT = re.compile(r"[，,]但")
# 被害人应被告人要求到场: what was done at another's request is no request.
# 三上诉人关于时间、地点的供述相互吻合: evidence that the court weighs.
_TESTIFIES = re.compile(r"[^。；]{0,80}?的[^，。；的]{0,4}(?:供述|供认|陈述|证言)(?![和及与]?辩解)")
_AT_REQUEST = re.compile(r"应[^，。；]{1,10}(?:要求|请求|建议)$")
# 甲系从犯；乙系自首。上述意见…: the answer takes the whole sentence up, past its semicolons.
_ALL_TOLD = re.compile(r"。\s?(?:上述|以上|前述)[^，。；]{0,8}(?:意见|理由|观点|情节)")
_LISTED = re.compile(r"[^，。；]{0,6}[：:]|[：:]")
_FIRST_POINT = re.compile(r"[^，。；：]{0,14}[：:]\s?[（(]?[一1１][）)]?[、．.，]")
_COURT_AGAIN = re.compile(
    r"(?<=[。；\s])(?:经查|对此|本院认为|综上|据此|故对?|鉴于)|不予采纳"
    r"|予以采纳"
)
# Outside its reasoning the court repeats others in plain words only: 辩护人提出, 辩称.
_PLAIN = re.compile(
    r"辩护人|公诉|检察|控辩|公安|侦查|监察|辩称|辩解|上诉(?:提出|称)|(?:庭审|当庭)[^，。；]{0,4}提出"
)
# Or they are called so at the end: 上诉人关于…的上诉理由.
_CALLED = re.compile(r"[^。；]{2,200}?的(?:上诉|辩护|辩解)(?:理由|意见)")
_POINT = re.compile(
    r"(?:^|(?<=[：:；;。，\s]))(?:第?([一二三四五六七八九十]|\d{1,2})[、．.，点](?!\d))"
)
# The court's answer to some of the points: 所提第二、三条辩护意见，予以采纳；其余意见，不予采纳.
_REFERENCE = re.compile(
    r"(?:第(?P<numbers>[一二三四五六七八九十\d]{1,2}[、，和及第一二三四五六七八九十\d]{0,12})[点项条个]"
    r"|(?P<others>其他|其它|其余))[^，。；]{0,14}?(?:意见|理由|观点|辩解|建议)"
)
_OF_OTHERS: dict[Speaker | None, re.Pattern[str]] = {
    "defence": re.compile(r"(?:代理人|被害人|原告人|公诉|检察)[^，。；]*$"),
    "prosecution": re.compile(r"(?:代理人|被害人|原告人|辩护人|被告人)[^，。；]*$"),
    "police": re.compile(r"(?:代理人|辩护人|被告人|公诉|检察)[^，。；]*$"),
    None: re.compile(r"(?:辩护人|被告人|公诉|检察)[^，。；]*$"),
}
_POINT_NUMBER = re.compile(r"[一二三四五六七八九十]|\d{1,2}")
_FAR = 2500  # characters within which the answers to a list of points are looked for
_REACH = 700  # characters within which the court's answer to a point is looked for


@dataclass(frozen=True)
class Opinion:
    """Another's words at `start:end`; `answer` is None where the court does not respond.

    `speaker` None: the victim's side, whose words are no party's of this case. `also` is the
    second party that says the same (控辩双方).
    """

    start: int
    end: int
    speaker: Speaker | None
    answer: Literal["accepted", "refused"] | None
    answer_end: int
    also: Speaker | None = None


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
    if not answer:
        return stop
    own = _COURT_REASONS.search(text, start, answer.start())
    return own.start() if own else answer.start()


@cache
def _opener(speakers: tuple[int, ...]) -> re.Pattern[str]:
    """The head of an opinion of one of those speakers."""
    who = "|".join(_SPEAKERS[number][1] for number in speakers)
    return re.compile(rf"(?:(?:关于|对于|对|针对|至于|就)(?:上述|该)?)?(?P<who>{who}){_SAYS}")


def _openers(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Heads of opinions; in each sentence only speakers whose words stand there are tried."""
    for sentence in _SENTENCE.finditer(text, start, end):
        words = sentence[0]
        if not _MAY_SAY.search(words):
            continue
        speakers = tuple(
            number
            for number, (cues, _) in enumerate(_SPEAKERS)
            if not cues or any(cue in words for cue in cues)
        )
        found = list(_opener(speakers).finditer(text, *sentence.span()))
        if "意见" in words:
            heads = [m.span() for m in found]
            topics = _TOPIC.finditer(text, *sentence.span())
            found += [m for m in topics if not any(a <= m.start() < b for a, b in heads)]
            found.sort(key=lambda m: m.start())
        yield from found


def _separate(text: str, start: int, end: int, plain: bool) -> Iterator[Opinion]:
    """Each opinion with the answer before the next one begins."""
    openers = [
        m
        for m in _openers(text, start, end)
        if (not plain or _PLAIN.search(m[0]) or _CALLED.match(text, m.end())) and _leads(text, m)
    ]
    openers = [
        m
        for before, m in zip([None, *openers], openers, strict=False)
        if not _within(text, before, m)
    ]
    for index, opener in enumerate(openers):
        limit = openers[index + 1].start() if index + 1 < len(openers) else end
        limit = min(limit, opener.end() + _REACH)
        stop = _sentence_end(text, _quote_end(text, opener.end(), limit), limit)
        close = _OPINION_END.search(text, opener.end(), stop)
        if close and text.endswith(_BACK, 0, close.start()):
            close = None  # 该辩解理由不能成立 is the court's word
        if close and close[0] == "情节" and _COURT_REASONS.search(text, opener.end(), stop):
            close = None
        while close and (later := _OPINION_END.search(text, close.end(), stop)):
            between = close.end(), later.start()
            if any(p.search(text, *between) for p in (_ACCEPTED, _REFUSED, _EXAMINED)):
                break
            if text.endswith(_BACK, 0, later.start()):
                break
            close = later
        finish = close.end() if close else _unnamed_end(text, opener.end(), stop)
        if opener[0].endswith("意见"):
            finish = opener.end()
        elif "虽" in opener[0] and (but := _BUT.search(text, opener.end(), stop)):
            finish = but.start()
        elif _LISTED.match(text, finish, limit) or _FIRST_POINT.match(text, opener.end(), limit):
            answers = _COURT_AGAIN.search(text, finish, limit)
            finish = answers.start() if answers else limit
        told = text.find("。", opener.end(), limit)
        if told >= 0 and _ALL_TOLD.match(text, told, limit):
            finish = max(finish, told)
        answer, answer_end = _answer(text, finish, limit)
        speaker, also = _speakers(text, opener)
        yield Opinion(opener.start(), finish, speaker, answer, answer_end, also)


def _within(text: str, before: re.Match[str] | None, opener: re.Match[str]) -> bool:
    """Whether 被告人系自首的辩护意见 ends what another opener of its sentence began."""
    if before is None or not opener[0].endswith("意见"):
        return False
    between = before.end(), opener.start()
    return not (set(text[slice(*between)]) & set("。；\n") or _OPINION_END.search(text, *between))


def _quote_end(text: str, start: int, limit: int) -> int:
    """The end of the quotation that begins at `start`; `start` where none does."""
    return max(text.find("”", start, limit), start) if text.startswith("“", start) else start


def _speakers(text: str, opener: re.Match[str]) -> tuple[Speaker | None, Speaker | None]:
    """Whose opinion it is, and who else shares it."""
    if _is(opener, "victim"):
        return None, None
    if _is(opener, "police"):
        return "police", None
    if re.match(_BOTH, opener["who"]):
        return "defence", "prosecution"
    accuses = any(word in _who(text, opener) for word in ("公诉", "检察"))
    return ("prosecution" if accuses else "defence"), None


def _who(text: str, opener: re.Match[str]) -> str:
    """Whom the opener names; 其 is who was named last in its sentence."""
    if opener["who"] != "其":
        return opener["who"]
    begin = max(text.rfind(mark, 0, opener.start()) for mark in "。；\n") + 1
    named = _NAMED_LAST.findall(text, begin, opener.start())
    return named[-1] if named else "其"


def _is(opener: re.Match[str], speaker: str) -> bool:
    return opener.groupdict().get(speaker) is not None


# 《最高人民法院、最高人民检察院关于…的解释》 is a title, no party's opinion.
_IN_TITLE = re.compile(r"《[^》]*$|最高人民检察院$")


def _before(opener: re.Match[str]) -> tuple[int, int]:
    return max(opener.start() - _REACH, 0), opener.start()


def _leads(text: str, opener: re.Match[str]) -> bool:
    """Whether the opener stands at the head of a clause, not within one or within a quotation."""
    if _is(opener, "victim") and _OF_VICTIM.search(opener["who"]):
        return False
    if _REFERS_BACK.match(text, opener.end()) or _AT_REQUEST.search(opener[0]):
        return False
    if opener[0].endswith("关于") and _TESTIFIES.match(text, opener.end()):
        return False
    if _IN_TITLE.search(opener["who"]):
        return False
    if text.rfind("“", *_before(opener)) > text.rfind("”", *_before(opener)):
        return False
    before = text[opener.start() - 1] if opener.start() else "。"
    if text.endswith("以及", 0, opener.start()):
        return True
    return before in "，,。；;：:、 \n\t（(”）)故但而且对及" or opener[0][0] in "关对针至就"


def _points(text: str, opinion: Opinion) -> dict[int, tuple[int, int]]:
    """The numbered points of an opinion with their stretches; none where it has no list."""
    heads = list(_POINT.finditer(text, opinion.start, opinion.end))
    numbers = [chinese_number(m[1]) for m in heads]
    if len(heads) < 2 or numbers != list(range(1, len(heads) + 1)):
        return {}
    ends = [*(m.start() for m in heads[1:]), opinion.end]
    return {n: (m.start(), e) for n, m, e in zip(numbers, heads, ends, strict=True)}


def _point_by_point(text: str, found: list[Opinion], end: int) -> Iterator[Opinion]:
    """With a list of points cut where the court answers 第2点 and 其他意见 apart."""
    for opinion in found:
        points = _points(text, opinion)
        last = min(end, opinion.end + _FAR)
        references = [
            r
            for r in (_REFERENCE.finditer(text, opinion.end, last) if points else ())
            if not _OF_OTHERS[opinion.speaker].search(text, max(r.start() - 16, 0), r.start())
        ]
        if not references:
            yield opinion
            continue
        limits = [*(r.start() for r in references[1:]), last]
        answers: dict[int, tuple[Literal["accepted", "refused"] | None, int]] = {}
        for reference, limit in zip(references, limits, strict=True):
            answer = _answer(text, reference.end(), min(limit, reference.end() + _REACH))
            numbers = _POINT_NUMBER.findall(reference["numbers"] or "")
            named = {chinese_number(n) for n in numbers} or set(points) - set(answers)
            answers |= dict.fromkeys(named, answer)
        for number, (start, stop) in points.items():
            given, given_end = answers.get(number, (None, stop))
            yield replace(opinion, start=start, end=stop, answer=given, answer_end=given_end)


def opinions(doc: CaseDocument, start: int, end: int, plain: bool = False) -> list[Opinion]:
    """The others' opinions that the author repeats in `start:end`, with his answers.

    Two opinions of one sentence (甲系从犯、乙系胁从犯的意见，均不予采纳) share its answer. With
    `plain` only those that name their speaker's part (辩护人提出, 被告人辩称).
    """
    return list(_opinions(doc.text, start, end, plain))


# Several readers ask for the same part of a document, one after the other.
@lru_cache(maxsize=32)
def _opinions(text: str, start: int, end: int, plain: bool) -> tuple[Opinion, ...]:
    found = list(_separate(text, start, end, plain))
    for index in range(len(found) - 2, -1, -1):
        one, following = found[index], found[index + 1]
        between = text[one.end : following.start]
        if one.answer is None and not set(between) & set("。；\n"):
            found[index] = replace(one, answer=following.answer, answer_end=following.answer_end)
    return tuple(_point_by_point(text, found, end))


def of_victims(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of a party's part in which the victim's side speaks, who is no party of it.

    From a sentence that names its speaker to the next one that names another.
    """
    begin: int | None = None
    for sentence in _WHOLE_SENTENCE.finditer(text, start, end):
        if _VICTIM_SPEAKS.match(text, sentence.start(), end):
            begin = sentence.start() if begin is None else begin
        elif begin is not None and _PARTY_SPEAKS.match(text, sentence.start(), end):
            yield begin, sentence.start()
            begin = None
    if begin is not None:
        yield begin, end


def repeated(doc: CaseDocument, section: Section) -> list[Opinion]:
    """What the author of a section repeats of others there, in the order of the text."""
    if section.kind == "reasoning":
        return opinions(doc, section.span.start, section.span.end)
    if section.kind in ("facts", "evidence"):
        return opinions(doc, section.span.start, section.span.end, plain=True)
    if section.kind in ("accusation", "defence"):
        victims = of_victims(doc.text, section.span.start, section.span.end)
        return [Opinion(low, high, None, None, high) for low, high in victims]
    return []


def opinion_at(said: Sequence[Opinion], start: int, end: int) -> Opinion | None:
    """The repeated opinion that `start:end` belongs to."""
    index = bisect_right(said, start, key=lambda o: o.start) - 1
    return said[index] if index >= 0 and end <= said[index].end else None


def speaker_at(said: Sequence[Opinion], start: int, end: int, author: Speaker) -> Speaker:
    """Who says `start:end` in a section of `author`; words he agrees with are his too."""
    opinion = opinion_at(said, start, end)
    if opinion is None or opinion.speaker is None or opinion.answer == "accepted":
        return author
    return opinion.speaker
