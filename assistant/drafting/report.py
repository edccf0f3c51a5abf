"""The model's share of one analysis: reasoning assessed, findings worded, everything counted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.casefile import CaseFile
from assistant.drafting.wording import word
from assistant.findings import Finding, NotChecked
from assistant.model import running
from assistant.reasoning.assess import assess
from assistant.reasoning.findings import finding
from assistant.reasoning.items import Item
from assistant.settings import Settings

Progress = Callable[[str, int, int], None]


@dataclass
class Draft:
    """Findings with those on reasoning added; what stayed open; contract keys `reasoning`, `model`.

    `model` and `model_name` are None where no model was used.
    """

    findings: list[Finding]
    open: list[NotChecked] = field(default_factory=list)
    reasoning: dict[str, Any] | None = None
    model: dict[str, Any] | None = None
    model_name: str | None = None


Show = Callable[[Draft], None]


def _by_rules(case: CaseFile, findings: list[Finding]) -> Draft:
    drafted = Draft(findings=list(findings))
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
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
    show: Show | None = None,
) -> Draft:
    """Assess the judgment's reasoning (where there is one) and word the findings.

    With `model` False rules alone decide and nothing is worded. `show` is given what rules
    say before the model is started, then the draft as it stands after each finding of the
    model. Raises ModelUnavailable when the model is asked for and cannot be reached at all; a
    model that fails later only leaves more open.
    """
    ruled = _by_rules(case, findings)
    if show:
        show(ruled)
    if not model:
        return ruled
    judgment = case.judgment
    with ExitStack() as stack:
        from assistant.model.gateway import Gateway  # its client libraries take seconds

        if progress:
            progress("启动本地模型", 0, 0)
        gateway = Gateway(stack.enter_context(running(settings)), settings)
        drafted = Draft(findings=list(findings))
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
        drafted.findings = word(drafted.findings, gateway, progress, cancel)
        drafted.model = gateway.totals()
        drafted.model_name = gateway.endpoint.name
        return drafted
