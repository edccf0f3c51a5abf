"""The words by which a judgment names the tier, against the penalty it pronounces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant import phrasing
from assistant.checks.penalty_kinds import law_text
from assistant.checks.place import part, people, search, sentence_around
from assistant.checks.registry import Hit, hit
from ingestion.model import CaseDocument, Span, Term
from ingestion.numerals import read_term

_WORD = re.compile(r"(?:数额|数量|情节)特别(?:巨大|严重|恶劣)|数额巨大|情节严重|情节恶劣")
_TIER = re.compile(
    r"(?P<words>[^；。]*?)[，,]?处(?P<low>[一二三四五六七八九十]+年)以上[一二三四五六七八九十]*(?:年以下)?有期徒刑"
)
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
_BELOW_LAW = re.compile(r"法定刑以下|最高人民法院核准|免予刑事处罚")


def tier_word(doc: CaseDocument) -> Span | None:
    """The words of the reasons that choose a tier."""
    reasoning = part(doc, "reasoning")
    return search(doc, _WORD, reasoning.start, reasoning.end) if reasoning is not None else None


def far_below(doc: CaseDocument) -> Iterator[Hit]:
    """Penalties more than one tier under the one whose words the court uses of the act.

    By mitigation they may go one tier down (Criminal Law 63). Only where all who are convicted of
    the charge got as little: of several persons the words may be said of another.
    """
    reasoning = part(doc, "reasoning")
    if doc.role != "judgment" or reasoning is None or _BELOW_LAW.search(doc.text):
        return
    quoted = [m.span() for m in _QUOTED.finditer(doc.text, reasoning.start, reasoning.end)]
    for found in _WORD.finditer(doc.text, reasoning.start, reasoning.end):
        span = doc.span(found.start(), found.end())
        charge = _charge_of(doc, span)
        if charge is None or any(a <= span.start < b for a, b in quoted):
            continue
        held = [(p, p.verdicts[charge]) for p in people(doc) if charge in p.verdicts]
        low, next_low = _lows(doc, charge, found[0])
        kinds = ("imprisonment", "detention", "control")
        if low is None or next_low is None or any(s.main not in kinds for _, s in held):
            continue
        if held and all(s.term < Term(months=next_low) for _, s in held):
            penalty = phrasing.term(held[0][1].term)
            yield hit(
                span,
                *(s.span for _, s in held),
                values={"judgment": penalty},
                name="、".join(p.name.value for p, _ in held),
                charge=charge,
                penalty=f"判处{penalty}",
                reason=f"写明“{found[0]}”，该幅度最低{phrasing.term(Term(months=low))}，减轻处罚也只能在下一个幅度内",
            )
            return


def _charge_of(doc: CaseDocument, word: Span) -> str | None:
    """The charge of which the words are said: named in the sentence, else the only one."""
    convicted = {name for person in people(doc) for name in person.verdicts}
    sentence = sentence_around(doc, word)
    named = [name for name in convicted if name in doc.text[word.end : sentence.end]]
    if len(named) == 1:
        return named[0]
    return next(iter(convicted)) if len(convicted) == 1 else None


def _lows(doc: CaseDocument, charge: str, word: str) -> tuple[int | None, int | None]:
    """Least months of the tier of these words, and of the tier under it that has a least."""
    text = law_text(doc, charge)
    tiers = {m["words"]: read_term(m["low"]).months for m in _TIER.finditer(text or "")}
    low = next((months for words, months in tiers.items() if word in words), None)
    under = [months for months in tiers.values() if low is not None and months < low]
    return low, max(under, default=None)
