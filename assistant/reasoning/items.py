"""What was asked of a judgment's reasoning, and what came out: one item a question."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from ingestion.model import Span

Kind = Literal["argument", "circumstance", "recommendation"]
Verdict = Literal[
    "adopted",
    "refused_with_reason",
    "refused_without_reason",
    "ignored",
    "reasoned",
    "named_only",
    "open",
]
DecidedBy = Literal["rule", "model", "open"]
Level = Literal["充分", "较充分", "不充分", "缺失"]

# 0 nothing, 1 a conclusion, 2 a conclusion with its reason.
SCORES: dict[Verdict, int | None] = {
    "adopted": 2,
    "refused_with_reason": 2,
    "refused_without_reason": 1,
    "ignored": 0,
    "reasoned": 2,
    "named_only": 1,
    "open": None,
}
VERDICT_NAMES: dict[Verdict, str] = {
    "adopted": "采纳",
    "refused_with_reason": "不采纳，已说明理由",
    "refused_without_reason": "不采纳，未说明理由",
    "ignored": "未回应",
    "reasoned": "有事实依据",
    "named_only": "只写名称",
    "open": "未能判断",
}


class Item(BaseModel):
    """One point the court had to reason: `subject` where it was raised, `answer` the court's words.

    `by` is who raised an argument; `reason` says why an item stayed open (Chinese).
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

    @property
    def score(self) -> int | None:
        return SCORES[self.verdict]
