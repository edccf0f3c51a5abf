"""What the accounts refuse. Each message is one Chinese sentence for the user.

AccountError
├── BadAccount      a name, password or role that cannot be used
├── NoSuchUser      nobody has this name
├── SignInRefused   name and password do not belong together
│   └── TooManyTries
└── Recusal         nobody evaluates his own case (回避)
"""

from __future__ import annotations


class AccountError(Exception):
    """An act on accounts that is refused; nothing was changed."""


class BadAccount(AccountError):
    """The name is taken or no name, the password too short, the role unknown."""


class NoSuchUser(AccountError):
    """A name (or id) that belongs to nobody."""


class SignInRefused(AccountError):
    """One sentence for a wrong name and a wrong password alike."""


class TooManyTries(SignInRefused):
    """The name or the address has failed too often of late; nothing was looked at."""


class Recusal(AccountError):
    """Who handled a case does not evaluate it."""
