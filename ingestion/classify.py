"""What kind of document a text is, by its own words: title, organ, number, closing formula.

The file's name is never asked. What cannot be told with certainty is `unknown`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingestion.model import DocumentType, Role

TYPE_NAMES: dict[DocumentType, str] = {
    "opinion": "起诉意见书",
    "indictment": "起诉书",
    "recommendation": "量刑建议书",
    "judgment": "刑事判决书",
    "non_prosecution": "不起诉决定书",
    "plea": "认罪认罚具结书",
    "report": "审查报告",
    "ruling": "刑事裁定书",
    "indictment_change": "追加、补充、变更、撤回起诉文书",
    "civil_indictment": "附带民事起诉书",
    "unknown": "未识别文书",
}

ROLES: dict[DocumentType, Role] = {
    "opinion": "opinion",
    "indictment": "indictment",
    "recommendation": "recommendation",
    "judgment": "judgment",
    "non_prosecution": "non_prosecution",
    "plea": "plea",
    "report": "report",
    "ruling": "ruling",
    "indictment_change": "indictment_change",
    "civil_indictment": "civil_indictment",
}

# A title's last words; what stands directly before them (不, 追加, 民事 …) makes it another kind.
_KINDS = (
    "起诉意见书|量刑建议书|量刑建议调整书|起诉决定书|判决书|裁定书|调解书|决定书|具结书|抗诉书|上诉状|起诉状|自诉状"
    "|公诉意见书|意见书|建议书|审查报告|审查起诉报告|审查逮捕报告|审理报告|起诉书"
    "|告知书|通知书|说明书|申请书|请示|笔录|送达回证|审批表|提纲"
)
_BEFORE = (
    "(?:刑事附带民事公益|刑事附带民事|附带民事公益|附带民事|民事公益|刑事|民事|行政|执行|赔偿|诉讼"
    "|附条件不|不|撤销|免予|追加|补充|变更|撤回|认罪认罚从宽制度|认罪认罚|审查逮捕|审查起诉|审查"
    "|批准逮捕|捕诉合一|捕诉一体|公诉案件|逮捕案件|起诉案件|案件|调整)"
)


def _spaced(alternatives: str) -> str:
    """The pattern with spaces allowed between the characters of each word (起 诉 书)."""
    return re.sub(r"([一-龥])(?=[一-龥])", r"\1[ \\t　]*", alternatives)


_FIRST = "".join(sorted({word[0] for word in re.findall("[一-龥]+", _KINDS + _BEFORE)}))
_TITLE = re.compile(rf"(?=[{_FIRST}])(?:{_spaced(_BEFORE)}[ \t　、]*)*(?:{_spaced(_KINDS)})")

# A cited title stands inside a sentence; a document's own is followed by a number, a party
# or the end of its line, and is not led by 以…号, 《 or 作出.
_AFTER = re.compile(
    r"\s*(?:$|\n|[（(]?\s*(?:副本|原文|节录|样本)|[（(](?:认罪认罚|普通版|简化版|逮捕|起诉|公诉|量刑建议|单位|自然人)"
    r"|(?P<number>[^\s，。；：、]{0,30}?"
    r"[〔（(［\[﹝【]\s*[12\dxX×*]{1,4}\s*[〕）)］\]﹞】])"
    r"|(?:案号|文号|受案号|受理号|案由|收案|收到|承办|案件来源|部门受案)|一、|[（(]一[）)]"
    r"|被告|犯罪嫌疑|被调查人|公诉机关|原公诉机关|抗诉机关|原告|上诉人|原审|申请|申诉|被不起诉|罪犯|姓名"
    r"|[^\s，。；：、]{2,20}(?:检察院|公安局|法院)\s)"
)
_CITED = re.compile(
    r"(?:号|第|份|《|“|作出|本院|制作|送达|上述|该|(?<!一案)(?<!案件)(?<!案)的|本)\s*$"
)

_MAPPED: dict[str, DocumentType] = {
    "起诉书": "indictment",
    "起诉意见书": "opinion",
    "量刑建议书": "recommendation",
    "调整量刑建议书": "recommendation",
    "量刑建议调整书": "recommendation",
    "不起诉决定书": "non_prosecution",
    "附条件不起诉决定书": "non_prosecution",
    "认罪认罚具结书": "plea",
    "具结书": "plea",
    "刑事判决书": "judgment",
    "刑事附带民事判决书": "judgment",
    "刑事附带民事诉讼判决书": "judgment",
    "刑事附带民事公益判决书": "judgment",
    "刑事附带民事公益诉讼判决书": "judgment",
    "刑事裁定书": "ruling",
    "刑事附带民事裁定书": "ruling",
    "刑事附带民事诉讼裁定书": "ruling",
}
_REPORT = re.compile(
    r"审查报告|审查起诉报告|审查逮捕报告|审查(?:逮捕|起诉)?(?:案件)?意见书|批准逮捕案件审查意见书"
)
_CHANGES = re.compile(r"(?:(?:追加|补充|变更|撤回)[、，]?)+起诉(?:决定)?书")
_CIVIL = re.compile(r"(?:刑事)?附带民事(?:公益)?(?:诉讼)?起诉书")

_CRIMINAL_CASE = re.compile(
    r"公诉机关|抗诉机关|原审被告人|自诉人|罪犯|[〕）)\]］][^\s，。]{0,12}刑[^\s，。]{0,8}号"
)
_PROSECUTES = re.compile(
    r"提起公诉[，,]\s*(?:现)?(?:请|提请)(?:贵院|你院)?\s*(?:依法|予以|从)?[^。]{0,6}(?:判处|惩处|审判|判决|处罚)"
)
_EXAMINED = re.compile(
    r"经(?:本院)?依法审查查明|经(?:本院)?审查查明|向本院移送(?:审查)?起诉|移送本院审查起诉|移送(?:审查)?起诉"
)
_TRANSFERS = re.compile(r"(?:将|现将|特将)[^。]{0,12}移送(?:你院|贵院)?审查(?:起诉)?|移送审查起诉")
_DECIDES = re.compile(r"判决如下")
_RULES = re.compile(r"裁定如下|裁定\s*[：:]\s*(?=[一准驳终中撤对])")
_CIVIL_CLAIM = re.compile(r"诉讼请求[：:]")
_NOT_PROSECUTED = re.compile(
    r"(?:决定[，,]?\s*(?:依法)?(?:对|将)?[^。；]{0,60}?|作出)(?:附条件|相对|绝对|存疑|酌定|法定)?不(?:予)?起诉"
)
_RECOMMENDS = re.compile(
    r"建议(?:你院|贵院|法院|人民法院)?[^。；]{0,60}?(?:判处|处以|适用)|量刑建议"
)
_PLEDGES = re.compile(
    r"权利知悉|自愿签署声明|自愿签署本?(?:认罪认罚)?具结书|本人(?:就|对)[^。]{0,20}自愿具结|签署本具结书"
)
_OWN_VOICE = re.compile(r"本人")
_REVIEWS = re.compile(r"承办人|处理意见|审查意见|审查认定|侦查机关认定|需要说明的(?:问题|情况)")
_POLICE_VERSION = re.compile(r"(?:侦查|公安|移送)机关(?:移送(?:审查)?(?:起诉)?)?认定的")
_OWN_VIEW = re.compile(r"承办人意见|处理意见|审查意见|承办检察官意见|审查结论")
_ACCUSED = re.compile(r"犯罪嫌疑|被告(?:人|单位)|被调查人|被不起诉")


@dataclass(frozen=True)
class Classification:
    """The type, and where its own title stands (`title` without spaces), if it has one."""

    type: DocumentType
    title: str | None = None
    start: int = 0
    end: int = 0

    @property
    def role(self) -> Role | None:
        return ROLES.get(self.type)


def _own_title(text: str) -> re.Match[str] | None:
    """The document's own title: in the first lines, not a document that the text cites."""
    head = text[:800]
    for match in _TITLE.finditer(head):
        if _CITED.search(head, max(match.start() - 4, 0), match.start()):
            continue
        if _AFTER.match(head, match.end()):
            return match
    return None


