"""Which range of punishment applies: chosen from facts and words, or honestly left open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.sentencing.facts import Facts, Found
from ingestion.model import Span
from knowledge_base import crimes, local_thresholds
from knowledge_base.crimes import CrimeRule, Quantity, Threshold

_FEN = 100
_OF_THE_ACT = "适用行为时的数额标准"


@dataclass(frozen=True)
class Choice:
    """The possible tiers (numbers from 1, ascending); one means decided.

    `position` says where in the tier the amount or quantity lies, as fractions 0…1.
    `lowest`: the choice at the lower end of the national ranges, where only the province's
    choice is open; `alternatives` are the tiers that another choice would lead to.
    """

    tiers: tuple[int, ...]
    reason: str
    source: str
    spans: tuple[Span, ...] = ()
    missing: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    position: tuple[float, float] | None = None
    lowest: Choice | None = None
    alternatives: tuple[int, ...] = ()

    @property
    def decided(self) -> bool:
        return len(self.tiers) == 1


def yuan(fen: int) -> str:
    """Fen as a judgment writes yuan: 12345600 is 123456元."""
    whole, rest = divmod(fen, _FEN)
    return f"{whole}元" if not rest else f"{whole}.{rest:02d}".rstrip("0") + "元"


def choose(rule: CrimeRule, facts: Facts) -> Choice:
    """The tier by measure first, held against the document's own words."""
    if len(rule.tiers) == 1:
        return Choice((1,), "本罪只有一个法定刑幅度", rule.source)
    measured = _by_measure(rule, facts)
    said = sorted({f.tier for f in facts.words})
    if measured is None:
        return _by_words(rule, facts, said)
    if not said and measured.lowest is not None:
        return measured.lowest
    heavier = _aggravated(rule, facts, measured)
    if heavier is not None:
        return heavier
    if not said:
        return measured
    agreed = tuple(t for t in measured.tiers if t in said)
    spans = measured.spans + _spans(facts.words)
    if agreed:
        words = _quoted(w for w in facts.words if w.tier in agreed)
        return Choice(
            agreed[-1:],
            f"{measured.reason}；文书亦认定{words}",
            measured.source,
            spans,
            (),
            measured.assumptions,
            measured.position if measured.decided else None,
        )
    both = tuple(sorted({*measured.tiers, said[-1]}))
    return Choice(
        both,
        f"{measured.reason}；但文书认定{_quoted(facts.words)}，两者指向不同的档，不代为取舍",
        measured.source,
        spans,
        ("请核对数额或者数量与文书所认定的情节何者为准",),
        measured.assumptions,
    )


def _aggravated(rule: CrimeRule, facts: Facts, measured: Choice) -> Choice | None:
    """Drugs: a small quantity still goes up where the circumstances are grave (情节严重)."""
    if rule.basis != "drugs" or not measured.decided:
        return None
    top = measured.tiers[0]
    raised = rule.raised_from(top)
    if raised is None:
        return None
    grave = [f for f in (*facts.words, *facts.facts) if f.tier == raised]
    often = rule.tiers[raised - 1].counts
    if not grave and often is not None and facts.counts >= often:
        return Choice(
            (top, raised),
            f"{measured.reason}；文书列有{facts.counts}起事实，可能属于多次",
            measured.source,
            measured.spans,
            ("是否认定情节严重须由文书明确",),
            measured.assumptions,
        )
    if not grave:
        return None
    said = any(f.tier == raised for f in facts.words)
    tiers = (raised,) if said else (top, raised)
    return Choice(
        tiers,
        f"{measured.reason}；并有{_quoted(grave)}"
        + ("，适用情节严重的幅度" if said else "，可能属于情节严重"),
        measured.source,
        measured.spans + _spans(grave),
        () if said else ("是否认定情节严重须由文书明确",),
        measured.assumptions,
    )


