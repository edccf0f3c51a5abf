"""The case that similar ones are looked for: out of its documents, or of a text alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.casefile import CaseFile
from assistant.intake import Progress, read_criminal, role_of
from assistant.similar.stored import advice_of, case_of_document, case_of_facts
from ingestion.model import CaseDocument, Recommendation, Role
from knowledge_base.casebank import StoredCase

_TELLING: tuple[Role, ...] = ("judgment", "indictment", "report", "recommendation", "opinion")
_ADVISING: tuple[Role, ...] = ("recommendation", "indictment", "plea", "report", "judgment")
_MASKED = "某×＊*xX甲乙丙丁"


@dataclass(frozen=True)
class Query:
    """A case to look for, the documents it was read from, and what it is known by."""

    case: StoredCase
    documents: CaseFile | None = None
    numbers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def is_of(self, other: StoredCase) -> bool:
        """Whether a case of the bank is this very one: by its number, or by unmasked names."""
        if other.number is not None and other.number in self.numbers:
            return True
        names = {s.person for s in other.sentences}
        known = (
            bool(names) and names == self.names and not any(set(n) & set(_MASKED) for n in names)
        )
        return known and bool(set(self.case.charges) & set(other.charges))


def of_text(text: str, source: str = "所给案情") -> Query:
    """A statement of facts alone."""
    return Query(case_of_facts(text, (), source))


def of_file(path: Path, progress: Progress | None = None) -> Query:
    """One document of a criminal case; of an unknown kind, its text. Raises InputError."""
    document = read_criminal(path, progress)
    if document.role is None:
        return of_text(document.text, path.name)
    return of_case(CaseFile(documents={role_of(document): document}))


def of_case(case: CaseFile) -> Query:
    """The documents of one case together: the judgment has the last word on what it tells.

    A judgment that only refers to the accusation for the facts has them from the indictment.
    """
    told = [case.documents[r] for r in _TELLING if r in case.documents]
    told = told or list(case.documents.values())
    main = case_of_document(told[0])
    facts = max((case_of_document(d) for d in told[1:2]), key=lambda c: len(c.facts), default=main)
    changed: dict[str, object] = {"advice": advice_of(_advice(case))}
    if len(facts.facts) > 2 * len(main.facts):
        changed |= {
            "facts": facts.facts,
            "passages": facts.passages,
            "tiers": {**facts.tiers, **main.tiers},
            "amount_fen": main.amount_fen or facts.amount_fen,
        }
    return Query(
        main.model_copy(update=changed),
        case,
        frozenset(d.number.value for d in case.documents.values() if d.number),
        frozenset(p.name.value for d in told[:1] for p in d.defendants),
    )


def _advice(case: CaseFile) -> list[Recommendation]:
    """The recommendation as the first document that has one gives it."""
    documents: list[CaseDocument] = [case.documents[r] for r in _ADVISING if r in case.documents]
    every = ([r for d in doc.defendants for r in d.recommendations] for doc in documents)
    return next((found for found in every if found), [])