def _decision(text: str) -> DocumentType | None:
    """Judgment or ruling, by the last of the two formulas: a ruling may recite a judgment."""
    decides = max((m.start() for m in _DECIDES.finditer(text)), default=-1)
    rules = max((m.start() for m in _RULES.finditer(text)), default=-1)
    if decides == rules:
        return None
    return "judgment" if decides > rules else "ruling"


def _by_content(text: str) -> DocumentType:
    """For a text that lost its heading: the closing formula and its companions decide."""
    decision = _decision(text)
    if decision:
        criminal = _CRIMINAL_CASE.search(text) and "中华人民共和国刑" in text
        return decision if criminal and "本院认为" in text else "unknown"
    if _CIVIL_CLAIM.search(text):
        return "unknown"
    if _POLICE_VERSION.search(text) and _OWN_VIEW.search(text) and "承办" in text:
        return "report"
    if "被不起诉人" in text and _NOT_PROSECUTED.search(text):
        return "non_prosecution"
    if _PROSECUTES.search(text) and _EXAMINED.search(text) and "被告" in text:
        return "indictment"
    if _PLEDGES.search(text) and _OWN_VOICE.search(text) and "认罪认罚" in text and "签" in text:
        return "plea"
    police = re.search(r"犯罪嫌疑|被调查人", text)
    if police and _TRANSFERS.search(text) and re.search(r"(?:侦查|调查)终结", text):
        return "opinion"
    addressed = re.search(r"此\s*致\s*[一-龥某×*]{2,30}?法院", text)
    if (
        addressed
        and re.search(r"一案[，,](?:现)?(?:经|业经|已经)", text)
        and re.search(r"建议[^。；]{0,60}?判处|提出[^。；]{0,6}量刑建议", text)
    ):
        return "recommendation"
    return "unknown"


