"""What kind of document a text is, by its own words: title, organ, number, closing formula.

The file's name is never asked. What cannot be told with certainty is `unknown`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingestion.model import DocumentType, Role

ROLES: dict[DocumentType, Role] = {
    "opinion": "opinion",
    "indictment": "indictment",
    "recommendation": "recommendation",
    "judgment": "judgment",
}

TYPE_NAMES: dict[DocumentType, str] = {
    "opinion": "起诉意见书",
    "indictment": "起诉书",
    "recommendation": "量刑建议书",
    "judgment": "刑事判决书",
    "unknown": "未识别文书",
}

# A title's last words; what stands directly before them (不, 追加, 民事 …) makes it another kind.
_KINDS = (
    "起诉意见书|量刑建议书|量刑建议调整书|起诉决定书|判决书|裁定书|调解书|决定书|具结书|抗诉书|上诉状|起诉状|自诉状"
    "|公诉意见书|意见书|建议书|审查报告|审理报告|起诉书"
)
_BEFORE = (
    "(?:刑事附带民事公益|刑事附带民事|附带民事公益|附带民事|民事公益|刑事|民事|行政|执行|赔偿"
    "|附条件不|不|追加|补充|变更|撤回|认罪认罚|审查逮捕|调整)"
)


def _spaced(alternatives: str) -> str:
    """The pattern with spaces allowed between the characters of each word (起 诉 书)."""
    return re.sub(r"([一-龥])(?=[一-龥])", r"\1[ \\t　]*", alternatives)


_TITLE = re.compile(rf"(?:{_spaced(_BEFORE)}[ \t　]*)*(?:{_spaced(_KINDS)})")

# A cited title stands inside a sentence; a document's own is followed by a number, a party
# or the end of its line, and is not led by 以…号, 《 or 作出.
_AFTER = re.compile(
    r"\s*(?:$|\n|[（(]?\s*(?:副本|原文|节录|样本)|(?P<number>[^\s，。；：、]{0,30}?"
    r"[〔（(［\[﹝【]\s*[12\dxX×*]{1,4}\s*[〕）)］\]﹞】])"
    r"|(?:案号|文号)|被告|犯罪嫌疑人|被调查人|公诉机关|原公诉机关|抗诉机关|原告|上诉人|申请|被不起诉人"
    r"|[^\s，。；：、]{2,20}(?:检察院|公安局|法院)\s)"
)
_CITED = re.compile(r"(?:号|第|份|《|“|作出|本院|制作|送达|上述|该|的|本)\s*$")

_MAPPED: dict[str, DocumentType] = {
    "起诉书": "indictment",
    "起诉意见书": "opinion",
    "量刑建议书": "recommendation",
    "刑事判决书": "judgment",
    "刑事附带民事判决书": "judgment",
    "刑事附带民事公益判决书": "judgment",
}

_CRIMINAL_CASE = re.compile(r"公诉机关|抗诉机关|[〕）)\]］][^\s，。]{0,12}刑[^\s，。]{0,8}号")
_PROSECUTES = re.compile(
    r"提起公诉[，,]\s*(?:现)?(?:请|提请)(?:贵院|你院)?\s*(?:依法|予以|从)?[^。]{0,6}(?:判处|惩处|审判|判决|处罚)"
)
_EXAMINED = re.compile(
    r"经(?:本院)?依法审查查明|经(?:本院)?审查查明|向本院移送(?:审查)?起诉|移送本院审查起诉|移送(?:审查)?起诉"
)
_TRANSFERS = re.compile(r"(?:将|现将|特将)[^。]{0,12}移送(?:你院|贵院)?审查(?:起诉)?|移送审查起诉")
_DECIDES = re.compile(r"判决如下")
_CIVIL_CLAIM = re.compile(r"诉讼请求[：:]")


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


def _by_content(text: str) -> DocumentType:
    """For a text that lost its heading: the closing formula and its companions decide."""
    if _DECIDES.search(text):
        criminal = "公诉机关" in text and "本院认为" in text and "《中华人民共和国刑法》" in text
        return "judgment" if criminal else "unknown"
    if _CIVIL_CLAIM.search(text):
        return "unknown"
    if _PROSECUTES.search(text) and _EXAMINED.search(text) and "被告" in text:
        return "indictment"
    if "犯罪嫌疑人" in text and _TRANSFERS.search(text) and "侦查终结" in text:
        return "opinion"
    return "unknown"


def classify(text: str) -> Classification:
    """The document type of a normalised text.

    A title that contradicts the body (起诉书 with 诉讼请求, 判决书 that says 裁定如下) gives
    `unknown` with the title kept, so that a message can name what was found.
    """
    match = _own_title(text)
    if match is None:
        return Classification(_by_content(text))
    title = re.sub(r"\s", "", match[0])
    kind = _MAPPED.get(title, "unknown")
    if title == "判决书" and _CRIMINAL_CASE.search(text[:1500]):
        kind = "judgment"
    ruling = "裁定如下" in text and not _DECIDES.search(text)
    if (kind == "indictment" and _CIVIL_CLAIM.search(text)) or (kind == "judgment" and ruling):
        kind = "unknown"
    return Classification(kind, title, match.start(), match.end())
