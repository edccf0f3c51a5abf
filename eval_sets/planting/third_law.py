"""Slips of the third planter: provisions, circumstances, recommendations, penalties."""

from __future__ import annotations

import random
import re

from eval_sets.planting.second_core import Edit, Texts, facts, operative, reasoning, sub
from eval_sets.planting.third_core import put, slip

_PARAGRAPHS = "一二三四五"
_FINED = re.compile(r"犯(?:盗窃|诈骗|抢夺|贩卖毒品|危险驾驶|容留他人吸毒|开设赌场|赌博)罪，判处")


def _basis(text: str) -> tuple[int, int]:
    """The range of the provisions on which the court decides."""
    end = operative(text)
    return max(
        text.rfind("依照", 0, end), text.rfind("依据", 0, end), text.rfind("根据", 0, end)
    ), end


def _without(text: str, article: str, beside: str) -> Edit | None:
    """A provision left out of the basis; quotes the words that need it."""
    start, end = _basis(text)
    found = re.compile(rf"(?:、|，|和)?(?:第五十二条、)?{article}(?:第[一二三]款)?").search(
        text, max(start, 0), end
    )
    if found is None or start < 0 or found[0][0] not in "、，和":
        return None
    gone = text[: found.start()] + text[found.end() :]
    at = re.compile(beside).search(gone, gone.find("判决如下"))
    return (gone, at[0], found[0]) if at else None


# ------------------------------------------------------------------ statutes


