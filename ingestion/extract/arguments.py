"""The defence's points one by one, each a question the court has to answer.

From the defence section; where a judgment has none, from what the court repeats of the
defence in its reasoning. Agreement and mere pleas for leniency are no points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from ingestion.answers.wording import closeness, pairs
from ingestion.extract.blocks import clauses
from ingestion.extract.idle import is_idle
from ingestion.extract.opinions import of_victims, repeated
from ingestion.extract.points import points
from ingestion.model import Argument, CaseDocument, Section

By = Literal["counsel", "defendant"]

_COUNSEL = re.compile(r"[辩辨]护人|律师")
_COUNSEL_SPEAKS = re.compile(
    r"(?:但|且|而)?(?:(?:原审)?(?:被告人|上诉人)[^，。；：]{0,16}?(?:的|及其?|和其?|、)?|[\u4e00-\u9fff×\d]{2,4}的?)?"
    r"(?:其|[二两三各])?(?:(?:指定|委托)?[辩辨]护人|(?:法律援助|指派|委托)?律师)"
    r"[^，。；：]{0,24}?(?:提出|所提|辩称|辩护|认为|发表|主张|意见|请求|申请|建议|对|就|当庭|均|以|称)|其的?主?要?辩护意见"
)
_DEFENDANT_SPEAKS = re.compile(
    r"(?:庭[后审]中?|当庭|[二一]审(?:期间|庭审)?中?)?(?:原审)?(?:被告人|上诉人|被告单位)[^，。；：]{0,12}?"
    r"(?:辩称|(?<!的)(?<!供述[和与及、])辩解|提出|上诉|认为|称)"
)
_DEFENDANT_OPENS = re.compile(
    r"(?:原审)?(?:被告人|上诉人|被告单位)[^，。；]{0,16}?(?:对|认罪|自愿|供认|表示|当庭|请求|否认|翻供)"
)
_APPELLANT = re.compile(
    r"(?:关于|对于?|针对)?上诉人(?P<names>[一-龥\d某×XＸ、]{2,24}?)(?=上诉|诉?称|所?提|及其|和其|的|认为)"
)
# 关于制造毒品，其辩称…: the same speaker, another subject.
_SPEAKS_ON = re.compile(r"(?:(?:关于|对于?)[^，。；]{2,24}[，,])?其(?:还|又|另)?(?:辩解?称|辩解)")
_NUMBERED = re.compile(r"[一二三四五六七八九十\d]{1,2}[、.．]")
_NAMED_SAYS = re.compile(r"(?:当庭|还|又|亦)?(?:辩称|辩解|上诉称|上诉提出)")
_GOES_ON = re.compile(r"(?:所以|故|因此)?辩护人(?:还|另)?(?:认为|提出)")
_HEAD = 16  # characters of a heading with its colon and the first number: 量刑情节：1、
_FEW, _AGAIN = 6, 0.75  # character pairs, and their share that makes a point one told again
_ABOUT = re.compile(r"关于|对于?|针对")
_BARE_NAME = re.compile(r"^(?:关于|对于?)?(?:被告人|上诉人)?")
_IN_WORDS = re.compile(r"(?:首先|其[次二]|再[次者]|最后)[，,]")
# The ways of numbering; a list goes on in the way it began, another one within it is its own.
_NUMBERS = tuple(
    re.compile(mark)
    for mark in (
        r"[1-9１-９][、.．，](?!\d)",
        r"[（(](?:[1-9]|[一二三四五六七八九])[）)]",
        r"[一二三四五六七八九](?:、|是(?=[\u4e00-\u9fff]))",
        r"第[一二三四五六七八九][点条项]?[，,、]",
        r"[1-9][)）]",
        r"其[一二三四五][，,]",
        r"[①②③④⑤⑥⑦⑧⑨]",
        _IN_WORDS.pattern,
    )
)
_DIGIT = re.compile(r"[1-9１-９一二三四五六七八九]")
_LEAD = re.compile(
    r"[^。；]{0,60}?(?:辩称|辩解[称说]?|翻供[，,]?称?|辩护称|提出(?!(?:任何|其他|实质性?)?(?:异议|意见|辩解))|所提(?!出)|所述|认为|主张|上诉称|辩解意见|辩护意见|上诉理由|意见(?![。；])|(?<![职名])称(?=[，,：:])"
    r"|(?:被告人|上诉人|辩护人)[^，。；：提]{1,12}关于|辩护人(?:关于|有关)|[\u4e00-\u9fff某×\d]关于(?=其)|(?<=[人方])(?:关于|就(?![^，。；：]{0,16}提出)|以))(?:是|为|如下|主要|以下|辩护意见|辩解|意见|上诉(?!人)|理由|[和及：:，,、“”的\s])*"
)
_TRIM = re.compile(
    r"^(?:(?:被告人[^，。；：]{0,6}|其)?(?:综合|酌情)?(?:考虑)?(?:具?有|存在)?(?:以下|下列|如下)[^，。；：]{0,10}[：:]|补充[^，。；：]{0,6}[：:]|(?:关于|对于?)?(?:(?:[^，。；：]{2,10}的)?[辩辨]护人|被告人|上诉人|其)[^，。；]{0,8}?(?:请求|要求|建议)(?=[对给判适依宣免单改]|二审|法[庭院])"
    r"|但是?|且|并且?|同时|另外|另|此外|故|因此|而且|还|又|其次|首先|再次|最后|综上|其?关于(?=被告人|上诉人|其|对|应|[^，。；]{2,20}(?:有|系|构成|具有))|考虑到?(?=[\u4e00-\u9fff某×]{1,8}[系是有的])|(?:所以|故|因此)?(?:辩护人|其)?认为|提出|辩称|辩护称|辩解称|称(?!职)"
    r"|[^，。；：“]{0,16}(?:理由|意见)(?:如下|是|为)?[：:]|(?:主要)?理由[是为]"
    r"|(?:关于|在|就|对于?)?(?:定罪|定性|量刑|事实|证据|罪名|程序|数额|刑罚)(?:情节)?[：:]"
    r"|[^，。；：“]{1,8}(?:方面|部分|问题|上)[：:]|[^，。；：“]{0,16}(?:不清|不足|不当|错误|有误)[：:]"
    r"|[^，。；：]{0,6}(?:请求|恳请|希望)(?:法[庭院]|合议庭)(?:在量刑时)?(?:充分|酌情)?考虑到?(?=其|被告人|本案)"
    r"|就[^，。；]{2,12}[，,]|[^，。；]{0,10}(?:提交|出示|提供)了?[^，。；]{0,8}(?:证据|材料)并(?=建议|请求)"
    r"|根据(?=被告人|上诉人|其)|请求|建议|希望|恳请|要求|请(?=法|合议|对)|(?:二审)?(?:法庭|法院)|[二再]审(?=依法|改判|宣告|判)|[：:，,、；\s”“])+(?=[^，。；])"
)
_SAYS = re.compile(
    r"(?:被告人|上诉人|被告单位)[^，。；：]{0,16}(?:辩称|辩解|提出|所[提述]|上诉|认为|请求|要求)"
    r"|^(?:被告人|上诉人)[^，。；：]{1,12}关于"
)
_APPEAL = re.compile(
    r"以[“]?(?P<why>[^”。；]{4,100}?)[”]?(?:等)?为由[，,]?(?:向[^，。；]{2,20})?(?:提出|提起)上诉"
)
# What was said before an earlier judgment of the case is told for its story.
_EARLIER = re.compile(r"(?<=[。；\s])(?:遂|据此)[，,]?(?:作出)?(?:裁定|判决)[^。]*。")
# 对证言的细节提出异议，但不足以影响认定: the court has weighed it.
_WEIGHED = re.compile(
    r"[^。；]{0,30}对[^。；]{0,80}(?:证据|陈述|证言|笔录|鉴定)[^。；]{0,40}异议[，,]但[^。；]{0,12}不(?:足以)?影响"
)
_SUBMITS = re.compile(
    r"[^，。；：]{0,24}?(?:当庭|庭后|庭审中)?(?:提供|提交|出示)(?:了)?[^，。；]{2,40}[，,](?:以|拟|用以)?证[实明]"
)
_ASKS_FIRST = re.compile(
    r"(?:请求|申请|要求)(?:法庭|法院|本院|依法)*(?=(?:排除非法证据|重新鉴定|补充鉴定|调取新的证据)[，,])"
)
# 同意被告人提出的异议，…: what another has said, agreed with.
_AGREES = re.compile(r"[^，。；]{0,12}同意[^，。；]*$")
_DISPUTES = re.compile(
    r"对[^，。；]*第[一二三四五六七八九十\d]+[笔起次宗][^，。；]*(?:不予?认可|异议|不予?承认)(?=[，,])"
)
_QUOTED = re.compile(r"”(?:等|的|这一)[^“”，。；]*$")
_OFFERS = re.compile(r"提出|关于|辩称|(?<![无未作做])辩解")
_TAIL = re.compile(
    r"(?:并(?:请求|建议|予以|对其|依法|应当?)*(?:从轻|减轻)(?:、?或者?减轻)?处罚)?"
    r"(?:等(?:法定|酌定|或者?|、|从轻|减轻|处罚|量刑|的)*情节)?"
    r"(?:[“”]*(?:等|这一|的)*(?:相关|合理|该)*"
    r"(?:(?:辩护|辩解|上诉)?(?:(?<!鉴定)意见|理由|观点|主张|建议|请求)|辩解)[及和、]?)*(?:等?为由(?:[，,](?:请求|要求|建议))?)?(?:以?及)?[。；;，,、：:\s“”]*$"
)
_ANSWERED = re.compile(
    r"(?:等|的)*(?:辩护|辩解|上诉)(?:意见|理由)(?:于法有据|合法有据|有理|合理|成立|属实)|经(?:审理)?查[，,]|(?<=[，,。；;])经[^，。；]{2,16}(?:价格认证|物价)[^，。；]{0,6}[鉴认]定|经审理(?:发现|查明)|二审(?:期间)?(?:审理)?查明|(?<!请求)(?<!恳请)(?<!希望)本院经?(?:查|审查)|对公诉机关提供的证据"
    r"|[并且]有[^，。；]{0,20}(?:供述|陈述|证言|笔录|书证)"
    r"|故(?:此|该|对)[^，。；]{0,12}(?:理由|意见|辩)|(?:意见|理由|请求)[，,](?:经|本院|不?能?成立)"
)


def _opens(text: str, at: int, start: int) -> bool:
    """Whether a number may stand there: at the head of the stretch or of a clause."""
    return at == start or text[at - 1] in "。；：:，, \n"


def _first(mark: str) -> bool:
    """Whether a list may begin with this mark: one in words begins with the first of them."""
    return not _IN_WORDS.match(mark) or mark.startswith("首先")


def _marks(style: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The marks of one way of numbering; 1、认罪2、初犯: the next one in order needs no stop."""
    count = 0
    for mark in style.finditer(text, start, end):
        at = mark.start()
        runs_on = count and mark[0][0] == str(count + 1) and text[at - 1] not in "第、及和至笔年月"
        if runs_on or _opens(text, at, start):
            count += 1
            yield mark


