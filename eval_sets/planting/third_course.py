"""Slips of the third planter: procedure, deadlines, evidence, reasons, form, wording."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta

from eval_sets.planting.second_core import Edit, Texts, facts, operative, reasoning, sub
from eval_sets.planting.third_core import put, slip

_DAY = r"(\d{4})年(\d{1,2})月(\d{1,2})日"


def _shifted(text: str, pattern: str, days: int, start: int = 0) -> Edit | None:
    """The date that the pattern ends its first three groups with, moved by days."""
    found = re.compile(pattern).search(text, start)
    if found is None:
        return None
    day = date(int(found[1]), int(found[2]), min(int(found[3]), 28)) + timedelta(days=days)
    return put(text, found.start(1), found.end(3) + 1, f"{day.year}年{day.month}月{day.day}日")


# ------------------------------------------------------------------ procedure


@slip("one_judge_and_panel", "procedure", "judgment")
def _panel(text: str, _: Texts, chance: random.Random) -> Edit | None:
    found = re.search(r"依法组成合议庭，", text)
    if found is None or "速裁" in text[: found.start() + 200]:
        return None
    return put(
        text, found.start(), found.end(), "依法组成合议庭，由审判员一人独任审判，", "独任审判"
    )


@slip("rapid_over_three_years", "procedure", "judgment")
def _rapid(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The rapid procedure in a case with more than three years."""
    if not re.search(r"判处有期徒刑(?:[四五六七八九]|十[一二]?)年", text[operative(text) :]):
        return None
    found = re.compile(r"本院(?:受理后|立案后)?[^。]{0,20}(?=依法组成合议庭)").search(text)
    return put(text, found.end(), found.end(), "适用速裁程序，", "适用速裁程序") if found else None


