"""All that is said of the sentences of one case: each charge, their combination, like cases."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.sentencing import advice, distribution
from assistant.sentencing.combination import combine
from assistant.sentencing.model import SentencingOpinion
from assistant.sentencing.opinion import opine
from ingestion.model import CaseDocument
from knowledge_base.local_thresholds import LocalThreshold


def work_out(
    doc: CaseDocument,
    other: CaseDocument | None = None,
    local: Sequence[LocalThreshold] = (),
    advised: CaseDocument | None = None,
) -> list[SentencingOpinion]:
    """The opinions of `opine`, and those of `combine` after them.

    Each of the first is held against the recommendation (`advised`: the document made for
    it, else what the others tell of it), and has beside it what courts did in like cases.
    """
    opinions = opine(doc, other, local)
    judgment = next((d for d in (other, doc) if d is not None and d.type == "judgment"), None)
    advice.beside(opinions, (advised, doc, judgment), judgment)
    distribution.beside(doc, opinions)
    return opinions + combine(doc, opinions)