def _items(text: str, start: int, end: int) -> list[tuple[int | None, int, int]]:
    """The items of a numbered list with their numbers; without one the whole stretch."""
    lists = [list(_marks(style, text, start, end)) for style in _NUMBERS]
    marks = min(
        (m for m in lists if (len(m) > 1 or (m and m[0].start() == start)) and _first(m[0][0])),
        key=lambda m: m[0].start(),
        default=[],
    )
    if not marks:
        return [(None, start, end)]
    digit = _DIGIT.search(marks[0][0])
    first = "一二三四五六七八九".find(digit[0]) + 1 or int(digit[0]) if digit else 1
    stops = [m.start() for m in marks[1:]] + [end]
    return [(n, m.end(), e) for n, (m, e) in enumerate(zip(marks, stops, strict=True), first)]


def _nested(text: str, start: int, end: int) -> Iterator[tuple[int | None, int, int]]:
    """The items; one that holds a list of its own gives that list's, under its own number."""
    for number, low, high in _items(text, start, end):
        within = _items(text, low, high) if number is not None else []
        headed = len(within) > 1 and within[0][1] - low <= _HEAD
        if headed and "。" not in text[low : within[0][1]]:
            yield from ((number, first, last) for _, first, last in within)
        else:
            yield number, low, high


