"""All that is said of the sentences of one case: each charge, their combination, like cases."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.sentencing import distribution
from assistant.sentencing.combination import combine
from assistant.sentencing.model import SentencingOpinion
from assistant.sentencing.opinion import opine
from ingestion.model import CaseDocument
from knowledge_base.local_thresholds import LocalThreshold


def work_out(
    doc: CaseDocument,
    other: CaseDocument | None = None,
    local: Sequence[LocalThreshold] = (),
) -> list[SentencingOpinion]:
    """The opinions of `opine`, those of `combine` after them, each with what courts did."""
    opinions = opine(doc, other, local)
    distribution.beside(doc, opinions)
    return opinions + combine(doc, opinions)
