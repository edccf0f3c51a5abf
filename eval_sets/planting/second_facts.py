"""Defects of the second planter: sums, dates, circumstances, penalties, form, wording."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from eval_sets.planting.second_core import (
    KINDS,
    Edit,
    Mutator,
    Texts,
    facts,
    kind,
    operative,
    reasoning,
    sub,
)

_TYPOS = (
    ("量刑建议", "量刑建义"), ("辩护意见", "辩护意件"), ("到案经过", "到案经果"),
    ("户籍资料", "户籍资科"), ("上述事实", "上术事实"), ("并处罚金", "并处法金"),
    ("判处", "判外"), ("抓获", "抓或"), ("证人", "征人"), ("鉴定", "鉴顶"), ("扣押", "扣压"),
    ("供述", "共述"), ("追缴", "追交"), ("依照", "依昭"), ("构成", "够成"), ("作案", "作按"),
    ("缓刑", "缓型"), ("笔录", "笔彔"), ("徒刑", "徙刑"), ("被害人", "被害入"), ("赔偿", "培偿"),
)  # fmt: skip


# ------------------------------------------------------------------ amounts


@kind("unit", "amount", "indictment")
def _unit(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(text, r"[\d,，.]{3,}(元)", lambda m: "万元", facts(text), 1)


@kind("total", "amount", "indictment")
def _total(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text,
        r"(?:共计|合计|总计|共价值)[^\d，。]{0,12}(\d)[\d,.]{2,}(?:余)?元",
        lambda m: str(int(m[1]) % 9 + 1),
        facts(text),
        1,
    )


@kind("item_price", "amount", "indictment")
def _price(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text, r"价值(?:人民币)?(\d)[\d,.]{2,}元", lambda m: str(int(m[1]) % 9 + 1), facts(text), 1
    )


@kind("grams", "amount", "indictment")
def _grams(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(text, r"(\d+)\.\d+克", lambda m: str(int(m[1]) + 7), facts(text), 1)


@kind("alcohol", "amount", "indictment")
def _alcohol(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text, r"(\d{2,3})(?:\.\d+)?(?:毫克|mg|㎎)", lambda m: str(int(m[1]) + 20), facts(text), 1
    )


# ------------------------------------------------------------------ dates


@kind("offence_day", "date", "indictment")
def _offence(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text, r"\d{4}年\d{1,2}月(\d{1,2})日", lambda m: str(int(m[1]) % 27 + 1), facts(text), 1
    )


@kind("measure_day", "date", "indictment")
def _measure(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text[: facts(text)],
        r"\d{4}年\d{1,2}月(\d{1,2})日(?=被[^，。]{0,20}(?:拘留|逮捕|取保))",
        lambda m: str(int(m[1]) % 27 + 1),
        0,
        1,
    ) and _tail(text, r"\d{4}年\d{1,2}月(\d{1,2})日(?=被[^，。]{0,20}(?:拘留|逮捕|取保))")


def _tail(text: str, pattern: str) -> Edit | None:
    return sub(text, pattern, lambda m: str(int(m[1]) % 27 + 1), 0, 1)


@kind("birth_day", "date", "indictment")
def _birth(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text, r"\d{4}年\d{1,2}月(\d{1,2})日(?=(?:出)?生)", lambda m: str(int(m[1]) % 27 + 1), 0, 1
    )


@kind("judged_before_trial", "date", "judgment")
def _early(text: str, _: Texts, chance: random.Random) -> Edit | None:
    found = list(
        re.finditer(
            r"二[〇○零О0Ｏ][一二][一二三四五六七八九〇○零]年[一二三四五六七八九十]+月[一二三四五六七八九十]+日",
            text,
        )
    )
    if not found:
        return None
    last = found[-1]
    wrong = "二〇〇九" + last[0][4:]
    return text[: last.start()] + wrong + text[last.end() :], wrong, last[0]


@kind("impossible", "date", "judgment")
def _impossible(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(text, r"\d{4}年\d{1,2}月(\d{1,2})日", lambda m: "32", text.find("提起公诉"), 1)


# ------------------------------------------------------------------ circumstances


def _claim(text: str, words: str, quote: str) -> Edit | None:
    found = re.compile(r"(?:建议判处|根据《中华人民共和国刑事诉讼法》)").search(
        text, reasoning(text)
    )
    if found is None:
        return None
    return text[: found.start()] + words + text[found.start() :], quote, ""


def _accused(text: str) -> str:
    found = re.search(r"\n被告人([\u4e00-\u9fff\d]{2,4})[，（]", text)
    return found[1] if found else ""


@kind("surrender", "circumstance", "indictment")
def _surrender(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    if "自首" in texts.judgment.split("附：")[0] or not _accused(text):
        return None
    return _claim(
        text,
        f"被告人{_accused(text)}犯罪以后自动投案，如实供述自己的罪行，系自首，依据《中华人民共和国刑法》第六十七条第一款的规定，可以从轻或者减轻处罚。",
        "系自首",
    )


@kind("principal", "circumstance", "indictment")
def _accessory(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    if "从犯" in texts.judgment.split("附：")[0] or not _accused(text):
        return None
    return _claim(
        text,
        f"被告人{_accused(text)}在共同犯罪中起次要作用，系从犯，依据《中华人民共和国刑法》第二十七条的规定，应当从轻处罚。",
        "系从犯",
    )


@kind("recidivist_old", "circumstance", "judgment")
def _old(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    if "累犯" not in text[reasoning(text) : text.find("判决如下")]:
        return None
    found = list(
        re.finditer(
            r"(\d{4})年\d{1,2}月\d{1,2}日(?=[^，。；]{0,4}(?:刑满|释放))",
            text[: text.find("审理终结")],
        )
    )
    if len(found) != 1:
        return None
    m = found[0]
    wrong = str(int(m[1]) - 7) + m[0][4:]
    return text[: m.start()] + wrong + text[m.end() :], wrong, m[0]


@kind("recidivist_left_out", "circumstance", "judgment")
def _left_out(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    freed = list(
        re.finditer(
            r"\d{4}年\d{1,2}月\d{1,2}日(?=[^，。；]{0,4}(?:刑满|释放))",
            text[: text.find("审理终结")],
        )
    )
    if not freed or "系累犯" not in text[reasoning(text) :]:
        return None
    found = freed[-1]  # the last one makes the recidivist
    body, mark, rest = text.partition("附：")
    gone = re.sub(r"[^，。；]*累犯[^，。；]*[，；]?", "", body)
    return gone + mark + rest, found[0], "累犯"


@kind("plea_without", "recommendation", "indictment")
def _plea(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    text = re.sub(r"建议判处[^。]*。", "", text)
    edit = _claim(text, f"被告人{_accused(text)}自愿认罪认罚，依法可以从宽处理。", "自愿认罪认罚")
    return (
        (edit[0].rstrip() + "\n附：1.被告人现在看守所；2.案卷材料2册。", edit[1], "")
        if edit
        else None
    )


# ------------------------------------------------------------------ recommendation


def _advice(text: str, now: Callable[[str], str]) -> Edit | None:
    found = re.search(
        r"建议判处(?:被告人[\u4e00-\u9fff\d]{2,4})?((?:有期徒刑|拘役)[^，。]*(?:，缓刑[^，。]*)?)",
        text,
    )
    if found is None:
        return None
    return text[: found.start(1)] + now(found[1]) + text[found.end(1) :], now(found[1]), found[1]


@kind("range_reversed", "recommendation", "indictment")
def _reversed(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _advice(text, lambda was: "有期徒刑三年至二年六个月")


@kind("range_apart", "recommendation", "indictment")
def _apart(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _advice(
        text, lambda was: "有期徒刑六年至七年" if "六年" not in was else "有期徒刑一年至二年"
    )


@kind("beyond_statute", "recommendation", "indictment")
def _beyond(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _advice(text, lambda was: "有期徒刑十六年")


@kind("probation_over", "recommendation", "indictment")
def _over(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _advice(text, lambda was: "有期徒刑四年，缓刑五年")


@kind("detention_advised", "recommendation", "indictment")
def _detention_advised(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _advice(text, lambda was: "拘役八个月")


@kind("kind_advised", "recommendation", "indictment")
def _kind_advised(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _advice(text, lambda was: "管制一年" if "毒品" not in text else "拘役三个月")


@kind("fine_missing", "recommendation", "indictment")
def _fine_missing(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    found = re.search(r"(建议判处[^。]*?)，并处罚金[^，。]*。", text)
    if found is None or not re.search("盗窃罪|诈骗罪|贩卖毒品罪|危险驾驶罪", text):
        return None
    return text[: found.end(1)] + "。" + text[found.end() :], found[1], found[0]


# ------------------------------------------------------------------ sentence


@kind("probation_short", "sentence", "judgment")
def _short(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text,
        r"缓刑([一二三四五]年(?:[一二三四五六七八九十]+个月)?|[一二三四五六七八九十]+个月)",
        lambda m: "一个月",
        operative(text),
        1,
    )


@kind("credit", "sentence", "judgment")
def _credit(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text, r"至(\d{4})年\d{1,2}月\d{1,2}日止", lambda m: str(int(m[1]) + 1), operative(text), 1
    )


@kind("combined", "sentence", "judgment")
def _combined(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text,
        r"决定执行有期徒刑([一二三四五六七八九十]+年(?:[一二三四五六七八九十]+个月)?)",
        lambda m: "十九年",
        operative(text),
        1,
    )


@kind("fine_figures", "sentence", "judgment")
def _figures(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text,
        r"罚金(?:人民币)?[一二三四五六七八九]千元()",
        lambda m: "（人民币11000元）",
        operative(text),
        1,
    )


@kind("over_maximum", "sentence", "judgment")
def _maximum(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text,
        r"罪，判处有期徒刑([一二三四五六七八九十]+年(?:[一二三四五六七八九十]+个月)?|[一二三四五六七八九十]+个月)",
        lambda m: "十六年",
        operative(text),
        1,
    )


@kind("detention_long", "sentence", "judgment")
def _detention(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text,
        r"判处(?:拘役[一二三四五六]个月|有期徒刑[六七八九十]个月)",
        lambda m: "判处拘役八个月",
        operative(text),
    )


@kind("above_tier", "sentence", "judgment")
def _tier(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    if not re.search("危险驾驶罪，判处拘役", text):
        return None
    return sub(
        text,
        r"危险驾驶罪，判处(拘役[一二三四五六]个月)",
        lambda m: "有期徒刑一年",
        operative(text),
        1,
    )


# ------------------------------------------------------------------ form


@kind("number_year", "format", "indictment")
def _year(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text[:120], r"[〔（［\[(](\d{4})[〕）］\])]", lambda m: str(int(m[1]) - 2), 0, 1
    ) and sub(text, r"[〔（［\[(](\d{4})[〕）］\])]", lambda m: str(int(m[1]) - 2), 0, 1)


@kind("court_missing", "format", "indictment")
def _court(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    found = re.search(r"此\s*致\s*\n\s*[^\n]+法院\n", text)
    if found is None:
        return None
    gone = text[: found.start()] + text[found.end() :]
    return gone, gone[found.start() :].split("\n")[0], found[0]


@kind("signature_missing", "format", "indictment")
def _signature(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    found = re.search(r"\n\s*(?:代\s*理\s*)?检\s*察\s*[官员](?!\s*助)[^\n]*(?=\n)", text)
    if found is None:
        return None
    gone = text[: found.start()] + text[found.end() :]
    return gone, gone[found.start() :].strip().split("\n")[0], found[0].strip()


@kind("date_missing", "format", "indictment")
def _dateless(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    found = list(
        re.finditer(
            r"\n\s*(?:\d{4}|二[〇○零][一二][〇○零一二三四五六七八九])年[^\n]{3,8}日(?=\n|$)", text
        )
    )
    if not found:
        return None
    last = found[-1]
    gone = text[: last.start()] + text[last.end() :]
    return gone, gone[: last.start()].rsplit("\n", 1)[-1].strip(), last[0].strip()


@kind("addressee", "format", "indictment")
def _addressee(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return sub(text, r"此\s*致\s*\n\s*([^\n]+法院)", lambda m: "海州市东山区人民法院", 0, 1)


def _typo(right: str, wrong: str) -> Mutator:
    def mutate(text: str, texts: Texts, chance: random.Random) -> Edit | None:
        body = text.split("附：")[0]
        at = body.find(right, body.find("提起公诉") if "提起公诉" in body[:1500] else 0)
        if at < 0:
            return None
        return text[:at] + wrong + text[at + len(right) :], wrong, right

    return mutate


for _right, _wrong in _TYPOS:
    KINDS[f"typo:{_wrong}"] = ("wording", "judgment", _typo(_right, _wrong))
