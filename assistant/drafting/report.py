"""The model's share of one analysis: reasoning assessed, findings worded, everything counted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from assistant.casefile import CaseFile
from assistant.drafting.wording import word
from assistant.findings import Finding, NotChecked
from assistant.model import running
from assistant.reasoning.assess import assess
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


def draft(
    case: CaseFile,
    findings: list[Finding],
    *,
    model: bool,
    settings: Settings,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> Draft:
    """Assess the judgment's reasoning (where there is one) and word the findings.

    With `model` False rules alone decide and nothing is worded. Raises ModelUnavailable when
    the model is asked for and cannot be reached at all; a model that fails later only leaves
    more open.
    """
    judgment = case.judgment
    with ExitStack() as stack:
        gateway = None
        if model:
            from assistant.model.gateway import Gateway  # its client libraries take seconds

            if progress:
                progress("启动本地模型", 0, 0)
            gateway = Gateway(stack.enter_context(running(settings)), settings)
        drafted = Draft(findings=list(findings))
        if judgment is not None:
            assessment = assess(judgment, gateway, progress, cancel)
            drafted.findings += assessment.findings()
            drafted.open = assessment.not_checked()
            drafted.reasoning = assessment.to_json()
        if gateway is not None:
            drafted.findings = word(drafted.findings, gateway, progress, cancel)
            drafted.model = gateway.totals()
            drafted.model_name = gateway.endpoint.name
        return drafted
