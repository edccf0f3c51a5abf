"""Earlier convictions and administrative penalties, as a party's paragraph tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingestion.extract.blocks import clauses
from ingestion.model import CaseDocument, DateValue, Prior, Term
from ingestion.numerals import DateMention, find_dates, find_terms

_CONVICTION = re.compile(
    r"(?:单处|判处|处以|处|判)(?P<penalty>(?:死刑|无期徒刑|有期徒刑|拘役|管制|罚金)[^。；;]{0,80}?)"
    r"(?=[，,](?:于|[12]\d{3}年|同年|[一二][〇○零九]|刑期)|[。；;]|$|[（(]|[，,]?(?:现在|刑满|服刑|因|后))"
    r"|(?P<exempt>免予刑事处罚|免于刑事处罚)"
)
_ADMINISTRATIVE = re.compile(
    r"(?:(?:决定|处以|处|予以|给予|被)\s*)*(?P<measure>行政拘留|治安拘留|劳动教养(?!管理|委员)|收容教养|强制隔离戒毒|强制戒毒|社区戒毒|社区康复"
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
_RELEASED = re.compile(r"刑满释放|减刑释放|假释(?!期)|刑满|执行完毕|释放|出狱|获释")


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    yield from clauses(text, start, end, "。；;\n")


def _dates(text: str, start: int, end: int) -> list[DateMention]:
    return [
        DateMention(d.start + start, d.end + start, d.value, d.derived)
        for d in find_dates(text[start:end])
    ]


def _before(dates: list[DateMention], low: int, high: int) -> DateValue | None:
    near = [d for d in dates if low <= d.start < high]
    return near[-1].value if near else None


def _term(penalty: str) -> Term | None:
    terms = find_terms(penalty)
    return terms[0].low if terms and not penalty.startswith("罚金") else None


def _conviction(
    doc: CaseDocument, match: re.Match[str], low: int, dates: list[DateMention]
) -> Prior:
    text = doc.text
    charge = None
    for found in _CHARGE.finditer(text, low, match.start()):
        charge = found["charge"] + "罪"
    court = None
    for found in _COURT.finditer(text, low, match.start()):
        court = found["court"]
    if court == "本院" and doc.type == "judgment" and doc.court:
        court = doc.court.value
    penalty = match["penalty"] or match["exempt"]
    return Prior(
        kind="conviction",
        span=doc.span(low, match.end()),
        charge=charge,
        court=court,
        date=_before(dates, low, match.start()),
        penalty=re.sub(r"[，,\s](?:期间|又|再|后|现)?$", "", penalty),
        term=_term(penalty),
    )


def _administrative(
    doc: CaseDocument, match: re.Match[str], low: int, dates: list[DateMention]
) -> Prior:
    reason = None
    for found in _REASON.finditer(doc.text, low, match.start()):
        reason = found["reason"]
    terms = find_terms(match["rest"])
    return Prior(
        kind="administrative",
        span=doc.span(low, match.end()),
        charge=reason,
        date=_before(dates, low, match.start()),
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
            build = _conviction if kind == "conviction" else _administrative
            found.append(build(doc, match, cursor, dates))
            cursor = match.end()
    return found
