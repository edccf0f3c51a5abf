"""Crimes and persons that are told of and then left without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.identity import like_name
from assistant.checks.place import sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.telling import own_text, story
from knowledge_base.charges import match, same_charge

_EXPLAINED = re.compile(
    r"不予认定|不予支持|不起诉|不构成|不认定|另案|变更|改变|更正|应当认定|不能认定|证据不足|撤回|并案|分案|已(?:经)?(?:判决|起诉)"
)
_WITH = re.compile(
    r"(?:伙同|纠集|邀约|邀集|指使|雇佣|雇请|与同案(?:犯|人)?|同案(?:犯|人)|与同伙|同伙)"
    r"(?P<names>[\u4e00-\u9fff×]{2,4}?(?:[、和及与][\u4e00-\u9fff×]{2,4}?){0,6})"
    r"(?=[（(，。；、]|等|在|到|至|于|驾|从|来|前|共|窜|携|持|采|以|将|用|一起|先后|多次|经|乘|对|因|分别)"
)
_HANDLED = re.compile(
    r"另案|另行|另作|在逃|上网|追逃|已(?:经)?(?:判|起诉|移送|死亡|行政处罚)|不起诉|未到案|另处|未满|不满|已?被判|刑拘|取保|已?决|身份不明|同案|分案"
)
_OTHERS = re.compile(
    r"他人|其他|多人|数人|二人|三人|两人|一人|人员|男子|女子|同伙|朋友|妻|老乡|工人|未成年"
)


@check("CHG-006")
def crime_left_out(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    text = own_text(doc)
    if _EXPLAINED.search(text):
        return
    for person in doc.defendants:
        handed = [c for c in person.accused_of if match(c.value) is not None]
        if not person.charges or len(handed) <= len(person.charges):
            continue
        for charge in handed:
            if not any(same_charge(charge.value, own.value) for own in person.charges):
                yield hit(
                    charge.span,
                    person.charges[0].span,
                    values={doc.role or "": None},
                    cause=f"charge:{person.name.value}:{charge.value}",
                    name=person.name.value,
                    charge=charge.value,
                )


@check("CHG-007")
def accomplice_left_out(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    told = story(doc)
    if told is None:
        return
    text = own_text(doc)
    known = {name.value for d in doc.defendants for name in (d.name, *d.aliases)}
    for found in _WITH.finditer(doc.text, told.start, told.end):
        for name in re.split(r"[、和及与]", found["names"]):
            if name in known or _OTHERS.search(name) or not like_name(name):
                continue
            known.add(name)
            # 甲、乙（均另案处理）: said of the whole list.
            said = (text[m.start() : m.end() + 40] for m in re.finditer(re.escape(name), text))
            if any(_HANDLED.search(near) for near in said):
                continue
            at = found.start("names") + found["names"].index(name)
            yield hit(
                doc.span(at, at + len(name)),
                values={doc.role or "": name},
                cause=f"accomplice:{name}",
                name=name,
            )
