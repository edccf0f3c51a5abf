"""Penalties held against the law of the crime: tier, mitigation, fine, what must go with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant import phrasing
from assistant.casefile import CaseFile
from assistant.checks.age import first_act
from assistant.checks.circumstances import of_person, own
from assistant.checks.place import issued, part, people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.sentence import recommendations
from assistant.checks.tier_words import far_below, tier_word
from assistant.sentencing import SentencingOpinion, opine
from assistant.sentencing.dates import add_months
from ingestion.model import CaseDocument, Defendant, Sentence, Term
from knowledge_base import circumstances, penalties
from knowledge_base.charges import same_charge
from knowledge_base.check_articles import group

_SPECIAL = re.compile(r"报请?最高人民法院核准|核准|法定刑以下|特殊情况")
_REVOKES = re.compile(r"撤销[^。；]{0,60}(?:缓刑|假释|判决|裁定|部分)|缓刑[^。；]{0,20}撤销")
_COMBINES = re.compile(r"数罪并罚|并罚")
_NO_SUSPENSION = re.compile(r"缓刑|实刑")
_BAN = re.compile(
    r"禁止(?:其|被告人)?[^。；]{0,30}(?:从事|职业|工作|进入|接触)|从业禁止|职业禁止|禁止令"
)


class _Held(NamedTuple):
    """One person's penalty for one charge beside what the law makes of it."""

    person: Defendant
    opinion: SentencingOpinion
    sentence: Sentence


def _pronounced(doc: CaseDocument) -> Iterator[_Held]:
    """Every sentence of a judgment whose tier the program is sure of."""
    for opinion in opine(doc, doc):
        person = doc.defendant(opinion.person)
        if person is None or not (opinion.supported and opinion.decided):
            continue
        for charge, sentence in person.verdicts.items():
            if same_charge(charge, opinion.charge):
                yield _Held(person, opinion, sentence)
                break


def _may_mitigate(doc: CaseDocument, person: Defendant) -> bool:
    """Whether any circumstance told of the person, by whomever, allows 减轻."""
    for told in doc.circumstances:
        rule = circumstances.rule(told.key)
        if (
            rule is not None
            and rule.allows_mitigation
            and told.polarity == "affirmed"
            and (not told.persons or person.name.value in told.persons)
        ):
            return True
    return bool(_SPECIAL.search(doc.text))


