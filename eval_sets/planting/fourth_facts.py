"""Kinds of the fourth planter: what happened, how much it was, and when."""

from __future__ import annotations

import random
import re

from eval_sets.planting.fourth_core import DAY, change, fourth, moved, part
from eval_sets.planting.second_core import Edit, Texts
from eval_sets.planting.third_core import put

_COUNT = dict(zip("一二两三四五六七八九", "三四四五六七八九三二", strict=True))
_TIME = {"凌晨": "下午", "上午": "晚上", "下午": "凌晨", "中午": "深夜", "晚上": "上午",
         "傍晚": "清晨", "早上": "深夜", "晚": "上午"}  # fmt: skip
_MEANS = {"撬锁": "翻窗", "撬门": "翻窗", "翻墙": "撬锁", "翻窗": "溜门", "攀爬": "撬锁",
          "溜门": "撬锁", "技术开锁": "翻窗", "拳打脚踢": "持棍殴打", "用拳头": "用木棍",
          "钥匙": "撬棍", "微信": "支付宝", "支付宝": "微信", "拉扯": "掌掴"}  # fmt: skip
_BRAND = {"苹果": "华为", "华为": "小米", "OPPO": "三星", "三星": "OPPO", "小米": "华为",
          "VIVO": "OPPO", "vivo": "OPPO", "雅迪": "爱玛", "爱玛": "雅迪", "本田": "雅马哈"}  # fmt: skip
_DRUG = {"甲基苯丙胺": "海洛因", "海洛因": "甲基苯丙胺", "冰毒": "麻果", "氯胺酮": "甲基苯丙胺"}
_INJURY = {"轻伤一级": "轻伤二级", "轻伤二级": "轻伤一级", "重伤二级": "重伤一级",
           "轻微伤": "轻伤二级", "重伤一级": "重伤二级"}  # fmt: skip
_CARE = {"全部": "主要", "主要": "同等", "同等": "主要", "次要": "主要"}


