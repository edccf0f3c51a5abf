"""Kinds of the fourth planter: who the people are, and what they are charged with."""

from __future__ import annotations

import random
import re

from eval_sets.planting.fourth_core import add, change, changed, fourth, part
from eval_sets.planting.second_core import Edit, Texts
from eval_sets.planting.third_core import put, swapped

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_WORK = {
    "务农": "个体经商", "农民": "工人", "无业": "务农", "工人": "驾驶员", "个体": "务农",
    "务工": "务农", "个体工商户": "务农", "务工人员": "无业", "无职业": "务农",
}  # fmt: skip
_SELECTIVE = {
    "贩卖毒品罪": "运输毒品罪", "非法持有枪支罪": "非法买卖枪支罪", "运输毒品罪": "贩卖毒品罪",
    "掩饰、隐瞒犯罪所得罪": "掩饰、隐瞒犯罪所得收益罪", "伪造身份证件罪": "买卖身份证件罪",
    "盗伐林木罪": "滥伐林木罪", "滥伐林木罪": "盗伐林木罪", "强制猥亵罪": "强制侮辱罪",
    "介绍卖淫罪": "容留卖淫罪", "容留卖淫罪": "组织卖淫罪", "开设赌场罪": "赌博罪",
    "交通肇事罪": "过失致人死亡罪", "职务侵占罪": "挪用资金罪", "抢劫罪": "抢夺罪",
}  # fmt: skip


def _with_check(body: str) -> str:
    total = sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


change(
    "occupation", "identity", "indictment", "head",
    "，(" + "|".join(sorted(_WORK, key=len, reverse=True)) + ")[，。]", _WORK, both=True,
)  # fmt: skip
change(
    "household", "identity", "judgment", "head",
    r"户籍(?:所在)?地[：:]?[^，。]{0,9}?([\u4e00-\u9fff]{2})[县市区]", "石门", both=True,
)  # fmt: skip
change(
    "birthplace", "identity", "indictment", "head",
    r"(?:出生于|出生地|籍贯)[：:]?[^，。]{0,9}?([\u4e00-\u9fff]{2})[省县市]", "云台", both=True,
)  # fmt: skip
change(
    "detention_centre", "procedure", "indictment", "head",
    r"羁押[于在]([\u4e00-\u9fff]{2,10})看守所", "石门县", both=True,
)  # fmt: skip
change(
    "id_region", "identity", "judgment", "head", r"号码(\d{17}[\dX])",
    lambda was: _with_check(was[:2] + "0722" + was[6:17]),
)  # fmt: skip
change(
    "id_sex", "identity", "indictment", "head", r"号码(\d{17}[\dX])",
    lambda was: _with_check(was[:16] + str(int(was[16]) - 1 if was[16] != "0" else 1)),
)  # fmt: skip


@fourth("given_name_turned", "identity", "judgment")
def _turned(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """The two syllables of the given name change places once in what the court found."""
    return changed(
        text,
        "found",
        r"被告人([\u4e00-\u9fff]{3})(?=[在于至来到将用持驾以因与伙酒归])",
        lambda was: was[0] + was[2] + was[1] if "某" not in was and was[1] != was[2] else was,
    )


@fourth("surname_in_verdict", "identity", "judgment")
def _surname(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """Another surname where the penalty is pronounced."""
    return changed(
        text,
        "verdict",
        r"被告人([\u4e00-\u9fff]{2,3})犯",
        lambda was: ("岑" if was[0] != "岑" else "邬") + was[1:],
    )


@fourth("coaccused_for_other", "party", "indictment")
def _coaccused(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """In one sentence of the facts one accused stands where the other acted."""
    names = re.findall(r"\n被告人([\u4e00-\u9fff]{2,4})(?:（[^）]*）)?，(?:男|女|因)", text)
    if len(set(names)) < 2:
        return None
    first, second = names[0], names[1]
    pattern = rf"被告人({first})(?![、和与及等（]|伙同)[^，。]{{4,14}}"
    edit = changed(text, "facts", pattern, second, texts.judgment)
    return edit if edit and edit[1].count(second) == 1 else None


@fourth("victim_in_court", "party", "judgment")
def _victim(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """The victim bears another surname throughout what the court found."""
    start, end = part(text, "found")
    found = re.compile(
        r"被害人((?![家亲近的单])[\u4e00-\u9fff]{2,3}?)(?=[，。、的在于停等财现身头面放打])"
    ).search(text, start, end)
    if found is None or f"被害人{found[1]}" not in texts.indictment:
        return None
    now = ("岑" if found[1][0] != "岑" else "邬") + found[1][1:]
    story = text[start:end].replace(found[1], now)
    return text[:start] + story + text[end:], f"被害人{now}", f"被害人{found[1]}"


change(
    "stolen_from_other", "party", "indictment", "facts",
    r"被害人([\u4e00-\u9fff]{2,3})(?:家|住处|停放|放在|的(?:手机|钱包|现金|电动车|摩托车))", "邬某某",
    both=True,
)  # fmt: skip
change(
    "returned_to_other", "party", "judgment", "verdict",
    r"(?:退赔|返还|发还)(?:给)?被害人([\u4e00-\u9fff]{2,3}?)(?=[，。；人\d的经损])", "邬长兴",
)  # fmt: skip
change(
    "prosecutor_office", "party", "judgment", "facts",
    r"([\u4e00-\u9fff]{2,12})人民检察院指控[：，]", "石门县",
)  # fmt: skip
change(
    "heading_office", "party", "indictment", "all",
    r"^([\u4e00-\u9fff]{3,14})人民检察院\n", "石门县",
)  # fmt: skip
change("plate", "fact", "indictment", "facts",
       r"[\u4e00-\u9fff][A-Z][·•]?([A-Z0-9]{5})(?![A-Z0-9])", lambda was: swapped(was) or was,
       both=True)  # fmt: skip

# ------------------------------------------------------------------ charges

change(
    "charge_selective", "charge", "indictment", "reasons",
    r"应当以([\u4e00-\u9fff、]{3,16}罪)追究", _SELECTIVE,
)  # fmt: skip
change(
    "charge_found_selective", "charge", "judgment", "reasons",
    r"构成([\u4e00-\u9fff、]{3,16}罪)", _SELECTIVE,
)  # fmt: skip
change(
    "charge_read_out", "charge", "judgment", "verdict",
    r"被告人[\u4e00-\u9fff]{2,4}犯([\u4e00-\u9fff、]{3,16}罪)，", _SELECTIVE,
)  # fmt: skip
change(
    "charge_second", "charge", "judgment", "reasons",
    r"其行为(?:均)?已?构成(?:盗窃罪|诈骗罪|故意伤害罪|贩卖毒品罪|危险驾驶罪|寻衅滋事罪|交通肇事罪)()[，。]",
    "、故意毁坏财物罪",
)  # fmt: skip
add(
    "charge_of_counts", "charge", "indictment",
    "被告人一人犯数罪，应当数罪并罚。", "一人犯数罪",
    unless="数罪|决定执行", only="犯[\u4e00-\u9fff]{2,6}罪，判处",
)  # fmt: skip


@fourth("charge_opening", "charge", "judgment")
def _opening(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """The arrest was for another crime than the one prosecuted, in the judgment alone."""
    found = re.compile(r"涉嫌犯?([\u4e00-\u9fff]{2,8}罪)").search(text, *part(text, "head"))
    if found is None or found[0] not in texts.indictment:
        return None
    now = "聚众斗殴罪"
    return put(text, found.start(1), found.end(1), now, found[0].replace(found[1], now))