def _by_title(title: str, text: str) -> DocumentType:
    """The kind a title claims. 判决书 or 裁定书 alone is criminal where the head says so."""
    if title in ("判决书", "裁定书") and _CRIMINAL_CASE.search(text[:1500]):
        return "judgment" if title == "判决书" else "ruling"
    if _CHANGES.fullmatch(title):
        return "indictment_change"
    if _CIVIL.fullmatch(title):
        return "civil_indictment"
    if _REPORT.search(title) and not re.search("民事|行政|执行|赔偿", title):
        return "report"
    return _MAPPED.get(title, "unknown")


def _contradicted(kind: DocumentType, text: str) -> bool:
    """Whether the body says that it is not what the title claims."""
    prosecutes = _PROSECUTES.search(text) is not None
    match kind:
        case "judgment" | "ruling":
            decision = _decision(text)
            return decision is not None and decision != kind
        case "indictment":
            unlike = _CIVIL_CLAIM.search(text) or "被不起诉人" in text
            return bool(unlike) or (not prosecutes and "被告" not in text and "嫌疑" in text)
        case "non_prosecution":
            return prosecutes or not _NOT_PROSECUTED.search(text)
        case "plea":
            return prosecutes or "认罚" not in text
        case "recommendation":
            return prosecutes or not _RECOMMENDS.search(text)
        case "report":
            return not (_REVIEWS.search(text) and _ACCUSED.search(text))
        case "opinion":
            return prosecutes
        case _:
            return False


def classify(text: str) -> Classification:
    """The document type of a normalised text.

    A title that contradicts the body (起诉书 with 诉讼请求, 判决书 that says 裁定如下) gives
    `unknown` with the title kept, so that a message can name what was found.
    """
    match = _own_title(text)
    if match is None:
        return Classification(_by_content(text))
    title = re.sub(r"\s", "", match[0])
    kind = _by_title(title, text)
    if _contradicted(kind, text):
        kind = "unknown"
    return Classification(kind, title, match.start(), match.end())
