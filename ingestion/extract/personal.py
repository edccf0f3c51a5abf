"""What a party's block says of the person: sex, birth, ethnicity, schooling, work, homes, ID."""

from __future__ import annotations

import re

from ingestion.extract.blocks import clauses, field
from ingestion.model import CaseDocument, Defendant
from ingestion.numerals import find_dates
from knowledge_base.phrases import ethnic_groups

_ALIAS = re.compile(
    r"(?:曾用名|又名|别名|绰号|外号|化名|小名|乳名|自报姓名|自报名|自称|原名|英文名|外文名|网名)[为叫是:：]?\s*"
    r"[“\"‘「]?(?P<alias>[^，,。；;（）()“”\"’」、\s]{1,20})"
    r"(?P<more>(?:[”\"’」]?、[“\"‘「]?[^，,。；;（）()“”\"’」、\s]{1,12})*)"
)
_ALIAS_LABEL = re.compile(r"(?:曾用名|别名|绰号|外号|化名|网名)[为叫是:：]?")
_ALIAS_PART = re.compile(r"[^、“”\"‘’「」]+")
_NO_ALIAS = {"无", "无。", "没有", "不详"}
_SEX = re.compile(r"(?<![\u4e00-\u9fff])(?:性别[:：]?\s*)?(?P<sex>[男女])性?(?![\u4e00-\u9fff])")
_BORN = re.compile(r"(?:出生(?:日期)?|生)[于:：]?\s*$")
_BORN_AFTER = re.compile(r"\s*(?:出\s?生|生(?!活|产|效|病|意))")
_GROUPS = "|".join(sorted(ethnic_groups(), key=len, reverse=True))
_ETHNICITY = re.compile(
    rf"(?:民族[:：]?\s*)?(?P<group>{_GROUPS})族"
    rf"(?!自治|乡|镇|区)|(?:民族[:：\s]|(?<=[，,、]))\s*(?P<bare>{_GROUPS})(?=[，,、；。\s]|$)"
)
_LEVELS = (
    r"博士研究生|硕士研究生|研究生|博士|硕士|大学本科|大学专科|大学|本科|大专|专科|中等专科|中专|中技|高职"
    r"|职业高中|职高|技工学校|技校|高级中学|高中|初级中学|初中|中学|小学|半文盲|文盲"
)
_EDUCATION = re.compile(
    rf"(?:文化程度|学历|文化)[为:：]?\s*(?P<after>{_LEVELS})"
    rf"|(?<![\u4e00-\u9fff])(?P<level>{_LEVELS})(?:[一二三四五六]年级|在读|毕业|肄业|结业)*"
    r"(?:文化程度|文化|学历|程度|毕业|肄业)?(?![\u4e00-\u9fff])"
)
_ID = re.compile(
    r"(?:公民身份(?:证)?(?:号码|证号)?|居民身份证(?:号码|号)?|身份证(?:件)?(?:号码|编号|号)?)[为:：]?\s*"
    r"(?P<id>[\dXx*＊×ｘＸ]{3,20})"
)
_HOME = (
    r"现住所地|现住址|现住地|现居住地|现居住于|现暂住|现居|现住|暂住地址|暂住地|暂住"
    r"|经常居住地|居住地址|居住地"
)
_RESIDENCE = re.compile(
    rf"(?:捕前|案发前)?(?:{_HOME}|居住于|居住在|居住|住所地|住址|住所|家庭住址|租住|家住|住)[为在于:：]{{0,2}}\s*(?P<place>(?!所?在?[地址]$).+)"
)
_HOUSEHOLD = re.compile(
    r"(?:自报)?(?P<title>户籍所在地|户籍登记地|户籍地址|户籍住址|户籍地|户籍|户口所在地|户口地|户口)"
    r"(?P<both>(?:和|及|、|暨|同|与)?(?:现?居住地|现?住址|暂住地|住所地|现住地))?[均为在于:：]{0,2}\s*(?P<place>(?!所?在?[地址]$).+)"
)
_STORY = re.compile(
    r"(?<!原)因(?!故)|涉嫌|曾(?!用名|任)|被(?!害|开除|免[去职]|撤职|撤销[^，。；]{0,6}职务|选|聘|任命)|羁押|前科|违法犯罪|刑满|判处|采取|现在家|辩护人|指控"
    r"|传唤|投案|抓获|归案|拘留|逮捕|取保候审|监视居住|留置|经[^，。；]{0,20}(?:批准|决定)"
)
_BARE_DATE = re.compile(
    r"(?:于|在)?[\d〇一二三四五六七八九十零○]{2,4}年[^，。；]{0,14}[日月年许时]"
)
_NOT_WORK = re.compile(
    r"出生|生于|(?<![学医])生$|籍贯|祖籍|国籍|公民$|人$(?<!商人)(?<!工人)(?<!负责人)(?<!代表人)(?<!经营人)(?<!承包人)(?<!个人)"
    r"(?<!合伙人)(?<!主持人)(?<!法人)|岁|群众|中共|党员|团员|政协|代表大会|民主|身份|电话|自报|[男女]性?$|族$|^民族"
    r"|年.*月|[\d*＊×]{4,}|现在$|^现|单位住所|别名|聋哑|文化|毕业|护照|名$|系被告|住(?!房)|户籍|^系?（|^于|以上"
)
_POST = re.compile(
    r"[\u4e00-\u9fff]{1,20}?(?:书记|长|主任|经理|董事|监事|代表人|负责人|总监|主席|委员|助理|会计|出纳)"
    r"(?=[、，,。；;（(\n]|$)"
)
_WORK_LEAD = re.compile(r"(?:职业|工作单位|职务)[为:：]?\s*")


