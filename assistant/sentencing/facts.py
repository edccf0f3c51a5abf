"""What a document says that matters for one person's sentence on one charge.

Only the document's own finding counts: the court's in a judgment, the prosecution's in an
indictment. Claims of the defence are never read here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from assistant.sentencing import casualties
from assistant.sentencing.dates import age_on
from assistant.sentencing.weights import GRAMS
from ingestion.model import Amount, CaseDocument, Defendant, SectionKind, Span, Speaker
from ingestion.totals import crime_total
from knowledge_base import charges, circumstances
from knowledge_base.crimes import CrimeRule, Tier, drug_near
from knowledge_base.local_thresholds import LocalThreshold

_SENTENCE = re.compile(r"[^。；;\n]+[。；;\n]?")
_NEGATED = re.compile(r"(?:未|没有|无|不构成|不属于?|并非|不是|尚未|不能认定)[^，。；]{0,4}$")
_MEASURE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:余|多)?(毫克|千克|公斤|克|mg|kg|g)(?!/)")
_NEAR = 16  # characters before a figure in which the word for it stands
_LIGHT = re.compile(r"犯罪情节轻微|犯罪较轻|罪行较轻")
_REFUSED = re.compile(r"不予采纳|不能成立|辩护人|不属于|并非|不予支持")
_SHARED_OUT = re.compile(r"分(?:得|赃|到)[^，。；]{0,8}$")
_ROLE_KEYS = frozenset({"accessory", "principal", "coerced", "ring_leader", "instigator"})


@dataclass(frozen=True)
class Found:
    """Words that speak for a tier (number from 1)."""

    tier: int
    word: str
    span: Span
    certain: bool = True


@dataclass(frozen=True)
class Story:
    """The facts as found and the reasoning up to the law it cites, as one text.

    `parts`: where each part begins in `text`, and where in the document.
    """

    text: str = ""
    parts: tuple[tuple[int, int], ...] = ()

    def place(self, start: int) -> int:
        """Offset in the document of an offset in the text."""
        begin, there = self.parts[bisect_right(self.parts, start, key=lambda p: p[0]) - 1]
        return there + start - begin


@dataclass
class Facts:
    """Everything the steps need; amounts in fen, `drugs` as shares of 数量大 (low, high)."""

    offence: date | None
    decided: date | None
    circumstances: dict[str, Span] = field(default_factory=dict)
    shared: set[str] = field(default_factory=set)
    amount: tuple[int, int] | None = None
    amount_spans: tuple[Span, ...] = ()
    amount_shared: bool = False
    drug_shares: tuple[float, float] | None = None
    fairly: float | None = None
    drug_spans: tuple[Span, ...] = ()
    words: list[Found] = field(default_factory=list)
    facts: list[Found] = field(default_factory=list)
    reduced: set[int] = field(default_factory=set)
    counts: int = 0
    unit: bool = False
    light: Span | None = None
    story: Story = Story()
    local: tuple[LocalThreshold, ...] = ()


def voice(doc: CaseDocument) -> Speaker:
    """Whose finding the document is."""
    if doc.type == "judgment":
        return "court"
    return "police" if doc.type == "opinion" else "prosecution"


def offence_date(doc: CaseDocument) -> date | None:
    """Day of the first act, where the document tells it to the day."""
    stated = doc.dates.get("offence")
    if stated is not None and stated.value.precision == "day":
        return stated.value.date
    days = [f.date.date for f in doc.facts if f.date is not None and f.date.precision == "day"]
    return min(days, default=None)


def issue_date(doc: CaseDocument) -> date | None:
    for key in ("issued", "trial", "prosecuted"):
        if key in doc.dates:
            return doc.dates[key].value.date
    return None


def gather(
    doc: CaseDocument,
    defendant: Defendant,
    charge: str,
    rule: CrimeRule | None,
    without: Collection[str] = (),
) -> Facts:
    """Read the document once for that person and charge.

    `without`: keys of circumstances that are taken not to hold, whatever the document says.
    """
    facts = Facts(offence_date(doc), issue_date(doc), unit=defendant.unit)
    _circumstances(doc, defendant, facts, without)
    if rule is None:
        return facts
    if rule.basis == "amount":
        _amount(doc, defendant, rule, facts)
    if rule.basis == "drugs":
        _drugs(doc, facts)
    facts.story = tale(doc)
    _tier_words(doc, defendant, charge, rule, facts)
    _casualties(doc, rule, facts)
    return facts


def _casualties(doc: CaseDocument, rule: CrimeRule, facts: Facts) -> None:
    """Dead and seriously injured, where the crime's tiers turn on their number."""
    if not any(tier.casualties for tier in rule.tiers):
        return
    toll = casualties.count(facts.story.text)
    for number, tier in enumerate(rule.tiers, 1):
        if any(casualties.reaches(toll, c, facts.story.text) for c in tier.casualties):
            start = facts.story.place(toll.at)
            span = doc.span(start, start + len(toll.words))
            facts.facts.append(Found(number, toll.words, span))


