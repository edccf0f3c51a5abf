"""The fixed words with which the parts of prosecutors' and police documents begin.

Most of these documents follow one order (`ORDERED`); a review report is put together from
headings that every office words and orders in its own way (`HEADINGS`).
"""

from __future__ import annotations

import re

from ingestion.model import DocumentType, SectionKind, Speaker

Anchor = tuple[SectionKind, Speaker, re.Pattern[str]]

_ATTACHED = re.compile(
    r"(?<![一-龥])附\s*(?:件|项|注)?\s*[：:]|(?<=[日\s])附\s*(?:件|项|注)?\s*[：:1１]"
)
# A document that lost its 此致 still ends with the prosecutor's name.
_SIGNED = re.compile(r"此\s*致|(?<=[\s。])(?:代理|助理)?检\s*察\s*[官员长](?:助理)?\s*[：:\s]")
_EVIDENCE = re.compile(
    r"(?:认定|证明|证实)(?:上述|以上|前述)[^。：]{0,8}事实[^。]{0,10}证据"
    r"|(?:上述|以上)(?:犯罪)?事实[^。]{0,40}?证|(?:上述|以上)证据"
)
_EXAMINED = re.compile(
    r"(?:现)?经(?:本院)?(?:依法)?(?:审查|侦查|审理|调查)[，,]?查明"
    r"|(?<=[\s。；])(?:现已?|已)?经?查明(?=[，,：:])"
)
# An organ and a date alone: how a decision ends that is addressed to nobody.
_DATED = re.compile(
    r"(?<=[\s。；])[一-龥某×*＊]{2,24}检察院\s*(?:[（(]院印[）)])?\s*(?=[12二][\d〇○零一二三四五六七八九×xX*]{3}年)"
    r"|(?<=[\s。；])[12二][\d〇○零一二三四五六七八九]{3}年[^。，；]{2,8}日\s*(?:[（(]院印[）)])?\s*(?=$|附|\Z)"
)

_INDICTMENT: list[Anchor] = [
    ("parties", "prosecution", re.compile(r"被告(?:人|单位)(?!一案)")),
    (
        "procedure",
        "prosecution",
        re.compile(r"本案由|本案[，,]?(?:经|系)|被告(?:人|单位)[^。；]{0,80}?一案[，,]"),
    ),
    ("facts", "prosecution", _EXAMINED),
    ("evidence", "prosecution", _EVIDENCE),
    ("reasoning", "prosecution", re.compile(r"本院认为")),
    ("closing", "prosecution", _SIGNED),
    ("attachments", "prosecution", _ATTACHED),
]

