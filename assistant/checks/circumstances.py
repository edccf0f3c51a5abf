"""Circumstances of sentencing by themselves: may they stand together, are they rightly told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.casefile import CaseFile
from assistant.checks.age import age_on
from assistant.checks.place import act_day, part, people, sentence_around, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.sentencing.dates import add_months
from ingestion.model import CaseDocument, Circumstance, Defendant, Prior, Span
from knowledge_base import circumstances as rules
from knowledge_base.check_rules import limit

_SURRENDER = ("surrender", "surrender_special")
_NEGLIGENT = re.compile(r"过失|交通肇事|失火|责任事故|玩忽职守")
_SUSPENDED = re.compile(r"[年月][，,]?(?:宣告)?缓刑")
_REVOKED = re.compile(r"撤销")
_NAMED = re.compile(r"(?:系|属|属于|是|构成|具有|认定为)坦白|坦白情节")
_LIGHTER = re.compile(r"拘役|管制|单处罚金|免予")
_IMPRISONMENT = re.compile(r"有期徒刑|无期徒刑|死刑")
_ANSWER = re.compile(r"经查|本院认为|予以采纳|评判如下|查明")
_EFFECT = re.compile(
    r"(应当|可以|应)(?:依法)?(?:予以)?(从轻|减轻|免除|从重)(?:、?(?:或者?)?(从轻|减轻|免除)?)"
)
_AVERTED = re.compile(r"后果|自首|从犯|未遂|中止|立功|未成年|赔偿|谅解|认罪认罚|退")
_WORDS = {"从轻": "lighter", "减轻": "mitigated", "免除": "exempt", "从重": "heavier"}


def own(doc: CaseDocument) -> list[Circumstance]:
    """What the document's own author affirms in its reasoning."""
    speaker = "court" if doc.role == "judgment" else "prosecution"
    return [
        c
        for c in doc.circumstances
        if c.polarity == "affirmed"
        and c.speaker == speaker
        and c.section == "reasoning"
        and not retold(doc, c)
    ]


def retold(doc: CaseDocument, circumstance: Circumstance) -> bool:
    """Whether the court only tells what counsel said, and has not yet answered."""
    reasoning = part(doc, "reasoning")
    if doc.role != "judgment" or reasoning is None:
        return False
    before = doc.text[reasoning.start : circumstance.span.start]
    told = max(
        before.rfind("如下辩护意见"), before.rfind("辩护意见如下"), before.rfind("辩护人提出：")
    )
    return told >= 0 and not _ANSWER.search(before, told)


def of_person(doc: CaseDocument, circumstance: Circumstance, person: Defendant) -> bool:
    """Whether it is said of that person (or of the only one)."""
    if circumstance.persons:
        return person.name.value in circumstance.persons
    return len(doc.defendants) == 1


