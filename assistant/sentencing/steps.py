"""The ten steps in words. Every figure comes from the tables; nothing is decided here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.sentencing.accessory import Fine, Probation
from assistant.sentencing.arithmetic import Selection
from assistant.sentencing.baseline import Baseline
from assistant.sentencing.dates import months_text
from assistant.sentencing.facts import Facts
from assistant.sentencing.limits import Bounds, ceiling_of, floor_of
from assistant.sentencing.model import Interval, SentencingOpinion, Step
from assistant.sentencing.tiers import Choice
from ingestion.model import CaseDocument, Span
from knowledge_base import charges, circumstances, law_tiers, penalties, provision
from knowledge_base.circumstances import CircumstanceRule
from knowledge_base.crimes import CrimeRule, OtherPenalty, Tier
from knowledge_base.numerals import article_label

_PENALTIES: dict[OtherPenalty, str] = {
    "detention": "拘役",
    "control": "管制",
    "life": "无期徒刑",
    "death": "死刑",
    "deprivation": "单独剥夺政治权利",
}


@dataclass(frozen=True)
class TierLine:
    """The calculation for one possible tier; None where there is no national starting point."""

    number: int
    tier: Tier
    baseline: Baseline | None
    first: Interval | None
    second: Interval | None
    bounds: Bounds
    final: Interval | None

    @property
    def range(self) -> tuple[int, int]:
        if self.final is None:
            return self.bounds.floor, self.bounds.ceiling
        low, high = self.final.outward
        return max(low, self.bounds.floor), min(high, self.bounds.ceiling)

    @property
    def guided(self) -> tuple[int, int] | None:
        """The guideline's own result inside the law, without discretion."""
        return None if self.second is None else self.bounds.clip(self.second).outward

    @property
    def based(self) -> Interval | None:
        return None if self.baseline is None else self.baseline.months


def total(lines: Sequence[TierLine]) -> tuple[int, int]:
    """From the least to the most of all possible tiers, in months."""
    ranges = [line.range for line in lines]
    return min(r[0] for r in ranges), max(r[1] for r in ranges)


def guided(lines: Sequence[TierLine]) -> tuple[int | None, int | None]:
    """The guideline's range over all possible tiers; None where one has no starting point."""
    ranges = [line.guided for line in lines]
    known = [r for r in ranges if r is not None]
    if len(known) < len(ranges):
        return None, None
    return min(r[0] for r in known), max(r[1] for r in known)


def tier_text(tier: Tier) -> str:
    """三年以上十年以下有期徒刑, with the other main penalties of the tier."""
    parts: list[str] = []
    if tier.months is not None:
        low, high = tier.months
        top, bottom = penalties.limit("imprisonment_max"), penalties.limit("imprisonment_min")
        if low == high:
            parts.append(f"{months_text(low)}有期徒刑")
        elif low == bottom:
            parts.append(f"{months_text(high)}以下有期徒刑")
        elif high == top:
            parts.append(f"{months_text(low)}以上有期徒刑")
        else:
            parts.append(f"{months_text(low)}以上{months_text(high)}以下有期徒刑")
    parts += [_PENALTIES[p] for p in tier.also]
    return "、".join(parts[:-1]) + "或者" + parts[-1] if len(parts) > 1 else parts[0]


def _span_text(interval: Interval | None) -> str:
    if interval is None:
        return "不作数值计算"
    low, high = interval.outward
    return months_text(low) if low == high else f"{months_text(low)}至{months_text(high)}"


def _per_tier(lines: Sequence[TierLine], each: Sequence[str]) -> str:
    if len(lines) == 1:
        return each[0]
    return "；".join(f"第{line.number}档：{text}" for line, text in zip(lines, each, strict=True))


def _range(intervals: Sequence[Interval | None]) -> tuple[int | None, int | None]:
    known = [i.outward for i in intervals if i is not None]
    if not known:
        return None, None
    return min(k[0] for k in known), max(k[1] for k in known)