def _by_words(rule: CrimeRule, facts: Facts, said: list[int]) -> Choice:
    """No measure: the document's legal terms, then facts, then the crime's basic tier."""
    certain = [f for f in facts.facts if f.certain]
    doubtful = [f for f in facts.facts if not f.certain]
    if said:
        top = said[-1]
        hits = [w for w in facts.words if w.tier == top]
        return Choice((top,), f"文书认定{_quoted(hits)}", rule.source, _spans(hits))
    if certain:
        top = max(f.tier for f in certain)
        hits = [f for f in certain if f.tier == top]
        return Choice((top,), f"事实部分有{_quoted(hits)}", rule.source, _spans(hits))
    basic = rule.default_tier or (1 if rule.basis == "casualties" else None)
    if basic is not None and doubtful:
        tiers = tuple(sorted({basic, *(f.tier for f in doubtful)}))
        return Choice(
            tiers,
            f"事实部分有{_quoted(doubtful)}，可能是入罪条件，也可能升档",
            rule.source,
            _spans(doubtful),
            ("该事实是否已作为入罪条件评价",),
        )
    if basic is not None:
        return Choice(
            (basic,),
            "文书未认定加重情形，按基本犯适用",
            rule.source,
            assumptions=("文书未载明的加重情形按不存在处理",),
        )
    wanted = "犯罪数额" if rule.basis == "amount" else "毒品种类和数量"
    if rule.basis not in ("amount", "drugs"):
        wanted = "据以选档的情节（" + "；".join(t.when for t in rule.tiers) + "）"
    return Choice(
        tuple(range(1, len(rule.tiers) + 1)),
        "据以选择幅度的事实未能从文书读出，不作推测，列出全部可能的幅度",
        rule.source,
        missing=(wanted,),
    )


def _by_measure(rule: CrimeRule, facts: Facts) -> Choice | None:
    if rule.basis == "amount" and facts.amount is not None:
        return _by_amount(rule, facts, facts.amount)
    if rule.basis == "drugs" and facts.drug_shares is not None and facts.fairly is not None:
        return _by_drugs(rule, facts, facts.drug_shares, facts.fairly)
    return None


def _thresholds(rule: CrimeRule, facts: Facts) -> tuple[dict[int, Threshold], str]:
    """The thresholds for the case, the province's own where they are set."""
    table, note = thresholds_for(rule, facts)
    # A later law may have more tiers than the one applied.
    table = {n: t for n, t in table.items() if n <= len(rule.tiers)}
    on = facts.decided if note != _OF_THE_ACT else facts.offence
    return local_thresholds.apply(table, facts.local, on), note


def thresholds_for(rule: CrimeRule, facts: Facts) -> tuple[dict[int, Threshold], str]:
    """Those of the day of the act; those of the trial where none were then, or where they
    are the more lenient."""
    text = facts.story.text
    today = crimes.thresholds(rule.charge, facts.decided, text)
    then = crimes.thresholds(rule.charge, facts.offence, text) if facts.offence else {}
    if not then or then == today:
        return today, ""
    if today and all(today[t].low >= then[t].low for t in today if t in then):
        return today, "行为后数额标准更有利于被告人，适用现行标准"
    return then, _OF_THE_ACT


def _by_amount(rule: CrimeRule, facts: Facts, amount: tuple[int, int]) -> Choice | None:
    table, note = _thresholds(rule, facts)
    if not table:
        return None
    notes = [note] if note else []
    open_ended = _placed(rule, facts, amount, table, notes)
    lowest = {n: t.model_copy(update={"low": (t.low[0], t.low[0])}) for n, t in table.items()}
    if open_ended.decided or lowest == table:
        return open_ended
    floor = _placed(rule, facts, amount, lowest, notes)
    if floor.tiers == open_ended.tiers:
        return open_ended
    taken = "、".join(f"第{n}档{t.low[0]}元" for n, t in lowest.items() if n in floor.tiers)
    alternatives = tuple(n for n in open_ended.tiers if n not in floor.tiers)
    others = "、".join(f"第{n}档" for n in alternatives)
    said = f"未设定本省数额标准，按全国区间的下限（{taken}）选档；本省标准较高的，可能适用{others}"
    position = floor.position
    if floor.decided and position is not None:
        # The tier is taken at its lowest beginning, the place in it stays as open as the law.
        position = _amount_position(table, floor.tiers[0], *amount)
    return replace(
        open_ended,
        lowest=replace(
            floor,
            assumptions=(*floor.assumptions, said),
            position=position,
            alternatives=alternatives,
        ),
    )


def _possible(rule: CrimeRule, amount: tuple[int, int], table: dict[int, Threshold]) -> list[int]:
    """Tiers that the amount may lead to; those of no amount of their own above the last one."""
    found: list[int] = []
    for number in range(1, len(rule.tiers) + 1):
        begins = table[number].low if number in table else (0, 0) if number == 1 else None
        if begins is None:
            continue
        after = table.get(number + 1)
        entered = amount[1] >= begins[0] * _FEN
        left = after is not None and amount[0] >= after.low[1] * _FEN
        if entered and not left:
            found.append(number)
    if found and found[-1] == max(table) > 1:
        found += range(max(table) + 1, len(rule.tiers) + 1)
    return found


