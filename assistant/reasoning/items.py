"""What was asked of a judgment's reasoning, and what came out: one item a question.

The kinds, their possible verdicts, names and scores stand in the table `reasoning_rubric`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from ingestion.model import Span
from knowledge_base.rubric import criteria

Kind = Literal[
    "evidence", "dispute", "argument", "statute", "circumstance", "recommendation", "change"
]
Verdict = Literal[
    "adopted",
    "refused_with_reason",
    "refused_without_reason",
    "ignored",
    "reasoned",
    "named_only",
    "itemised",
    "listed",
    "absent",
    "explained",
    "partial",
    "bare",
    "resolved",
    "asserted",
    "unexplained",
    "open",
]
DecidedBy = Literal["rule", "model", "open"]


class Item(BaseModel):
    """One point the court had to reason: `subject` where it was raised, `answer` the court's words.

    `by` is who raised an argument; `reason` says why an item stayed open, or that rules lean to
    their verdict without being sure (Chinese).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    text: str
    subject: Span
    verdict: Verdict
    answer: Span | None
    decided_by: DecidedBy
    by: str = ""
    reason: str = ""

    @model_validator(mode="after")
    def _of_the_rubric(self) -> Item:
        criteria()[self.kind].verdict(self.verdict)
        return self

    @property
    def unsure(self) -> bool:
        """Rules lean to the verdict: it counts for the level, and never makes a finding."""
        return self.verdict != "open" and bool(self.reason)

    @property
    def score(self) -> int | None:
        """0 nothing, 1 a conclusion or a part, 2 a conclusion with its reason; None open."""
        return criteria()[self.kind].verdict(self.verdict).score

    @property
    def verdict_name(self) -> str:
        """The verdict as a reader sees it."""
        return criteria()[self.kind].verdict(self.verdict).name
