"""Names and answers of a judgment that belong to another case: nobody else speaks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.place import is_masked, part
from assistant.checks.registry import Hit, hit
from ingestion.model import CaseDocument

_RECEIVES = re.compile(
    r"(?:退赔|返还|发还|赔偿|退还)(?:给)?被害人(?P<name>[\u4e00-\u9fff]{2,4}?)(?=\d|[，。；、（]|人民币|现金|的|经济|损失|共计)"
)
_NO_NAME = re.compile(r"单位|公司|家属|亲属|各|等|全部|上述|近亲")
_TOOL = re.compile(
    r"作案工具(?P<thing>(?![予依由等均一若])[\u4e00-\u9fff]{1,4}?)(?=[一二两三四五六七八九十\d]|[，。；、予依由等])"
)
_NO_THING = re.compile(r"若干|物品|工具|全部|上述|扣押|没收|予以")
_SENTENCED = re.compile(r"被告人(?P<name>[\u4e00-\u9fff][某×Ｘ]{1,2})犯")
_COUNSEL_SAYS = re.compile(
    r"辩护人(?:[\u4e00-\u9fff]{2,3})?(?:所)?(?:提出|认为|辩称|辩护|关于|提交|建议)[^，。；]{0,24}"
)
_DEFENDED = re.compile(r"辩护人|法律援助|律师")
_RIGHT_TO = re.compile(r"(?:委托|聘请|指派|指定|申请)[^。；，]{0,6}辩护人|辩护人的权利")


def misdirected(doc: CaseDocument) -> Iterator[Hit]:
    """Who is paid, sentenced or answered in a judgment without having a part in the case."""
    if doc.role != "judgment":
        return
    yield from _paid(doc)
    yield from _sentenced(doc)
    yield from _answered(doc)
    yield from _taken(doc)


def _paid(doc: CaseDocument) -> Iterator[Hit]:
    """A victim whom the judgment names first where he is to be paid."""
    operative = part(doc, "operative")
    if operative is None:
        return
    before = doc.text[: operative.start]
    for found in _RECEIVES.finditer(doc.text, operative.start, operative.end):
        name = found["name"]
        # 陈某 of the story may be 陈秀平 of the decision.
        masked = is_masked(name) or f"{name[0]}某" in before or f"{name[0]}×" in before
        if masked or _NO_NAME.search(name) or name in before or "被害人" not in before:
            continue
        yield hit(
            doc.span(found.start("name"), found.end("name")),
            category="party",
            values={"judgment": name},
            what=f"判决主文中的被害人“{name}”，此前没有写到",
        )


def _taken(doc: CaseDocument) -> Iterator[Hit]:
    """A tool of the crime that the judgment names first where it is confiscated."""
    operative = part(doc, "operative")
    if operative is None:
        return
    before = doc.text[: operative.start]
    for found in _TOOL.finditer(doc.text, operative.start, operative.end):
        thing = found["thing"]
        # 手机 of the story may be a 苹果7手机, a 刀 a 水果刀.
        if _NO_THING.search(thing) or thing in before or thing[-1] in before:
            continue
        yield hit(
            doc.span(found.start("thing"), found.end("thing")),
            severity="minor",
            category="sentence",
            values={"judgment": thing},
            what=f"判决主文没收的作案工具“{thing}”，此前没有写到",
        )


def _sentenced(doc: CaseDocument) -> Iterator[Hit]:
    """A masked accused of a surname that none of the accused has."""
    operative = part(doc, "operative")
    names = [d.name.value for d in doc.defendants]
    if operative is None or not names or not all(is_masked(n) and len(n) > 1 for n in names):
        return
    surnames = {name[0] for name in names}
    for found in _SENTENCED.finditer(doc.text, operative.start, operative.end):
        if found["name"][0] not in surnames and not surnames & set("×某Ｘ"):
            yield hit(
                doc.span(found.start("name"), found.end("name")),
                doc.defendants[0].name.span,
                category="party",
                values={"judgment": found["name"]},
                what=f"“被告人{found['name']}”不是本案首部列明的被告人",
            )


def _answered(doc: CaseDocument) -> Iterator[Hit]:
    """An answer to counsel in a case that has none."""
    reasoning = part(doc, "reasoning")
    if reasoning is None or any(d.counsel for d in doc.defendants):
        return
    found = _COUNSEL_SAYS.search(doc.text, reasoning.start, reasoning.end)
    told = _RIGHT_TO.sub("", doc.text[: reasoning.start])
    if found is not None and not _DEFENDED.search(told):
        yield hit(
            doc.span(found.start(), found.end()),
            category="reasoning",
            values={"judgment": found[0]},
            what=f"写有“{found[0]}”，而首部和审理经过没有辩护人",
        )