def unsupported(opinion: SentencingOpinion, charge: str, facts: Facts) -> SentencingOpinion:
    """An opinion that says what is lacking: the charge's tiers are not in the tables.

    What the article itself says is told, and whether it changed between act and judgment.
    """
    refs = charges.articles(charge)
    where = "、".join(article_label(r.article, r.sub) for r in refs) or "（罪名表中没有该罪名）"
    opinion.supported = opinion.decided = False
    opinion.missing.append("该罪名在行为时或者审判时的法定刑档未收入规则表，请人工计算")
    then, now = (_ranges_of_law(charge, day) for day in (facts.offence, facts.decided))
    told = f"条文规定的幅度：{now}" if now else "未能从条文读出幅度"
    if facts.offence is not None and facts.decided is not None and then and then != now:
        told = f"行为时条文规定的幅度：{then}；审判时：{now}"
        opinion.missing.append(
            f"行为时与审判时的法定刑不同，请依从旧兼从轻原则（{penalties.cited('milder_law')}）选择"
        )
    text = f"{charge}，刑法{where}；规则表未收该罪名的法定刑档。{told}。"
    opinion.steps = [Step(1, "罪名与法定刑", text, "刑法")]
    return opinion


def _ranges_of_law(charge: str, on: date | None) -> str:
    known = charges.match(charge)
    found = law_tiers.of_charge(known.name, on) if known else ()
    return "；".join(f"{t.condition or '犯本罪'}，处{provision.tier_words(t)}" for t in found)


def standing_assumptions(facts: Facts) -> list[str]:
    """What holds for the whole opinion."""
    said = ["全国规则只规定幅度，各省实施细则可能更窄，本意见未计入省级细则"]
    guideline = circumstances.all()["confession"].effective_from
    if facts.decided is not None and guideline is not None and facts.decided < guideline:
        said.append(
            f"文书日期早于量刑指导意见的施行日（{guideline.isoformat()}），量刑起点和调节比例仅作参照"
        )
    if facts.shared:
        names = "、".join(circumstances.all()[k].name for k in sorted(facts.shared))
        said.append(f"{names}未写明属于哪一被告人，按适用于本人计算")
    return said


def charge_and_tiers(charge: str, rule: CrimeRule, which_law: str) -> Step:
    ref = rule.article
    listed = "；".join(f"第{n}档：{t.when}，处{tier_text(t)}" for n, t in enumerate(rule.tiers, 1))
    law = f"。{which_law}" if which_law else ""
    return Step(1, "罪名与法定刑幅度", f"{charge}，刑法{ref.label}。{listed}{law}。", rule.source)


def tier_chosen(rule: CrimeRule, choice: Choice) -> Step:
    chosen = [rule.tiers[n - 1] for n in choice.tiers]
    low = min(floor_of(t) for t in chosen)
    high = max(ceiling_of(t) for t in chosen)
    if choice.decided:
        text = f"{choice.reason}，适用第{choice.tiers[0]}档（{tier_text(chosen[0])}）。"
    else:
        listed = "、".join(
            f"第{n}档（{tier_text(t)}）" for n, t in zip(choice.tiers, chosen, strict=True)
        )
        text = f"{choice.reason}。可能的幅度：{listed}。尚缺：{'；'.join(choice.missing)}。"
    return Step(2, "选定法定刑幅度", text, choice.source, low, high, choice.spans)


def starting_point(lines: Sequence[TierLine]) -> Step:
    each = [_start_text(line.tier) for line in lines]
    ranges = [Interval.of(*line.tier.start) if line.tier.start else None for line in lines]
    low, high = _range(ranges)
    sources = dict.fromkeys(line.tier.start_source or penalties.cited("start") for line in lines)
    return Step(3, "量刑起点", _per_tier(lines, each) + "。", "；".join(sources), low, high)


