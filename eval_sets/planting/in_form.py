"""Defects of form, wording and recommendation planted in the indictment."""

from __future__ import annotations

import random
import re

from eval_sets.planting.draft import Draft, Planted, defect, swap

_SLIPS = (
    ("侦查终结", "侦察终结"),
    ("足以认定", "足已认定"),
    ("应当以", "应当已"),
    ("提起公诉", "提起公述"),
    ("证据确实、充分", "证据确实、充份"),
    ("案件材料", "案件才料"),
    ("触犯", "触范"),
    ("追究", "追纠"),
)


def _removed(draft: Draft, kind: str, was: str, quote: str) -> Planted | None:
    if was not in draft.indictment or quote not in draft.indictment.replace(was, "", 1):
        return None
    draft.indictment = draft.indictment.replace(was, "", 1)
    return Planted("format", "indictment", quote, was.strip(), kind)


def _signature(text: str) -> str | None:
    found = re.search(r"(?:检 ?察 ?官|代理检察员|检察员)[：: ][^\n]+", text)
    return found[0] if found else None


@defect("no_addressee")
def no_addressee(draft: Draft, chance: random.Random) -> Planted | None:
    found = re.search(rf"\n此 ?致\n{draft.source.court}", draft.indictment)
    signature = _signature(draft.indictment)
    if not found or not signature:
        return None
    return _removed(draft, "no_addressee", found[0], signature)


@defect("no_signature")
def no_signature(draft: Draft, chance: random.Random) -> Planted | None:
    found = re.search(
        r"(?:检 ?察 ?官|代理检察员)[：: ][^\n]+\n(?:检察官助理[^\n]+\n)?", draft.indictment
    )
    if not found:
        return None
    day = draft.source.prosecuted
    return _removed(draft, "no_signature", found[0], f"{day.year}年{day.month}月{day.day}日")


@defect("no_number")
def no_number(draft: Draft, chance: random.Random) -> Planted | None:
    number = draft.indictment.split("\n")[2]
    return _removed(draft, "no_number", f"\n{number}", draft.indictment.split("\n")[1])


@defect("no_date")
def no_date(draft: Draft, chance: random.Random) -> Planted | None:
    day = draft.source.prosecuted
    signature = _signature(draft.indictment)
    at = draft.indictment.rfind(f"\n{day.year}年{day.month}月{day.day}日")
    if at < 0 or not signature:
        return None
    line = f"\n{day.year}年{day.month}月{day.day}日"
    draft.indictment = draft.indictment[:at] + draft.indictment[at + len(line) :]
    return Planted("format", "indictment", signature, line.strip(), "no_date")


@defect("number_year")
def number_year(draft: Draft, chance: random.Random) -> Planted | None:
    """The number's year is not that of the date at the end."""
    number = draft.indictment.split("\n")[2]
    found = re.search(r"[〔（(［\[]((?:19|20)\d{2})", number)
    if not found:
        return None
    now = number.replace(found[1], str(int(found[1]) + 3))
    at = draft.indictment.find(number)
    return swap(draft, "indictment", "format", "number_year", at, number, now, now)


@defect("placeholder")
def placeholder(draft: Draft, chance: random.Random) -> Planted | None:
    found = re.search(r"于\d{4}年\d{1,2}月\d{1,2}日(?=向本院移送|移送)", draft.indictment)
    if not found:
        return None
    now = "于××××年×月×日"
    return swap(draft, "indictment", "format", "placeholder", found.start(), found[0], now, now)


@defect("no_evidence")
def no_evidence(draft: Draft, chance: random.Random) -> Planted | None:
    """The part that lists the evidence is missing."""
    found = re.search(r"\n认定上述事实的证据[\s\S]*?(?=\n本院认为)", draft.indictment)
    return _removed(draft, "no_evidence", found[0], "本院认为") if found else None


@defect("wrong_title")
def wrong_title(draft: Draft, chance: random.Random) -> Planted | None:
    title = draft.indictment.split("\n")[1]
    at = draft.indictment.find(title)
    return swap(
        draft, "indictment", "format", "wrong_title", at, title, "不起诉决定书", "不起诉决定书"
    )


@defect("slip")
def slip(draft: Draft, chance: random.Random) -> Planted | None:
    free = [(r, w) for r, w in _SLIPS if r in draft.indictment]
    right, wrong = chance.choice(free)
    at = draft.indictment.rfind(right)
    return swap(draft, "indictment", "wording", "slip", at, right, wrong, wrong)


@defect("doubled")
def doubled(draft: Draft, chance: random.Random) -> Planted | None:
    at = draft.indictment.find("本院认为，")
    now = "本院认为，本院认为，"
    return (
        swap(draft, "indictment", "wording", "doubled", at, "本院认为，", now, now)
        if at > 0
        else None
    )


@defect("stranger")
def stranger(draft: Draft, chance: random.Random) -> Planted | None:
    """Another case's accused, left over from copying."""
    if not draft.source.single:
        return None
    name = draft.source.parties[0].name
    at = draft.indictment.rfind(f"被告人{name}的行为")
    now = chance.choice(("欧阳建国", "诸葛志远"))
    return (
        swap(draft, "indictment", "wording", "stranger", at + 3, name, now, now) if at > 0 else None
    )


def _sentence(draft: Draft, sentence: str) -> None:
    at = max(
        draft.indictment.rfind("根据《中华人民共和国刑事诉讼法》"),
        draft.indictment.rfind("依照《中华人民共和国刑事诉讼法》"),
    )
    draft.indictment = draft.indictment[:at] + sentence + draft.indictment[at:]


@defect("recommended_lower")
def recommended_lower(draft: Draft, chance: random.Random) -> Planted | None:
    """A recommendation far below what was then pronounced."""
    source = draft.source
    if (
        not source.single
        or source.main != "有期徒刑"
        or source.months < 18
        or len(source.charges) > 1
    ):
        return None
    sentence = "建议判处被告人有期徒刑八个月至一年，并处罚金。"
    _sentence(draft, sentence)
    return Planted("recommendation", "indictment", sentence[:-1], "", "recommended_lower")


@defect("recommended_unlawful")
def recommended_unlawful(draft: Draft, chance: random.Random) -> Planted | None:
    """A term that this kind of penalty cannot have."""
    source = draft.source
    if not source.single or source.months == 0:
        return None
    words = chance.choice(("有期徒刑三个月", "拘役八个月"))
    sentence = f"建议判处被告人{source.parties[0].name}{words}。"
    _sentence(draft, sentence)
    return Planted("recommendation", "indictment", sentence[:-1], "", "recommended_unlawful")
