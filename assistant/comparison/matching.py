"""Which person of one document is which of the other."""

from __future__ import annotations

from collections.abc import Callable

from assistant.casefile import CaseFile
from assistant.checks.identity import close_names
from assistant.checks.place import is_masked
from ingestion.model import CaseDocument, Defendant, Role

_ORDER: tuple[Role, ...] = (
    "opinion",
    "plea",
    "indictment",
    "recommendation",
    "indictment_change",
    "judgment",
    "ruling",
)


def two(case: CaseFile) -> tuple[CaseDocument, CaseDocument]:
    """The two documents of a view, the earlier of the procedure first."""
    first, second = sorted(case.documents, key=_ORDER.index)
    return case.documents[first], case.documents[second]


def _names(person: Defendant) -> set[str]:
    return {person.name.value, *(a.value for a in person.aliases)}


def same_masked(one: str, other: str) -> bool:
    """Whether two names may be one, made unrecognisable in different ways (张某, 张三, 张××)."""
    if not (is_masked(one) or is_masked(other)):
        return False
    return one[:1] == other[:1] or one[:1] in "×XxＸ某" or other[:1] in "×XxＸ某"


def pairs(
    one: CaseDocument, other: CaseDocument
) -> tuple[list[tuple[Defendant, Defendant]], list[Defendant], list[Defendant]]:
    """Persons of both documents, and those that stand in one only.

    First by name or alias, then by a name one slip away, then by a masked name; a single
    person left on each side whose birth dates agree is the same person.
    """
    left, right = list(one.defendants), list(other.defendants)
    found: list[tuple[Defendant, Defendant]] = []

    def take(same: Callable[[Defendant, Defendant], bool]) -> None:
        for a in list(left):
            b = next((b for b in right if same(a, b)), None)
            if b is not None:
                found.append((a, b))
                left.remove(a)
                right.remove(b)

    take(lambda a, b: bool(_names(a) & _names(b)))
    take(lambda a, b: close_names(a.name.value, b.name.value))
    take(lambda a, b: same_masked(a.name.value, b.name.value))
    if len(left) == len(right) == 1:
        a, b = left[0], right[0]
        if a.birth and b.birth and a.birth.value == b.birth.value:
            found.append((a, b))
            return found, [], []
    return found, left, right
