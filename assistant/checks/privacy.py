"""What must not be written openly: who stands behind an assumed name, numbers, sealed records."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.identity import like_name
from assistant.checks.place import is_masked, part, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from knowledge_base.check_rules import limit
from knowledge_base.word_lists import charge_group

_ASSUMED = re.compile(
    r"(?:被害人|证人|鉴定人|举报人|侦查人员)[\u4e00-\u9fff]{2,4}[（(](?:系)?化名[）)，]"
)
_EXPLAINED = re.compile(
    r"另附|另行(?:书面)?说明|另册|单独成卷|密封|保密|密级|密卷|化名[^。；]{0,20}(?:说明|情况)"
)
_NUMBERS = (
    ("公民身份号码", re.compile(r"(?<![\d*×Xx])\d{17}[\dXx](?![\d*×])")),
    ("手机号码", re.compile(r"(?<![\d*×Xx])1[3-9]\d{9}(?![\d*×Xx])")),
    ("银行卡号", re.compile(r"(?<![\d*×Xx])62\d{14,17}(?![\d*×Xx])")),
)
_SHOWN = 4
_VICTIM = re.compile(
    r"被害人(?!陈述|家|亲|监护|母|父)(?P<name>[\u4e00-\u9fff]{2,3}?)(?=[，、。；（(的在与被于不家之予]|陈述)"
)


@check("PRIV-001")
def named_victim(case: CaseFile) -> Iterator[Hit | Undecided]:
    """The victim of a sexual offence under what looks like a full name, nowhere masked."""
    doc = sole(case)
    charges = {c.value for d in doc.defendants for c in (*d.charges, *d.accused_of)}
    if not charges or not charges <= charge_group("privacy"):
        return
    appendix = part(doc, "appendix")
    end = appendix.start if appendix else len(doc.text)
    found = next(
        (
            m
            for m in _VICTIM.finditer(doc.text, 0, end)
            if like_name(m["name"])
            and not is_masked(m["name"])
            and "化名" not in doc.text[m.end() : m.end() + 4]
        ),
        None,
    )
    if found is not None:
        yield hit(
            doc.span(*found.span("name")),
            values={doc.role or "": found["name"]},
            name=found["name"],
        )


@check("PRIV-002")
def assumed_names_explained(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    if _EXPLAINED.search(doc.text):
        return
    found = _ASSUMED.search(doc.text)
    if found is not None:
        yield hit(
            doc.span(found.start(), found.end()),
            values={doc.role or "": found[0]},
            written=found[0].rstrip("，"),
        )


@check("PRIV-003")
def sealed_record(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    most = limit("sealed_record_months")
    for person in doc.defendants:
        for prior in person.priors:
            if not prior.juvenile or prior.kind != "conviction":
                continue
            if prior.term is None:
                yield Undecided(f"无法判断：缺{person.name.value}未成年时所犯前罪的刑期")
            elif prior.term.months < most or (prior.term.months == most and not prior.term.days):
                yield hit(
                    prior.span,
                    person.name.span,
                    values={doc.role or "": prior.span.quote},
                    name=person.name.value,
                )


@check("PRIV-004")
def numbers_in_a_published_version(case: CaseFile) -> Iterator[Hit | Undecided]:
    """Only a version in which the persons were made unrecognisable is held to this."""
    doc = sole(case)
    if not doc.defendants or not all(is_masked(d.name.value) for d in doc.defendants):
        return
    appendix = part(doc, "appendix")
    end = appendix.start if appendix else len(doc.text)
    for name, pattern in _NUMBERS:
        found = pattern.search(doc.text, 0, end)
        if found is None:
            continue
        yield hit(
            doc.span(found.start(), found.end()),
            values={doc.role or "": f"{found[0][:_SHOWN]}…"},
            kind=name,
        )
