"""Slips of the third planter: facts, sums and dates."""

from __future__ import annotations

import random
import re

from eval_sets.planting.second_core import Edit, Texts, facts, operative, reasoning, sub
from eval_sets.planting.third_core import put, slip, swapped

_TOOLS = {"菜刀": "斧头", "水果刀": "菜刀", "匕首": "木棍", "木棍": "铁锤", "啤酒瓶": "砖头", "砖头": "啤酒瓶", "铁棍": "菜刀", "钢管": "匕首", "镰刀": "木棍"}  # fmt: skip
_GRADES = {
    "轻伤二级": "轻伤一级",
    "轻伤一级": "重伤二级",
    "重伤二级": "轻伤一级",
    "轻微伤": "轻伤二级",
}
_VEHICLES = {"小型轿车": "重型货车", "普通二轮摩托车": "小型轿车", "二轮摩托车": "小型轿车", "摩托车": "面包车", "电动车": "小型轿车", "面包车": "摩托车"}  # fmt: skip


def _exchanged(text: str, words: dict[str, str], start: int, end: int) -> Edit | None:
    found = re.compile("|".join(words)).search(text, start, end)
    return put(text, found.start(), found.end(), words[found[0]]) if found else None


def _story(text: str) -> tuple[int, int]:
    end = text.find("认定上述事实", facts(text))
    return facts(text), end if end > 0 else reasoning(text)


# ------------------------------------------------------------------ facts