@check("SENT-003")
def outside_the_tier(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    if doc.role == "judgment":
        for held in _pronounced(doc):
            verdict = held.opinion.verdict
            if verdict is None or verdict.lawful is not False:
                continue
            # Mitigation leads down, never up.
            high = held.opinion.tier_high
            above = high is not None and Term(months=high) < held.sentence.term
            if above or not _may_mitigate(doc, held.person):
                yield _outside(doc, held, verdict.text, verdict.reason)
        return
    for opinion in opine(doc):
        person = doc.defendant(opinion.person)
        if person is not None and opinion.supported and opinion.decided:
            yield from _recommended_outside(doc, person, opinion)


def _outside(doc: CaseDocument, held: _Held, text: str, reason: str) -> Hit:
    chosen = tier_word(doc)
    return hit(
        held.sentence.span,
        *([chosen] if chosen is not None else []),
        values={doc.role or "": text},
        cause=f"term:{doc.role}:{held.person.name.value}",
        name=held.person.name.value,
        charge=held.opinion.charge,
        penalty=text,
        reason=reason,
    )


def _recommended_outside(
    doc: CaseDocument, person: Defendant, opinion: SentencingOpinion
) -> Iterator[Hit]:
    """A recommended term of imprisonment above the tier, or below it without 减轻."""
    low, high = opinion.tier_low, opinion.tier_high
    for owner, item in recommendations(doc):
        if owner is not person or item.main != "imprisonment" or low is None or high is None:
            continue
        if item.charge is not None and not same_charge(item.charge, opinion.charge):
            continue
        if item.charge is None and len(person.charges) > 1:
            continue
        above = item.high is not None and Term(months=high) < item.high
        below = item.low is not None and item.low < Term(months=low)
        if above or (below and not _may_mitigate(doc, person)):
            text = phrasing.recommendation(item)
            bounds = f"{phrasing.term(Term(months=low))}至{phrasing.term(Term(months=high))}"
            yield hit(
                item.span,
                values={doc.role or "": text},
                category="recommendation",
                cause=f"term:{doc.role}:{person.name.value}",
                name=person.name.value,
                charge=opinion.charge,
                penalty=text,
                reason=f"所选法定刑幅度为{bounds}"
                + ("" if above else "，且没有读到可以减轻处罚的情节"),
            )


@check("SENT-018")
def mitigated_too_far(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    if doc.role != "judgment":
        return
    yield from far_below(doc)
    for held in _pronounced(doc):
        verdict = held.opinion.verdict
        if verdict is not None and verdict.lawful is False and _may_mitigate(doc, held.person):
            if held.sentence.exempt or held.sentence.main is None or _SPECIAL.search(doc.text):
                continue
            if held.opinion.tier_low is not None and held.sentence.term < Term(
                months=held.opinion.tier_low
            ):
                yield _outside(doc, held, verdict.text, "超出下一个量刑幅度")


@check("SENT-007")
def fine_out_of_bounds(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    on = issued(doc)
    row = penalties.find("fine_min", on)
    for person in people(doc):
        young = any(c.key.startswith("minor_") for c in doc.circumstances)
        least = penalties.limit("fine_min_minor" if young else "fine_min", on)
        told = [(s.span, s.fine_fen) for s in person.sentences if s.fine_fen is not None]
        told += [
            (r.span, r.fine_low_fen)
            for owner, r in recommendations(doc)
            if owner is person and r.fine_low_fen is not None and doc.role != "judgment"
        ]
        for span, fen in told:
            if row is not None and 0 < fen < least * 100:
                yield hit(
                    span,
                    values={doc.role or "": fen},
                    category="recommendation" if doc.role != "judgment" else None,
                    cause=f"fine:{doc.role}:{person.name.value}",
                    name=person.name.value,
                    fine=phrasing.yuan(fen),
                    least=phrasing.yuan(least * 100),
                )


@check("SENT-012")
def suspension_owed(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    top = penalties.limit("probation_imprisonment_limit", issued(doc))
    for person in people(doc):
        owed = [
            c
            for c in doc.circumstances
            if c.key in ("minor_12_16", "minor_16_18", "elderly_intent", "elderly_negligent")
            and c.polarity == "affirmed"
            and c.speaker != "defence"
            and of_person(doc, c, person)
        ]
        reasons = part(doc, "reasoning")
        if not owed or (reasons is not None and _NO_SUSPENSION.search(reasons.quote)):
            continue
        sentence = person.sentence if doc.role == "judgment" else None
        items = [r for owner, r in recommendations(doc) if owner is person]
        if sentence is not None and sentence.probation is None:
            main, term, span = sentence.main, sentence.term, sentence.span
        elif doc.role != "judgment" and items and not items[0].probation and items[0].low:
            main, term, span = items[0].main, items[0].low, items[0].span
        else:
            continue
        if main == "detention" or (main == "imprisonment" and term <= Term(months=top)):
            found = circumstances.rule(owed[0].key)
            yield hit(
                span,
                owed[0].span,
                values={doc.role or "": None},
                cause=f"suspension:{person.name.value}",
                name=person.name.value,
                what=found.name if found else "未成年人",
            )


@check("SENT-015")
def fines_not_added(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        combined = person.combined
        fines = [s.fine_fen for s in person.sentences if s.fine_fen is not None]
        if combined is None or not fines or len(person.sentences) < 2 or combined.confiscate_all:
            continue
        if combined.fine_fen is None or combined.fine_fen == sum(fines):
            continue
        yield hit(
            combined.span,
            *[s.span for s in person.sentences if s.fine_fen is not None],
            values={"judgment": combined.fine_fen},
            name=person.name.value,
            total=phrasing.yuan(sum(fines)),
            decided=phrasing.yuan(combined.fine_fen),
        )


@check("SENT-016")
def deprivation_missing(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    security = group("state_security", issued(doc))
    for person in people(doc):
        if person.combined is not None and person.combined.deprivation_life:
            continue
        for charge, sentence in person.verdicts.items():
            for_life = sentence.main in ("life", "death")
            deprived = sentence.deprivation_life or sentence.deprivation is not None
            if for_life and not sentence.deprivation_life:
                problem = (
                    f"{phrasing.PENALTY_NAMES[sentence.main or 'life']}没有附加剥夺政治权利终身"
                )
            elif (
                security is not None
                and security.covers(charge)
                and sentence.main in ("imprisonment", "detention", "control")
                and not deprived
            ):
                problem = f"{charge}应当附加剥夺政治权利"
            else:
                continue
            yield hit(
                sentence.span,
                values={doc.role or "": None},
                name=person.name.value,
                problem=problem,
            )


@check("SENT-017")
def suspension_not_revoked(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    act = first_act(doc)
    appendix = part(doc, "appendix")
    body = doc.text[: appendix.start if appendix else len(doc.text)]
    if act is None or _REVOKES.search(body):
        return
    for person in people(doc):
        for prior in person.priors:
            if prior.kind != "conviction" or prior.probation is None or prior.date is None:
                continue
            if prior.date.precision != "day" or not prior.date.date < act:
                continue
            # Of several crimes of this case the words say nothing about the earlier one.
            several = len(person.verdicts) > 1 or len(person.charges) > 1
            if not several and _COMBINES.search(body):
                continue
            end = (
                prior.probation_end.date
                if prior.probation_end is not None and prior.probation_end.precision == "day"
                else add_months(prior.date.date, prior.probation.months)
            )
            if act <= end:
                yield hit(
                    prior.span,
                    values={doc.role or "": None},
                    cause=f"revocation:{person.name.value}",
                    name=person.name.value,
                    act=phrasing.day(act),
                    end=phrasing.day(end),
                )


def _months(sentence: Sentence) -> float:
    ranks = {"control": 0.0, "detention": 0.0, "imprisonment": 0.0, "life": 1e4, "death": 2e4}
    return ranks.get(sentence.main or "", 0.0) + sentence.term.months + sentence.term.days / 30


@check("SENT-020")
def accessory_gets_more(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = own(doc)
    heavier = {"recidivist", "recidivist_special", "drug_recidivist", "prior"}
    roles = {
        key: {n for c in told if c.key == key for n in c.persons}
        for key in ("accessory", "principal")
    }
    aggravated = {n for c in told if c.key in heavier for n in c.persons or roles["accessory"]}
    for small in people(doc):
        if small.name.value not in roles["accessory"] or small.name.value in aggravated:
            continue
        for great in people(doc):
            if great.name.value not in roles["principal"]:
                continue
            for charge, mine in small.verdicts.items():
                theirs = next(
                    (s for c, s in great.verdicts.items() if same_charge(c, charge)), None
                )
                if theirs is None or theirs.acquitted or theirs.main is None or mine.main is None:
                    continue
                if _months(mine) > _months(theirs):
                    yield hit(
                        mine.span,
                        theirs.span,
                        values={doc.role or "": phrasing.sentence(mine)},
                        name=small.name.value,
                        other=great.name.value,
                        mine=phrasing.sentence(mine),
                        theirs=phrasing.sentence(theirs),
                    )


@check("SENT-022")
def ban_not_considered(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    rule = group("teaching_ban", issued(doc))
    if rule is None or _BAN.search(doc.text):
        return
    for person in people(doc):
        charged = [c.value for c in person.charges] or list(person.verdicts)
        job = person.occupation
        taught = job is not None and any(word in job.value for word in rule.words)
        if job is not None and taught and any(rule.covers(charge) for charge in charged):
            yield hit(
                job.span,
                values={doc.role or "": None},
                name=person.name.value,
                job=job.value,
                charge="、".join(charged),
            )
