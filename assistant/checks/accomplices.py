"""Those who acted together: in which order they stand, and what became of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.identity import close_names
from assistant.checks.place import part, people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import CaseDocument, Circumstance
from knowledge_base.wording import surnames

_TOGETHER = re.compile(r"(?:伙同|会同)(?:同案人|同案犯|同伙|嫌疑人|犯罪嫌疑人|被告人)?")
_NAME = re.compile(
    r"(?P<name>[\u4e00-\u9fff][某×]{1,2}[甲乙丙丁\d]?|[\u4e00-\u9fff]{2,3}?)"
    r"(?:[（(][^）)\n]{0,30}[）)])?(?P<then>、|等人?|[，在于到至将驾持窜因以乘趁，]|先后|共同|多次|二人|两人|三人|四人)"
)
_FATE = re.compile(
    r"另案|另(?:行)?处理|另处|在逃|逃匿|已(?:被)?(?:判|起诉|处理|死亡|故|行政|不起诉)|不起诉|身份不明"
    r"|未到案|追逃|通缉|未成年|上网|批捕|行政处罚|拘留|取保候审|死亡|免予|未达|年龄|判处|判决|受理"
)
_NEAR = 60


def _companions(doc: CaseDocument) -> Iterator[tuple[int, str]]:
    """Names with whom an accused is said to have acted, with their places."""
    story = part(doc, "facts", "accusation")
    if story is None:
        return
    for lead in _TOGETHER.finditer(doc.text, story.start, story.end):
        at = lead.end()
        while found := _NAME.match(doc.text, at, story.end):
            yield at, found["name"]
            if found["then"] != "、":
                break
            at = found.end()


def _fate_told(doc: CaseDocument, name: str) -> bool:
    return any(
        _FATE.search(doc.text, found.end(), min(found.end() + _NEAR, len(doc.text)))
        for found in re.finditer(re.escape(name), doc.text)
    )


@check("NAME-017")
def what_became_of_them(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    known = {n.value for d in doc.defendants for n in (d.name, *d.aliases)}
    told: set[str] = set()
    for at, name in _companions(doc):
        accused = any(n in name or name in n or close_names(n, name) for n in known)
        if name in told or accused or name[0] not in surnames() or "他" in name:
            continue
        told.add(name)
        if not _fate_told(doc, name):
            yield hit(
                doc.span(at, at + len(name)),
                values={doc.role or "": name},
                cause=f"accomplice:{name}",
                name=name,
            )


def _of(doc: CaseDocument, key: str) -> list[Circumstance]:
    return [
        c
        for c in doc.circumstances
        if c.key == key and c.polarity == "affirmed" and c.section == "reasoning"
    ]


@check("NAME-013")
def order_of_accused(case: CaseFile) -> Iterator[Hit | Undecided]:
    """A principal who stands behind an accessory in the heading."""
    doc = sole(case)
    order = [person.name.value for person in people(doc)]
    lesser = {n: c for c in _of(doc, "accessory") for n in c.persons if n in order}
    leading = {n: c for c in _of(doc, "principal") for n in c.persons if n in order}
    for name in order:
        before = [n for n in order[: order.index(name)] if n in lesser and n not in leading]
        if name in leading and name not in lesser and before:
            yield hit(
                leading[name].span,
                lesser[before[0]].span,
                values={doc.role or "": name},
                name=name,
                other=before[0],
            )
            return
