"""What came out of assessing a judgment's reasoning: items, level, findings, contract JSON."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.findings import Finding, NotChecked
from assistant.reasoning.exemplary import Passage
from assistant.reasoning.findings import CODES, finding
from assistant.reasoning.items import Item
from knowledge_base.rubric import criteria, level_of


class ReasoningAssessment(BaseModel):
    """The items of one judgment in the order of their kinds, and its best passages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    items: tuple[Item, ...]
    exemplary: tuple[Passage, ...] = ()

    @property
    def open(self) -> list[Item]:
        """What nobody assessed (an open dispute only repeats its argument)."""
        return [item for item in self.items if item.verdict == "open" and item.kind in CODES]

    @property
    def unsure(self) -> list[Item]:
        """What rules lean to and a person should look at."""
        return [item for item in self.items if item.unsure and item.kind in CODES]

    @property
    def scores(self) -> dict[str, float]:
        """Mean score, 0…2, of each criterion that applies and was assessed, in the form's order."""
        found: dict[str, float] = {}
        for kind in criteria():
            scores = [i.score for i in self.items if i.kind == kind and i.score is not None]
            if scores:
                found[kind] = sum(scores) / len(scores)
        return found

    @property
    def mean(self) -> float | None:
        """Mean of the criteria that apply, each counting once; None where none does."""
        scores = self.scores
        return sum(scores.values()) / len(scores) if scores else None

    @property
    def level(self) -> str | None:
        """The level of the table `reasoning_levels`; None where there was nothing to reason."""
        return None if self.mean is None else level_of(self.mean)

    def findings(self) -> list[Finding]:
        """REAS-002, REAS-004 and REAS-005, for confirmation by a person."""
        return [found for item in self.items if (found := finding(item)) is not None]

    def not_checked(self) -> list[NotChecked]:
        """Open items, and those that rules only lean to, as checks that were not decided."""
        return [
            NotChecked(code=CODES[item.kind], reason=f"“{item.text}”：{item.reason}")
            for item in (*self.open, *self.unsure)
        ]

    def to_json(self) -> dict[str, Any]:
        """Contract key `reasoning`."""
        return {
            "level": self.level,
            "mean": None if self.mean is None else round(self.mean, 2),
            "criteria": [
                {
                    "kind": kind,
                    "name": criteria()[kind].name,
                    "question": criteria()[kind].question,
                    "score": round(score, 2),
                }
                for kind, score in self.scores.items()
            ],
            "items": [_row(item) for item in self.items],
            "exemplary": [p.model_dump(mode="json") for p in self.exemplary],
            "open": len(self.open),
            "unsure": len(self.unsure),
        }


def _row(item: Item) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "text": item.text,
        "verdict": item.verdict,
        "verdict_name": item.verdict_name,
        "score": item.score,
        "decided_by": item.decided_by,
        "subject": item.subject.model_dump(mode="json"),
        "quote": item.answer.model_dump(mode="json") if item.answer else None,
        "reason": item.reason,
    }
