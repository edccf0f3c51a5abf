"""Circumstances and evidence that one document has and the next one lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import ROLE_NAMES, CaseFile
from assistant.checks.circumstances import of_person
from assistant.checks.place import heading, opening, part
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.comparison.circumstances import GROUPS, law_of
from assistant.comparison.matching import pairs, two
from ingestion.model import CaseDocument, Circumstance, Defendant

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "鉴定意见",
        re.compile(r"鉴定(?:意见|书)?|检验报告|检测报告|认定书|价格认证|评估报告|审计报告|意见书"),
    ),
    (
        "电子数据",
        re.compile(r"电子(?:数据|证据)|聊天记录|转账记录|交易(?:记录|明细)|手机数据|流水"),
    ),
    ("视听资料", re.compile(r"视听资料|监控|录像|视频|录音|光盘|影像")),
    (
        "勘验、检查、辨认等笔录",
        re.compile(r"勘验|检查笔录|辨认|侦查实验|搜查|现场图|勘查|提取笔录|称量"),
    ),
)


def _claims(doc: CaseDocument, person: Defendant, keys: tuple[str, ...]) -> list[Circumstance]:
    """What the document's own author affirms of the person outside the bare story."""
    sections = ("reasoning", "statutes", "operative") if doc.role != "plea" else None
    return [
        c
        for c in doc.circumstances
        if c.key in keys
        and c.polarity == "affirmed"
        and c.speaker in ("police", "prosecution")
        and (sections is None or c.section in sections)
        and (of_person(doc, c, person) or not c.persons)
    ]


def _silent(doc: CaseDocument, person: Defendant) -> bool:
    """Whether the document weighs nothing at all for the person."""
    every = tuple(key for keys in GROUPS.values() for key in keys)
    also = ("confession", "plea_leniency", "restitution", "comp_forgive", "comp_only")
    return not _claims(doc, person, (*every, *also))


def _apart(case: CaseFile) -> Iterator[Hit | Undecided]:
    one, other = two(case)
    matched, _, _ = pairs(one, other)
    for a, b in matched:
        if _silent(one, a) or _silent(other, b):
            lacks = one if _silent(one, a) else other
            name = ROLE_NAMES[lacks.role or "indictment"]
            if not (_silent(one, a) and _silent(other, b)):
                yield Undecided(f"无法判断：{name}没有评价{b.name.value}的量刑情节")
            continue
        for name, keys in GROUPS.items():
            mine, theirs = _claims(one, a, keys), _claims(other, b, keys)
            if bool(mine) == bool(theirs):
                continue
            has, lacks = (one, other) if mine else (other, one)
            place = part(lacks, "reasoning")
            yield hit(
                (mine or theirs)[0].span,
                opening(lacks, place) if place is not None else heading(lacks),
                values={has.role or "": name, lacks.role or "": None},
                cause=f"{name}:{b.name.value}",
                name=b.name.value,
                what=name,
                has=ROLE_NAMES[has.role or "indictment"],
                lacks=ROLE_NAMES[lacks.role or "indictment"],
                law=law_of(keys),
            )


@check("CMP-013")
def between_police_and_prosecution(case: CaseFile) -> Iterator[Hit | Undecided]:
    yield from _apart(case)


@check("CIRC-019")
def between_own_documents(case: CaseFile) -> Iterator[Hit | Undecided]:
    yield from _apart(case)


@check("CMP-023")
def kinds_of_evidence(case: CaseFile) -> Iterator[Hit | Undecided]:
    one, other = two(case)
    listed = part(one, "evidence")
    if listed is None or part(other, "evidence", "facts") is None:
        doc = one if listed is None else other
        name = ROLE_NAMES[doc.role or "indictment"]
        yield Undecided(f"无法判断：未能分出{name}的证据部分")
        return
    appendix = part(other, "appendix")
    body = other.text[: appendix.start if appendix else len(other.text)]
    beside = part(other, "evidence", "facts")
    for name, pattern in _KINDS:
        found = pattern.search(listed.quote)
        if found is None or beside is None or pattern.search(body):
            continue
        yield hit(
            one.span(listed.start + found.start(), listed.start + found.end()),
            opening(other, beside),
            values={one.role or "": name, other.role or "": None},
            kind=name,
            one=ROLE_NAMES[one.role or "indictment"],
            other=ROLE_NAMES[other.role or "judgment"],
        )
