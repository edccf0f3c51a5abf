"""The model's share of one analysis: reasoning assessed, findings worded, everything counted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from assistant.casefile import CaseFile
from assistant.checks import asked_slips
from assistant.comparison import tie_break
from assistant.drafting.wording import PROMPT, word
from assistant.findings import Finding, NotChecked
from assistant.model import Endpoint, at_need
from assistant.office import office_standings
from assistant.reasoning.assess import assess
from assistant.reasoning.findings import finding
from assistant.reasoning.items import Item
from assistant.settings import Settings
from knowledge_base.model_questions import asks
from prompts import load

if TYPE_CHECKING:  # its client libraries take seconds to load
    from assistant.model.gateway import Gateway

Progress = Callable[[str, int, int], None]
MODEL = "MODEL"  # stands in the place of a check's code where the model as such is missing


@dataclass
class Draft:
    """Findings with the model's added; what stayed open; contract keys `reasoning`, `model`.

    `differences` is the contract key where the model settled any of it, else as it was given.
    `model` and `model_name` are None where no model was used.
    """

    findings: list[Finding]
    open: list[NotChecked] = field(default_factory=list)
    differences: dict[str, Any] | None = None
    reasoning: dict[str, Any] | None = None
    model: dict[str, Any] | None = None
    model_name: str | None = None


Show = Callable[[Draft], None]


def _interrupted(gateway: Gateway) -> list[NotChecked]:
    """One line where the model was lost in mid-case; which questions are open stands beside it."""
    if not gateway.is_open:
        return []
    lost = sum(d.reason in ("unreachable", "timeout", "circuit_open") for d in gateway.dropped)
    reason = (
        f"{gateway.trouble or '模型中途停止应答。'}{lost} 次提问没有得到回答，规则的结论不受影响；"
        "模型恢复后对同一案件重新运行即可补答，已答的不再提问"
    )
    return [NotChecked(code=MODEL, reason=reason)]


def _wordings(plain: list[Finding], worded: list[Finding]) -> list[dict[str, Any]]:
    """Which messages the model wrote, over which template: what a person makes of them is a pair
    for later tuning.
    """
    prompt = load(PROMPT)
    return [
        {
            "code": new.code,
            "template": old.message,
            "wording": new.message,
            "prompt": prompt.id,
            "prompt_version": prompt.version,
        }
        for old, new in zip(plain, worded, strict=True)
        if old.message != new.message
    ]


def _by_rules(case: CaseFile, findings: list[Finding], differences: dict[str, Any] | None) -> Draft:
    drafted = Draft(findings=list(findings), differences=differences)
    if case.judgment is not None:
        assessment = assess(case.judgment, None)
        drafted.findings += assessment.findings()
        drafted.open = assessment.not_checked()
        drafted.reasoning = assessment.to_json()
    return drafted


def draft(
    case: CaseFile,
    findings: list[Finding],
    *,
    model: bool,
    settings: Settings,
    differences: dict[str, Any] | None = None,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
    show: Show | None = None,
) -> Draft:
    """Assess the judgment's reasoning (where there is one), ask what rules only guess of slips
    and `differences` (the key of the result), and word the findings.

    With `model` False rules alone decide and nothing is worded. `show` is given what rules
    say before the model is started, then the draft as it stands after each finding of the
    model. Raises ModelUnavailable when the model is asked for and is not installed or may not
    be called; one that does not start, or fails on the way, only leaves more open.
    """
    ruled = _by_rules(case, findings, differences)
    if show:
        show(ruled)
    if not model:
        return ruled
    judgment = case.judgment
    with ExitStack() as stack:
        from assistant.model.gateway import Gateway  # its client libraries take seconds

        endpoint, start = stack.enter_context(at_need(settings))

        def started() -> Endpoint:
            if progress:
                progress("启动本地模型", 0, 0)
            return start()

        gateway = Gateway(endpoint, settings, started)
        drafted = Draft(findings=list(findings), differences=differences)
        if judgment is not None:
            said: list[Finding] = []

            def told(item: Item) -> None:
                found = finding(item)
                if found is not None and show:
                    said.append(found)
                    show(replace(ruled, findings=[*ruled.findings, *said]))

            assessment = assess(judgment, gateway, progress, cancel, told)
            drafted.findings += assessment.findings()
            drafted.open = assessment.not_checked()
            drafted.reasoning = assessment.to_json()
        weights = endpoint.model_hash()
        if differences and asks(tie_break.FACT_PAIR, weights):
            drafted.differences = tie_break.settled(differences, gateway, cancel)
        if asks(asked_slips.QUESTION, weights):
            standing = office_standings(settings)
            drafted.findings += asked_slips.asked(case, findings, standing, gateway, cancel)
        plain = drafted.findings
        drafted.findings = word(plain, gateway, progress, cancel)
        drafted.open = [*drafted.open, *_interrupted(gateway)]
        drafted.model = gateway.totals() | {"wordings": _wordings(plain, drafted.findings)}
        drafted.model_name = gateway.endpoint.name
        return drafted
