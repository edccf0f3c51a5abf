"""What a case is (title, parties, numbers) and its table of accusation against verdict."""

from __future__ import annotations

from typing import Any

from assistant import phrasing
from assistant.casefile import ROLE_NAMES, CaseFile
from ingestion.model import CaseDocument, Defendant, Field, Recommendation


def _value(field: Field[str] | None) -> str | None:
    return field.value if field else None


def _first(case: CaseFile, name: str) -> str | None:
    """The field as the latest document of the case gives it."""
    first = [case.get(r) for r in ("judgment", "indictment", "recommendation", "opinion")]
    for document in (*first, *case.documents.values()):
        if document and (found := _value(getattr(document, name))):
            return found
    return None


def _main_document(case: CaseFile) -> CaseDocument:
    """The document that tells most of the case, which has at least one."""
    for role in ("indictment", "judgment", "recommendation", "opinion"):
        if document := case.get(role):
            return document
    return next(iter(case.documents.values()))


def _charges(defendant: Defendant | None) -> list[str]:
    if defendant is None:
        return []
    return [c.value for c in defendant.charges or defendant.accused_of]


def case_summary(case: CaseFile) -> dict[str, Any]:
    """Title, parties and numbers of the case, for lists and reports."""
    main = _main_document(case)
    names = [d.name.value for d in main.defendants]
    charges = list(dict.fromkeys(c for d in main.defendants for c in _charges(d)))
    people = "、".join(names[:3]) + ("等人" if len(names) > 3 else "")
    title = f"{people or '被告人不详'}{'、'.join(charges[:2]) or ''}一案"
    return {
        "title": title,
        "defendants": names,
        "charges": charges,
        "court": _first(case, "court"),
        "procuratorate": _first(case, "procuratorate"),
        "numbers": {
            ROLE_NAMES[role]: _value(document.number) for role, document in case.documents.items()
        },
        "dates": {
            ROLE_NAMES[role]: document.dates["issued"].value.date.isoformat()
            for role, document in case.documents.items()
            if "issued" in document.dates
        },
    }


def _recommendations(case: CaseFile, name: str) -> list[Recommendation]:
    for role in ("recommendation", "indictment", "judgment"):
        document = case.get(role)
        defendant = document.defendant(name) if document else None
        if defendant and defendant.recommendations:
            return defendant.recommendations
    return []


def comparison_table(case: CaseFile) -> list[dict[str, Any]] | None:
    """One row a defendant: accused of, recommended, convicted of, sentenced to.

    None where the case lacks the indictment or the judgment.
    """
    indictment, judgment = case.indictment, case.judgment
    if indictment is None or judgment is None:
        return None
    names = list(
        dict.fromkeys(
            [d.name.value for d in indictment.defendants]
            + [d.name.value for d in judgment.defendants]
        )
    )
    rows = []
    for name in names:
        convicted = judgment.defendant(name)
        sentences = convicted.verdicts if convicted else {}
        rows.append(
            {
                "defendant": name,
                "accused": _charges(indictment.defendant(name)),
                "recommended": [phrasing.recommendation(r) for r in _recommendations(case, name)],
                "convicted": _charges(convicted),
                "sentences": {c: phrasing.sentence(s) for c, s in sentences.items()},
                "combined": phrasing.sentence(convicted.combined)
                if convicted and convicted.combined
                else None,
            }
        )
    return rows
