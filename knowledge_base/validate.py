"""Whole-table checks that no single row can make: `assistant kb validate`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, TypeVar

from knowledge_base import (
    charge_articles,
    charge_inference,
    charge_tables,
    charges,
    circumstances,
    crimes,
    custody_credit,
    drunk_driving,
    laws,
    loader,
    non_prosecution,
    penalties,
    procedure,
    questions,
    starting_places,
    term_tables,
    topics,
)
from knowledge_base.law_versions import (
    CRIMINAL_LAW,
    CRIMINAL_PROCEDURE_LAW,
    ArticleVersion,
    LawDates,
    LawName,
    OldProcedureArticle,
)
from knowledge_base.numerals import article_label
from knowledge_base.statute_db import StatuteDatabaseError

SCHEMAS: dict[str, type[loader.Row]] = {
    "charges": charge_tables.ChargeRow,
    "charge_aliases": charge_tables.AliasRow,
    "charge_cited_articles": charge_articles.CitedArticle,
    "charge_cues": charge_inference.ChargeCues,
    "charge_side_articles": charge_tables.SideArticlesRow,
    "circumstances": circumstances.CircumstanceRule,
    "crimes": crimes.CrimeRule,
    "criminal_law_versions": ArticleVersion,
    "criminal_procedure_2012": OldProcedureArticle,
    "custody_credit": custody_credit.CreditRule,
    "defence_questions": questions.Question,
    "drugs": crimes.Drug,
    "drunk_driving": drunk_driving.DrunkFact,
    "law_names": LawName,
    "law_versions": LawDates,
    "non_prosecution": non_prosecution.NonProsecutionProvision,
    "penalties": penalties.PenaltyLimit,
    "procedure_articles": procedure.ProcedureArticle,
    "rule_sources": penalties.RuleSource,
    "starting_places": starting_places.StartingPlace,
    "term_cues": term_tables.Cue,
    "term_measures": term_tables.Measure,
    "term_model": term_tables.Weight,
    "term_tier_cues": term_tables.TierCue,
    "thresholds": crimes.Threshold,
    "topics": topics.Topic,
}
_MISSING = ("no_such_article", "no_such_paragraph", "no_such_item", "unknown_law")

R = TypeVar("R", bound=loader.Row)


def problems() -> list[str]:
    """Everything wrong with the tables, each as one Chinese sentence; empty when sound."""
    found = list(_unreadable())
    if found:
        return found
    try:
        return [
            *_charges(),
            *_circumstances(),
            *_crimes(),
            *_places(),
            *_overlaps(),
            *_procedure(),
            *_estimates(),
        ]
    except StatuteDatabaseError as error:
        return [str(error)]


def _unreadable() -> Iterator[str]:
    for name, schema in SCHEMAS.items():
        try:
            loader.rows(name, schema)
        except loader.TableError as error:
            yield str(error)


def _missing(
    where: str,
    law: str,
    article: int,
    sub: int | None,
    paragraphs: Iterable[int | None],
    on: date | None = None,
) -> Iterator[str]:
    for paragraph in paragraphs:
        status = laws.status(law, article, sub, paragraph, None, on)
        if status in _MISSING:
            label = article_label(article, sub, paragraph)
            yield f"{where}：《{law}》{label}在法律数据库中不存在。"


def _charges() -> Iterator[str]:
    known = charges.names()
    for charge in charge_tables.charges().values():
        for ref in charge.articles:
            yield from _missing(
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
            yield from _missing("罪名关联条文表", ref.law, ref.article, ref.sub, (None,))


def _circumstances() -> Iterator[str]:
    rules = circumstances.all()
    for rule in rules.values():
        for key in rule.excludes:
            if key not in rules:
                yield f"量刑情节表 {rule.key}：互斥情节 {key} 不存在。"
        for ref in rule.statute:
            yield from _missing(
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
        yield from _missing(where, ref.law, ref.article, ref.sub, (ref.paragraph,), on)
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
            yield from _missing(where, ref.law, ref.article, ref.sub, (ref.paragraph,), on)
        if crime.default_tier is not None and not 0 < crime.default_tier <= len(crime.tiers):
            yield f"{where}：default_tier 超出档数。"
    for row in crimes.all_thresholds():
        if row.tier > by_name.get(row.charge, 0):
            yield f"数额标准表 {row.charge}：没有第 {row.tier} 档。"
        if row.low[0] > row.low[1]:
            yield f"数额标准表 {row.charge}：区间下限高于上限。"


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


def _overlapping(name: str, found: Sequence[R], key: Callable[[R], Hashable]) -> Iterator[str]:
    groups: dict[Any, list[R]] = {}
    for row in found:
        groups.setdefault(key(row), []).append(row)
    for group, members in groups.items():
        ordered = sorted(members, key=lambda r: r.effective_from or date.min)
        for before, after in pairwise(ordered):
            if (before.effective_to or date.max) >= (after.effective_from or date.min):
                yield f"{name} {group}：施行期间重叠。"


def _overlaps() -> Iterator[str]:
    versions = loader.rows("criminal_law_versions", ArticleVersion)
    yield from _overlapping("刑法版本表", versions, lambda r: (r.article, r.sub))
    yield from _overlapping("个罪表", crimes.all(), lambda r: r.charge)
    yield from _overlapping(
        "数额标准表", crimes.all_thresholds(), lambda r: (r.charge, r.tier, r.only, r.never)
    )
    yield from _overlapping("刑罚期限表", penalties.all(), lambda r: r.key)
    yield from _overlapping("诉讼条文表", procedure.all(), lambda r: r.purpose)
    for row in versions:
        yield from _missing(
            "刑法版本表", CRIMINAL_LAW, row.article, row.sub, (None,), row.effective_from
        )


def _procedure() -> Iterator[str]:
    for row in procedure.all():
        yield from _missing(
            f"诉讼条文表 {row.purpose}",
            CRIMINAL_PROCEDURE_LAW,
            row.article,
            None,
            (row.paragraph,),
            row.effective_from,
        )
    for provision in non_prosecution.all():
        yield from _missing(
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
            yield from _missing(where, ref.law, ref.article, ref.sub, (ref.paragraph,))


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
        yield from _missing(f"引用条文表 {row.charge}", CRIMINAL_LAW, row.article, None, (None,))
    for measure in loader.rows("term_measures", term_tables.Measure):
        known = [s for s in measure.steps if s is not None]
        if known != sorted(known):
            yield f"刑期衡量表 {measure.charge}：各幅度的起点未由轻到重排列。"
    for weight in term_tables.weights().values():
        rising = [weight.sign * (b - a) >= 0 for a, b in pairwise(weight.values)]
        if weight.cuts and (len(weight.values) != len(weight.cuts) + 1 or not all(rising)):
            yield f"刑期估计表 {weight.name}：分段不成立或者方向与 sign 相反。"