@slip("appeal_days", "procedure", "judgment")
def _appeal(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return sub(text, r"第二日起(十)日内", lambda m: "五", operative(text), 1)


@slip("appeal_court", "procedure", "judgment")
def _court(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The appeal goes to a court two levels up."""
    found = re.compile(r"向([\u4e00-\u9fff]{2,14}?)中级人民法院").search(text, operative(text))
    if found is None or "中级人民法院" in text[:40]:
        return None
    return put(text, found.start(), found.end(), f"向{found[1]}高级人民法院")


@slip("no_public_trial", "procedure", "judgment")
def _secret(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """A hearing behind closed doors in a case of theft, with no reason given."""
    if "盗窃罪" not in text[operative(text) :]:
        return None
    return sub(text, r"，(公开开庭)审理了本案", lambda m: "不公开开庭", 0, 1)


@slip("not_informed", "procedure", "indictment")
def _informed(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The sentence on the rights of the accused is missing."""
    found = re.search(
        r"[^。\n]*?(?:告知被告人|告知了?[^，。]{0,12}有权委托辩护人)[^。]*?(?:，|。)", text
    )
    if found is None:
        return None
    gone = text[: found.start()] + text[found.end() :]
    near = re.compile(r"讯问了?被告人|审查了全部案件").search(gone)
    return (gone, near[0], found[0]) if near else None


# ------------------------------------------------------------------ deadlines


@slip("review_too_long", "deadline", "indictment")
def _review(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """Four months between transfer and prosecution, with no extension and no return."""
    edit = _shifted(text, r"于" + _DAY + r"(?=[^。]{0,30}移送)", -130)
    return edit if edit and not re.search("延长|退回", text) else None


@slip("held_too_long", "deadline", "judgment")
def _held(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """Two months between detention and arrest."""
    return _shifted(
        text, _DAY + r"被[^，。]{0,16}刑事拘留[，、；](?=[^。]{0,6}\d{4}年[^。]{4,30}逮捕)", -62
    )


@slip("bail_too_long", "deadline", "indictment")
def _bail(text: str, _: Texts, chance: random.Random) -> Edit | None:
    return _shifted(
        text,
        _DAY + r"(?=被[^，。]{0,16}取保候审[^，；。]{0,4}[，。；](?![^。]*(?:逮捕|监视)))",
        -500,
    )


@slip("summary_too_long", "deadline", "judgment")
def _summary(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """Half a year in court in the summary procedure."""
    if "适用简易程序" not in text[:2000]:
        return None
    return _shifted(text, r"于" + _DAY + r"(?=[^。]{0,10}(?:向本院)?提起公诉)", -200)


# ------------------------------------------------------------------ evidence


@slip("opinion_not_listed", "evidence", "indictment")
def _opinion(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The facts rest on an examination, the list of evidence names none."""
    at = text.find("认定上述事实的证据")
    if at < 0 or not re.search("经[^，。]{0,12}鉴定", text[:at]):
        return None
    found = re.compile(r"[；;、\n]?(?:\d[.．、])?鉴定意见(?:书)?[；;。、]?").search(text, at)
    return (
        put(
            text,
            found.start(),
            found.end(),
            "；" if found[0][-1] in "；;、" else "",
            "认定上述事实的证据",
        )
        if found
        else None
    )


@slip("confession_not_listed", "evidence", "indictment")
def _confession(text: str, _: Texts, chance: random.Random) -> Edit | None:
    at = text.find("认定上述事实的证据")
    found = re.compile(
        r"[；;、\n]?(?:\d[.．、])?(?:被告人[\u4e00-\u9fff、]{0,12}的?供述[和与及]辩解|犯罪嫌疑人的?供述[和与]辩解)"
    ).search(text, max(at, 0))
    if at < 0 or found is None:
        return None
    return put(text, found.start(), found.end(), "", "认定上述事实的证据")


@slip("victim_as_witness", "evidence", "judgment")
def _witness(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """A victim's statement is called a witness's testimony of the same name."""
    found = re.compile(r"被害人([\u4e00-\u9fff]{2,3})的陈述").search(
        text, max(text.find("查明"), 0)
    )
    if found is None or found.start() > operative(text) or text.count("被害人" + found[1]) < 2:
        return None
    return put(text, found.start(), found.end(), f"证人{found[1]}的证言")


# ------------------------------------------------------------------ reasons


@slip("argument_unanswered", "reasoning", "judgment")
def _unanswered(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """The only sentence that answers the counsel is gone."""
    start, end = reasoning(text), operative(text)
    found = list(
        re.compile(r"[^。]*辩护(?:意见|人)[^。]*(?:予以|应予|不予)?采[纳信][^。]*。").finditer(
            text, start, end
        )
    )
    claim = re.compile(r"辩护人[^。]{0,40}(?:提出|认为|辩称)[^。]*。").search(text, 0, start)
    if len(found) != 1 or claim is None:
        return None
    return text[: found[0].start()] + text[found[0].end() :], claim[0][:20], found[0][0]


@slip("answer_contradicts", "reasoning", "judgment")
def _contradicts(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """An argument that is right is turned down, or a wrong one followed."""
    start, end = reasoning(text), operative(text)
    found = re.compile(
        r"(?:与(?:查明的)?事实(?:和法律)?不符|于法无据|无事实(?:和法律)?依据|理由不(?:能)?成立|没有事实(?:和法律)?依据)[^。]{0,14}?(不予)采[纳信]"
    ).search(text, start, end)
    return (
        put(text, found.start(1), found.end(1), "予以", found[0].replace("不予", "予以"))
        if found
        else None
    )


@slip("tier_word", "reasoning", "judgment")
def _tier(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """数额巨大 for an amount that is 较大."""
    found = re.compile(r"数额(较大)").search(text, reasoning(text), operative(text))
    if found is None or "数额巨大" in text[reasoning(text) :]:
        return None
    return put(text, found.start(1), found.end(1), "特别巨大", "数额特别巨大")


# ------------------------------------------------------------------ form


@slip("number_repeated", "format", "judgment")
def _number(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """Two items of the verdict bear the same number."""
    found = re.compile(r"(?<=[。；\s])(二)、(?=[\u4e00-\u9fff])").search(text, operative(text))
    return (
        put(text, found.start(1), found.end(1), "一", "一、" + text[found.end() : found.end() + 6])
        if found
        else None
    )


@slip("no_judge", "format", "judgment")
def _judge(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """Nobody has signed the judgment."""
    found = re.compile(
        r"(?:审\s*判\s*[长员]|代理审判员|人民陪审员)\s*[^。]{2,60}?(?=\s*二[〇○零О0Ｏ])"
    ).search(text, operative(text))
    if found is None:
        return None
    gone = text[: found.start()] + text[found.end() :]
    day = re.compile(r"二[〇○零О0Ｏ][^\s]{2,14}日").search(gone, operative(gone))
    return (gone, day[0], found[0]) if day else None


@slip("attachment_missing", "format", "indictment")
def _attachment(text: str, _: Texts, chance: random.Random) -> Edit | None:
    found = re.search(r"\n附[件：:注][\s\S]*$", text)
    if found is None:
        return None
    gone = text[: found.start()]
    return gone, gone.strip().split("\n")[-1], found[0]


@slip("placeholder_left", "format", "indictment")
def _placeholder(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """Words of the form are left standing."""
    at = text.find("本院认为，", facts(text))
    left = "（概括论述被告人行为的性质、危害程度、情节轻重）"
    return put(text, at + 5, at + 5, left) if at > 0 else None


# ------------------------------------------------------------------ wording


@slip("suspect_in_court", "wording", "judgment")
def _suspect(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """犯罪嫌疑人 where the court speaks of the accused."""
    found = re.compile(r"(被告人)[\u4e00-\u9fff]{2,4}").search(
        text, reasoning(text) + 3, operative(text)
    )
    return (
        put(text, found.start(1), found.end(1), "犯罪嫌疑人", "犯罪嫌疑人" + found[0][3:])
        if found
        else None
    )


@slip("title_mark_open", "wording", "judgment")
def _mark(text: str, _: Texts, chance: random.Random) -> Edit | None:
    found = re.compile(r"《中华人民共和国刑法(》)第").search(
        text, max(operative(text) - 300, 0), operative(text)
    )
    return put(text, found.start(1), found.end(1), "", "《中华人民共和国刑法第") if found else None


@slip("stops_doubled", "wording", "indictment")
def _stops(text: str, _: Texts, chance: random.Random) -> Edit | None:
    found = re.compile(r"[\u4e00-\u9fff]{3}(，)[\u4e00-\u9fff]").search(text, facts(text) + 30)
    return put(text, found.start(1), found.end(1), "，。", found[0][:3] + "，。") if found else None


@slip("sentence_doubled", "wording", "judgment")
def _twice(text: str, _: Texts, chance: random.Random) -> Edit | None:
    found = re.compile(r"(?<=。)[^。]{24,120}。").search(
        text, max(text.find("查明"), 0), reasoning(text)
    )
    return put(text, found.end(), found.end(), found[0]) if found else None


@slip("word_missing", "wording", "judgment")
def _missing(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """A syllable of a set phrase is left out."""
    for right, wrong in (
        ("其行为已构成", "其行已构成"),
        ("公诉机关指控", "公诉机指控"),
        ("提起公诉", "提公诉"),
        ("证据确实、充分", "证据确实、分"),
    ):
        at = text.find(right, reasoning(text), operative(text))
        if at > 0:
            return put(text, at, at + len(right), wrong)
    return None


@slip("first_person", "wording", "indictment")
def _closing(text: str, _: Texts, chance: random.Random) -> Edit | None:
    """移送审查起诉, the words of the police, where the procuratorate prosecutes."""
    return sub(text, r"规定，(提起公诉)", lambda m: "移送审查起诉", reasoning(text), 1)