@slip("tool", "fact", "indictment")
def _tool(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    start, end = _story(text)
    edit = _exchanged(text, _TOOLS, start, end)
    return (
        edit if edit and texts.judgment.count(edit[2]) and edit[1] not in texts.judgment else None
    )


@slip("injury", "fact", "indictment")
def _injury(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _exchanged(text, _GRADES, *_story(text))


@slip("vehicle", "fact", "indictment")
def _vehicle(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    start, end = _story(text)
    edit = _exchanged(text, _VEHICLES, start, end)
    return (
        edit if edit and texts.judgment.count(edit[2]) and edit[1] not in texts.judgment else None
    )


@slip("town", "fact", "indictment")
def _town(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    start, end = _story(text)
    found = re.compile(
        r"[在至到]([^，。、]{0,8}?[省市县区]?)([\u4e00-\u9fff]{2})(镇|乡|街道)"
    ).search(text, start, end)
    if found is None or texts.judgment.count(found[2] + found[3]) == 0:
        return None
    return put(text, found.start(2), found.end(2), "石坝", "石坝" + found[3])


@slip("number_of_things", "fact", "indictment")
def _things(text: str, _: Texts, chance: random.Random) -> Edit | None:
    start, end = _story(text)
    found = re.compile(r"([一二两三四五六1-9])([部台辆只条瓶])(?=[\u4e00-\u9fff“])").search(
        text, start, end
    )
    if found is None:
        return None
    now = "七" if not found[1].isdigit() else str(int(found[1]) % 9 + 2)
    return put(
        text,
        found.start(1),
        found.end(1),
        now,
        now + found[2] + text[found.end() : found.end() + 2],
    )


@slip("count_dropped", "fact", "indictment")
def _count(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The second of numbered counts is left out, with its number."""
    start, end = _story(text)
    first = re.compile(r"(?:^|[\n。：；\s])(?:1[、.．]|[（(]一[）)]|一、)").search(text, start, end)
    second = (
        re.compile(r"(?:2[、.．]|[（(]二[）)]|二、)(?=[\u4e00-\u9fff\d])").search(
            text, first.end(), end
        )
        if first
        else None
    )
    third = (
        re.compile(r"(?:3[、.．]|[（(]三[）)]|三、)(?=[\u4e00-\u9fff\d])").search(
            text, second.end(), end
        )
        if second
        else None
    )
    if not (first and second and third) or third.start() - second.start() < 40:
        return None
    gone = text[: second.start()] + text[third.start() :]
    return gone, gone[second.start() : second.start() + 12], text[second.start() : third.start()]


@slip("grade_in_reasons", "fact", "judgment")
def _grade(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The reasons state another injury than the facts."""
    start, end = reasoning(text), operative(text)
    found = re.compile(r"([一二两三]人)?(轻伤|重伤)(?:二级|一级)?").search(text, start, end)
    if found is None or "故意伤害罪" not in text[end:] or found[2] not in text[facts(text) : start]:
        return None
    other = "重伤" if found[2] == "轻伤" else "轻伤"
    if other in text[facts(text) : end]:
        return None
    return put(text, found.start(2), found.end(2), other)


# ------------------------------------------------------------------ sums


@slip("digits_transposed", "amount", "indictment")
def _digits(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    start, end = _story(text)
    for found in re.compile(r"(?<![\d.，,])(\d{3,8})(?=(?:\.\d+)?元)").finditer(text, start, end):
        now = swapped(found[1])
        if now and found[1] in texts.judgment:
            return put(
                text, found.start(), found.end(), now, now + text[found.end() : found.end() + 1]
            )
    return None


@slip("court_digits_transposed", "amount", "judgment")
def _court_digits(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    start = text.find("查明")
    for found in re.compile(r"(?<![\d.，,])(\d{3,8})(?=(?:\.\d+)?元)").finditer(
        text, max(start, 0), reasoning(text)
    ):
        now = swapped(found[1])
        if start > 0 and now and found[1] in texts.indictment:
            return put(
                text, found.start(), found.end(), now, now + text[found.end() : found.end() + 1]
            )
    return None


@slip("entry_dropped", "amount", "judgment")
def _entry(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """One of the sums is lowered, the total of them stands."""
    start, end = facts(text), reasoning(text)
    total = re.compile(
        r"(?:共计|合计|总计|总价值|共价值|累计)(?:价值)?(?:人民币)?(\d[\d,.]*)元"
    ).search(text, start, end)
    if total is None:
        return None
    parts = list(
        re.compile(r"(?:价值|价格|骗得|盗得|盗走现金|现金|收取)(?:人民币)?(\d[\d,.]*)元").finditer(
            text, start, total.start()
        )
    )
    values = [float(p[1].replace(",", "").rstrip(".")) for p in parts]
    if len(parts) < 2 or abs(sum(values) - float(total[1].replace(",", "").rstrip("."))) > 0.5:
        return None
    last = parts[-1]
    now = str(int(values[-1]) + 110)
    return put(text, last.start(1), last.end(1), now, now + "元")


@slip("repayment_other", "amount", "judgment")
def _repayment(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The order to repay names another sum than the facts found."""
    return sub(
        text,
        r"(?:退赔|追缴)[^。；]{0,40}?(\d{3,8})(?:\.\d+)?元",
        lambda m: swapped(m[1]) or m[1],
        operative(text),
        1,
    )


@slip("compensation_other", "amount", "judgment")
def _compensation(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The compensation in the reasons is not that of the facts."""
    found = re.compile(r"赔偿[^。，；]{0,24}?(\d+)(?:\.\d+)?万?元").search(
        text, reasoning(text), operative(text)
    )
    if found is None or found[0][-4:] not in text[: reasoning(text)]:
        return None
    now = str(int(found[1]) * 2 + 1)
    return put(text, found.start(1), found.end(1), now, now + text[found.end(1) : found.end()])


@slip("grams_to_kilograms", "amount", "indictment")
def _kilograms(text: str, _: Texts, chance: random.Random) -> Edit | None:
    start, end = _story(text)
    found = re.compile(r"\d+(?:\.\d+)?(克)").search(text, start, end)
    return (
        put(text, found.start(1), found.end(1), "千克", found[0][:-1] + "千克") if found else None
    )


@slip("alcohol_in_reasons", "amount", "judgment")
def _alcohol(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The alcohol found by the court is not that of the indictment, digits changed over."""
    found = re.compile(r"(\d{2,3})(?:\.\d+)?(?:毫克|mg|㎎|MG)").search(
        text, max(text.find("查明"), 0), operative(text)
    )
    now = swapped(found[1]) if found else None
    return (
        put(text, found.start(1), found.end(1), now, now + text[found.end(1) : found.end()])
        if found and now
        else None
    )


# ------------------------------------------------------------------ dates


@slip("day_and_month", "date", "indictment")
def _day_month(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    start, end = _story(text)
    for found in re.compile(r"(\d{4})年(\d|1[0-2])月(\d|1[0-2])日").finditer(text, start, end):
        if found[2] != found[3] and found[0] in texts.judgment:
            return put(text, found.start(), found.end(), f"{found[1]}年{found[3]}月{found[2]}日")
    return None


@slip("next_year", "date", "indictment")
def _next(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The year of the act is that of the writing: after the arrest."""
    start, end = _story(text)
    return sub(
        text[:end], r"(\d{4})年\d{1,2}月\d{1,2}日", lambda m: str(int(m[1]) + 2), start, 1
    ) and sub(text, r"(\d{4})年\d{1,2}月\d{1,2}日", lambda m: str(int(m[1]) + 2), start, 1)


@slip("court_measure_day", "date", "judgment")
def _measure(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text,
        r"\d{4}年\d{1,2}月(\d{1,2})日(?=被[^，。]{0,20}(?:拘留|逮捕|取保))",
        lambda m: str(int(m[1]) % 27 + 1),
        0,
        1,
    )


@slip("released_other", "date", "indictment")
def _released(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    found = re.search(r"(\d{4})年\d{1,2}月\d{1,2}日(?=[^，。；]{0,4}(?:刑满|释放))", text)
    if found is None or found[0] not in texts.judgment:
        return None
    now = str(int(found[1]) - 1) + found[0][4:]
    return put(text, found.start(), found.end(), now)


@slip("judged_before_prosecution", "date", "judgment")
def _early(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The year on the last page is the one before the prosecution."""
    found = re.search(r"于(\d{4})年\d{1,2}月\d{1,2}日(?=[^。]{0,10}向本院提起公诉)", text)
    last = list(
        re.finditer(
            r"二[〇○零О0Ｏ]([一二])([一二三四五六七八九〇○零])年[一二三四五六七八九十]+月[一二三四五六七八九十]+日",
            text,
        )
    )
    digits = "零一二三四五六七八九"
    if found is None or not last or last[-1][2] not in digits[2:]:
        return None
    now = last[-1][0][:3] + digits[digits.index(last[-1][2]) - 1] + last[-1][0][4:]
    return put(text, last[-1].start(), last[-1].end(), now)
