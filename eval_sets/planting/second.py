"""A second planter, written without the first: one defect of one kind in a pair at a time.

A pair is enriched first (number of identity, schooling, a recommendation, real names for masked
victims) so that every kind has something to spoil; both documents say the same. Each mutator
takes the two texts and gives the changed text, the words to point at and what they were.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

Document = Literal["indictment", "judgment"]
_GIVEN = ("建平", "秀兰", "文涛", "晓燕", "国强", "丽华", "志刚", "月华", "海波", "春梅")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_BIRTH = re.compile(r"(男|女)，(\d{4})年(\d{1,2})月(\d{1,2})日(?:出)?生，")
_NUMERALS = "一二三四五六七八九十"
_TYPOS = (
    ("量刑建议", "量刑建义"), ("辩护意见", "辩护意件"), ("到案经过", "到案经果"),
    ("户籍资料", "户籍资科"), ("上述事实", "上术事实"), ("并处罚金", "并处法金"),
    ("判处", "判外"), ("抓获", "抓或"), ("证人", "征人"), ("鉴定", "鉴顶"), ("扣押", "扣压"),
    ("供述", "共述"), ("追缴", "追交"), ("依照", "依昭"), ("构成", "够成"), ("作案", "作按"),
    ("缓刑", "缓型"), ("笔录", "笔彔"), ("徒刑", "徙刑"), ("被害人", "被害入"), ("赔偿", "培偿"),
)  # fmt: skip
_UNLAWFUL = {
    "盗窃罪": "偷窃罪", "诈骗罪": "骗取财物罪", "故意伤害罪": "伤害他人罪", "贩卖毒品罪": "贩毒罪",
    "危险驾驶罪": "醉酒驾驶罪", "交通肇事罪": "交通事故罪", "寻衅滋事罪": "滋事罪",
    "开设赌场罪": "聚赌罪", "抢劫罪": "拦路抢劫罪",
}  # fmt: skip
_OTHER = {"盗窃罪": "抢夺罪", "诈骗罪": "盗窃罪"}


@dataclass(frozen=True)
class Texts:
    """The two documents of one case."""

    id: str
    indictment: str
    judgment: str

    def put(self, document: Document, text: str) -> Texts:
        return (
            replace(self, indictment=text)
            if document == "indictment"
            else replace(self, judgment=text)
        )


@dataclass(frozen=True)
class Spoiled:
    """A pair with one defect; `quote` stands in `document`."""

    texts: Texts
    kind: str
    category: str
    document: Document
    quote: str
    was: str

    def row(self) -> dict[str, object]:
        """The pair in the JSON form of the suite `planted`."""
        planted = {
            "category": self.category,
            "document": self.document,
            "quote": self.quote,
            "was": self.was,
            "kind": self.kind,
        }
        return {
            "id": self.texts.id,
            "indictment": self.texts.indictment,
            "judgment": self.texts.judgment,
            "planted": [planted],
        }


Edit = tuple[str, str, str]
"""The changed text, the words to point at, what they were."""
Mutator = Callable[[str, Texts, random.Random], Edit | None]
KINDS: dict[str, tuple[str, Document, Mutator]] = {}


def _kind(name: str, category: str, document: Document) -> Callable[[Mutator], Mutator]:
    def register(function: Mutator) -> Mutator:
        KINDS[name] = (category, document, function)
        return function

    return register


def _sub(
    text: str, pattern: str, now: Callable[[re.Match[str]], str], start: int = 0, group: int = 0
) -> Edit | None:
    """Replaces a group of the first match from `start` on; quotes the whole match."""
    found = re.compile(pattern).search(text, start)
    if found is None:
        return None
    put = now(found)
    if put == found[group]:
        return None
    quote = found[0][: found.start(group) - found.start()] + put
    quote += found[0][found.end(group) - found.start() :]
    return text[: found.start(group)] + put + text[found.end(group) :], quote, found[0]


def _reasoning(text: str) -> int:
    return max(text.rfind("本院认为，被告"), text.rfind("本院认为"), 0)


def _facts(text: str) -> int:
    return max(text.find("经依法审查查明"), text.find("经审查查明"), text.find("查明"), 0)


def _id_number(year: str, month: str, day: str, sex: str, seed: int) -> str:
    body = f"310115{year}{int(month):02}{int(day):02}{seed % 90 + 10}{1 if sex == '男' else 2}"
    total = sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def _term(text: str) -> str:
    """The first imprisonment of the operative part, as written."""
    found = re.search(
        r"犯[^。；]{2,30}罪，判处(有期徒刑|拘役)([一二三四五六七八九十年零个月]+)", text
    )
    return found[1] + found[2] if found else ""


def enriched(texts: Texts, chance: random.Random) -> Texts:
    """The pair with all that the kinds need, told alike in both documents."""
    one, other = texts.indictment, texts.judgment
    for mask in sorted(set(re.findall(r"被害人([\u4e00-\u9fff]某{1,2})", one)), key=len)[::-1]:
        name = mask[0] + chance.choice(_GIVEN)
        one = re.sub(mask + "(?!某)", name, one)
        other = re.sub(mask + "(?!某)", name, other)
    birth = _BIRTH.search(one)
    if birth and birth[0] in other and "公民身份号码" not in one + other:
        number = _id_number(birth[2], birth[3], birth[4], birth[1], chance.randint(0, 89))
        told = f"{birth[0]}公民身份号码{number}，"
        if not re.search("文化", one[birth.end() : birth.end() + 30]):
            told += "初中文化，"
        one, other = one.replace(birth[0], told, 1), other.replace(birth[0], told, 1)
    single = len(re.findall(r"\n被告人[\u4e00-\u9fff\d]{2,5}(?:（[^）]*）)?，(?:男|女)", one)) == 1
    term = _term(other)
    charges = set(re.findall(r"犯([\u4e00-\u9fff、]{2,12}罪)，判处", other))
    request = re.search(r"根据《中华人民共和国刑事诉讼法》第[^条]+条[^，]{0,6}规定，提起公诉", one)
    if single and term and len(charges) == 1 and request and "建议判处" not in one:
        fine = re.search(
            r"处?罚金(?:人民币)?([一二三四五六七八九十千万百\d]+元)", other[_operative(other) :]
        )
        words = f"建议判处{term}" + (f"，并处罚金人民币{fine[1]}" if fine else "") + "。"
        probation = re.search(term + r"，(?:宣告)?缓刑[一二三四五六七八九十年零个月]+", other)
        if probation:
            words = words.replace(term, probation[0], 1)
        one = one[: request.start()] + words + one[request.start() :]
    return Texts(texts.id, one, other)


# ------------------------------------------------------------------ identity


@_kind("sex", "identity", "indictment")
def _sex(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _sub(text, r"，(男|女)，", lambda m: "女" if m[1] == "男" else "男", group=1)


@_kind("ethnicity", "identity", "indictment")
def _ethnicity(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _sub(text, r"，(汉族|回族|苗族|壮族)", lambda m: "土家族", group=1)


@_kind("id_digit", "identity", "indictment")
def _digit(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text, r"号码(\d{17}[\dX])", lambda m: m[1][:15] + str((int(m[1][15]) + 3) % 10) + m[1][16:],
        group=1,
    )  # fmt: skip


@_kind("education", "identity", "indictment")
def _education(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text,
        r"，(小学|初中|高中|大学|大专|中专)(?:文化|毕业)",
        lambda m: "高中" if m[1] != "高中" else "小学",
        group=1,
    )


@_kind("residence", "identity", "indictment")
def _residence(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text,
        r"，(?:现|暂)?住(?:址|所|于)?[^，。]{0,14}?([\u4e00-\u9fff]{2})[区县市](?=[^。]{0,60}。)",
        lambda m: "临川" if m[1] != "临川" else "东平",
        group=1,
    )


@_kind("alias", "identity", "indictment")
def _alias(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text,
        r"(?:绰号|别名|曾用名|化名)[“：:]?([\u4e00-\u9fff]{2,3})",
        lambda m: m[1][:-1] + "冬",
        group=1,
    )


# ------------------------------------------------------------------ parties


@_kind("victim_name", "party", "indictment")
def _victim(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    names = [m for m in re.finditer(r"被害人([\u4e00-\u9fff](?:" + "|".join(_GIVEN) + "))", text)]
    if not names or names[0][1] not in texts.judgment:
        return None
    name = names[0][1]
    wrong = name[0] + ("健" if name[1] != "健" else "建") + name[2]
    return text.replace(name, wrong), wrong, name


@_kind("accused_dropped", "party", "indictment")
def _dropped(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    rows = list(re.finditer(r"\n(被告人([\u4e00-\u9fff\d]{2,4})，(?:男|女)[^\n]*)", text))
    if len(rows) < 2:
        return None
    at = text.find("被告人" + rows[0][2])
    gone = text[: rows[-1].start()] + text[rows[-1].end() :]
    return gone, gone[at : at + 3 + len(rows[0][2])], rows[-1][1]


@_kind("accused_added", "party", "indictment")
def _added(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    rows = list(re.finditer(r"\n被告人[^\n]*，(?:男|女)，[^\n]*", text))
    if not rows:
        return None
    line = "\n被告人郭振东，男，1988年1月3日出生，汉族，户籍所在地江阴市。"
    return text[: rows[-1].end()] + line + text[rows[-1].end() :], "郭振东", ""


@_kind("counsel", "party", "judgment")
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


@_kind("charge_unlawful", "charge", "indictment")
def _unlawful(text: str, _: Texts, chance: random.Random) -> Edit | None:
    for right, wrong in _UNLAWFUL.items():
        edit = _sub(text, f"应当以({right})", lambda m, wrong=wrong: wrong, _reasoning(text), 1)  # type: ignore[misc]
        if edit:
            return edit
    return None


@_kind("charge_part", "charge", "indictment")
def _part_of_charge(text: str, _: Texts, chance: random.Random) -> Edit | None:
    swaps = {"贩卖毒品罪": "运输毒品罪", "掩饰、隐瞒犯罪所得罪": "掩饰、隐瞒犯罪所得收益罪"}
    for right, wrong in swaps.items():
        edit = _sub(text, f"应当以({right})", lambda m, wrong=wrong: wrong, _reasoning(text), 1)  # type: ignore[misc]
        if edit:
            return edit
    return None


@_kind("charge_procedure", "charge", "indictment")
def _charge_procedure(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text,
        r"涉嫌([\u4e00-\u9fff、]{2,15}罪)，[^。]{0,30}移送",
        lambda m: _OTHER.get(m[1], "诈骗罪"),
        group=1,
    )


@_kind("charge_reasoning", "charge", "judgment")
def _charge_reasoning(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text,
        r"已?构成([\u4e00-\u9fff]{2,12}罪)",
        lambda m: _OTHER.get(m[1], "诈骗罪"),
        _reasoning(text),
        1,
    )


# ------------------------------------------------------------------ statutes


@_kind("paragraph_none", "statute", "judgment")
def _paragraph(text: str, _: Texts, chance: random.Random) -> Edit | None:
    if (
        re.search(
            r"第[二三]百[一二三四五六七八九十]+条(?:之[一二])?第[一二]款",
            text[_reasoning(text) : _operative(text)],
        )
        is None
    ):
        return None
    return _sub(
        text,
        r"第[二三]百[一二三四五六七八九十]+条(?:之[一二])?第([一二])款",
        lambda m: "九",
        _reasoning(text),
        1,
    )


@_kind("paragraph_other", "statute", "judgment")
def _paragraph_other(text: str, _: Texts, chance: random.Random) -> Edit | None:
    start = text.rfind("依照《", 0, text.find("判决如下"))
    if not re.search("系自首|坦白|如实供述", text[_reasoning(text) : max(start, 0)]):
        return None  # with nothing said either paragraph may be right
    return _sub(
        text, r"第六十七条第([一三])款", lambda m: "一" if m[1] == "三" else "三", max(start, 0), 1
    )


@_kind("repealed", "statute", "judgment")
def _repealed(text: str, _: Texts, chance: random.Random) -> Edit | None:
    title = "《最高人民法院关于审理盗窃案件具体应用法律若干问题的解释》"
    edit = _sub(
        text,
        r"(?:和第[^，。]*)?(?=之规定，判决如下|的规定，判决如下)",
        lambda m: m[0] + "、" + title + "第一条",
    )
    return (edit[0], title, "") if edit else None


@_kind("law_title", "statute", "judgment")
def _title(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _sub(text, r"《中华人民共和国刑(法)》第", lambda m: "事法", _reasoning(text), 1)


@_kind("article_other", "statute", "indictment")
def _article(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text,
        r"刑法》第([二三]百[一二三四五六七八九十零]+)条",
        lambda m: "二百三十八" if m[1] != "二百三十八" else "二百六十三",
        _reasoning(text),
        1,
    )


@_kind("article_missing", "statute", "judgment")
def _article_missing(text: str, _: Texts, chance: random.Random) -> Edit | None:
    start = _reasoning(text)
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


# ------------------------------------------------------------------ amounts


@_kind("unit", "amount", "indictment")
def _unit(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _sub(text, r"[\d,，.]{3,}(元)", lambda m: "万元", _facts(text), 1)


@_kind("total", "amount", "indictment")
def _total(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text,
        r"(?:共计|合计|总计|共价值)[^\d，。]{0,12}(\d)[\d,.]{2,}(?:余)?元",
        lambda m: str(int(m[1]) % 9 + 1),
        _facts(text),
        1,
    )


@_kind("item_price", "amount", "indictment")
def _price(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text, r"价值(?:人民币)?(\d)[\d,.]{2,}元", lambda m: str(int(m[1]) % 9 + 1), _facts(text), 1
    )


@_kind("grams", "amount", "indictment")
def _grams(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _sub(text, r"(\d+)\.\d+克", lambda m: str(int(m[1]) + 7), _facts(text), 1)


@_kind("alcohol", "amount", "indictment")
def _alcohol(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text, r"(\d{2,3})(?:\.\d+)?(?:毫克|mg|㎎)", lambda m: str(int(m[1]) + 20), _facts(text), 1
    )


# ------------------------------------------------------------------ dates


@_kind("offence_day", "date", "indictment")
def _offence(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text, r"\d{4}年\d{1,2}月(\d{1,2})日", lambda m: str(int(m[1]) % 27 + 1), _facts(text), 1
    )


@_kind("measure_day", "date", "indictment")
def _measure(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text[: _facts(text)],
        r"\d{4}年\d{1,2}月(\d{1,2})日(?=被[^，。]{0,20}(?:拘留|逮捕|取保))",
        lambda m: str(int(m[1]) % 27 + 1),
        0,
        1,
    ) and _tail(text, r"\d{4}年\d{1,2}月(\d{1,2})日(?=被[^，。]{0,20}(?:拘留|逮捕|取保))")


def _tail(text: str, pattern: str) -> Edit | None:
    return _sub(text, pattern, lambda m: str(int(m[1]) % 27 + 1), 0, 1)


@_kind("birth_day", "date", "indictment")
def _birth(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text, r"\d{4}年\d{1,2}月(\d{1,2})日(?=(?:出)?生)", lambda m: str(int(m[1]) % 27 + 1), 0, 1
    )


@_kind("judged_before_trial", "date", "judgment")
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


@_kind("impossible", "date", "judgment")
def _impossible(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _sub(text, r"\d{4}年\d{1,2}月(\d{1,2})日", lambda m: "32", text.find("提起公诉"), 1)


# ------------------------------------------------------------------ circumstances


def _claim(text: str, words: str, quote: str) -> Edit | None:
    found = re.compile(r"(?:建议判处|根据《中华人民共和国刑事诉讼法》)").search(
        text, _reasoning(text)
    )
    if found is None:
        return None
    return text[: found.start()] + words + text[found.start() :], quote, ""


def _accused(text: str) -> str:
    found = re.search(r"\n被告人([\u4e00-\u9fff\d]{2,4})[，（]", text)
    return found[1] if found else ""


@_kind("surrender", "circumstance", "indictment")
def _surrender(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    if "自首" in texts.judgment.split("附：")[0] or not _accused(text):
        return None
    return _claim(
        text,
        f"被告人{_accused(text)}犯罪以后自动投案，如实供述自己的罪行，系自首，依据《中华人民共和国刑法》第六十七条第一款的规定，可以从轻或者减轻处罚。",
        "系自首",
    )


@_kind("principal", "circumstance", "indictment")
def _accessory(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    if "从犯" in texts.judgment.split("附：")[0] or not _accused(text):
        return None
    return _claim(
        text,
        f"被告人{_accused(text)}在共同犯罪中起次要作用，系从犯，依据《中华人民共和国刑法》第二十七条的规定，应当从轻处罚。",
        "系从犯",
    )


@_kind("recidivist_old", "circumstance", "judgment")
def _old(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    if "累犯" not in text[_reasoning(text) : text.find("判决如下")]:
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


@_kind("recidivist_left_out", "circumstance", "judgment")
def _left_out(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    found = re.search(
        r"\d{4}年\d{1,2}月\d{1,2}日(?=[^，。；]{0,4}(?:刑满|释放))", text[: text.find("审理终结")]
    )
    if found is None or "系累犯" not in text[_reasoning(text) :]:
        return None
    body, mark, rest = text.partition("附：")
    gone = re.sub(r"[^，。；]*累犯[^，。；]*[，；]?", "", body)
    return gone + mark + rest, found[0], "累犯"


@_kind("plea_without", "recommendation", "indictment")
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


@_kind("range_reversed", "recommendation", "indictment")
def _reversed(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _advice(text, lambda was: "有期徒刑三年至二年六个月")


@_kind("range_apart", "recommendation", "indictment")
def _apart(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _advice(
        text, lambda was: "有期徒刑六年至七年" if "六年" not in was else "有期徒刑一年至二年"
    )


@_kind("beyond_statute", "recommendation", "indictment")
def _beyond(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _advice(text, lambda was: "有期徒刑十六年")


@_kind("probation_over", "recommendation", "indictment")
def _over(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _advice(text, lambda was: "有期徒刑四年，缓刑五年")


@_kind("detention_advised", "recommendation", "indictment")
def _detention_advised(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _advice(text, lambda was: "拘役八个月")


@_kind("kind_advised", "recommendation", "indictment")
def _kind_advised(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _advice(text, lambda was: "管制一年" if "毒品" not in text else "拘役三个月")


@_kind("fine_missing", "recommendation", "indictment")
def _fine_missing(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    found = re.search(r"(建议判处[^。]*?)，并处罚金[^，。]*。", text)
    if found is None or not re.search("盗窃罪|诈骗罪|贩卖毒品罪|危险驾驶罪", text):
        return None
    return text[: found.end(1)] + "。" + text[found.end() :], found[1], found[0]


# ------------------------------------------------------------------ sentence


def _operative(text: str) -> int:
    return max(text.find("判决如下"), 0)


@_kind("probation_short", "sentence", "judgment")
def _short(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text,
        r"缓刑([一二三四五]年(?:[一二三四五六七八九十]+个月)?|[一二三四五六七八九十]+个月)",
        lambda m: "一个月",
        _operative(text),
        1,
    )


@_kind("credit", "sentence", "judgment")
def _credit(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text, r"至(\d{4})年\d{1,2}月\d{1,2}日止", lambda m: str(int(m[1]) + 1), _operative(text), 1
    )


@_kind("combined", "sentence", "judgment")
def _combined(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text,
        r"决定执行有期徒刑([一二三四五六七八九十]+年(?:[一二三四五六七八九十]+个月)?)",
        lambda m: "十九年",
        _operative(text),
        1,
    )


@_kind("fine_figures", "sentence", "judgment")
def _figures(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text,
        r"罚金(?:人民币)?[一二三四五六七八九]千元()",
        lambda m: "（人民币11000元）",
        _operative(text),
        1,
    )


@_kind("over_maximum", "sentence", "judgment")
def _maximum(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text,
        r"罪，判处有期徒刑([一二三四五六七八九十]+年(?:[一二三四五六七八九十]+个月)?|[一二三四五六七八九十]+个月)",
        lambda m: "十六年",
        _operative(text),
        1,
    )


@_kind("detention_long", "sentence", "judgment")
def _detention(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text,
        r"判处(?:拘役[一二三四五六]个月|有期徒刑[六七八九十]个月)",
        lambda m: "判处拘役八个月",
        _operative(text),
    )


@_kind("above_tier", "sentence", "judgment")
def _tier(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    if not re.search("危险驾驶罪，判处拘役", text):
        return None
    return _sub(
        text,
        r"危险驾驶罪，判处(拘役[一二三四五六]个月)",
        lambda m: "有期徒刑一年",
        _operative(text),
        1,
    )


# ------------------------------------------------------------------ form


@_kind("number_year", "format", "indictment")
def _year(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _sub(
        text[:120], r"[〔（［\[(](\d{4})[〕）］\])]", lambda m: str(int(m[1]) - 2), 0, 1
    ) and _sub(text, r"[〔（［\[(](\d{4})[〕）］\])]", lambda m: str(int(m[1]) - 2), 0, 1)


@_kind("court_missing", "format", "indictment")
def _court(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    found = re.search(r"此\s*致\s*\n\s*[^\n]+法院\n", text)
    if found is None:
        return None
    gone = text[: found.start()] + text[found.end() :]
    return gone, gone[found.start() :].split("\n")[0], found[0]


@_kind("signature_missing", "format", "indictment")
def _signature(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    found = re.search(r"\n\s*(?:代\s*理\s*)?检\s*察\s*[官员](?!\s*助)[^\n]*(?=\n)", text)
    if found is None:
        return None
    gone = text[: found.start()] + text[found.end() :]
    return gone, gone[found.start() :].strip().split("\n")[0], found[0].strip()


@_kind("date_missing", "format", "indictment")
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


@_kind("addressee", "format", "indictment")
def _addressee(text: str, texts: Texts, chance: random.Random) -> Edit | None:
    return _sub(text, r"此\s*致\s*\n\s*([^\n]+法院)", lambda m: "海州市东山区人民法院", 0, 1)


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


def spoiled(pairs: list[Texts], kind: str, most: int, seed: int = 7) -> Iterator[Spoiled]:
    """The kind planted in up to `most` of the pairs, taken in an order of the seed's."""
    category, document, mutate = KINDS[kind]
    chance = random.Random(f"{seed}-{kind}")
    order = list(pairs)
    chance.shuffle(order)
    done = 0
    for texts in order:
        if done == most:
            return
        text = texts.indictment if document == "indictment" else texts.judgment
        edit = mutate(text, texts, chance)
        if edit is None or edit[1] not in edit[0]:
            continue
        done += 1
        yield Spoiled(texts.put(document, edit[0]), kind, category, document, edit[1], edit[2])
