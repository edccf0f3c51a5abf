"""Earlier convictions and administrative penalties, as a party's paragraph tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ingestion.extract.blocks import clauses
from ingestion.extract.people import named
from ingestion.model import CaseDocument, DateValue, Defendant, Prior, Term
from ingestion.numerals import DateMention, NoSuchDay, find_dates, find_terms, scan_dates

_CONVICTION = re.compile(
    r"(?:单处|判处|处以|处|判|撤销[^。；;]{0,30}缓刑[^。；;]{0,20}?决定执行)(?P<penalty>(?:死刑|无期徒刑|有期徒刑|拘役|管制|罚金)[^。；;]{0,80}?)"
    r"(?=[，,](?:于|[12]\d{3}年|同年|次年|翌年|当年|[一二][〇○零九]|刑期|经|后?减刑|假释|宣告|缓刑考验|\d{1,2}月)"
    r"|[。；;]|$|[（(]|[，,]?(?:现在|刑满|服刑|因|后))"
    r"|(?P<exempt>免予刑事处罚|免于刑事处罚)"
)
_ADMINISTRATIVE = re.compile(
    r"(?:(?:决定|处以|处|予以|给予|被)\s*)*(?<!解除)(?P<measure>行政拘留|治安拘留|劳动教养(?!管理|委员)|收容教养|强制隔离戒毒|强制戒毒|社区戒毒|社区康复"
    r"|行政处罚|治安处罚|行政罚款|收容教育|罚款|警告|(?<=被)拘留(?=[一二三四五六七八九十\d]{1,3}[日天]))"
    r"(?P<rest>[^，。；;（(]{0,24}(?:[，,]\s*(?:并处)?罚款[^，。；;（(]{1,12})?)"
)
_CHARGE = re.compile(
    r"(?:因|曾|日|年|月)?(?:犯有?|因犯?)(?P<charge>[^，,。；;（）]{1,40}?)罪(?:[，,]|于|被|、?并?经|在|$)"
)
_REASON = re.compile(r"因(?!本案|涉嫌)(?P<reason>[^，,。；;]{1,20}?)(?=[，,]|于|被|\d{4}年|$)")
_COURT = re.compile(
    r"(?:被|经|由)?(?P<court>[^，,。；;\s被经由于因日]{2,30}(?:人民法院|法院)|本院)"
)
_PROBATION = re.compile(r"缓刑(?P<term>[^，。；（考执]{2,12})")
_ENDS = re.compile(
    r"(?P<what>缓刑考验期|假释考验期|刑期)[^。；]{0,40}?(?:至|到)(?P<day>[^。；，至]{4,14}?)(?:止|届满|期满|[，。；）)])"
)
_JUVENILE = re.compile(
    r"(?:犯罪|作案|当)时(?:系|为)?(?:未满|不满)(?:十八|18)周?岁|(?:系|属)未成年人(?:犯罪)?|未成年(?:人)?(?:时|期间)?犯罪|犯罪时(?:系|属|为)?未成年"
)
_AUTHORITY = re.compile(
    r"(?:被|经|由)(?P<name>[^，,。；;\s被经由因]{0,30}(?:公安(?:局|分局|处)|分局|派出所|支队|大队|公安机关|管理委员会|法院|戒毒所))"
)
# Where the story of the case, not the party's paragraph, tells of an earlier sentence.
_FORMERLY = re.compile(r"曾因|前科|刑满释放|释放后|假释|累犯|再犯|缓刑考验期")
_RELEASED = re.compile(r"刑满释放|减刑释放|假释(?!期)|刑满|执行完毕|释放|出狱|获释")


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    yield from clauses(text, start, end, "。；;\n")


def _dates(text: str, start: int, end: int) -> list[DateMention | NoSuchDay]:
    return [
        replace(d, start=d.start + start, end=d.end + start) for d in scan_dates(text[start:end])
    ]


def _before(dates: Sequence[DateMention | NoSuchDay], low: int, high: int) -> DateValue | None:
    """The last date in `low:high`; none where that is a day that does not exist."""
    near = [d for d in dates if low <= d.start < high]
    return near[-1].value if near and isinstance(near[-1], DateMention) else None


def _term(penalty: str) -> Term | None:
    terms = find_terms(penalty)
    return terms[0].low if terms and not penalty.startswith("罚金") else None


def _conviction(
    doc: CaseDocument, match: re.Match[str], low: int, dates: Sequence[DateMention | NoSuchDay]
) -> Prior:
    text = doc.text
    charge = None
    for found in _CHARGE.finditer(text, low, match.start()):
        # 因在缓刑考验期内犯盗窃罪
        charge = re.sub(r"^在[^，]*?期[内间]又?犯", "", found["charge"]) + "罪"
    court = None
    for found in _COURT.finditer(text, low, match.start()):
        court = found["court"]
    if court == "本院" and doc.type == "judgment" and doc.court:
        court = doc.court.value
    penalty = match["penalty"] or match["exempt"]
    probation = _PROBATION.search(penalty)
    return Prior(
        kind="conviction",
        span=doc.span(low, match.end()),
        charge=charge,
        court=court,
        date=_before(dates, low, match.start()),
        penalty=re.sub(r"[，,\s](?:期间|又|再|后|现)?$", "", penalty),
        term=_term(penalty),
        probation=_term(probation["term"]) if probation else None,
    )


def _administrative(
    doc: CaseDocument,
    match: re.Match[str],
    low: int,
    dates: Sequence[DateMention | NoSuchDay],
    sentence: int,
) -> Prior:
    reason = None
    for found in _REASON.finditer(doc.text, low, match.start()):
        reason = found["reason"]
    terms = find_terms(match["rest"])
    organs = [m["name"] for m in _AUTHORITY.finditer(doc.text, sentence, match.end())]
    return Prior(
        kind="administrative",
        span=doc.span(low, match.end()),
        charge=reason,
        authority=organs[-1] if organs else None,
        # 被行政拘留十日，并责令社区戒毒: one decision, one day.
        date=_before(dates, low, match.start()) or _before(dates, sentence, match.start()),
        penalty=(match["measure"] + match["rest"]).strip("，, "),
        term=terms[0].low if terms and not match["measure"].endswith("罚款") else None,
    )


def read_priors(doc: CaseDocument, start: int, end: int) -> list[Prior]:
    """The earlier penalties told in `start:end`; a release goes to the conviction before it."""
    text = doc.text
    dates = _dates(text, start, end)
    found: list[Prior] = []
    for low, high in _sentences(text, start, end):
        cursor = low
        events = sorted(
            [
                *(("conviction", m) for m in _CONVICTION.finditer(text, low, high)),
                *(("administrative", m) for m in _ADMINISTRATIVE.finditer(text, low, high)),
                *(("released", m) for m in _RELEASED.finditer(text, low, high)),
            ],
            key=lambda e: e[1].start(),
        )
        for kind, match in events:
            if match.start() < cursor:
                continue
            if kind == "released":
                last = next(
                    (i for i in range(len(found) - 1, -1, -1) if found[i].kind == "conviction"),
                    None,
                )
                when = _before(dates, cursor, match.start())
                if last is not None and when and found[last].released is None:
                    found[last] = found[last].model_copy(update={"released": when})
                    cursor = match.end()
                continue
            if kind == "conviction":
                found.append(_conviction(doc, match, cursor, dates))
            else:
                found.append(_administrative(doc, match, cursor, dates, low))
            cursor = match.end()
    return _finished(text, found, end)


def _finished(text: str, found: list[Prior], end: int) -> list[Prior]:
    """With what stands behind each conviction: the ends of its terms, and that he was a minor."""
    result = []
    for index, prior in enumerate(found):
        later = found[index + 1].span.start if index + 1 < len(found) else end
        words = text[prior.span.start : min(later, prior.span.end + 160)]
        update: dict[str, object] = {}
        if prior.kind == "conviction":
            for match in _ENDS.finditer(words):
                days = find_dates(match["day"], prior.date)
                if days:
                    name = "probation_end" if match["what"] == "缓刑考验期" else "term_end"
                    update.setdefault(name, days[-1].value)
            update["juvenile"] = bool(_JUVENILE.search(words))
        result.append(prior.model_copy(update=update))
    return result


def _looks_back(doc: CaseDocument) -> list[tuple[int, int]]:
    """The sentences of the story and of its appraisal that speak of earlier sentences."""
    return [
        (low, high)
        for section in doc.sections_of("facts", "accusation", "reasoning")
        if _FORMERLY.search(doc.text, section.span.start, section.span.end)
        for low, high in clauses(doc.text, section.span.start, section.span.end, "。\n")
        if _FORMERLY.search(doc.text, low, high)
    ]


def _told_elsewhere(
    doc: CaseDocument, person: Defendant, sentences: list[tuple[int, int]]
) -> Iterator[Prior]:
    """The convictions of a person that the story or its appraisal tells."""
    for low, high in sentences:
        if person.name.value in named(doc, low, high) or len(doc.defendants) == 1:
            yield from read_priors(doc, low, high)


def _same(one: Prior, other: Prior) -> bool:
    if one.date and other.date and one.date.precision == other.date.precision == "day":
        return one.date == other.date
    return one.charge is not None and one.charge == other.charge


def _freed_elsewhere(
    doc: CaseDocument, person: Defendant, sentences: list[tuple[int, int]]
) -> DateValue | None:
    """The last day on which the story says that the person was released from prison."""
    last: DateValue | None = None
    for low, high in sentences:
        if len(doc.defendants) > 1 and named(doc, low, high) != (person.name.value,):
            continue
        for match in re.finditer(r"刑满释放", doc.text[low:high]):
            at = low + match.start()
            last = _before(_dates(doc.text, low, at), low, at) or last
    return last


def complete(doc: CaseDocument) -> None:
    """Add to every accused what the story tells of earlier convictions and of a release."""
    sentences = _looks_back(doc)
    for person in doc.defendants:
        told: list[Prior] = []
        for prior in _told_elsewhere(doc, person, sentences):
            if prior.kind != "conviction" or prior.date is None:
                continue
            if not any(_same(prior, p) for p in [*person.priors, *told]):
                told.append(prior)
        person.priors = [*person.priors, *told]
        dated = [i for i, p in enumerate(person.priors) if p.kind == "conviction" and p.date]
        last = max(dated, key=lambda i: _decided(person.priors[i]), default=None)
        if last is None or person.priors[last].released is not None:
            continue
        day = _freed_elsewhere(doc, person, sentences)
        if day and _decided(person.priors[last]) < day.date:
            person.priors[last] = person.priors[last].model_copy(update={"released": day})


def _decided(prior: Prior) -> date:
    return prior.date.date if prior.date else date.min
