"""From the sums of the facts to the one sum of the crime."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from ingestion.totals.figures import Figure, figures

How = Literal["stated", "sum", "single"]

# Sums that differ by no more (in fen) are the same: totals are often rounded to the yuan.
_SLACK = 100
# A text is summed up in few places; what comes after so many is told of a deed.
_CANDIDATES = 8


@dataclass(frozen=True)
class Total:
    """The sum in fen; `stated` in the text, a `sum` of parts, or a `single` figure.

    `spans` are the (start, end) of the figures used, in the order of the text.
    """

    fen: int
    how: How
    spans: tuple[tuple[int, int], ...]


# A total said of things that were valued does not cover the cash told beside them.
_OF_ALL = re.compile(
    r"(?:财物|钱物|款物|钱财|财产|现金|盗窃|窃得|窃取|骗取|骗得|金额|数额|款项|钱款|索要)[^，。；]{0,24}$"
)
_AT_THE_END = re.compile(
    r"[，,；、）)](?:以上|上述|价值)?(?:合计|共计|总计|总价值|共价值)[^，。；]{0,8}$"
)
_ROUNDED = re.compile(r"取[值整][^，。；]{0,6}$")
_LOOT = re.compile(r"(?:收受|收取|骗取|骗得|盗窃|窃取|窃得|盗得|诈骗|所得)的[^，。；]{0,6}$")
_HANDLED = re.compile(r"将[^，。；]{0,30}$")
_ASKED = re.compile(r"(?:索要|要求|需要?|提出)[^，。；]{0,16}$")
_LOOKS_BACK = re.compile(r"上述|以上|前述|[二三四五六七八九十两\d][次起]")
_IN_BRACKETS = re.compile(r"[（(][^（）()]*$")
_DETAILS = re.compile(r"具体|分述|如下|详述")
_OFTEN = re.compile(r"多次|先后|[\d一二三四五六七八九十]+[起次]|等人|等地|等多")
# HTML left in the text; its semicolon ends no sentence.
_ENTITY = re.compile(r"&[a-z]{2,8};")


def _add(parts: Sequence[Figure]) -> int:
    return sum(p.fen for p in parts)


def _same(one: int, other: int) -> bool:
    return abs(one - other) <= _SLACK


def _run_of(parts: Sequence[Figure], fen: int) -> int:
    """How many of the last parts add up to `fen`; 0 where none do."""
    running = 0
    for number, figure in enumerate(reversed(parts), 1):
        running += figure.fen
        if _same(running, fen):
            return number
        if running > fen:
            break
    return 0


def _covered(parts: Sequence[Figure], total: Figure) -> int:
    """How many of the last `parts` a total stands for; 0 where it stands beside them."""
    run = _run_of(parts, total.fen)
    if run or _IN_BRACKETS.search(total.before):
        return run
    if parts and _ROUNDED.search(total.before):
        return 1
    here = [p for p in parts if p.sentence is total.sentence]
    if not here or any(p.part == "total" for p in here) or _add(here) > total.fen:
        return 0
    goods = all(p.part == "goods" for p in here)
    if goods or _OF_ALL.search(total.before) or _AT_THE_END.search(total.before):
        return len(here)
    return 0


def _again(kept: Sequence[Figure], figure: Figure) -> bool:
    """Whether money already told is only handled once more."""
    return _HANDLED.search(figure.before) is not None and any(k.fen == figure.fen for k in kept)


def _told_again(figure: Figure) -> bool:
    """Whether the words before a figure name the loot: 将骗取的9000元."""
    return bool(_LOOT.search(figure.before) or _HANDLED.search(figure.before))


def _resolve(group: Sequence[Figure]) -> list[Figure]:
    """The figures of one deed that add up: a total stands for the parts that it covers."""
    kept: list[Figure] = []
    for figure in group:
        if figure.part == "total":
            if any(k.part == "total" and k.fen == figure.fen for k in kept):
                continue
            kept = kept[: len(kept) - _covered(kept, figure)]
        elif _told_again(figure) and (run := _run_of(kept, figure.fen)) > 1:
            kept = kept[: len(kept) - run]
        elif _again(kept, figure):
            continue
        kept.append(figure)
    return kept


def _once(parts: Sequence[Figure]) -> list[Figure]:
    """Without figures that only take apart, or put together, what was told before them."""
    kept: list[Figure] = []
    for figure in parts:
        run = _run_of(kept, figure.fen)
        is_total = figure.part == "total"
        alone = is_total and not figure.sentence.count
        if (run > 1 and (is_total or _LOOT.search(figure.before))) or (run and alone):
            kept = kept[: len(kept) - run]
        kept.append(figure)
    for at, whole in enumerate(parts):
        if apart := {f.start for f in _taken_apart(whole, parts[at + 1 :])}:
            kept = [k for k in kept if k.start not in apart]
    return kept


def _taken_apart(whole: Figure, after: Sequence[Figure]) -> list[Figure]:
    """The two or more figures right after `whole` that add up to it, if it is told as a whole."""
    running = 0
    for number, figure in enumerate(after, 1):
        running += figure.fen
        # 2400, 1200 and 1200 of three victims in one sentence are no whole and its parts.
        apart = _ASKED.search(whole.before) or figure.sentence is not whole.sentence
        if running > whole.fen + _SLACK or not (
            whole.part == "total" or (_deed(figure) == _deed(whole) and apart)
        ):
            return []
        if number > 1 and _same(running, whole.fen):
            return list(after[:number])
    return []


def _deed(figure: Figure) -> tuple[int, int]:
    home = figure.sentence
    return home.count, 0 if home.count else home.paragraph


def _deeds(told: Sequence[Figure]) -> list[list[Figure]]:
    """The figures of each deed that say most: what was taken, else what is told, else sales."""
    groups = [list(group) for _, group in groupby(told, _deed)]
    strong = [[f for f in g if f.part not in ("loose", "gain")] for g in groups]
    valued_later = any(f.part == "total" and _LOOKS_BACK.search(f.before) for f in told)
    found = []
    for group, firm in zip(groups, strong, strict=True):
        alone = group[0].sentence.count or not any(strong)
        loose = [f for f in group if f.part == "loose"] if alone else []
        gains = [f for f in group if f.part == "gain"]
        found.append(firm or loose or ([] if valued_later else gains))
    return found


def _story(told: Sequence[Figure]) -> list[Figure]:
    return _once([k for group in _deeds(told) for k in _resolve(group)])


def _closes(told: Sequence[Figure], at: int) -> bool:
    """Whether a total in a summing-up is of all deeds: 综上共计, but not 上述手机共计."""
    before = [f for f in told[:at] if f.sentence.kind in ("intro", "count")]
    return told[at].fen >= 0.9 * _add(_story(before))


def _opens(text: str, told: Sequence[Figure], at: int) -> bool:
    """Whether a figure before the deeds told one by one is their total."""
    figure = told[at]
    rest = [
        f
        for f in told[at + 1 :]
        if f.sentence is not figure.sentence and f.sentence.kind != "opinion"
    ]
    if not rest:
        return False
    often = _OFTEN.search(figure.before) is not None
    listed = any(f.sentence.count for f in rest)
    if _DETAILS.search(text[figure.end : figure.end + 40]):
        return True
    if listed and (often or figure.part == "total"):
        return True
    story = _story(rest)
    if listed and _same(_add(story), figure.fen):
        return True
    return often and len(story) > 1 and 0.8 * figure.fen <= _add(story) <= 1.25 * figure.fen


def _stated(text: str, told: Sequence[Figure]) -> list[Figure]:
    """Totals said of the whole: before the deeds told one by one, or after them."""
    closing = [
        at for at, f in enumerate(told) if f.sentence.kind == "summary" and f.part == "total"
    ][:_CANDIDATES]
    # A second total of a summing-up is of another crime or person.
    first = next((n for n, at in enumerate(closing) if _closes(told, at)), len(closing))
    chosen = set(closing[first:])
    opening = [
        at
        for at, f in enumerate(told)
        if f.sentence.kind in ("intro", "summary") and f.part not in ("loose", "gain")
    ][:_CANDIDATES]
    chosen |= {at for at in opening if at not in chosen and _opens(text, told, at)}
    return [told[at] for at in sorted(chosen)]


def _result(how: How, parts: Sequence[Figure]) -> Total:
    return Total(_add(parts), how, tuple((p.start, p.end) for p in parts))


def crime_total(facts: str) -> Total | None:
    """The sum of the crime told in `facts`, or None where no figure is one."""
    text = _ENTITY.sub(lambda m: "“" * len(m[0]), facts)
    told = figures(text)
    stated = _stated(text, told)
    first = max(stated, key=lambda f: f.fen, default=None)
    story = [f for f in told if f.sentence.kind in ("intro", "count", "summary")]
    taken = {f.start for f in stated}
    parts = _story([f for f in story if f.start not in taken])
    if first is not None:
        # Two crimes may each have their total.
        if len(stated) > 1 and _same(_add(stated), _add(parts)):
            return _result("stated", stated)
        # 1600余元 of 900, 290 and 435 is 1625.
        if first.fuzzy and len(parts) > 1 and first.fen <= _add(parts) < 1.1 * first.fen:
            return _result("sum", parts)
        return _result("stated", [first])
    closing = [f for f in told if f.sentence.kind == "opinion" and f.part != "loose"]
    if closing and (not parts or all(p.part == "gain" for p in parts)):
        return _result("stated", [max(closing, key=lambda f: f.fen)])
    said = {f.fen for f in closing if _OF_ALL.search(f.before) or f.part == "total"}
    if len(parts) > 1 and len(said) == 1 and not any(f.fuzzy for f in closing):
        return _result("stated", [f for f in closing if f.fen in said][:1])
    if len(parts) == 1:
        return _result("stated" if parts[0].part == "total" else "single", parts)
    return _result("sum", parts) if parts else None
