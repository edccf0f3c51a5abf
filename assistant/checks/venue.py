"""Jurisdiction and changes of the accusation: where, what was added, prosecuted again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.place import part, people, search, sole
from assistant.checks.registry import Hit, Undecided, check, hit

_ORGAN = re.compile(r"([\u4e00-\u9fff]{2,20}?)人民检察院")
_UNIT = re.compile(r"([\u4e00-\u9fff]{1,6}?)(省|自治区|自治州|自治县|自治旗|市|区|县|旗)")
_SPECIAL = re.compile(r"开发区|高新|新区|铁路|林区|矿区|监狱|垦区|景区|工业园|派出")
_WIDE = ("省", "自治区")
_ELSEWHERE = re.compile(
    r"(?<![本该此])[\u4e00-\u9fff]{2,6}?(?:区(?![别分域])|县|市(?!场|价|民|政))"
)
_HERE = re.compile(r"本[市区县院]|我[市区县]|辖区|当地|该[市区县]")
_ASSIGNED = re.compile(r"指定管辖|移送管辖|交办|指定[^。；]{0,12}(?:管辖|审查起诉)|商请|并案|转交")
_NET = re.compile(r"网络|微信|互联网|银行卡|电信|淘宝|平台|支付宝|APP|直播")
_MASKED = re.compile(r"[×xX*＊某]{1,3}(?:省|市|区|县|镇|乡|村)")
_CHANGE = re.compile(r"(?:变更|追加|补充)(?:了)?(?:起诉|指控|公诉)(?!决定书)")
_ORAL = re.compile(
    r"(?:当庭|口头|庭审中|庭审过程中)[^。；]{0,12}(?:变更|追加|补充)(?:了)?(?:起诉|指控)"
)
_WRITTEN = re.compile(
    r"(?:变更|追加|补充)起诉(?:决定)?书|《[^》]{0,10}(?:变更|追加|补充)[^》]{0,10}》"
    r"|\d{4}[〕）)\]][^。；]{0,6}\d+号[^。；]{0,10}(?:变更|追加|补充)"
)
_WITHDRAWN = re.compile(r"撤回(?:对[^。；]{0,20})?起诉")
_NEW = re.compile(r"新的?(?:犯罪)?(?:事实|证据)")
_ADDED = re.compile(r"追加|补充移送|补充起诉|遗漏|漏罪|漏犯|一并|直接(?:提起公诉|起诉)|另查明|追诉")


@check("PROC-012")
def jurisdiction(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    facts = part(doc, "facts")
    organ = doc.procuratorate or doc.police
    if facts is None or organ is None:
        return
    found = _ORGAN.search(organ.value)
    name = found[1] if found else organ.value
    units = [unit + kind for unit, kind in _UNIT.findall(name) if kind not in _WIDE]
    if not units or _SPECIAL.search(name) or _ASSIGNED.search(doc.text) or _NET.search(facts.quote):
        return
    homes = [f.value for p in people(doc) for f in (p.residence, p.household) if f is not None]
    told = facts.quote + "".join(homes)
    own = {unit[:-1] if len(unit) > len("某县") else unit for unit in units}
    other = search(doc, _ELSEWHERE, facts.start, facts.end)
    if any(unit in told for unit in own) or _HERE.search(told) or _MASKED.search(told):
        return
    if other is not None and homes:
        yield hit(other, organ.span, values={doc.role or "": other.quote}, organ=organ.value)


@check("PROC-017")
def added_without_word(case: CaseFile) -> Iterator[Hit | Undecided]:
    opinion, indictment = case.documents["opinion"], case.documents["indictment"]
    if _ADDED.search(indictment.text):
        return
    known = {person.name.value for person in opinion.defendants}
    story = part(indictment, "procedure")
    for person in indictment.defendants:
        if known and person.name.value not in known and story is not None:
            yield hit(
                person.name.span,
                *(p.name.span for p in opinion.defendants[:1]),
                values={"indictment": person.name.value, "opinion": None},
                cause=f"accused:{person.name.value}",
                name=person.name.value,
            )


@check("PROC-018")
def change_in_writing(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for section in doc.sections_of("procedure", "accusation"):
        oral = search(doc, _ORAL, section.span.start, section.span.end)
        found = oral or search(doc, _CHANGE, section.span.start, section.span.end)
        if found is not None and (oral or not _WRITTEN.search(doc.text)):
            yield hit(found, values={"judgment": found.quote}, written=found.quote)
            return


@check("PROC-019")
def prosecuted_again(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    story = part(doc, "procedure")
    withdrawn = search(doc, _WITHDRAWN, story.start, story.end) if story else None
    if story is not None and withdrawn is not None and not _NEW.search(story.quote):
        yield hit(withdrawn, values={doc.role or "": withdrawn.quote})
