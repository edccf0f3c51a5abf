"""An accused unit: its registration number and those who stand for it."""

from __future__ import annotations

import re

from ingestion.extract.blocks import field
from ingestion.model import CaseDocument, Field

_NUMBER = re.compile(
    r"(?:统一社会信用代码|组织机构代码(?:证号?)?|营业执照(?:注册)?号?|工商注册号|社会信用代码|纳税人识别号)"
    r"[为:：]?\s*(?P<value>[0-9A-Z*×]{8,20}(?:[-－][0-9A-Z])?)"
)
_PERSON = r"\s*[：:为系是]?\s*(?P<value>[一-龥某×＊*·]{2,12}?)(?=[，,。；;（(\s、]|$)"
_LEGAL = re.compile(rf"(?:法定代表人|负责人)(?:\s*[（(][^）)]{{1,8}}[）)])?{_PERSON}")
_LITIGATION = re.compile(rf"诉讼代表人{_PERSON}")


def _find(doc: CaseDocument, pattern: re.Pattern[str], start: int, end: int) -> Field[str] | None:
    match = pattern.search(doc.text, start, end)
    return field(doc, *match.span("value"), match["value"]) if match else None


def read(doc: CaseDocument) -> None:
    """Fill `registration` and the representatives of every unit, up to the next accused."""
    starts = sorted(d.paragraph.start for d in doc.defendants if d.paragraph)
    for unit in doc.defendants:
        if not unit.unit or unit.paragraph is None:
            continue
        start = unit.paragraph.start
        procedure = doc.section("procedure")
        limit = procedure.span.start if procedure else unit.paragraph.end
        end = next((s for s in starts if s > start), max(limit, unit.paragraph.end))
        unit.registration = _find(doc, _NUMBER, start, end)
        unit.legal_representative = _find(doc, _LEGAL, start, end)
        unit.litigation_representative = _find(doc, _LITIGATION, start, end)
