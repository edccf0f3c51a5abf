"""Build the opinion: ten numbered steps from the charge to the lawful range."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.sentencing import (
    accessory,
    arithmetic,
    baseline,
    custody,
    drunk,
    law,
    limits,
    steps,
    tiers,
)
from assistant.sentencing.facts import Facts, charge_names, gather
from assistant.sentencing.model import SentencingOpinion, Step
from assistant.sentencing.verdict import check, fixed_months
from ingestion.model import CaseDocument, Defendant, Sentence
from knowledge_base import charges
from knowledge_base.crimes import CrimeRule
from knowledge_base.local_thresholds import LocalThreshold


def opine(
    doc: CaseDocument,
    other: CaseDocument | None = None,
    local: Sequence[LocalThreshold] = (),
) -> list[SentencingOpinion]:
    """One opinion per defendant and charge of `doc`.

    `other` is the judgment on the same case, where there is one: its sentences are held
    against the opinion. A judgment given as `doc` is held against itself. `local`: the
    province's own thresholds; without them the lower end of each national range is taken.
    """
    judged = next((d for d in (other, doc) if d is not None and d.type == "judgment"), None)
    return [
        opine_on(doc, defendant, charge, judged, tuple(local))
        for defendant in doc.defendants
        for charge in charge_names(defendant)
    ]


def opine_on(
    doc: CaseDocument,
    defendant: Defendant,
    charge: str,
    judged: CaseDocument | None,
    local: tuple[LocalThreshold, ...] = (),
    without: Collection[str] = (),
) -> SentencingOpinion:
    """The opinion on one person and charge, held against `judged`, the judgment if any.

    `without`: keys of circumstances that are taken not to hold.
    """
    opinion, rule, facts = _one(doc, defendant, charge, local, without)
    sentence = _sentence(judged, defendant, charge)
    if sentence is not None:
        opinion.verdict = replace(
            check(opinion, rule, facts, sentence), months=fixed_months(sentence)
        )
    return opinion


def _sentence(judged: CaseDocument | None, defendant: Defendant, charge: str) -> Sentence | None:
    person = judged.defendant(defendant.name.value) if judged is not None else None
    if person is None:
        return None
    for name, sentence in person.verdicts.items():
        if charges.same_charge(name, charge):
            return sentence
    return None


def _one(
    doc: CaseDocument,
    defendant: Defendant,
    charge: str,
    local: tuple[LocalThreshold, ...],
    without: Collection[str],
) -> tuple[SentencingOpinion, CrimeRule | None, Facts]:
    bare = gather(doc, defendant, charge, None, without)
    matched = charges.match(charge)
    opinion = SentencingOpinion(
        defendant.name.value,
        charge,
        matched.name if matched else None,
        bare.offence or bare.decided,
    )
    applied = law.choose(
        charge,
        bare.offence,
        bare.decided,
        lambda rule: replace(gather(doc, defendant, charge, rule, without), local=local),
    )
    if applied is None:
        return steps.unsupported(opinion, charge, bare), None, bare
    rule, facts, choice = applied.rule, applied.facts, applied.choice
    if defendant.unit:
        opinion.assumptions.append(
            "被告单位只判处罚金，刑期部分适用于直接负责的主管人员和其他直接责任人员"
        )
    if facts.offence is None:
        opinion.missing.append("行为日期（未能读出，按文书日期选择法律版本）")
    opinion.assumptions += steps.standing_assumptions(facts)
    opinion.decided, opinion.tiers = choice.decided, choice.tiers
    opinion.alternatives = choice.alternatives
    opinion.missing += choice.missing
    opinion.assumptions += choice.assumptions
    opinion.steps = [
        steps.charge_and_tiers(charge, rule, applied.why),
        steps.tier_chosen(rule, choice),
        *_calculation(doc, opinion, rule, facts, choice),
    ]
    if rule.charge == drunk.CHARGE:
        driven = drunk.step(doc, facts, len(opinion.steps) + 1, opinion.missing)
        if driven is not None:
            opinion.steps.append(driven)
    credited = custody.step(
        defendant,
        len(opinion.steps) + 1,
        facts.decided,
        opinion.low or 0,
        opinion.high or 0,
    )
    if credited is not None:
        opinion.steps.append(credited)
    return opinion, rule, facts


def _calculation(
    doc: CaseDocument,
    opinion: SentencingOpinion,
    rule: CrimeRule,
    facts: Facts,
    choice: tiers.Choice,
) -> list[Step]:
    on = facts.decided or facts.offence
    keys = set(facts.circumstances)
    selection = arithmetic.select(keys, facts.light is not None)
    opinion.missing += steps.without_ratio(selection)
    statutory = [*selection.counted, *selection.uncounted, *steps.absorbed(selection)]
    lines: list[steps.TierLine] = []
    for number in choice.tiers:
        tier = rule.tiers[number - 1]
        based = baseline.find(rule, number, choice.position, facts)
        bound = limits.bounds(rule, number, statutory, on)
        if based is None:
            lines.append(steps.TierLine(number, tier, None, None, None, bound, None))
            continue
        first = arithmetic.layer1(based.months, selection)
        second = arithmetic.layer2(first, selection)
        final = bound.clip(arithmetic.discretion(bound.clip(second), on))
        lines.append(steps.TierLine(number, tier, based, first, second, bound, final))
    opinion.low, opinion.high = steps.total(lines)
    opinion.guided_low, opinion.guided_high = steps.guided(lines)
    opinion.tier_low = min(limits.floor_of(line.tier, on) for line in lines)
    opinion.tier_high = max(limits.ceiling_of(line.tier, on) for line in lines)
    opinion.lawful_low = min(line.bounds.floor for line in lines)
    opinion.lawful_high = max(line.bounds.ceiling for line in lines)
    mercy = accessory.probation(rule, opinion.low, keys, on)
    opinion.probation = mercy.eligibility
    minor = any(k.startswith("minor_") for k in keys)
    fines = [accessory.fine(rule, n, facts.amount, minor, on) for n in choice.tiers]
    opinion.fine_low_fen = min((f.low_fen for f in fines if f.low_fen is not None), default=None)
    tops = [f.high_fen for f in fines]
    opinion.fine_high_fen = None if None in tops else max(t for t in tops if t is not None)
    opinion.assumptions += steps.baseline_assumptions(lines)
    return [
        steps.starting_point(lines),
        steps.baseline(lines, doc),
        steps.first_layer(lines, selection, facts),
        steps.second_layer(lines, selection, facts),
        steps.statutory_bounds(lines),
        steps.declared(lines, opinion.low, opinion.high, on),
        steps.probation(mercy),
        steps.fine(fines, choice),
    ]