ORDERED: dict[DocumentType, list[Anchor]] = {
    "indictment": _INDICTMENT,
    "indictment_change": _INDICTMENT,
    "opinion": [
        ("parties", "police", re.compile(r"犯罪嫌疑(?:人|单位)|被调查人")),
        (
            "procedure",
            "police",
            re.compile(
                r"(?:犯罪嫌疑(?:人|单位)|被调查人)[^。；]{0,80}?一案[，,]|本案[，,]?由|案由[：:]"
                r"|(?<=[\s。])[^，。；：\s]{4,60}?一案[，,]?(?:由|经|系)"
            ),
        ),
        (
            "facts",
            "police",
            re.compile(
                r"经(?:我[局委]|本[局委])?(?:依法)?(?:侦查|调查|审查)[，,]?查明"
                r"|(?<=[\s。；])(?:现已?|已)经?查明"
            ),
        ),
        (
            "evidence",
            "police",
            re.compile(
                r"(?:认定|证明|证实)(?:上述|以上|前述)[^。：]{0,8}事实[^。]{0,10}证据"
                r"|(?:上述|以上)(?:犯罪)?事实[^。]{0,40}?证据"
            ),
        ),
        (
            "reasoning",
            "police",
            re.compile(
                r"综上(?:所述)?|[本我][局委]认为|(?<=足以认定。)\s*犯罪嫌疑(?:人|单位)"
                # Older ones have no 综上: how he behaved after the act, or what the act is.
                r"|(?<=充分。)\s*犯罪嫌疑人[^。，；]{0,16}(?:[归到]案|[案犯]发?后|认罪|悔罪|系)"
                r"|(?<=[\s。；])(?:上述)?犯罪嫌疑(?:人|单位)[^。，；]{0,30}?行为[^。，；]{0,8}(?:触犯|涉嫌|构成)"
            ),
        ),
        ("closing", "police", re.compile(r"此\s*致")),
        ("attachments", "police", _ATTACHED),
    ],
    "recommendation": [
        ("parties", "prosecution", re.compile(r"被告(?:人|单位)")),
        ("reasoning", "prosecution", re.compile(r"(?:经)?(?:本院)?(?:依法)?(?:审查)?(?:后)?认为")),
        ("closing", "prosecution", _SIGNED),
        ("attachments", "prosecution", _ATTACHED),
    ],
    "non_prosecution": [
        ("parties", "prosecution", re.compile(r"被(?:附条件)?不起诉(?:人|单位)")),
        (
            "procedure",
            "prosecution",
            re.compile(
                r"本案[，,]?(?:由|经|系)|(?:被不起诉(?:人|单位)|犯罪嫌疑人)[^。；]{0,80}?一案[，,]"
            ),
        ),
        (
            "accusation",
            "police",
            re.compile(
                r"[一-龥某×*＊]{2,30}?(?:公安(?:厅|分?局)[一-龥]{0,10}|分局|监察委员会|侦查机关|公安机关)"
                r"(?:移送(?:审查)?(?:起诉)?)?(?:指控|认定)[：:，,]"
            ),
        ),
        ("facts", "prosecution", _EXAMINED),
        ("evidence", "prosecution", _EVIDENCE),
        (
            "reasoning",
            "prosecution",
            re.compile(
                r"本院(?:仍然?|审查后?)?认为|经本院(?:依法)?审查(?:[^。；]{0,24}退回[^。；]{0,16})?[，,]?[^。；]{0,10}认为"
            ),
        ),
        (
            "notice",
            "prosecution",
            re.compile(
                r"被(?:不起诉|害)(?:人|单位)[^。；，]{0,30}?(?:如果?|若|对)[^。；，]{0,6}不服"
                r"|如果?不服本决定"
            ),
        ),
        ("closing", "prosecution", re.compile(f"{_SIGNED.pattern}|{_DATED.pattern}")),
        ("attachments", "prosecution", _ATTACHED),
    ],
    "plea": [
        (
            "parties",
            "defence",
            re.compile(
                r"(?:犯罪嫌疑人|被告人)?(?:的)?身份信息|本人姓名|(?:犯罪嫌疑|被告)(?:人|单位)"
            ),
        ),
        (
            "procedure",
            "defence",
            re.compile(r"权利知悉|本人(?:[^。，；]{0,6})?已(?:经)?(?:认真)?(?:阅读|知悉|收到)"),
        ),
        (
            "facts",
            "prosecution",
            re.compile(
                r"认罪认罚内容|本人[^。；]{0,12}(?:知悉并认可|认可|同意)[^。；]{0,8}(?:如下|以下|下列)内容"
            ),
        ),
        (
            "reasoning",
            "prosecution",
            re.compile(
                r"(?<=[\s。；：:.、．）)\d])(?:指控|涉嫌|认定)?(?:的)?罪名(?!成立)"
                r"|(?<=[\s。；：:.、．）)\d])[一-龥]{0,16}量刑建议(?!书)"
                r"|[^。；：:\s]{0,20}触犯"
            ),
        ),
        (
            "closing",
            "defence",
            re.compile(
                r"自愿签署声明|本人(?:就|对)(?:第[一二三]项|上述|以上)|本人学历|签名[（(：:]"
                r"|本人(?:确认|承诺|声明)|(?<=[。；\s])签名"
            ),
        ),
    ],
    "civil_indictment": [
        ("parties", "prosecution", re.compile(r"(?:附带民事(?:公益)?诉讼)?被告(?:人|单位)?")),
        ("claims", "prosecution", re.compile(r"诉讼请求[：:]")),
        ("facts", "prosecution", re.compile(f"事实(?:和|与|及)理由|{_EXAMINED.pattern}")),
        ("evidence", "prosecution", _EVIDENCE),
        ("reasoning", "prosecution", re.compile(r"本院认为")),
        ("closing", "prosecution", _SIGNED),
        ("attachments", "prosecution", _ATTACHED),
    ],
}

