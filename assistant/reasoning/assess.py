"""How a judgment reasons: each argument, circumstance and recommendation, and a level.

Rules answer where they are sure. What they are not sure of goes to the model, at most
`MOST_QUESTIONS`, unless it was measured to be no better there than what rules lean to
(knowledge_base/tables/model_questions.yaml): then, and without a model, that is the verdict, for
a person to confirm, and makes no finding. What a model was asked and did not answer stays open
and counts neither way.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.reasoning import (
    asking,
    change,
    circumstances,
    dispute,
    evidence,
    recommendation,
    rules,
    statute,
)
from assistant.reasoning.assessment import ReasoningAssessment
from assistant.reasoning.candidates import answers_another, select
from assistant.reasoning.exemplary import passages
from assistant.reasoning.items import Item
from ingestion.answers import responses, sentences
from ingestion.answers.responses import Response
from ingestion.model import Argument, CaseDocument, Span
from knowledge_base.model_questions import asks

if TYPE_CHECKING:  # its client libraries take seconds to load
    from assistant.model.gateway import Gateway

Progress = Callable[[str, int, int], None]
Show = Callable[[Item], None]

MOST_QUESTIONS = 12
# Kinds of questions in the table `model_questions`; of arguments by what rules lean to.
ARGUMENT, CIRCUMSTANCE = "argument", "circumstance"
# A list of evidence that was read as the defence's: nothing there wants an answer.
_TITLE_OF_EVIDENCE = re.compile(
    r"[^，。；]{0,16}(?:记录|经过|笔录|照片|证明|清单|报告|材料|凭证|病历|证言|供述)"
)
_SPEAKERS = {"counsel": "辩护人", "defendant": "被告人"}
_LEANS = "规则倾向于此，并不确定，请人工核对"
_NO_ANSWER = "规则不能确定，模型没有给出可用的回答"
_TOO_MANY = "规则不能确定，已达到本案提问上限"


class Judge:
    """The state of one assessment: the court's sentences and what may still be asked."""

    def __init__(
        self,
        doc: CaseDocument,
        gateway: Gateway | None,
        cancel: threading.Event | None,
        always: bool = False,
    ) -> None:
        """`always` asks whatever the table says of this model: to measure it."""
        self.sentences = sentences.of_court(doc)
        self.responses = responses.find(self.sentences)
        self._doc = doc
        self._points = [self._without_names(a.text) for a in doc.arguments]
        self._gateway = gateway
        self._cancel = cancel
        self._always = always
        self._asked = 0

    @cached_property
    def _model_hash(self) -> str | None:
        return self._gateway.endpoint.model_hash() if self._gateway else None

    def _asks(self, question: str) -> bool:
        if self._gateway is None:
            return False
        return self._always or asks(question, self._model_hash)

    def _may_ask(self) -> Gateway | None:
        if self._asked >= MOST_QUESTIONS:
            return None
        self._asked += 1
        return self._gateway

    def _why_open(self) -> str:
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
        if not near or not self._asks(f"{ARGUMENT}_{decided.answered}"):
            return _item(point, by, decided.answered, decided.span, "rule", _LEANS)
        gateway = self._may_ask()
        reply = asking.argument(gateway, words, near, given, self._cancel) if gateway else None
        if reply is None:
            return _item(point, by, "open", None, "open", self._why_open())
        return _item(point, by, reply[0], reply[1], "model")

    def circumstance(self, question: circumstances.Question) -> Item:
        subject = question.circumstance.span
        name = question.topic.name
        verdict, span, sure = circumstances.decide(question)
        decided_by, reason = "rule", "" if sure else _LEANS
        if not sure and self._asks(CIRCUMSTANCE):
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
            (verdict, span), decided_by, reason = reply, "model", ""
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
                "reason": reason,
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
    judge = Judge(judgment, gateway, cancel)
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
    arguments = [item for item in items if item.kind == "argument"]
    items = [
        *evidence.assess(judgment),
        *dispute.assess(arguments, judge.responses),
        *arguments,
        *statute.assess(judgment),
        *(item for item in items if item.kind == "circumstance"),
        *recommendation.assess(judgment),
        *change.assess(judgment),
    ]
    exemplary = passages(judgment, items, judge.responses)
    return ReasoningAssessment(items=tuple(items), exemplary=tuple(exemplary))
