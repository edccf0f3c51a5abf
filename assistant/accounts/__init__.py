"""People, their sign-in, and their parts in cases: who may see what."""

from __future__ import annotations

from assistant.accounts.errors import AccountError, BadAccount, NoSuchUser, Recusal, SignInRefused
from assistant.accounts.parts import (
    Part,
    assign,
    cases_of,
    hold,
    may_see,
    parts,
    refuse_holder,
    require_sight,
    save_held,
    withdraw,
)
from assistant.accounts.people import (
    ROLE_TITLES,
    Person,
    UserRole,
    add,
    change_password,
    disable,
    enable,
    is_empty,
    move,
    people,
    person_by_id,
    person_named,
)
from assistant.accounts.sessions import (
    SignedIn,
    authenticate,
    find,
    open_session,
    sign_in,
    sign_out,
)
from assistant.accounts.traces import exported, saw

__all__ = [
    "ROLE_TITLES",
    "AccountError",
    "BadAccount",
    "NoSuchUser",
    "Part",
    "Person",
    "Recusal",
    "SignInRefused",
    "SignedIn",
    "UserRole",
    "add",
    "assign",
    "authenticate",
    "cases_of",
    "change_password",
    "disable",
    "enable",
    "exported",
    "find",
    "hold",
    "is_empty",
    "may_see",
    "move",
    "open_session",
    "parts",
    "people",
    "person_by_id",
    "person_named",
    "refuse_holder",
    "require_sight",
    "save_held",
    "saw",
    "sign_in",
    "sign_out",
    "withdraw",
]
