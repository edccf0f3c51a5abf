"""How the accused came to justice, and what the document makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.circumstances import of_person, own
from assistant.checks.place import opening, part, people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.telling import all_told, bare, evidence, own_text, reasons, story
from ingestion.model import CaseDocument, Span

_CAME = re.compile(
    r"抓获|投案|到案|归案|传唤|查获|挡获|扭送|抓捕|捕获|自首|拦截|控制|带至|带回|带到|口头通知|民警|警察|公安(?:机关|人员)"
    r"|派出所|交警|当场|报警|拘传|押解|劝返|盘查|移交|监察|留置|查缉|侦破|破案|拘留|逮捕"
)
_CAUGHT = re.compile(r"(?:被|将)[^，。；]{0,24}(?:抓获|捕获|抓捕归案|查获|挡获|扭送)")
_VOLUNTARY = re.compile(
    r"投案|自首|主动|自动|自行|自愿(?:到|前往)|电话(?:通知|传唤|联系)|通知[^，。；]{0,12}到案|口头传唤|书面传唤|传唤"
    r"|规劝|劝说|陪同|送[至到往]|报[警案]|等[候待]|未(?:离开|逃)|在现场|形迹可疑|盘[问查]|亲友|家属|未掌握|尚未|其他罪行"
)
_CALLED = re.compile(
    r"(?:接到?|经)[^，。；]{0,14}电话(?:通知|传唤|联系)[^，。；]{0,20}(?:主动|自行|自动)?(?:到案|到达|前往|来到|至|到)"
    r"|(?:主动|自动)(?:到|前往)[^，。；]{0,24}(?:投案|接受(?:调查|处理|讯问))"
)
_TOLD_TRULY = re.compile(r"如实(?:地)?(?:供述|交代|交待|陈述)|供认不讳|对[^，。；]{0,16}供认")
_WEIGHED = re.compile(r"自首|自动投案|主动投案|投案|到案")
_SENTENCING = re.compile(
    r"退赔|退赃|退还|退缴|赔偿|谅解|和解|供述|供认|交代|交待|认罪|悔罪|自首|坦白|立功|累犯|前科|曾因|主犯|从犯|未遂|中止"
    r"|追回|发还|初犯|偶犯|拒不|否认|辩解|到案|投案|抓获|未成年|残疾|预缴|刑满释放|处罚记录|劣迹|再犯|报警|逃"
)
_DISORDER = re.compile(
    r"精神(?:病|疾病|障碍)?(?:司法)?鉴定|法医精神病|刑事责任能力鉴定|精神疾病司法鉴定"
)
_ABILITY = re.compile(r"责任能力|精神|辨认|控制能力")


@check("FACT-015")
def arrival_left_out(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = story(doc)
    if told is None:
        return
    if not _CAME.search(told.quote) and not _WEIGHED.search(reasons(doc)):
        yield hit(opening(doc, told, 20), values={doc.role or "": None})


def _surrenders(doc: CaseDocument, name: str) -> list[Span]:
    return [
        c.span
        for c in own(doc)
        if c.key == "surrender"
        and "自首" in c.span.quote
        and any(of_person(doc, c, p) for p in people(doc) if p.name.value == name)
    ]


@check("FACT-016")
def arrival_against_surrender(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told, place = story(doc), part(doc, "reasoning")
    if told is None or place is None or len(doc.defendants) != 1:
        return
    name = doc.defendants[0].name.value
    text = all_told(doc)
    claimed = _surrenders(doc, name)
    caught = _CAUGHT.search(doc.text, told.start, told.end)
    if claimed and caught is not None and not _VOLUNTARY.search(own_text(doc)[: place.start]):
        weighed = reasons(doc)
        if not re.search(r"主动|自动|电话|等候|在现场|未掌握|尚未", weighed):
            yield hit(
                doc.span(caught.start(), caught.end()),
                claimed[0],
                values={doc.role or "": "自首"},
                cause=f"surrender:{name}",
                problem=f"事实部分写“{caught[0]}”，理由部分却认定自首",
            )
            return
    called = _CALLED.search(doc.text, told.start, told.end)
    if called is None or not _TOLD_TRULY.search(text) or _WEIGHED.search(reasons(doc)):
        return
    if not own(doc):
        yield Undecided("无法判断：理由部分未评价量刑情节，缺量刑建议书")
        return
    yield hit(
        doc.span(called.start(), called.end()),
        opening(doc, place, 20),
        values={doc.role or "": None},
        severity="moderate",
        cause=f"surrender:{name}",
        problem=f"事实部分写“{called[0]}”并如实供述，理由部分没有评价是否构成自首",
    )


@check("FACT-017")
def facts_for_the_sentence(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = story(doc)
    if told is None:
        return
    place = part(doc, "reasoning")
    if place is not None and not _SENTENCING.search(doc.text, told.start, place.end):
        yield hit(opening(doc, told, 20), values={doc.role or "": None})


@check("FACT-019")
def expert_on_responsibility(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    course = part(doc, "procedure")
    found = _DISORDER.search(doc.text, course.start, course.end) if course else None
    if found is None:
        return
    listed, told = evidence(doc), story(doc)
    if listed is not None and bare(listed):
        yield Undecided("无法判断：证据部分只列证据种类，缺具体证据名称")
        return
    rest = reasons(doc) + (listed.quote if listed else "") + (told.quote if told else "")
    if not _ABILITY.search(rest):
        yield hit(doc.span(found.start(), found.end()), values={doc.role or "": None})
