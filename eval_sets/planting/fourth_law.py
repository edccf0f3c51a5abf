"""Kinds of the fourth planter: provisions, circumstances, recommendations, penalties."""

from __future__ import annotations

import random
import re

from eval_sets.planting.fourth_core import add, change, changed, fourth, gone, part
from eval_sets.planting.second_core import Edit, Texts
from eval_sets.planting.third_core import put

_NUMERALS = "一二三四五六七八九十"
_FINED = r"犯(?:盗窃|诈骗|抢夺|贩卖毒品|危险驾驶|容留他人吸毒|开设赌场|赌博)罪"
_NEIGHBOUR = {
    "第二百六十四条": "第二百四十六条", "第二百六十六条": "第二百六十八条",
    "第二百三十四条": "第二百四十三条", "第三百四十七条": "第三百七十四条",
    "第二百九十三条": "第二百三十九条", "第三百零三条": "第三百三十条",
    "第二百六十三条": "第二百三十六条", "第二百七十一条": "第二百一十七条",
    "第三百五十四条": "第三百四十五条", "第一百三十三条": "第一百三十一条",
}  # fmt: skip

# ------------------------------------------------------------------ statutes

change("article_turned", "statute", "indictment", "reasons",
       "(" + "|".join(_NEIGHBOUR) + ")", _NEIGHBOUR)  # fmt: skip
change("court_article_turned", "statute", "judgment", "basis",
       "(" + "|".join(_NEIGHBOUR) + ")", _NEIGHBOUR)  # fmt: skip
change("confession_paragraph", "statute", "judgment", "basis", "第六十七条第(三)款", "一",
       only="如实供述", unless="自首|投案")  # fmt: skip
change("surrender_paragraph_court", "statute", "judgment", "basis", "第六十七条第(一)款", "三",
       only="系自首|是自首|自首情节")  # fmt: skip
change("article_twice", "statute", "judgment", "basis", "第五十二条、第五十(三)条", "二")
change("law_for_other", "statute", "judgment", "basis", "《中华人民共和国(刑法)》第", "刑事诉讼法")
change("sub_article_dropped", "statute", "judgment", "basis", "第一百三十三条(之一)", "")
change("paragraph_ninth", "statute", "indictment", "reasons",
       r"第二百[六九][一二三四五六七八九十]*条()(?=[，、的之])", "第九款")  # fmt: skip
change("amendment_none", "statute", "judgment", "basis", "《中华人民共和国刑法》()第",
       "、《中华人民共和国刑法修正案（二十）》")  # fmt: skip
change("merit_article", "statute", "judgment", "basis", "第六十七条第[一三]款()", "、第六十八条",
       unless="立功")  # fmt: skip
change("probation_article_idle", "statute", "judgment", "basis",
       "第六十七条第[一三]款()", "、第七十二条第一款", unless="缓刑")  # fmt: skip
change("recidivist_article_idle", "statute", "judgment", "basis",
       "第六十七条第[一三]款()", "、第六十五条第一款", unless="累犯|再犯|前科")  # fmt: skip
for _name, _article, _word in (
    ("confession_article", "第六十七条第[一三]款", "如实供述|自首"),
    ("recidivist_article", "第六十五条(?:第一款)?", "累犯"),
    ("accessory_article", "第二十七条", "从犯"),
    ("attempt_article", "第二十三条", "未遂"),
):
    gone(f"{_name}_missing", "statute", "judgment", "basis", f"(、{_article})", _word)

# ------------------------------------------------------------------ circumstances

change("attempt_as_desistance", "circumstance", "judgment", "reasons", "犯罪(未遂)", "中止")
change("confession_denied", "circumstance", "judgment", "reasons",
       "(?:归案|到案)?后?(?:能够?)?(如实)供述", "未如实")  # fmt: skip
change("surrender_as_confession", "circumstance", "judgment", "reasons",
       "[系是属](自首)", "坦白", only="第六十七条第一款")  # fmt: skip
