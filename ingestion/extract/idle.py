"""Clauses of the defence that make no point: agreement, pleas for leniency, lists of evidence."""

from __future__ import annotations

import re

from knowledge_base.questions import asked_in

_IDLE = re.compile(
    r"(?:无|没有|无有|不持|未持|未有|未提出|均无|亦无|不提)(?:任何|太大|实质|有)?[^，。；]{0,6}(?:异议|意见|辩解)"
    r"|供认不讳$|未[作做]?辩解|不[作做]?辩解|(?:予以|表示|基本|均)(?:全部)?(?:承认|认可|供认|认同)$|签字具结|同意适用|如实供述(?:了)?上述"
    r"|当庭(?:[作做]|进行)出?了?供述|(?:未|没有)(?:向[^，。；]{1,6})?(?:提交|提供|出示)[^，。；]{0,6}证据|(?:未|没有)(?:向[^，。；]{1,6})?举证|(?:没有|无)(?:经济)?(?:赔偿|履行)能力$|提交[^，。；]{0,30}(?:证明|病历|证书|具结书)|承认控罪|(?<!不)承认(?:了)?(?:自己|其|本人)?(?:所犯)?的?(?:罪行|犯罪(?:事实|行为)?)$|(?:指控|罪名)[^，。；]{0,8}供认$|[做作]了(?:如实)?供述$|(?:指控|事实)[^，。；]{0,12}如实供述$|提[交供][^，。；]{1,30}(?:予以|以资|加以)?(?:证[实明]|佐证|为证)$|申?[请供]了?[^，。；]{0,24}出庭作证$|[不未]否认|对不起[^，。；]{0,8}$|(?:今后|以后|保证)[^，。；]{0,12}(?:改过|不再|做人|遵纪守法|改正)[^，。；]{0,6}$|提交[^，。；]{0,12}(?:认罪|悔过)[^，。；]{0,4}$|(?:记不清|不记得|想不起来?)了?$"
    r"|^本院|^(?:法庭|合议庭|公诉人)|对[^，。；]{0,16}指控[^，。；]{0,12}(?:事实|罪名)$"
)
_ADMITS = re.compile(
    r"(?:被告人[^，。；]{0,8}?)?(?:表示|当庭|均|自愿|亦)*认罪(?:、?悔罪|、?认罚|、具结悔过|服法|伏法)*"
)
_DECLARES = re.compile(
    r"(?:被告人|上诉人)[^，。；]{1,8}?(?:表示)?(?:当庭)?表示[^，。；不]{0,4}认罪[^，。；]{0,6}"
)
_DISPUTED = re.compile(
    r"(?<![没未无])有异议|(?<![没未无])有意见|不(?:认可|承认|同意|构成|属|应)|不是|(?<!未)(?<!没有)(?<!不)提出[^，。；]{0,60}异议"
)
_EVIDENCE = re.compile(
    r"等证据|证据(?:予以)?证实|证言[、，]|上述事实|的陈述|登记表|足以认定|^(?:原审)?事实清楚|^证据(?:确实|充分)|^[^，。；]{0,10}证实"
    r"|^充分$"
)
_CONTESTS = re.compile(
    r"不(?:符合(?:事实|实际)|属实|真实|实)|虚假|排除|矛盾|不[能应][^，。；]{0,8}(?:采信|作为)"
)
_STUB = re.compile(
    r"综上(?:所述)?|此外|另外|(?:被告人[^，。；]{0,8})?在?(?:本案)?(?:审理|庭审|开庭|诉讼)(?:过程|期间)?中?|(?:在|关于)?(?:量刑|定性|定罪|事实|罪名|证据|民事(?:部分)?)(?:方面|部分|上)?"
    r"|请?求?[^，。；]{0,8}(?:撤销原判|改判)|第[^，。；]{1,3}[点条节项]|综合(?:上述|以上|全案|本案)[^，。；]{0,6}|庭审?(?:结束)?后|(?:[1-9][、.．])?(?:针?对于?|就|关于)[^，。；]{0,30}(?:指控|公诉意见)|[^，。；]{0,12}同意[^，。；]{2,40}(?:异议|意见|辩解)"
    r"|(?:其|辩护人|提出|所提|就此|据此|上述|前述|该|此|相应|第.{1,3}[点条]|相同|相关|其他|其余|主要|有关|从轻|减轻|处罚|的|[点节项条])*"
    r"(?:(?:辩护|辩解|上诉)?(?:意见|理由))?(?:为|是|如下)?"
    r"|[^，。；]{0,8}(?:事实|定性|量刑|证据)(?:部分|问题)?的(?:异议|意见)|(?:对于|关于)?[^，。；]{0,8}辩护人(?:就[^，。；]{1,8})?(?:上述|相关|的|从轻|处罚|有关|提出|所提)*|有?(?:以下|下列)[^，。；]{0,10}情节"
)
# A plea for leniency that names no sentence: 请求对其从轻处罚, 依法可以从轻、减轻或者免除处罚.
_LENIENT = (
    r"(?:从轻|减轻|从宽|宽大|轻判)(?:[、或和者及]*(?:从轻|减轻|从宽|免除))*"
    r"(?:刑事)?(?:处罚|处理|判[决处]|改判|量刑)?"
)
_PLEADS = re.compile(
    r"(?:[^，。；]{0,24}?(?:请求|建议|希望|恳请|要求|提请|恳求|望|请|可以?|应当?|依法|能|故|给予|予以"
    rf"|酌情|法庭|法院|对)[^，。；]{{0,24}}?)?{_LENIENT}[^，。；]{{0,6}}?(?:的(?:辩解|辩护|上诉|[及和、]|意见|理由)*)?"
    r"|(?:请求|建议|希望|恳请|望|请)[^，。；]{0,24}(?:考虑|机会|处理|处罚|判决|裁判)[^，。；]{0,4}"
)
_KEEPS = re.compile(r"缓刑|免予|单处|徒刑|拘役|管制|无罪|不构成|罪名|基准刑|量刑(?:过重|建议)")
_LENIENT_FIRST = re.compile(
    rf"[^，。；]{{0,20}}?{_LENIENT}(?:、|，)?并(?:且)?(?:能)?(?=[^，。；]{{0,10}}(?:缓刑|免))"
)


def is_idle(piece: str, *, pleads: bool, sentence: str = "") -> bool:
    """Whether the clause makes no point: agreement, a plea, a list of evidence, a heading.

    `pleads`: a defendant's own 认罪, which is no point unless he offers it as a ground.
    `sentence`: what follows the clause to the end of its sentence; evidence that it contests
    (…的陈述，证人的证言都不真实) is no mere list.
    """
    if _STUB.fullmatch(piece) or _DECLARES.fullmatch(piece):
        return True
    if pleads and _ADMITS.fullmatch(piece):
        return True
    if _IDLE.search(piece) and not _DISPUTED.search(piece):
        return True
    if _PLEADS.fullmatch(piece) and not _KEEPS.search(piece):
        return not asked_in(piece) - {"sentence"}
    return bool(_EVIDENCE.search(piece)) and not _CONTESTS.search(piece + sentence)


def after_plea(text: str, start: int, end: int) -> int:
    """Where the request begins that a plea leads to: 适用 in 对其从轻处罚并适用缓刑."""
    plea = _LENIENT_FIRST.match(text, start, end)
    return plea.end() if plea else start
