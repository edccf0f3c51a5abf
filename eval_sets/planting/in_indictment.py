"""Defects planted in the indictment: persons, charges, law, facts, circumstances."""

from __future__ import annotations

import random
import re

from eval_sets.planting.draft import Draft, Planted, defect, facts_range, pick, reasoning_at, swap

_BIRTH = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日(?=出?生)")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_YUAN = re.compile(r"(?<![\d.，,．])(\d{3,9})元")
_SIMILAR_NAMES = {
    "强": "祥",
    "伟": "玮",
    "军": "君",
    "平": "萍",
    "华": "桦",
    "明": "铭",
    "林": "琳",
}
_OTHER_CHARGES = {
    "盗窃罪": "第二百六十四条",
    "诈骗罪": "第二百六十六条",
    "故意伤害罪": "第二百三十四条",
    "寻衅滋事罪": "第二百九十三条",
    "职务侵占罪": "第二百七十一条",
}
_CIRCUMSTANCES = (
    (
        "系自首",
        "犯罪以后自动投案，如实供述自己的罪行，系自首",
        "第六十七条第一款",
        "可以从轻或者减轻处罚",
    ),
    (
        "系累犯",
        "在刑罚执行完毕后五年内再犯应当判处有期徒刑以上刑罚之罪，系累犯",
        "第六十五条第一款",
        "应当从重处罚",
    ),
    (
        "有立功表现",
        "到案后揭发他人犯罪行为，查证属实，有立功表现",
        "第六十八条",
        "可以从轻或者减轻处罚",
    ),
    ("系从犯", "在共同犯罪中起次要作用，系从犯", "第二十七条", "应当从轻、减轻处罚或者免除处罚"),
)


def _insert_before_request(draft: Draft, sentence: str) -> bool:
    """Puts a sentence before the indictment's closing request."""
    text = draft.indictment
    at = max(
        text.rfind("根据《中华人民共和国刑事诉讼法》"),
        text.rfind("依照《中华人民共和国刑事诉讼法》"),
    )
    if at < 0:
        return False
    draft.indictment = text[:at] + sentence + text[at:]
    return True


@defect("birth_year")
def birth_year(draft: Draft, chance: random.Random) -> Planted | None:
    found = pick(chance, list(_BIRTH.finditer(draft.indictment)))
    if not found:
        return None
    now = f"{int(found[1]) - chance.choice((1, 2, 10))}年{found[2]}月{found[3]}日"
    return swap(draft, "indictment", "identity", "birth_year", found.start(), found[0], now, now)


@defect("birth_day")
def birth_day(draft: Draft, chance: random.Random) -> Planted | None:
    found = pick(chance, list(_BIRTH.finditer(draft.indictment)))
    if not found:
        return None
    now = f"{found[1]}年{found[2]}月{int(found[3]) % 27 + 1}日"
    return swap(draft, "indictment", "identity", "birth_day", found.start(), found[0], now, now)


@defect("sex")
def sex(draft: Draft, chance: random.Random) -> Planted | None:
    found = re.search(r"(?<=，)[男女](?=，)", draft.indictment[:800])
    if not found:
        return None
    now = "女" if found[0] == "男" else "男"
    return swap(draft, "indictment", "identity", "sex", found.start(), found[0], now, now)


@defect("ethnicity")
def ethnicity(draft: Draft, chance: random.Random) -> Planted | None:
    at = draft.indictment.find("，汉族，")
    if at < 0:
        return None
    return swap(draft, "indictment", "identity", "ethnicity", at + 1, "汉族", "回族", "回族")


@defect("id_check_digit")
def id_check_digit(draft: Draft, chance: random.Random) -> Planted | None:
    found = re.search(r"\d{17}[\dX]", draft.indictment)
    if not found:
        return None
    last = str((int(found[0][17]) + 3) % 10) if found[0][17].isdigit() else "5"
    now = found[0][:17] + last
    return swap(
        draft, "indictment", "identity", "id_check_digit", found.start(), found[0], now, now
    )


@defect("name_slip")
def name_slip(draft: Draft, chance: random.Random) -> Planted | None:
    name = draft.source.parties[0].name
    last = name[-1]
    if last not in _SIMILAR_NAMES or len(name) < 3:
        return None
    at = draft.indictment.find(f"被告人{name}", facts_range(draft)[0])
    if at < 0:
        return None
    now = name[:-1] + _SIMILAR_NAMES[last]
    return swap(draft, "indictment", "identity", "name_slip", at + 3, name, now, now)


