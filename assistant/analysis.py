"""The main job: from the files of a case to the result of contract `findings/1`.

Rules first, always; the model (when asked for) adds what rules cannot say and can never
take a rule's finding away. What the model could not assess is listed, not left out.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from assistant import grading, strange_text, versions
from assistant.cards import card_of
from assistant.casefile import CaseFile
from assistant.checks import registry
from assistant.checks.standing import fingerprint
from assistant.comparison.report import differences
from assistant.drafting.report import Draft, draft
from assistant.findings import SEVERITY_ORDER, Finding, NotChecked
from assistant.intake import Progress, read_case, read_known, role_of
from assistant.office import office_standings
from assistant.sentencing import work_out
from assistant.settings import Settings, load
from assistant.similar import part as similar_part
from assistant.summary import case_summary, comparison_table
from assistant.unchecked import unchecked
from ingestion.model import CaseDocument, Role

SCHEMA = "findings/1"
Show = Callable[[dict[str, Any]], None]


class Clock:
    """Seconds each step of one analysis took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._began = time.perf_counter()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(time.perf_counter() - began, 3)

    def total(self) -> dict[str, float]:
        return {**self.seconds, "total": round(time.perf_counter() - self._began, 3)}


def _document_row(document: CaseDocument) -> dict[str, Any]:
    source = document.source
    return {
        "role": document.role,
        "file": source.file,
        "type": document.type,
        "number": document.number.value if document.number else None,
        "sha256": source.sha256,
        "pages": len(source.pages) if source.pages is not None else None,
        "pages_failed": source.pages_failed,
        "sizes": [[p.width, p.height] for p in source.pages] if source.pages else None,
        "hidden": [h.model_dump(mode="json") for h in source.hidden],
        "repairs": [r.model_dump(mode="json") for r in source.repairs],
    }


def _ordered(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (SEVERITY_ORDER[f.severity], -f.confidence, f.code))


def _not_read(case: CaseFile) -> list[NotChecked]:
    """What was handed in and took no part: strange entries of the card, lost pages."""
    unknown = card_of(case.card).unknown if case.card is not None else []
    card = [
        NotChecked(
            code="DOC-003", reason=f"案卡中的“{'”“'.join(unknown)}”不在可比对的字段中，未作比对"
        )
    ]
    return (card if unknown else []) + [
        NotChecked(
            code="DOC-001",
            reason=f"“{document.source.file}”第 {page} 页无法读取，该页内容未参与检查",
        )
        for document in case.documents.values()
        for page in document.source.pages_failed
    ]


class Judged(BaseModel):
    """What rules say of a case, before drafting; as JSON it can be kept between two steps.

    `told` holds the parts of the result that the model has no share in.
    """

    findings: list[Finding]
    not_checked: list[NotChecked]
    told: dict[str, Any]
    checks: str


def judge(
    case: CaseFile,
    *,
    settings: Settings,
    clock: Clock | None = None,
    progress: Progress | None = None,
) -> Judged:
    """Rules, comparison, sentencing and similar cases: all that needs no model."""
    clock = clock or Clock()
    note: Callable[[str], None] = (
        (lambda what: progress(what, 0, 0)) if progress else (lambda _: None)
    )
    note("按规则检查")
    with clock.step("rules"):
        standing = office_standings(settings)
        findings, not_checked = registry.run(case, standing=standing)
    not_checked += unchecked(case) + _not_read(case) + strange_text.notices(case)
    note("逐份比对")
    with clock.step("comparison"):
        compared = differences(case)
    note("测算量刑")
    with clock.step("sentencing"):
        subject, local = case.indictment or case.judgment, settings.local_thresholds
        opinions = work_out(subject, case.judgment, local, case.recommendation) if subject else []
    like = similar_part.Part()
    if len(case.documents) > 1:
        note("检索类案")
        with clock.step("similar"):
            like = similar_part.of_case(case, settings)
    return Judged(
        findings=findings + like.findings,
        not_checked=not_checked + like.not_checked,
        told={
            "case": case_summary(case),
            "documents": [_document_row(d) for d in case.documents.values()],
            "comparison": comparison_table(case),
            "differences": compared,
            "sentencing": [o.to_json() for o in opinions] or None,
            "similar": like.similar,
            "checked": registry.applied(case, standing),
        },
        checks=fingerprint(standing),
    )


