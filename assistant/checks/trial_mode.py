"""Summary and fast-track procedure: may they be used, do court and composition agree with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.casefile import CaseFile
from assistant.checks.notice import trial_told
from assistant.checks.place import heading, issued, part, people, search, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.sentencing.dates import age_on
from ingestion.model import CaseDocument, Defendant, Span
from knowledge_base.check_rules import limit

_FAST = re.compile(r"(?:建议|同意|适用)[^。；不]{0,10}速裁程序")
_SUMMARY = re.compile(r"(?:建议|同意|适用)[^。；不]{0,10}简易程序")
_NAMES = {"ordinary": "普通程序", "summary": "简易程序", "fast_track": "速裁程序"}
_NAMED = re.compile(r"适用(?:了)?[^。；，转]{0,6}?(?P<kind>普通|简易|速裁)程序")
_CHANGED = re.compile(
    r"转(?:为|换|入|用)?|变更|改(?:为|用|由)|不(?:宜|应|再)适用|建议|简化|终止|原|同意|异议"
)
_ALONE = re.compile(r"独任审[判理]|由审判员[^。；，]{2,5}独任")
_DEAF = re.compile(r"(?:系|属|为|又|是)(?:又?聋又哑|聋哑|盲(?!目))|聋哑人|盲人|双目失明|又聋又哑")
_LIMITED = re.compile(r"限制(?:刑事)?责任能力|尚未完全丧失(?:辨认|控制)")
_DENIES = re.compile(
    r"拒不(?:供认|认罪|供述)|不认罪|零口供|否认(?:指控|犯罪|实施|上述)|(?:作|做)无罪辩护"
    r"|(?:不构成犯罪|无罪)的?(?:辩护|辩解)意见"
)
_CIVIL = re.compile(r"(?:提起|提出)[^。；]{0,6}附带民事诉讼")
_SETTLED = re.compile(r"调解|和解|撤回|赔偿协议|已(?:经)?赔偿|谅解")
_COUNSEL = re.compile(r"辩护人|法律援助")
_ENTITLED = re.compile(r"委托[^。；，]{0,4}辩护人")


def _recommended(doc: CaseDocument) -> int | None:
    """The longest term recommended by the prosecution, in months."""
    highest = [
        r.high.months
        for p in people(doc)
        for r in p.recommendations
        if r.high is not None and r.speaker == "prosecution" and r.main == "imprisonment"
    ]
    return max(highest, default=None)


def _minor(doc: CaseDocument, on: date | None) -> tuple[Defendant, Span] | None:
    """An accused who is a minor on the day of the document."""
    for person in people(doc):
        if person.birth is None or on is None:
            continue
        age = age_on(person.birth.value, on)
        if age is not None and 0 < age < limit("minor_age"):
            return person, person.birth.span
    return None


def _of_accused(doc: CaseDocument, pattern: re.Pattern[str]) -> Span | None:
    """The words where they are said of an accused: in the parties or in the reasons."""
    for section in doc.sections_of("parties", "reasoning"):
        found = search(doc, pattern, section.span.start, section.span.end)
        if found is not None and "被害" not in doc.text[max(found.start - 20, 0) : found.start]:
            return found
    return None


def _obstacles(doc: CaseDocument, fast: bool) -> Iterator[tuple[str, Span]]:
    """What the law names as a bar to the procedure, and where it stands."""
    for pattern, name in (
        (_DEAF, "盲、聋、哑人"),
        (_LIMITED, "尚未完全丧失辨认或者控制能力的精神病人"),
    ):
        found = _of_accused(doc, pattern)
        if found is not None:
            yield f"被告人属{name}", found
    for section in doc.sections_of("reasoning", "evidence", "facts"):
        found = search(doc, _DENIES, section.span.start, section.span.end)
        if found is not None:
            yield "被告人不认罪或者作无罪辩护", found
            break
    if not fast:
        return
    minor = _minor(doc, issued(doc))
    if minor is not None:
        yield f"被告人{minor[0].name.value}系未成年人", minor[1]
    most, longest = _recommended(doc), limit("single_judge_months")
    if most is not None and most > longest:
        span = next(r.span for p in people(doc) for r in p.recommendations)
        yield "建议刑期超过三年有期徒刑", span
    claim = search(doc, _CIVIL)
    if claim is not None and not _SETTLED.search(doc.text):
        yield "附带民事诉讼未就赔偿达成调解、和解协议", claim


@check("PROC-009")
def fast_track_allowed(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    proposed = search(doc, _FAST)
    if proposed is not None:
        for problem, span in _obstacles(doc, fast=True):
            yield hit(span, proposed, values={doc.role or "": span.quote}, problem=problem)


@check("PROC-010")
def summary_allowed(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    proposed = search(doc, _SUMMARY)
    if proposed is not None:
        for problem, span in _obstacles(doc, fast=False):
            yield hit(span, proposed, values={doc.role or "": span.quote}, problem=problem)


def _conflicting(doc: CaseDocument, story: Span) -> Hit | None:
    """Two procedures named as the one that was applied, and no word of a change."""
    named = [
        (found["kind"], found)
        for found in _NAMED.finditer(doc.text, story.start, story.end)
        if not _CHANGED.search(doc.text, max(found.start() - 12, 0), found.end())
    ]
    kinds = list(dict.fromkeys(kind for kind, _ in named))
    if len(kinds) < 2 or _CHANGED.search(doc.text, story.start, story.end):
        return None
    spans = [doc.span(m.start(), m.end()) for _, m in named[:2]]
    return hit(
        *spans,
        values={"judgment": "、".join(f"{kind}程序" for kind in kinds)},
        problem=f"既写适用{kinds[0]}程序，又写适用{kinds[1]}程序",
    )


@check("PROC-011")
def procedure_and_bench(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    yield from trial_told(doc)
    story = part(doc, "procedure")
    if story is None or doc.instance != "first":
        return
    conflict = _conflicting(doc, story)
    if conflict is not None:
        yield conflict
        return
    alone = search(doc, _ALONE, story.start, story.end)
    longest = [
        (s.term.months, s.span)
        for p in people(doc)
        for s in [*p.sentences, *([p.combined] if p.combined else [])]
        if s.main == "imprisonment" and s.term.months > limit("single_judge_months")
    ]
    single = alone is not None and doc.procedure in ("summary", "fast_track")
    if longest and (single or doc.procedure == "fast_track"):
        name = _NAMES[doc.procedure or "summary"]
        yield hit(
            alone or heading(doc),
            longest[0][1],
            values={"judgment": longest[0][1].quote},
            problem=f"适用{name}由审判员独任审判，而判处刑罚超过三年有期徒刑",
        )
    elif alone is not None and doc.procedure == "ordinary" and not _CHANGED.search(story.quote):
        yield hit(alone, values={"judgment": alone.quote}, problem="适用普通程序而由审判员独任审判")


def _birth(person: Defendant) -> Span | None:
    return person.birth.span if person.birth is not None else None


def _must_be_defended(doc: CaseDocument) -> Iterator[tuple[Defendant, str, Span]]:
    """Accused for whom counsel must be appointed, why, and where that stands."""
    on = issued(doc)
    for person in people(doc):
        low = person.paragraph.start if person.paragraph else 0
        high = person.paragraph.end if person.paragraph else 0
        for pattern, why in ((_DEAF, "系盲、聋、哑人"), (_LIMITED, "系限制责任能力的精神病人")):
            found = search(doc, pattern, low, high)
            if found is not None:
                yield person, why, found
        age = age_on(person.birth.value, on) if person.birth and on else None
        if person.birth is not None and age is not None and 0 < age < limit("minor_age"):
            yield person, "系未成年人", person.birth.span
        for sentence in person.sentences:
            if sentence.main in ("life", "death"):
                yield person, "被判处无期徒刑、死刑", sentence.span
                break


@check("PROC-005")
def counsel_required(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    mentioned = _COUNSEL.search(_ENTITLED.sub("", doc.text))
    for person, why, span in _must_be_defended(doc):
        if not person.counsel and not mentioned:
            yield hit(
                span,
                person.name.span,
                values={doc.role or "": None},
                cause=f"birth:{person.name.value}" if span == _birth(person) else None,
                name=person.name.value,
                why=why,
            )
