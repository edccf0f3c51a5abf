"""Kinds of the fourth planter: procedure, evidence, reasons, form, wording."""

from __future__ import annotations

import random
import re

from eval_sets.planting.fourth_core import add, change, fourth, gone, part
from eval_sets.planting.second_core import Edit, Texts
from eval_sets.planting.third_core import put

# ------------------------------------------------------------------ procedure

change("ordinary_by_one", "procedure", "judgment", "all",
       r"适用(简易)程序[^。]{0,14}独任", "普通", only=r"二[〇○零О]一[四五六七八九]年")  # fmt: skip
change("one_against_panel", "procedure", "judgment", "all",
       r"(依法(?:公开)?组成合议庭)", "由审判员一人独任审判", only=r"人民陪审员")  # fmt: skip
change("final_at_first", "procedure", "judgment", "all",
       r"(如不服本判决，[^。]{10,80}提出上诉)", "本判决为终审判决")  # fmt: skip
gone("no_appeal_notice", "procedure", "judgment", "all",
     r"(如不服本判决，[^。]{10,80}提出上诉。(?:书面上诉[^。]*。)?)",
     r"二[〇○零ОO0][一二][^\s]{2,10}日|审\s*判\s*[员长]")  # fmt: skip
change("appeal_from_delivery", "procedure", "judgment", "all",
       r"(接到判决书的第二日)起", "判决宣告之日")  # fmt: skip
change("own_court", "procedure", "judgment", "all", r"向(本院)提起公诉", "石门县人民法院")
change("denies_in_summary", "procedure", "judgment", "found",
       r"被告人[^。]{2,24}(无异议)", "均予以否认", only="适用简易程序|速裁程序")  # fmt: skip
change("closed_and_open", "procedure", "judgment", "all",
       r"因?涉及(?:个人)?隐私，(?:故|依法)?(不公开)开庭", "公开")  # fmt: skip
change("summary_over", "procedure", "judgment", "all", r"适用(简易)程序", "速裁",
       only="有期徒刑(?:[三四五六七八九十]年|一年六个月|二年).{0,40}", unless="认罪认罚")  # fmt: skip

# ------------------------------------------------------------------ evidence


