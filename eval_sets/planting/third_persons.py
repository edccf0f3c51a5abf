"""Slips of the third planter: persons and charges."""

from __future__ import annotations

import random
import re

from eval_sets.planting.second_core import GIVEN, Edit, Texts, facts, operative, reasoning, sub
from eval_sets.planting.third_core import put, slip


@slip("birth_year_transposed", "identity", "indictment")
def _year(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(text, r"(?:19|20)(\d\d)年\d{1,2}月\d{1,2}日(?=出?生)", lambda m: m[1][::-1], 0, 1)


@slip("birth_day_month", "identity", "judgment")
def _day_month(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text,
        r"\d{4}年((?!(\d{1,2})月\2日)(\d|1[0-2])月(\d|1[0-2])日)(?=出?生)",
        lambda m: f"{m[4]}月{m[3]}日",
        0,
        1,
    )


@slip("id_birth_transposed", "identity", "indictment")
def _id(text: str, _: Texts, chance: random.Random) -> Edit | None:
    found = re.search(r"号码\d{6}((?:19|20)\d\d)(\d\d)(\d\d)\d{3}[\dX]", text)
    if found is None or found[2] == found[3] or int(found[3]) > 12:
        return None
    quote = found[0][:12] + found[3] + found[2] + found[0][16:]
    return put(text, found.start(2), found.end(3), found[3] + found[2], quote)


@slip("court_sex", "identity", "judgment")
def _sex(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text, r"被告人[^，。]{2,14}，(男|女)，", lambda m: "女" if m[1] == "男" else "男", 0, 1
    )


@slip("court_ethnicity", "identity", "judgment")
def _ethnicity(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(text[: text.find("起诉书")], r"，(汉)族", lambda m: "满", 0, 1) and sub(
        text, r"，(汉)族", lambda m: "满", 0, 1
    )


@slip("pronoun", "identity", "judgment")
def _pronoun(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """A woman's pronoun for the only accused, a man."""
    if "，女，" in text[:1500]:
        return None
    return sub(
        text,
        r"被告人[^，。]{2,4}[^。]{2,60}，(其)行为已?构成",
        lambda m: "她的",
        reasoning(text),
        1,
    )


@slip("accused_name_in_verdict", "identity", "judgment")
def _verdict_name(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The last syllable of the name is another one where the verdict is pronounced."""
    found = re.compile(r"被告人([\u4e00-\u9fff]{3})犯").search(text, operative(text))
    if found is None or "某" in found[1]:
        return None
    now = found[1][:2] + ("民" if found[1][2] != "民" else "明")
    return put(text, found.start(1), found.end(1), now)


@slip("accused_halved", "identity", "indictment")
def _halved(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The middle syllable of the name is left out once in the facts."""
    found = re.compile(r"被告人([\u4e00-\u9fff]{3})(?=[在于至来到将用持驾以因与伙酒])").search(
        text, facts(text)
    )
    if found is None or "某" in found[1]:
        return None
    return put(
        text,
        found.start(1),
        found.end(1),
        found[1][0] + found[1][2],
        "被告人" + found[1][0] + found[1][2],
    )


# ------------------------------------------------------------------ parties


@slip("victim_dropped", "party", "indictment")
def _victim_dropped(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """The last of several victims named together is left out, throughout."""
    found = re.compile(
        r"被害人([\u4e00-\u9fff]{2,3}(?:、[\u4e00-\u9fff]{2,3})*)[、和]([\u4e00-\u9fff]某{1,2}\d?|[\u4e00-\u9fff](?:"
        + "|".join(GIVEN)
        + r"))(?=[，。、的等打殴财人停])"
    ).search(text, facts(text))
    if found is None or text.count(found[2]) > 1 or texts.judgment.count(found[2]) < 2:
        return None
    return put(text, found.end(1), found.end(2), "", "被害人" + found[1])


@slip("accomplice_dropped", "party", "indictment")
def _accomplice(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    found = re.compile(
        r"(被告人[\u4e00-\u9fff]{2,4})(?:伙同|与|和)([\u4e00-\u9fff]{2,3}\d?)（(?:另案处理|在逃|已判[刑决]|另案)[^）]*）"
    ).search(text, facts(text))
    if found is None or text.count(found[2]) > 1:
        return None
    return put(text, found.end(1), found.end(), "", found[1])


@slip("roles_swapped", "party", "indictment")
def _roles(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """Accused and victim have changed places in one sentence."""
    found = re.compile(
        r"被告人([\u4e00-\u9fff]{2,3})([^，。\u3001]{0,12})被害人([\u4e00-\u9fff](?:"
        + "|".join(GIVEN)
        + "))"
    ).search(text, facts(text))
    if found is None:
        return None
    now = f"被告人{found[3]}{found[2]}被害人{found[1]}"
    return put(text, found.start(), found.end(), now)


@slip("procuratorate_other", "party", "judgment")
def _procuratorate(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """Another procuratorate is said to have prosecuted than the one at the head."""
    return sub(
        text,
        r"[。\s]([\u4e00-\u9fff]{2,16}?)人民检察院以[^。]{4,40}号起诉书",
        lambda m: "临海市东湖区",
        text.find("公诉机关") + 6,
        1,
    )


@slip("stranger_in_court", "party", "judgment")
def _stranger(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """The accused of another case, left in the court's reasons by copying."""
    found = re.compile(
        r"被告人([\u4e00-\u9fff]{2,4}?)(?=归案|如实|能够|自愿|到案|认罪|系|当庭|有|在)"
    ).search(text, reasoning(text))
    if found is None or found.start() > operative(text):
        return None
    now = chance.choice(("贺兰亭", "苗玉田", "单长河"))
    return put(text, found.start(1), found.end(1), now)


@slip("counsel_renamed", "party", "judgment")
def _counsel(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """The counsel who came to the hearing bears another name than the one at the head."""
    found = re.search(r"辩护人([\u4e00-\u9fff]{2,3})，", text)
    if found is None:
        return None
    again = re.compile(r"辩护人" + found[1]).search(text, found.end())
    if again is None or again.start() > reasoning(text):
        return None
    return put(text, again.start() + 3, again.end(), "孔令哲", "辩护人孔令哲")


# ------------------------------------------------------------------ charges

_OTHER = {"盗窃罪": "抢夺罪", "诈骗罪": "合同诈骗罪", "故意伤害罪": "寻衅滋事罪"}


@slip("charge_at_head", "charge", "judgment")
def _head(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The opening says another charge was prosecuted than the indictment names."""
    return sub(
        text,
        r"指控被告人[^。]{2,40}?犯有?([\u4e00-\u9fff、]{2,16}罪)(?=[，。一])",
        lambda m: _OTHER.get(m[1], "诈骗罪"),
        0,
        1,
    )


@slip("charge_of_measure", "charge", "indictment")
def _measure(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The charge transferred and the charge prosecuted differ, without a word on the change."""
    return sub(
        text,
        r"以被告人[^。]{2,30}?涉嫌(?:犯)?([\u4e00-\u9fff、]{2,16}罪)(?=[，、]?[^。]{0,20}移送)",
        lambda m: _OTHER.get(m[1], "盗窃罪" if m[1] != "盗窃罪" else "诈骗罪"),
        0,
        1,
    )


@slip("charge_in_facts", "charge", "judgment")
def _answer(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """In the verdict the charge lacks a part of its name."""
    swaps = {
        "走私、贩卖、运输、制造毒品罪": "贩毒罪", "贩卖毒品罪": "贩卖毒品", "危险驾驶罪": "危险驾车罪",
        "容留他人吸毒罪": "容留吸毒罪", "寻衅滋事罪": "寻衅滋事", "盗窃罪": "盗窃",
        "故意伤害罪": "故意伤害", "诈骗罪": "诈骗", "交通肇事罪": "交通肇事",
    }  # fmt: skip
    found = re.compile(r"犯([\u4e00-\u9fff、]{2,16}罪)，").search(text, operative(text))
    if found is None or found[1] not in swaps:
        return None
    now = swaps[found[1]]
    return put(text, found.start(1), found.end(1), now, "犯" + now + "，")


@slip("charge_accused_by", "charge", "judgment")
def _accused_by(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The court answers a charge that nobody brought."""
    return sub(
        text,
        r"公诉机关指控(?:被告人[\u4e00-\u9fff]{2,4})?(?:的)?犯?([\u4e00-\u9fff]{2,10}罪)(?:的)?(?:罪名)?成立",
        lambda m: _OTHER.get(m[1], "敲诈勒索罪"),
        reasoning(text),
        1,
    )
