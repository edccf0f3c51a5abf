"""How old a person was when the offence was committed."""

from __future__ import annotations

from datetime import date

from assistant.checks.place import act_day
from ingestion.model import CaseDocument, Defendant


def age_on(person: Defendant, on: date | None) -> int | None:
    """Whole years of age on that day; the birthday itself does not count as reached.

    None where the birth date is not known to the day, or the result makes no sense.
    """
    if person.birth is None or person.birth.value.precision != "day" or on is None:
        return None
    birth = person.birth.value.date
    years = on.year - birth.year - ((on.month, on.day) <= (birth.month, birth.day))
    return years if 0 <= years <= 110 else None


def first_act(doc: CaseDocument) -> date | None:
    """The day of the first act that the document tells, to the day."""
    told = act_day(doc)
    return told.value.date if told else None
