"""What if a circumstance does not hold? The same working out, with it taken away."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.sentencing import advice
from assistant.sentencing.arithmetic import has_ratio
from assistant.sentencing.facts import charge_names, gather
from assistant.sentencing.model import SentencingOpinion
from assistant.sentencing.opinion import opine_on
from assistant.sentencing.steps import ratio
from ingestion.model import CaseDocument, Defendant, Span
from knowledge_base import circumstances
from knowledge_base.local_thresholds import LocalThreshold


@dataclass(frozen=True)
class Switch:
    """A circumstance that the document finds for a person; `effect` in Chinese.

    `on` False: it is taken not to hold.
    """

    key: str
    name: str
    effect: str
    span: Span
    on: bool


@dataclass(frozen=True)
class Supposition:
    """The opinion on one person and charge under the switches as they are set."""

    opinion: SentencingOpinion
    switches: tuple[Switch, ...]


def suppose(
    doc: CaseDocument,
    person: str,
    charge: str,
    without: Collection[str],
    *,
    judgment: CaseDocument | None = None,
    advised: CaseDocument | None = None,
    local: Sequence[LocalThreshold] = (),
) -> Supposition | None:
    """The sentence of a person for a charge worked out without the circumstances `without`.

    `doc` is the document the working out rests on, `judgment` and `advised` what it is held
    against. None where the document does not accuse that person of that charge. Keys that
    the document does not find change nothing.
    """
    defendant = doc.defendant(person)
    if defendant is None or charge not in charge_names(defendant):
        return None
    judged = judgment or (doc if doc.type == "judgment" else None)
    opinion = opine_on(doc, defendant, charge, judged, tuple(local), without)
    advice.beside([opinion], (advised, doc, judged), judged)
    return Supposition(opinion, _switches(doc, defendant, charge, without))


def _switches(
    doc: CaseDocument, defendant: Defendant, charge: str, without: Collection[str]
) -> tuple[Switch, ...]:
    """Those found; and what comes to count in their place, a prior conviction for one."""
    rules = circumstances.all()
    found = gather(doc, defendant, charge, None).circumstances
    for left in ((), *((key,) for key in without)):
        others = [key for key in without if key not in left]
        found |= gather(doc, defendant, charge, None, others).circumstances
    return tuple(
        Switch(
            key,
            rules[key].name,
            "，".join(
                part
                for part in (rules[key].effect, ratio(rules[key]) if has_ratio(rules[key]) else "")
                if part
            ),
            span,
            key not in without,
        )
        for key, span in found.items()
        if key in rules
    )