# A heading stands at the head of a line or sentence, numbered or not.
HEADING_LEAD = (
    r"(?:^|(?<=[\s。；：:]))"
    r"(?:第?[一二三四五六七八九十]{1,3}(?:、|部分)|[（(][一二三四五六七八九十]{1,3}[）)])\s*"
)
# A section of the prosecutor's own that repeats the defence's points and answers them.
ANSWERS_DEFENCE = re.compile(r"(?:关于)?辩护(?:人的)?意见")
HEADINGS: list[Anchor] = [
    (
        "parties",
        "prosecution",
        re.compile(
            r"(?:犯罪嫌疑(?:人|单位)|被告(?:人|单位)|当事人|诉讼参与人)[^。，；：\n]{0,16}?"
            r"(?:基本情况|基本信息|身份情况|自然情况)"
        ),
    ),
    (
        "accusation",
        "police",
        re.compile(
            r"(?:侦查|公安|移送|监察|调查|提请|报捕)(?:机关|单位|部门)[^。；：\n]{0,16}?(?:认定|指控|移送|意见)"
            r"|[^。；：，\n]{2,20}(?:公安局|分局|监察委员会)[^。；：，\n]{0,10}认定"
            r"|(?:侦查|移送(?:审查)?(?:起诉|逮捕)?|提请(?:批准)?逮捕|报捕|起诉意见书|提请批准逮捕书)(?:意见书)?认定"
        ),
    ),
    (
        "defence",
        "defence",
        re.compile(
            r"(?:相关|有关|听取|各方)?[^。；：\n]{0,6}?(?:当事人|诉讼参与人|辩护人|值班律师|律师|被害人|相关人员|犯罪嫌疑人|被告人)"
            r"[^。；：\n]{0,16}?(?:意见|辩解)"
            f"|{ANSWERS_DEFENCE.pattern}"
        ),
    ),
    (
        "facts",
        "prosecution",
        re.compile(
            r"(?:经|本院|承办人|依法)*审查(?:后)?(?:认定|查明)[^。；\n]{0,4}?(?:的|犯罪|案件)*事实"
        ),
    ),
    (
        "procedure",
        "prosecution",
        re.compile(
            r"(?:(?:犯罪嫌疑人|被告人)[^。；：\n]{0,6}?)?(?:受案|收案|受理|案件来源|诉讼过程|审查过程|办案过程|发[、，]?案|发[、，]?破案|破案|到案|抓获|侦破|案发)"
            r"[^。；：\n]{0,12}?(?=[：:\s\n（(]|$|[一-龥])"
        ),
    ),
    ("evidence", "prosecution", re.compile(r"[^。；：，\n]{0,12}?证据(?!不足)")),
    (
        "reasoning",
        "prosecution",
        re.compile(
            r"(?:关于)?(?:认罪认罚|量刑|定性)|需要(?:说明|报告)|其他需要|社会危险|逮捕(?:的)?(?:必要|条件)|羁押必要|[^。；：\n]{0,6}定性|综合(?:评判|分析)"
            r"|承办(?:人|检察官)[^。；：\n]{0,6}意见|(?:处理|审查|承办)(?:意见|结论)|法律适用"
        ),
    ),
    ("attachments", "prosecution", re.compile(r"附件|附\s*[：:]")),
]
REPORT_ANSWER = re.compile(
    r"经(?:本院|承办人)?(?:依法)?审查(?:后)?[，,]|承办(?:人|检察官)(?:审查)?认为"
)
REPORT_SIGNED = re.compile(
    r"(?<=[\s。；）)])(?:承\s*办\s*(?:人|检察官)|报告人|(?:主任)?检\s*察\s*官(?:助理)?)\s*[：:]"
)
