"""The defence's points one by one, each a question the court has to answer.

From the defence section; where a judgment has none, from what the court repeats of the
defence in its reasoning. Agreement and mere pleas for leniency are no points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from ingestion.extract.blocks import clauses
from ingestion.extract.circumstances import keys_in
from ingestion.extract.opinions import opinions
from ingestion.model import Argument, CaseDocument

By = Literal["counsel", "defendant"]

_COUNSEL = re.compile(r"辩护人|律师")
_COUNSEL_SPEAKS = re.compile(
    r"(?:但|且|而)?(?:(?:原审)?(?:被告人|上诉人)[^，。；：]{0,16}?(?:的|及其?|和其?|、)?|[\u4e00-\u9fff×\d]{2,4}的)?"
    r"(?:其|[二两三])?(?:指定|委托)?辩护人"
    r"[^，。；：]{0,24}?(?:提出|辩称|辩护|认为|发表|主张|意见|对|当庭|均|以)"
)
_DEFENDANT_SPEAKS = re.compile(
    r"(?:原审)?(?:被告人|上诉人|被告单位)[^，。；：]{0,12}?(?:辩称|辩解|提出|上诉|认为)"
)
_DEFENDANT_OPENS = re.compile(
    r"(?:原审)?(?:被告人|上诉人|被告单位)[^，。；：]{0,16}?(?:对|认罪|自愿|供认|表示|当庭)"
)
_NUMBERED = re.compile(
    r"(?:(?<=[。；：:，,\s])|^)(?:[1-9１-９][、.．，](?!\d)|[（(](?:[1-9]|[一二三四五六七八九])[）)]"
    r"|[一二三四五六七八九](?:、|是(?=[\u4e00-\u9fff]))|第[一二三四五六七八九][，,、]|其[一二三四五][，,]|[①②③④⑤⑥⑦⑧⑨])"
)
_LEAD = re.compile(
    r"[^。；]{0,60}?(?:辩称|辩解称?|辩护称|提出(?!异议)|所提(?!出)|所述|认为|主张|上诉称|辩解意见|辩护意见|上诉理由|意见"
    r"|(?<=[人方])(?:关于|就|以))(?:是|为|如下|主要是|以下|辩护意见|辩解|意见|上诉(?!人)|理由|[和及：:，,、“”的\s])*"
)
_TRIM = re.compile(
    r"^(?:但是?|且|并且?|同时|另外|另|此外|故|因此|而且|还|又|其次|首先|再次|最后|综上|认为|提出|辩称|辩护称|辩解称|请求"
    r"|[：:，,、；\s”“])+(?=[^，。；])"
)
_OFFERS = re.compile(r"提出|辩称|辩解")
_TAIL = re.compile(
    r"(?:[“”]*(?:等|这一|的)*(?:相关|合理|该)*"
    r"(?:(?:辩护|辩解|上诉)?(?:意见|理由|观点|主张)|辩解)[及和、]?)*(?:等?为由)?[。；;，,、：:\s“”]*$"
)
_AGREES = re.compile(
    r"(?:无|没有|无有|不持|未持|未有|未提出|均无|亦无|表示无|不提)(?:任何|太大|实质|有)?[^，。；]{0,4}(?:异议|意见|辩解|辩护意见)"
    r"|供认不讳|未作辩解|未辩解|不作?做?辩解|(?:予以|表示)(?:承认|认可)|签字具结|同意适用|如实供述(?:了)?上述"
    r"|当庭(?:作|做|进行)出?了?供述|未(?:提交|提供|出示)[^，。；]{0,4}证据|提交[^，。；]{0,30}(?:证明|病历|证书)|提交了?具结书|承认控罪|全部供认"
)
_ADMITS = re.compile(
    r"(?:被告人[^，。；]{0,8}?)?(?:表示|当庭|均|自愿|亦)*认罪(?:、?悔罪|、?认罚|、具结悔过|服法|伏法)*"
)
_DISPUTES = re.compile(r"(?<!没)有异议|(?<!没)有意见|不(?:认可|承认|同意|构成|属|应)|不是")
_PLEA = re.compile(
    r"(?:请求|建议|希望|恳请|要求|提请|望|请|可以?|应当?|依法|能|故|对其|予以|给予|从宽|法庭|法院|合议庭|酌情)"
    r"[^，。；]{0,24}(?:从轻|减轻|从宽|宽大|轻判|处罚|处理|判决|机会|考虑|改判)[^，。；]{0,8}$|^[^，。；]{0,6}从轻[^，。；]{0,6}$"
)
_KEEPS = re.compile(r"缓刑|免予|免除|无罪|不构成|罚金|单处|罪名|基准刑|量刑(?:过重|建议)")
_EVIDENCE = re.compile(
    r"等证据|证据(?:予以)?证实|证言[、，]|上述事实|笔录|收据|的供述|的陈述"
    r"|清单|登记表|足以认定|^(?:原审)?事实清楚|^证据(?:确实|充分)|^[^，。；]{0,10}证实"
)
_STUB = re.compile(
    r"综上(?:所述)?|此外|另外|(?:依法|可以?|应当?)*(?:从轻|减轻|免除)(?:[、或者]*(?:从轻|减轻|免除))*(?:刑事)?处罚"
    r"|(?:被告人[^，。；]{0,8})?(?:在)?(?:本案)?(?:审理|庭审|开庭|诉讼)(?:过程|期间)?中?|(?:在)?量刑方面|请?求?[^，。；]{0,8}撤销原判|(?:其|辩护人|的|主要|具体|如下|相关|其他|其余|上述|该|第.{1,3}点|相同|从轻)*(?:辩护|辩解|上诉)?(?:意见|理由)(?:为|是|如下)?|(?:对于|关于)?[^，。；]{0,8}辩护人[^，。；]{0,6}"
)
_WHEN = re.compile(r"[^，。；]{0,8}(?:案发|归案|到案|事发|事故发生|犯罪)[^，。；]{0,3}[后时]")
_ANSWERED = re.compile(
    r"经(?:审理)?查[，,]|经审理(?:发现|查明)|二审(?:期间|审理|查明)|本院经?(?:查|审查)|对公诉机关提供的证据|故(?:此|该|对)[^，。；]{0,12}(?:理由|意见|辩)"
)
_CONCLUDES = re.compile(
    r"(?:依法|应当?)*(?:系|属于?|是|构成|认定为?|视为)(?:犯罪)?(?:自首|坦白|立功|从犯|未遂|中止|防卫|准自首)"
)
_CAME = re.compile(r"到案|投案|归案|等候|报警|报案")
_OPENS = re.compile(
    r"(?:被告人[^，。；]{0,6}|其|本案|原审|一审|指控|公诉机关)?(?:不(?:构成|应|是|属|能|存在|具有)|应当?(?:认定|属于|是|定)|没有|无(?!业)"
    r"|主观|系|属于?|具有|犯罪情节|社会危害|数额|证据|事实不|量刑)"
)
# Paying and being forgiven is one question to the court.
_ONE = {
    "compensation": "comp",
    "forgiveness": "comp",
    "plea_leniency": "plea",
    "court_plea": "plea",
}
# Points that are no circumstances of the table, each another question to the court.
_TOPICS = {
    "plea": re.compile(
        r"(?:认罪|悔罪)[^，。；]{0,4}态度|^(?:且)?态度(?:较|很|诚恳)|认罪、悔罪"
        r"|^(?:自愿|主动|能|均|当庭)*认罪$"
    ),
    "harm": re.compile(
        r"(?:危害|损害|造成|严重)[^，。；]{0,4}后果|社会危害|主观恶性|情节(?:较|显著)?轻"
        r"|造成[^，。；]{0,6}伤害"
    ),
    "character": re.compile(r"(?:一贯|平时|一向)[^，。；]{0,4}表现"),
    "need": re.compile(r"家庭[^，。；]{0,4}困难|(?:患有|存在)[^，。；]{0,6}疾病|抚养|赡养"),
    "probation": re.compile(
        r"(?:适用|宣告|判处|改判)[^，。；]{0,8}缓刑|缓刑[^，。；]{0,4}条件|免(?:予|除)[^，。；]{0,8}处罚"
    ),
    "restitution": re.compile(r"退赔|退赃|退缴"),
}
_ABSORBING = frozenset({"need", "harm", "probation"})  # what follows explains them
_JOINED = re.compile(
    r"(?:以及|及|且|并|和)(?=其?(?:系|是|属|不构成|不属|具有)|应当?(?:适用|认定)|有(?:自首|坦白|立功|悔罪))"
)
# A clause that only adds to the one before: 已赔偿3万元，愿意再赔偿2万元.
_ADDS = re.compile(r"(?:并且?|且|还|亦)?愿意?[^，。；]{0,24}(?:赔偿|退赔|缴纳|接受处罚|支付)")
_HAS = re.compile(r"(?:依法)?(?:具?有|存在)自首(?:的)?(?:情节|表现)?")
_GROUNDS = frozenset({"confession", "surrender", "accessory", "merit", "attempt"})


def _keys(text: str) -> frozenset[str]:
    named = {_ONE.get(key, key) for key in keys_in(text)}
    return frozenset(named | {topic for topic, words in _TOPICS.items() if words.search(text)})


def _numbered(text: str, start: int, end: int) -> list[tuple[int, int]]:
    marks = list(_NUMBERED.finditer(text, start, end))
    if len(marks) < 2:
        return []
    stops = [m.start() for m in marks[1:]] + [end]
    return [(m.end(), stop) for m, stop in zip(marks, stops, strict=True)]


def _is_plea(piece: str) -> bool:
    return bool(_PLEA.search(piece)) and not _KEEPS.search(piece) and not keys_in(piece)


def _agrees(piece: str) -> bool:
    return bool(_AGREES.search(piece)) and not _DISPUTES.search(piece)


def _idle(piece: str, by: By | None) -> bool:
    """Whether the clause makes no point: agreement, a plea, a list of evidence, a heading.

    `by` None: where a defendant offers his own plea as a ground.
    """
    return (
        _agrees(piece)
        or _is_plea(piece)
        or bool(_EVIDENCE.search(piece) or _STUB.fullmatch(piece))
        or (by == "defendant" and bool(_ADMITS.fullmatch(piece)))
    )


def _groups(
    text: str, start: int, end: int, by: By | None, whole: bool
) -> Iterator[tuple[int, int]]:
    """Neighbouring clauses that make one point; another circumstance opens another point.

    `whole`: a numbered point, which goes on over its sentences.
    """
    low = high = -1
    held: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    for clause_low, clause_high in clauses(text, start, end, "，,；;。\n"):
        piece = text[clause_low:clause_high]
        if _idle(piece, by):
            if low >= 0:
                yield low, high
            low, held = -1, frozenset()
            continue
        keys = _keys(piece) if "虽" not in piece else frozenset()  # 虽…，但…: conceded
        if low >= 0 and keys and keys <= told and _CONCLUDES.fullmatch(piece):
            high = clause_high  # 如实供述，当庭认罪，系坦白
            continue
        told |= keys
        if low >= 0 and held & {"comp", "restitution"} and _ADDS.match(piece):
            high = clause_high
            continue
        breaks = not whole and bool(set(text[max(high, 0) : clause_low]) & set("。；;\n"))
        concludes = bool(_CONCLUDES.match(piece)) and held <= _GROUNDS
        if _HAS.fullmatch(piece) and not held and low >= 0:
            concludes = bool(_CAME.search(text, low, high))  # 报警等候，有自首情节
        if keys == {"harm"} and not held and low >= 0 and not breaks:
            concludes = True
        if whole and not held and low >= 0 and not _OPENS.match(text, low, high):
            concludes = True  # a numbered point first tells its grounds
        if keys == {"confession"} and not held and low >= 0:
            concludes = bool(_CAME.search(text, low, high))  # 主动到案，如实供述: one ground
        leaves = bool(held - _ABSORBING) and not keys and not whole
        fresh = bool(keys - held) or leaves or breaks
        opens = bool(held or keys or breaks or _OPENS.match(piece))
        if low >= 0 and fresh and opens and not concludes and not _WHEN.fullmatch(text, low, high):
            yield low, high
            low, held = -1, frozenset()
        if low < 0:
            low = clause_low
        high, held = clause_high, held | keys
    if low >= 0:
        yield low, high


def _enumerated(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """有自首、退赃情节 names two circumstances: cut where another one begins."""
    low = start
    for joint in _JOINED.finditer(text, start, end):
        if joint.start() - low > 1:
            yield from _listed(text, low, joint.start())
            low = joint.end()
    yield from _listed(text, low, end)


def _listed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    low, held = start, frozenset[str]()
    for part_low, part_high in clauses(text, start, end, "、"):
        keys = _keys(text[part_low:part_high])
        if held and keys - held:
            yield low, part_low
            low, held = part_low, frozenset()
        held |= keys
    yield low, end


def _points(doc: CaseDocument, start: int, end: int, by: By) -> Iterator[Argument]:
    text = doc.text
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead and lead.end() < end else start
    answered = _ANSWERED.search(text, start, end)
    end = answered.start() if answered else end
    numbered = _numbered(text, start, end)
    speaker = None if lead and _OFFERS.search(lead[0]) else by
    for item in numbered or [(start, end)]:
        for group in _groups(text, *item, speaker, bool(numbered)):
            for low, high in _enumerated(text, *group):
                trim = _TRIM.match(text[low:high])
                low += trim.end() if trim else 0
                tail = _TAIL.search(text[low:high])
                high = low + tail.start() if tail else high
                piece = text[low:high]
                short = bool(keys_in(piece) or _ADMITS.fullmatch(piece))
                if len(piece) >= (2 if short else 4) and not _idle(piece, speaker):
                    yield Argument(text=piece, span=doc.span(low, high), by=by)


def _sentence_opens(text: str, at: int, begin: int) -> bool:
    while at > begin and text[at - 1].isspace():
        at -= 1
    return at == begin or text[at - 1] == "。"


def _utterances(doc: CaseDocument, start: int, end: int) -> Iterator[tuple[int, int, By]]:
    """Stretches of one speaker: a clause that names no speaker goes on with the one before."""
    begin = start
    by: By = "defendant"
    for low, _ in clauses(doc.text, start, end, "，,；;。\n"):
        counsel = _COUNSEL_SPEAKS.match(doc.text, low, end)
        defendant = _DEFENDANT_SPEAKS.match(doc.text, low, end)
        if _sentence_opens(doc.text, low, begin):
            defendant = defendant or _DEFENDANT_OPENS.match(doc.text, low, end)
        if not counsel and not defendant:
            continue
        if low > begin:
            yield begin, low, by
            begin = low
        by = "counsel" if counsel else "defendant"
    if begin < end:
        yield begin, end, by


def read(doc: CaseDocument) -> list[Argument]:
    """The points of the defence in the order of the text."""
    found: list[Argument] = []
    for section in doc.sections_of("defence"):
        for low, high, by in _utterances(doc, section.span.start, section.span.end):
            found.extend(_points(doc, low, high, by))
    if not found and doc.type == "judgment":
        for section in doc.sections_of("reasoning"):
            for opinion in opinions(doc, section.span.start, section.span.end):
                if opinion.speaker == "defence":
                    head = doc.text[opinion.start : opinion.start + 40]
                    voice: By = "counsel" if _COUNSEL.search(head) else "defendant"
                    found.extend(_points(doc, opinion.start, opinion.end, voice))
        # The court often repeats a point where it answers it: once is enough.
        found = list({a.text: a for a in reversed(found)}.values())[::-1]
        found = [a for a in found if not any(a.text in b.text and a is not b for b in found)]
    return found
