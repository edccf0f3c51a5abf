"""How a judgment reasons: each argument, circumstance and recommendation, and a level.

Rules answer where they are sure. What they leave open goes to the model, most weighty first
and at most `MOST_QUESTIONS`; without a model, or when it fails, it is listed as open and
never counted for or against the court.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from assistant.findings import Finding, NotChecked
from assistant.reasoning import asking, circumstances, recommendation, rules
from assistant.reasoning.candidates import answers_another, select
from assistant.reasoning.findings import finding
from assistant.reasoning.items import VERDICT_NAMES, Item, Level
from ingestion.answers import responses, sentences
from ingestion.answers.responses import Response
from ingestion.model import Argument, CaseDocument, Span

if TYPE_CHECKING:  # its client libraries take seconds to load
    from assistant.model.gateway import Gateway

Progress = Callable[[str, int, int], None]
Show = Callable[[Item], None]

MOST_QUESTIONS = 12
# A list of evidence that was read as the defence's: nothing there wants an answer.
_TITLE_OF_EVIDENCE = re.compile(
    r"[^，。；]{0,16}(?:记录|经过|笔录|照片|证明|清单|报告|材料|凭证|病历|证言|供述)"
)
_SPEAKERS = {"counsel": "辩护人", "defendant": "被告人"}
_NO_MODEL = "规则不能确定，未使用模型"
_NO_ANSWER = "规则不能确定，模型没有给出可用的回答"
_TOO_MANY = "规则不能确定，已达到本案提问上限"


class ReasoningAssessment(BaseModel):
    """The items of one judgment in the order of their kinds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    items: tuple[Item, ...]

    @property
    def open(self) -> list[Item]:
        """What nobody assessed."""
        return [item for item in self.items if item.verdict == "open"]

    @property
    def level(self) -> Level | None:
        """From the mean score of what was assessed; None where there was nothing to reason."""
        scores = [item.score for item in self.items if item.score is not None]
        if not scores:
            return None
        mean = sum(scores) / len(scores)
        if mean == 0:
            return "缺失"
        return "充分" if mean >= 1.75 else "较充分" if mean >= 1.25 else "不充分"

    def findings(self) -> list[Finding]:
        """REAS-002, REAS-004 and REAS-005, for confirmation by a person."""
        return [found for item in self.items if (found := finding(item)) is not None]

    def not_checked(self) -> list[NotChecked]:
        """The open items, as checks that could not be decided."""
        codes = {"argument": "REAS-002", "circumstance": "REAS-004", "recommendation": "REAS-005"}
        return [
            NotChecked(code=codes[item.kind], reason=f"“{item.text}”：{item.reason}")
            for item in self.open
        ]

    def to_json(self) -> dict[str, Any]:
        """Contract key `reasoning`."""
        return {
            "level": self.level,
            "items": [
                {
                    "kind": item.kind,
                    "text": item.text,
                    "verdict": item.verdict,
                    "verdict_name": VERDICT_NAMES[item.verdict],
                    "score": item.score,
                    "decided_by": item.decided_by,
                    "subject": item.subject.model_dump(mode="json"),
                    "quote": item.answer.model_dump(mode="json") if item.answer else None,
                    "reason": item.reason,
                }
                for item in self.items
            ],
            "open": len(self.open),
        }


class _Judge:
    """The state of one assessment: the court's sentences and what may still be asked."""

    def __init__(
        self, doc: CaseDocument, gateway: Gateway | None, cancel: threading.Event | None
    ) -> None:
        self.sentences = sentences.of_court(doc)
        self.responses = responses.find(self.sentences)
        self._doc = doc
        self._points = [self._without_names(a.text) for a in doc.arguments]
        self._gateway = gateway
        self._cancel = cancel
        self._asked = 0

    def _may_ask(self) -> Gateway | None:
        if self._gateway is None or self._asked >= MOST_QUESTIONS:
            return None
        self._asked += 1
        return self._gateway

    def _why_open(self) -> str:
        if self._gateway is None:
            return _NO_MODEL
        return _TOO_MANY if self._asked >= MOST_QUESTIONS else _NO_ANSWER

    def _without_names(self, text: str) -> str:
        """A name in common makes no two texts about the same thing."""
        for defendant in self._doc.defendants:
            text = text.replace(defendant.name.value, "")
        return text

    def _for(self, words: str) -> tuple[list[Span], list[Response]]:
        """The court's words without the answers that it gives to other points."""
        others = [w for w in self._points if w != words]
        given = [
            r
            for r in self.responses
            if not (r.general is None and answers_another(words, others, r))
        ]
        dropped = {s for r in self.responses if r not in given for s in r.sentences}
        return [s for s in self.sentences if s not in dropped], given

    def argument(self, point: Argument) -> Item:
        by = _SPEAKERS[point.by]
        words = self._without_names(point.text)
        court, given = self._for(words)
        decided = rules.decide(words, court, given)
        if decided.sure:
            return _item(point, by, decided.answered, decided.span, "rule")
        near = select(words, court, given)
        gateway = self._may_ask() if near else None
        if gateway is not None:
            reply = asking.argument(gateway, words, near, given, self._cancel)
            if reply is not None:
                return _item(point, by, reply[0], reply[1], "model")
        return _item(point, by, "open", None, "open", self._why_open())

    def circumstance(self, question: circumstances.Question) -> Item:
        subject = question.circumstance.span
        name = question.topic.name
        verdict, span, sure = circumstances.decide(question)
        decided_by = "rule"
        if not sure:
            gateway = self._may_ask()
            reply = asking.circumstance(gateway, question, self._cancel) if gateway else None
            if reply is None:
                return Item(
                    kind="circumstance",
                    text=name,
                    subject=subject,
                    verdict="open",
                    answer=None,
                    decided_by="open",
                    reason=self._why_open(),
                )
            (verdict, span), decided_by = reply, "model"
        if verdict == "named_only" and (told := circumstances.facts_elsewhere(self._doc, question)):
            verdict, span = "reasoned", told
        return Item.model_validate(
            {
                "kind": "circumstance",
                "text": name,
                "subject": subject,
                "verdict": verdict,
                "answer": span,
                "decided_by": decided_by,
            }
        )


def _item(
    point: Argument, by: str, verdict: str, span: Span | None, decided_by: str, reason: str = ""
) -> Item:
    return Item.model_validate(
        {
            "kind": "argument",
            "text": point.text,
            "subject": point.span,
            "verdict": verdict,
            "answer": span,
            "decided_by": decided_by,
            "by": by,
            "reason": reason,
        }
    )


def assess(
    judgment: CaseDocument,
    gateway: Gateway | None,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
    show: Show | None = None,
) -> ReasoningAssessment:
    """Assess a judgment's reasoning; `gateway` None means by rules alone.

    `progress(what, done, total)` is called before each item, `show(item)` after each that the
    model decided. Never raises for what the model does.
    """
    judge = _Judge(judgment, gateway, cancel)
    asked = circumstances.questions(judgment, judge.sentences)
    points = [a for a in judgment.arguments if not _TITLE_OF_EVIDENCE.fullmatch(a.text)]
    total = len(points) + len(asked)
    items: list[Item] = []

    def keep(item: Item) -> None:
        items.append(item)
        if show and item.decided_by == "model":
            show(item)

    for point in points:
        if progress:
            progress("评析说理", len(items), total)
        keep(judge.argument(point))
    for question in asked:
        if progress:
            progress("评析说理", len(items), total)
        keep(judge.circumstance(question))
    if progress:
        progress("评析说理", total, total)
    items += recommendation.assess(judgment)
    return ReasoningAssessment(items=tuple(items))