def _circumstances(
    doc: CaseDocument, defendant: Defendant, facts: Facts, without: Collection[str]
) -> None:
    alone = len(doc.defendants) == 1
    name = defendant.name.value
    denied = set(without)
    for item in doc.circumstances:
        if item.speaker != voice(doc) or item.section in ("defence", "appendix", "statutes"):
            continue
        if item.persons and name not in item.persons:
            continue
        unnamed = not item.persons and not alone
        if unnamed and item.key in _ROLE_KEYS:
            continue
        if item.polarity == "denied":
            denied.add(item.key)
            continue
        facts.circumstances.setdefault(item.key, item.span)
        if unnamed:
            facts.shared.add(item.key)
    for key in denied:
        facts.circumstances.pop(key, None)
    if doc.plea_leniency is not None and doc.plea_leniency.value and alone:
        facts.circumstances.setdefault("plea_leniency", doc.plea_leniency.span)
    _age(defendant, facts)
    if not any(k in facts.circumstances for k in ("recidivist", "recidivist_special")):
        convicted = next((p for p in defendant.priors if p.kind == "conviction"), None)
        if convicted is not None:
            facts.circumstances.setdefault("prior", convicted.span)
    for key in without:
        facts.circumstances.pop(key, None)


def _age(defendant: Defendant, facts: Facts) -> None:
    if defendant.birth is None or facts.offence is None:
        return
    age = age_on(defendant.birth.value, facts.offence)
    keys = circumstances.for_age(age) if age is not None else ()
    for key in keys:
        facts.circumstances.setdefault(key, defendant.birth.span)


# A court often finds no more than that the accusation is true: then its words count.
_SOURCES: tuple[tuple[SectionKind, ...], ...] = (("facts", "reasoning"), ("accusation",))


_CITED = re.compile(r"(?:依照|根据|依据|按照)?《中华人民共和国")


def tale(doc: CaseDocument) -> Story:
    kinds: tuple[SectionKind, ...] = ("facts", "accusation", "reasoning")
    text, parts = "", []
    for section in doc.sections_of(*kinds):
        quote = section.span.quote
        cited = _CITED.search(quote) if section.kind == "reasoning" else None
        parts.append((len(text), section.span.start))
        text += (quote[: cited.start()] if cited else quote) + "\n"
    return Story(text, tuple(parts))


def _story(doc: CaseDocument) -> list[Span]:
    """Sentences of the facts as found, with those of the accusation where they stand alone."""
    return [*_sentences(doc, "facts"), *_sentences(doc, "accusation")]


def _amount(doc: CaseDocument, defendant: Defendant, rule: CrimeRule, facts: Facts) -> None:
    """The sum of the crime: what is called a total, else between the largest and the sum.

    Where one person answers for one charge, the figures of the facts are added up.
    """
    alone = len(doc.defendants) == 1 and len(charge_names(defendant)) == 1
    if alone and not rule.amount_near and _added_up(doc, facts):
        return
    sums = [a for a in doc.amounts if a.currency == "CNY" and _measures(doc, rule, a)]
    for kinds in _SOURCES:
        own = [a for a in sums if a.section in kinds]
        if rule.amount_near and own:
            # The word before it makes it the measure, whatever part it plays in the story.
            _take(facts, own, True, False)
            return
        named = [a for a in own if _names(doc, defendant, a)]
        for roles in (("person", "total"), ("count",), ("item",)):
            for pool, shared in ((named, False), (own, len(doc.defendants) > 1)):
                found = [a for a in pool if a.role in roles]
                if "total" not in roles:
                    # A sum in the reasoning is often the law's own figure.
                    found = [a for a in found if a.section != "reasoning"]
                if found:
                    _take(facts, found, roles[0] == "person", shared)
                    return


def _added_up(doc: CaseDocument, facts: Facts) -> bool:
    for section in (*doc.sections_of("facts"), *doc.sections_of("accusation")):
        total = crime_total(section.span.quote)
        if total is not None:
            start = section.span.start
            facts.amount = (total.fen, total.fen)
            facts.amount_spans = tuple(
                doc.span(start + low, start + high) for low, high in total.spans
            )
            return True
    return False


def _take(facts: Facts, found: list[Amount], is_total: bool, shared: bool) -> None:
    """A sum that is only known for all defendants together is no more than an upper bound."""
    sums = sorted({a.fen for a in found})
    low = 0 if shared else sums[-1]
    facts.amount = (low, sums[-1] if is_total else sum(sums))
    facts.amount_spans = tuple(a.span for a in found[:4])
    facts.amount_shared = shared


def _measures(doc: CaseDocument, rule: CrimeRule, amount: Amount) -> bool:
    """Not a share of the loot, and after the crime's own word where it has one."""
    before = doc.text[max(0, amount.span.start - _NEAR) : amount.span.start]
    before = before[max(before.rfind(mark) for mark in "，。；\n") + 1 :]
    if _SHARED_OUT.search(before):
        return False
    return not rule.amount_near or any(word in before for word in rule.amount_near)