def _start_text(tier: Tier) -> str:
    if tier.start is None:
        return "全国未规定量刑起点，在法定刑幅度内依案情确定"
    low, high = tier.start
    text = (
        f"{months_text(high)}以下有期徒刑或者拘役"
        if low == 1
        else f"{_span_text(Interval.of(low, high))}有期徒刑"
    )
    if tier.start_source is not None and not tier.start_verified:
        return f"全国量刑起点未核，暂按{tier.start_source}取{text}"
    return f"量刑起点为{text}" + ("" if tier.start_verified else "（起点数值待核对官方文本）")


def baseline(lines: Sequence[TierLine], doc: CaseDocument) -> Step:
    each = [_based_text(line) for line in lines]
    low, high = _range([line.based for line in lines])
    text = f"基准刑{_per_tier(lines, each)}。"
    if low is None:
        text = "无量刑起点，不计算基准刑，以下以法定刑幅度为限。"
    found = [line.baseline.place_at for line in lines if line.baseline is not None]
    spans = tuple(doc.span(*at) for at in found if at is not None)
    return Step(4, "基准刑", text, penalties.cited("method_baseline"), low, high, spans)


def _based_text(line: TierLine) -> str:
    if line.baseline is None:
        return _span_text(None)
    months = _span_text(line.baseline.months)
    if line.baseline.measured:
        return f"{months}（按数额或者数量在本档内的位置由起点向上折算）"
    if line.baseline.unmeasured:
        return f"{months}（数额或者数量未载明，本档内均有可能）"
    if line.baseline.place is not None:
        return f"{months}（{line.baseline.place.when}）"
    return f"{months}（未计入其他影响犯罪构成的事实所增加的刑罚量）"


def baseline_assumptions(lines: Sequence[TierLine]) -> list[str]:
    said: list[str] = []
    for line in lines:
        if line.baseline is None:
            continue
        if line.baseline.measured:
            said.append("全国未规定增加刑罚量的标准，基准刑按数额（数量）在本档起讫之间的比例折算")
        elif line.baseline.unmeasured:
            said.append("文书未载明犯罪数额（数量），基准刑未能在本档内定位")
        elif line.baseline.place is not None:
            said.append(
                f"全国未规定起点幅度内如何分级，暂按“{line.baseline.place.when}”取"
                f"{_span_text(line.baseline.months)}，待以本省细则替换"
            )
        else:
            said.append(
                "全国未规定增加刑罚量的标准，基准刑暂取量刑起点；有其他增加刑罚量的事实的应当上调"
            )
    return list(dict.fromkeys(said))


def ratio(rule: CircumstanceRule) -> str:
    """By how much of the baseline, in words; of a rule that has figures."""
    low, high = rule.low or 0, rule.high or 0
    if rule.aggravating:
        text = f"增加{low}%至{high}%"
        return text + (f"，不少于{rule.min_months}个月" if rule.min_months else "")
    return f"减少{-high}%至{-low}%"


def _listed(rules: Sequence[CircumstanceRule]) -> str:
    return "、".join(f"{r.name}（{r.effect or '量刑情节'}，{ratio(r)}）" for r in rules)


def _outcome(lines: Sequence[TierLine], values: Sequence[Interval | None]) -> str:
    if all(v is None for v in values):
        return "；因没有基准刑，只在法定刑幅度内考虑，不作数值计算。"
    return f"，得{_per_tier(lines, [_span_text(v) for v in values])}。"


def _where(rules: Sequence[CircumstanceRule], facts: Facts) -> tuple[Span, ...]:
    return tuple(facts.circumstances[r.key] for r in rules if r.key in facts.circumstances)


def first_layer(lines: Sequence[TierLine], selection: Selection, facts: Facts) -> Step:
    low, high = _range([line.first for line in lines])
    if selection.layer1:
        text = f"先适用{_listed(selection.layer1)}，对基准刑连乘"
        text += _outcome(lines, [line.first for line in lines])
    else:
        text = "没有先行适用且有全国幅度的情节，基准刑不变。"
    return Step(
        5,
        "第一层情节（先行连乘）",
        text,
        penalties.cited("method_layers"),
        low,
        high,
        _where(selection.layer1, facts),
    )