def _trimmed(text: str, low: int, high: int) -> tuple[int, int]:
    trim = _TRIM.match(text[low:high])
    low += trim.end() if trim else 0
    tail = _TAIL.search(text[low:high])
    return low, low + tail.start() if tail else high


def _said(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without its lead-in: who speaks, and that he does.

    What he disputes in the same breath (对第二笔事实不予认可，并提出…) stays.
    """
    lead = _LEAD.match(text, start, end)
    if not lead or lead.end() >= end or _AGREES.match(lead[0]):
        return start, end
    asked = _ASKS_FIRST.search(lead[0])
    disputed = _DISPUTES.search(lead[0])
    if asked:
        return start + asked.end(), end
    return (start + disputed.start() if disputed else lead.end()), end


def _of_others(doc: CaseDocument, start: int, end: int) -> bool:
    """Whether the stretch is told of an appellant who is no defendant: the victim's side."""
    appellant = _APPELLANT.match(doc.text, start, end)
    accused = [person.name.value for person in doc.defendants]
    return bool(appellant and accused and not any(name in appellant["names"] for name in accused))


def _points(doc: CaseDocument, start: int, end: int, by: By) -> Iterator[Argument]:
    text = doc.text
    if _SUBMITS.match(text, start, end) or _WEIGHED.match(text, start, end):
        return
    if _of_others(doc, start, end):
        return
    lead = _LEAD.match(text, start, end)
    start, end = _said(text, start, end)
    answered = _ANSWERED.search(text, start, end)
    end = answered.start() if answered else end
    quoted = _QUOTED.search(text, start, end)
    end = quoted.start() if quoted else end
    pleads = by == "defendant" and not (lead and _OFFERS.search(lead[0]))
    own = by == "defendant"
    for number, *item in _nested(text, start, end):
        for point in points(text, *item, numbered=number is not None, pleads=pleads, own=own):
            low, high = _trimmed(text, *point)
            piece = text[low:high]
            named = _BARE_NAME.sub("", piece) in {
                "",
                *(person.name.value for person in doc.defendants),
            }
            if len(piece) > 1 and not named and not is_idle(piece, pleads=pleads):
                yield Argument(text=piece, span=doc.span(low, high), by=by, number=number)


def _sentence_opens(text: str, at: int, begin: int) -> bool:
    while at > begin and text[at - 1].isspace():
        at -= 1
    return at == begin or text[at - 1] == "。"


def _listed(doc: CaseDocument, start: int, end: int) -> bool:
    return any(number is not None for number, *_ in _items(doc.text, *_said(doc.text, start, end)))


def _by_name(
    doc: CaseDocument, start: int, end: int, accused: Sequence[str]
) -> re.Match[str] | None:
    """Where an accused speaks who is called by his bare name: 三、卢承安辩称…."""
    number = _NUMBERED.match(doc.text, start, end)
    start = number.end() if number else start
    names = (name for name in accused if doc.text.startswith(name, start))
    return next((_NAMED_SAYS.match(doc.text, start + len(name), end) for name in names), None)


def _utterances(doc: CaseDocument, start: int, end: int) -> Iterator[tuple[int, int, By]]:
    """Stretches of one speaker: a clause that names no speaker goes on with the one before."""
    begin = start
    by: By = "defendant"
    accused = [person.name.value for person in doc.defendants]
    for low, _ in clauses(doc.text, start, end, "，,；;。\n"):
        counsel = _COUNSEL_SPEAKS.match(doc.text, low, end)
        defendant = _DEFENDANT_SPEAKS.match(doc.text, low, end) or _by_name(doc, low, end, accused)
        if _sentence_opens(doc.text, low, begin):
            defendant = defendant or _DEFENDANT_OPENS.match(doc.text, low, end)
            if by == "defendant":
                defendant = defendant or _SPEAKS_ON.match(doc.text, low, end)
        if not counsel and not defendant:
            continue
        # 辩护人认为 within a list that counsel has begun: the reasons of an item.
        if counsel and by == "counsel" and _GOES_ON.match(counsel[0]) and _listed(doc, begin, low):
            continue
        if low > begin:
            yield begin, low, by
            begin = low
        by = "counsel" if counsel else "defendant"
    if begin < end:
        yield begin, end, by


def _of_defence(doc: CaseDocument, section: Section) -> Iterator[tuple[int, int]]:
    """The section without what the victim's side says in it, and what an earlier court told."""
    earlier = [m.end() for m in _EARLIER.finditer(doc.text, section.span.start, section.span.end)]
    begin = max(earlier, default=section.span.start)
    for low, high in of_victims(doc.text, begin, section.span.end):
        if begin < low:
            yield begin, low
        begin = high
    if begin < section.span.end:
        yield begin, section.span.end


def _names(text: str, start: int, accused: Sequence[str]) -> bool:
    """Whether an opinion begins with a defendant's name: 卢承安关于…的上诉理由."""
    about = _ABOUT.match(text, start)
    start = about.end() if about else start
    return any(
        text.startswith(f"{name}{said}", start)
        for name in accused
        for said in ("关于", "提出", "认为", "所提", "上诉")
    )


def _repeated(doc: CaseDocument) -> Iterator[Argument]:
    """The points that the court tells in its reasoning, who is named last speaking on."""
    by: By = "counsel"
    accused = [person.name.value for person in doc.defendants]
    for section in doc.sections_of("facts", "evidence", "reasoning"):
        for opinion in repeated(doc, section):
            # What evidence tells of the accused (供述和辩解) is no point; what is answered is.
            answered = section.kind == "reasoning" or opinion.answer
            if opinion.speaker != "defence" or not answered:
                continue
            lead = _LEAD.match(doc.text, opinion.start, opinion.end)
            if lead and _COUNSEL.search(lead[0]):
                by = "counsel"
            elif lead and (_SAYS.search(lead[0]) or _names(doc.text, opinion.start, accused)):
                by = "defendant"
            yield from _points(doc, opinion.start, opinion.end, by)


def _appealed(doc: CaseDocument) -> Iterator[Argument]:
    """The grounds that are told with the appeal itself: 以量刑过重为由提出上诉."""
    if doc.instance == "second":
        for section in doc.sections_of("procedure", "accusation", "defence"):
            for told in _APPEAL.finditer(doc.text, section.span.start, section.span.end):
                yield from _points(doc, told.start("why"), told.end("why"), "defendant")


def _of_whom(doc: CaseDocument, argument: Argument) -> str | None:
    """The defendant named last up to the point, where there are several."""
    names = [person.name.value for person in doc.defendants]
    if len(names) < 2:
        return None
    return max(names, key=lambda name: doc.text.rfind(name, 0, argument.span.end))


def _again(doc: CaseDocument, first: Argument, later: Argument) -> bool:
    """Whether the later point is the first one told again in nearly the same words."""
    if (first.by, _of_whom(doc, first)) != (later.by, _of_whom(doc, later)):
        return False
    return len(pairs(later.text)) > _FEW and closeness(later.text, first.text) >= _AGAIN


def read(doc: CaseDocument) -> list[Argument]:
    """The points of the defence in the order of the text."""
    found: list[Argument] = []
    for section in doc.sections_of("defence"):
        for start, end in _of_defence(doc, section):
            for low, high, by in _utterances(doc, start, end):
                found.extend(_points(doc, low, high, by))
    found = found or list(_appealed(doc))
    if not found and doc.type == "judgment":
        found = list(_repeated(doc))
        # The court often repeats a point where it answers it: once is enough.
        once = {(a.by, a.text, _of_whom(doc, a)): a for a in reversed(found)}
        found = list(once.values())[::-1]
        found = [a for a in found if not any(a.text in b.text != a.text for b in found)]
        found = [a for i, a in enumerate(found) if not any(_again(doc, b, a) for b in found[:i])]
    return found