def _names(doc: CaseDocument, defendant: Defendant, amount: Amount) -> bool:
    if len(doc.defendants) == 1:
        return True
    start = max(doc.text.rfind(mark, 0, amount.span.start) for mark in "。；\n")
    return defendant.name.value in doc.text[start + 1 : amount.span.end]


def _sentences(doc: CaseDocument, *kinds: SectionKind) -> Iterator[Span]:
    for section in doc.sections_of(*kinds):
        for match in _SENTENCE.finditer(doc.text, section.span.start, section.span.end):
            if match[0].strip():
                yield doc.span(match.start(), match.end())


def _drugs(doc: CaseDocument, facts: Facts) -> None:
    """Quantity as a share of 数量大: between the largest single mention and the sum of all."""
    for kinds in (*_SOURCES, ("evidence",)):
        shares: dict[tuple[str, float], float] = {}
        spans: list[Span] = []
        for section in doc.sections_of(*kinds):
            for match in _MEASURE.finditer(section.span.quote):
                drug = drug_near(section.span.quote, match.start()) or drug_near(doc.text, 0)
                grams = float(match[1]) * GRAMS[match[2]]
                if drug is None or grams <= 0:
                    continue
                shares[(drug.name, grams)] = grams / drug.large
                facts.fairly = drug.fairly / drug.large
                at = section.span.start + match.start()
                spans.append(doc.span(at, at + len(match[0])))
        if shares:
            facts.drug_shares = (max(shares.values()), sum(shares.values()))
            facts.drug_spans = tuple(spans[:6])
            return


def _find(doc: CaseDocument, sentence: Span, word: str) -> Span | None:
    at = sentence.quote.find(word)
    while at >= 0:
        if not _NEGATED.search(sentence.quote[:at]):
            start = sentence.start + at
            return doc.span(start, start + len(word))
        at = sentence.quote.find(word, at + 1)
    return None


def _tier_words(
    doc: CaseDocument, defendant: Defendant, charge: str, rule: CrimeRule, facts: Facts
) -> None:
    reasoning = list(_sentences(doc, "reasoning"))
    about = _about(doc, reasoning, defendant, charge)
    facts.light = _light(doc, about)
    for sentence in about:
        facts.words += _hits(doc, sentence, rule, lambda t: t.words)
    story = _story(doc)
    text = "".join(s.quote for s in story)
    for sentence in story:
        for hit in _hits(doc, sentence, rule, lambda t: t.facts):
            tier = rule.tiers[hit.tier - 1]
            sure = not tier.facts_with or any(w in text for w in tier.facts_with)
            facts.facts.append(Found(hit.tier, hit.word, hit.span, sure))
    facts.counts = max((f.number for f in doc.facts), default=0)
    for number, tier in enumerate(rule.tiers, 1):
        if tier.reduced is None:
            continue
        before = tier.reduced.prior and any(
            p.kind == "conviction" and p.charge and charges.same_charge(p.charge, charge)
            for p in defendant.priors
        )
        if before or any(word in text for word in tier.reduced.facts):
            facts.reduced.add(number)


def _light(doc: CaseDocument, sentences: list[Span]) -> Span | None:
    """Where the document itself finds the crime a light one; 情节较轻 is a matter of probation."""
    for sentence in sentences:
        match = _LIGHT.search(sentence.quote)
        if match and not _REFUSED.search(sentence.quote):
            return doc.span(sentence.start + match.start(), sentence.start + match.end())
    return None


def _hits(
    doc: CaseDocument,
    sentence: Span,
    rule: CrimeRule,
    words: Callable[[Tier], tuple[str, ...]],
) -> Iterator[Found]:
    for number, tier in enumerate(rule.tiers, 1):
        spans = ((word, _find(doc, sentence, word)) for word in words(tier))
        hit = next(((word, span) for word, span in spans if span is not None), None)
        if hit is not None:
            yield Found(number, *hit)


def _about(
    doc: CaseDocument, sentences: list[Span], defendant: Defendant, charge: str
) -> list[Span]:
    """Sentences of the reasoning on this charge and person; wider where none says both."""
    name = defendant.name.value
    bare = charge.removesuffix("罪")
    several = len(charge_names(defendant)) > 1
    on_charge = [s for s in sentences if bare in s.quote] if several else sentences
    chosen = on_charge or sentences
    if len(doc.defendants) > 1:
        mine = [s for s in chosen if name in s.quote]
        return mine or chosen
    return chosen


def charge_names(defendant: Defendant) -> list[str]:
    """The document's charges for a person, one a family, as written."""
    written = [*(c.value for c in defendant.charges), *defendant.verdicts]
    chosen: list[str] = []
    for name in written:
        if not any(charges.same_charge(name, other) for other in chosen):
            chosen.append(name)
    return chosen