@defect("left_out")
def left_out(draft: Draft, chance: random.Random) -> Planted | None:
    """One of several accused is not introduced and not named in the reasoning."""
    if draft.source.single:
        return None
    last = draft.source.parties[-1].name
    lines = draft.indictment.split("\n")
    kept = [line for line in lines if not line.startswith(f"被告人{last}")]
    if len(kept) != len(lines) - 1:
        return None
    text = "\n".join(kept).replace(f"、{last}的行为", "的行为").replace(f"、{last}涉嫌", "涉嫌")
    draft.indictment = text
    quote = f"被告人{draft.source.parties[0].name}"
    return Planted("party", "indictment", quote, f"被告人{last}", "left_out")


@defect("other_charge")
def other_charge(draft: Draft, chance: random.Random) -> Planted | None:
    """Another charge and its article stand throughout."""
    source = draft.source
    now = chance.choice([c for c in _OTHER_CHARGES if c not in source.charges])
    was = source.charges[0]
    head, tail = draft.indictment[:200], draft.indictment[200:]
    tail = tail.replace(was, now).replace(source.articles[0], _OTHER_CHARGES[now])
    draft.indictment = head + tail
    return Planted("charge", "indictment", now, was, "other_charge") if now in tail else None


@defect("charge_in_reasoning")
def charge_in_reasoning(draft: Draft, chance: random.Random) -> Planted | None:
    """The reasoning names another charge than the case's cause."""
    was = draft.source.charges[0]
    at = draft.indictment.find(f"应当以{was}")
    if at < 0:
        return None
    now = chance.choice([c for c in _OTHER_CHARGES if c not in draft.source.charges])
    return swap(draft, "indictment", "charge", "charge_in_reasoning", at + 3, was, now, now)


@defect("no_such_charge")
def no_such_charge(draft: Draft, chance: random.Random) -> Planted | None:
    was = draft.source.charges[0]
    now = {"盗窃罪": "偷窃罪", "诈骗罪": "欺诈罪", "危险驾驶罪": "醉酒驾驶罪"}.get(was)
    if now is None:
        return None
    at = draft.indictment.find(f"应当以{was}")
    return swap(draft, "indictment", "charge", "no_such_charge", at + 3, was, now, now)


@defect("no_such_article")
def no_such_article(draft: Draft, chance: random.Random) -> Planted | None:
    was = draft.source.articles[0]
    at = draft.indictment.find(was, reasoning_at(draft.indictment))
    now = "第四百七十三条"
    return (
        swap(draft, "indictment", "statute", "no_such_article", at, was, now, now)
        if at > 0
        else None
    )


@defect("neighbour_article")
def neighbour_article(draft: Draft, chance: random.Random) -> Planted | None:
    """An existing article of another crime beside the right charge."""
    was = draft.source.articles[0]
    at = draft.indictment.find(was, reasoning_at(draft.indictment))
    now = chance.choice(("第二百七十五条", "第二百二十四条", "第一百一十四条"))
    if at < 0 or was.startswith(now):
        return None
    return swap(draft, "indictment", "statute", "neighbour_article", at, was, now, now)


@defect("procedure_article")
def procedure_article(draft: Draft, chance: random.Random) -> Planted | None:
    """The article of prosecution as it was numbered before the revision."""
    at = draft.indictment.find("第一百七十六条")
    if at < 0:
        return None
    now = "第一百七十二条"
    return swap(draft, "indictment", "statute", "procedure_article", at, "第一百七十六条", now, now)


@defect("sum_in_facts")
def sum_in_facts(draft: Draft, chance: random.Random) -> Planted | None:
    start, end = facts_range(draft)
    found = pick(chance, list(_YUAN.finditer(draft.indictment, start, end)))
    if not found:
        return None
    now = f"{int(found[1]) + 10 ** (len(found[1]) - 1)}元"
    return swap(draft, "indictment", "amount", "sum_in_facts", found.start(), found[0], now, now)


@defect("unit_in_facts")
def unit_in_facts(draft: Draft, chance: random.Random) -> Planted | None:
    start, end = facts_range(draft)
    found = pick(chance, list(_YUAN.finditer(draft.indictment, start, end)))
    if not found:
        return None
    now = f"{found[1]}万元"
    return swap(draft, "indictment", "amount", "unit_in_facts", found.start(), found[0], now, now)


