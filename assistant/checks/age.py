"""How old a person was when the offence was committed."""

from __future__ import annotations

from datetime import date

from assistant.checks.place import act_day
from assistant.sentencing import dates
from ingestion.model import CaseDocument, Defendant

_OLDEST = 110


def age_on(person: Defendant, on: date | None) -> int | None:
    """Whole years of age on that day; None where unknown, or where the result makes no sense."""
    if person.birth is None or on is None:
        return None
    age = dates.age_on(person.birth.value, on)
    return age if age is not None and 0 <= age <= _OLDEST else None


def first_act(doc: CaseDocument) -> date | None:
    """The day of the first act that the document tells, to the day."""
    told = act_day(doc)
    return told.value.date if told else None
