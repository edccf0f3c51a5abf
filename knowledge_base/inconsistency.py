"""Types of 诉判不一, the checks that show them, and the evaluation that they make due."""

from __future__ import annotations

from functools import cache

from knowledge_base.loader import Row, rows


class InconsistencyType(Row):
    """One type; the first row that fits a result decides. `words`: one must stand in it."""

    type: str
    codes: tuple[str, ...]
    words: tuple[str, ...] = ()
    trigger: str
    name: str

    def fits(self, code: str, told: str) -> bool:
        return code in self.codes and (not self.words or any(word in told for word in self.words))


@cache
def types() -> tuple[InconsistencyType, ...]:
    return rows("inconsistency", InconsistencyType)


def of(code: str, told: str) -> InconsistencyType | None:
    """The type of a result of that check whose words are `told`."""
    return next((row for row in types() if row.fits(code, told)), None)