def _either(words: dict[str, str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


# ------------------------------------------------------------------ facts

change("time_of_day", "fact", "indictment", "facts",
       rf"日({_either(_TIME)})(?=\d|许|，|[\u4e00-\u9fff])", _TIME, both=True)  # fmt: skip
change("hour", "fact", "indictment", "facts", r"(?<!\d)(\d{1,2})时(?!至)",
       lambda was: str((int(was) + 5) % 24), both=True)  # fmt: skip
change("number_of_times", "fact", "indictment", "facts",
       r"(?:先后|共|分)([一二两三四五六七八九])次", _COUNT, both=True)  # fmt: skip
change("number_of_persons", "fact", "indictment", "facts",
       r"([一二两三四五六七八九])(?:名|人)(?=[\u4e00-\u9fff、，。])", _COUNT, both=True)  # fmt: skip
change("drug", "fact", "indictment", "facts", f"({_either(_DRUG)})", _DRUG, both=True)
change("court_drug", "fact", "judgment", "found", f"({_either(_DRUG)})", _DRUG)
change("court_injury", "fact", "judgment", "found", f"({_either(_INJURY)})", _INJURY)
change("side_of_body", "fact", "indictment", "facts",
       r"(左|右)(?:侧|手|臂|眼|腿|胸|肩|膝|脚|上肢|下肢|耳|肋|足|胫|尺|桡)[\u4e00-\u9fff]{0,2}",
       {"左": "右", "右": "左"}, both=True)  # fmt: skip
change("means", "fact", "indictment", "facts", f"({_either(_MEANS)})", _MEANS, both=True)
change("brand", "fact", "indictment", "facts", f"({_either(_BRAND)})", _BRAND, both=True)
change("responsibility", "fact", "indictment", "facts",
       r"(?:负|承担)[^，。]{0,8}(全部|主要|同等|次要)责任", _CARE, both=True)  # fmt: skip
change("road", "fact", "indictment", "facts",
       r"[区县镇乡市]([\u4e00-\u9fff]{2})(?:路|街|大道|小区|公寓|宾馆|酒店|超市)", "望江", both=True)  # fmt: skip
change(
    "village",
    "fact",
    "judgment",
    "found",
    r"(?:镇|乡|县|街道|区)([\u4e00-\u9fff]{2})村",
    "柳河",
    both=True,
)


@fourth("count_twice", "fact", "indictment")
def _twice(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """A numbered count is told a second time under the next free number."""
    start, end = part(text, "facts")
    found = list(
        re.compile(r"(?<=[\n。：\s])(\d)[、.．](?=[\u4e00-\u9fff\d])").finditer(text, start, end)
    )
    if len(found) < 2 or [m[1] for m in found] != [str(n + 1) for n in range(len(found))]:
        return None
    told = text[found[0].end() : found[1].start()]
    stop = text.find("。", found[-1].end()) + 1
    if not 0 < stop < end or len(told) < 30:
        return None
    again = f"{len(found) + 1}、{told.strip()}"
    return put(text, stop, stop, again, again[:30])


@fourth("count_number", "format", "indictment")
def _numbered(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """The numbers of the counts jump."""
    start, end = part(text, "facts")
    found = list(
        re.compile(r"(?<=[\n。：\s])(\d)[、.．](?=[\u4e00-\u9fff\d])").finditer(text, start, end)
    )
    if len(found) < 2 or [m[1] for m in found] != [str(n + 1) for n in range(len(found))]:
        return None
    last = found[-1]
    now = str(len(found) + 1)
    quote = now + text[last.end(1) : last.end() + 8]
    return put(text, last.start(1), last.end(1), now, quote)


# ------------------------------------------------------------------ sums and quantities

change("court_weight", "amount", "judgment", "found", r"(?<![\d.])(\d+(?:\.\d+)?)克",
       lambda was: f"{float(was) * 3 + 0.11:.2f}")  # fmt: skip
change("alcohol_unit", "amount", "indictment", "facts",
       r"\d{2,3}(?:\.\d+)?(毫克|mg|MG|㎎)[/／]100(?:毫升|ml|mL|ML)", "克")  # fmt: skip
change("alcohol_point", "amount", "indictment", "facts",
       r"(\d{2,3}(?:\.\d+)?)(?:毫克|mg|MG|㎎)[/／]100",
       lambda was: str(int(was.split(".")[0]) - 31) + "".join(was.partition(".")[1:]))  # fmt: skip
change(
    "court_ten_thousand",
    "amount",
    "judgment",
    "found",
    r"[\u4e00-\u9fff]{2}\d+(?:\.\d+)?(万)元",
    "",
)
change("court_price", "amount", "judgment", "found",
       r"价值(?:人民币)?(?:约)?(\d{3,6})元", lambda was: str(int(was) + 250), both=True)  # fmt: skip
change("quantity", "amount", "indictment", "facts",
       r"(\d+(?:\.\d+)?)(?=立方米|亩|株|公斤|千克|平方米|斤|粒|颗|发|枚)",
       lambda was: str(round(float(was) * 10, 2)).removesuffix(".0"), both=True)  # fmt: skip
change("yuan_missing_digit", "amount", "indictment", "facts",
       r"(?<![\d.,])(\d{3,8})元", lambda was: was[:-1], both=True)  # fmt: skip
change("paid_to_victim", "amount", "indictment", "facts",
       r"(?:赔偿|退赔|退还)[^，。；]{0,24}?(\d{3,8})元", lambda was: was + "0", both=True)  # fmt: skip

# ------------------------------------------------------------------ dates and deadlines


@fourth("arrest_after_judgment", "date", "judgment")
def _arrest(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return moved(text, "head", DAY + r"(?=(?:被|经|由)?[^，。；\d]{0,24}逮捕)", 800)


@fourth("found_after_detention", "date", "judgment")
def _found(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """The act as the court found it lies after the accused was held for it."""
    if not re.search("刑事拘留", text[slice(*part(text, "head"))]):
        return None
    return moved(text, "found", DAY, 400)


@fourth("prosecuted_next_year", "date", "judgment")
def _late(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return moved(text, "all", "于" + DAY + r"(?=[^。]{0,10}向本院提起公诉)", 700)


@fourth("indictment_after_judgment", "date", "indictment")
def _signed(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """The last line bears a day after the judgment."""
    return moved(text, "tail", r"\n" + DAY + r"(?=\n|$)", 800)


@fourth("told_before_transfer", "date", "indictment")
def _told(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return moved(text, "all", "于" + DAY + r"(?=已?告知)", -20)


@fourth("released_before_convicted", "date", "judgment")
def _released(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return moved(text, "head", DAY + r"(?=(?:被|因)?(?:刑满)?释放)", -4000)


@fourth("told_late", "deadline", "indictment")
def _informed(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """The rights are told twelve days after the case came in; three are allowed."""
    return moved(text, "all", "于" + DAY + r"(?=已?告知)", 12)


@fourth("arrest_late", "deadline", "indictment")
def _held(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    """Fifty days in custody before the arrest."""
    return moved(
        text,
        "head",
        DAY + r"(?=被[^，。]{0,16}刑事拘留[，、；][^。]{0,6}\d{4}年[^。]{4,30}逮捕)",
        -50,
    )