def _story_begins(text: str, start: int, end: int) -> int:
    """Offset of the first clause about earlier cases or measures: personal data ends there."""
    before = start
    for low, high in clauses(text, start, end):
        told = _STORY.search(text, low, high)
        if told and not _ALIAS.match(text, low, high):
            if text[told.start() - 1] in "）)" and told.start() > low:
                return told.start()  # 住甲地（户籍地乙地）因涉嫌…: the comma was forgotten
            return before if _BARE_DATE.fullmatch(text, before, max(low - 1, before)) else low
        before = low
    return end


def _aliases(doc: CaseDocument, person: Defendant, start: int, end: int) -> None:
    for match in _ALIAS.finditer(doc.text, start, end):
        for part in _ALIAS_PART.finditer(doc.text, match.start("alias"), match.end("more")):
            label = _ALIAS_LABEL.match(part[0])
            alias = part[0][label.end() if label else 0 :].strip()
            known = {person.name.value, *(a.value for a in person.aliases)}
            if alias and alias not in _NO_ALIAS and alias not in known:
                person.aliases.append(field(doc, part.end() - len(alias), part.end(), alias))


def _birth(doc: CaseDocument, person: Defendant, start: int, end: int) -> None:
    for mention in find_dates(doc.text[start:end]):
        low, high = start + mention.start, start + mention.end
        if not mention.derived and (
            _BORN_AFTER.match(doc.text, high, end)
            or _BORN.search(doc.text, max(start, low - 6), low)
        ):
            person.birth = field(doc, low, high, mention.value)
            return


def read_birth_elsewhere(doc: CaseDocument, person: Defendant) -> None:
    """The birth of the only person where the evidence tells it (户籍证明，被告人X出生于…)."""
    if person.birth is not None:
        return
    name = re.escape(person.name.value)
    for told in re.finditer(
        rf"被告人{name}[，,]?(?:系|的)?(?:出生(?:日期)?(?:为|于|是)|生于)", doc.text
    ):
        mention = next(iter(find_dates(doc.text[told.end() : told.end() + 24])), None)
        if mention and mention.start == 0 and not mention.derived:
            low = told.end()
            person.birth = field(doc, low, low + mention.end, mention.value)
            return


def _place(doc: CaseDocument, match: re.Match[str], person: Defendant, names: list[str]) -> None:
    low, high = match.span("place")
    while high > low and doc.text[high - 1] in "。，；、 （(":
        high -= 1
    if high <= low or not doc.text[low:high].strip():
        return
    for name in names:
        if getattr(person, name) is None:
            setattr(person, name, field(doc, low, high, doc.text[low:high]))


def _homes(doc: CaseDocument, person: Defendant, start: int, end: int) -> None:
    text = doc.text
    for low, high in clauses(text, start, end, "，,。；;、\n"):
        # 租住甲地（户籍地：乙地）: the bracket is a clause of its own.
        cut = next((i for i in range(low, high) if text[i] in "（("), high)
        household = _HOUSEHOLD.match(text, low, high)
        if household:
            _place(
                doc,
                household,
                person,
                ["household", "residence"] if household["both"] else ["household"],
            )
            continue
        for inner_low, inner_high in ((low, cut), (cut + 1, high - 1 if cut < high else high)):
            if inner_high <= inner_low:
                continue
            inner = _HOUSEHOLD.match(text, inner_low, inner_high)
            if inner:
                _place(doc, inner, person, ["household"])
            elif home := _RESIDENCE.match(text, inner_low, inner_high):
                _place(doc, home, person, ["residence"])


def _work(doc: CaseDocument, person: Defendant, start: int, end: int) -> None:
    text = doc.text
    for low, high in clauses(text, start, end, "，,。；;、\n"):
        lead = _WORK_LEAD.match(text, low, high)
        low = lead.end() if lead else low
        piece = text[low:high]
        if not piece or len(piece) < 2 or len(piece) > 60:
            continue
        if not lead and (
            _NOT_WORK.search(piece)
            or _EDUCATION.fullmatch(piece)
            or _ETHNICITY.fullmatch(piece)
            or _ALIAS.match(piece)
        ):
            continue
        # 局党组书记、局长: one post after the other.
        while text[high : high + 1] == "、" and (post := _POST.match(text, high + 1, end)):
            high = post.end()
        person.occupation = field(doc, low, high, text[low:high].removeprefix("系"))
        return


def read_person(doc: CaseDocument, person: Defendant, start: int, end: int) -> int:
    """Fill the personal fields of `person` from `start:end`; return where they end."""
    text = doc.text
    story = _story_begins(text, start, end)
    _aliases(doc, person, start, min(story + 40, end) if story == start else story)
    if person.unit:
        _homes(doc, person, start, story)
        return story
    if person.sex is None and (sex := _SEX.search(text, start, story)):
        person.sex = field(doc, sex.start("sex"), sex.end("sex"), sex["sex"])
    if person.birth is None:
        _birth(doc, person, start, story)
    if person.ethnicity is None and (group := _ETHNICITY.search(text, start, story)):
        name = "group" if group["group"] else "bare"
        person.ethnicity = field(doc, group.start(name), group.end(), group[name] + "族")
    if person.education is None and (school := _EDUCATION.search(text, start, story)):
        level = "after" if school["after"] else "level"
        person.education = field(doc, *school.span(level), school[level])
    if person.id_number is None and (number := _ID.search(text, start, story)):
        person.id_number = field(doc, *number.span("id"), number["id"])
    _homes(doc, person, start, story)
    if person.occupation is None:
        _work(doc, person, start, story)
    return story
