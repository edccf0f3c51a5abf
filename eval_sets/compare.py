"""Models side by side on the same questions: how right, how sure of it, what it costs, how fast.

A model is named as `rules` (nobody is asked), `default` (the model of the settings), a GGUF file,
a transformers directory, or an endpoint `URL#NAME`. A model answers what rules leave unsure,
whatever the table of questions says of it: these are the figures that table is filled with. With
`product:` before it, it is asked only where the table says so, as the program does; with `naive:`
it is asked the whole document with all its questions in one prompt instead.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.model import Endpoint, running
from assistant.model.gateway import Gateway
from assistant.model.memory import Memory
from assistant.model.record import Answer
from assistant.settings import Settings
from assistant.storage import open_store
from assistant.storage.decided import DECIDED, RIGHT
from eval_sets.metrics import bootstrap_interval, share
from eval_sets.reasoning.answerers import Answerer, ByProduct, Cost, Naive
from eval_sets.reasoning.questions import Case, gold, sample
from eval_sets.suites.reasoning import Row, accuracy, macro_f1, rows_of
from ingestion.errors import InputError
from prompts import load

Progress = Callable[[int, int], None]

RULES, DEFAULT, NAIVE, PRODUCT = "rules", "default", "naive:", "product:"
_NO_LIMIT = 10**9
_QUOTES = 3
_LONGEST = 200


@dataclass(frozen=True)
class Decided:
    """A finding that a person of the office confirmed or rejected."""

    title: str
    message: str
    quotes: tuple[str, ...]
    right: bool


def decided(settings: Settings) -> list[Decided]:
    """Every decided finding in the newest version of every case of the store."""
    found = []
    with open_store(settings) as store:
        for case in store.cases():
            for finding in store.findings(case.id):
                if finding.status in DECIDED:
                    told = finding.original
                    quotes = quoted(e["quote"] for e in told["evidence"])
                    right = finding.status in RIGHT
                    found.append(Decided(told["title"], told["message"], quotes, right))
    return found


def quoted(quotes: Iterable[str]) -> tuple[str, ...]:
    """As much of a finding's quotes as is shown to a model."""
    return tuple(quote[:_LONGEST] for quote in islice(quotes, _QUOTES))


def settings_of(spec: str, settings: Settings) -> Settings:
    """The settings with the model that is named. Raises InputError for a name of no kind."""
    free: dict[str, object] = {
        "model_budget": 360_000.0,
        "model_timeout": 600.0,
        "model_prompt_tokens": _NO_LIMIT,
        "model_output_tokens": _NO_LIMIT,
    }
    path = Path(spec)
    if spec.startswith(("http://", "https://")):
        url, _, name = spec.partition("#")
        free |= {"model_backend": "openai_compatible", "model_url": url}
        free |= {"model_name": name} if name else {}
    elif path.is_file() and path.suffix == ".gguf":
        free |= {"model_backend": "llama_cpp", "model_path": path.absolute()}
    elif path.is_dir():
        free |= {"model_backend": "transformers", "model_path": path.absolute()}
    elif spec != DEFAULT:
        raise InputError(
            f"无法识别模型“{spec}”：应为 rules、default、GGUF 文件、模型目录或者“地址#模型名”。"
        )
    return settings.model_copy(update=free)


@contextmanager
def _asked(
    spec: str, settings: Settings, answers: Path | None
) -> Iterator[tuple[Answerer, Endpoint | None]]:
    """Who answers; its server runs as long as it is asked. Nothing is on file but `answers`."""
    if spec == RULES:
        yield ByProduct(), None
        return
    named = settings_of(spec.removeprefix(NAIVE).removeprefix(PRODUCT), settings)
    home = nullcontext(answers) if answers else TemporaryDirectory()
    with home as folder, running(named) as endpoint:
        fresh = named.model_copy(update={"home": Path(folder)})
        if spec.startswith(NAIVE):
            yield Naive(endpoint, Memory(fresh)), endpoint
        else:
            always = not spec.startswith(PRODUCT)
            yield ByProduct(Gateway(endpoint, fresh), always=always), endpoint


def _of_decided(answerer: Answerer, findings: Sequence[Decided]) -> list[bool]:
    """Whether each decision was foretold; rules stand by every finding they make."""
    if not isinstance(answerer, ByProduct) or answerer.gateway is None:
        return [finding.right for finding in findings]
    return [foretold(answerer.gateway, finding) for finding in findings]


def foretold(gateway: Gateway, finding: Decided) -> bool:
    """Whether the model says of the finding what people decided; no answer leaves it standing."""
    reply = gateway.ask(
        load("finding_right"),
        {"title": finding.title, "message": finding.message, "quotes": finding.quotes},
    )
    said = reply.values["right"] == "yes" if isinstance(reply, Answer) else True
    return said == finding.right


