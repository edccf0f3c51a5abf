"""How the case went on: the recommendation overridden, the plea withdrawn, another procedure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.comparison.matching import two
from assistant.comparison.recommendation import held_against, pleaded, told_of
from ingestion.model import CaseDocument

_ADJUSTED = re.compile(
    r"调整(?:了|后|其|该)?[^。；]{0,10}(?:量刑)?建议|建议[^。；]{0,30}调整|变更(?:了)?(?:量刑)?建议|(?:量刑)?建议[^。；]{0,8}变更|不(?:同意|予)调整|未(?:予|作)?调整|告知[^。；]{0,20}(?:调整|变更)"
)
_DENIES = re.compile(
    r"(?:否认|拒不承认|不承认|不认可|翻供)[^。；]{0,20}(?:指控|犯罪|事实|罪名)?|(?:当庭|庭审中)[^。；]{0,12}(?:翻供|反悔|不认罪|否认)|(?:反悔|撤回)[^。；]{0,8}(?:认罪|具结)|拒不认罪|不(?:自愿)?认罪认罚|(?:辩称|辩解)[^。；]{0,30}(?:没有|未)(?:实施|参与|盗窃|殴打|犯罪)"
)
_IN_COURT = re.compile(
    r"(?:当庭|庭审中?|开庭)[^。；]{0,12}(?:翻供|反悔|不认罪|否认)[^。；，]{0,16}"
)
_PROCEDURES = {"fast_track": "速裁程序", "summary": "简易程序", "ordinary": "普通程序"}
_SUGGESTED = re.compile(r"(?:建议|同意|适用)[^。；]{0,12}(速裁|简易|普通)程序")
_CHANGED = re.compile(r"转(?:为|换)?[^。；]{0,6}(?:简易|普通)程序|变更[^。；]{0,8}程序")


@check("CMP-020")
def overridden_without_notice(case: CaseFile) -> Iterator[Hit | Undecided]:
    judgment = case.judgment
    if judgment is None or not pleaded(case) or _ADJUSTED.search(judgment.text):
        return
    for held in held_against(case):
        if held.adopted.main == "not_adopted" and told_of(held):
            yield hit(
                held.sentence.span,
                held.item.span,
                values={"judgment": None},
                cause=f"notice:{held.name}",
                name=held.name,
            )


@check("CMP-021")
def plea_withdrawn(case: CaseFile) -> Iterator[Hit | Undecided]:
    one, judgment = two(case)
    if one.role != "plea" and not (one.plea_leniency is not None and one.plea_leniency.value):
        return
    for section in judgment.sections_of("accusation", "defence"):
        # Beside the accusation only what is said to have happened in court is the accused's.
        pattern = _DENIES if section.kind == "defence" else _IN_COURT
        found = pattern.search(judgment.text, section.span.start, section.span.end)
        before = judgment.text[section.span.start : found.start()] if found else ""
        # What counsel says is no withdrawal by the accused.
        if found is None or "辩护人" in before.rpartition("。")[2]:
            continue
        pleaded = one.plea_leniency.span if one.plea_leniency else one.defendants[0].name.span
        yield hit(
            judgment.span(found.start(), found.end()),
            pleaded,
            values={one.role or "": "认罪认罚", "judgment": found[0]},
            cause="plea-withdrawn",
            words=found[0],
        )
        return


def _suggested(doc: CaseDocument) -> re.Match[str] | None:
    return _SUGGESTED.search(doc.text)


@check("CMP-022")
def other_procedure(case: CaseFile) -> Iterator[Hit | Undecided]:
    one, judgment = two(case)
    asked = _suggested(one)
    used = _PROCEDURES.get(judgment.procedure or "")
    if asked is None:
        return
    if used is None:
        yield Undecided("无法判断：判决书适用的程序未能读出")
        return
    if f"{asked[1]}程序" == used or _CHANGED.search(judgment.text):
        return
    place = re.search(used, judgment.text)
    evidence = [one.span(asked.start(), asked.end())]
    if place is not None:
        evidence.append(judgment.span(place.start(), place.end()))
    yield hit(
        *evidence,
        values={one.role or "": f"{asked[1]}程序", "judgment": used},
        first=f"{asked[1]}程序",
        second=used,
    )
