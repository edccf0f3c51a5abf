"""Units that stand accused: who may speak for them."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.place import people, sole
from assistant.checks.registry import Hit, Undecided, check, hit


@check("NAME-016")
def representative_is_accused(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    accused = {person.name.value: person for person in people(doc)}
    for unit in doc.defendants:
        if not unit.unit:
            continue
        spokesman = unit.litigation_representative
        if spokesman is None:
            yield Undecided(f"无法判断：未能读出被告单位{unit.name.value}的诉讼代表人")
        elif spokesman.value in accused:
            yield hit(
                spokesman.span,
                accused[spokesman.value].name.span,
                values={doc.role or "": spokesman.value},
                unit=unit.name.value,
                name=spokesman.value,
            )