@check("CIRC-003")
def surrender_and_confession(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        if len(person.charges) > 1 or len(person.verdicts) > 1:
            continue
        mine = [c for c in own(doc) if of_person(doc, c, person)]
        surrender = [c for c in mine if c.key in _SURRENDER and "自首" in c.span.quote]
        confession = [c for c in mine if c.key == "confession" and _NAMED.search(c.span.quote)]
        if surrender and confession:
            yield hit(
                confession[0].span,
                surrender[0].span,
                values={doc.role or "": "自首、坦白"},
                name=person.name.value,
            )


def _counts(prior: Prior) -> bool:
    """Whether an earlier conviction can found recidivism: intent, served imprisonment."""
    words = prior.span.quote
    return (
        prior.kind == "conviction"
        and not _suspended(words)
        and not _NEGLIGENT.search(prior.charge or words)
        and bool(_IMPRISONMENT.search(prior.penalty or words))
    )


def _suspended(words: str) -> bool:
    """Whether the sentence was suspended, and the suspension not revoked."""
    return bool(_SUSPENDED.search(words)) and not _REVOKED.search(words)


def _lighter(prior: Prior) -> bool:
    """Whether its own words show that a conviction cannot found recidivism."""
    words = prior.span.quote
    return bool(
        _suspended(words) or _LIGHTER.search(words) or _NEGLIGENT.search(prior.charge or words)
    )


def _act(doc: CaseDocument) -> date | None:
    told = act_day(doc)
    return told.value.date if told else None


def _recent(doc: CaseDocument, person: Defendant) -> list[Prior]:
    """Convictions that count and whose end lies within the years of the law before the act."""
    act = _act(doc)
    months = limit("recidivism_years") * 12
    return [
        p
        for p in person.priors
        if _counts(p)
        and act is not None
        and (served := _served(doc, p)) is not None
        and served < act <= add_months(served, months)
    ]


def _served(doc: CaseDocument, prior: Prior) -> date | None:
    """The day from which the years of recidivism run: of one on parole, the end of his parole."""
    freed, ended = prior.released, prior.term_end
    if freed is None or freed.precision != "day":
        return None
    parole = _PAROLE.search(doc.text[prior.span.end : prior.span.end + 60])
    return ended.date if parole and ended and ended.precision == "day" else freed.date


def _released(doc: CaseDocument, prior: Prior) -> list[Span]:
    """The day of release, where it stands after the words on the conviction."""
    low = prior.span.end
    found = _FREED.search(doc.text, low, low + 60)
    return [doc.span(found.start(1), found.end())] if found else []


_PAROLE = re.compile(r"^[^。；]{0,40}假释")
_FREED = re.compile(r"(\d{4}年\d{1,2}月\d{1,2}日)[^，。；]{0,6}(?:刑满|释放)")
_TOLD_PRIOR = re.compile(r"曾因|前科|刑满释放|曾被判|因犯|释放证明")


def _before_claim(doc: CaseDocument, claim: Circumstance) -> str:
    """The document without the sentence that claims recidivism itself, nor the appendix."""
    appendix = part(doc, "appendix")
    told = sentence_around(doc, claim.span)
    own_words = doc.text[told.start : told.end] if "曾" not in told.quote else ""
    return doc.text[: appendix.start if appendix else len(doc.text)].replace(own_words, "")


@check("CIRC-005")
def wrongly_recidivist(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        claimed = [c for c in own(doc) if c.key == "recidivist" and of_person(doc, c, person)]
        if not claimed:
            continue
        if not any(p.kind == "conviction" for p in person.priors):
            if _TOLD_PRIOR.search(_before_claim(doc, claimed[0])):
                yield Undecided(f"无法判断：{person.name.value}的前科情况未能读出")
            else:
                yield hit(
                    claimed[0].span,
                    person.name.span,
                    values={doc.role or "": "累犯"},
                    cause=f"recidivist:{person.name.value}",
                    confidence=0.8,
                    name=person.name.value,
                    problem="全文没有前罪记载",
                )
        elif not any(_counts(p) for p in person.priors):
            convictions = [p for p in person.priors if p.kind == "conviction"]
            if not all(_lighter(p) for p in convictions):
                yield Undecided(f"无法判断：{person.name.value}前罪的刑种、刑期未能读出")
                continue
            yield hit(
                claimed[0].span,
                convictions[0].span,
                values={doc.role or "": "累犯"},
                cause=f"recidivist:{person.name.value}",
                confidence=0.7,
                name=person.name.value,
                problem="所列前罪不是被判处有期徒刑以上刑罚（实刑）的故意犯罪",
            )


@check("CIRC-006")
def recidivist_left_out(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    act = _act(doc)
    appendix = part(doc, "appendix")
    body = doc.text[: appendix.start if appendix else len(doc.text)]
    for person in people(doc):
        age = age_on(person, act)
        if age is not None and age < limit("minor_age"):
            continue
        recent = _recent(doc, person)
        named = [c for c in doc.circumstances if c.key.startswith("recidivist")]
        charged = [c.value for c in person.charges] or list(person.verdicts)
        light = bool(charged) and all(_NEGLIGENT.search(c) or c == "危险驾驶罪" for c in charged)
        sentence = person.sentence
        imprisonment = doc.role != "judgment" or (
            sentence is not None and sentence.main in ("imprisonment", "life", "death")
        )
        if recent and not named and "累犯" not in body and imprisonment and not light:
            yield hit(
                recent[0].span,
                *_released(doc, recent[0]),
                values={doc.role or "": None},
                severity=None if doc.role == "judgment" else ("moderate" if own(doc) else "minor"),
                cause=f"recidivist:{person.name.value}",
                name=person.name.value,
                released=recent[0].released.date.isoformat() if recent[0].released else "",
                act=act.isoformat() if act else "",
            )


@check("CIRC-013")
def direction_words(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = own(doc)
    for circumstance in told:
        rule = rules.rule(circumstance.key)
        if rule is None or not rule.directions or rule.strength == "discretionary":
            continue
        sentence = sentence_around(doc, circumstance.span)
        others = {
            c.key
            for c in told
            if sentence.start <= c.span.start < sentence.end and c.key != circumstance.key
        }
        effect = _EFFECT.search(sentence.quote, circumstance.span.end - sentence.start)
        if others or effect is None:
            continue
        word = "must" if effect[1].startswith("应") else "may"
        directions = [_WORDS[w] for w in re.findall("从轻|减轻|免除|从重", effect[0])]
        wrong = [d for d in directions if d not in rule.directions]
        # The law lets a confession lead below the tier only for what it averted.
        if circumstance.key == "confession" and not _AVERTED.search(sentence.quote):
            wrong += [d for d in directions if d == "mitigated" and d not in wrong]
        stronger = word == "must" and rule.strength == "may"
        weaker = word == "may" and rule.strength == "must"
        if wrong or weaker or (stronger and effect[1] == "应当"):
            place = doc.span(sentence.start + effect.start(), sentence.start + effect.end())
            yield hit(
                place,
                circumstance.span,
                values={doc.role or "": effect[0]},
                severity=None if wrong or weaker else "minor",
                what=rule.name,
                written=effect[0],
                law=rule.effect,
            )
