"""Who answers the questions: rules, the product's path with a model, a model asked naively."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

from assistant.model import Endpoint
from assistant.model.gateway import Gateway
from assistant.model.memory import Memory
from assistant.reasoning import asking, circumstances
from assistant.reasoning.assess import Judge, assess
from assistant.reasoning.items import Item
from eval_sets.reasoning.questions import Case, Question, labels
from ingestion.model import Circumstance, Span
from knowledge_base.rubric import criteria
from knowledge_base.topics import table

_WORST = ("bare", "partial", "explained")


@dataclass
class Given:
    """An answer. `sure`: rules would stand by it. `asked`: it is a model's own."""

    verdict: str
    sure: bool = True
    asked: bool = False


@dataclass
class Cost:
    """What the answers took; tokens as the server counted them, seconds by our clock."""

    calls: int = 0
    prompt_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0
    failed: int = 0


class Answerer(Protocol):
    """Answers all questions of a document, in their order; None where one cannot be found."""

    cost: Cost

    def answer(self, case: Case) -> list[Given | None]: ...


@dataclass
class ByProduct:
    """Rules, and where they are unsure the model of the gateway as the product asks it.

    `always`: also where the table says that this model is not asked, to measure just that.
    """

    gateway: Gateway | None = None
    always: bool = False
    cost: Cost = field(default_factory=Cost)

    def answer(self, case: Case) -> list[Given | None]:
        judge = Judge(case.doc, self.gateway, None, always=self.always)
        items = assess(case.doc, None).items
        return [self._one(case, question, judge, items) for question in case.questions]

    def count(self) -> None:
        """Bring `cost` up to what the gateway has recorded."""
        if self.gateway is not None:
            total = self.gateway.totals()
            self.cost = Cost(
                total["calls"],
                total["prompt_tokens"],
                total["output_tokens"],
                total["seconds"],
                total["dropped"],
            )

    def _one(
        self, case: Case, question: Question, judge: Judge, items: tuple[Item, ...]
    ) -> Given | None:
        if question.kind == "argument":
            item = judge.argument(case.argument(question))
            if item.verdict == "open":
                leaning = case.judge.argument(case.argument(question))
                return Given(leaning.verdict, sure=False)
            return Given(item.verdict, not item.unsure, item.decided_by == "model")
        if question.kind == "circumstance":
            return self._circumstance(case, question)
        found = [item.verdict for item in items if item.kind == question.kind]
        if not found:
            return Given("none")
        return Given(min(found, key=_WORST.index) if question.kind == "statute" else found[0])

    def _circumstance(self, case: Case, question: Question) -> Given | None:
        asked = mention(case, question)
        if asked is None:
            return None
        verdict, _, sure = circumstances.decide(asked)
        if not sure and self.gateway is not None and self.always:
            reply = asking.circumstance(self.gateway, asked)
            if reply is not None:
                return Given(reply[0], sure=False, asked=True)
        return Given(verdict, sure)


def mention(case: Case, question: Question) -> circumstances.Question | None:
    """The labelled mention of a circumstance, found again in the document as it is read."""
    doc, sentences = case.doc, case.judge.sentences
    topic = table().get(question.topic or "") or next(
        (t for t in table().values() if t.name == question.words), None
    )
    nth = case.text[: question.start].count(question.words)
    places = [i for i in range(len(doc.text)) if doc.text.startswith(question.words, i)]
    if topic is None or nth >= len(places):
        return None
    at = places[nth]
    index = next((i for i, s in enumerate(sentences) if s.start <= at < s.end), None)
    if index is None:
        return None
    named = Circumstance(
        key=topic.key,
        polarity="affirmed",
        speaker="court",
        section="reasoning",
        persons=(),
        span=doc.span(at, at + len(question.words)),
    )
    around: tuple[Span, ...] = tuple(sentences[max(index - 1, 0) : index + 1])
    return circumstances.Question(named, topic, around)


_NAIVE = "你是刑事案件评查员。阅读判决书全文，回答各个问题，每题从给出的选项中选一个。"
_TIMEOUT = 1800.0


@dataclass
class Naive:
    """The model asked the way one would first try: the whole document, all its questions, one
    prompt, no examples; only the answers' form is constrained.

    What it said is kept in `memory`, with what it took, so that a run broken off goes on where
    it stood; what failed is asked again.
    """

    endpoint: Endpoint
    memory: Memory
    cost: Cost = field(default_factory=Cost)

    def answer(self, case: Case) -> list[Given | None]:
        body = self._body(case)
        sent = json.dumps([self.endpoint.model_hash(), body], sort_keys=True)
        key = hashlib.sha256(f"naive {sent}".encode()).hexdigest()
        kept = self.memory.find(key)
        if kept is None and (kept := self._ask(body)) is not None:
            self.memory.keep(key, kept)
        values = self._counted(kept)
        return [
            Given(str(values.get(f"q{n}", "")), asked=True)
            for n, _ in enumerate(case.questions, start=1)
        ]

    def _ask(self, body: dict[str, Any]) -> str | None:
        """What came back and the seconds it took, as JSON; None where nothing did."""
        began = time.monotonic()
        try:
            with httpx.Client(timeout=_TIMEOUT, trust_env=False) as http:
                reply = http.post(
                    f"{self.endpoint.url}/chat/completions",
                    headers={"Authorization": f"Bearer {self.endpoint.secret or 'none'}"},
                    json=body,
                ).json()
        except (httpx.HTTPError, ValueError):
            return None
        return json.dumps({"reply": reply, "seconds": time.monotonic() - began})

    def _counted(self, kept: str | None) -> dict[str, Any]:
        """The answers by question, none where they cannot be read."""
        self.cost.calls += 1
        try:
            told = json.loads(kept or "{}")
            usage, choice = told["reply"]["usage"], told["reply"]["choices"][0]
            self.cost.prompt_tokens += usage["prompt_tokens"]
            self.cost.output_tokens += usage["completion_tokens"]
            self.cost.seconds += told["seconds"]
            values: dict[str, Any] = json.loads(choice["message"]["content"])
        except (ValueError, KeyError, IndexError, TypeError):
            self.cost.failed += 1
            return {}
        return values

    def _body(self, case: Case) -> dict[str, Any]:
        lines = [_asked(n, question) for n, question in enumerate(case.questions, start=1)]
        keys = [f"q{n}" for n, _ in enumerate(case.questions, start=1)]
        schema = {
            "type": "object",
            "properties": {
                key: {"type": "string", "enum": list(labels(question.kind))}
                for key, question in zip(keys, case.questions, strict=True)
            },
            "required": keys,
            "additionalProperties": False,
        }
        user = f"判决书：\n{case.text}\n\n问题：\n" + "\n".join(lines) + "\n用 JSON 回答。"
        return {
            "model": self.endpoint.name,
            "messages": [
                {"role": "system", "content": _NAIVE},
                {"role": "user", "content": user},
            ],
            "temperature": 0,
            "max_tokens": 40 * len(keys),
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "answers", "schema": schema, "strict": True},
            },
        }


def _asked(number: int, question: Question) -> str:
    criterion = criteria()[question.kind]
    options = "；".join(f"{v.code} {v.name}" for v in criterion.verdicts if v.code != "open")
    if "none" in labels(question.kind):
        options += "；none 本案没有这种情况"
    subject = f"“{question.words}”：" if question.words else ""
    return f"q{number} {subject}{criterion.question}？（{options}）"
