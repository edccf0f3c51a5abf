"""Defects planted in the judgment: law, sentence, facts found, what it cites."""

from __future__ import annotations

import random
import re

from eval_sets.planting.draft import Draft, Planted, defect, found_facts_at, pick, swap

_ARTICLES = re.compile(r"第[一二三四五六七八九十百]+条(?:之一)?(?:第[一二三四五六七八九]款)?")
_DAY = r"(\d{4})年(\d{1,2})月(\d{1,2})日"


def _basis(draft: Draft) -> tuple[int, int]:
    """Where the judgment cites the law it applies."""
    end = draft.judgment.find("判决如下")
    return max(draft.judgment.rfind("《中华人民共和国刑法》", 0, end), 0), end


@defect("court_no_such_article")
def court_no_such_article(draft: Draft, chance: random.Random) -> Planted | None:
    found = pick(chance, list(_ARTICLES.finditer(draft.judgment, *_basis(draft))))
    if not found:
        return None
    now = chance.choice(("第四百九十九条", "第四百六十条"))
    return swap(
        draft, "judgment", "statute", "court_no_such_article", found.start(), found[0], now, now
    )


@defect("court_no_such_paragraph")
def court_no_such_paragraph(draft: Draft, chance: random.Random) -> Planted | None:
    start, end = _basis(draft)
    found = re.compile(r"第六十七条第[一三]款").search(draft.judgment, start, end)
    if not found:
        return None
    now = "第六十七条第七款"
    return swap(
        draft, "judgment", "statute", "court_no_such_paragraph", found.start(), found[0], now, now
    )


@defect("court_other_charge_article")
def court_other_charge_article(draft: Draft, chance: random.Random) -> Planted | None:
    was = draft.source.articles[0]
    at = draft.judgment.find(was, _basis(draft)[0])
    now = "第二百七十五条"
    if not 0 <= at < _basis(draft)[1] or len(draft.source.charges) > 1:
        return None
    return swap(draft, "judgment", "statute", "court_other_charge_article", at, was, now, now)


@defect("custody_end")
def custody_end(draft: Draft, chance: random.Random) -> Planted | None:
    found = re.compile(rf"至{_DAY}止").search(draft.judgment, draft.source.operative_at)
    if not found:
        return None
    now = f"至{int(found[1]) + chance.choice((1, 2))}年{found[2]}月{found[3]}日止"
    return swap(draft, "judgment", "sentence", "custody_end", found.start(), found[0], now, now)


@defect("custody_days")
def custody_days(draft: Draft, chance: random.Random) -> Planted | None:
    """The last day is later by some weeks."""
    found = re.compile(rf"至{_DAY}止").search(draft.judgment, draft.source.operative_at)
    if not found:
        return None
    now = f"至{found[1]}年{int(found[2]) % 12 + 1}月{min(int(found[3]), 28)}日止"
    return swap(draft, "judgment", "sentence", "custody_days", found.start(), found[0], now, now)


@defect("probation_too_short")
def probation_too_short(draft: Draft, chance: random.Random) -> Planted | None:
    found = re.compile(r"缓刑[一二三四五]年(?:六个月)?").search(
        draft.judgment, draft.source.operative_at
    )
    if not found or draft.source.main != "有期徒刑":
        return None
    now = "缓刑六个月"
    return swap(
        draft, "judgment", "sentence", "probation_too_short", found.start(), found[0], now, now
    )


@defect("unlawful_term")
def unlawful_term(draft: Draft, chance: random.Random) -> Planted | None:
    found = re.compile(r"判处(?:有期徒刑|拘役)[一二三四五六七八九十]+个月").search(
        draft.judgment, draft.source.operative_at
    )
    if not found:
        return None
    now = chance.choice(("判处有期徒刑四个月", "判处拘役九个月"))
    return swap(draft, "judgment", "sentence", "unlawful_term", found.start(), found[0], now, now)


@defect("convicted_of_other")
def convicted_of_other(draft: Draft, chance: random.Random) -> Planted | None:
    """The operative part names another charge than the reasoning."""
    was = draft.source.charges[0]
    at = draft.judgment.find(f"犯{was}", draft.source.operative_at)
    now = "侵占罪" if was != "侵占罪" else "盗窃罪"
    if at < 0:
        return None
    return swap(draft, "judgment", "charge", "convicted_of_other", at + 1, was, now, now)


@defect("found_sum")
def found_sum(draft: Draft, chance: random.Random) -> Planted | None:
    place = found_facts_at(draft)
    if place is None:
        return None
    quoted = set(re.findall(r"(?<![\d.，,．])\d{3,9}元", draft.indictment))
    pattern = re.compile(r"(?<![\d.，,．])(\d{3,9})元")
    found = pick(chance, [m for m in pattern.finditer(draft.judgment, *place) if m[0] in quoted])
    if not found:
        return None
    now = f"{int(found[1]) + 10 ** (len(found[1]) - 1)}元"
    return swap(draft, "judgment", "amount", "found_sum", found.start(), found[0], now, now)


@defect("prosecuted_day")
def prosecuted_day(draft: Draft, chance: random.Random) -> Planted | None:
    found = re.search(rf"于{_DAY}向本院提起公诉", draft.judgment)
    if not found:
        return None
    now = f"于{int(found[1]) - 1}年{found[2]}月{min(int(found[3]), 28)}日向本院提起公诉"
    return swap(draft, "judgment", "date", "prosecuted_day", found.start(), found[0], now, now)


@defect("cited_number")
def cited_number(draft: Draft, chance: random.Random) -> Planted | None:
    number = draft.source.number
    at = draft.judgment.find(number) if number else -1
    if not number or at < 0:
        return None
    found = re.search(r"(\d+)号$", number)
    if not found:
        return None
    now = number[: found.start()] + f"{int(found[1]) + 7}号"
    return swap(draft, "judgment", "format", "cited_number", at, number, now, now)


@defect("judgment_birth")
def judgment_birth(draft: Draft, chance: random.Random) -> Planted | None:
    found = re.search(rf"{_DAY}(?=出?生)", draft.judgment[:1500])
    if not found:
        return None
    now = f"{int(found[1]) + 1}年{found[2]}月{found[3]}日"
    return swap(draft, "judgment", "identity", "judgment_birth", found.start(), found[0], now, now)
