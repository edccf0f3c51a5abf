"""At which stage of a case somebody works: the officer's self-check (自查), the evaluation
(评查), the quality team's sign-off (审签).
"""

from __future__ import annotations

from assistant.accounts import Person, UserRole
from assistant.review import Act, Sign, perform
from assistant.storage import Store
from assistant.storage.records import Stage

_DECIDING: dict[UserRole, Stage] = {
    UserRole.officer: "selfcheck",
    UserRole.evaluator: "evaluation",
    UserRole.quality: "signoff",
}


def deciding(person: Person) -> Stage:
    """The stage at which this person decides on findings; none of a case for an administrator."""
    return _DECIDING[person.role]


def signing(person: Person) -> Stage:
    """What this person signs: who signs off (`grades.sign_off`) may have evaluated, too."""
    return "selfcheck" if person.role is UserRole.officer else "evaluation"


def decide(store: Store, case_id: str, act: Act, *, by: Person, version: int | None) -> None:
    """One decision at this person's stage. Raises as `review.perform`."""
    perform(store, case_id, [act], actor=by.name, version=version, stage=deciding(by))


def sign_stage(store: Store, case_id: str, *, by: Person, version: int | None) -> None:
    """Sign this person's stage of the newest version. Raises as `review.perform`."""
    perform(store, case_id, [Sign()], actor=by.name, version=version, stage=signing(by))