def conclude(
    case: CaseFile,
    judged: Judged,
    *,
    model: bool,
    settings: Settings,
    clock: Clock | None = None,
    progress: Progress | None = None,
    show: Show | None = None,
) -> dict[str, Any]:
    """The result of a judged case; with `model`, its share is asked for now. See `analyse`."""
    clock = clock or Clock()

    def result(drafted: Draft) -> dict[str, Any]:
        findings = _ordered(drafted.findings)
        suggested = grading.suggest(findings)
        told = judged.told
        return {
            "schema": SCHEMA,
            "case": told["case"],
            "documents": told["documents"],
            "findings": [f.to_json() for f in findings],
            "not_checked": [n.model_dump(mode="json") for n in judged.not_checked + drafted.open],
            "comparison": told["comparison"],
            "differences": drafted.differences,
            "sentencing": told["sentencing"],
            "similar": told["similar"],
            "reasoning": drafted.reasoning,
            "grade": {"suggested": suggested.suggested, "reasons": suggested.reasons},
            "checked": told["checked"],
            "versions": versions.versions(drafted.model_name) | {"checks": judged.checks},
            "timing": clock.total(),
            "model": drafted.model,
        }

    def grown(drafted: Draft) -> None:
        if show:
            show(result(drafted))

    with clock.step("reasoning"):
        drafted = draft(
            case,
            judged.findings,
            model=model,
            settings=settings,
            differences=judged.told["differences"],
            progress=progress,
            show=grown,
        )
    return result(drafted)


def analyse_case(
    case: CaseFile,
    *,
    model: bool = True,
    progress: Progress | None = None,
    settings: Settings | None = None,
    clock: Clock | None = None,
    show: Show | None = None,
) -> dict[str, Any]:
    """Judge the documents of a case; see `analyse` for the result."""
    clock, chosen = clock or Clock(), settings or load()
    judged = judge(case, settings=chosen, clock=clock, progress=progress)
    return conclude(
        case, judged, model=model, settings=chosen, clock=clock, progress=progress, show=show
    )


def analyse(
    paths: Mapping[Role, Path],
    *,
    card: dict[str, Any] | None = None,
    model: bool = True,
    progress: Progress | None = None,
    settings: Settings | None = None,
    show: Show | None = None,
) -> dict[str, Any]:
    """Read the documents given by role, hold them against each other and the law.

    `progress(what, done, total)` is called on the way; total 0 means a step without count.
    `show(result)` gets the whole result as rules alone have it, before the model is started,
    and again after each finding of the model.
    Returns the dict of contract `findings/1` (docs/contracts/findings.schema.json) plus
    `case` and `comparison`. Raises ingestion.errors.InputError for input that cannot be
    used, before anything is judged; and model.ModelUnavailable when the model is asked for
    and is not installed.
    """
    clock = Clock()
    with clock.step("read"):
        case = read_case(paths, card, progress)
    return analyse_case(
        case, model=model, progress=progress, settings=settings, clock=clock, show=show
    )


def analyse_file(
    path: Path,
    *,
    card: dict[str, Any] | None = None,
    model: bool = True,
    progress: Progress | None = None,
    settings: Settings | None = None,
    show: Show | None = None,
) -> dict[str, Any]:
    """The pre-issue check of one document, whatever known kind it is. See `analyse`."""
    clock = Clock()
    with clock.step("read"):
        document = read_known(path, progress)
    case = CaseFile(documents={role_of(document): document}, card=card)
    return analyse_case(
        case, model=model, progress=progress, settings=settings, clock=clock, show=show
    )