def second_layer(lines: Sequence[TierLine], selection: Selection, facts: Facts) -> Step:
    low, high = _range([line.second for line in lines])
    if selection.layer2:
        text = f"再适用{_listed(selection.layer2)}，同向相加、逆向相减"
        text += _outcome(lines, [line.second for line in lines])
    else:
        text = "没有其他有全国幅度的情节，结果不变。"
    if facts.light is not None:
        text += f"文书认定“{facts.light.quote}”，从宽比例可达犯罪较轻的幅度。"
    rules = circumstances.all()
    for key, keeper in selection.dropped.items():
        text += f"{rules[key].name}已由{rules[keeper].name}吸收，不重复评价。"
    for rule in selection.uncounted:
        if rule.directions:
            text += f"{rule.name}（{rule.effect}）全国未规定幅度，未计入数值。"
    spans = tuple(facts.circumstances[k] for k in facts.circumstances)
    return Step(6, "第二层情节（相加减）", text, penalties.cited("circumstances"), low, high, spans)


def without_ratio(selection: Selection) -> list[str]:
    """What the provincial rules must still supply."""
    return [f"{r.name}的调节幅度（全国未规定）" for r in selection.uncounted if r.directions]


def absorbed(selection: Selection) -> list[CircumstanceRule]:
    """Circumstances counted only through the guilty-plea ceiling keep their power to mitigate."""
    rules = circumstances.all()
    return [
        rules[key]
        for key, keeper in selection.dropped.items()
        if keeper.startswith("plea_") and rules[key].package
    ]


def statutory_bounds(lines: Sequence[TierLine]) -> Step:
    each = [
        line.bounds.reason
        if not line.bounds.ceiling
        else f"{line.bounds.reason}，限于{months_text(line.bounds.floor)}至"
        f"{months_text(line.bounds.ceiling)}"
        + ("（另可依法判处" + _heavier(line.tier) + "）" if _heavier(line.tier) else "")
        for line in lines
    ]
    low = min(line.bounds.floor for line in lines)
    high = max(line.bounds.ceiling for line in lines)
    return Step(
        7,
        "法定刑限制",
        _per_tier(lines, each) + "。",
        penalties.cited("statutory_bounds"),
        low,
        high,
    )


def _heavier(tier: Tier) -> str:
    heavy: tuple[OtherPenalty, ...] = ("life", "death")
    return "、".join(_PENALTIES[p] for p in heavy if p in tier.also)


def declared(lines: Sequence[TierLine], low: int, high: int, on: date | None) -> Step:
    share = penalties.limit("discretion", on)
    span = f"{months_text(low)}至{months_text(high)}"
    results = [_span_text(Interval.of(*line.guided)) for line in lines if line.guided]
    text = f"调节结果在法定限制以内的部分为{'；'.join(results)}，审判组织可再作{share}%以内的调整"
    text += f"，但不得超出法定限制。宣告刑范围：{span}"
    if not high:
        text = "应当免予刑事处罚"
    elif any(line.final is None for line in lines):
        text = f"全国未规定量刑起点，宣告刑范围即法定幅度：{span}"
    light = [p for p in ("control",) if any(p in line.tier.also for line in lines)]
    if light:
        text += "；本档亦可依法判处管制"
    if any(line.tier.fine in ("or_alone", "alone") for line in lines):
        text += "；情节较轻的可以依法单处罚金"
    return Step(8, "宣告刑范围", text + "。", penalties.cited("method_declared"), low, high)


def probation(result: Probation) -> Step:
    return Step(9, "缓刑", result.text + "。", penalties.cited("probation"))


def fine(fines: Sequence[Fine], choice: Choice) -> Step:
    if len(fines) == 1:
        text = fines[0].text
    else:
        text = "；".join(f"第{n}档：{f.text}" for n, f in zip(choice.tiers, fines, strict=True))
    source = "；".join(dict.fromkeys(f.source for f in fines))
    return Step(10, "罚金", text + "。", source)
