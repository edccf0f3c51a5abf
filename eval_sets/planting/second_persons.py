"""Defects of the second planter: persons, charges, provisions."""

from __future__ import annotations

import random
import re

from eval_sets.planting.second_core import GIVEN, Edit, Texts, kind, operative, reasoning, sub

_UNLAWFUL = {
    "盗窃罪": "偷窃罪", "诈骗罪": "骗取财物罪", "故意伤害罪": "伤害他人罪", "贩卖毒品罪": "贩毒罪",
    "危险驾驶罪": "醉酒驾驶罪", "交通肇事罪": "交通事故罪", "寻衅滋事罪": "滋事罪",
    "开设赌场罪": "聚赌罪", "抢劫罪": "拦路抢劫罪",
}  # fmt: skip
_OTHER = {"盗窃罪": "抢夺罪", "诈骗罪": "盗窃罪"}


# ------------------------------------------------------------------ identity


@kind("sex", "identity", "indictment")
def _sex(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(text, r"，(男|女)，", lambda m: "女" if m[1] == "男" else "男", group=1)


@kind("ethnicity", "identity", "indictment")
def _ethnicity(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(text, r"，(汉族|回族|苗族|壮族)", lambda m: "土家族", group=1)


@kind("id_digit", "identity", "indictment")
def _digit(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text, r"号码(\d{17}[\dX])", lambda m: m[1][:15] + str((int(m[1][15]) + 3) % 10) + m[1][16:],
        group=1,
    )  # fmt: skip


@kind("education", "identity", "indictment")
def _education(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text,
        r"，(小学|初中|高中|大学|大专|中专)(?:文化|毕业)",
        lambda m: "高中" if m[1] != "高中" else "小学",
        group=1,
    )


@kind("residence", "identity", "indictment")
def _residence(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text,
        r"，(?:现|暂)?住(?:址|所|于)?[^，。]{0,14}?([\u4e00-\u9fff]{2})[区县市](?=[^。]{0,60}。)",
        lambda m: "临川" if m[1] != "临川" else "东平",
        group=1,
    )


@kind("alias", "identity", "indictment")
def _alias(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text,
        r"(?:绰号|别名|曾用名|化名)[“：:]?([\u4e00-\u9fff]{2,3})",
        lambda m: m[1][:-1] + "冬",
        group=1,
    )


# ------------------------------------------------------------------ parties


@kind("victim_name", "party", "indictment")
def _victim(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    names = list(re.finditer(r"被害人([\u4e00-\u9fff](?:" + "|".join(GIVEN) + "))", text))
    if not names or names[0][1] not in texts.judgment:
        return None
    name = names[0][1]
    wrong = name[0] + ("健" if name[1] != "健" else "建") + name[2]
    return text.replace(name, wrong), wrong, name


@kind("accused_dropped", "party", "indictment")
def _dropped(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    rows = list(re.finditer(r"\n(被告人([\u4e00-\u9fff\d]{2,4})，(?:男|女)[^\n]*)", text))
    if len(rows) < 2:
        return None
    at = text.find("被告人" + rows[0][2])
    gone = text[: rows[-1].start()] + text[rows[-1].end() :]
    return gone, gone[at : at + 3 + len(rows[0][2])], rows[-1][1]


@kind("accused_added", "party", "indictment")
def _added(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    rows = list(re.finditer(r"\n被告人[^\n]*，(?:男|女)，[^\n]*", text))
    if not rows:
        return None
    line = "\n被告人郭振东，男，1988年1月3日出生，汉族，户籍所在地江阴市。"
    return text[: rows[-1].end()] + line + text[rows[-1].end() :], "郭振东", ""


@kind("counsel", "party", "judgment")
def _counsel(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    found = re.search(r"辩护人([\u4e00-\u9fff]{3})，", text)
    if not found:
        return None
    again = text.find("辩护人" + found[1], found.end())
    if again < 0 or again > text.find("审理终结"):
        return None
    wrong = found[1][:2] + ("明" if found[1][2] != "明" else "鸣")
    return text[: again + 3] + wrong + text[again + 6 :], "辩护人" + wrong, found[1]


# ------------------------------------------------------------------ charge


@kind("charge_unlawful", "charge", "indictment")
def _unlawful(text: str, _: Texts, chance: random.Random) -> Edit | None:
    for right, wrong in _UNLAWFUL.items():
        edit = sub(text, f"应当以({right})", lambda m, wrong=wrong: wrong, reasoning(text), 1)  # type: ignore[misc]
        if edit:
            return edit
    return None


@kind("charge_part", "charge", "indictment")
def _part_of_charge(text: str, _: Texts, chance: random.Random) -> Edit | None:
    swaps = {"贩卖毒品罪": "运输毒品罪", "掩饰、隐瞒犯罪所得罪": "掩饰、隐瞒犯罪所得收益罪"}
    for right, wrong in swaps.items():
        edit = sub(text, f"应当以({right})", lambda m, wrong=wrong: wrong, reasoning(text), 1)  # type: ignore[misc]
        if edit:
            return edit
    return None


@kind("charge_procedure", "charge", "indictment")
def _charge_procedure(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text,
        r"涉嫌([\u4e00-\u9fff、]{2,15}罪)，[^。]{0,30}移送",
        lambda m: _OTHER.get(m[1], "诈骗罪"),
        group=1,
    )


@kind("charge_reasoning", "charge", "judgment")
def _charge_reasoning(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text,
        r"已?构成([\u4e00-\u9fff]{2,12}罪)",
        lambda m: _OTHER.get(m[1], "诈骗罪"),
        reasoning(text),
        1,
    )


# ------------------------------------------------------------------ statutes


@kind("paragraph_none", "statute", "judgment")
def _paragraph(text: str, _: Texts, chance: random.Random) -> Edit | None:
    if (
        re.search(
            r"第[二三]百[一二三四五六七八九十]+条(?:之[一二])?第[一二]款",
            text[reasoning(text) : operative(text)],
        )
        is None
    ):
        return None
    return sub(
        text,
        r"第[二三]百[一二三四五六七八九十]+条(?:之[一二])?第([一二])款",
        lambda m: "九",
        reasoning(text),
        1,
    )


@kind("paragraph_other", "statute", "judgment")
def _paragraph_other(text: str, _: Texts, chance: random.Random) -> Edit | None:
    start = text.rfind("依照《", 0, text.find("判决如下"))
    if not re.search("系自首|坦白|如实供述", text[reasoning(text) : max(start, 0)]):
        return None  # with nothing said either paragraph may be right
    return sub(
        text, r"第六十七条第([一三])款", lambda m: "一" if m[1] == "三" else "三", max(start, 0), 1
    )


@kind("repealed", "statute", "judgment")
def _repealed(text: str, _: Texts, chance: random.Random) -> Edit | None:
    title = "《最高人民法院关于审理盗窃案件具体应用法律若干问题的解释》"
    edit = sub(
        text,
        r"(?:和第[^，。]*)?(?=之规定，判决如下|的规定，判决如下)",
        lambda m: m[0] + "、" + title + "第一条",
    )
    return (edit[0], title, "") if edit else None


@kind("law_title", "statute", "judgment")
def _title(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(text, r"《中华人民共和国刑(法)》第", lambda m: "事法", reasoning(text), 1)


@kind("article_other", "statute", "indictment")
def _article(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(
        text,
        r"刑法》第([二三]百[一二三四五六七八九十零]+)条",
        lambda m: "二百三十八" if m[1] != "二百三十八" else "二百六十三",
        reasoning(text),
        1,
    )


@kind("article_missing", "statute", "judgment")
def _article_missing(text: str, _: Texts, chance: random.Random) -> Edit | None:
    start = reasoning(text)
    for words, article in (
        ("系累犯", "第六十五条第一款"),
        ("自首", "第六十七条第一款"),
        ("从犯", "第二十七条"),
    ):
        at = text.find(words, start)
        found = re.compile(f"[、，和]?{article}").search(text, max(at, 0))
        if at >= 0 and found and found.start() < text.find("判决如下"):
            return (
                text[: found.start()] + text[found.end() :],
                text[max(at - 4, 0) : at + len(words)],
                found[0],
            )
    return None
