"""The indictment as the judgment cites it: its number and its day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.format import number
from assistant.checks.place import closing_date, issued, search
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.comparison.matching import two
from ingestion.model import CaseDocument, DateValue, Field
from ingestion.numerals import find_dates

_BROUGHT = re.compile(r"于\d{4}年\d{1,2}月\d{1,2}日向本院提起公诉")
_MASK = re.compile(r"[×XxＸ＊*]")
_ACCUSES = re.compile(
    r"(?:^|[\s。])(?:公诉机关)?([\u4e00-\u9fff]{2,20}人民检察院)(?:起诉书)?指控[：:，,]"
)
_SENDS = re.compile(r"(?:^|[\s。；，])([\u4e00-\u9fff]{2,20}人民检察院)指派")
_BY_INDICTMENT = re.compile(
    r"(?:^|[。，\s])([\u4e00-\u9fff]{2,20}?人民检察院)以[^。；]{2,40}?号《?起诉书"
)


def _normal(text: str) -> str:
    text = re.sub(r"[（(［\[﹝【〔]", "〔", re.sub(r"\s", "", text))
    return re.sub(r"[）)］\]﹞】〕]", "〕", text).replace("第", "")


@check("CMP-001")
def cited(case: CaseFile) -> Iterator[Hit | Undecided]:
    indictment, judgment = two(case)
    own, quoted = number(indictment), judgment.cited_number
    if own is None or quoted is None:
        yield Undecided("无法判断：起诉书文号或者判决书所引文号未能读出")
    elif not (_MASK.search(own.quote) or _MASK.search(quoted.value)):
        first, second = _normal(own.quote), _normal(quoted.span.quote)
        if first != second and first not in second and second not in first:
            yield hit(
                own,
                quoted.span,
                values={"indictment": own.quote, "judgment": quoted.span.quote},
                what="起诉书文号",
                first=own.quote,
                second=quoted.span.quote,
            )
    yield from _organs(indictment, judgment)
    field, day = _prosecuted(judgment), issued(indictment)
    if field is None or field.value.precision != "day" or day is None:
        return
    line = closing_date(indictment) or indictment.dates["issued"].span
    if field.value.date < day:
        yield hit(
            line,
            field.span,
            category="date",
            cause="issued-before",
            values={"indictment": day.isoformat(), "judgment": field.value.date.isoformat()},
            what="起诉日期",
            first=f"落款{day.isoformat()}",
            second=f"于{field.value.date.isoformat()}提起公诉（早于起诉书落款）",
        )
    elif (field.value.date - day).days > 30:
        yield hit(
            line,
            field.span,
            category="date",
            cause="issued-before",
            values={"indictment": day.isoformat(), "judgment": field.value.date.isoformat()},
            what="起诉日期",
            first=f"落款{day.isoformat()}",
            second=f"于{field.value.date.isoformat()}提起公诉",
        )


def _prosecuted(judgment: CaseDocument) -> Field[DateValue] | None:
    """The day of prosecution; from its usual words where the field was not read."""
    if "prosecuted" in judgment.dates:
        return judgment.dates["prosecuted"]
    place = search(judgment, _BROUGHT)
    found = find_dates(place.quote) if place else []
    if place is None or not found:
        return None
    span = judgment.span(place.start + found[0].start, place.start + found[0].end)
    return Field(value=found[0].value, span=span)


def _bare(name: str) -> str:
    return re.sub(r"[省市县区旗]|自治[区州县]|第[一二三四五]|人民|\s", "", name)


def _accuser(judgment: CaseDocument) -> Field[str] | None:
    """The procuratorate by whose indictment the judgment says the case was brought."""
    found = _BY_INDICTMENT.search(judgment.text)
    if found is None:
        return None
    return Field(value=found[1], span=judgment.span(found.start(1), found.end(1)))


def _named(judgment: CaseDocument, pattern: re.Pattern[str]) -> Field[str] | None:
    """The procuratorate that the judgment names as accusing, or as coming to the hearing."""
    found = pattern.search(judgment.text)
    if found is None:
        return None
    return Field(value=found[1], span=judgment.span(found.start(1), found.end(1)))


def _organs(indictment: CaseDocument, judgment: CaseDocument) -> Iterator[Hit]:
    """The court addressed against the court that judged, and who prosecuted."""
    for what, one, other in (
        ("致送法院与审判法院", indictment.court, judgment.court),
        ("公诉机关", indictment.procuratorate, judgment.procuratorate),
        ("指控的机关", indictment.procuratorate, _accuser(judgment)),
        ("转述指控的机关", indictment.procuratorate, _named(judgment, _ACCUSES)),
        ("派员出庭的机关", indictment.procuratorate, _named(judgment, _SENDS)),
    ):
        if one is None or other is None or _MASK.search(one.value + other.value):
            continue
        first, second = _bare(one.value), _bare(other.value)
        if first not in second and second not in first and first[-6:] != second[-6:]:
            yield hit(
                one.span,
                other.span,
                values={"indictment": one.value, "judgment": other.value},
                what=what,
                first=one.value,
                second=other.value,
            )
