"""What an indictment must tell of each accused besides name, sex and birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.place import attachments, people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from ingestion.model import CaseDocument, Defendant, Prior, Span
from knowledge_base.word_lists import charge_group

_SELF_STATED = re.compile(r"自报(?:姓名|名|身份|系|为)?|[（(]自报[）)]")
_OTHER_STATED = re.compile(
    r"自报(?:[\u4e00-\u9fff]{0,4}(?:文化|职业|无业|出生|年龄|住址|户籍))|(?:文化|职业|无业|学历)[（(]自报"
)
_NOTED = re.compile(
    r"照片|指纹|编号|(?:身份|姓名)[^。；]{0,12}(?:不明|不详|不讲|无法查(?:清|明)|未能?查(?:清|明)|没有查(?:清|明)|不能查(?:清|明))"
    r"|(?:无法|未能|不能|尚未)(?:查清|查明|核实)"
)
_ATTACHED_HOME = re.compile(
    r"(?:取保候审|监视居住)[^。；\n]{0,6}?(?:于|在|地点[：:为]?)(?P<place>[^，。；;、\n]{1,40})"
)
_DWELLING = re.compile(r"[^，。；]{0,30}?(?:住所|住处|家中|住地|居住地|其住)|在?家$")
_DOOR = re.compile(
    r"[\u4e00-\u9fff]{2,6}(?:路|街|巷|弄|村|小区|花园|社区|组)[\d一二三四五六七八九十-]{1,6}号?"
)
_PLACE_OF_UNIT = re.compile(r"住所|注册地|所在地|地址|经营地")
_DEPUTY = re.compile(
    r"(?P<kind>(?:全国|[省市县区州]|第[一-十]{1,3}届)[^。；，]{0,12}(?:人大代表|人民代表大会代表|政协委员))"
)
_NO_DEPUTY = re.compile(r"(?:非|不是|不担任|未担任|原|曾任|曾系|已辞去|罢免|终止)[^，。；]{0,14}$")
_ALLOWED = re.compile(r"许可|报请|报告|通报|暂停执行|终止(?:其)?(?:代表|委员)|辞去|撤销|罢免")
_PENALTY = re.compile(
    r"判处|处以?(?:有期徒刑|拘役|管制|罚金)|免予?刑事处罚|免除刑罚|单处|宣告缓刑|缓刑"
)
_COURT = re.compile(r"法院|本院|军事法院")
_DAY = re.compile(r"\d{2,4}年|同年|同月|次年")
_CHARGE = re.compile(r"罪|走私|盗窃|诈骗|抢劫|抢夺|贩卖毒品")
_FREED = re.compile(
    r"释放|假释|缓刑|执行(?:完毕|期满)|期满|押回|监外执行|保外就医|赦免|罚金|免予|服刑|尚未执行|撤销"
)
_IN_OFFICE = re.compile(
    r"年[^。；]{0,60}(?:担任|任|历任|调任|聘|录用|入职|工作)|(?:担任|任职|任)[^。；]{0,40}(?:期间|至今|以来)"
)
_EASILY_ADDED = frozenset(("判决法院", "释放或者刑罚执行完毕的日期"))
_CUSTODIAL = re.compile(r"有期徒刑|拘役|无期徒刑|死刑")


@check("NAME-007")
def stated_by_himself(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    if _NOTED.search(doc.text):
        return
    for person in people(doc):
        where = person.paragraph
        if where is None:
            continue
        end = min(where.end, where.start + 200)
        found = _SELF_STATED.search(doc.text, where.start, end)
        if found is None or _OTHER_STATED.search(doc.text, max(found.start() - 6, 0), end):
            continue
        yield hit(
            doc.span(found.start(), found.end()),
            person.name.span,
            values={doc.role or "": person.name.value},
            name=person.name.value,
        )


@check("NAME-009")
def place_of_bail(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    listed = attachments(doc)
    persons = people(doc)
    if listed is None or not persons:
        return
    for found in _ATTACHED_HOME.finditer(doc.text, listed.start, listed.end):
        before = doc.text[max(found.start() - 20, listed.start) : found.start()]
        named = [p for p in persons if p.name.value in before]
        person = named[-1] if named else (persons[0] if len(persons) == 1 else None)
        if person is None or person.paragraph is None:
            continue
        place, told = found["place"], person.paragraph.quote
        span = doc.span(*found.span("place"))
        door = _DOOR.search(place)
        if door is not None and door[0] not in told and person.residence is not None:
            yield _elsewhere(doc, span, person, f"附件所写处所“{place}”与正文住址不一致")
        elif (
            (door or _DWELLING.search(place))
            and person.residence is None
            and person.household is not None
            and "住" not in told.replace("监视居住", "")
        ):
            yield _elsewhere(doc, span, person, f"附件写明在“{place}”，正文没有写住址")


def _elsewhere(doc: CaseDocument, span: Span, person: Defendant, problem: str) -> Hit:
    stated = person.residence or person.household
    return hit(
        span,
        *([stated.span] if stated else []),
        values={doc.role or "": span.quote},
        name=person.name.value,
        problem=problem,
    )


def _lacking(doc: CaseDocument, prior: Prior) -> list[str]:
    """Particulars of an earlier conviction found neither by the reader nor in its sentence."""
    words = doc.text[max(prior.span.start - 60, 0) : prior.span.end + 60]
    own = prior.span.quote
    after = doc.text[prior.span.start : prior.span.end + 100]
    freed = prior.released or prior.probation or prior.term_end or prior.probation_end
    served = prior.term is not None and _CUSTODIAL.search(own) is not None
    return [
        name
        for name, there in (
            ("罪名", prior.charge is not None or _CHARGE.search(words)),
            ("判决法院", prior.court is not None or _COURT.search(words)),
            ("判决日期", prior.date is not None or _DAY.search(own)),
            ("刑种刑期", prior.penalty is not None or prior.term or _PENALTY.search(words)),
            ("释放或者刑罚执行完毕的日期", not served or freed or _FREED.search(after)),
        )
        if not there
    ]


@check("NAME-010")
def earlier_convictions(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        where = person.paragraph
        told = [
            prior
            for prior in person.priors
            if prior.kind == "conviction"
            and where is not None
            and where.start <= prior.span.start < where.end
        ]
        lacking = {prior.span: items for prior in told if (items := _lacking(doc, prior))}
        if lacking:
            items = list(dict.fromkeys(one for found in lacking.values() for one in found))
            yield hit(
                *lacking,
                severity="minor" if _EASILY_ADDED.issuperset(items) else None,
                values={doc.role or "": next(iter(lacking)).quote},
                name=person.name.value,
                items="、".join(
                    dict.fromkeys(item for items in lacking.values() for item in items)
                ),
            )


@check("NAME-011")
def deputies(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        where = person.paragraph
        if where is None:
            continue
        found = _DEPUTY.search(doc.text, where.start, where.end)
        if found is None or _NO_DEPUTY.search(doc.text, where.start, found.start()):
            continue
        if not _ALLOWED.search(doc.text):
            yield hit(
                doc.span(found.start(), found.end()),
                person.name.span,
                values={doc.role or "": found["kind"]},
                name=person.name.value,
                kind=found["kind"],
            )


@check("NAME-015")
def units(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for unit in doc.defendants:
        if not unit.unit or unit.paragraph is None:
            continue
        told = unit.paragraph.quote
        lacking = [
            name
            for name, there in (
                ("统一社会信用代码（组织机构代码）", unit.registration or "代码" in told),
                ("住所", _PLACE_OF_UNIT.search(told)),
                (
                    "法定代表人（负责人）",
                    unit.legal_representative
                    or re.search("法定代表人|负责人|实际控制人|投资人|经营者", told),
                ),
                ("诉讼代表人", unit.litigation_representative or "诉讼代表人" in doc.text),
            )
            if not there
        ]
        if lacking:
            yield hit(
                unit.name.span,
                values={doc.role or "": unit.name.value},
                unit=unit.name.value,
                items="、".join(lacking),
            )


@check("NAME-012")
def time_in_office(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    for person in people(doc):
        charges = [c.value for c in person.charges if c.value in charge_group("office")]
        if charges and not _IN_OFFICE.search(doc.text):
            yield hit(
                person.name.span,
                values={doc.role or "": person.name.value},
                name=person.name.value,
                charge=charges[0],
            )
