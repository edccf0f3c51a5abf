"""Measured quantities with what they measure: drugs, alcohol, weapons, timber, goods."""

from __future__ import annotations

import re
from typing import Literal

from ingestion.extract.facts import count_at
from ingestion.extract.opinions import repeated, speaker_at
from ingestion.model import CaseDocument, Quantity, SectionKind
from ingestion.numerals import QuantityMention, find_quantities
from ingestion.numerals.quantities import PER_100_ML
from knowledge_base.crimes import drug_near

What = Literal["drug", "alcohol", "weapon", "forest", "people", "goods"]

_READ: frozenset[SectionKind] = frozenset(
    {"accusation", "facts", "defence", "evidence", "reasoning", "operative"}
)
_DRUG = re.compile(r"毒品|病毒丸|疑似物|吸食")
_SLANG = re.compile(r"麻古|麻果")
# What a drug looks like before it is analysed.
_LOOKS = re.compile(r"晶体|药片|片剂|药丸|颗粒|粉末|块状物|可疑物|植物")
_PLANT = re.compile(r"罂粟|大麻|古柯")
_AMMUNITION = re.compile(r"枪弹|子弹|弹药|炮弹|铅弹|雷管|手榴弹|手雷|弹")
_WEAPONS = {
    "支": re.compile(r"枪"),
    "把": re.compile(r"枪|刀|匕首|斧|剑|弩"),
    "发": _AMMUNITION,
    "枚": _AMMUNITION,
    "颗": _AMMUNITION,
    "粒": _AMMUNITION,
}
_EXPLOSIVE = re.compile(r"炸药|火药|硝铵|黑索金|TNT|爆炸物|烟火药")
_FOREST = re.compile(r"林|木|树|采伐|蓄积|农用地|耕地|草原|草地|湿地")
_BREATH = re.compile(r"呼气|吹气|呼出")
_PIECES = frozenset({"粒", "颗", "片", "丸", "支", "把", "枚", "发"})
_PILLS = frozenset({"粒", "颗", "片", "丸"})
_GROWN = frozenset({"株", "棵", "亩", "公顷", "立方米", "平方米"})
_SENTENCE_MARKS = "。；\n"
_BEFORE, _AFTER = 80, 24
_NAMED = 12  # characters behind a quantity within which its thing is named


def _around(text: str, mention: QuantityMention) -> tuple[str, int]:
    """The words of the sentence near a quantity, and its place among them."""
    low = max(mention.start - _BEFORE, 0)
    low = max(low, *(text.rfind(mark, low, mention.start) + 1 for mark in _SENTENCE_MARKS))
    high = min(mention.end + _AFTER, len(text))
    stops = [i for i in (text.find(mark, mention.end, high) for mark in _SENTENCE_MARKS) if i >= 0]
    return text[low : min(stops, default=high)], mention.start - low


def _last(pattern: re.Pattern[str], text: str) -> str | None:
    names = [m[0] for m in pattern.finditer(text)]
    return names[-1] if names else None


def _kind(text: str, mention: QuantityMention, drugs: bool) -> tuple[What, str | None] | None:
    """What is measured and its name; None for pieces of things that nobody measures.

    In a case of `drugs` pills are drugs, whatever their sentence calls them.
    """
    words, at = _around(text, mention)
    unit = mention.unit
    if unit == PER_100_ML:
        return "alcohol", "呼气" if _BREATH.search(words[:at]) else "血液"
    if unit == "人次":
        return "people", None
    if unit in _GROWN:
        name = _last(_PLANT, words)
        if name:
            return "drug", name
        name = _last(_FOREST, words)
        return ("forest", name) if name else ("goods", None)
    near = words[max(at - 24, 0) : at + len(text[mention.start : mention.end]) + 8]
    weapon = _WEAPONS.get(unit)
    if weapon and (name := _last(weapon, near)):
        return "weapon", name
    if name := _last(_EXPLOSIVE, near):
        return "weapon", name
    named = words[at + len(text[mention.start : mention.end]) :][:_NAMED]
    # 净重3克的海洛因 before 海洛因3克: the words behind 的 name what was weighed.
    ahead = named.startswith("的")
    slang = _SLANG.search(named if ahead else near)
    drug = drug_near(named, 0) if ahead else None
    drug = drug or (None if slang else drug_near(words, at))
    if drug or slang or _DRUG.search(words):
        return "drug", drug.name if drug else slang[0] if slang else None
    if drugs and (unit in _PILLS or (unit == "克" and _LOOKS.search(words))):
        return "drug", None
    return None if unit in _PIECES else ("goods", None)


def read(doc: CaseDocument) -> list[Quantity]:
    """Every measured quantity told, argued or ordered in `doc`, in the order of the text."""
    found = []
    charges = [c.value for p in doc.defendants for c in (*p.accused_of, *p.charges)]
    drugs = any("毒品" in charge for charge in charges)
    for section in doc.sections:
        if section.kind not in _READ:
            continue
        said = repeated(doc, section)
        text, start = section.span.quote, section.span.start
        for mention in find_quantities(text):
            kind = _kind(text, mention, drugs)
            if kind is None:
                continue
            low, high = start + mention.start, start + mention.end
            speaker = speaker_at(said, low, high, section.speaker)
            found.append(
                Quantity(
                    value=mention.value,
                    unit=mention.unit,
                    what=kind[0],
                    name=kind[1],
                    fuzzy=mention.fuzzy,
                    speaker=speaker,
                    section=section.kind,
                    span=doc.span(low, high),
                    fact=count_at(doc.facts, low, speaker),
                )
            )
    return found