def _placed(
    rule: CrimeRule,
    facts: Facts,
    amount: tuple[int, int],
    table: dict[int, Threshold],
    notes: list[str],
) -> Choice:
    low, high = amount
    possible = _possible(rule, amount, table)
    reduced = {
        n
        for n in facts.reduced
        if n in table
        and (cut := rule.tiers[n - 1].reduced) is not None
        and high >= cut.begins(table[n].low[0])
    }
    said = f"犯罪数额{yuan(low)}" if low == high else f"犯罪数额在{yuan(low)}至{yuan(high)}之间"
    if facts.amount_shared:
        said = f"全案犯罪数额至多{yuan(high)}"
    if not possible:
        certain = sorted({f.tier for f in facts.facts if f.certain})
        if not certain:
            return _below_all(said, table, facts, reduced)
        possible = certain
    tiers = tuple(sorted({*possible, *reduced}))
    missing: list[str] = []
    unset = [n for n in possible if n > max(table)]
    if unset:
        missing.append("、".join(f"第{n}档" for n in unset) + "全国未规定数额标准，须由文书认定")
    elif len(possible) > 1:
        province = low == high and not facts.amount_shared
        missing.append("本省确定的数额标准" if province else "被告人应当负责的犯罪数额")
    if reduced - set(possible):
        missing.append("是否适用数额减半认定严重情节的规定")
    assumptions = list(notes)
    if facts.amount_shared:
        assumptions.append("文书未载明各被告人的数额，全案数额只作上限")
    entered_by = [n for n in table if n <= tiers[-1]]
    source = table[max(entered_by, default=min(table))].source
    return Choice(
        tiers,
        f"{said}；起点数额为{_limits(table)}",
        source,
        facts.amount_spans,
        tuple(missing),
        tuple(assumptions),
        _amount_position(table, tiers[0], low, high) if len(tiers) == 1 else None,
    )


def _limits(table: dict[int, Threshold]) -> str:
    return "、".join(
        f"第{n}档{t.low[0]}元" + (f"至{t.low[1]}元（由省确定）" if t.low[0] != t.low[1] else "")
        for n, t in sorted(table.items())
    )


def _below_all(said: str, table: dict[int, Threshold], facts: Facts, reduced: set[int]) -> Choice:
    """An amount below every threshold: punishable only where something else makes it so."""
    halved = "，但有数额减半入罪的事实" if 1 in reduced else ""
    return Choice(
        (1,),
        f"{said}，低于最低入罪数额{table[min(table)].low[0]}元{halved}"
        + ("" if halved else "，是否构成犯罪须另有情形"),
        table[min(table)].source,
        facts.amount_spans,
        () if halved else ("不以数额入罪的情形（多次、入户、携带凶器、减半入罪等）",),
    )


def _amount_position(
    table: dict[int, Threshold], tier: int, low: int, high: int
) -> tuple[float, float] | None:
    begin, end = table.get(tier), table.get(tier + 1)
    if begin is None or end is None:
        return None

    def share(value: int, first: int, last: int) -> float:
        return min(max((value / _FEN - first) / max(last - first, 1), 0.0), 1.0)

    # The province may have chosen either end of both ranges.
    return share(low, begin.low[1], end.low[1]), share(high, begin.low[0], end.low[0])


def _by_drugs(rule: CrimeRule, facts: Facts, shares: tuple[float, float], fairly: float) -> Choice:
    def tier_of(share: float) -> int:
        size: Quantity = "large" if share >= 1 else "fairly" if share >= fairly else "small"
        return rule.tier_for(size)

    first, last = tier_of(shares[0]), tier_of(shares[1])
    tiers = tuple(sorted({first, last}))
    spans = facts.drug_spans
    amounts = "、".join(dict.fromkeys(s.quote for s in spans))
    reason = f"文书载明的毒品数量有{amounts}，按数量标准折算" + (
        "属于" + rule.tiers[first - 1].when
        if first == last
        else f"介于{rule.tiers[first - 1].when}与{rule.tiers[last - 1].when}之间"
    )
    missing = () if first == last else ("各次毒品数量是否累计（同一毒品是否重复记载）",)
    start, end = (0.0, fairly) if shares[1] < fairly else (fairly, 1.0)
    position = None
    if first == last and shares[1] < 1:
        position = (
            (shares[0] - start) / (end - start),
            (shares[1] - start) / (end - start),
        )
    return Choice(tiers, reason, rule.source, spans, missing, (), position)


def _quoted(found: Iterable[Found]) -> str:
    return "、".join(f"“{w}”" for w in dict.fromkeys(f.word for f in found))


def _spans(found: list[Found]) -> tuple[Span, ...]:
    return tuple(f.span for f in found[:4])
