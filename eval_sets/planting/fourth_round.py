"""Second round of the fourth planter: kinds thought of after the first were mended, looked at once."""

from __future__ import annotations

import random
import re

from eval_sets.planting.fourth_core import DAY, change, fourth, moved, part
from eval_sets.planting.second_core import Edit, Texts
from eval_sets.planting.third_core import put, swapped

_COUNT = dict(zip("一二两三四五六七八九", "三四四五六七八九三二", strict=True))
_TERM = r"(?:有期徒刑|拘役)[一二三四五六七八九十年零个月]+"
_RELATED = {"朋友": "同事", "同事": "邻居", "邻居": "同事", "妻子": "女友", "丈夫": "男友", "老乡": "同学",
            "女友": "妻子", "同学": "老乡", "父亲": "叔叔", "母亲": "姑姑", "儿子": "侄子"}  # fmt: skip
_THINGS = {"手机": "平板电脑", "现金": "项链", "电动车": "自行车", "摩托车": "三轮车", "笔记本电脑": "照相机",
           "钱包": "背包", "电瓶": "轮胎", "香烟": "白酒", "项链": "手镯", "戒指": "耳环"}  # fmt: skip


def _any(words: dict[str, str]) -> str:
    return "(" + "|".join(sorted(words, key=len, reverse=True)) + ")"


# ------------------------------------------------------------------ persons, organs

change("police_office", "procedure", "indictment", "head",
       r"被([\u4e00-\u9fff]{2,8})公安局", "石门县", both=True)  # fmt: skip
change("number_of_accused", "party", "judgment", "reasons", r"([二三四])被告人", _COUNT)
change("accused_of_one", "party", "judgment", "reasons", r"(被告人[\u4e00-\u9fff]{2,4}的行为|其行为)(?:已?构成)",
       "二被告人的行为均", unless="二被告人|均已?构成")  # fmt: skip
change("sent_by_other", "party", "judgment", "all",
       r"([\u4e00-\u9fff]{2,12})人民检察院指派", "石门县")  # fmt: skip
change("approved_by_other", "procedure", "judgment", "head",
       r"经([\u4e00-\u9fff]{2,12})人民检察院批准", "石门县", both=True)  # fmt: skip
change("accuser_police", "party", "judgment", "reasons", "(公诉机关)指控", "侦查机关")

# ------------------------------------------------------------------ facts

change("flight", "fact", "indictment", "facts", "(逃逸|逃离现场)", "留在现场等候", both=True)
change("licence", "fact", "indictment", "facts",
       "(无证驾驶|无驾驶证|未取得机动车驾驶证)", "持证驾驶", both=True)  # fmt: skip
change("relation", "fact", "indictment", "facts", _any(_RELATED), _RELATED, both=True)
change("thing", "fact", "indictment", "facts", _any(_THINGS), _THINGS, both=True)
change("hurt_in_reasons", "fact", "judgment", "reasons",
       "([一二两三])人(?:轻伤|轻微伤|死亡|重伤|受伤)", _COUNT)  # fmt: skip
change("sum_in_reasons", "amount", "judgment", "reasons", r"(?<![\d.,，])(\d{3,8})(?:\.\d+)?元",
       lambda was: swapped(was) or was)  # fmt: skip
change("weight_in_reasons", "amount", "judgment", "reasons", r"(?<![\d.])(\d+\.\d+)克",
       lambda was: f"{float(was) + 10:.2f}")  # fmt: skip
change("times_in_reasons", "fact", "judgment", "reasons", "([二两三四五六])次", _COUNT)
change("dead_in_court", "fact", "judgment", "found", "(死亡)", "受伤", both=True)
change("acts_counted", "fact", "judgment", "all", r"(?:盗窃|诈骗|作案|贩卖毒品|实施)[^，。\d]{0,6}(\d)[起次]",
       lambda was: str(int(was) + 2), both=True)  # fmt: skip

# ------------------------------------------------------------------ dates