change("accessory_as_principal", "circumstance", "judgment", "reasons", "[系是](从)犯", "主")
change("plea_denied", "circumstance", "judgment", "reasons", "(自愿)认罪", "拒不")
change("paid_denied", "circumstance", "judgment", "reasons",
       "(积极|主动|已|自愿)(?:赔偿|退赔|退赃)", "未", only="可[以酌]?")  # fmt: skip
change("brought_in", "circumstance", "indictment", "facts", r"(?:被[^，。；]{0,16})(抓获)", "传唤后主动投案",
       only="抓获")  # fmt: skip
gone("convictions_left_out", "circumstance", "indictment", "head",
     r"。((?:曾)?因犯?[^，。]{2,12}罪?，?于?[^。；]{0,40}判处[^。；]*[。；])", "被告人[^，。]{2,10}，男|被告人[^，。]{2,10}，女")  # fmt: skip
change("conviction_term", "circumstance", "indictment", "head",
       r"判处有期徒刑([一二三四五六七八九]年|[六七八九十]+个月)", lambda was: "三年" if was != "三年" else "五年",
       both=True)  # fmt: skip
change("conviction_charge", "circumstance", "indictment", "head",
       r"(?<!嫌)犯([\u4e00-\u9fff]{2,6}罪)[^。；]{0,40}判处", "妨害公务罪", both=True)  # fmt: skip
add("minor_claimed", "circumstance", "indictment",
    "被告人犯罪时不满十八周岁，依法应当从轻或者减轻处罚。", "不满十八周岁",
    unless="未成年|不满十八|未满十八|未满18")  # fmt: skip
add("old_claimed", "circumstance", "judgment",
    "被告人犯罪时已满七十五周岁，依法可以从轻或者减轻处罚。", "已满七十五周岁",
    unless="七十五|75周")  # fmt: skip
add("attempt_claimed", "circumstance", "indictment",
    "被告人已经着手实行犯罪，由于意志以外的原因而未得逞，系犯罪未遂，可以比照既遂犯从轻或者减轻处罚。",
    "系犯罪未遂", unless="未遂|未得逞|未果|未能")  # fmt: skip
add("merit_claimed", "circumstance", "judgment",
    "被告人到案后协助抓捕同案人，有重大立功表现，依法可以减轻处罚。", "重大立功",
    unless="立功|协助")  # fmt: skip
add("forgiveness_claimed", "circumstance", "judgment",
    "被告人赔偿了被害人的经济损失并取得谅解，可酌情从轻处罚。", "取得谅解",
    unless="谅解|赔偿|和解", only="被害人")  # fmt: skip
change("heavier_for_confession", "reasoning", "judgment", "reasons",
       "如实供述[^。；]{2,30}?从(轻)处罚", "重")  # fmt: skip

# ------------------------------------------------------------------ recommendations