@fourth("accused_as_witness", "evidence", "judgment")
def _witness(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """The statement of the accused is called a witness's testimony."""
    found = re.compile(r"被告人([\u4e00-\u9fff]{2,4}?)的(?:当庭)?供述(?:[与和及]辩解)?").search(
        text, *part(text, "facts")
    )
    return put(text, found.start(), found.end(), f"证人{found[1]}的证言") if found else None


change("stranger_victim_statement", "evidence", "judgment", "facts",
       r"被害人([\u4e00-\u9fff]{2,3})的?陈述", "邬长兴")  # fmt: skip
change("kind_confession", "evidence", "indictment", "facts",
       r"(供述[和与及]辩解|供述与辩解)", "口供材料")  # fmt: skip
change("kind_conclusion", "evidence", "indictment", "facts", r"(鉴定意见)", "鉴定结论")
change("kind_testimony", "evidence", "indictment", "facts", r"(证人证言)", "证人证词")
change("foreign_report", "evidence", "judgment", "found",
       r"(?:等证据|的供述)()[^。]{0,20}(?:证实|足以)", "、血样酒精含量检验报告",
       unless="危险驾驶|交通肇事|酒")  # fmt: skip
change("not_proved", "evidence", "indictment", "reasons", r"证据(确实、充分)", "尚不充分")
change("not_enough", "evidence", "indictment", "facts", r"(足以认定)", "不足以认定")
gone("no_evidence_in_judgment", "evidence", "judgment", "found",
     r"。\s*([^。]{0,30}(?:上述|以上)事实，[^。]*(?:证据|供述)[^。]*。)", "本院认为")  # fmt: skip

# ------------------------------------------------------------------ reasons

add("answer_without_argument", "reasoning", "judgment",
    "辩护人提出的被告人系正当防卫的意见，与查明的事实不符，本院不予采纳。", "正当防卫",
    unless="防卫", only="辩护人")  # fmt: skip
add("answer_without_counsel", "reasoning", "judgment",
    "辩护人提出的从轻处罚的意见，本院予以采纳。", "辩护人提出的从轻处罚的意见",
    unless="辩护人|辩护意见")  # fmt: skip
change("probation_refused", "reasoning", "judgment", "reasons", r"(?<!不)(适用缓刑|宣告缓刑)",
       lambda was: "不" + was, only="缓刑[一二三四五][年个]")  # fmt: skip
change("charge_not_made_out", "reasoning", "judgment", "reasons", r"(?:指控|罪名)[^，。]{0,12}?()成立", "不",
       unless="不成立|不能成立")  # fmt: skip
change("weight_turned", "reasoning", "judgment", "reasons",
       r"累犯[^。；]{0,24}从(重)处罚", "轻")  # fmt: skip
change("accessory_heavier", "reasoning", "judgment", "reasons",
       r"(?:从犯|未遂|自首)[^。；]{0,24}从(轻)", "重")  # fmt: skip
change("no_crime", "reasoning", "judgment", "reasons", r"行为均?(已?)构成", "不")

# ------------------------------------------------------------------ form

change("case_number_year", "format", "judgment", "all",
       r"^[\s\S]{4,40}?[（(〔](20\d\d)[）)〕]", lambda was: str(int(was) - 3))  # fmt: skip
change("cited_year", "format", "judgment", "all",
       r"[检院][\u4e00-\u9fff]{0,6}[（(［\[〔](20\d\d)[）)］\]〕][^。]{0,8}号起诉书",
       lambda was: str(int(was) - 1), both=False)  # fmt: skip
change("number_kind", "format", "indictment", "all",
       r"\n[\u4e00-\u9fff]{1,8}检[\u4e00-\u9fff]{0,3}(刑诉|诉刑诉|公诉刑诉)", "刑不诉")  # fmt: skip
change("ruling", "format", "judgment", "all", r"刑\s*事\s*(判\s*决)\s*书", "裁定")
change("court_title", "format", "judgment", "all",
       r"^\s*([\u4e00-\u9fff]{3,14})人民法院", "石门县")  # fmt: skip
change("signed_by_judge", "format", "indictment", "tail",
       r"\n(检 ?察 ?官|代理检察员|检察员)[：: ]?", "审判员")  # fmt: skip
gone("no_clerk", "format", "judgment", "all", r"日\s+((?:代)?书\s*记\s*员[\s\S]{2,12}?)(?=\s|附|$)",
     r"二[〇○零ОO0][一二][^\s]{2,10}日")  # fmt: skip
gone("no_heading", "format", "indictment", "all", r"^([^\n]+检察院\n)", r"起\s*诉\s*书")
gone("no_title", "format", "indictment", "all", r"\n(起\s*诉\s*书\n)", r"^[^\n]+检察院")
gone("no_request", "format", "indictment", "all",
     r"。?((?:根据|依照)《中华人民共和国刑事诉讼法》[^。]*。)", "本院认为")  # fmt: skip
gone("no_review_course", "format", "indictment", "all",
     r"\n((?:本案由|被告人[^\n]{2,30}涉嫌)[^\n]*移送[^\n]*\n)", "经(?:依法)?审查查明")  # fmt: skip

# ------------------------------------------------------------------ wording

_OCR = (
    ("人民币", "入民币"), ("逮捕", "逮铺"), ("拘留", "构留"), ("羁押", "羁抻"), ("被告人", "被告入"),
    ("人民检察院", "人民捡察院"), ("看守所", "看守听"), ("公安局", "公安扃"),
)  # fmt: skip
_PINYIN = (
    ("鉴定", "签定"), ("供述", "供诉"), ("赔偿", "陪偿"), ("谅解", "凉解"), ("盗窃", "盗切"),
    ("驾驶", "架驶"), ("予以", "与以"), ("权利", "权力"), ("辩护", "辨护"), ("判处", "判出"),
    ("依法", "以法"), ("被害人", "被害任"), ("犯罪事实", "犯罪事时"), ("户籍", "户藉"),
    ("抓获", "抓货"), ("价值", "价直"), ("财物", "财务"), ("致使", "至使"),
)  # fmt: skip


for _at, (_right, _wrong) in enumerate(_OCR + _PINYIN):
    change(f"typo:{_wrong}", "wording", "judgment" if _at % 2 else "indictment",
           "head" if _right in ("逮捕", "户籍", "看守所") else "reasons" if _at % 2 else "facts",
           f"[\u4e00-\u9fff，]{{2}}({_right})", _wrong)  # fmt: skip


@fourth("turned_words", "wording", "indictment")
def _turned(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """Two neighbouring syllables of a set phrase have changed places."""
    phrases = ("提起公诉", "移送起诉", "审查起诉", "追究其刑事责任", "案件材料", "诉讼权利")
    right = chance.choice([p for p in phrases if p in text] or [""])
    wrong = right[:1] + right[2:3] + right[1:2] + right[3:]
    at = text.find(right)
    return put(text, at, at + len(right), wrong) if right else None


change(
    "doubled_word", "wording", "judgment", "found", r"(被告人)[\u4e00-\u9fff]{2,4}", "被告人被告人"
)
change(
    "doubled_particle",
    "wording",
    "indictment",
    "facts",
    r"[\u4e00-\u9fff]{2}(的)[\u4e00-\u9fff]{2}",
    "的的",
)
change("bracket_open", "wording", "judgment", "all", r"（[^（）]{2,12}(）)[，、。]", "")
change("quotation_open", "wording", "indictment", "facts", r"“[^“”]{1,10}(”)", "")
change("stop_missing", "wording", "indictment", "facts", r"[\u4e00-\u9fff]{4}(。)\n", "")
change(
    "comma_end",
    "wording",
    "judgment",
    "reasons",
    r"[\u4e00-\u9fff]{4}(。)[\u4e00-\u9fff]{4}",
    "。，",
)
change(
    "yuan_missing", "wording", "indictment", "facts", r"人民币\d{3,8}(元)(?=[，。])", "", both=False
)
change("appellant", "wording", "judgment", "reasons", r"(被告人)[\u4e00-\u9fff]{2,4}", "上诉人")
change("plaintiff", "wording", "indictment", "facts", r"(被害人)[\u4e00-\u9fff]{2,3}", "原告人")
