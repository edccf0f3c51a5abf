"""The working out of a sentence step by step, its circumstances as switches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.access import CaseId, Kit, Permission, need
from api.errors import answer
from api.pages.templates import page
from api.services import Services
from assistant.reports.chart_svg import to_svg
from assistant.reports.judgement import HOLDS, conclusion, waterfall
from assistant.reports.model import Bar, Chart
from assistant.reports.wording import months
from assistant.sentencing.what_if import Supposition, suppose
from ingestion.model import CaseDocument

router = APIRouter(prefix="/cases/{case_id}", include_in_schema=False)
Keys = Annotated[list[str], Query(max_length=100)]


@dataclass(frozen=True)
class Place:
    """Which of the result's opinions is looked at; `alone` where no switches can be set."""

    index: int
    person: str
    charge: str
    here: bool


@router.get("/sentencing", dependencies=[need(Permission.CASES_READ)])
def sentencing(
    request: Request,
    kit: Kit,
    case_id: CaseId,
    number: Annotated[int, Query(ge=0, le=10_000)] = 0,
    known: Keys = [],  # noqa: B006  (FastAPI copies it)
    on: Keys = [],  # noqa: B006
    part: bool = False,
) -> Response:
    """One person and charge. `known` are the switches that were shown, `on` those left on."""
    result = kit.store.result(case_id)
    opinions = result.get("sentencing") or []
    if number >= len(opinions):
        return answer(request, 404, "这个案件没有这项量刑测算。")
    told = opinions[number]
    without = [key for key in known if key not in on]
    supposed = _supposed(kit, case_id, result, told, without)
    now = supposed.opinion.to_json() if supposed and without else told
    chart = _with_before(waterfall(now), told if without else None)
    return page(
        request,
        "sentencing_part.html" if part else "sentencing.html",
        case=kit.store.case(case_id),
        places=[Place(n, o["person"], o["charge"], n == number) for n, o in enumerate(opinions)],
        number=number,
        opinion=now,
        before=conclusion(told) if without else "",
        conclusion=conclusion(now),
        switches=supposed.switches if supposed else (),
        off=[switch.name for switch in supposed.switches if not switch.on] if supposed else [],
        subject=_subject(result),
        chart=to_svg(chart) if chart else "",
        holds=HOLDS,
        months=months,
    )


def _subject(result: dict[str, Any]) -> str | None:
    """The role of the document that the working out rests on, as in the analysis."""
    roles = [document["role"] for document in result["documents"]]
    return next((role for role in ("indictment", "judgment") if role in roles), None)


def _supposed(
    kit: Services, case_id: str, result: dict[str, Any], told: dict[str, Any], without: list[str]
) -> Supposition | None:
    """None for the combination of several sentences, or where the originals are not kept."""
    documents: dict[str, CaseDocument] = {}
    for row in result["documents"]:
        if row["role"] in ("indictment", "judgment", "recommendation"):
            document = kit.readings.of(case_id, row)
            if document is not None:
                documents[row["role"]] = document
    subject = _subject(result)
    if subject not in documents:
        return None
    return suppose(
        documents[subject],
        told["person"],
        told["charge"],
        without,
        judgment=documents.get("judgment"),
        advised=documents.get("recommendation"),
        local=kit.settings.local_thresholds,
    )


def _with_before(chart: Chart | None, told: dict[str, Any] | None) -> Chart | None:
    """The chart, and below it what the sentence was before the switches were set."""
    if chart is None or told is None or told["range_low"] is None or told["range_high"] is None:
        return chart
    low, high = told["range_low"], told["range_high"]
    before = Bar("原来的宣告刑范围", low, high, months(low, high), "law")
    return Chart(chart.title, [*chart.bars, before], chart.mark, chart.mark_text)