@fourth("advice_twice", "recommendation", "indictment")
def _twice(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """Two recommendations for one accused."""
    found = re.search(r"建议判处(?:有期徒刑|拘役)[^。]*。", text)
    other = "综上，建议判处有期徒刑四年六个月。"
    return put(text, found.end(), found.end(), other, other[3:-1]) if found else None


change("advice_probation_open", "recommendation", "indictment", "reasons",
       r"建议判处[^。]{4,12}，(?:宣告)?缓刑([一二三四五六七八九十年零个月]+)", "")  # fmt: skip
change("advice_fine_low", "recommendation", "indictment", "reasons",
       r"建议判处[^。]{4,30}罚金(?:人民币)?([一二三四五六七八九十千万百\d]+)元", "三百",
       only=r"应当以(?:盗窃|诈骗|抢夺|贩卖毒品|危险驾驶|容留他人吸毒|开设赌场)罪")  # fmt: skip
change("advice_fine_other", "recommendation", "indictment", "reasons",
       r"建议判处[^。]{4,30}罚金(?:人民币)?([一二三四五六七八九十千万百\d]+)元", "八万")  # fmt: skip
change("advice_probation_dropped", "recommendation", "indictment", "reasons",
       r"建议判处(?:有期徒刑|拘役)[^，。]+(，(?:宣告)?缓刑[一二三四五六七八九十年零个月]+)", "")  # fmt: skip
change("advice_control_long", "recommendation", "indictment", "reasons",
       r"建议判处((?:有期徒刑|拘役)[一二三四五六七八九十年零个月]+)", "管制三年")  # fmt: skip
change("advice_rights", "recommendation", "indictment", "reasons",
       r"建议判处(?:有期徒刑|拘役)[一二三四五六七八九十年零个月]+()(?=[，。])", "，剥夺政治权利八年")  # fmt: skip

# ------------------------------------------------------------------ penalties

change("fine_low", "sentence", "judgment", "verdict",
       _FINED + r"，判处[^。；]{4,30}罚金(?:人民币)?([一二三四五六七八九十千万百\d]+)元", "五百")  # fmt: skip


@fourth("term_against_days", "sentence", "judgment")
def _month(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """One month more than from the first to the last day."""
    if not re.search(r"自\d{4}年\d{1,2}月\d{1,2}日起?至", text) or "决定执行" in text:
        return None
    return changed(
        text, "verdict", r"判处(?:有期徒刑|拘役)[一二三四五六七八九年]*([一二三四五六七八九])个月(?!，缓刑)",
        lambda was: _NUMERALS[_NUMERALS.index(was) + 1],
    )  # fmt: skip


change("first_day_month", "sentence", "judgment", "verdict",
       r"自\d{4}年(\d{1,2})月\d{1,2}日起", lambda was: str(int(was) % 12 + 1))  # fmt: skip
change("probation_over_three", "sentence", "judgment", "verdict",
       r"判处(有期徒刑[^，。；]{2,8})，(?:宣告)?缓刑", "有期徒刑三年六个月")  # fmt: skip
change("rights_long", "sentence", "judgment", "verdict",
       _FINED + r"，判处有期徒刑[一二三四五六七八九十年零个月]+()(?=[，。；])", "，剥夺政治权利八年")  # fmt: skip
change("fine_unknown_to_law", "sentence", "judgment", "verdict",
       r"犯故意伤害罪，判处(?:有期徒刑|拘役)[一二三四五六七八九十年零个月]+()(?=[，。；（])",
       "，并处罚金人民币五千元")  # fmt: skip
change("decided_for_one", "sentence", "judgment", "verdict",
       r"罪，判处(?:有期徒刑|拘役)[一二三四五六七八九十年零个月]+()(?=，并处罚金|。|；)",
       "，决定执行有期徒刑四年二个月", unless="决定执行|缓刑")  # fmt: skip
change("probation_start", "sentence", "judgment", "verdict",
       r"缓刑考验期[限间]?，?从判决(确定)之日", "宣告")  # fmt: skip
change("term_start", "sentence", "judgment", "verdict", r"刑期从判决(执行)之日", "宣告")
change("control_long", "sentence", "judgment", "verdict",
       r"罪，判处((?:有期徒刑|拘役)[一二三四五六七八九十年零个月]+)", "管制二年六个月")  # fmt: skip
change("fine_alone_with_term", "sentence", "judgment", "verdict",
       _FINED + r"，判处(?:有期徒刑|拘役)[一二三四五六七八九十年零个月]+，(并)处罚金", "单")  # fmt: skip
gone("several_not_combined", "sentence", "judgment", "verdict",
     r"([，；。]?(?:数罪并罚，)?决定执行[^。；]*)", r"罪，判处有期徒刑[^，。；]+")  # fmt: skip


@fourth("last_before_first", "sentence", "judgment")
def _reversed(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """The term ends in the year before the one in which it begins."""
    found = re.compile(r"自(\d{4})年(\d{1,2}月\d{1,2}日)起?至(\d{4})年").search(
        text, *part(text, "verdict")
    )
    if found is None:
        return None
    now = str(int(found[1]) - 1)
    return put(text, found.start(3), found.end(3), now, f"至{now}年")