@defect("quantity")
def quantity(draft: Draft, chance: random.Random) -> Planted | None:
    """Grams of a drug or the alcohol in the blood."""
    start, end = facts_range(draft)
    pattern = re.compile(r"(\d+)(\.\d+)?(?=克|毫克[／/]|mg[／/])")
    found = pick(chance, list(pattern.finditer(draft.indictment, start, end)))
    if not found:
        return None
    number = f"{int(found[1]) + 3}{found[2] or ''}"
    quote = number + draft.indictment[found.end() : found.end() + 1]
    return swap(draft, "indictment", "amount", "quantity", found.start(), found[0], number, quote)


@defect("day_of_facts")
def day_of_facts(draft: Draft, chance: random.Random) -> Planted | None:
    start, end = facts_range(draft)
    found = pick(chance, list(_DAY.finditer(draft.indictment, start, end)))
    if not found:
        return None
    now = f"{found[1]}年{int(found[2]) % 12 + 1}月{min(int(found[3]), 28)}日"
    return swap(draft, "indictment", "date", "day_of_facts", found.start(), found[0], now, now)


@defect("impossible_day")
def impossible_day(draft: Draft, chance: random.Random) -> Planted | None:
    start, end = facts_range(draft)
    found = pick(chance, list(_DAY.finditer(draft.indictment, start, end)))
    if not found:
        return None
    now = f"{found[1]}年{chance.choice(('2月30日', '4月31日', '13月5日'))}"
    return swap(draft, "indictment", "date", "impossible_day", found.start(), found[0], now, now)


@defect("issued_too_early")
def issued_too_early(draft: Draft, chance: random.Random) -> Planted | None:
    """The indictment bears a date before the case was handed over."""
    day = draft.source.prosecuted
    was = f"\n{day.year}年{day.month}月{day.day}日"
    at = draft.indictment.rfind(was)
    if at < 0:
        return None
    now = f"\n{day.year - 1}年{day.month}月{min(day.day, 28)}日"
    return swap(draft, "indictment", "date", "issued_too_early", at, was, now, now.strip())


@defect("measure_day")
def measure_day(draft: Draft, chance: random.Random) -> Planted | None:
    found = re.search(
        r"(\d{4})年(\d{1,2})月(\d{1,2})日(?=被(?:[\u4e00-\u9fff]{2,12})?刑事拘留)", draft.indictment
    )
    if not found:
        return None
    now = f"{int(found[1]) - 1}年{found[2]}月{min(int(found[3]), 28)}日"
    return swap(draft, "indictment", "date", "measure_day", found.start(), found[0], now, now)


@defect("claimed_circumstance")
def claimed_circumstance(draft: Draft, chance: random.Random) -> Planted | None:
    """A circumstance that the judgment knows nothing of."""
    known = draft.judgment[: draft.judgment.find("附：") if "附：" in draft.judgment else None]
    name = draft.source.parties[0].name
    free = [row for row in _CIRCUMSTANCES if row[0][-2:] not in known]
    if not free:
        return None
    _, what, article, effect = chance.choice(free)
    sentence = f"被告人{name}{what}，依据《中华人民共和国刑法》{article}的规定，{effect}。"
    if not _insert_before_request(draft, sentence):
        return None
    return Planted("circumstance", "indictment", sentence, "", "claimed_circumstance")


@defect("wrong_direction")
def wrong_direction(draft: Draft, chance: random.Random) -> Planted | None:
    """可以 where the law says 应当, or the reverse."""
    name = draft.source.parties[0].name
    if "如实供述" not in draft.judgment[: draft.source.operative_at] or "自首" in draft.judgment:
        return None
    sentence = (
        f"被告人{name}到案后如实供述自己的罪行，系坦白，依据《中华人民共和国刑法》"
        "第六十七条第三款的规定，应当减轻或者免除处罚。"
    )
    if not _insert_before_request(draft, sentence):
        return None
    return Planted("circumstance", "indictment", sentence, "", "wrong_direction")


@defect("surrender_paragraph")
def surrender_paragraph(draft: Draft, chance: random.Random) -> Planted | None:
    """自首 cited with the paragraph of 坦白."""
    if "系自首" not in draft.judgment[reasoning_at(draft.judgment) : draft.source.operative_at]:
        return None
    name = draft.source.parties[0].name
    sentence = (
        f"被告人{name}犯罪以后自动投案，如实供述自己的罪行，系自首，依据《中华人民共和国刑法》"
        "第六十七条第三款的规定，可以从轻或者减轻处罚。"
    )
    if not draft.source.single or not _insert_before_request(draft, sentence):
        return None
    return Planted(
        "statute", "indictment", "第六十七条第三款", "第六十七条第一款", "surrender_paragraph"
    )