@slip("paragraph_of_other_crime", "statute", "judgment")
def _other_paragraph(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The article of the charge with another of its paragraphs."""
    pairs = (
        ("伪造身份证件罪", "第二百八十条第三款", "第二百八十条第一款"),
        ("妨害公务罪", "第二百七十七条第一款", "第二百七十七条第二款"),
        ("故意伤害罪", "第二百三十四条第一款", "第二百三十四条第二款"),
        ("贩卖毒品罪", "第三百四十七条第四款", "第三百四十七条第三款"),
        ("开设赌场罪", "第三百零三条第二款", "第三百零三条第一款"),
        ("赌博罪", "第三百零三条第一款", "第三百零三条第二款"),
        ("强奸罪", "第二百三十六条第一款", "第二百三十六条第三款"),
        ("强制猥亵罪", "第二百三十七条第一款", "第二百三十七条第三款"),
        ("猥亵儿童罪", "第二百三十七条第三款", "第二百三十七条第一款"),
        ("非法拘禁罪", "第二百三十八条第一款", "第二百三十八条第四款"),
        ("职务侵占罪", "第二百七十一条第一款", "第二百七十一条第二款"),
        ("非法持有枪支罪", "第一百二十八条第一款", "第一百二十八条第二款"),
        ("聚众斗殴罪", "第二百九十二条第一款", "第二百九十二条第二款"),
        ("信用卡诈骗罪", "第一百九十六条第一款", "第一百九十六条第三款"),
        ("滥伐林木罪", "第三百四十五条第二款", "第三百四十五条第一款"),
    )  # fmt: skip
    start, end = _basis(text)
    for charge, right, wrong in pairs:
        at = text.find(right, max(start, 0), end)
        if f"犯{charge}" in text[end:] and at > 0 and wrong not in text[start:end]:
            return put(text, at, at + len(right), wrong)
    return None


@slip("paragraph_of_one", "statute", "judgment")
def _only(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """A second paragraph of an article that has one."""
    start, end = _basis(text)
    found = re.compile(r"第(?:二百六十四|二百六十六|三百五十四|二百七十四)条(?!第|之)").search(
        text, max(start, 0), end
    )
    return put(text, found.end(), found.end(), "第二款", found[0] + "第二款") if found else None


@slip("item_none", "statute", "judgment")
def _item(text: str, _: Texts, chance: random.Random) -> Edit | None:
    start, end = _basis(text)
    found = re.compile(r"第二百九十三条第一款第[（(]?([一二三四])[）)]?项").search(
        text, max(start, 0), end
    )
    return (
        put(
            text,
            found.start(1),
            found.end(1),
            "六",
            found[0].replace(found[1] + "）项", "六）项").replace(found[1] + "项", "六项"),
        )
        if found
        else None
    )


@slip("probation_article_missing", "statute", "judgment")
def _probation_article(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _without(text, "第七十二条", r"缓刑[一二三四五六七八九十]+")


@slip("several_crimes_article_missing", "statute", "judgment")
def _several(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _without(text, "第六十九条", r"决定执行")


@slip("confiscation_article_missing", "statute", "judgment")
def _confiscation(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _without(text, "第六十四条", r"没收|责令|追缴|退赔")


@slip("procedure_law_repealed", "statute", "judgment")
def _procedure(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """An interpretation repealed years before, quoted beside the law."""
    title = "《最高人民法院关于审理诈骗案件具体应用法律的若干问题的解释》"
    start, end = _basis(text)
    if not re.search(r"二[〇○零]一[四五六七八九]年", text[end:]):
        return None
    found = re.compile(r"(?=(?:之|的)规定，(?:经[^，]{2,20}决定，)?判决如下)").search(
        text, max(start, 0)
    )
    return (
        put(text, found.start(), found.start(), "、" + title + "第一条", title) if found else None
    )


@slip("surname_of_law", "statute", "indictment")
def _law(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The Criminal Law stands where the Procedure Law belongs."""
    return sub(
        text,
        r"根据《中华人民共和国(刑事诉讼法)》第一百七十[二六]条",
        lambda m: "刑法",
        reasoning(text),
        1,
    )


# ------------------------------------------------------------------ circumstances


@slip("first_offender", "circumstance", "judgment")
def _first(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """A first offender, though a conviction stands at the head."""
    head = text[: text.find("起诉书")]
    if not re.search(r"因犯?[^，。]{2,12}罪?[^。]{0,30}被[^。]{2,20}判处", head):
        return None
    start, _end = _basis(text)
    found = re.compile(r"。(?=[^。]*$)").search(text[:start]) if start > 0 else None
    if found is None or found.start() < reasoning(text):
        return None
    return put(text, found.end(), found.end(), "被告人系初犯、偶犯，酌情从轻处罚。", "系初犯")


@slip("forgiveness_denied", "circumstance", "judgment")
def _forgiven(text: str, _: Texts, chance: random.Random) -> Edit | None:
    facts_part = text[: reasoning(text)]
    if "谅解" not in facts_part:
        return None
    found = re.compile(r"(?:并)?(取得|获得|得到)(?=了?[^，。]{0,10}谅解)").search(
        text, reasoning(text), operative(text)
    )
    if found is None:
        return None
    now = "未" + found[1]
    return put(text, found.start(), found.end(), now)


@slip("recidivist_probation", "circumstance", "judgment")
def _recidivist(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """Probation for a recidivist."""
    _start, end = _basis(text)
    if "累犯" not in text[reasoning(text) : end] or "不构成累犯" in text or "被告人" not in text:
        return None
    found = re.compile(
        r"犯[^。；]{2,14}罪，判处有期徒刑(?:[一二]年|[六七八九十]+个月)(?=[，。；])"
    ).search(text, end)
    if found is None or "缓刑" in text[end:]:
        return None
    return put(text, found.end(), found.end(), "，缓刑二年", found[0][-8:] + "，缓刑二年")


@slip("surrender_caught", "circumstance", "judgment")
def _caught(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """Voluntary surrender in the reasons of one who was caught."""
    if "抓获" not in charged_facts(text) or re.search("自首|投案", text[: operative(text)]):
        return None
    found = re.compile(r"(?:到案|归案)后[^，。]{0,4}如实供述[^，。]{0,14}").search(
        text, reasoning(text), operative(text)
    )
    if found is None:
        return None
    return put(
        text, found.start(), found.end(), "犯罪后主动投案，如实供述犯罪事实，系自首", "系自首"
    )


def charged_facts(text: str) -> str:
    """From the accusation to the court's reasons."""
    return text[facts(text) : reasoning(text)]


@slip("accessory_of_one", "circumstance", "judgment")
def _alone(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """An accessory in a case of one offender."""
    if re.search("同案|另案|伙同|共同|从犯|主犯|等人|结伙", text[: operative(text)]):
        return None
    start, _end = _basis(text)
    found = re.compile(r"。(?=[^。]*$)").search(text[:start]) if start > 0 else None
    if found is None or found.start() < reasoning(text):
        return None
    return put(
        text,
        found.end(),
        found.end(),
        "被告人在共同犯罪中起次要作用，系从犯，应当从轻处罚。",
        "系从犯",
    )


# ------------------------------------------------------------------ recommendations


def _advice(text: str, pattern: str, now: str) -> Edit | None:
    found = re.compile(r"建议判处(?:被告人[\u4e00-\u9fff\d]{2,4})?" + pattern).search(text)
    return (
        put(text, found.start(1), found.end(1), now, found[0].replace(found[1], now))
        if found
        else None
    )


@slip("advice_wide", "recommendation", "indictment")
def _wide(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _advice(text, r"(有期徒刑[一二三四五六七八九十年零个月]+)", "有期徒刑六个月至三年")


@slip("advice_to_other", "recommendation", "indictment")
def _other(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The recommendation names somebody who is not accused."""
    found = re.search(r"建议判处(?:被告人[\u4e00-\u9fff\d]{2,4}?)?(?=有期|拘役)", text)
    return put(text, found.start(), found.end(), "建议判处被告人苗玉田") if found else None


@slip("advice_probation_short", "recommendation", "indictment")
def _short(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _advice(
        text, r"有期徒刑[^，。]+，(?:宣告)?缓刑([一二三四五六七八九十年零个月]+)", "六个月"
    )


# ------------------------------------------------------------------ penalties


@slip("fine_left_out", "sentence", "judgment")
def _fine(text: str, _: Texts, chance: random.Random) -> Edit | None:
    found = _FINED.search(text, operative(text))
    if found is None:
        return None
    fine = re.compile(r"[，,、]?并?处罚金(?:人民币)?[一二三四五六七八九十千万百零\d]+元").search(
        text, found.end()
    )
    if (
        fine is None
        or "。" in text[found.end() : fine.start()]
        or text.count("罚金", operative(text), operative(text) + 500) > 2
    ):
        return None
    end = fine.end()
    kept = text[found.start() : fine.start()]
    rest = re.compile(r"（[^）]*罚金[^）]*）").sub("", text[end:], count=1)
    return text[: fine.start()] + rest, kept, fine[0]


@slip("kinds_mixed", "sentence", "judgment")
def _mixed(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """Detention of the length of an imprisonment with its dates: the kinds mixed up."""
    return sub(
        text,
        r"罪，判处(有期徒刑)(?:七个月|八个月|九个月|十个月|一年|一年[一二三四五六]个月)",
        lambda m: "拘役",
        operative(text),
        1,
    )


@slip("custody_not_counted", "sentence", "judgment")
def _custody(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The term runs from a later month of the same year than the custody, its end stands."""
    return sub(
        text, r"自\d{4}年(\d|10)月\d{1,2}日起至", lambda m: str(int(m[1]) + 2), operative(text), 1
    )


@slip("credit_doubled", "sentence", "judgment")
def _credit(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """One day of custody counted as two of imprisonment."""
    return sub(text, r"羁押一日折抵刑期(一)日", lambda m: "二", operative(text), 1)


@slip("total_below_part", "sentence", "judgment")
def _below(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text,
        r"决定执行有期徒刑([一二三四五六七八九十]+年(?:[一二三四五六七八九十]+个月)?)",
        lambda m: "八个月",
        operative(text),
        1,
    )


@slip("fines_not_added", "sentence", "judgment")
def _fines(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text,
        r"决定执行[^。]{2,30}罚金(?:人民币)?([一二三四五六七八九]+)[千万]",
        lambda m: "八" if m[1] != "八" else "九",
        operative(text),
        1,
    )


@slip("probation_too_long", "sentence", "judgment")
def _long(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text,
        r"判处有期徒刑[^，。]{2,8}，(?:宣告)?缓刑([一二三四五]年(?:[一二三四五六]个月)?)",
        lambda m: "六年",
        operative(text),
        1,
    )


@slip("advice_not_followed", "sentence", "judgment")
def _unlike(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """The term is twice what was recommended, and the recommendation is said to be followed."""
    if "建议判处" not in texts.indictment or "缓刑" in text[operative(text) :]:
        return None
    return sub(
        text,
        r"罪，判处有期徒刑([一二]年)(?=[，。])",
        lambda m: {"一年": "二年", "二年": "二年十一个月"}[m[1]],
        operative(text),
        1,
    )