def _per_kind(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    found = {}
    for kind in sorted({row.question.kind for row in rows}):
        own = [row for row in rows if row.question.kind == kind]
        found[kind] = {"n": len(own), "macro_f1": macro_f1(own), "accuracy": accuracy(own)}
    return found


def _right(rows: Sequence[bool]) -> float:
    return share(sum(rows), len(rows))


def _with_interval(
    rows: Sequence[Any], metric: Callable[[Sequence[Any]], float]
) -> dict[str, Any] | None:
    if not rows:
        return None
    return {
        "n": len(rows),
        "value": metric(rows),
        "interval": list(bootstrap_interval(rows, metric)),
    }


def _cost(cost: Cost, seconds: float) -> dict[str, Any]:
    tokens = cost.prompt_tokens + cost.output_tokens
    return {
        "calls": cost.calls,
        "failed": cost.failed,
        "prompt_tokens": cost.prompt_tokens,
        "output_tokens": cost.output_tokens,
        "seconds": round(seconds, 1),
        "tokens_per_second": round(share(tokens, cost.seconds), 1),
    }


def compare(
    specs: Sequence[str],
    data: Path | None,
    settings: Settings,
    *,
    limit: int | None = None,
    answers: Path | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """One row a model: over the labelled questions where `data` is given (`limit`: a sample of
    about so many, see `sample`), and over the findings that the office decided, where its store
    has any. Answers are kept in the folder `answers`, where one is given: a second run asks
    only what is missing, and its cost is that of the rest.

    Raises InputError where there is nothing to compare on, ModelUnavailable for a model that
    cannot be used.
    """
    cases: list[Case] = gold(data) if data else []
    if limit is not None:
        cases = sample(cases, limit)
    findings = decided(settings)
    if not cases and not findings:
        raise InputError("没有可供比较的内容：请用 --data 给出判决书，或者先确认、驳回若干问题。")
    unsure = _unsure(cases)
    rows = [_row(s, cases, unsure, findings, settings, answers, progress) for s in specs]
    return {"questions": sum(len(c.questions) for c in cases), "models": rows}


def _unsure(cases: Sequence[Case]) -> set[tuple[str, str, int]]:
    """The questions that rules leave unsure: only there can a model make a difference."""
    rows, _ = rows_of(cases, ByProduct())
    return {_place(row) for row in rows if not row.sure}


def _place(row: Row) -> tuple[str, str, int]:
    return row.question.id, row.question.kind, row.question.start


def _row(
    spec: str,
    cases: Sequence[Case],
    unsure: set[tuple[str, str, int]],
    findings: Sequence[Decided],
    settings: Settings,
    answers: Path | None,
    progress: Progress | None,
) -> dict[str, Any]:
    began = time.monotonic()
    with _asked(spec, settings, answers) as (answerer, endpoint):
        rows, _ = rows_of(cases, answerer, progress)
        foretold = [] if spec.startswith(NAIVE) else _of_decided(answerer, findings)
        if isinstance(answerer, ByProduct):
            answerer.count()
        cost = _cost(answerer.cost, time.monotonic() - began)
        return {
            "model": spec,
            "hash": endpoint.model_hash() if endpoint else None,
            "macro_f1": _with_interval(rows, macro_f1),
            "accuracy": _with_interval(rows, accuracy),
            "per_kind": _per_kind(rows),
            "unsure": _with_interval([r for r in rows if _place(r) in unsure], accuracy),
            "decided": _with_interval(foretold, _right),
            "cost": cost,
        }


_COLUMNS = (
    ("模型", 28),
    ("宏平均F1", 24),
    ("正确率", 24),
    ("规则不确定题", 24),
    ("本院已决定问题", 24),
    ("调用", 6),
    ("词元（入/出）", 16),
    ("秒", 8),
    ("词元/秒", 8),
)


def table(compared: dict[str, Any]) -> list[str]:
    """The comparison as lines of text, one a model, intervals in brackets."""
    lines = ["  ".join(name.ljust(width) for name, width in _COLUMNS)]
    for row in compared["models"]:
        cost = row["cost"]
        cells = [
            row["model"],
            *(_shown(row[key]) for key in ("macro_f1", "accuracy", "unsure", "decided")),
            str(cost["calls"]),
            f"{cost['prompt_tokens']}/{cost['output_tokens']}",
            f"{cost['seconds']:.1f}",
            f"{cost['tokens_per_second']:.1f}",
        ]
        lines.append("  ".join(c.ljust(w) for c, (_, w) in zip(cells, _COLUMNS, strict=True)))
    return lines


def _shown(measured: dict[str, Any] | None) -> str:
    if measured is None:
        return "—"
    low, high = measured["interval"]
    return f"{measured['value']:.3f} [{low:.3f}, {high:.3f}] n={measured['n']}"
