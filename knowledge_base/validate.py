"""Whole-table checks that no single row can make: `assistant kb validate`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from knowledge_base import (
    charge_articles,
    charge_inference,
    charge_tables,
    charges,
    circumstances,
    crimes,
    loader,
    non_prosecution,
    penalties,
    procedure,
    starting_places,
    term_tables,
    validate_checks,
    validate_law,
    validate_rows,
)
from knowledge_base.law_versions import CRIMINAL_LAW, CRIMINAL_PROCEDURE_LAW
from knowledge_base.statute_db import StatuteDatabaseError
from knowledge_base.validate_law import missing


def problems() -> list[str]:
    """Everything wrong with the tables, each as one Chinese sentence; empty when sound."""
    found = list(validate_rows.unreadable())
    if found:
        return found
    try:
        return [
            *_charges(),
            *_circumstances(),
            *_crimes(),
            *_thresholds_rise(),
            *_places(),
            *_procedure(),
            *_estimates(),
            *validate_rows.repeated(),
            *validate_rows.expressions(),
            *validate_rows.days(),
            *validate_law.names(),
            *validate_law.wordings(),
            *validate_law.old_numbers(),
            *validate_checks.entries(),
            *validate_checks.word_tables(),
        ]
    except StatuteDatabaseError as error:
        return [str(error)]


def _charges() -> Iterator[str]:
    known = charges.names()
    for charge in charge_tables.charges().values():
        for ref in charge.articles:
            yield from missing(
                f"罪名表 {charge.name}", ref.law, ref.article, ref.sub, ref.paragraphs or (None,)
            )
        for pattern in charge.selective:
            if not charge_tables.expression(pattern).pattern.endswith("罪"):
                yield f"罪名表 {charge.name}：选择性写法 {pattern} 未以“罪”结尾。"
    for alias in charge_tables.aliases():
        if alias.name not in known:
            yield f"罪名别称表 {alias.alias}：{alias.name} 不是现行罪名。"
        if alias.kind == "former" and alias.effective_to is None:
            yield f"罪名别称表 {alias.alias}：旧罪名没有停用日期。"
    for side in charge_tables.side_articles():
        if side.charge is not None and side.charge not in known:
            yield f"罪名关联条文表：{side.charge} 不是现行罪名。"
        for ref in side.articles:
            # Paragraphs may have been repealed since; the article itself must be known.
            yield from missing("罪名关联条文表", ref.law, ref.article, ref.sub, (None,))


def _circumstances() -> Iterator[str]:
    rules = circumstances.all()
    for rule in rules.values():
        for key in rule.excludes:
            if key not in rules:
                yield f"量刑情节表 {rule.key}：互斥情节 {key} 不存在。"
        for ref in rule.statute:
            yield from missing(
                f"量刑情节表 {rule.key}", ref.law, ref.article, ref.sub, (ref.paragraph,)
            )
        if rule.low is not None and rule.high is not None and rule.low > rule.high:
            yield f"量刑情节表 {rule.key}：幅度下限高于上限。"
        if rule.aggravating and rule.low is not None and rule.low < 0:
            yield f"量刑情节表 {rule.key}：从重情节的幅度为负。"
    if len(rules) != len(loader.raw("circumstances")["rows"]):
        yield "量刑情节表：key 有重复。"


def _crimes() -> Iterator[str]:
    by_name: dict[str, int] = {}
    for crime in crimes.all():
        where = f"个罪表 {crime.charge}"
        by_name[crime.charge] = max(by_name.get(crime.charge, 0), len(crime.tiers))
        if crime.charge not in charges.names():
            yield f"{where}：不是现行罪名。"
        ref = crime.article
        on = crime.effective_from
        yield from missing(where, ref.law, ref.article, ref.sub, (ref.paragraph,), on)
        if not charges.fits(crime.charge, ref.article, ref.sub):
            yield f"{where}：条文与罪名表不符。"
        for lighter, heavier in pairwise(crime.tiers):
            if lighter.months and heavier.months and lighter.months[0] > heavier.months[0]:
                yield f"{where}：法定刑档未由轻到重排列。"
        for tier in crime.tiers:
            if tier.start and tier.months and tier.start[1] > tier.months[1]:
                yield f"{where}：量刑起点高于法定最高刑。"
        for own in crime.mitigation:
            unknown = [key for key in own.keys if key not in circumstances.all()]
            if unknown or any(n > len(crime.tiers) for n in own.tiers):
                yield f"{where}：分则从宽规定的情节或者档序不存在。"
            ref = own.statute
            yield from missing(where, ref.law, ref.article, ref.sub, (ref.paragraph,), on)
        if crime.default_tier is not None and not 0 < crime.default_tier <= len(crime.tiers):
            yield f"{where}：default_tier 超出档数。"
    for row in crimes.all_thresholds():
        if row.tier > by_name.get(row.charge, 0):
            yield f"数额标准表 {row.charge}：没有第 {row.tier} 档。"
        if row.low[0] > row.low[1]:
            yield f"数额标准表 {row.charge}：区间下限高于上限。"


def _thresholds_rise() -> Iterator[str]:
    """On any one day a heavier tier begins at no smaller sum than the lighter one."""
    found = crimes.all_thresholds()
    for heavier in found:
        on = heavier.effective_from
        for lighter in found:
            same = (lighter.charge, lighter.only, lighter.never) == (
                heavier.charge,
                heavier.only,
                heavier.never,
            )
            if not same or lighter.tier >= heavier.tier or not lighter.in_force(on):
                continue
            if lighter.low[0] > heavier.low[0] or lighter.low[1] > heavier.low[1]:
                yield (
                    f"数额标准表 {heavier.charge}：第{heavier.tier}档的入档数额"
                    f"低于第{lighter.tier}档。"
                )


def _places() -> Iterator[str]:
    """Graded starting points lie inside their tier and not below its starting range."""
    for place in starting_places.all():
        where = f"起点分段表 {place.charge}第{place.tier}档（{place.when}）"
        rule = crimes.crime(place.charge)
        if rule is None or not 0 < place.tier <= len(rule.tiers):
            yield f"{where}：没有这一档。"
            continue
        tier = rule.tiers[place.tier - 1]
        low, high = place.months
        if tier.start is None or low < tier.start[0]:
            yield f"{where}：低于量刑起点。"
        if low > high or (tier.months is not None and high > tier.months[1]):
            yield f"{where}：超出法定刑幅度。"


def _procedure() -> Iterator[str]:
    for row in procedure.all():
        yield from missing(
            f"诉讼条文表 {row.purpose}",
            CRIMINAL_PROCEDURE_LAW,
            row.article,
            None,
            (row.paragraph,),
            row.effective_from,
        )
    for provision in non_prosecution.all():
        yield from missing(
            "不起诉依据表",
            CRIMINAL_PROCEDURE_LAW,
            provision.article,
            None,
            (provision.paragraph,),
            provision.effective_from,
        )
    for limit in penalties.all():
        if limit.statute is not None:
            ref = limit.statute
            where = f"刑罚期限表 {limit.key}"
            yield from missing(where, ref.law, ref.article, ref.sub, (ref.paragraph,))


def _estimates() -> Iterator[str]:
    """Tables for estimates: charges that exist, cited articles that exist, steps that rise."""
    named = [
        *(
            ("推断罪名表", cues.charge)
            for cues in loader.rows("charge_cues", charge_inference.ChargeCues)
        ),
        *(("刑期衡量表", m.charge) for m in loader.rows("term_measures", term_tables.Measure)),
        *(("升档事实表", c.charge) for c in loader.rows("term_tier_cues", term_tables.TierCue)),
    ]
    for table, charge in named:
        if charges.match(charge) is None:
            yield f"{table} {charge}：不是罪名。"
    for row in loader.rows("charge_cited_articles", charge_articles.CitedArticle):
        yield from missing(f"引用条文表 {row.charge}", CRIMINAL_LAW, row.article, None, (None,))
    for measure in loader.rows("term_measures", term_tables.Measure):
        known = [s for s in measure.steps if s is not None]
        if known != sorted(known):
            yield f"刑期衡量表 {measure.charge}：各幅度的起点未由轻到重排列。"
    for weight in term_tables.weights().values():
        rising = [weight.sign * (b - a) >= 0 for a, b in pairwise(weight.values)]
        if weight.cuts and (len(weight.values) != len(weight.cuts) + 1 or not all(rising)):
            yield f"刑期估计表 {weight.name}：分段不成立或者方向与 sign 相反。"