@fourth("heard_before_prosecution", "date", "judgment")
def _heard(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return moved(text, "all", "于" + DAY + r"(?=(?:依法)?(?:不)?公开开庭)", -300)


@fourth("accepted_before_prosecution", "date", "judgment")
def _accepted(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return moved(text, "all", "于" + DAY + r"(?=[^。，]{0,4}(?:立案|受理))", -60)


@fourth("detained_after_arrest", "date", "judgment")
def _exchanged(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """Detention and arrest have exchanged their days."""
    start, end = part(text, "head")
    pattern = DAY + r"[^。；\d]{0,20}拘留[^。；\d]{0,8}" + DAY + r"[^。；\d]{0,20}逮捕"
    found = re.compile(pattern).search(text, start, end)
    if found is None:
        return None
    first, second = (f"{found[n]}年{found[n + 1]}月{found[n + 2]}日" for n in (1, 4))
    now = found[0].replace(first, "\0").replace(second, first).replace("\0", second)
    return put(text, found.start(), found.end(), now) if first != second else None


@fourth("year_of_three", "format", "judgment")
def _digits(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """A digit of the closing year is left out."""
    found = re.compile(r"二[〇○零]一([四五六七八九])年[一二三四五六七八九十]+月").search(
        text, *part(text, "tail")
    )
    return put(text, found.start(1) - 1, found.end(1), found[1], found[0].replace("一" + found[1], found[1], 1)) if found else None  # fmt: skip


# ------------------------------------------------------------------ provisions, penalties

for _name, _article, _unless in (
    ("mitigation", "第六十三条第一款", "减轻"),
    ("joint", "第二十五条第一款", "共同|伙同|同案|结伙|等人"),
    ("several", "第六十九条", "数罪|决定执行|并罚"),
    ("exemption", "第三十七条", "免予|免除"),
    ("revocation", "第七十七条", "撤销|缓刑"),
    ("attempt", "第二十三条", "未遂|未得逞"),
    ("elderly", "第十七条之一", "七十五|75"),
):
    change(f"{_name}_article_idle", "statute", "judgment", "basis", "第六十七条第[一三]款()",
           "、" + _article, unless=_unless)  # fmt: skip
change("mitigated_for_confession", "circumstance", "judgment", "reasons",
       "如实供述[^。；]{2,24}从(轻)处罚", "轻或者减轻", unless="自首|从犯|未遂|立功")  # fmt: skip
change("months_as_years", "sentence", "judgment", "verdict",
       r"罪，判处有期徒刑[六七八九十](个月)", "年")  # fmt: skip
change("fine_thousandfold", "sentence", "judgment", "verdict",
       r"罚金(?:人民币)?[一二三四五六七八九](千)元", "千万")  # fmt: skip
change("fine_in_figures", "sentence", "judgment", "verdict",
       r"罚金(?:人民币)?[一二三四五六七八九]千(元)", "元（9900元）")  # fmt: skip
change("tool_not_told", "sentence", "judgment", "verdict",
       r"作案工具((?![予依])[\u4e00-\u9fff]{2,4}?)(?=[一二三四五六]|[，。；、予依])", "油锯")  # fmt: skip
change("proposed_in_verdict", "sentence", "judgment", "verdict", f"罪，(判处){_TERM}", "建议判处")
change("probation_of_other", "sentence", "judgment", "verdict",
       r"缓刑([一二三四五])年(?=[，。；])", {"一": "四", "二": "五", "三": "一", "四": "一", "五": "二"})  # fmt: skip

# ------------------------------------------------------------------ words of another document

change("opinion_accuses", "format", "judgment", "all", "号(起诉书)指控", "起诉意见书")
change("private_prosecution", "wording", "judgment", "all", "提起(公诉)", "自诉")
change("investigated_in_court", "wording", "judgment", "all", "现已(审理)终结", "侦查")
change("examined_in_court", "wording", "judgment", "all", "经(审理)查明", "侦查")
change("ruling_appealed", "procedure", "judgment", "all", "如不服本(判决)", "裁定")
change("addressed_to_office", "format", "indictment", "all",
       r"\n([\u4e00-\u9fff]{3,14}人民法院)\n", "石门县人民检察院")  # fmt: skip
change("decides_not_to", "wording", "indictment", "all", "规定，(提起公诉)", "决定不起诉")
change("own_words_court", "wording", "indictment", "reasons", "(本院认为)，", "本庭认为")
